"""Verdicts → the sessions of a routine: each slot takes the best allowed exercise, with its dose.

Days are filled in order, and the slots of each in its own order: highest preference first, ties
in the catalogue's order, no exercise twice on a day, and none that is to be kept apart from one
that stands there already. What stands on an earlier day weighs less on the next. If there are more
lines than a session holds, the slots that weigh least give way, the later ones first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from advisor.doses import capped_dose
from advisor.engine.ready import program_of, table_of
from advisor.findings import Findings
from advisor.rulebase.bits import kept_positions, mask_of, positions
from advisor.rulebase.shapes import FIRST_DAY, Dose, Pace, RuleBase, Slot
from advisor.times import minutes_of, seconds_of
from advisor.verdicts import Verdicts

MOST_LINES = 1 << 15  # to be kept

Slots = Sequence[tuple[Slot, int]]  # each with the exercises that may fill it
Picks = dict[str, int]  # the exercise that fills a slot
Pairs = Sequence[tuple[int, int]]  # the exercises to be kept apart from each other


class Line(NamedTuple):
    """One exercise of a session (its place in the catalogue), its slot and its dose.

    `capped_by` are the rules that took something off the default dose. `seconds` is what it takes,
    0 where the rule base does not say how long things take. `kg` is the weight, where a journal
    tells it.
    """

    slot: str
    position: int
    dose: Dose
    capped_by: tuple[int, ...]
    seconds: int = 0
    kg: float | None = None


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
    """One day: its lines in order, and the slots that have none."""

    lines: tuple[Line, ...]
    empty: tuple[Gap, ...] = ()
    day: str = FIRST_DAY
    says: str = ""
    pace: Pace | None = None

    @property
    def minutes(self) -> int | None:
        """What it takes; None where the rule base does not say how long things take."""
        return minutes_of([line.seconds for line in self.lines], self.pace)


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
    wanted = choice.wanted & person.left
    weights: Sequence[int] = verdicts.weights
    found: list[Session] = []
    for place in range(most_days(findings, rules)):
        weights = _less(weights, found[-1], rules.repeat) if found else weights
        first = _first(wanted, rules.slots_of[place], person.apart) if wanted else Picks()
        for position in first.values():
            wanted &= ~(1 << position)
        found.append(_session(place, first, weights, person))
    return tuple(found)


class _Person:
    """What is the same on every day."""

    def __init__(
        self, verdicts: Verdicts, findings: Findings, rules: RuleBase, choice: Choice
    ) -> None:
        self.findings, self.rules, self.choice = findings, rules, choice
        self.allowed = verdicts.allowed
        self.left = verdicts.allowed & ~choice.without
        self.apart = apart_masks(findings.possible, rules)
        self.most_lines = most_lines(findings, rules)

    @cached_property
    def slot_weights(self) -> dict[str, int]:
        """What slots weigh; only asked for where some have to give way."""
        return slot_weights(self.findings.true, self.rules)

    def ranked(self, picks: Picks, first: Picks) -> list[str]:
        """Slots, those first that are the last to give way."""
        weigh = self.slot_weights.get
        return sorted(picks, key=lambda slot: (slot not in first, -weigh(slot, 0)))


def _less(weights: Sequence[int], session: Session, repeat: int) -> Sequence[int]:
    """What exercises weigh on the next day."""
    if not repeat:
        return weights
    lowered = [*weights]
    for line in session.lines:
        lowered[line.position] -= repeat
    return lowered


def _first(wanted: int, slots: Slots, apart: Sequence[int]) -> Picks:
    """The exercises that are asked for, each in the first slot of a day that takes it."""
    picks, barred = Picks(), 0
    for position in positions(wanted):
        fitting = [slot.id for slot, mask in slots if mask >> position & 1 and slot.id not in picks]
        if fitting and not barred >> position & 1:
            picks[fitting[0]] = position
            barred |= apart[position]
    return picks


def _session(place: int, first: Picks, weights: Sequence[int], person: _Person) -> Session:
    """One day; `first` are exercises whose slots are settled."""
    rules, most, limit = person.rules, person.most_lines, person.choice.minutes
    day, slots = rules.routine[place], rules.slots_of[place]
    picks, gaps = _fill(slots, first, weights, person)
    if len(picks) > most:
        for slot in person.ranked(picks, first)[most:]:
            del picks[slot]
            gaps[slot] = Gap(slot, LINES)
    filled = [(slot.id, picks[slot.id]) for slot, _ in slots if slot.id in picks]
    lines = {line.slot: line for line in lines_of(filled, person.findings, rules)}
    if limit is not None and rules.pace:
        for slot in _too_long(lines, person.ranked(picks, first), limit, rules):
            del lines[slot]
            gaps[slot] = Gap(slot, MINUTES)
    empty = [gaps[slot.id] for slot, _ in slots if slot.id in gaps] if gaps else ()
    return Session(tuple(lines.values()), tuple(empty), day.id, day.says, rules.pace)


def _fill(
    slots: Slots, first: Picks, weights: Sequence[int], person: _Person
) -> tuple[Picks, dict[str, Gap]]:
    """The best exercise for each slot of a day, and the slots that stay empty."""
    picks, gaps = Picks(), dict[str, Gap]()
    free, apart = person.left, person.apart
    for position in first.values():
        free &= ~(1 << position | apart[position])
    for slot, mask in slots:
        best = first.get(slot.id)
        if best is None:
            fitting = kept_positions(free & mask)
            if not fitting:
                gaps[slot.id] = _gap(slot.id, mask, {*first.values(), *picks.values()}, person)
                continue
            best = max(fitting, key=weights.__getitem__)
            free &= ~(1 << best | apart[best])
        picks[slot.id] = best
    return picks, gaps


def _gap(slot: str, mask: int, there: set[int], person: _Person) -> Gap:
    """Why nothing fills a slot."""
    left = person.left & ~mask_of(there)
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


def line_of(slot: Slot, position: int, findings: Findings, rules: RuleBase) -> Line:
    """An exercise in a slot, with its dose."""
    return next(lines_of([(slot.id, position)], findings, rules))


def lines_of(
    filled: Iterable[tuple[str, int]], findings: Findings, rules: RuleBase
) -> Iterator[Line]:
    """Exercises in slots, which are named by id, each with its dose; in their order."""
    kept, caps = table_of(_line, rules, MOST_LINES), program_of(rules).dose_caps
    for slot, position in filled:
        capping = caps[position].mask
        yield kept[slot, position, findings.true & capping, findings.unknown & capping]


def _line(rules: RuleBase, key: tuple[str, int, int, int]) -> Line:
    slot, position, *known = key
    return timed(Line(slot, position, *capped_dose(position, Findings(*known), rules)), rules)


def timed(line: Line, rules: RuleBase) -> Line:
    """A line with the seconds that its dose takes."""
    sides = 2 if rules.exercises[line.position].per_side else 1
    return line._replace(seconds=seconds_of(line.dose, sides, rules.pace))


def _too_long(lines: dict[str, Line], ranked: list[str], limit: int, rules: RuleBase) -> list[str]:
    """The slots to leave out until there is time, the first that are to give way first.

    The first line that is work stays.
    """
    preparing = {slot.id for slot in rules.slots if not slot.work}
    work = next((slot for slot in lines if slot not in preparing), None)
    left, out = dict(lines), list[str]()
    for slot in reversed(ranked):
        if (minutes_of([line.seconds for line in left.values()], rules.pace) or 0) <= limit:
            break
        if slot != work:
            del left[slot]
            out.append(slot)
    return out


def pairs_apart(which: int, rules: RuleBase) -> Pairs:
    """What some rules (a mask) keep apart."""
    return [pair for _, pairs in program_of(rules).aparts.among(which) for pair in pairs]


def apart_masks(which: int, rules: RuleBase) -> tuple[int, ...]:
    """For each exercise, those (a mask) that some rules keep apart from it."""
    return table_of(_apart_masks, rules)[which & program_of(rules).aparts.mask]


def _apart_masks(rules: RuleBase, which: int) -> tuple[int, ...]:
    pairs = pairs_apart(which, rules)
    return tuple(kept_apart(place, pairs) for place in range(len(rules.exercises)))


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
    for _, (slot, weight) in program_of(rules).slot_prefers.among(which):
        weights[slot] = weights.get(slot, 0) + weight
    return weights
