"""Two rule bases -> what changed for people: who gains or loses what, with an example of each.

Exact where an SMT solver is at hand: then no change is overlooked, over all answers that can be
given to both. Without one, the people who meet what was edited are tried, which may miss some.
Every example is what the two engines say, never what the solver believes.
"""

from __future__ import annotations

from dataclasses import dataclass

from advisor.authoring.diff.changes import Answers, Change, Found, Sides, simplest
from advisor.rulebase.shapes import RuleBase

RELAXED = ("gained", "level_relaxed", "dose_relaxed")
KINDS = (*RELAXED, "lost", "level_tightened", "dose_tightened")


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
    exact = solve is not False and _solve(found, needed=bool(solve))
    if not exact:
        from advisor.authoring.diff.sampled import people  # noqa: PLC0415 - only here

        for answers in people(old, new):
            found.note(answers)
    changes = sorted(found.people, key=lambda each: (KINDS.index(each.kind), each.order))
    examples = (Example(each, simplest(found.people[each], each, found.sides)) for each in changes)
    return Difference(found.sides, exact, tuple(examples))


def _solve(found: Found, *, needed: bool) -> bool:
    """Use the solver; whether there is one."""
    try:
        from advisor.authoring.diff.solved import solve_for  # noqa: PLC0415 - an extra
    except ImportError as error:
        if needed or (error.name or "").partition(".")[0] != "z3":
            raise
        return False
    solve_for(found)
    return True
