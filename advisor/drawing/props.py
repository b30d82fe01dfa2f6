"""The props of a drawing and its figures → shapes, which lie behind or before the body."""

from __future__ import annotations

import re
from collections.abc import Mapping

from advisor.drawing.figure import Kind, Shape
from advisor.drawing.geometry import Point
from advisor.drawing.solver import FLOOR, Figure
from advisor.rulebase.shapes import ON_PAGE, Drawing, PropPart, RuleBase, Spot

_TERM = re.compile(r"([+-]?)\s*([a-z_]+|[0-9.]+)(?:\s*\*\s*([0-9.]+))?")
_KINDS: dict[str, Kind] = {"box": "area", "area": "area", "wire": "line", "round": "round"}


def prop_shapes(
    rules: RuleBase, drawing: Drawing, figure: Figure, first: Figure, *, front: bool
) -> list[Shape]:
    """The pieces of all props behind (or in front of) a figure.

    Raises KeyError for a joint or size that there is none of.
    """
    return [
        _shape(part, figure if part.moves else first, use.sizes)
        for use in drawing.props
        for part in rules.props[use.prop].parts
        if part.front == front
    ]


def amount(said: str | float, sizes: Mapping[str, float]) -> float:
    """A number, or a sum of numbers and sizes. Raises KeyError for an unknown one."""
    if not isinstance(said, str):
        return float(said)
    total = 0.0
    for sign, term, times in _TERM.findall(said):
        value = float(term) if term[0].isdigit() or term[0] == "." else sizes[term]
        total += (-1 if sign == "-" else 1) * value * float(times or 1)
    return total


def _shape(part: PropPart, figure: Figure, sizes: Mapping[str, float]) -> Shape:
    points = [_point(spot, figure, sizes) for spot in part.spots]
    wide, high, half = (amount(size, sizes) for size in part.sizes)
    role = "weight" if part.dark else "prop"
    if part.kind == "box":
        (x, y), *_ = points
        corners = ((x, y), (x + wide, y), (x + wide, y + high), (x, y + high))
        return Shape("area", role, corners)
    if part.kind == "pad":
        return Shape("limb", role, tuple(points), ((half, half),) * (len(points) - 1))
    if part.kind == "round":
        return Shape("round", role, tuple(points), ((half, half),))
    return Shape(_KINDS[part.kind], "wire" if part.kind == "wire" else role, tuple(points))


def _point(spot: Spot, figure: Figure, sizes: Mapping[str, float]) -> Point:
    """Where a spot is, its numbers worked out."""
    if len(spot) == ON_PAGE:
        return amount(spot[0], sizes), amount(spot[1], sizes)
    joint, x, y, *frame = spot
    along = y if y == FLOOR else amount(y, sizes)
    return figure.place((joint, amount(x, sizes), along, *frame))
