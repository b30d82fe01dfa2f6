"""Random small rule bases: the shoulder's questions and exercises under rules nobody wrote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from hypothesis import strategies as st
from running import SHOULDER

from advisor import load_rules
from advisor.rulebase.exactness import inexact
from advisor.rulebase.shapes import (
    CHOICE,
    INTEGER,
    SET,
    YES_NO,
    All,
    Any,
    Apart,
    Avoid,
    Cap,
    Caution,
    Choice,
    Comparison,
    Condition,
    Day,
    Days,
    Finding,
    Level,
    Lines,
    Named,
    Not,
    Prefer,
    Question,
    Rule,
    RuleBase,
)

BASE = load_rules(SHOULDER)
EXERCISES = len(BASE.exercises)
QUESTIONS = (
    Question("pain", INTEGER, "?", minimum=0, maximum=3, concern="rising"),
    Question("slipped", YES_NO, "?", concern=("no", "yes")),
    Question(
        "mood",
        CHOICE,
        "?",
        choices=(Choice("a", "A"), Choice("b", "B"), Choice("c", "C")),
        concern=("c", "a", "b"),
    ),
    Question("signs", "set", "?", choices=(Choice("x", "X"), Choice("y", "Y")), concern="more"),
)


def comparisons(question: Question) -> st.SearchStrategy[Condition]:
    if question.kind == INTEGER:
        bounds = st.tuples(*[st.integers(question.minimum, question.maximum)] * 2)
        made = bounds.map(lambda pair: Comparison(question.id, "between", tuple(sorted(pair))))
    elif question.kind == "set":
        masks = st.integers(1, (1 << len(question.choices)) - 1)
        counts = masks.flatmap(lambda m: st.tuples(st.integers(1, m.bit_count()), st.just(m)))
        made = counts.map(lambda operand: Comparison(question.id, "count", operand))
    else:
        most = 1 if question.kind == YES_NO else len(question.choices) - 1
        some = st.sets(st.integers(0, most), min_size=1, max_size=2)
        made = some.map(lambda each: Comparison(question.id, "is", tuple(sorted(each))))
    return made


LEAVES = st.one_of(*(comparisons(question) for question in QUESTIONS), st.just(Named("f")))


def conditions(leaves: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            inner.map(Not),
            st.lists(inner, min_size=1, max_size=3).map(tuple).map(All),
            st.lists(inner, min_size=1, max_size=3).map(tuple).map(Any),
        ),
        max_leaves=5,
    )


MASKS = st.integers(1, (1 << EXERCISES) - 1)
CAPS = [
    ("sets", True, 2),
    ("sets", True, 1),
    ("reps", True, 8),
    ("reps_in_reserve", False, 4),
    ("load_percent", True, 0),
    ("load_percent", True, 50),
    ("load_percent", True, 50, "before_the_episode"),
    ("load_percent", True, 60),
    ("lower_seconds", False, 4),
    ("rest_hours", False, 60),
    ("rest_hours", False, 72),
    ("sessions_per_week", True, 1),
]
EFFECTS = st.one_of(
    st.integers(1, 5).map(Level),
    MASKS.map(Avoid),
    MASKS.map(lambda mask: Caution(mask, "care")),
    st.tuples(MASKS, st.sampled_from(CAPS)).map(lambda each: Cap(each[0], *each[1])),
    st.tuples(MASKS, st.integers(1, 3)).map(lambda each: Prefer(each[0], (), each[1])),
    st.tuples(st.sampled_from(["s0", "s1"]), st.integers(1, 2)).map(
        lambda each: Prefer(0, each[:1], each[1])
    ),
    st.integers(1, 2).map(Lines),
    st.integers(1, 2).map(Days),
    st.tuples(MASKS, MASKS).map(lambda pair: Apart(*pair)),
    MASKS.map(lambda mask: Apart(mask, mask)),
)
PATTERNS = st.sampled_from(
    [
        (("press", "raise"), ("rotation",)),
        (("press",), ("press", "raise")),  # they share some of their exercises
        (("press",), ("press",)),
        (("press", "raise"), ("raise",), ("raise", "rotation")),
    ]
)


@st.composite
def rule_bases(draw: st.DrawFn) -> RuleBase:
    """A rule base whose conditions are exact, as the loader has it."""
    questions = {question.id: question for question in QUESTIONS}
    own = LEAVES.filter(lambda leaf: not isinstance(leaf, Named))
    finding = Finding("f", "it is so", draw(conditions(own)))
    findings = {"f": finding}
    exact = conditions(LEAVES).filter(lambda each: inexact(each, findings, questions) is None)
    if inexact(finding.when, findings, questions) is not None:
        finding = Finding("f", "it is so", draw(own))
    made = draw(st.lists(st.tuples(exact, EFFECTS), min_size=1, max_size=6))
    rules = tuple(
        Rule(f"r{place}", when, (effect,), "so")
        for place, (when, effect) in enumerate(made)
        if inexact(when, {"f": finding}, questions) is None
    )
    dose = replace(BASE.slots[0].dose, lower_seconds=2)
    slots = tuple(
        replace(BASE.slots[0], id=f"s{place}", patterns=patterns, dose=dose)
        for place, patterns in enumerate(draw(PATTERNS))
    )
    return replace(
        BASE,
        questions=QUESTIONS,
        findings=(finding,),
        rules=rules,
        slots=slots,
        schedule=replace(BASE.schedule, hours_since=""),
        days=draw(routines([slot.id for slot in slots])),
        repeat=draw(st.integers(0, 3)),
        session_at_most=draw(st.integers(1, 3)),
        weights_when=draw(st.sampled_from(["", "f"])),
    )


def routines(slots: list[str]) -> st.SearchStrategy[tuple[Day, ...]]:
    """No days, or two or three with some of the slots."""
    some = st.permutations(slots).flatmap(
        lambda order: st.integers(1, len(order)).map(lambda count: tuple(order[:count]))
    )
    days = st.lists(some, min_size=2, max_size=3)
    named = days.map(lambda each: tuple(Day(f"D{n}", "", these) for n, these in enumerate(each)))
    return st.one_of(st.just(()), named)


def every_value(question: Question) -> list[int]:
    """Every encoded answer to a question."""
    if question.kind == INTEGER:
        return list(range(question.minimum, question.maximum + 1))
    if question.kind == SET:
        return list(range(1 << len(question.choices)))
    return list(range(2 if question.kind == YES_NO else len(question.choices)))


def everyone_said() -> Iterator[dict[str, object]]:
    """The answers of everyone who could be asked."""
    options = [
        [*(question.decode(value) for value in every_value(question)), "unsure", None]
        for question in QUESTIONS
    ]
    for values in product(*options):
        given = zip((question.id for question in QUESTIONS), values, strict=True)
        yield {fact: value for fact, value in given if value is not None}
