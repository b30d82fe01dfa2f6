"""A condition → whether questions not asked yet can still make it false, as a column.

What is not sure stays unknown. A question not asked is given the answer that makes the condition
false: where all that the condition compares it with fails at one answer, that answer; else each
answer that can matter in turn.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import narwhals as nw

from advisor.frames.expressions import Leaf, expression, known_false, known_true, some
from advisor.frames.facts import compared, unsure_column
from advisor.rulebase.exactness import domains
from advisor.rulebase.shapes import All, Any, Comparison, Condition, Named, Not, RuleBase
from advisor.rulebase.truth import compare, inlined

Answers = dict[str, int]


def can_be_false(condition: Condition, rules: RuleBase, columns: frozenset[str]) -> nw.Expr:
    """Whether some answers to the open questions make a condition false."""
    plain = inlined(condition, rules.finding)
    return some(
        known_false(expression(plain, _leaf(rules, columns, answers)))
        for answers in _falsifying(plain, rules)
    )


def _leaf(rules: RuleBase, columns: frozenset[str], answers: Answers) -> Leaf:
    def leaf(test: Comparison | Named, negated: bool) -> nw.Expr:  # noqa: FBT001 - as it is called
        if isinstance(test, Named):
            raise TypeError(test)  # findings were put in place of their names
        question = rules.question[test.fact]
        told = compared(question, test)
        passes = compare(test, answers[test.fact]) if test.fact in answers else negated
        answered = told.fill_null(passes)
        if unsure_column(question) not in columns:
            return answered
        return nw.when(~known_true(nw.col(unsure_column(question)))).then(answered)

    return leaf


def _falsifying(condition: Condition, rules: RuleBase) -> Iterator[Answers]:
    """The answers to try, to the facts that no one answer makes as false as can be."""
    spaces = domains(condition, {}, rules.question)
    tests = dict[str, list[tuple[Comparison, bool]]]()
    for test, negated in _signed(condition, negated=False):
        tests.setdefault(test.fact, []).append((test, negated))
    tangled = {
        fact: values
        for fact, values in spaces.items()
        if not any(all(compare(t, v) is n for t, n in tests[fact]) for v in values)
    }
    for values in product(*tangled.values()):
        yield dict(zip(tangled, values, strict=True))


def _signed(condition: Condition, *, negated: bool) -> Iterator[tuple[Comparison, bool]]:
    """The comparisons of a condition without findings, each with whether it stands under a not."""
    match condition:
        case Comparison():
            yield condition, negated
        case Not(part):
            yield from _signed(part, negated=not negated)
        case All(parts) | Any(parts):
            for part in parts:
                yield from _signed(part, negated=negated)
        case _:
            raise TypeError(condition)
