"""A figure → shapes, from the one that is drawn first to the one on top."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from advisor.drawing.geometry import Point, axes, between, minus, plus
from advisor.drawing.solver import Figure
from advisor.rulebase.shapes import FRONT, Body, Drawing, Range

Kind = Literal["limb", "area", "line", "round", "oval"]


@dataclass(frozen=True)
class Shape:
    """Something to draw, with the part that it plays.

    A limb has a pair of half-widths for each link; what is round its radius, an oval its two.
    """

    kind: Kind
    role: str
    points: tuple[Point, ...]
    widths: tuple[Range, ...] = ()

    def links(self) -> Iterator[tuple[tuple[Point, Point], Range]]:
        """Each link of a limb, with its half-widths."""
        return zip(pairwise(self.points), self.widths, strict=True)

    def corners(self) -> Iterator[Point]:
        """Points that it stays between."""
        wide = max((max(pair) for pair in self.widths), default=0)
        for x, y in self.points:
            yield x - wide, y - wide
            yield x + wide, y + wide


def role(part: str, drawing: Drawing) -> str:
    """The part that a limb or the trunk plays in a drawing."""
    behind = part.startswith("far ")
    if part in drawing.work:
        return "work-far" if behind else "work"
    return "far" if behind else "near"


def behind(figure: Figure, drawing: Drawing, body: Body) -> list[Shape]:
    """All of the body but what stands before it, from the back to the front."""
    first, second = drawing.sides
    far = [arm(figure, first, drawing, body), leg(figure, first, drawing, body)]
    if drawing.view == FRONT:
        far = [leg(figure, first, drawing, body), leg(figure, second, drawing, body)]
        return [*far, *_front_trunk(figure, drawing, body), *_head(figure, drawing, body)]
    return [
        *far,
        *_head(figure, drawing, body),
        _side_trunk(figure, drawing, body),
        *_low_back(figure, body),
        leg(figure, second, drawing, body),
    ]


def before(figure: Figure, drawing: Drawing, body: Body) -> list[Shape]:
    """What stands before the body and its props."""
    sides = drawing.sides if drawing.view == FRONT else drawing.sides[1:]
    return [arm(figure, side, drawing, body) for side in sides]


def leg(figure: Figure, side: str, drawing: Drawing, body: Body) -> Shape:
    """Thigh, shin and foot of a side."""
    names = ["hip", "knee", "ankle"]
    points = [figure.at(name, side) for name in names]
    sole, tip = body.flesh["foot"]
    up = toes_up = (0.0, 1.0)
    if drawing.view != FRONT:
        up = _up_from_sole(figure, side)
        flat = figure.at("toe", side)[1] == figure.at("ball", side)[1]
        toes_up = toes_up if flat else up
    heel = plus(figure.at("heel", side), up, sole)
    ball = plus(figure.at("ball", side), toes_up, (sole + tip) / 2)
    toe = plus(figure.at("toe", side), toes_up, tip)
    chain = (*points, heel, ball, toe)
    mean = (sole + tip) / 2
    thick = (body.flesh["thigh"], body.flesh["shin"], (body.flesh["shin"][1], sole))
    widths = (*thick, (sole, mean), (mean, tip))
    return Shape("limb", role(f"{side} leg", drawing), chain, widths)


def _up_from_sole(figure: Figure, side: str) -> Point:
    """The unit from the sole to the ankle of a foot."""
    _, left = axes(figure.at("heel", side), figure.at("ball", side))
    ankle = minus(figure.at("ankle", side), figure.at("heel", side))
    return left if left[0] * ankle[0] + left[1] * ankle[1] > 0 else (-left[0], -left[1])


def arm(figure: Figure, side: str, drawing: Drawing, body: Body) -> Shape:
    """Both links of an arm."""
    chain = tuple(figure.at(name, side) for name in ("shoulder", "elbow", "hand"))
    widths = (body.flesh["arm"], body.flesh["forearm"])
    return Shape("limb", role(f"{side} arm", drawing), chain, widths)


def _head(figure: Figure, drawing: Drawing, body: Body) -> Iterator[Shape]:
    head, shoulder = figure.at("head"), figure.at("shoulder")
    length = body.lengths
    yield Shape("limb", "near", (between(shoulder, head, -0.1), head), (body.flesh["neck"],))
    size = (length["head_wide"] / 2, length["head_high"] / 2)
    yield Shape("oval", "near", (head, shoulder), (size,))
    if drawing.view != FRONT:
        unit, left = axes(shoulder, head)
        nose = [
            plus(plus(head, left, -size[0] * across), unit, up * size[1])
            for across, up in ((0.7, 0.4), (1 + length["nose"] / size[0], -0.15), (0.7, -0.4))
        ]
        yield Shape("area", "nose", tuple(nose))


def _spine(figure: Figure, body: Body) -> list[Point]:
    return [figure.at("hip"), *(figure.at(link.end) for link in body.trunk)]


def _side_trunk(figure: Figure, drawing: Drawing, body: Body) -> Shape:
    widths = tuple(link.width for link in body.trunk)
    return Shape("limb", role("trunk", drawing), tuple(_spine(figure, body)), widths)


def _front_trunk(figure: Figure, drawing: Drawing, body: Body) -> Iterator[Shape]:
    """The outline from the shoulders by the waist to the hips."""
    rows = [(figure.at("left.hip"), figure.at("right.hip"), body.flesh["thigh"][0] - 0.6)]
    halfway = body.lengths["shoulders"] - body.lengths["hips"] * 0.6
    _, left = axes(figure.at("hip"), figure.at("shoulder"))
    for link in body.trunk[:-1]:
        at = figure.at(link.end)
        rows.append((plus(at, left, halfway), plus(at, left, -halfway), 0.0))
    rows.append((figure.at("left.shoulder"), figure.at("right.shoulder"), 1.5))
    left_edge, right_edge = [], []
    for one, other, more in rows:
        unit, _ = axes(one, other)
        left_edge.append(plus(one, unit, -more))
        right_edge.append(plus(other, unit, more))
    yield Shape("area", role("trunk", drawing), (*left_edge, *reversed(right_edge)))


def _low_back(figure: Figure, body: Body) -> Iterator[Shape]:
    """A line just inside the back of all links that bend; three ticks where it is bent badly."""
    bending = [link for link in body.trunk if link.share]
    spine = _spine(figure, body)
    line: list[Point] = []
    for place in range(len(bending) + 1):
        _, left = axes(spine[max(0, place - 1)], spine[place + 1])
        width = bending[place].width[0] if place < len(bending) else bending[-1].width[1]
        line.append(plus(spine[place], left, width - 1.7))
    bad = figure.pose.mistake and abs(figure.pose.back) > body.allow["back"]
    yield Shape("line", "bad" if bad else "good", tuple(line))
    if bad:
        for part in (0.2, 0.5, 0.8):
            at = between(line[0], line[-1], part) if len(line) < 3 else _along(line, part)  # noqa: PLR2004 - three make a bend
            _, left = axes(line[0], line[-1])
            yield Shape("line", "tick", (plus(at, left, 3), plus(at, left, 6)))


def _along(line: list[Point], part: float) -> Point:
    """The point at a part of a line of many points."""
    place = min(int(part * (len(line) - 1)), len(line) - 2)
    return between(line[place], line[place + 1], part * (len(line) - 1) - place)
