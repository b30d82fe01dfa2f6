"""A person who should break an invariant -> whether they do, told by the engine itself.

Nothing here knows of the solver: a counterexample counts only once the pipeline has shown it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar, assert_never

from advisor.answers import Facts, screened
from advisor.doses import capped_dose
from advisor.explain.verbalization import effect_words
from advisor.result import Plan
from advisor.rulebase.bits import positions
from advisor.rulebase.shapes import LEVELS, Apart, Cap, Dose, RuleBase, SomeOf, invariants
from advisor.rulebase.shapes.conditions import All, Any, Not
from advisor.rulebase.shapes.invariants import Claim, Invariant, NoMore, Statement
from advisor.rulebase.truth import truth
from advisor.session import most_days, most_lines, pairs_apart

T = TypeVar("T")


class MachineryError(Exception):
    """The program, not the rule base, is at fault."""


CEILINGS = ("sets", "reps", "hold_seconds", "load_percent", "load_step_percent")
_WHOLE = (("session", "exercises", most_lines), ("routine", "days", most_days))
FLOORS = ("reps_in_reserve", "rest_seconds", "lower_seconds")


@dataclass(frozen=True)
class Counterexample:
    """A plan that breaks an invariant, and how; `before` is what it was compared with, if any."""

    plan: Plan
    faults: tuple[str, ...]
    before: Plan | None = None


def said(statement: Statement, facts: Facts, rules: RuleBase) -> bool:
    """Whether a statement is about a person."""
    match statement:
        case invariants.Sure(condition):
            return truth(condition, facts.by_name(rules), rules.finding) is True
        case invariants.State(fact, word):
            place = rules.question_position[fact]
            return facts.is_open(place) if word == invariants.NOT_ASKED else place in facts.not_sure
        case All(parts):
            return all(said(part, facts, rules) for part in parts)
        case Any(parts):
            return any(said(part, facts, rules) for part in parts)
        case Not(part):
            return not said(part, facts, rules)
        case _:
            assert_never(statement)


def concerned(invariant: Invariant, plan: Plan) -> bool:
    """Whether an invariant speaks of the person of a plan."""
    within = invariant.levels is None or not wrong(invariant.levels, plan)
    return within and said(invariant.when, plan.facts, plan.rules)


def wrong(claim: Claim, plan: Plan) -> list[str]:  # noqa: PLR0911 - one for each claim
    """What makes a claim about one person false of this one, in a few words each."""
    exercises = plan.rules.exercises
    match claim:
        case invariants.NeverAllowed(mask):
            allowed = positions(plan.verdicts.allowed & mask)
            return [f"{exercises[place].id} is allowed" for place in allowed]
        case invariants.LevelWithin(low, high):
            off = plan.level is None or not low <= LEVELS.index(plan.level) <= high
            return [f"the level is {plan.level or 'open'}"] if off else []
        case invariants.NoSession():
            return ["there is a session"] if plan.session is not None else []
        case invariants.SessionOf(at_least):
            if plan.session is None:
                return ["there is no session"]
            short = (day for day in plan.sessions if len(day.lines) < at_least)
            return [f"the session of day {day.day} has {len(day.lines)}" for day in short]
        case invariants.EachOnce():
            return [
                f"the session of day {day.day} repeats an exercise"
                for day in plan.sessions
                if len({line.position for line in day.lines}) < len(day.lines)
            ]
        case invariants.RestOf(hours):
            rest = plan.schedule.rest_hours if plan.schedule else hours
            return [f"the rest is {rest} hours"] if rest < hours else []
        case invariants.DoseWithin(caps):
            allowed = positions(plan.verdicts.allowed)
            every = (_beyond(cap, place, plan) for cap in caps for place in allowed)
            return [found for found in every if found]
        case invariants.StandIns() | NoMore():
            return []  # the one holds by construction, the other is about two people
        case _:
            assert_never(claim)


def _beyond(cap: Cap, place: int, plan: Plan) -> str:
    """How the dose of an exercise goes beyond a cap; nothing if it does not."""
    amounts = dose(plan, place) if cap.exercises >> place & 1 else None
    amount = getattr(amounts, cap.what) if amounts else None
    if amount is None or not beyond(amount, cap):
        return ""
    return f"{cap.what} of {plan.rules.exercises[place].id} is {amount}"


def beyond(amount: int, cap: Cap) -> bool:
    """Whether an amount is less careful than a cap."""
    return amount > cap.amount if cap.at_most else amount < cap.amount


def faults(invariant: Invariant, plan: Plan) -> list[str]:
    """How a person breaks an invariant; nothing if they do not."""
    if not concerned(invariant, plan):
        return []
    return [fault for claim in invariant.claims for fault in wrong(claim, plan)]


def faults_between(invariant: Invariant, claim: NoMore, before: Plan, after: Plan) -> list[str]:
    """How a change of one answer breaks an invariant; nothing if it does not."""
    if not concerned(invariant, before):
        return []
    return [fault for word in claim.permissions for fault in _grown(word, before, after)]


def _grown(word: str, before: Plan, after: Plan) -> Iterator[str]:
    """What one of the permissions of an invariant has more of, in a few words each."""
    names = [each.id for each in after.rules.exercises]
    match word:
        case invariants.EXERCISES:
            more = positions(after.verdicts.allowed & ~before.verdicts.allowed)
            yield from (f"{names[place]} becomes allowed" for place in more)
        case invariants.LIMITS:
            more = positions(after.verdicts.ok & ~before.verdicts.ok)
            yield from (f"{names[place]} loses its limits" for place in more)
        case invariants.LEVEL:
            then, now = before.level, after.level  # a plan that cannot be told permits nothing
            if then and now and LEVELS.index(now) < LEVELS.index(then):
                yield f"the level goes from {then} to {now}"
        case invariants.DOSE:
            yield from _looser(before, after, (*CEILINGS, *FLOORS))
            if before.session and after.session:
                yield from _days(before, after)
        case invariants.LOAD:
            yield from _looser(before, after, invariants.LOADS)
        case invariants.SCHEDULE:
            yield from _schedule(before, after)


def _days(before: Plan, after: Plan) -> Iterator[str]:
    """What days may hold more of, or no longer have to keep apart."""
    for what, things, most in _WHOLE:
        then, now = (most(each.findings, each.rules) for each in (before, after))
        if now > then:
            yield f"the {what} goes from {then} to {now} {things} at most"
    held, kept = (
        [Apart(*pair) for pair in pairs_apart(each.findings.possible, each.rules)]
        for each in (before, after)
    )
    for pair in held:
        if not any(each.covers(pair) for each in kept):
            yield f"{effect_words(pair, before.rules)}: no longer"


def _looser(before: Plan, after: Plan, whats: tuple[str, ...]) -> Iterator[str]:
    """Where the dose of an exercise that is allowed after the change has grown."""
    for position in positions(after.verdicts.allowed):
        then, now = dose(before, position), dose(after, position)
        for what in whats if then and now else ():
            one, two = getattr(then, what), getattr(now, what)
            if one is not None and (two > one if what in CEILINGS else two < one):
                name = after.rules.exercises[position].id
                yield f"{what} of {name} goes from {one} to {two}"


def dose(plan: Plan, position: int) -> Dose | None:
    """The dose of an exercise, whether it is in the session or not."""
    if plan.rules.usual_doses[position] is None:
        return None
    return capped_dose(position, plan.findings, plan.rules)[0]


def _schedule(before: Plan, after: Plan) -> Iterator[str]:
    then, now = before.schedule, after.schedule
    if then is None or now is None:
        return
    high, most = then.sessions_per_week[1], now.sessions_per_week[1]
    if most > high:
        yield f"sessions a week go from {high} to {most}"
    if now.rest_hours < then.rest_hours or now.ready_in_hours < then.ready_in_hours:
        yield f"rest goes from {then.rest_hours} to {now.rest_hours} hours"


def shortest(whole: T, shorter: Callable[[T], Iterable[T]], keeps: Callable[[T], bool]) -> T:
    """The same with as little as still shows what is to be shown.

    What could not go is not tried again at once, but when all else has been tried.
    """
    tried = 0
    while True:
        rest = enumerate(islice(shorter(whole), tried, None), tried)
        found = next(((place, less) for place, less in rest if keeps(less)), None)
        if found is not None:
            tried, whole = found
        elif tried:
            tried = 0
        else:
            return whole


def _shorter(facts: Facts, rules: RuleBase) -> Iterator[Facts]:
    """One answer less, or one choice less in an answer."""
    for place, value in enumerate(facts.values):
        question = rules.questions[place]
        if question.observation and value != question.first:
            yield facts.with_answer(place, question.first)
        elif not facts.is_open(place) and not question.observation:
            yield facts.without_answer(place)
        if value and isinstance(question.type, SomeOf):
            for bit in positions(value):
                yield facts.with_answer(place, value & ~(1 << bit))


def simplest(facts: Facts, keeps: Callable[[Facts], bool], rules: RuleBase) -> Facts:
    """The person with the shortest command line who still shows what is to be shown."""
    short = shortest(facts, lambda each: _shorter(each, rules), keeps)
    clear = screened(short, rules)
    return clear if keeps(clear) else short
