"""Nodes -> conditions, and example answers -> encoded answers."""

from __future__ import annotations

from advisor.rulebase.nodes import Node
from advisor.rulebase.scope import Scope
from advisor.rulebase.shapes import (
    ALWAYS,
    CHOICE,
    INTEGER,
    YES_NO,
    All,
    Any,
    Condition,
    Named,
    Not,
    Question,
)
from advisor.rulebase.words import mask_of, positions, read_test

JOINS = ("all", "any", "not")
UNSURE = "unsure"


def read_when(node: Node, scope: Scope) -> Condition | None:
    """Read what stands under a rule's `when`."""
    return ALWAYS if node.value == "always" else read_condition(node, scope)


def read_condition(node: Node, scope: Scope) -> Condition | None:
    """Read a mapping whose parts must all hold; None if any part is wrong."""
    if not isinstance(node.value, dict):
        hint = "write `fact: test`, or all, any, not"
        message = f"{node.typed()} is no condition"
        scope.problems.add("bad-condition", node.place, message, hint)
        return None
    if not node.value:
        _empty(node, scope)
        return None
    parts = [_part(key, child, node, scope) for key, child in node.value.items()]
    sound = tuple(part for part in parts if part is not None)
    if len(sound) < len(parts):
        return None
    return sound[0] if len(sound) == 1 else All(sound)


def _empty(node: Node, scope: Scope) -> None:
    message = "an empty condition would always hold"
    scope.problems.add("empty-condition", node.place, message, "write `always` if that is meant")


def _part(key: str, child: Node, node: Node, scope: Scope) -> Condition | None:
    if key == "not":
        part = read_condition(child, scope)
        return None if part is None else Not(part)
    if key in JOINS:
        parts = _list(child, scope)
        if parts is None:
            return None
        return All(parts) if key == "all" else Any(parts)
    if key in scope.questions:
        return read_test(child, scope.questions[key], scope)
    if key in scope.findings:
        return _finding(key, child, scope)
    if not (scope.hides("questions", key) or scope.hides("findings", key)):
        known = [*scope.questions, *sorted(scope.findings), *JOINS]
        what = "no fact or finding is called {}"
        scope.unknown("unknown-fact", node.keys[key], what, key, known)
    return None


def _list(node: Node, scope: Scope) -> tuple[Condition, ...] | None:
    if not isinstance(node.value, tuple):
        message = f"{node.typed()} stands where a list of conditions is meant"
        scope.problems.add("bad-condition", node.place, message, "start each with `-`")
        return None
    if not node.value:
        _empty(node, scope)
        return None
    parts = [read_condition(each, scope) for each in node.value]
    sound = tuple(part for part in parts if part is not None)
    return sound if len(sound) == len(parts) else None


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
    found: list[tuple[str, int | None]] = []
    for key, child in node.value.items():
        if key in scope.questions:
            sound, code = read_answer(child, scope.questions[key], scope)
            found += [(key, code)] if sound else []
        elif not scope.hides("questions", key):
            finding = " (a finding cannot be answered)" if key in scope.findings else ""
            what = f"no fact is called {{}}{finding}"
            scope.unknown("unknown-fact", node.keys[key], what, key, scope.questions)
    return tuple(sorted(found)) if len(found) == len(node.value) else None


def read_answer(node: Node, question: Question, scope: Scope) -> tuple[bool, int | None]:
    """Read one answer: whether it is one, and its code (None for `unsure`)."""
    if node.value == UNSURE:
        return True, None
    before = len(scope.problems)
    code = _code(node, question, scope)
    if code is None and len(scope.problems) == before:
        message = f"{node.typed()} is no answer to `{question.id}`"
        scope.problems.add("wrong-test", node.place, message, _hint(question))
    return code is not None, code


def _code(node: Node, question: Question, scope: Scope) -> int | None:
    value = node.value
    if question.kind == YES_NO:
        return int(value == "yes") if value in ("yes", "no") else None
    if question.kind == INTEGER:
        return _number(value, question)
    if question.kind == CHOICE:
        place = positions(node, question, scope) if isinstance(value, str) else None
        return place[0] if place else None
    if value in ("none", ()):
        return 0
    places = positions(node, question, scope) if isinstance(value, (str, tuple)) else None
    return mask_of(places) if places else None


def _number(value: object, question: Question) -> int | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if question.minimum <= value <= question.maximum else None


def _hint(question: Question) -> str:
    if question.kind == YES_NO:
        return "write `yes`, `no` or `unsure`"
    if question.kind == INTEGER:
        return f"write a number from {question.minimum} to {question.maximum}, or `unsure`"
    return "write a choice" if question.kind == CHOICE else "write a list of choices, or `none`"
