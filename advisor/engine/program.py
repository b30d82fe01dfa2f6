"""A rule base → a program: its conditions as closures, its effects as tables.

`conclude` takes the encoded answers (None where unknown) and returns two masks: the rules that are
true, and those that are unknown. A condition that several rules share is decided once, and what
conditions of a single question come to is kept by its answer, as people's answers repeat.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from advisor.engine.tables import ByRule, FromRules, effect_tables
from advisor.rulebase.bits import mask_of
from advisor.rulebase.deciders import Decider, Known, decider
from advisor.rulebase.shapes import (
    Advise,
    Cap,
    Condition,
    Dose,
    Level,
    Prefer,
    RuleBase,
    Suspect,
)
from advisor.rulebase.truth import facts_of, named

Truths = tuple[int, int]  # the rules that are true, and those that are unknown
Conclude = Callable[[Sequence[int | None]], Truths]
Decided = tuple[Decider, int]  # a condition, and the rules that have it
MOST_KEPT = 256  # answers to one question; then it begins afresh, so that memory stays flat

Doses = dict[tuple[int, str, int, int], tuple[Dose, tuple[int, ...]]]


@dataclass(frozen=True)
class Program:
    """A rule base made ready to run. Rules are named by their position, sets of them are masks.

    The tables hold, for each rule that has them, its effects of one kind, or for each exercise,
    what rules have for it.
    """

    conclude: Conclude
    facts: tuple[tuple[int, ...], ...]  # of each rule: the positions of the questions it reads
    levels: ByRule[Level]
    avoids: ByRule[int]  # exercise masks
    forbidders: tuple[int, ...]  # of each exercise: the rules that put it out, but referrals
    referrals: int  # the rules whose level is a referral
    cautions: ByRule[int]  # exercise masks
    limits: tuple[FromRules[str], ...]  # of each exercise
    caps: ByRule[tuple[Cap, ...]]
    dose_caps: tuple[FromRules[Cap], ...]  # of each exercise: what may cap its dose
    timing: FromRules[Cap]  # what may cap the schedule
    lines: ByRule[int]  # the most lines of a session
    days: ByRule[int]  # the most days of the routine
    aparts: ByRule[tuple[tuple[int, int], ...]]  # pairs of exercise masks
    prefers: ByRule[tuple[Prefer, ...]]
    advises: ByRule[tuple[Advise, ...]]
    suspects: ByRule[tuple[Suspect, ...]]
    restricting: int
    weights: ByRule[tuple[tuple[int, int], ...]]  # exercise, weight
    preferring: tuple[FromRules[str], ...]  # of each exercise: no words, the weightiest rule first
    cues: tuple[FromRules[str], ...]  # of each exercise
    ramps: tuple[FromRules[str], ...]  # of each exercise: how to build up to its weight
    sayings: dict[str, FromRules[str]]  # of each kind of advice
    doses: Doses = field(default_factory=dict)  # worked out so far: exercise, slot, rules


def compile_rules(rules: RuleBase) -> Program:
    """Make a rule base ready to run."""
    return Program(concluding(rules), **effect_tables(rules))  # type: ignore[arg-type]


def concluding(rules: RuleBase) -> Conclude:
    """Make the function that decides all rules for one person."""
    names = [*rules.question, *rules.finding]
    places = {name: place for place, name in enumerate(names)}
    findings = [decider(each.when, places) for each in rules.findings]
    alone: dict[int, list[Decided]] = {}
    others: list[Decided] = []
    for when, which in _sharing(rules).items():
        facts = facts_of(when, rules.finding)
        single = len(facts) == 1 and not any(named(when))
        group = alone.setdefault(places[facts[0]], []) if single else others
        group.append((decider(when, places), mask_of(which)))
    kept = [(place, _ByAnswer(place, group)) for place, group in alone.items()]

    def conclude(values: Sequence[int | None]) -> Truths:
        known = [*values]
        for finding in findings:  # each may read those before it
            known.append(finding(known))
        true, unknown = _decided(others, known)
        for place, table in kept:
            more_true, more_unknown = table[values[place]]
            true |= more_true
            unknown |= more_unknown
        return true, unknown

    return conclude


def _sharing(rules: RuleBase) -> dict[Condition, list[int]]:
    """The rules of each condition."""
    found: dict[Condition, list[int]] = {}
    for place, rule in enumerate(rules.rules):
        found.setdefault(rule.when, []).append(place)
    return found


def _decided(conditions: Iterable[Decided], known: Known) -> Truths:
    true = unknown = 0
    for decide, which in conditions:
        value = decide(known)
        if value:
            true |= which
        elif value is None:
            unknown |= which
    return true, unknown


class _ByAnswer(dict[int | None, Truths]):
    """What the conditions that read only one question come to, by its answer."""

    def __init__(self, place: int, conditions: list[Decided]) -> None:
        self.before = [None] * place
        self.conditions = conditions

    def __missing__(self, value: int | None) -> Truths:
        if len(self) >= MOST_KEPT:
            self.clear()
        self[value] = truths = _decided(self.conditions, [*self.before, value])
        return truths
