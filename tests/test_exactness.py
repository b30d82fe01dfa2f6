"""A condition is exact as the definition has it, however few combinations are looked at."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st
from random_bases import LEAVES, QUESTIONS, conditions, every_value

from advisor.rulebase.exactness import inexact, meeting, ways
from advisor.rulebase.shapes import All, Any, Comparison, Condition, Finding, Named, Not
from advisor.rulebase.truth import facts_of, truth

BY_ID = {question.id: question for question in QUESTIONS}
OWN = LEAVES.filter(lambda leaf: not isinstance(leaf, Named))
Partial = dict[str, int | None]


def partials(condition: Condition, findings: dict[str, Finding]) -> Iterator[Partial]:
    """Every way to answer or leave open each fact of a condition."""
    facts = facts_of(condition, findings)
    for values in product(*([*every_value(BY_ID[fact]), None] for fact in facts)):
        yield dict(zip(facts, values, strict=True))


def completions(partial: Partial) -> Iterator[Partial]:
    open_facts = [fact for fact, value in partial.items() if value is None]
    for values in product(*(every_value(BY_ID[fact]) for fact in open_facts)):
        yield partial | dict(zip(open_facts, values, strict=True))


def needlessly_unknown(
    partial: Partial, condition: Condition, findings: dict[str, Finding]
) -> bool:
    if truth(condition, partial, findings) is not None:
        return False
    return len({truth(condition, each, findings) for each in completions(partial)}) == 1


@settings(max_examples=150, deadline=None)
@given(condition=conditions(LEAVES), of_finding=conditions(OWN))
def test_finds_an_inexact_condition_just_where_there_is_one(
    condition: Condition, of_finding: Condition
) -> None:
    findings = {"f": Finding("f", "it is so", of_finding)}
    bad = [
        partial
        for partial in partials(condition, findings)
        if needlessly_unknown(partial, condition, findings)
    ]
    found = inexact(condition, findings, BY_ID)
    assert (found is None) is (not bad)
    if found is not None:
        assert needlessly_unknown(found, condition, findings)
        fewest = min(list(each.values()).count(None) for each in bad)
        assert list(found.values()).count(None) == fewest


@settings(max_examples=150, deadline=None)
@given(condition=conditions(LEAVES), of_finding=conditions(OWN), wanted=st.booleans())
def test_finds_answers_that_meet_a_condition_if_there_are_any(
    condition: Condition,
    of_finding: Condition,
    wanted: bool,  # noqa: FBT001 - drawn, not passed
) -> None:
    findings = {"f": Finding("f", "it is so", of_finding)}
    every = completions(dict.fromkeys(facts_of(condition, findings)))
    possible = any(truth(condition, each, findings) is wanted for each in every)
    found = meeting(condition, findings, BY_ID, wanted=wanted)
    assert (found is not None) is possible
    if found is not None:
        assert truth(condition, found, findings) is wanted


def test_looks_at_no_combination_where_every_fact_is_tested_once() -> None:
    # 2**24 people: a search over them would not end in this test's time.
    tests = [Comparison(f"q{n}", "is", (1,)) for n in range(24)]
    questions = {f"q{n}": BY_ID["slipped"] for n in range(24)}
    pairs = [Any((one, Not(other))) for one, other in zip(tests[::2], tests[1::2], strict=True)]
    assert inexact(All(tuple(pairs)), {}, questions) is None
    assert ways(All(tuple(pairs)), {}, questions) == 3**24
    always = Comparison("pain", "between", (0, 3))
    assert inexact(All((tests[0], always)), {}, {**questions, **BY_ID}) is not None
