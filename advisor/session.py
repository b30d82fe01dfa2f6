"""Verdicts → the sessions of a routine: each slot takes the best allowed exercise, with its dose.

Days are filled in order, and the slots of each in its own order: highest preference first, ties
in the catalogue's order, no exercise twice on a day, and none that is to be kept apart from one
that stands there already. What stands on an earlier day weighs less on the next. If there are more
lines than a session holds, the slots that weigh least give way, the later ones first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from advisor.doses import capped_dose
from advisor.engine.ready import program_of
from advisor.findings import Findings
from advisor.rulebase.bits import positions
from advisor.rulebase.shapes import FIRST_DAY, Dose, RuleBase, Slot
from advisor.times import minutes_of
from advisor.verdicts import Verdicts

Slots = Sequence[tuple[Slot, int]]  # each with the exercises that may fill it
Picks = dict[str, int]  # the exercise that fills a slot
Pairs = Sequence[tuple[int, int]]  # the exercises to be kept apart from each other


@dataclass(frozen=True)
class Line:
    """One exercise of a session (its place in the catalogue), its slot and its dose.

    `capped_by` are the rules that took something off the default dose.
    """

    slot: str
    position: int
    dose: Dose
    capped_by: tuple[int, ...]


# Why a slot has no line.
NONE_LEFT = "none_left"  # no allowed exercise is left that fits
LEFT_OUT = "left_out"  # what would fit was wished away, or a trial leaves it out
APART = "apart"  # what would fit is to be kept apart from what is there
LINES = "lines"  # the session holds no more exercises
MINUTES = "minutes"  # there is no time for more
WHY_EMPTY = (NONE_LEFT, LEFT_OUT, APART, LINES, MINUTES)


@dataclass(frozen=True)
class Gap:
    """A slot without a line, why (one of WHY_EMPTY), and the rules behind that."""

    slot: str
    reason: str
    rules: tuple[int, ...] = ()


@dataclass(frozen=True)
class Session:
    """One day: its lines in order, the slots that have none, and the minutes it takes, if known."""

    lines: tuple[Line, ...]
    empty: tuple[Gap, ...] = ()
    day: str = FIRST_DAY
    says: str = ""
    minutes: int | None = None


@dataclass(frozen=True)
class Choice:
    """What a person chooses among what is allowed, and the minutes that there are.

    `without` are exercises that are to stay out, `wanted` those to take first: masks.
    """

    without: int = 0
    wanted: int = 0
    minutes: int | None = None


NO_CHOICE = Choice()


def build_routine(
    verdicts: Verdicts, findings: Findings, rules: RuleBase, choice: Choice = NO_CHOICE
) -> tuple[Session, ...]:
    """Fill the slots of every day and set the doses."""
    person = _Person(verdicts, findings, rules, choice)
    wanted, weights = choice.wanted & person.left, verdicts.weights
    found: list[Session] = []
    for place in range(min(len(rules.routine), most_days(findings, rules))):
        first = _first(wanted, rules.slots_of[place], person.pairs) if wanted else Picks()
        for position in first.values():
            wanted &= ~(1 << position)
        found.append(_session(place, first, weights, person))
        weights = _less(weights, found[-1], rules.repeat)
    return tuple(found)


class _Person:
    """What is the same on every day."""

    def __init__(
        self, verdicts: Verdicts, findings: Findings, rules: RuleBase, choice: Choice
    ) -> None:
        self.findings, self.rules, self.choice = findings, rules, choice
        self.allowed = verdicts.allowed
        self.left = verdicts.allowed & ~choice.without
        self.pairs = pairs_apart(findings.possible, rules)
        self.slot_weights = slot_weights(findings.true, rules)
        self.most_lines = most_lines(findings, rules)


def _less(weights: tuple[int, ...], session: Session, repeat: int) -> tuple[int, ...]:
    """What exercises weigh on the next day."""
    if not repeat:
        return weights
    lowered = [*weights]
    for line in session.lines:
        lowered[line.position] -= repeat
    return tuple(lowered)


def _first(wanted: int, slots: Slots, pairs: Pairs) -> Picks:
    """The exercises that are asked for, each in the first slot of a day that takes it."""
    picks, barred = Picks(), 0
    for position in positions(wanted):
        fitting = [slot.id for slot, mask in slots if mask >> position & 1 and slot.id not in picks]
        if fitting and not barred >> position & 1:
            picks[fitting[0]] = position
            barred |= kept_apart(position, pairs)
    return picks


def _session(place: int, first: Picks, weights: Sequence[int], person: _Person) -> Session:
    """One day; `first` are exercises whose slots are settled."""
    day, slots = person.rules.routine[place], person.rules.slots_of[place]
    picks, gaps = _fill(slots, first, weights, person)
    weigh = person.slot_weights.get
    ranked = sorted(picks, key=lambda slot: (slot not in first, -weigh(slot, 0)))
    kept = ranked[: person.most_lines]
    gaps += [Gap(slot, LINES) for slot in ranked[person.most_lines :]]
    lines = {slot.id: _line(slot, picks[slot.id], person) for slot, _ in slots if slot.id in kept}
    if person.choice.minutes is not None:
        gaps += _cut_short(lines, kept, person)
    order = day.slots.index
    return Session(
        tuple(lines.values()),
        tuple(sorted(gaps, key=lambda gap: order(gap.slot))),
        day.id,
        day.says,
        _minutes(lines, person.rules),
    )


def _fill(
    slots: Slots, first: Picks, weights: Sequence[int], person: _Person
) -> tuple[Picks, list[Gap]]:
    """The best exercise for each slot of a day, and the slots that stay empty."""
    picks, gaps = Picks(), list[Gap]()
    left, barred, pairs = person.left, 0, person.pairs
    for position in first.values():
        left &= ~(1 << position)
        barred |= kept_apart(position, pairs)
    for slot, mask in slots:
        best = first.get(slot.id)
        if best is None:
            fitting = positions(left & mask & ~barred)
            if not fitting:
                gaps.append(_gap(slot.id, mask, left, {*first.values(), *picks.values()}, person))
                continue
            best = max(fitting, key=weights.__getitem__)
            left &= ~(1 << best)
            if pairs:
                barred |= kept_apart(best, pairs)
        picks[slot.id] = best
    return picks, gaps


def _gap(slot: str, mask: int, left: int, there: set[int], person: _Person) -> Gap:
    """Why nothing fills a slot."""
    if not left & mask:
        wished = person.allowed & person.choice.without & mask
        return Gap(slot, LEFT_OUT if wished else NONE_LEFT)
    every = program_of(person.rules).aparts.among(person.findings.possible)
    barring = (
        rule
        for rule, pairs in every
        if any(kept_apart(position, pairs) & left & mask for position in there)
    )
    return Gap(slot, APART, tuple(barring))


def _line(slot: Slot, position: int, person: _Person) -> Line:
    return Line(slot.id, position, *capped_dose(position, slot, person.findings, person.rules))


def _cut_short(lines: dict[str, Line], ranked: list[str], person: _Person) -> list[Gap]:
    """Leave out the lines of the slots that weigh least, the later first, until there is time.

    The first line that is work stays.
    """
    preparing = {slot.id for slot in person.rules.slots if not slot.work}
    work = next((slot for slot in lines if slot not in preparing), None)
    gaps = []
    for slot in reversed(ranked):
        taken = _minutes(lines, person.rules)
        if taken is None or taken <= (person.choice.minutes or 0):
            break
        if slot != work:
            del lines[slot]
            gaps.append(Gap(slot, MINUTES))
    return gaps


def _minutes(lines: dict[str, Line], rules: RuleBase) -> int | None:
    """What a session takes; None where the rule base does not say how long things take."""
    done = [(line.dose, rules.exercises[line.position].per_side) for line in lines.values()]
    return minutes_of(done, rules.pace) if rules.pace else None


def pairs_apart(which: int, rules: RuleBase) -> Pairs:
    """What some rules (a mask) keep apart."""
    return [pair for _, pairs in program_of(rules).aparts.among(which) for pair in pairs]


def kept_apart(position: int, pairs: Pairs) -> int:
    """The exercises (a mask) that may not stand on a day with this one."""
    apart = 0
    for one, other in pairs:
        if one >> position & 1:
            apart |= other
        if other >> position & 1:
            apart |= one
    return apart


def most_lines(findings: Findings, rules: RuleBase) -> int:
    """How many lines a session may have."""
    caps = (most for _, most in program_of(rules).lines.among(findings.possible))
    return min([rules.session_at_most, *caps])


def most_days(findings: Findings, rules: RuleBase) -> int:
    """How many days the routine may have."""
    caps = (most for _, most in program_of(rules).days.among(findings.possible))
    return min([len(rules.routine), *caps])


def slot_weights(which: int, rules: RuleBase) -> dict[str, int]:
    """How much each slot is preferred by some rules (a mask), where any of them names it."""
    weights: dict[str, int] = {}
    for _, effects in program_of(rules).prefers.among(which):
        for effect in effects:
            for slot in effect.slots:
                weights[slot] = weights.get(slot, 0) + effect.weight
    return weights
