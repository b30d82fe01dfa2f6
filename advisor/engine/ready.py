"""A rule base → what the stages need of it ready-made, worked out once and kept with it.

A rule base is plain data. What follows from it is kept in its own dictionary, as the values of
its cached properties are, so that it is gone when the rule base is.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial
from typing import Any, TypeVar, cast

from advisor.engine.kept import MOST, Kept
from advisor.engine.program import Program, compile_rules
from advisor.rulebase.exactness import domains
from advisor.rulebase.shapes import RuleBase
from advisor.rulebase.truth import truth

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
Spaces = dict[str, tuple[int, ...]]
_PROGRAM = "program"


def kept_with(rules: RuleBase, name: str, work: Callable[[RuleBase], T]) -> T:
    """What follows from a rule base, worked out when it is first asked for."""
    kept = rules.__dict__
    if name not in kept:
        kept[name] = work(rules)
    return cast("T", kept[name])


def table_of(work: Callable[[RuleBase, K], T], rules: RuleBase, most: int = MOST) -> Kept[K, T]:
    """What a function of a rule base and something else comes to, by that something."""
    tables: dict[object, Kept[K, T]] = rules.__dict__.setdefault("tables", {})
    if work not in tables:
        tables[work] = Kept(partial(work, rules), most)
    return tables[work]


def program_of(rules: RuleBase) -> Program:
    """The rule base made ready to run."""
    return kept_with(rules, _PROGRAM, compile_rules)


def run_by(rules: RuleBase, program: Program) -> None:
    """Have a rule base run by a program that was made elsewhere."""
    rules.__dict__[_PROGRAM] = program


def read_by(rule: int, answers: object, rules: RuleBase) -> dict[int, Any]:
    """The answers that a rule has read, by the position of the question."""
    every = answers if isinstance(answers, tuple) else (answers,)
    return dict(zip(program_of(rules).facts[rule], every, strict=True))


def spaces_of(rule: int, rules: RuleBase) -> Spaces:
    """For each fact a rule reads, one answer for each way it can matter."""
    return table_of(_spaces, rules)[rule]


def _spaces(rules: RuleBase, rule: int) -> Spaces:
    return domains(rules.rules[rule].when, rules.finding, rules.question)


def ranks_of(rules: RuleBase) -> tuple[int, ...]:
    """For each question, the highest level that one answer to it can reach alone."""
    return kept_with(rules, "ranks", _ranks)


def _ranks(rules: RuleBase) -> tuple[int, ...]:
    ranks = [0] * len(rules.questions)
    for place, level in program_of(rules).levels.items():
        when = rules.rules[place].when
        for fact, values in spaces_of(place, rules).items():
            if any(truth(when, {fact: value}, rules.finding) for value in values):
                question = rules.question_position[fact]
                ranks[question] = max(ranks[question], level.level)
    return tuple(ranks)
