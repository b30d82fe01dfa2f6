"""What is settled of a person → what may still stand in each slot, and which rules can still show.

The days are filled as a session is, but with bounds in the place of numbers: an exercise is alive
(not out for certain) or sure (allowed for certain), weighs so much at least and so much at most,
and a pair is kept apart for certain or perhaps. Nothing that can come of any answers is left out.
What is bounded may be a little more: two bounds are taken as if they had nothing to do with each
other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from advisor.engine.ready import program_of
from advisor.findings import Findings
from advisor.parts import WHOLE
from advisor.rulebase.bits import mask_of, positions, union
from advisor.rulebase.shapes import Cap, Dose, RuleBase
from advisor.session import Slots, apart_masks, most_days, most_lines, slot_weights
from advisor.verdicts import weigh

LOAD = "load_percent"
LOADS = (LOAD, "load_step_percent")

Weights = Sequence[int]


class Place(NamedTuple):
    """A slot of a day: what fits it, what may stand in it, and what stands there for certain.

    `filled` says whether anything does for certain. While it is `in_doubt`, nobody can say whether
    the session has room for it; once it is `given_up`, it has not.
    """

    slot: str
    fits: int
    may: int
    certain: int
    filled: bool
    in_doubt: bool = False
    given_up: bool = False


class Bounds:
    """What is settled of a person: exercises (masks), weights, pairs, lines and days.

    `certain` are the rules that restrict whatever is answered. `told` is whether a part of the
    usual weight is told to this person; None while that is open.
    """

    def __init__(
        self, findings: Findings, certain: int, rules: RuleBase, *, told: bool | None
    ) -> None:
        program = program_of(rules)
        self.findings, self.certain, self.rules, self.told = findings, certain, rules, told
        everything = (1 << len(rules.exercises)) - 1
        self.alive = everything & ~union(mask for _, mask in program.avoids.among(certain))
        self.sure = self.alive & ~union(mask for _, mask in program.avoids.among(findings.unknown))
        self.limited = union(mask for _, mask in program.cautions.among(certain))
        self.weights = weigh(findings, rules)
        self.certain_apart = apart_masks(certain, rules)
        self.possible_apart = apart_masks(findings.possible, rules)
        self.slots_low = slot_weights(findings.true, rules)
        self.slots_high = slot_weights(findings.possible, rules)
        self.most_lines = most_lines(Findings(certain, 0), rules)
        self.fewest_lines = most_lines(findings, rules)
        self._preferring = [0] * len(rules.exercises)  # by which of the open preferences: masks
        self._added: list[int] = []
        for _, effects in program.prefers.among(findings.unknown):
            for effect in effects:
                for position in positions(effect.exercises & self.alive):
                    self._preferring[position] |= 1 << len(self._added)
                self._added.append(effect.weight)
        self._gains: dict[int, int] = {}
        self.days = self._days(most_days(Findings(certain, 0), rules))
        self.contenders = union(day.contenders for day in self.days)

    def gain(self, one: int, other: int) -> int:
        """How much more one exercise may come to weigh than another, by what is open."""
        own = self._preferring[one] & ~self._preferring[other]
        if own not in self._gains:
            self._gains[own] = sum(self._added[each] for each in positions(own))
        return self._gains[own]

    def _days(self, most: int) -> list[Day]:
        """Every day that the routine may have."""
        found: list[Day] = []
        low: Weights = self.weights
        high = low
        for slots in self.rules.slots_of[:most]:
            before = [place for day in found for place in day.places if not place.given_up]
            found.append(Day(slots, low, high, before, self))
            low, high = found[-1].next_weights()
        return found

    def restricting(self) -> int:
        """The rules whose restriction could change the plan, if they hold or if they do not."""
        program, unknown, days = program_of(self.rules), self.findings.unknown, self.days
        shown = union(program.forbidders[each] for each in positions(self.alive))
        limitable = self.alive & ~self.limited | self.contenders
        shown |= union(program.limits[each].mask for each in positions(limitable))
        for position in positions(self.contenders):
            shown |= mask_of(self._capping(position, unknown & ~shown))
        most = max((day.most_lines for day in days), default=0)
        return shown | mask_of(
            [
                *(rule for rule, lines in program.lines.among(unknown) if lines < most),
                *(rule for rule, most in program.days.among(unknown) if most < len(days)),
                *(
                    rule
                    for rule, _ in program.aparts.among(unknown)
                    if any(day.can_keep_apart(apart_masks(1 << rule, self.rules)) for day in days)
                ),
            ]
        )

    def informing(self) -> int:
        """The rules whose preferences or cues could change the plan, if they hold."""
        program = program_of(self.rules)
        return union(program.cues[each].mask for each in positions(self.contenders)) | mask_of(
            rule
            for rule, effects in program.prefers.among(self.findings.unknown)
            for effect in effects
            if any(day.can_change(effect.exercises, effect.slots) for day in self.days)
        )

    def lightening(self) -> int:
        """The rules that may ask for a part of the usual weight."""
        caps = program_of(self.rules).dose_caps
        return mask_of(
            rule
            for position in positions(self.contenders)
            if self._tells_load(position)
            for rule, cap in caps[position].among(self.findings.possible)
            if cap.what == LOAD and 0 < cap.amount < WHOLE
        )

    def _capping(self, position: int, which: int) -> Iterator[int]:
        """Of some rules, those that cap a dose tighter than what holds anyway."""
        dose, caps = self.rules.usual_doses[position], program_of(self.rules).dose_caps[position]
        if dose is None or not which & caps.mask:
            return
        held = [cap for _, cap in caps.among(self.certain)]
        told = self._tells_load(position)
        for rule, cap in caps.among(which):
            if (told or cap.what not in LOADS) and _tightens(cap, dose, held):
                yield rule

    def _tells_load(self, position: int) -> bool:
        """Whether the load of an exercise may be told to this person."""
        dose, caps = self.rules.usual_doses[position], program_of(self.rules).dose_caps[position]
        if dose is None or dose.load_percent is None:
            return False
        held = (cap.amount for _, cap in caps.among(self.certain) if cap.what == LOAD)
        most = min([dose.load_percent, *held])
        return most >= WHOLE if self.told is False else most > 0


def _tightens(cap: Cap, dose: Dose, held: Iterable[Cap]) -> bool:
    """Whether a cap is tighter than a dose and the caps that hold anyway."""
    default = getattr(dose, cap.what)
    if default is None:
        return False
    alike = [each for each in held if each.what == cap.what]
    if cap.at_most:  # of two loads alike, the one before an episode goes first
        now = cap.amount, cap.percent_of
        return cap.amount < default and all(now < (c.amount, c.percent_of) for c in alike)
    return cap.amount > default and all(cap.amount > each.amount for each in alike)


class Day:
    """A day: its places in order, and what each exercise weighs there by what is true.

    That is at least `low` and at most `high`, as it may stand on one of the places `before`.
    """

    def __init__(
        self, slots: Slots, low: Weights, high: Weights, before: list[Place], bounds: Bounds
    ) -> None:
        self.low, self.high, self.before, self.bounds = low, high, before, bounds
        self._rivaling: dict[int, int] = {}
        self.places = self._with_room(self._filled(slots))
        self.most_lines = min(bounds.most_lines, sum(bool(place.may) for place in self.places))
        self.contenders = union(place.may for place in self.places if not place.given_up)

    def next_weights(self) -> tuple[Weights, Weights]:
        """What exercises weigh on the next day: less, if they stand on this one."""
        low, high, repeat = [*self.low], [*self.high], self.bounds.rules.repeat
        for position in positions(self.contenders):
            low[position] -= repeat
        for place in self.places:
            if not (place.in_doubt or place.given_up):
                for position in positions(place.certain):
                    high[position] -= repeat
        return low, high

    def can_change(self, weighed: int, slots: Iterable[str]) -> bool:
        """Whether to prefer these exercises and slots could change what stands somewhere."""
        return any(self._rivals(one) & ~weighed for one in positions(weighed)) or any(
            place.in_doubt and place.slot in slots for place in self.places
        )

    def can_keep_apart(self, apart: Sequence[int]) -> bool:
        """Whether keeping exercises apart (a mask for each) could change what stands somewhere."""
        return any(apart[one] & others for one, others in self._meeting.items())

    @cached_property
    def _counting(self) -> list[Place]:
        """The places in which it matters what stands there: for themselves, or for later ones."""
        found, later, apart = list[Place](), 0, self.bounds.possible_apart
        for place in reversed(self.places):
            barred = union(apart[each] for each in positions(place.may))
            if not place.given_up or (place.may | barred) & later:
                found.insert(0, place)
                later |= place.fits
        return found

    def _rivals(self, one: int) -> int:
        """The exercises that an exercise may be preferred to, and they to it, on some place."""
        if one not in self._rivaling:
            others = union(place.may for place in self._counting if place.may >> one & 1)
            self._rivaling[one] = union(
                1 << other
                for other in positions(others & ~(1 << one))
                if not (self._beats(one, other) or self._beats(other, one))
            )
        return self._rivaling[one]

    def _beats(self, one: int, other: int) -> bool:
        """Whether an exercise is preferred to another whatever is answered."""
        most = self.high[other] + self.bounds.gain(other, one)
        return (self.low[one], -one) > (most, -other)

    @cached_property
    def _meeting(self) -> dict[int, int]:
        """For each exercise, what may stand on a later place and is not kept apart for certain."""
        found, before, apart = dict[int, int](), 0, self.bounds.certain_apart
        for place in self._counting:
            for one in positions(before):
                found[one] = found.get(one, 0) | place.may & ~(apart[one] | 1 << one)
            before |= place.may
        return found

    def _filled(self, slots: Slots) -> list[Place]:
        """The slots of the day, filled in their order."""
        bounds, found = self.bounds, list[Place]()
        taken = barred = perhaps_barred = perhaps_taken = 0
        for slot, mask in slots:
            solid = bounds.sure & mask & ~perhaps_barred
            left = bounds.alive & mask & ~taken & ~barred
            may = union(1 << each for each in positions(left) if self._may(each, solid, found))
            certain = may if not may & (may - 1) and may & solid & ~perhaps_taken else 0
            filled = solid.bit_count() > _takers(solid, found)
            found.append(Place(slot.id, mask, may, certain, filled))
            taken, perhaps_taken = taken | certain, perhaps_taken | may
            barred |= union(bounds.certain_apart[each] for each in positions(certain))
            perhaps_barred |= union(bounds.possible_apart[each] for each in positions(may))
        return found

    def _may(self, position: int, solid: int, found: list[Place]) -> bool:
        """Whether an exercise may come first, behind those that other places may have taken."""
        low, weights, gain = self.low, self.bounds.weights, self.bounds.gain
        better = rested = 0
        for other in positions(solid & ~(1 << position)):
            most = self.high[position] + gain(position, other), -position
            if (low[other], -other) > most:
                better |= 1 << other
            elif (weights[other], -other) > most:  # unless it stands on a day before
                rested |= 1 << other
        sure = better.bit_count() + max(0, rested.bit_count() - _takers(rested, self.before))
        return not sure or sure <= _takers(better | rested, found)

    def _with_room(self, places: list[Place]) -> list[Place]:
        """The same places; those marked for which there may be, or is, no room.

        A place keeps its line for certain when fewer others than there are lines may come before
        it, and loses it for certain when as many come before it whatever is answered.
        """
        bounds = self.bounds
        lows = [bounds.slots_low.get(place.slot, 0) for place in places]
        highs = [bounds.slots_high.get(place.slot, 0) for place in places]
        found = []
        for here, place in enumerate(places):
            others = [there for there, other in enumerate(places) if other.may and there != here]
            may = sum((highs[each], -each) > (lows[here], -here) for each in others)
            must = sum(
                places[each].filled and (lows[each], -each) > (highs[here], -here)
                for each in others
            )
            given_up = must >= bounds.most_lines
            in_doubt = bool(place.may) and not given_up and may >= bounds.fewest_lines
            found.append(place._replace(given_up=given_up, in_doubt=in_doubt))
        return found


def _takers(exercises: int, before: list[Place]) -> int:
    """How many of the places before may take one of these."""
    return sum(bool(place.may & exercises) for place in before)
