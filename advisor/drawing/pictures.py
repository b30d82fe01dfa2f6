"""A drawing → its pictures: every shape of each pose, all in one box, and the words for it."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.drawing.figure import Shape, before, behind
from advisor.drawing.paths import arrow, way_between
from advisor.drawing.props import prop_shapes
from advisor.drawing.solver import Figure, solved
from advisor.drawing.svg import Box, arrow_tip, bounds
from advisor.rulebase.shapes import Body, Drawing, Pose, RuleBase

RING = 6.5


@dataclass(frozen=True)
class Picture:
    """One pose, ready to be drawn."""

    pose: Pose
    shapes: tuple[Shape, ...]
    box: Box


def pictures(rules: RuleBase, exercise_id: str) -> tuple[Picture, ...]:
    """The pictures of an exercise; none if it is not drawn."""
    drawing, body = rules.drawings.get(exercise_id), rules.body
    if drawing is None or body is None or not drawing.poses:
        return ()
    figures = solved(drawing, body)
    stacks = [_stack(rules, drawing, figure, figures[0], body) for figure in figures]
    for path in drawing.paths:
        names = [figure.pose.name for figure in figures]
        ends = names.index(path.start), names.index(path.end)
        points = way_between(figures[ends[0]], figures[ends[1]], path.point)
        place, moved = arrow(points, [stacks[end] for end in ends])
        stacks[ends[place]] += [Shape("line", "path", tuple(moved)), arrow_tip(moved)]
    box = bounds(shape for stack in stacks for shape in stack)
    return tuple(
        Picture(figure.pose, (*_under(figure.pose, box), *stack), box)
        for figure, stack in zip(figures, stacks, strict=True)
    )


def _stack(
    rules: RuleBase, drawing: Drawing, figure: Figure, first: Figure, body: Body
) -> list[Shape]:
    """Props and body, from the back to the front; a ring where a mistake is seen."""
    shapes = [
        *prop_shapes(rules, drawing, figure, first, front=False),
        *behind(figure, drawing, body),
        *prop_shapes(rules, drawing, figure, first, front=True),
        *before(figure, drawing, body),
    ]
    if figure.pose.ring:
        at = figure.at(figure.pose.ring, drawing.sides[1])
        shapes.append(Shape("round", "ring", (at,), ((RING, RING),)))
    return shapes


def _under(pose: Pose, box: Box) -> list[Shape]:
    """What lies under it all: the floor, and the strokes that cross out a mistake."""
    left, _, right, high = box
    floor = Shape("line", "floor", ((left, 0), (right, 0)))
    strokes = (((left, 0), (right, high)), ((left, high), (right, 0)))
    crossed = [Shape("line", "cross", points) for points in strokes]
    return [*(crossed if pose.mistake else []), floor]


def described(pose: Pose, drawing: Drawing, body: Body) -> str:
    """The words for a pose: what is said of it and what it shows."""
    parts = ((_part(what, pose, drawing), body.spoken.get(how, how)) for what, how in pose.shows)
    shown = ", ".join(dict.fromkeys(f"{part} {how}" for part, how in parts))
    words = ": ".join(filter(None, [spoken(pose.say), shown]))
    return f"Not like this: {words}" if pose.mistake else words


def _part(what: str, pose: Pose, drawing: Drawing) -> str:
    """A part of the body for somebody who does not see which side is near."""
    side, _, part = what.rpartition(" ")
    if side not in drawing.sides:
        return what
    said = [(pose.legs.get(each), drawing.planted.get(each)) for each in drawing.sides]
    if len({each for each in said if any(each)}) < len(drawing.sides):
        return "feet" if part == "foot" else f"{part}s"
    return f"{'working' if f'{side} leg' in drawing.work else 'other'} {part}"


def spoken(say: str) -> str:
    """The words under a picture on one line."""
    return ", ".join(part.strip() for part in say.split("|"))
