"""What is settled of a person → what may still stand in each slot of each day.

The days are filled as a session is, but with bounds in the place of numbers: an exercise is alive
(not out for certain) or sure (allowed for certain), weighs so much at least and so much at most,
and a pair is kept apart for certain or perhaps. Nothing that can come of any answers is left out.
What is bounded may be a little more: two bounds are taken as if they had nothing to do with each
other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from advisor.rulebase.bits import mask_of, positions
from advisor.rulebase.shapes import RuleBase, Slot
from advisor.session import Pairs, kept_apart


@dataclass(frozen=True)
class Bounds:
    """What is settled: masks of exercises, weights, pairs to keep apart, and how many lines.

    `weights` come of what is true; `open_preferences` are exercises (masks) that may weigh more,
    and how much. `slots_low` and `slots_high` are what slots weigh. There are `days` at most.
    """

    alive: int
    sure: int
    weights: tuple[int, ...]
    open_preferences: tuple[tuple[int, int], ...]
    certain_pairs: Pairs
    possible_pairs: Pairs
    slots_low: dict[str, int]
    slots_high: dict[str, int]
    most_lines: int
    fewest_lines: int
    days: int

    @cached_property
    def preferring(self) -> list[int]:
        """For each exercise, which of the open preferences are for it: a mask."""
        return [
            mask_of(n for n, (mask, _) in enumerate(self.open_preferences) if mask >> place & 1)
            for place in range(len(self.weights))
        ]

    @cached_property
    def _gains(self) -> dict[int, int]:
        return {}

    def gain(self, one: int, other: int) -> int:
        """How much more one exercise may come to weigh than another, by what is open."""
        preferring = self.preferring
        own = preferring[one] & ~preferring[other]
        if own not in self._gains:
            self._gains[own] = sum(self.open_preferences[each][1] for each in positions(own))
        return self._gains[own]


@dataclass(frozen=True)
class Place:
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


@dataclass(frozen=True)
class DayReach:
    """A day: its places in order, and what each exercise weighs there by what is true.

    That is at least `low` and at most `high`, as it may stand on a day before.
    """

    places: tuple[Place, ...]
    low: tuple[int, ...]
    high: tuple[int, ...]
    bounds: Bounds

    @property
    def most_lines(self) -> int:
        """The lines that it may have at most."""
        return min(self.bounds.most_lines, sum(bool(place.may) for place in self.places))

    @property
    def contenders(self) -> int:
        """The exercises that may be done on it."""
        found = 0
        for place in self.places:
            found |= 0 if place.given_up else place.may
        return found

    def beats(self, one: int, other: int) -> bool:
        """Whether an exercise is preferred to another whatever is answered."""
        most = self.high[other] + self.bounds.gain(other, one)
        return (self.low[one], -one) > (most, -other)

    @cached_property
    def counting(self) -> list[Place]:
        """The places in which it matters what stands there: for themselves, or for later ones."""
        found, later = list[Place](), 0
        for place in reversed(self.places):
            barred = 0
            for position in positions(place.may if self.bounds.possible_pairs else 0):
                barred |= kept_apart(position, self.bounds.possible_pairs)
            if not place.given_up or (place.may | barred) & later:
                found.insert(0, place)
                later |= place.fits
        return found

    def can_change(self, weighed: int) -> bool:
        """Whether to prefer these exercises could change what stands somewhere."""
        for place in self.counting:
            others = positions(place.may & ~weighed)
            for one in positions(place.may & weighed):
                if any(not self.beats(one, o) and not self.beats(o, one) for o in others):
                    return True
        return False

    def can_keep_apart(self, pairs: Pairs) -> bool:
        """Whether keeping these apart could change what stands somewhere."""
        before = 0
        for place in self.counting:
            for position in positions(before):
                new = kept_apart(position, pairs)
                new &= ~kept_apart(position, self.bounds.certain_pairs) & ~(1 << position)
                if new & place.may:
                    return True
            before |= place.may
        return False


def reach(bounds: Bounds, rules: RuleBase) -> tuple[DayReach, ...]:
    """Every day that the routine may have."""
    found: list[DayReach] = []
    low = high = bounds.weights
    for slots in rules.slots_of[: bounds.days]:
        before = [place for day in found for place in day.places if not place.given_up]
        places = _places(slots, low, high, before, bounds)
        found.append(DayReach(_with_room(places, bounds), low, high, bounds))
        low, high = _next_weights(found[-1], rules.repeat)
    return tuple(found)


def _next_weights(day: DayReach, repeat: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """What exercises weigh on the next day: less, if they stand on this one."""
    if not repeat:
        return day.low, day.high
    low, high = [*day.low], [*day.high]
    for position in positions(day.contenders):
        low[position] -= repeat
    for place in day.places:
        if not (place.in_doubt or place.given_up):
            for position in positions(place.certain):
                high[position] -= repeat
    return tuple(low), tuple(high)


def _places(
    slots: Sequence[tuple[Slot, int]],
    low: tuple[int, ...],
    high: tuple[int, ...],
    before: list[Place],
    bounds: Bounds,
) -> list[Place]:
    """The slots of a day, filled in their order; `before` are the places of the days before."""
    found: list[Place] = []
    for slot, mask in slots:
        taken = barred = perhaps_barred = perhaps_taken = 0
        for place in found:
            taken |= place.certain
            perhaps_taken |= place.may
            for position in positions(place.certain):
                barred |= kept_apart(position, bounds.certain_pairs)
            for position in positions(place.may if bounds.possible_pairs else 0):
                perhaps_barred |= kept_apart(position, bounds.possible_pairs)
        solid = bounds.sure & mask & ~perhaps_barred
        may = 0
        for position in positions(bounds.alive & mask & ~taken & ~barred):
            better = rested = 0
            for other in positions(solid & ~(1 << position)):
                most = high[position] + bounds.gain(position, other), -position
                if (low[other], -other) > most:
                    better |= 1 << other
                elif (bounds.weights[other], -other) > most:  # unless it stands on a day before
                    rested |= 1 << other
            sure = better.bit_count() + max(0, rested.bit_count() - _takers(rested, before))
            if sure <= _takers(better | rested, found):
                may |= 1 << position
        certain = may if not may & (may - 1) and may & solid & ~perhaps_taken else 0
        filled = solid.bit_count() > _takers(solid, found)
        found.append(Place(slot.id, mask, may, certain, filled))
    return found


def _takers(exercises: int, before: list[Place]) -> int:
    """How many of the places before may take one of these."""
    return sum(bool(place.may & exercises) for place in before)


def _with_room(places: list[Place], bounds: Bounds) -> tuple[Place, ...]:
    """The same places; those marked for which there may be, or is, no room.

    A place keeps its line for certain when fewer others than there are lines may come before it,
    and loses it for certain when as many come before it whatever is answered.
    """
    weights = [
        (bounds.slots_low.get(place.slot, 0), bounds.slots_high.get(place.slot, 0))
        for place in places
    ]
    found = []
    for number, place in enumerate(places):
        may = must = 0
        for other_number, other in enumerate(places):
            if other is not place and other.may:
                (low, high), (its_low, its_high) = weights[number], weights[other_number]
                earlier = other_number < number
                may += its_high > low or (its_high == low and earlier)
                must += other.filled and (its_low > high or (its_low == high and earlier))
        given_up = must >= bounds.most_lines
        in_doubt = bool(place.may) and not given_up and may >= bounds.fewest_lines
        found.append(replace(place, given_up=given_up, in_doubt=in_doubt))
    return tuple(found)
