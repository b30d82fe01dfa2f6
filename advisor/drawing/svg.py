"""Shapes → SVG: one picture with a title and a description, its colors from one style sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from math import acos, atan2, cos, sin

from advisor.drawing.figure import Shape
from advisor.drawing.geometry import Point, apart, axes, heading

Box = tuple[float, float, float, float]  # left, bottom, right, top
MARGIN = 3
LIGHT = (
    "--figure-paper:#fff;--figure-line:#1f2430;--figure-body:#3b4252;--figure-work:#f59f3a;"
    "--figure-far:#c2c8d2;--figure-edge:#7b8494;--figure-prop:#d8dde5;--figure-good:#0b7a5c;"
    "--figure-bad:#c92a2a;--figure-light:#fbd9b0"
)
_DARK = (
    "--figure-paper:#14171d;--figure-line:#e6e9ef;--figure-body:#c3cad6;--figure-work:#ff9248;"
    "--figure-far:#3a4250;--figure-edge:#8b95a6;--figure-prop:#2b313c;--figure-good:#4fd6ab;"
    "--figure-bad:#ff7b7b;--figure-light:#8a5a36"
)
STYLE = (
    f".figure{{{LIGHT};display:block;max-width:100%;height:auto}}"
    f"@media screen and (prefers-color-scheme:dark){{.figure{{{_DARK}}}}}"
    ".figure *{stroke-linecap:round;stroke-linejoin:round;fill:none;stroke-width:0;"
    "paint-order:stroke}"
    ".figure .near{fill:var(--figure-body);stroke:var(--figure-paper);stroke-width:1.4}"
    ".figure .nose{fill:var(--figure-body)}"
    ".figure .far{fill:var(--figure-far);stroke:var(--figure-edge);stroke-width:1.4}"
    ".figure .work{fill:var(--figure-work);stroke:var(--figure-line);stroke-width:1.6}"
    ".figure .work-far{fill:var(--figure-light);stroke:var(--figure-line);stroke-width:1.4}"
    ".figure .prop{fill:var(--figure-prop);stroke:var(--figure-line);stroke-width:1.4}"
    ".figure .weight{fill:var(--figure-line);stroke:var(--figure-paper);stroke-width:1}"
    ".figure .wire{stroke:var(--figure-edge);stroke-width:1.3}"
    ".figure .floor{stroke:var(--figure-line);stroke-width:.9}"
    ".figure .halo{stroke:var(--figure-paper);stroke-width:3.4}"
    ".figure .good{stroke:var(--figure-good);stroke-width:2}"
    ".figure .bad{stroke:var(--figure-bad);stroke-width:2}"
    ".figure .tick{stroke:var(--figure-bad);stroke-width:1.4}"
    ".figure .ring{stroke:var(--figure-bad);stroke-width:1.6}"
    ".figure .cross{stroke:var(--figure-bad);stroke-width:1;opacity:.6}"
    ".figure .path{stroke:var(--figure-line);stroke-width:1.3}"
    ".figure .tip{fill:var(--figure-line)}"
)
MILLIMETERS = 0.3  # a unit, so that one who stands is 30 mm high


def bounds(shapes: Iterable[Shape]) -> Box:
    """The box that all shapes and the floor fit into."""
    corners = [corner for shape in shapes for corner in shape.corners()]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs) - MARGIN, min(-2, *ys) - 1, max(xs) + MARGIN, max(ys) + MARGIN


def svg(shapes: Sequence[Shape], box: Box, names: tuple[str, str, str], *, styled: bool) -> str:
    """One picture. `names` are what its ids begin with, its title and its description."""
    key, title, words = map(escape, names)
    left, low, right, high = box
    wide, tall = right - left, high - low
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="figure" role="img" '
        f'aria-labelledby="{key}-title {key}-desc" '
        f'viewBox="{_n(left)} {_n(-high)} {_n(wide)} {_n(tall)}" '
        f'width="{_n(wide * MILLIMETERS)}mm" height="{_n(tall * MILLIMETERS)}mm">'
        f'<title id="{key}-title">{title}</title><desc id="{key}-desc">{words}</desc>'
    )
    style = f"<style>{STYLE}</style>" if styled else ""
    return head + style + "".join(map(_element, shapes)) + "</svg>"


def _element(shape: Shape) -> str:
    if shape.kind == "limb":
        data = "".join(_capsule(*ends, *pair) for ends, pair in shape.links())
        return f'<path class="{shape.role}" d="{data}"/>'
    if shape.kind == "round":
        (x, y), ((radius, _),) = shape.points[0], shape.widths
        return f'<circle class="{shape.role}" cx="{_n(x)}" cy="{_n(-y)}" r="{_n(radius)}"/>'
    if shape.kind == "oval":
        (x, y), ((wide, high),) = shape.points[0], shape.widths
        turn = _n(180 - heading(shape.points[1], shape.points[0]))
        at = f'cx="{_n(x)}" cy="{_n(-y)}" rx="{_n(wide)}" ry="{_n(high)}"'
        return f'<ellipse class="{shape.role}" {at} transform="rotate({turn} {_n(x)} {_n(-y)})"/>'
    data = _smooth(shape.points) if shape.role in {"good", "bad"} else _straight(shape.points)
    closed = "z" if shape.kind == "area" else ""
    halo = f'<path class="halo" d="{data}"/>' if shape.role in {"good", "bad"} else ""
    return f'{halo}<path class="{shape.role}" d="{data}{closed}"/>'


def _straight(points: Sequence[Point]) -> str:
    return "M" + "L".join(map(_xy, points))


def _smooth(points: Sequence[Point]) -> str:
    """A curve from the first point to the last, drawn to those between."""
    if len(points) != 3:  # noqa: PLR2004 - a curve has one point between its ends
        return _straight(points)
    start, middle, end = points
    knob = tuple(2 * m - (s + e) / 2 for s, m, e in zip(start, middle, end, strict=True))
    return f"M{_xy(start)}Q{_xy((knob[0], knob[1]))} {_xy(end)}"


def _capsule(start: Point, end: Point, wide: float, narrow: float) -> str:
    """Two circles and their outer tangents, clockwise."""
    far = apart(start, end)
    if far <= abs(wide - narrow):
        (x, y), radius = (start, wide) if wide > narrow else (end, narrow)
        top, low = _xy((x, y + radius)), _xy((x, y - radius))
        return f"M{top}A{_n(radius)} {_n(radius)} 0 1 1 {low}A{_n(radius)} {_n(radius)} 0 1 1 {top}"
    toward, off = atan2(end[1] - start[1], end[0] - start[0]), acos((wide - narrow) / far)

    def rim(middle: Point, radius: float, angle: float) -> str:
        return _xy((middle[0] + radius * cos(angle), middle[1] + radius * sin(angle)))

    large = int(wide < narrow)
    return (
        f"M{rim(start, wide, toward + off)}L{rim(end, narrow, toward + off)}"
        f"A{_n(narrow)} {_n(narrow)} 0 {large} 1 {rim(end, narrow, toward - off)}"
        f"L{rim(start, wide, toward - off)}"
        f"A{_n(wide)} {_n(wide)} 0 {1 - large} 1 {rim(start, wide, toward + off)}z"
    )


def arrow_tip(points: Sequence[Point]) -> Shape:
    """The head of an arrow along points."""
    unit, left = axes(points[-3], points[-1])
    x, y = points[-1]
    back = (x - 4 * unit[0], y - 4 * unit[1])
    one, other = ((back[0] + side * 2 * left[0], back[1] + side * 2 * left[1]) for side in (1, -1))
    tip = (x + unit[0], y + unit[1])
    return Shape("area", "tip", (tip, one, other))


def _xy(point: Point) -> str:
    return f"{_n(point[0])} {_n(-point[1])}"


def _n(number: float) -> str:
    """A number to one decimal, as short as can be."""
    return f"{number:.1f}".removesuffix(".0") if abs(number) >= 0.05 else "0"  # noqa: PLR2004 - half of the last decimal
