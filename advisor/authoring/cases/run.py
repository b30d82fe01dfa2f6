"""Cases: people in plain words, what they answer, and what must come of it.

A case is as good as the reading it was derived from: what it expects is what a careful person
would say, not what the program printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from advisor.answers import Facts
from advisor.document import open_facts, verdict_document
from advisor.plan import plan_for
from advisor.result import Plan
from advisor.rulebase.shapes import ALWAYS, NOWHERE, Place, Rule, RuleBase
from advisor.rulebase.truth import truth
from advisor.suspects import suspicions
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
class LimitExpected:
    """Words that a limit of an exercise must have."""

    exercise: str
    words: str


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
    limits: tuple[LimitExpected, ...] = ()
    advice: tuple[str, ...] = ()  # words that the advice must have
    referral: tuple[str, ...] = ()  # words that the referral must have
    suspects: tuple[str, ...] = ()  # the likeliest causes, in order


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
    parts = (_whole, _exercises, _rest, _said_words)
    return tuple(wrong for part in parts for wrong in part(expected, plan))


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


def _said_words(expected: Expected, plan: Plan) -> Iterator[str]:
    """What is not said, of advice, limits, a referral and causes."""
    if expected.advice or expected.referral:
        document: Any = plan.to_dict()
        advice = [each["say"] for each in document["advice"]]
        yield from _unsaid("the advice", expected.advice, advice)
        action = (document["referral"] or {"action": ""})["action"]
        yield from _unsaid("the referral", expected.referral, [action])
    for each in expected.limits:
        verdict: Any = verdict_document(plan, plan.rules.position[each.exercise])
        reasons = [reason["text"] for reason in verdict["reasons"]]
        yield from _unsaid(f"what is said of `{each.exercise}`", [each.words], reasons)
    if expected.suspects:
        found = suspicions(plan.facts, plan.findings, plan.rules)
        names = tuple(each.name for each in found)
        if names[: len(expected.suspects)] != expected.suspects:
            yield f"the causes are {_listed(names)}, expected {_listed(expected.suspects)} first"


def _unsaid(where: str, wanted: Iterable[str], said: list[str]) -> Iterator[str]:
    """Words that none of the texts has."""
    return (f"{where} does not say `{each}`" for each in wanted if not any(each in t for t in said))


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{each}`" for each in names) or "none"
