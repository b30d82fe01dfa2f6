"""A drawing → what is wrong with it: bodies that float, bend too far, or belie their words.

Adding a check is one function and one line in CHECKS.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from advisor.drawing.figure import arm, leg
from advisor.drawing.geometry import apart
from advisor.drawing.measures import bend, legs_apart, off_balance, outward, sight
from advisor.drawing.paths import way_between
from advisor.drawing.solver import FLOOR, Figure, solved
from advisor.rulebase.problems import did_you_mean, quoted
from advisor.rulebase.shapes import FRONT, ON_PAGE, Body, Claim, Drawing, Exercise, RuleBase

STANDING = {"foot", "toes", "feet", "sole", "wall"}


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, its code, and where in the entry it stands."""

    code: str
    path: tuple[str | int, ...]
    message: str
    hint: str = ""


@dataclass(frozen=True)
class Looked:
    """A drawing with its figures: the good ones, and the mistakes after them."""

    drawing: Drawing
    body: Body
    exercise: Exercise
    rules: RuleBase
    figures: tuple[Figure, ...]

    @property
    def good(self) -> list[Figure]:
        """The figures that are no mistakes."""
        return [figure for figure in self.figures if not figure.pose.mistake]

    def named(self, name: str) -> Figure | None:
        """The figure of a pose."""
        return next((each for each in self.figures if each.pose.name == name), None)


def faults(rules: RuleBase, exercise_id: str) -> list[Fault]:
    """Everything that is wrong with the drawing of an exercise; nothing if it is not drawn."""
    drawing, body = rules.drawings[exercise_id], rules.body
    if body is None or not drawing.poses:
        return []
    exercise = rules.exercise[exercise_id]
    looked = Looked(drawing, body, exercise, rules, solved(drawing, body))
    return [fault for check in CHECKS for fault in check(looked)]


def check_limits(looked: Looked) -> Iterator[Fault]:
    """No joint is bent further than a person can."""
    for figure in looked.figures:
        more = looked.body.allow["mistake"] if figure.pose.mistake else 0
        for joint, value in _bends(figure, looked.drawing):
            least, most = looked.body.limits[joint.rpartition(" ")[2]]
            if not least - more <= value <= most + more:
                message = f"{joint} is {value:.0f}°, and goes from {least:.0f}° to {most:.0f}°"
                yield Fault("pose-limits", figure.pose.path, message)


def _bends(figure: Figure, drawing: Drawing) -> Iterator[tuple[str, float]]:
    yield "back", figure.pose.back
    for side, said in figure.pose.legs.items():  # a knee bent backward would be solved forward
        yield f"{side} knee", said.knee or 0
    for side in drawing.sides:
        arm_said = figure.pose.arms.get(side)
        if arm_said is None or arm_said.elbow_at is None:
            yield f"{side} elbow", abs(bend(figure, side, "elbow"))
        if drawing.view == FRONT:
            yield f"{side} abd", outward(figure, side)
            continue
        if arm_said is None or arm_said.elbow_at is None:
            yield f"{side} shoulder", bend(figure, side, "shoulder")
        yield f"{side} hip", bend(figure, side, "hip")
        yield f"{side} knee", bend(figure, side, "knee")
        if side not in figure.kneeling:
            yield f"{side} ankle", bend(figure, side, "ankle")


def check_floor(looked: Looked) -> Iterator[Fault]:
    """Nothing is below the floor, and what kneels is on it."""
    body, drawing = looked.body, looked.drawing
    for figure in looked.figures:
        for part, depth in _lowest(figure, drawing, body):
            if depth < -body.allow["floor"]:
                message = f"{part} is {-depth:.1f} below the floor"
                yield Fault("pose-contact", figure.pose.path, message)
        for side in figure.kneeling:
            gap = figure.at("knee", side)[1] - drawing.height - body.rests["knee"]
            if abs(gap) > body.allow["contact"]:
                how = "above" if gap > 0 else "below"
                message = f"{side} knee is {abs(gap):.1f} {how} the floor that it kneels on"
                yield Fault("pose-contact", figure.pose.path, message)


def _lowest(figure: Figure, drawing: Drawing, body: Body) -> Iterator[tuple[str, float]]:
    """The lowest point of every part, with its flesh."""
    names = ("hip", *(link.end for link in body.trunk))
    wide = max(max(link.width) for link in body.trunk)
    for name in names:
        yield name, figure.at(name)[1] - min(wide, body.rests["back"])
    yield "head", figure.at("head")[1] - body.lengths["head_wide"] / 2
    for side in drawing.sides:
        for name, make in (("leg", leg), ("arm", arm)):
            shape = make(figure, side, drawing, body)
            ends = [(start, end, *pair) for (start, end), pair in shape.links()]
            low = [min(a[1] - wide, b[1] - narrow) for a, b, wide, narrow in ends]
            yield f"{side} {name}", min(low)


def check_reach(looked: Looked) -> Iterator[Fault]:
    """Hands and feet reach what they are said to be on."""
    for figure in looked.figures:
        for part, far in figure.unreached:
            if far > looked.body.allow["reach"]:
                hint = "bend the knees less, or bring the feet together" if part == "feet" else ""
                message = f"{part.replace('.', ' ')} is too far by {far:.1f}"
                yield Fault("pose-contact", figure.pose.path, message, hint)


def check_still(looked: Looked) -> Iterator[Fault]:
    """What touches does not slide from pose to pose; a seat has a height to sit on."""
    allow, drawing = looked.body.allow, looked.drawing
    first, *others = looked.good
    for figure in others:
        for side in drawing.sides:
            before, now = (each.pose.arms.get(side) for each in (first, figure))
            if before and before == now and FLOOR in (before.elbow_at or ()):
                slid = apart(first.at("elbow", side), figure.at("elbow", side))
                if slid > allow["contact"]:
                    message = f"{side} elbow slides by {slid:.1f} on the floor"
                    yield Fault("pose-contact", figure.pose.path, message)
        props = [looked.rules.props[use.prop] for use in drawing.props]
        leaned = abs(figure.pose.trunk - first.pose.trunk)
        if any(prop.back_pad for prop in props) and leaned > allow["back_pad"]:
            message = f"the trunk leaves the back pad by {leaned:.0f}°"
            yield Fault("pose-contact", figure.pose.path, message)
    height = first.at("hip")[1] - looked.body.rests["seat"]
    seats = any(looked.rules.props[use.prop].seat for use in drawing.props)
    if seats and not allow["seat_low"] <= height <= allow["seat_high"]:
        message = f"the seat is {height:.0f} high, and seats are between"
        message += f" {allow['seat_low']:.0f} and {allow['seat_high']:.0f}"
        yield Fault("pose-contact", first.pose.path, message)


def check_words(looked: Looked) -> Iterator[Fault]:
    """Each pose shows what its words say."""
    body, drawing = looked.body, looked.drawing
    for figure in looked.figures:
        for what, word in figure.pose.shows:
            at = (*figure.pose.path, "shows", what)
            try:
                kind, values = sight(figure, what, drawing)
            except KeyError:
                hint = "such as `trunk`, `near knee`, `far thigh`, `near foot`, `body`"
                yield Fault("bad-drawing", at, f"{quoted(what)} is no part of the body", hint)
                continue
            known = getattr(body, kind)
            if word not in known:
                message = f"{quoted(word)} is no word for `{what}`"
                yield Fault("bad-drawing", at, message, did_you_mean(word, known))
                continue
            ranges = known[word] if kind == "feet" else {"": known[word]}
            for key, (least, most) in ranges.items():
                value, more = values[key], body.allow["word"]
                if not least - more <= value <= most + more:
                    unit = "" if key == "height" else "°"
                    name = f" {key}" if key else ""
                    message = f"`{what}` is not {word}:{name} {value:.0f}{unit}, not"
                    message += f" {least:.0f} to {most:.0f}{unit}"
                    yield Fault("pose-words", at, message)


def check_idle(looked: Looked) -> Iterator[Fault]:
    """A leg that does not work and holds nothing keeps still."""
    drawing, (first, *others) = looked.drawing, looked.good
    for side in drawing.sides:
        works = f"{side} leg" in drawing.work or side in drawing.anchor or side in drawing.planted
        if works or drawing.view == FRONT:
            continue
        for figure in others:
            if side not in first.pose.legs or side not in figure.pose.legs:
                continue
            moved = max(abs(bend(first, side, j) - bend(figure, side, j)) for j in ("hip", "knee"))
            if moved > looked.body.allow["idle"]:
                message = f"the {side} leg is not in `work` but moves by {moved:.0f}°"
                yield Fault("pose-words", figure.pose.path, message)


def check_seen(looked: Looked) -> Iterator[Fault]:
    """An arrow is long enough, and a mistake differs enough, to be seen."""
    for place, path in enumerate(looked.drawing.paths):
        first, last = looked.named(path.start), looked.named(path.end)
        if first and last:
            points = way_between(first, last, path.point)
            length = sum(apart(one, two) for one, two in pairwise(points))
            if length < looked.body.allow["path"]:
                message = f"`{path.point}` moves by {length:.1f} only: nobody would see it"
                yield Fault("pose-unseen", ("paths", place), message)
    for figure in looked.figures:
        before = looked.named(figure.pose.after)
        if figure.pose.mistake and before:
            moved = max(apart(at, before.points[name]) for name, at in figure.points.items())
            if moved < looked.body.allow["change"]:
                message = f"no joint is {looked.body.allow['change']:.0f} away from the good pose"
                yield Fault("pose-unseen", figure.pose.path, message)


def check_back(looked: Looked) -> Iterator[Fault]:
    """A bent back stands in a mistake only, unless bending it is the exercise."""
    most = looked.body.allow["back"]
    for figure in looked.good:
        if abs(figure.pose.back) > most and not looked.drawing.back_moves:
            message = f"the back is bent by {abs(figure.pose.back):.0f}° outside a mistake"
            hint = "put it under `mistakes`, or say `back_moves: yes`"
            if looked.drawing.view == FRONT and figure is not looked.good[-1]:
                continue  # a waist that hangs before it is lifted
            yield Fault("pose-limits", figure.pose.path, message, hint)


def check_catalogue(looked: Looked) -> Iterator[Fault]:
    """The drawing shows what the catalogue says of the exercise."""
    for claim in looked.body.claims:
        if claim.value in looked.exercise.attributes.get(claim.attribute, ()):
            values = _measured(claim, looked)
            bad = [value for value in values if not claim.least <= value <= claim.most]
            if bad:
                message = f"`{claim.attribute}` is {claim.value}: {claim.says}, but"
                message += f" it measures {bad[0]:.0f}"
                yield Fault("pose-catalogue", ("anchor",), message)


def _measured(  # noqa: PLR0911 - one for each measure
    claim: Claim, looked: Looked
) -> list[float]:
    """What is measured for a claim."""
    drawing, good = looked.drawing, looked.good
    on_floor = any(_leans(figure) for figure in good)
    standing = drawing.anchor[-1] in STANDING and not on_floor
    props = [use.prop for use in drawing.props]
    match claim.measure:
        case "lean":
            return [max(abs(figure.pose.trunk) for figure in good)] if standing else []
        case "trunk":
            return [] if drawing.view == FRONT else [figure.pose.trunk for figure in good]
        case "legs_apart":
            return [max(legs_apart(figure, drawing) for figure in good)]
        case "deepest_hip":
            side = drawing.sides[1]
            deepest = max(bend(figure, side, "hip") for figure in good)
            return [] if drawing.view == FRONT else [deepest]
        case "held":
            return [float(any(looked.rules.props[name].held for name in props))]
        case "balance":
            free = [each for each in good if standing and not each.pose.seated and not _held(each)]
            return [off_balance(each, drawing, looked.body) for each in free]
        case _:
            return [float(claim.prop in props)]


def _held(figure: Figure) -> bool:
    """Whether a hand holds on to a place on the page."""
    arms = figure.pose.arms.values()
    return any(arm.hand is not None and len(arm.hand) == ON_PAGE for arm in arms)


def _leans(figure: Figure) -> bool:
    """Whether a hand or an elbow is on the floor."""
    arms = figure.pose.arms.values()
    return any(arm.palm is not None or FLOOR in (arm.elbow_at or ()) for arm in arms)


CHECKS: tuple[Callable[[Looked], Iterator[Fault]], ...] = (
    check_limits,
    check_floor,
    check_reach,
    check_still,
    check_words,
    check_idle,
    check_seen,
    check_back,
    check_catalogue,
)
