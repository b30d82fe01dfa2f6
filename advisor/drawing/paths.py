"""Two figures and a joint → an arrow along the way of the joint, where it covers nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from advisor.drawing.figure import Shape
from advisor.drawing.geometry import (
    Point,
    apart,
    between,
    heading,
    minus,
    plus,
    to_segment,
    way,
    within,
)
from advisor.drawing.solver import Figure

STEPS = 10
SHORTEST, CLEAR = 11, 2.2
TRIED = (0, 3, 6, STEPS)  # the steps that must be clear; the rest is near them


def arrow(path: Sequence[Point], figures: Sequence[Sequence[Shape]]) -> tuple[int, list[Point]]:
    """The way, moved to the nearest clear place, and by which of these figures that is."""
    path = _long_enough(path)
    solids = [[*_solid(shapes)] for shapes in figures]
    for radius in range(0, 24, 2):
        moves = [way(angle, radius) for angle in range(0, 360, 30 if radius else 360)]
        for (place, solid), move in product(enumerate(solids), moves):
            if _clear(path, move, solid):
                return place, [plus(point, move) for point in path]
    return 0, path


def _clear(path: Sequence[Point], move: Point, solid: Sequence[tuple[Point, Point, float]]) -> bool:
    tried = [plus(path[step], move) for step in TRIED]
    return all(
        point[1] > CLEAR and to_segment(point, start, end)[0] > wide + CLEAR
        for point in tried
        for start, end, wide in solid
    )


def _solid(shapes: Sequence[Shape]) -> Iterator[tuple[Point, Point, float]]:
    """Every segment of the shapes, with its half-width."""
    for shape in shapes:
        if shape.kind == "limb":
            yield from ((start, end, max(pair)) for (start, end), pair in shape.links())
        elif shape.widths:
            yield shape.points[0], shape.points[0], max(shape.widths[0])
        else:
            around = (*shape.points, shape.points[0])
            yield from ((start, end, 0) for start, end in pairwise(around))
        if shape.kind == "area":
            xs, ys = zip(*shape.points, strict=True)
            middle = (sum(xs) / len(xs), sum(ys) / len(ys))
            yield middle, middle, min(max(xs) - min(xs), max(ys) - min(ys)) / 2


def _long_enough(path: Sequence[Point]) -> list[Point]:
    """The path, made larger about its middle if it is too short to be seen."""
    length = sum(apart(start, end) for start, end in pairwise(path))
    if not length or length >= SHORTEST:
        return [*path]
    middle = between(path[0], path[-1], 0.5)
    return [plus(middle, minus(point, middle), SHORTEST / length) for point in path]


def way_between(first: Figure, last: Figure, name: str) -> list[Point]:
    """Where a point is on the way from one figure to another: it turns about what keeps still."""
    start, end = first.at(name), last.at(name)

    def still(other: str) -> tuple[float, float]:
        moved = apart(first.points[other], last.points[other])
        return round(moved), apart(start, first.points[other])

    side = name.rpartition(".")[0]
    own = [other for other in first.points if not side or other.rpartition(".")[0] in {"", side}]
    pin = min((other for other in own if first.points[other] != start), key=still)
    pins = first.points[pin], last.points[pin]
    before, after = heading(pins[0], start), heading(pins[1], end)
    lengths = apart(pins[0], start), apart(pins[1], end)
    found = []
    for step in range(STEPS + 1):
        part = step / STEPS
        length = lengths[0] + (lengths[1] - lengths[0]) * part
        turned = way(before + within(after - before) * part, length)
        found.append(plus(between(*pins, part), turned))
    return found
