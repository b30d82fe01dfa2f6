"""A person's answers -> the plans of two rule bases, and what is different between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import assert_never

from advisor.answers import UNSURE
from advisor.authoring.proof.replay import CEILINGS, FLOORS, dose, shortest
from advisor.plan import advise
from advisor.result import Plan
from advisor.rulebase.bits import positions, union
from advisor.rulebase.shapes import SCHEDULE, Number, OneOf, Question, RuleBase, SomeOf, YesNo
from advisor.rulebase.shapes.effects import (
    LEVELS,
    REFERRAL,
    Effect,
    Hold,
    RestUntil,
    StepBack,
)
from advisor.session import most_days, most_lines

Answers = dict[str, object]
DOSES = (*CEILINGS, *FLOORS)
WHOLE = ("days", "lines")  # the most days of a routine, the most exercises of a session
HELD = (Hold, StepBack)  # what a journal may do to an exercise


@dataclass(frozen=True)
class Change:
    """A kind of change and what it is about: an exercise, two levels, or a number of the dose."""

    kind: str
    about: tuple[str, ...]

    @property
    def order(self) -> tuple[tuple[int, str], ...]:
        """Levels in their own order, the most careful first; anything else by name."""
        return tuple((-LEVELS.index(word) if word in LEVELS else 1, word) for word in self.about)


@dataclass(frozen=True)
class Sides:
    """The rule base before and after a change.

    `old` has the names of the new one; `names` are the ids that it had, by those that it has.
    """

    old: RuleBase
    new: RuleBase
    original: RuleBase | None = None  # the old one as it is, where that is not the same
    names: Mapping[str, str] = field(default_factory=dict)

    def plans(self, answers: Answers) -> tuple[Plan, Plan]:
        """What each says to a person; each is told only what it knows how to ask."""
        before, after = (
            advise(understood(answers, rules), rules) for rules in (self.old, self.new)
        )
        return before, after

    def shown(self, answers: Answers) -> tuple[Plan, Plan]:
        """The plans as each base words them itself, for commands that can be pasted."""
        before, after = self.plans(answers)
        if self.original is None:
            return before, after
        said = {self.names.get(name, name): self._said(value) for name, value in answers.items()}
        return advise(understood(said, self.original), self.original), after

    def _said(self, value: object) -> object:
        """An answer with the old ids of exercises."""
        several = isinstance(value, list)
        return [self.names.get(each, each) for each in value] if several else value  # type: ignore[attr-defined]

    def changes(self, answers: Answers) -> set[Change]:
        """Every change of what one person is permitted."""
        return permitted(*self.plans(answers))


def permitted(before: Plan, after: Plan) -> set[Change]:
    """What differs between two plans in levels, exercises, doses and the schedule."""
    return {*_exercises(before, after), *_levels(before, after), *_doses(before, after)}


def understood(answers: Answers, rules: RuleBase) -> Answers:
    """The answers that a rule base can take."""
    found: Answers = {}
    for fact, value in answers.items():
        question = rules.question.get(fact)
        if question is not None:
            known = _understood(question, value)
            if known is not None:
                found[fact] = known
    return found


def _understood(question: Question, value: object) -> object:
    if value == UNSURE:
        return value
    kind = question.type
    match kind:
        case SomeOf():
            return [each for each in value if each in question.positions]  # type: ignore[attr-defined]
        case OneOf() | Number():
            return None if kind.plain(question, value) is None else value
        case YesNo():
            return value
        case _:
            assert_never(kind)


def allowed(plan: Plan) -> set[str]:
    """The exercises that a plan permits."""
    return {plan.rules.exercises[place].id for place in positions(plan.verdicts.allowed)}


def _exercises(before: Plan, after: Plan) -> Iterator[Change]:
    then, now = allowed(before), allowed(after)
    for name in now - then:
        yield Change("gained", (name,))
    for name in then - now:
        yield Change("lost", (name,))


def _levels(before: Plan, after: Plan) -> Iterator[Change]:
    """Levels compare with each other; not to know one yet is stricter than to train."""
    then, now = before.level, after.level
    if then == now:
        return
    if then is not None and now is not None:
        relaxed = LEVELS.index(now) < LEVELS.index(then)
        yield Change("level_relaxed" if relaxed else "level_tightened", (then, now))
    elif now is not None and LEVELS.index(now) < REFERRAL:
        yield Change("level_relaxed", ("", now))
    elif then is not None and LEVELS.index(then) < REFERRAL:
        yield Change("level_tightened", (then, ""))


def doses(plan: Plan) -> dict[tuple[str, str], int]:
    """Every number of the dose of every exercise that is allowed, and of the schedule."""
    found = {}
    for place in positions(plan.verdicts.allowed):
        amounts = dose(plan, place)
        for what in DOSES if amounts else ():
            amount = getattr(amounts, what)
            if amount is not None:
                found[plan.rules.exercises[place].id, what] = amount
    if plan.schedule is not None:
        high, rest = plan.schedule.sessions_per_week[1], plan.schedule.rest_hours
        found |= {("", SCHEDULE[0]): high, ("", SCHEDULE[1]): rest}
        found["", "days"] = most_days(plan.findings, plan.rules)
        found["", "lines"] = most_lines(plan.findings, plan.rules)
    return found | dict(_after_sessions(plan))


def _after_sessions(plan: Plan) -> Iterator[tuple[tuple[str, str], int]]:
    """What rules make of the sessions before: whether exercises are held, and days of rest."""
    for kind in HELD:
        held = union(effect.reach for effect in _applying(kind, plan))
        for place in positions(plan.verdicts.allowed):
            yield (plan.rules.exercises[place].id, kind.key), held >> place & 1
    days = (each.days for each in _applying(RestUntil, plan) if isinstance(each, RestUntil))
    yield ("", RestUntil.key), max(days, default=0)


def _applying(kind: type[Effect], plan: Plan) -> Iterator[Effect]:
    """The effects of one kind that apply to a person."""
    for rule, effects in plan.rules.effects.get(kind, {}).items():
        if plan.findings.possible >> rule & 1:
            yield from (each for each in effects if isinstance(each, kind))


def is_ceiling(what: str) -> bool:
    """Whether more of it is less careful."""
    return what in (*CEILINGS, SCHEDULE[0], *WHOLE)


def _doses(before: Plan, after: Plan) -> Iterator[Change]:
    then, now = doses(before), doses(after)
    for key in then.keys() & now.keys():
        more = now[key] > then[key]
        if now[key] != then[key]:
            kind = "dose_relaxed" if more is is_ceiling(key[1]) else "dose_tightened"
            yield Change(kind, (key[1],))


def simplest(answers: Answers, keeps: Callable[[Answers], bool], sides: Sides) -> Answers:
    """The same person with as few answers as still show something: screened, if that can be."""
    clear: Answers = {
        question.id: question.decode(question.clear)
        for question in sides.new.questions
        if question.clear is not None
    }
    start = clear if keeps({**clear, **answers}) else {}

    def still(less: Answers) -> bool:
        return keeps({**start, **less})

    few = shortest(answers, _shorter, still)
    return {**start, **few}


def _shorter(answers: Answers) -> Iterator[Answers]:
    for fact, value in answers.items():
        yield {name: each for name, each in answers.items() if name != fact}
        for item in value if isinstance(value, list) else ():
            yield {**answers, fact: [each for each in value if each != item]}  # type: ignore[attr-defined]


@dataclass
class Found:
    """The changes met so far, each with the first person who met it."""

    sides: Sides
    people: dict[Change, Answers] = field(default_factory=dict)

    def note(self, answers: Answers) -> None:
        """Note every change that is one for this person."""
        for change in self.sides.changes(answers):
            self.people.setdefault(change, answers)
