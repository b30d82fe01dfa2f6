"""Nodes → conditions, and example answers → encoded answers.

A test such as `at least 3` becomes a condition on the answer to its question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeVar, assert_never, cast

from advisor.rulebase.bits import mask_of
from advisor.rulebase.reading.histories import HISTORY, measured
from advisor.rulebase.reading.names import THIS, Scope, all_or_none
from advisor.rulebase.reading.nodes import Node
from advisor.rulebase.shapes import Number, OneOf, Question, SomeOf, YesNo
from advisor.rulebase.shapes.conditions import ALWAYS, All, Any, Comparison, Condition, Named, Not

T = TypeVar("T")
Leaf = Callable[[str, Node, Node, Scope], T | None]
_AMOUNT = r"(-?[\d.]{1,12})"
_BOUNDS = re.compile(rf"at least {_AMOUNT}|at most {_AMOUNT}|{_AMOUNT} to {_AMOUNT}")
_COUNT = re.compile(r"at least (-?\d{1,9})")
JOINS = ("all", "any", "not")
UNSURE = "unsure"
RESERVED = (*JOINS, "always", THIS, UNSURE)  # what cannot name a fact or a finding


def read_joined(node: Node, scope: Scope, leaf: Leaf[T]) -> T | None:
    """Read a mapping whose parts must all hold; None if any part is wrong.

    What is none of `all`, `any` and `not` is read by `leaf`.
    """
    if not isinstance(node.value, dict):
        hint = "write `fact: test`, or all, any, not"
        message = f"{node.typed()} is no condition"
        scope.problems.add("bad-condition", node.place, message, hint)
        return None
    parts = _all(node, scope, (_part(*each, node, scope, leaf) for each in node.value.items()))
    if parts and len(parts) == 1:
        return parts[0]
    return cast("T", All(parts)) if parts else None


def _part(key: str, child: Node, node: Node, scope: Scope, leaf: Leaf[T]) -> T | None:
    if key == "not":
        part = read_joined(child, scope, leaf)
        return None if part is None else cast("T", Not(part))
    if key not in JOINS:
        return leaf(key, child, node, scope)
    if not isinstance(child.value, tuple):
        message = f"{child.typed()} stands where a list of conditions is meant"
        scope.problems.add("bad-condition", child.place, message, "start each with `-`")
        return None
    parts = _all(child, scope, (read_joined(each, scope, leaf) for each in child.value))
    return cast("T", All(parts) if key == "all" else Any(parts)) if parts else None


def _all(node: Node, scope: Scope, parts: Iterable[T | None]) -> tuple[T, ...] | None:
    """The parts, if there are any and all could be read."""
    if not node.value:
        message, hint = "an empty condition would always hold", "write `always` if that is meant"
        scope.problems.add("empty-condition", node.place, message, hint)
    return all_or_none(parts)


def read_when(node: Node, scope: Scope) -> Condition | None:
    """Read what stands under a rule's `when`."""
    return ALWAYS if node.value == "always" else read_condition(node, scope)


def read_condition(node: Node, scope: Scope) -> Condition | None:
    """Read a mapping whose parts must all hold; None if any part is wrong."""
    return cast("Condition | None", read_joined(node, scope, read_fact))


def read_fact(key: str, child: Node, node: Node, scope: Scope) -> Condition | None:
    """Read the test of one fact or finding."""
    if key in scope.questions:
        return read_test(child, scope.questions[key], scope)
    if key in scope.findings:
        return _finding(key, child, scope)
    if not any(scope.hides(each, key) for each in ("questions", "observations", "findings")):
        known = [*scope.questions, *sorted(scope.findings), *JOINS]
        what = "no fact or finding is called {}"
        scope.unknown("unknown-fact", node.keys[key], what, key, known)
    return None


def _finding(key: str, node: Node, scope: Scope) -> Condition | None:
    if node.value not in ("yes", "no"):
        message = f"{node.typed()} does not fit the finding `{key}`"
        scope.problems.add("wrong-test", node.place, message, "write `yes` or `no`")
        return None
    return Named(key) if node.value == "yes" else Not(Named(key))


Answers = tuple[tuple[str, int | None], ...]


def read_answers(node: Node, scope: Scope) -> Answers | None:
    """Read example answers, sorted by fact; None if any is wrong."""
    if not isinstance(node.value, dict):
        message = f"{node.typed()} stands where example answers are meant"
        scope.problems.add("wrong-type", node.place, message, "write `{fact: answer}`")
        return None
    before, found = len(scope.problems), list[tuple[str, int | None]]()
    for key, child in node.value.items():
        if key == HISTORY:
            found += measured(child, scope)
        elif key in scope.questions:
            sound, code = read_answer(child, scope.questions[key], scope)
            found += [(key, code)] if sound else []
        elif not (scope.hides("questions", key) or scope.hides("observations", key)):
            finding = " (a finding cannot be answered)" if key in scope.findings else ""
            what = f"no fact is called {{}}{finding}"
            scope.unknown("unknown-fact", node.keys[key], what, key, scope.questions)
    return tuple(sorted(found)) if len(scope.problems) == before else None


def read_answer(node: Node, question: Question, scope: Scope) -> tuple[bool, int | None]:
    """Read one answer: whether it is one, and its code (None for `unsure`)."""
    if node.value == UNSURE:
        return True, None
    before = len(scope.problems)
    code = _code(node, question, scope)
    if code is None and len(scope.problems) == before:
        message = f"{node.typed()} is no answer to `{question.id}`"
        hint = f"write {question.type.expected(question)}, or `unsure`"
        scope.problems.add("wrong-test", node.place, message, hint)
    return code is not None, code


def _code(node: Node, question: Question, scope: Scope) -> int | None:
    value, kind = node.value, question.type
    match kind:
        case YesNo():
            return int(value == "yes") if value in ("yes", "no") else None
        case Number():
            return kind.plain(question, value)
        case OneOf():
            place = _choices(node, question, scope) if isinstance(value, str) else None
            return place[0] if place else None
        case SomeOf():
            if value in ("none", ()):
                return 0
            named = isinstance(value, (str, tuple))
            places = _choices(node, question, scope) if named else None
            return mask_of(places) if places else None
        case _:
            assert_never(kind)


def read_test(node: Node, question: Question, scope: Scope) -> Condition | None:
    """Read the test of one fact, or note what is wrong with it."""
    kind = question.type
    match kind:
        case YesNo():
            return _yes_no(node, question, scope)
        case Number():
            return _number(node, question, kind, scope)
        case OneOf():
            return _choice(node, question, scope)
        case SomeOf():
            return _set(node, question, scope)
        case _:
            assert_never(kind)


def _unfit(node: Node, question: Question, scope: Scope) -> None:
    article = "an" if question.kind[0] in "aeiou" else "a"
    message = f"{node.typed()} does not fit `{question.id}`, {article} {question.kind} question"
    scope.problems.add("wrong-test", node.place, message, question.type.test)


def _yes_no(node: Node, question: Question, scope: Scope) -> Condition | None:
    if node.value not in ("yes", "no"):
        _unfit(node, question, scope)
        return None
    return Comparison(question.id, "is", (int(node.value == "yes"),))


def _number(node: Node, question: Question, kind: Number, scope: Scope) -> Condition | None:
    """Read bounds; the open end of a bound is the question's own."""
    if isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
        same = kind.read(question, node.text)
        found = None if same is None else (same, same)
    else:
        found = _bounds(node.value, question, kind) if isinstance(node.value, str) else None
    if found is None:
        _unfit(node, question, scope)
        return None
    low, high = found
    if not question.lowest <= low <= high <= question.maximum:
        message = f"{node.typed()} cannot be met by `{question.id}`"
        hint = f"it goes {kind.bounds(question)}"
        scope.problems.add("out-of-bounds", node.place, message, hint)
        return None
    return Comparison(question.id, "between", (low, high))


def _bounds(text: str, question: Question, kind: Number) -> tuple[int, int] | None:
    found = _BOUNDS.fullmatch(text)
    if found is None:
        return None
    least, most = found[1] or found[3], found[2] or found[4]
    low = kind.read(question, least) if least else question.lowest
    high = kind.read(question, most) if most else question.maximum
    return None if low is None or high is None else (low, high)


def _choice(node: Node, question: Question, scope: Scope) -> Condition | None:
    if _counts(node) or isinstance(node.value, (dict, int, float)):
        _unfit(node, question, scope)
        return None
    places = _choices(node, question, scope)
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
    places = _choices(node, question, scope)
    return Comparison(question.id, "count", (1, mask_of(places))) if places else None


def _counts(node: Node) -> re.Match[str] | None:
    return _COUNT.fullmatch(node.value) if isinstance(node.value, str) else None


def _at_least_of(node: Node, question: Question, scope: Scope) -> Condition | None:
    """Read `{at_least: 2, of: [a, b, c]}`."""
    number, of = node.child("at_least"), node.child("of")
    if not number or not of or type(number.value) is not int or len(node.keys) != 2:  # noqa: PLR2004 - both keys
        _unfit(node, question, scope)
        return None
    places = _choices(of, question, scope)
    return _count(number, number.value, mask_of(places), question, scope) if places else None


def _count(
    node: Node, number: int, mask: int, question: Question, scope: Scope
) -> Condition | None:
    if not 1 <= number <= mask.bit_count():
        message = f"{node.typed()} of {mask.bit_count()} choices says nothing"
        scope.problems.add("out-of-bounds", node.place, message)
        return None
    return Comparison(question.id, "count", (number, mask))


def _choices(node: Node, question: Question, scope: Scope) -> list[int] | None:
    """The places of the choices that a word or list names."""
    words = scope.words(node, "choice", question.id, question.positions)
    return None if words is None else [question.positions[word] for word, _ in words]
