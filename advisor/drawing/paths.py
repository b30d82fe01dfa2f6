"""Two figures and a joint → an arrow along the way of the joint, where it covers nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import hypot

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
from advisor.rulebase.shapes import Body, Drawing

STEPS = 10
SHORTEST, CLEAR = 11, 2.2
TRIED = (0, 3, 6, STEPS)  # the steps that must be clear; the rest is near them


def arrow(way_of: Sequence[Point], figures: Sequence[Sequence[Shape]]) -> tuple[int, list[Point]]:
    """The way, moved to the nearest clear place, and by which of these figures that is."""
    path = _long_enough(way_of)
    best: tuple[float, int, list[Point]] | None = None
    for place, shapes in enumerate(figures):
        solid = [*_solid(shapes)]
        for radius in range(0, 24, 2):
            moves = [way(angle, radius) for angle in range(0, 360, 30)] if radius else [(0.0, 0.0)]
            if best is not None and radius + 0.5 * place >= best[0]:
                break
            free = next((move for move in moves if _clear(path, move, solid)), None)
            if free is not None:
                best = (radius + 0.5 * place, place, [plus(point, free) for point in path])
                break
    return best[1:] if best else (0, path)


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
        if shape.kind in {"disc", "oval"}:
            yield shape.points[0], shape.points[0], max(shape.widths[0])
            continue
        ends = zip(shape.points, shape.points[1:], strict=False)
        for place, (start, end) in enumerate(ends):
            yield start, end, max(shape.widths[place]) if shape.widths else 0
        if shape.kind == "area":
            yield shape.points[-1], shape.points[0], 0
            xs, ys = zip(*shape.points, strict=True)
            middle = (sum(xs) / len(xs), sum(ys) / len(ys))
            yield middle, middle, min(max(xs) - min(xs), max(ys) - min(ys)) / 2


def _long_enough(path: Sequence[Point]) -> list[Point]:
    """The path, made larger about its middle if it is too short to be seen."""
    length = sum(apart(start, end) for start, end in zip(path, path[1:], strict=False))
    if not length or length >= SHORTEST:
        return [*path]
    middle = between(path[0], path[-1], 0.5)
    return [plus(middle, minus(point, middle), SHORTEST / length) for point in path]


def way_between(first: Figure, last: Figure, joint: str, drawing: Drawing, body: Body) -> list[Point]:
    """Where a joint is on the way from one figure to another.

    Every link turns from one direction to the other; what moves least holds the body.
    """
    links = [*_tree(drawing, body)]
    pin = min((name for name, _ in links), key=lambda name: _moved(first, last, name))
    found = []
    for step in range(STEPS + 1):
        part = step / STEPS
        at = {pin: between(first.joints[pin], last.joints[pin], part)}
        left = links
        while left:
            waiting = []
            for one, other in left:
                if (one in at) == (other in at):
                    waiting.append((one, other))
                elif one in at:
                    at[other] = plus(at[one], _turned(first, last, one, other, part))
                else:
                    at[one] = plus(at[other], _turned(first, last, other, one, part))
            left = waiting if len(waiting) < len(left) else []
        found.append(at.get(joint, first.joints[joint]))
    return found


def _moved(first: Figure, last: Figure, name: str) -> float:
    return hypot(*minus(last.joints[name], first.joints[name]))


def _turned(first: Figure, last: Figure, start: str, end: str, part: float) -> Point:
    """A link on its way."""
    before = heading(first.joints[start], first.joints[end])
    after = heading(last.joints[start], last.joints[end])
    lengths = [apart(each.joints[start], each.joints[end]) for each in (first, last)]
    length = lengths[0] + (lengths[1] - lengths[0]) * part
    return way(before + within(after - before) * part, length)


def _tree(drawing: Drawing, body: Body) -> Iterator[tuple[str, str]]:
    """Which joint hangs on which."""
    spine = ["hip", *(link.end for link in body.trunk), "head"]
    yield from zip(spine, spine[1:], strict=False)
    front = f"{drawing.sides[0]}.hip" == "left.hip"
    for side in drawing.sides:
        hip, shoulder = (f"{side}.{name}" if front else name for name in ("hip", "shoulder"))
        if front:
            yield "hip", hip
            yield "shoulder", shoulder
        leg = [hip, *(f"{side}.{name}" for name in ("knee", "ankle", "ball", "toe"))]
        yield from zip(leg, leg[1:], strict=False)
        yield f"{side}.ankle", f"{side}.heel"
        arm = [shoulder, f"{side}.elbow", f"{side}.hand"]
        yield from zip(arm, arm[1:], strict=False)
