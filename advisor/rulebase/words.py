"""The words of a test, such as `at least 3`, and a question -> a condition on its answer."""

from __future__ import annotations

import re

from advisor.rulebase.nodes import Node
from advisor.rulebase.scope import Scope
from advisor.rulebase.shapes import (
    CHOICE,
    INTEGER,
    YES_NO,
    Comparison,
    Condition,
    Not,
    Question,
)

_AT_LEAST = re.compile(r"at least (-?\d{1,9})")
_AT_MOST = re.compile(r"at most (-?\d{1,9})")
_RANGE = re.compile(r"(-?\d{1,9}) to (-?\d{1,9})")
_FITTING = {
    YES_NO: "write `yes` or `no`",
    CHOICE: "write a choice, or a list of choices",
    INTEGER: "write `3`, `at least 3`, `at most 2` or `3 to 4`",
    "set": "write a choice, a list, `none`, `some`, `at least 2` or `{at_least: 2, of: […]}`",
}


def read_test(node: Node, question: Question, scope: Scope) -> Condition | None:
    """Read the test of one fact, or note what is wrong with it."""
    if question.kind == YES_NO:
        return _yes_no(node, question, scope)
    if question.kind == INTEGER:
        return _integer(node, question, scope)
    if question.kind == CHOICE:
        return _choice(node, question, scope)
    return _set(node, question, scope)


def _unfit(node: Node, question: Question, scope: Scope) -> None:
    article = "an" if question.kind == INTEGER else "a"
    message = f"{node.typed()} does not fit `{question.id}`, {article} {question.kind} question"
    scope.problems.add("wrong-test", node.place, message, _FITTING[question.kind])


def _yes_no(node: Node, question: Question, scope: Scope) -> Condition | None:
    if node.value not in ("yes", "no"):
        _unfit(node, question, scope)
        return None
    return Comparison(question.id, "is", (int(node.value == "yes"),))


def _integer(node: Node, question: Question, scope: Scope) -> Condition | None:
    """Read bounds; the open end of a bound is the question's own."""
    if isinstance(node.value, int) and not isinstance(node.value, bool):
        numbers = (node.value, node.value)
    else:
        found = _bounds(node.value, question) if isinstance(node.value, str) else None
        if found is None:
            _unfit(node, question, scope)
            return None
        numbers = found
    low, high = numbers
    if not question.minimum <= low <= high <= question.maximum:
        message = f"{node.typed()} cannot be met by `{question.id}`"
        hint = f"it goes from {question.minimum} to {question.maximum}"
        scope.problems.add("out-of-bounds", node.place, message, hint)
        return None
    return Comparison(question.id, "between", (low, high))


def _bounds(text: str, question: Question) -> tuple[int, int] | None:
    if found := _AT_LEAST.fullmatch(text):
        return int(found[1]), question.maximum
    if found := _AT_MOST.fullmatch(text):
        return question.minimum, int(found[1])
    if found := _RANGE.fullmatch(text):
        return int(found[1]), int(found[2])
    return None


def _choice(node: Node, question: Question, scope: Scope) -> Condition | None:
    if _counts(node) or isinstance(node.value, (dict, int, float)):
        _unfit(node, question, scope)
        return None
    places = positions(node, question, scope)
    return Comparison(question.id, "is", tuple(sorted(set(places)))) if places else None


def _set(node: Node, question: Question, scope: Scope) -> Condition | None:
    every = (1 << len(question.choices)) - 1
    if node.value == "none":
        return Not(Comparison(question.id, "count", (1, every)))
    if node.value == "some":
        return Comparison(question.id, "count", (1, every))
    if count := _counts(node):
        return _count(node, int(count[1]), every, question, scope)
    if isinstance(node.value, dict):
        return _at_least_of(node, question, scope)
    if isinstance(node.value, (int, float)):
        _unfit(node, question, scope)
        return None
    places = positions(node, question, scope)
    return Comparison(question.id, "count", (1, mask_of(places))) if places else None


def _counts(node: Node) -> re.Match[str] | None:
    return _AT_LEAST.fullmatch(node.value) if isinstance(node.value, str) else None


def _at_least_of(node: Node, question: Question, scope: Scope) -> Condition | None:
    """Read `{at_least: 2, of: [a, b, c]}`."""
    number, of = node.child("at_least"), node.child("of")
    sound = number and isinstance(number.value, int) and not isinstance(number.value, bool)
    if not number or not of or not sound or len(node.keys) != 2:  # noqa: PLR2004 - both keys
        _unfit(node, question, scope)
        return None
    places = positions(of, question, scope)
    if not places or not isinstance(number.value, int):
        return None
    return _count(number, number.value, mask_of(places), question, scope)


def _count(
    node: Node, number: int, mask: int, question: Question, scope: Scope
) -> Condition | None:
    if not 1 <= number <= mask.bit_count():
        message = f"{node.typed()} of {mask.bit_count()} choices says nothing"
        scope.problems.add("out-of-bounds", node.place, message)
        return None
    return Comparison(question.id, "count", (number, mask))


def positions(node: Node, question: Question, scope: Scope) -> list[int] | None:
    """The places of the choices that a word or list names."""
    words = scope.words(node)
    if words is None:
        return None
    for word, each in words:
        if word not in question.positions:
            what = f"`{question.id}` has no choice {{}}"
            scope.unknown("unknown-choice", each.place, what, word, question.positions)
    found = [question.positions[word] for word, _ in words if word in question.positions]
    return found if len(found) == len(words) else None


def mask_of(places: list[int]) -> int:
    """One bit for each place."""
    return sum(1 << place for place in set(places))
