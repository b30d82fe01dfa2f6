"""Every rule is decided as the plain definition of truth has it, however it is worked out."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from keyword import iskeyword
from re import fullmatch
from tokenize import generate_tokens

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_bases import BASE, LEAVES, QUESTIONS, conditions

from advisor import load_rules
from advisor.answers import Facts
from advisor.engine import lookups
from advisor.engine.clauses import MOST, clauses, laid_out
from advisor.engine.program import generated_source
from advisor.engine.ready import program_of
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
        Any((Not(SOME), Not(OTHER))),  # in one clause, each of them alone is enough
        Any((Not(SOME), OTHER)),
        Any((All((SOME, OTHER)), All((TWO, ALL)))),  # comes apart into no clauses
        All((SOME, Not(SOME))),
        Any((SOME, Not(SOME), Named("f"))),
        All(tuple(Comparison("age", "between", (n, 2000)) for n in range(3 * MOST))),
        Not(Any(tuple(Comparison("age", "is", (n,)) for n in range(3 * MOST)))),
    ],
)
def test_decides_what_is_hard_to_take_apart(when: Condition) -> None:
    rules = base([when, ALWAYS, Not(when)], SOME)
    for gear in (None, *range(64)):
        for age in (None, 0, 3, 17, 18, 2000):
            assert_decides(rules, Facts((None,) * len(QUESTIONS) + (gear, age)))


def test_stays_right_and_small_when_people_never_answer_alike() -> None:
    rules = base([Comparison("age", "between", (n, n + 9)) for n in range(0, 2000, 10)])
    for age in (*range(2001), None, *range(2001)):
        found = conclude(Facts((None,) * len(QUESTIONS) + (None, age)), rules)
        if age is None:
            assert (found.true, found.unknown.bit_count()) == (0, 200)
        else:
            assert positions(found.true) == ([age // 10] if age < 2000 else [])
    table = program_of(rules).conclude.__globals__[f"L{len(EVERY) - 1}"]  # type: ignore[attr-defined]
    assert len(table) <= lookups.MOST_KEPT + 1


def test_takes_a_condition_apart_without_making_it_longer() -> None:
    a, b, c = (Comparison("age", "is", (n,)) for n in range(3))
    assert clauses(All((a, Any((b, Not(c)))))) == [[(a, True)], [(b, True), (c, False)]]
    assert clauses(Not(Any((a, All((b, c)))))) == [[(a, False)], [(b, False), (c, False)]]
    whole = All((b, c))
    assert clauses(Any((a, whole))) == [[(a, True), (whole, True)]]


@given(st.sets(st.integers(0, 700)))
def test_counts_bits_as_places(places: set[int]) -> None:
    mask = mask_of(places)
    assert mask == sum(1 << place for place in places)
    assert positions(mask) == sorted(places)
    assert chosen(mask, range(701)) == sorted(places)


HOSTILE = "x\n import os; os.abort() #"


def test_lets_no_word_of_a_rule_base_into_the_code_it_makes() -> None:
    question = Question(HOSTILE, SET, "?", choices=tuple(Choice(HOSTILE, "?") for _ in range(3)))
    test = Comparison(HOSTILE, "count", (2, 7))
    nested = Any((All((test, Named(HOSTILE))), Not(Named(HOSTILE))))
    rules = (Rule(HOSTILE, nested, (Level(1),), "so"), Rule("r", test, (Level(1),), "so"))
    found = (Finding(HOSTILE, "so", Not(Comparison(HOSTILE, "is", (0,)))),)
    hostile = replace(BASE, questions=(question,), findings=found, rules=rules, exercises=())
    for each in (hostile, load_rules()):
        source = generated_source(each, laid_out(each))
        words = {token.string for token in generate_tokens(StringIO(source).readline)}
        names = {word for word in words if word.isidentifier() and not iskeyword(word)}
        known = r"conclude|given|clauses|rules|bit_count|[vmtpx]|[tp][af]\d+|[LS]\d+"
        assert [name for name in names if not fullmatch(known, name)] == []
        assert not any(word.startswith(('"', "'")) for word in words)
    assert positions(conclude(Facts((3,)), hostile).true) == [0, 1]
