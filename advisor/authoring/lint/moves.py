"""Lints of exercises beside each other: which is easier than which."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from advisor.authoring.lint.remark import Remark, Subject
from advisor.explain.verbalization import joined


def lint_easier(subject: Subject) -> Iterator[Remark]:
    """Exercises that are easier than themselves, if one goes on from move to easier move."""
    graph = TopologicalSorter[str]()
    for exercise in subject.rules.exercises:
        graph.add(exercise.id, *exercise.easier)
        for harder in exercise.harder:
            graph.add(harder, exercise.id)
    try:
        graph.prepare()
    except CycleError as error:
        _, circle = error.args  # one of them, with its first exercise at both ends
        first, names = circle[0], joined(f"`{each}`" for each in circle[1:])
        message = f"from `{first}` to easier moves, one comes back to it by {names}"
        hint = "take one of them out of `easier` or `harder`"
        yield subject.remark("easier-in-a-circle", "exercises", first, message, hint)
