"""Verdicts → session: each slot takes the best allowed exercise, with its dose.

Slots are filled in the rule base's order: highest preference first, ties in the catalogue's
order, no exercise twice. If there are more lines than a session holds, the slots that weigh
least give way, the later ones first. Doses start at the slot's default and only shrink.
"""

from __future__ import annotations

from advisor.findings import Findings
from advisor.rulebase.frozen import dataclass
from advisor.rulebase.shapes import Cap, Dose, RuleBase, Slot
from advisor.verdicts import Verdicts, preferred


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


Caps = list[tuple[int, Cap]]


def build_session(verdicts: Verdicts, findings: Findings, rules: RuleBase) -> Session:
    """Fill the slots and set the doses."""
    chosen: list[tuple[Slot, int]] = []
    empty: list[str] = []
    left = verdicts.allowed
    for slot in rules.slots:
        best = preferred(left & slot_mask(slot, rules), verdicts.weights)
        if best:
            chosen.append((slot, best[0]))
            left &= ~(1 << best[0])
        else:
            empty.append(slot.id)
    weights = _slot_weights(findings, rules)
    ranked = sorted(chosen, key=lambda pick: -weights.get(pick[0].id, 0))
    kept = {slot.id for slot, _ in ranked[: rules.session_at_most]}
    lines = (
        Line(slot.id, position, *capped_dose(position, slot, findings, rules))
        for slot, position in chosen
        if slot.id in kept
    )
    full = tuple(slot.id for slot, _ in chosen if slot.id not in kept)
    return Session(tuple(lines), tuple(empty), full)


def slot_mask(slot: Slot, rules: RuleBase) -> int:
    """The exercises that may fill a slot."""
    mask = 0
    for pattern in slot.patterns:
        mask |= rules.pattern_masks.get(pattern, 0)
    return mask


def _slot_weights(findings: Findings, rules: RuleBase) -> dict[str, int]:
    weights: dict[str, int] = {}
    prefers = rules.program.prefers
    for rule in prefers.keys() & findings.true_set:
        for effect in prefers[rule]:
            for slot in effect.slots:
                weights[slot] = weights.get(slot, 0) + effect.weight
    return weights


def capped_dose(
    position: int, slot: Slot, findings: Findings, rules: RuleBase
) -> tuple[Dose, tuple[int, ...]]:
    """The dose of one exercise, and the rules that hold it where it is."""
    default = rules.exercises[position].dose or slot.dose
    possible = findings.possible_set
    return _tighten(default, [e for e in rules.program.dose_caps[position] if e[0] in possible])


def _tighten(default: Dose, caps: Caps) -> tuple[Dose, tuple[int, ...]]:
    """Apply caps; report those that ask for exactly what is left of the dose."""
    before = vars(default)
    amounts = dict(before)
    for _, cap in caps:
        now = amounts[cap.what]
        if now is not None and (cap.amount < now if cap.at_most else cap.amount > now):
            amounts[cap.what] = cap.amount
    held = [rule for rule, cap in caps if cap.amount == amounts[cap.what] != before[cap.what]]
    return Dose(*amounts.values()), tuple(dict.fromkeys(held))


def timetable(findings: Findings, hours_since: int | None, rules: RuleBase) -> Timetable:
    """How often and how far apart. Unknown hours since the last session count as none."""
    low, high = rules.schedule.sessions_per_week
    rest = rules.schedule.rest_hours
    caps = [each for each in rules.program.timing if each[0] in findings.possible_set]
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
