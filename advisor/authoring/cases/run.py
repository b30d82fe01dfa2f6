"""Cases: people in plain words, what they answer, and what must come of it.

A case is as good as the reading it was derived from: what it expects is what a careful person
would say, not what the program printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.answers import Facts
from advisor.document import open_facts
from advisor.plan import plan_for
from advisor.result import Plan
from advisor.rulebase.shapes import ALWAYS, NOWHERE, Place, Rule, RuleBase
from advisor.rulebase.truth import truth
from advisor.verdicts import AVOID, UNRESOLVED


@dataclass(frozen=True)
class Bounds:
    """What a number of the dose of one exercise must lie between (both ends included)."""

    exercise: str
    what: str  # a field of Dose
    low: int
    high: int


@dataclass(frozen=True)
class DayExpected:
    """The exercises that must stand on one day of the routine."""

    day: str
    exercises: tuple[str, ...]


@dataclass(frozen=True)
class Expected:
    """What must come of a case; whatever is empty is not looked at."""

    level: str = ""
    status: str = ""
    session: tuple[str, ...] = ()  # exercises that must be in it, on the first day
    days: tuple[DayExpected, ...] = ()
    out: tuple[str, ...] = ()  # exercises to avoid, or unresolved
    allowed: tuple[str, ...] = ()  # exercises that are fine, or fine with care
    rules: tuple[str, ...] = ()  # rules that must apply
    quiet: tuple[str, ...] = ()  # rules that must not apply
    open: tuple[str, ...] = ()  # questions that must still be open
    dose: tuple[Bounds, ...] = ()


@dataclass(frozen=True)
class Case:
    """One person."""

    id: str
    says: str
    facts: Facts
    expected: Expected
    place: Place = NOWHERE


@dataclass(frozen=True)
class Failure:
    """A case, or a rule's own example, and what is wrong with what came of it."""

    kind: str  # case | fires | silent
    name: str
    place: Place
    wrong: tuple[str, ...]


def run_cases(cases: tuple[Case, ...], rules: RuleBase) -> tuple[Failure, ...]:
    """The cases that fail."""
    ran = ((case, failures(case.expected, plan_for(case.facts, rules))) for case in cases)
    return tuple(Failure("case", case.id, case.place, wrong) for case, wrong in ran if wrong)


def run_examples(rules: RuleBase) -> tuple[Failure, ...]:
    """The rules' own examples that fail; reading a rule base refuses them already."""
    return tuple(
        Failure(kind, rule.id, rule.place, (f"the `{kind}` example leaves it {_said(said)}",))
        for rule in rules.rules
        for kind, said in _examples(rule, rules)
        if said is not (kind == "fires")
    )


def _examples(rule: Rule, rules: RuleBase) -> list[tuple[str, bool | None]]:
    """What the condition of a rule says of each of its examples."""
    if rule.when == ALWAYS:
        return []
    given = (("fires", rule.fires), ("silent", rule.silent))
    return [(kind, truth(rule.when, dict(a), rules.finding)) for kind, a in given if a is not None]


def _said(value: bool | None) -> str:  # noqa: FBT001 - a truth is what this is about
    return "unknown" if value is None else str(value).lower()


def failures(expected: Expected, plan: Plan) -> tuple[str, ...]:
    """Everything a plan does not hold of what was expected, a line each."""
    return (*_whole(expected, plan), *_exercises(expected, plan), *_rest(expected, plan))


def _whole(expected: Expected, plan: Plan) -> Iterator[str]:
    level = plan.level or "none yet"
    if expected.level and level != expected.level:
        yield f"the level is `{level}`, expected `{expected.level}`"
    if expected.status and plan.status != expected.status:
        yield f"the status is `{plan.status}`, expected `{expected.status}`"


def _exercises(expected: Expected, plan: Plan) -> Iterator[str]:
    chosen = _chosen(plan)
    yield from _missing("in the session", expected.session, [*chosen])
    lines = {each.day: each.lines for each in plan.sessions}
    for each in expected.days:
        there = [plan.rules.exercises[line.position].id for line in lines.get(each.day, ())]
        yield from _missing(f"on day {each.day}", each.exercises, there)
    for name in (*expected.out, *expected.allowed):
        said = plan.verdicts.of(plan.rules.position[name])
        if (said in (AVOID, UNRESOLVED)) is not (name in expected.out):
            wanted = "out" if name in expected.out else "allowed"
            yield f"`{name}` is {said}, expected {wanted}"
    for bounds in expected.dose:
        amount = chosen.get(bounds.exercise, {}).get(bounds.what)
        if amount is None or not bounds.low <= amount <= bounds.high:
            said = "none" if amount is None else str(amount)
            yield f"{bounds.what} of `{bounds.exercise}` is {said}, expected {_range(bounds)}"


def _missing(where: str, wanted: tuple[str, ...], there: list[str]) -> Iterator[str]:
    """What does not stand where it must."""
    said = ", ".join(there) or "there is none"
    return (f"`{name}` is not {where} ({said})" for name in wanted if name not in there)


def _chosen(plan: Plan) -> dict[str, dict[str, int | None]]:
    """The exercises of the session with their doses."""
    lines = plan.session.lines if plan.session else ()
    return {plan.rules.exercises[line.position].id: vars(line.dose) for line in lines}


def _range(each: Bounds) -> str:
    return f"{each.low}" if each.low == each.high else f"{each.low} to {each.high}"


def _rest(expected: Expected, plan: Plan) -> Iterator[str]:
    fired = frozenset(plan.fired) if expected.rules or expected.quiet else frozenset()
    yield from (f"the rule `{name}` did not apply" for name in expected.rules if name not in fired)
    yield from (f"the rule `{name}` applied" for name in expected.quiet if name in fired)
    asked = open_facts(plan) if expected.open else []
    yield from (f"`{fact}` is not an open question" for fact in expected.open if fact not in asked)
