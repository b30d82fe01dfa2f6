"""A rule base and an exercise of it → panels: one picture for each key pose, with its words.

A pose is numbers and words in the rule base; here it becomes the points of a body, then shapes,
then SVG for a page or braille characters for a terminal.
"""

from __future__ import annotations

from dataclasses import dataclass

from advisor.drawing.braille import lines
from advisor.drawing.pictures import described, pictures, spoken
from advisor.drawing.svg import STYLE, svg
from advisor.rulebase.shapes import RuleBase

__all__ = ["STYLE", "Panel", "braille", "panels", "words_only"]


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


def panels(rules: RuleBase, exercise_id: str, *, styled: bool = True) -> tuple[Panel, ...]:
    """Every picture of an exercise, in order; none if it is not drawn.

    A page that has `STYLE` once needs no `styled` pictures.
    """
    title, body = rules.exercise[exercise_id].name, rules.body
    if body is None:
        return ()
    found = []
    for picture in pictures(rules, exercise_id):
        pose = picture.pose
        alt = described(pose, rules.drawings[exercise_id], body)
        names = (f"{exercise_id}-{pose.name}", f"{title}: {spoken(pose.say)}", alt)
        drawn = svg(picture.shapes, picture.box, names, styled=styled)
        found.append(Panel(pose.name, spoken(pose.say), alt, pose.mistake, drawn))
    return tuple(found)


def words_only(rules: RuleBase, exercise_id: str) -> str | None:
    """Why an exercise has words only; None if it is drawn, or nothing is said of it."""
    drawing = rules.drawings.get(exercise_id)
    return drawing.words or None if drawing else None


def braille(rules: RuleBase, exercise_id: str, width: int) -> tuple[str, ...]:
    """The good poses of an exercise in lines of braille; none if they are wider than `width`."""
    return tuple(lines(pictures(rules, exercise_id), width))
