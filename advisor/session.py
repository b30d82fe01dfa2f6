"""Verdicts → session: each slot takes the best allowed exercise, with its dose.

Slots are filled in the rule base's order: highest preference first, ties in the catalogue's
order, no exercise twice. If there are more lines than a session holds, the slots that weigh
least give way, the later ones first. Doses start at the slot's default and only shrink.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from advisor.engine.ready import program_of
from advisor.findings import Findings
from advisor.rulebase.bits import positions
from advisor.rulebase.shapes import Cap, Dose, RuleBase, Slot
from advisor.verdicts import Verdicts


@dataclass(frozen=True)
class Line:
    """One exercise of a session (its place in the catalogue), its slot and its dose.

    `capped_by` are the rules that took something off the default dose.
    """

    slot: str
    position: int
    dose: Dose
    capped_by: tuple[int, ...]


@dataclass(frozen=True)
class Session:
    """The lines in order, and the slots that stayed empty (or gave way, see `full`)."""

    lines: tuple[Line, ...]
    empty: tuple[str, ...] = ()
    full: tuple[str, ...] = ()


@dataclass(frozen=True)
class Timetable:
    """How often a week (from, to) and how many hours apart; `capped_by` as in Line."""

    sessions_per_week: tuple[int, int]
    rest_hours: int
    ready_in_hours: int
    capped_by: tuple[int, ...]


MOST_KEPT = 10_000  # doses worked out; then we begin afresh, so that memory stays flat


def build_session(
    verdicts: Verdicts, findings: Findings, rules: RuleBase, without: int = 0
) -> Session:
    """Fill the slots and set the doses; `without` are allowed exercises that are to stay out."""
    chosen: list[tuple[Slot, int]] = []
    empty: list[str] = []
    left = verdicts.allowed & ~without
    for slot in rules.slots:
        fitting = positions(left & rules.slot_masks[slot.id])
        if fitting:
            best = max(fitting, key=verdicts.weights.__getitem__)
            chosen.append((slot, best))
            left &= ~(1 << best)
        else:
            empty.append(slot.id)
    weights = slot_weights(findings.true, rules)
    ranked = sorted(chosen, key=lambda pick: -weights.get(pick[0].id, 0))
    kept = {slot.id for slot, _ in ranked[: most_lines(findings, rules)]}
    lines = (
        Line(slot.id, position, *capped_dose(position, slot, findings, rules))
        for slot, position in chosen
        if slot.id in kept
    )
    full = tuple(slot.id for slot, _ in chosen if slot.id not in kept)
    return Session(tuple(lines), tuple(empty), full)


def most_lines(findings: Findings, rules: RuleBase) -> int:
    """How many lines the session may have."""
    caps = (most for _, most in program_of(rules).lines.among(findings.possible))
    return min([rules.session_at_most, *caps])


def slot_weights(which: int, rules: RuleBase) -> dict[str, int]:
    """How much each slot is preferred by some rules (a mask), where any of them names it."""
    weights: dict[str, int] = {}
    for _, effects in program_of(rules).prefers.among(which):
        for effect in effects:
            for slot in effect.slots:
                weights[slot] = weights.get(slot, 0) + effect.weight
    return weights


def capped_dose(
    position: int, slot: Slot, findings: Findings, rules: RuleBase
) -> tuple[Dose, tuple[int, ...]]:
    """The dose of one exercise, and the rules that hold it where it is."""
    every, known = program_of(rules).dose_caps[position], program_of(rules).doses
    key = position, slot.id, findings.true & every.mask, findings.unknown & every.mask
    if key not in known:
        if len(known) >= MOST_KEPT:
            known.clear()
        default = rules.usual_doses[position] or slot.dose
        known[key] = _tighten(default, every.among(findings.possible), findings.true)
    return known[key]


def _tighten(
    default: Dose, caps: Iterable[tuple[int, Cap]], true: int
) -> tuple[Dose, tuple[int, ...]]:
    """Apply caps; report those that ask for exactly what is left of the dose.

    A rule that only may be true is reported where no true one asks for as much.
    """
    before = vars(default)
    amounts = dict(before)
    for _, cap in caps:
        now = amounts[cap.what]
        if now is not None and (cap.amount < now if cap.at_most else cap.amount > now):
            amounts[cap.what] = cap.amount
    held = [
        (rule, cap) for rule, cap in caps if cap.amount == amounts[cap.what] != before[cap.what]
    ]
    sure = {cap.what for rule, cap in held if true >> rule & 1}
    named = (rule for rule, cap in held if cap.what not in sure or true >> rule & 1)
    return Dose(*amounts.values()), tuple(dict.fromkeys(named))


def timetable(findings: Findings, hours_since: int | None, rules: RuleBase) -> Timetable:
    """How often and how far apart. Unknown hours since the last session count as none."""
    low, high = rules.schedule.sessions_per_week
    rest = rules.schedule.rest_hours
    caps = program_of(rules).timing.among(findings.possible)
    for _, cap in caps:
        if cap.what == "rest_hours":
            rest = max(rest, cap.amount)
        else:
            high = min(high, cap.amount)
    held = (
        rule
        for rule, cap in caps
        if cap.amount == (rest if cap.what == "rest_hours" else high)
        and cap.amount not in (rules.schedule.rest_hours, rules.schedule.sessions_per_week[1])
    )
    ready = max(0, rest - (hours_since or 0))
    return Timetable((min(low, high), high), rest, ready, tuple(dict.fromkeys(held)))
