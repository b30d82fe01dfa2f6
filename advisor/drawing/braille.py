"""The pictures of an exercise → braille characters, eight dots each, for a terminal.

Links are drawn, not flesh: trunk and working limbs two dots wide, the far side every second dot.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil, hypot

from advisor.drawing.figure import Shape
from advisor.drawing.geometry import Point, between
from advisor.drawing.pictures import Picture

WIDE, HIGH = 24, 10  # characters for each pose
GAP = "  "
BLANK = 0x2800
DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))  # by column and row of a character
THICK = 4.8  # half-width from which on a limb is drawn with two dots
UNSEEN = {"good", "bad", "tick", "ring", "cross", "path", "tip", "nose"}
Dot = tuple[int, int]


def lines(pictures: Sequence[Picture], width: int) -> list[str]:
    """The good poses side by side, as many as fit into so many columns; none if not one does."""
    fits = (width + len(GAP)) // (WIDE + len(GAP))
    shown = [picture for picture in pictures if not picture.pose.mistake][:fits]
    if not shown or len(shown) < len([each for each in pictures if not each.pose.mistake]):
        return []
    rows = [_rows(picture) for picture in shown]
    first = min(next((i for i, row in enumerate(each) if row.strip()), HIGH) for each in rows)
    return [
        GAP.join(each[place].ljust(WIDE) for each in rows).rstrip() for place in range(first, HIGH)
    ]


def _rows(picture: Picture) -> list[str]:
    """One pose in rows of characters."""
    cells = [[BLANK] * WIDE for _ in range(HIGH)]
    left, low, right, high = picture.box
    scale = min((WIDE * 2 - 1) / (right - left), (HIGH * 4 - 2) / (high - max(low, -2)))
    for shape in picture.shapes:
        if shape.role not in UNSEEN:
            for x, y in _dots(shape, scale, left):
                row = HIGH * 4 - 2 - y
                if 0 <= x < WIDE * 2 and 0 <= row < HIGH * 4:
                    cells[row // 4][x // 2] |= DOTS[x % 2][row % 4]
    return ["".join(chr(cell) for cell in row).replace(chr(BLANK), " ").rstrip() for row in cells]


def _dots(shape: Shape, scale: float, left: float) -> Iterator[Dot]:
    """Every dot of a shape, counted from the left and from the floor."""
    points = [((x - left) * scale, y * scale) for x, y in shape.points]
    if shape.kind in {"oval", "round"}:
        radius = min(shape.widths[0]) * scale
        yield from _round(points[0], radius, filled=shape.kind == "oval" or shape.role == "weight")
        return
    if shape.kind == "area":
        points.append(points[0])
    wide = max((max(pair) for pair in shape.widths), default=0)
    thick = shape.role == "work" or (wide > THICK and shape.role == "near")
    step = 2 if shape.role.endswith("far") else 1
    count = 0
    for start, end in pairwise(points):
        steps = max(1, ceil(max(abs(end[0] - start[0]), abs(end[1] - start[1]))))
        for place in range(steps + 1):
            count += 1
            x, y = (round(each) for each in between(start, end, place / steps))
            if count % step == 0:
                yield x, y
            if thick:
                upright = abs(end[1] - start[1]) > abs(end[0] - start[0])
                yield (x + 1, y) if upright else (x, y + 1)


def _round(middle: Point, radius: float, *, filled: bool) -> Iterator[Dot]:
    """The dots of a circle, or those of its rim."""
    reach = ceil(radius)
    x, y = (round(each) for each in middle)
    for across in range(-reach, reach + 1):
        for up in range(-reach, reach + 1):
            far = hypot(across, up)
            if far <= radius and (filled or far > radius - 1):
                yield x + across, y + up
