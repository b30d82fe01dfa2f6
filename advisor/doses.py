"""Findings → doses and the timetable: each starts at its default and only shrinks."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.engine.ready import program_of
from advisor.findings import Findings
from advisor.rulebase.bits import lowest, mask_of
from advisor.rulebase.shapes import Dose, RestUntil, RuleBase

LOAD, LOAD_STEP = "load_percent", "load_step_percent"
HOURS = 24


@dataclass(frozen=True)
class Timetable:
    """How often a week (from, to) and how many hours apart; `capped_by` as in Line."""

    sessions_per_week: tuple[int, int]
    rest_hours: int
    ready_in_hours: int
    capped_by: tuple[int, ...]


def capped_dose(position: int, findings: Findings, rules: RuleBase) -> tuple[Dose, tuple[int, ...]]:
    """The dose of one exercise that some slot takes, and the rules that hold it where it is.

    Of those that ask for exactly what is left of each amount it is the first; one that only may be
    true is told where no true one asks for as much.
    """
    caps = program_of(rules).dose_caps[position].among(findings.possible)
    amounts = {**vars(rules.usual_doses[position])}
    holding: dict[str, int] = {}
    for what in dict.fromkeys(cap.what for _, cap in caps if amounts[cap.what] is not None):
        asked = [(rule, cap) for rule, cap in caps if cap.what == what]
        tightest = min if asked[0][1].at_most else max
        amount = tightest(amounts[what], *(cap.amount for _, cap in asked))
        if amount != amounts[what]:
            holding[what] = mask_of(rule for rule, cap in asked if cap.amount == amount)
            amounts[what] = amount
            if what == LOAD:  # before an episode goes first
                amounts["percent_of"] = min(c.percent_of for _, c in asked if c.amount == amount)
    if amounts[LOAD] == 0:
        holding.pop(LOAD_STEP, None)  # without a weight there is no step
    first = {lowest(each & findings.true or each) for each in holding.values()}
    return Dose(**amounts), tuple(sorted(first))


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
