"""A condition and an order of concern -> whether a worse answer can only keep it possible.

This needs no solver: written without `not` but before comparisons, a condition that is possible
stays possible if each comparison of the fact does. It says yes only where that is so; where it
says no, the solver has to look at the condition as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from advisor.rulebase.shapes import All, Any, Comparison, Condition, Named, Not, Question, SomeOf
from advisor.rulebase.shapes.base import RuleBase
from advisor.rulebase.truth import compare


def stays_possible(when: Condition, fact: str, rules: RuleBase) -> bool:
    """Whether a condition that is possible stays so if the answer gets worse, unsure or none.

    No answer leaves every comparison possible, so only worse answers have to be looked at.
    """
    question = rules.question[fact]
    return all(
        _stays(test, question, wanted=wanted)
        for test, wanted in literals(when, rules, wanted=True)
        if test.fact == fact
    )


def literals(
    when: Condition, rules: RuleBase, *, wanted: bool
) -> Iterator[tuple[Comparison, bool]]:
    """Every comparison of a condition, and whether the condition wants it true or false."""
    match when:
        case Comparison():
            yield when, wanted
        case Named(finding):
            yield from literals(rules.finding[finding].when, rules, wanted=wanted)
        case Not(part):
            yield from literals(part, rules, wanted=not wanted)
        case All(parts) | Any(parts):
            for part in parts:
                yield from literals(part, rules, wanted=wanted)
        case _:
            assert_never(when)


def _stays(test: Comparison, question: Question, *, wanted: bool) -> bool:
    """Whether an answer that passes (or fails) a comparison still does when it is worse."""
    if isinstance(question.type, SomeOf):
        return not question.concern or (question.concern == "more") is wanted
    said = [compare(test, value) is wanted for value in _ordered(question, test)]
    return said == sorted(said)


def _ordered(question: Question, test: Comparison) -> list[int]:
    """The answers from least to most concerning; of numbers, those where something changes."""
    ends = {question.minimum, test.operand[0], min(test.operand[-1] + 1, question.maximum)}
    return question.type.ordered(question, sorted(ends))
