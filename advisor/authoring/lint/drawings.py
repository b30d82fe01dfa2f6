"""Drawings whose poses cannot be, or do not show what they say → remarks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from advisor.authoring.lint.remark import Remark, Subject
from advisor.drawing.checks import faults
from advisor.rulebase.problems import Problem, Problems
from advisor.rulebase.reading.entries import Draft
from advisor.rulebase.shapes import RuleBase


def lint_drawings(subject: Subject) -> Iterator[Remark]:
    """Everything that is wrong with the drawings, each at the pose that it is about."""
    for key in subject.rules.drawings:
        yield from _remarks(subject, key)


def _remarks(subject: Subject, key: str) -> Iterator[Remark]:
    node = subject.entry("drawings", key).node
    for each in faults(subject.rules, key):
        path = each.path
        while path and node.child(*path) is None:  # taken from another pose
            path = path[:-1]
        yield subject.remark(each.code, "drawings", key, each.message, each.hint, at=path)


def drawing_problems(rules: RuleBase, draft: Draft, exercise_id: str) -> list[Problem]:
    """What is wrong with one drawing."""
    problems = Problems()
    for each in _remarks(Subject(rules, draft, date.min), exercise_id):
        problems.add(each.code, each.place, each.message, each.hint)
    return [*problems]
