"""A person who should break an invariant -> whether they do, told by the engine itself.

Nothing here knows of the solver: a counterexample counts only once the pipeline has shown it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from advisor.answers import Facts
from advisor.plan import Plan, plan_for
from advisor.rulebase.claims import (
    DOSE,
    EXERCISES,
    LEVEL,
    LIMITS,
    LOAD,
    LOADS,
    NOT_ASKED,
    SCHEDULE,
    Claim,
    EachOnce,
    Every,
    Except,
    Invariant,
    LevelWithin,
    NeverAllowed,
    NoMore,
    NoSession,
    RestOf,
    SessionOf,
    Some,
    State,
    Statement,
    Sure,
)
from advisor.rulebase.conditions import truth
from advisor.rulebase.shapes import LEVELS, SET, Dose, RuleBase
from advisor.session import applied_caps, capped_dose, slot_mask
from advisor.verdicts import positions

CEILINGS = ("sets", "reps", "hold_seconds", "load_percent", "load_step_percent")
FLOORS = ("reps_in_reserve", "rest_seconds")


@dataclass(frozen=True)
class Counterexample:
    """A plan that breaks an invariant; `before` is the plan it was compared with, if any."""

    plan: Plan
    before: Plan | None = None


def said(statement: Statement, facts: Facts, rules: RuleBase) -> bool:
    """Whether a statement is about a person."""
    match statement:
        case Sure(condition):
            return truth(condition, facts.by_name(rules), rules.finding) is True
        case State(fact, word):
            place = rules.question_position[fact]
            return facts.is_open(place) if word == NOT_ASKED else place in facts.not_sure
        case Every(parts):
            return all(said(part, facts, rules) for part in parts)
        case Some(parts):
            return any(said(part, facts, rules) for part in parts)
        case Except(part):
            return not said(part, facts, rules)


def concerned(invariant: Invariant, plan: Plan) -> bool:
    """Whether an invariant speaks of the person of a plan."""
    within = invariant.levels is None or not broken(invariant.levels, plan)
    return within and said(invariant.when, plan.facts, plan.rules)


def broken(claim: Claim, plan: Plan) -> bool:
    """Whether a claim about one person is false of this one."""
    lines = plan.session.lines if plan.session else ()
    match claim:
        case NeverAllowed(mask):
            return bool(plan.verdicts.allowed & mask)
        case LevelWithin(low, high):
            return plan.level is None or not low <= LEVELS.index(plan.level) <= high
        case NoSession():
            return plan.session is not None
        case SessionOf(at_least):
            return len(lines) < at_least
        case EachOnce():
            return len({line.position for line in lines}) < len(lines)
        case RestOf(hours):
            return plan.schedule is not None and plan.schedule.rest_hours < hours
        case _:
            return False


def breaks(invariant: Invariant, plan: Plan) -> bool:
    """Whether a person breaks an invariant."""
    return concerned(invariant, plan) and any(broken(claim, plan) for claim in invariant.claims)


def breaks_by(invariant: Invariant, claim: NoMore, before: Plan, after: Plan) -> bool:
    """Whether a change of one answer breaks an invariant."""
    return concerned(invariant, before) and any(
        _GROWN[word](before, after) for word in claim.permissions
    )


def _exercises(before: Plan, after: Plan) -> bool:
    return bool(after.verdicts.allowed & ~before.verdicts.allowed)


def _limits(before: Plan, after: Plan) -> bool:
    return bool(after.verdicts.ok & ~before.verdicts.ok)


def _level(before: Plan, after: Plan) -> bool:
    if before.level is None or after.level is None:
        return False  # a plan that cannot be told yet permits nothing
    return LEVELS.index(after.level) < LEVELS.index(before.level)


def _dose(before: Plan, after: Plan) -> bool:
    return _looser(before, after, CEILINGS, FLOORS)


def _load(before: Plan, after: Plan) -> bool:
    return _looser(before, after, LOADS, ())


def _looser(before: Plan, after: Plan, ceilings: tuple[str, ...], floors: tuple[str, ...]) -> bool:
    """Whether the dose of an exercise that is allowed after the change has grown."""
    for position in positions(after.verdicts.allowed):
        then, now = dose(before, position), dose(after, position)
        if then is None or now is None:
            continue
        if any((getattr(now, what) or 0) > (getattr(then, what) or 0) for what in ceilings):
            return True
        if any(getattr(now, what) < getattr(then, what) for what in floors):
            return True
    return False


def dose(plan: Plan, position: int) -> Dose | None:
    """The dose of an exercise, whether it is in the session or not."""
    rules = plan.rules
    fitting = (slot for slot in rules.slots if slot_mask(slot, rules) >> position & 1)
    slot = next(fitting, None)
    if slot is None:
        return None
    return capped_dose(position, slot, applied_caps(plan.findings, rules), rules)[0]


def _schedule(before: Plan, after: Plan) -> bool:
    if before.schedule is None or after.schedule is None:
        return False
    return (
        after.schedule.sessions_per_week[1] > before.schedule.sessions_per_week[1]
        or after.schedule.rest_hours < before.schedule.rest_hours
        or after.schedule.ready_in_hours < before.schedule.ready_in_hours
    )


_GROWN: dict[str, Callable[[Plan, Plan], bool]] = {
    EXERCISES: _exercises,
    LIMITS: _limits,
    LEVEL: _level,
    DOSE: _dose,
    LOAD: _load,
    SCHEDULE: _schedule,
}


def shortest(facts: Facts, keeps: Callable[[Facts], bool], rules: RuleBase) -> Facts:
    """The same person with as few answers as still show what is to be shown."""
    smaller = True
    while smaller:
        smaller = False
        for less in _shorter(facts, rules):
            if keeps(less):
                facts, smaller = less, True
                break
    return facts


def _shorter(facts: Facts, rules: RuleBase) -> Iterator[Facts]:
    """One answer less, or one choice less in an answer."""
    for place, value in enumerate(facts.values):
        if not facts.is_open(place):
            yield without(facts, place)
        if value and rules.questions[place].kind == SET:
            for bit in positions(value):
                yield with_value(facts, place, value & ~(1 << bit))


def without(facts: Facts, place: int) -> Facts:
    """The same person, not asked one question."""
    return replace(with_value(facts, place, None), not_sure=facts.not_sure - {place})


def with_value(facts: Facts, place: int, value: int | None) -> Facts:
    """The same person with another answer to one question."""
    values = (*facts.values[:place], value, *facts.values[place + 1 :])
    return replace(facts, values=values)


def replayed(facts: Facts, rules: RuleBase) -> Plan:
    """What the engine says to a person."""
    return plan_for(facts, rules)
