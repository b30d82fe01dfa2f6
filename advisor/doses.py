"""Findings → doses and the timetable: each starts at its default and only shrinks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from advisor.engine.ready import program_of
from advisor.findings import Findings
from advisor.rulebase.shapes import Cap, Dose, RestUntil, RuleBase, Slot

LOAD, LOAD_STEP = "load_percent", "load_step_percent"
HOURS = 24
MOST_KEPT = 10_000  # doses worked out; then we begin afresh, so that memory stays flat


@dataclass(frozen=True)
class Timetable:
    """How often a week (from, to) and how many hours apart; `capped_by` as in Line."""

    sessions_per_week: tuple[int, int]
    rest_hours: int
    ready_in_hours: int
    capped_by: tuple[int, ...]


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
    """Apply caps; of those that ask for exactly what is left of each amount, report the first.

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
    parts = [cap.percent_of for _, cap in held if cap.what == LOAD]
    amounts["percent_of"] = min(parts, default=default.percent_of)  # before an episode goes first
    first: dict[str, int] = {}
    for rule, cap in sorted(held, key=lambda each: not true >> each[0] & 1):
        first.setdefault(cap.what, rule)
    if amounts[LOAD] == 0:
        first.pop(LOAD_STEP, None)  # without a weight there is no step
    return Dose(*amounts.values()), tuple(sorted({*first.values()}))


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
    resting = {
        rule: max(effect.days for effect in effects if isinstance(effect, RestUntil)) * HOURS
        for rule, effects in rules.effects.get(RestUntil, {}).items()
        if findings.possible >> rule & 1
    }
    longest = max([rest, *resting.values()])
    waits = [rule for rule, hours in resting.items() if hours == longest > rest]
    ready = max(0, longest - (hours_since or 0))
    return Timetable((min(low, high), high), rest, ready, tuple(dict.fromkeys([*held, *waits])))
