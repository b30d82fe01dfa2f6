"""A rule base and an exercise of it → panels: one picture for each key pose, with its words.

A pose is numbers and words in the rule base; here it becomes joints, then shapes, then SVG for
a page or braille characters for a terminal.
"""

from __future__ import annotations

from dataclasses import dataclass

from advisor.rulebase.shapes import RuleBase


@dataclass(frozen=True)
class Panel:
    """One picture: the name of its pose, the words under it and instead of it, and its SVG.

    `say` stands under it and `alt` instead of it; `mistake` is true for what not to do.
    """

    name: str
    say: str
    alt: str
    mistake: bool
    svg: str


def panels(rules: RuleBase, exercise_id: str) -> tuple[Panel, ...]:
    """Every picture of an exercise, in order; none if it is not drawn."""
    return ()


def words_only(rules: RuleBase, exercise_id: str) -> str | None:
    """Why an exercise has words only; None if it is drawn, or nothing is said of it."""
    return None
