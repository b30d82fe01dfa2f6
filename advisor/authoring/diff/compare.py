"""Two rule bases -> what changed for people: who gains or loses what, with an example of each.

Exact where an SMT solver is at hand: then no change is overlooked, over all answers that can be
given to both. Without one, the people who meet what was edited are tried, which may miss some.
Every example is what the two engines say, never what the solver believes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from advisor.authoring.diff.changes import Answers, Change, Found, Sides, simplest
from advisor.rulebase.shapes import RuleBase

GAINED, LOST = "gained", "lost"
RELAXED = (GAINED, "level_relaxed", "dose_relaxed")
KINDS = (*RELAXED, LOST, "level_tightened", "dose_tightened")


@dataclass(frozen=True)
class Example:
    """One change, and a person for whom it is one."""

    change: Change
    answers: Answers


@dataclass(frozen=True)
class Difference:
    """Every change with its example, by kind; `exact` says whether all of them were found."""

    sides: Sides
    exact: bool
    examples: tuple[Example, ...]

    def of(self, kind: str) -> list[Example]:
        """The examples of one kind."""
        return [each for each in self.examples if each.change.kind == kind]

    @property
    def relaxed(self) -> bool:
        """Whether anything became more permissive for anyone."""
        return any(each.change.kind in RELAXED for each in self.examples)


def compare(old: RuleBase, new: RuleBase, *, solve: bool | None = None) -> Difference:
    """Find what changed for people. With `solve` None, the solver is used if there is one.

    Raises ImportError if a solver is asked for and missing.
    """
    found = Found(Sides(old, new))
    exact = _solve(found) if solve is None else solve
    if solve:
        from advisor.authoring.diff.solved import solve_for  # noqa: PLC0415 - an extra

        solve_for(found)
    elif not exact:
        from advisor.authoring.diff.sampled import people  # noqa: PLC0415 - only here

        _try(found, people(old, new))
    order = {kind: place for place, kind in enumerate(KINDS)}
    changes = sorted(found.people, key=lambda each: (order[each.kind], each.order))
    return Difference(
        found.sides,
        exact,
        tuple(
            Example(change, simplest(found.people[change], change, found.sides))
            for change in changes
        ),
    )


def _solve(found: Found) -> bool:
    """Use the solver; whether there is one."""
    try:
        from advisor.authoring.diff.solved import solve_for  # noqa: PLC0415 - an extra
    except ImportError as error:
        if (error.name or "").partition(".")[0] != "z3":
            raise
        return False
    solve_for(found)
    return True


def _try(found: Found, people: Iterable[Answers]) -> None:
    for answers in people:
        found.note(answers)
