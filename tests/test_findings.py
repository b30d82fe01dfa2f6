"""Every rule is decided as the plain definition of truth has it, however it is worked out."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_bases import BASE, LEAVES, QUESTIONS, conditions

from advisor.answers import Facts
from advisor.findings import conclude
from advisor.rulebase.bits import chosen, mask_of, positions
from advisor.rulebase.shapes import (
    ALWAYS,
    INTEGER,
    SET,
    All,
    Any,
    Choice,
    Comparison,
    Condition,
    Finding,
    Level,
    Named,
    Not,
    Question,
    Rule,
    RuleBase,
)
from advisor.rulebase.truth import truth

GEAR = Question("gear", SET, "?", choices=tuple(Choice(each, each) for each in "abcdef"))
AGE = Question("age", INTEGER, "?", minimum=0, maximum=2000)
EVERY = (*QUESTIONS, GEAR, AGE)
GEAR_TESTS = st.one_of(
    st.tuples(st.integers(1, 3), st.integers(1, 63)).map(lambda o: Comparison("gear", "count", o)),
    st.sets(st.integers(0, 63), min_size=1, max_size=2).map(
        lambda each: Comparison("gear", "is", tuple(sorted(each)))
    ),
)
AGES = st.tuples(st.integers(0, 2000), st.integers(0, 2000)).map(
    lambda pair: Comparison("age", "between", tuple(sorted(pair)))
)
CONDITIONS = conditions(st.one_of(LEAVES, GEAR_TESTS, AGES))
LONG = st.lists(CONDITIONS, max_size=12).map(tuple)
WHENS = st.one_of(CONDITIONS, LONG.map(All), LONG.map(Any), LONG.map(All).map(Not), st.just(ALWAYS))


def base(whens: list[Condition], finding: Condition = ALWAYS) -> RuleBase:
    rules = tuple(Rule(f"r{n}", when, (Level(1),), "so") for n, when in enumerate(whens))
    named = (Finding("f", "it is so", finding),)
    return replace(BASE, questions=EVERY, findings=named, rules=rules, slots=(), exercises=())


def codes(question: Question) -> st.SearchStrategy[int | None]:
    if question.kind == INTEGER:
        known = st.integers(question.minimum, question.maximum)
    elif question.kind == SET:
        known = st.integers(0, (1 << len(question.choices)) - 1)
    else:
        known = st.integers(0, max(2, len(question.choices)) - 1)
    return st.none() | known


PEOPLE = st.tuples(*(codes(question) for question in EVERY)).map(Facts)


def assert_decides(rules: RuleBase, facts: Facts) -> None:
    answers = facts.by_name(rules)
    said = [truth(rule.when, answers, rules.finding) for rule in rules.rules]
    found = conclude(facts, rules)
    assert positions(found.true) == [n for n, each in enumerate(said) if each is True]
    assert positions(found.unknown) == [n for n, each in enumerate(said) if each is None]


@settings(max_examples=150)
@given(
    whens=st.lists(WHENS, max_size=5),
    finding=CONDITIONS.filter(lambda when: "Named" not in repr(when)),
    people=st.lists(PEOPLE, min_size=1, max_size=8),
)
def test_decides_every_rule_as_the_definition_does(
    whens: list[Condition], finding: Condition, people: list[Facts]
) -> None:
    rules = base(whens, finding)
    for facts in people:
        assert_decides(rules, facts)


SOME, ALL = Comparison("gear", "count", (1, 3)), Comparison("gear", "is", (63,))
OTHER, TWO = Comparison("gear", "count", (1, 12)), Comparison("gear", "count", (2, 7))


@pytest.mark.parametrize(
    "when",
    [
        Not(All(())),
        Any(()),
        Any((Not(SOME), Not(OTHER))),
        Any((Not(SOME), OTHER)),
        Any((All((SOME, OTHER)), All((TWO, ALL)))),
        All((SOME, Not(SOME))),
        Any((SOME, Not(SOME), Named("f"))),
        All(tuple(Comparison("age", "between", (n, 2000)) for n in range(18))),
        Not(Any(tuple(Comparison("age", "is", (n,)) for n in range(18)))),
    ],
)
def test_decides_what_is_hard_to_get_right(when: Condition) -> None:
    rules = base([when, ALWAYS, Not(when)], SOME)
    for gear in (None, *range(64)):
        for age in (None, 0, 3, 17, 18, 2000):
            assert_decides(rules, Facts((None,) * len(QUESTIONS) + (gear, age)))


def test_stays_right_and_small_when_people_never_answer_alike() -> None:
    rules = base([Comparison("age", "between", (n, n + 9)) for n in range(0, 2000, 10)])
    conclude(Facts((None,) * len(EVERY)), rules)
    tracemalloc.start()
    for age in (*range(2001), None, *range(2001)):
        found = conclude(Facts((None,) * len(QUESTIONS) + (None, age)), rules)
        if age is None:
            assert (found.true, found.unknown.bit_count()) == (0, 200)
        else:
            assert positions(found.true) == ([age // 10] if age < 2000 else [])
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 200_000  # all of them would be 330,000


def test_decides_a_condition_that_many_rules_share_once_for_all_of_them() -> None:
    rules = base([SOME, OTHER, SOME, Named("f"), SOME], SOME)
    found = conclude(Facts((None,) * len(QUESTIONS) + (1, None)), rules)
    assert positions(found.true) == [0, 2, 3, 4]


@given(st.sets(st.integers(0, 700)))
def test_counts_bits_as_places(places: set[int]) -> None:
    mask = mask_of(places)
    assert mask == sum(1 << place for place in places)
    assert positions(mask) == sorted(places)
    assert chosen(mask, range(701)) == sorted(places)
