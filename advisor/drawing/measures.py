"""A figure → what is measured of it: leans, bends, tilts, balance, by the words that name them."""

from __future__ import annotations

from advisor.drawing.geometry import between, heading, within
from advisor.drawing.solver import LINKS, Figure
from advisor.rulebase.shapes import FRONT, Body, Drawing, Range

BENDS = ("hip", "knee", "ankle", "shoulder", "elbow")
FLAT = 5  # degrees up to which the whole sole carries


def sight(figure: Figure, what: str, drawing: Drawing) -> tuple[str, dict[str, float]]:
    """What `shows` speaks of: which words there are for it, and what they are measured by.

    Raises KeyError if a figure has no such part.
    """
    side, _, part = what.rpartition(" ")
    if side not in drawing.sides and what not in {"trunk", "body"}:
        raise KeyError(what)
    if what == "trunk":
        return "segments", {"": leaning(heading(figure.at("hip"), figure.at("shoulder")))}
    if what == "body":
        side = drawing.sides[0] if drawing.view == FRONT else drawing.sides[1]
        legs = heading(figure.at("hip"), figure.at("ankle", side))
        return "bodies", {"": abs(within(heading(figure.at("shoulder"), figure.at("hip")) - legs))}
    if part == "foot":
        tilt = 90 - heading(figure.at("ankle", side), figure.at("ahead", side))
        lowest = min(figure.at(name, side)[1] for name in ("heel", "ball"))
        return "feet", {"tilt": tilt, "height": lowest}
    if part in BENDS:
        return "bends", {"": bend(figure, side, part)}
    start, end = ("hip", "ankle") if part == "leg" else LINKS[part]
    return "segments", {"": leaning(heading(figure.at(start, side), figure.at(end, side)))}


def leaning(angle: float) -> float:
    """How far a direction is from upright, whichever end is up."""
    off = abs(within(angle))
    return min(off, 180 - off)


def bend(figure: Figure, side: str, joint: str) -> float:
    """How far a joint is bent: hip, knee, ankle, shoulder or elbow."""

    def link(start: str, end: str) -> float:
        return heading(figure.at(start, side), figure.at(end, side))

    match joint:
        case "hip":
            return within(link("hip", "knee") + figure.hip_lean)
        case "knee":
            return within(link("hip", "knee") - link("knee", "ankle"))
        case "ankle":
            return within(link("ankle", "ahead") - link("knee", "ankle") - 90)
        case "shoulder":  # from -90 to 270, so that an arm overhead can go on
            return within(link("shoulder", "elbow") + figure.pose.trunk - 90) + 90
        case _:
            return within(link("elbow", "hand") - link("shoulder", "elbow"))


def outward(figure: Figure, side: str) -> float:
    """Front view: how far a leg is out to its side."""
    angle = within(heading(figure.at("hip", side), figure.at("ankle", side)) + figure.hip_lean)
    return -angle if side == "left" else angle


def legs_apart(figure: Figure, drawing: Drawing) -> float:
    """By how many degrees the two legs differ."""
    one, other = drawing.sides
    if drawing.view == FRONT:
        return abs(outward(figure, one) - outward(figure, other))
    pairs = [(bend(figure, one, name), bend(figure, other, name)) for name in ("hip", "knee")]
    return max(abs(first - second) for first, second in pairs)


def off_balance(figure: Figure, drawing: Drawing, body: Body) -> float:
    """How far the middle of the body's mass is outside what stands on the floor."""
    base = [edge for side in drawing.sides for edge in _stands(figure, side, drawing)]
    if not base:
        return 0
    middle = _mass_at(figure, drawing, body)
    return max(min(base) - middle, middle - max(base), 0)


def _stands(figure: Figure, side: str, drawing: Drawing) -> Range | tuple[()]:
    """From where to where a leg stands."""
    if side in figure.free:
        return ()
    heel, toe = figure.at("heel", side)[0], figure.at("toe", side)[0]
    if drawing.view == FRONT:
        return heel - 4, heel + 4
    if side in figure.kneeling:
        return toe, figure.at("knee", side)[0]
    tilt = 90 - heading(figure.at("ankle", side), figure.at("ahead", side))
    return (heel if tilt < FLAT else figure.at("ball", side)[0]), toe


def _mass_at(figure: Figure, drawing: Drawing, body: Body) -> float:
    """Where the middle of all mass is, from left to right."""
    parts = [("trunk", figure.at("hip"), figure.at("shoulder"))]
    parts.append(("head", figure.at("head"), figure.at("head")))
    for side in drawing.sides:
        parts += [
            (name, figure.at(one, side), figure.at(end, side)) for name, (one, end) in LINKS.items()
        ]
    weighed = [(body.masses[name], start, end) for name, start, end in parts]
    total = sum(mass for (mass, _), _, _ in weighed)
    return sum(mass * between(start, end, part)[0] for (mass, part), start, end in weighed) / total
