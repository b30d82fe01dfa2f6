"""Angles and points → points: what the solver, the shapes and the checks measure with.

`y` goes up. An angle is counted in degrees from straight down, forward (to the right) positive.
"""

from __future__ import annotations

from math import atan2, cos, degrees, hypot, radians, sin, sqrt

Point = tuple[float, float]


def way(angle: float, length: float = 1) -> Point:
    """The step of a length in a direction."""
    return length * sin(radians(angle)), -length * cos(radians(angle))


def plus(point: Point, step: Point, times: float = 1) -> Point:
    """A point moved by a step, or by so many of it."""
    return point[0] + times * step[0], point[1] + times * step[1]


def minus(point: Point, other: Point) -> Point:
    """The step from another point to this one."""
    return point[0] - other[0], point[1] - other[1]


def apart(point: Point, other: Point) -> float:
    """How far two points are apart."""
    return hypot(point[0] - other[0], point[1] - other[1])


def heading(start: Point, end: Point) -> float:
    """The direction from one point to another."""
    return degrees(atan2(end[0] - start[0], start[1] - end[1]))


def within(angle: float) -> float:
    """The same angle, between -180 and 180."""
    return (angle + 180) % 360 - 180


def axes(start: Point, end: Point) -> tuple[Point, Point]:
    """The unit along a segment, and the one to the left of it."""
    length = apart(start, end) or 1
    x, y = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    return (x, y), (-y, x)


def between(point: Point, other: Point, part: float) -> Point:
    """The point that lies at a part of the way."""
    return plus(point, minus(other, point), part)


def turned(step: Point, angle: float) -> Point:
    """A step turned clockwise."""
    c, s = cos(radians(angle)), sin(radians(angle))
    return step[0] * c + step[1] * s, -step[0] * s + step[1] * c


def crossing(first: Point, r_first: float, second: Point, r_second: float) -> Point | None:
    """Where two circles meet, on the left of the way from the first to the second."""
    far = apart(first, second)
    if not far or far > r_first + r_second or far < abs(r_first - r_second):
        return None
    along = (far**2 + r_first**2 - r_second**2) / (2 * far)
    unit, left = axes(first, second)
    return plus(plus(first, unit, along), left, sqrt(max(0, r_first**2 - along**2)))


def on_line(start: Point, step: Point, middle: Point, radius: float) -> Point | None:
    """Where a line leaves a circle, on the side that its step goes to."""
    to_start = minus(start, middle)
    along = to_start[0] * step[0] + to_start[1] * step[1]
    inside = along**2 - (to_start[0] ** 2 + to_start[1] ** 2 - radius**2)
    return plus(start, step, -along + sqrt(inside)) if inside >= 0 else None


def span(first: float, second: float, bend: float) -> float:
    """How far the ends of two links are apart when the joint between them is bent."""
    return sqrt(first**2 + second**2 + 2 * first * second * cos(radians(bend)))


def to_segment(point: Point, start: Point, end: Point) -> tuple[float, float]:
    """How far a point is from a segment, and at which part of it."""
    step = minus(end, start)
    square = step[0] ** 2 + step[1] ** 2
    if not square:
        return apart(point, start), 0
    off = minus(point, start)
    part = max(0, min(1, (off[0] * step[0] + off[1] * step[1]) / square))
    return apart(point, plus(start, step, part)), part
