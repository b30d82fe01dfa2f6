"""A pose and the body → a figure: where every joint is, and how far it is bent.

The body is bent with the hip at the origin, then moved as a whole to where it is anchored, so no
length can change; what is planted stands where it is said. What cannot be reached is noted.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from advisor.drawing.geometry import (
    Point,
    apart,
    axes,
    between,
    crossing,
    heading,
    minus,
    on_line,
    plus,
    span,
    to_segment,
    turned,
    way,
)
from advisor.rulebase.shapes import (
    FRONT,
    IN_FRAME,
    ON_PAGE,
    Arm,
    Body,
    Drawing,
    Foot,
    Leg,
    Pose,
    Spot,
)

LINKS = {
    "thigh": ("hip", "knee"),
    "shin": ("knee", "ankle"),
    "foot": ("ankle", "toe"),
    "arm": ("shoulder", "elbow"),
    "forearm": ("elbow", "hand"),
}
FLOOR = "floor"
STANDING = {"foot", "toes", "sole"}


@dataclass(frozen=True)
class Figure:
    """A solved pose: points by name (`near.knee`), and what is too far away to be reached."""

    pose: Pose
    points: dict[str, Point] = field(default_factory=dict)
    unreached: list[tuple[str, float]] = field(default_factory=list)
    free: set[str] = field(default_factory=set)  # sides whose foot is in the air
    kneeling: set[str] = field(default_factory=set)

    @property
    def hip_lean(self) -> float:
        """The lean of the hips, which a bent back sets apart from that of the chest."""
        return self.pose.trunk - self.pose.back

    def at(self, name: str, side: str = "") -> Point:
        """A joint, of this side if it has sides. Raises KeyError if there is none."""
        return self.points.get(f"{side}.{name}") or self.points[name]

    def place(self, spot: Spot, side: str = "", rest: float = 0) -> Point:
        """Where a spot is; on the floor, so far above it. Raises KeyError for an unknown joint."""
        if len(spot) == ON_PAGE:
            return float(spot[0]), float(spot[1])
        joint = self.at(str(spot[0]), side)
        x, y = spot[1], spot[2]
        if len(spot) == IN_FRAME:
            unit, left = self._frame(str(spot[3]), side)
            return plus(plus(joint, unit, float(x)), left, float(y))
        out = -1 if side == "left" else 1
        return joint[0] + out * float(x), rest if y == FLOOR else joint[1] + float(y)

    def _frame(self, name: str, side: str) -> tuple[Point, Point]:
        """The unit along a segment, and the one to the front of the body."""
        if name == "trunk":
            unit, left = axes(self.at("hip"), self.at("shoulder"))
            return unit, (-left[0], -left[1])
        own, _, part = name.rpartition(".")
        start, end = LINKS[part]
        return axes(self.at(start, own or side), self.at(end, own or side))


def solved(drawing: Drawing, body: Body) -> tuple[Figure, ...]:
    """Every pose of a drawing, mistakes too."""
    return tuple(_Solver(pose, drawing, body).figure() for pose in drawing.poses)


class _Solver:
    """One pose on its way to a figure."""

    def __init__(self, pose: Pose, drawing: Drawing, body: Body) -> None:
        self.pose, self.drawing, self.body = pose, drawing, body
        self.lengths = body.lengths
        self.made = Figure(pose)
        self.first = drawing.anchor[0] if len(drawing.anchor) > 1 else ""
        self.origin = (drawing.x, drawing.height)

    def figure(self) -> Figure:
        """The figure."""
        links = self._trunk()
        hip = self._hip(links[-1][1])
        points = self.made.points
        points |= {name: plus(hip, step) for name, step in [("hip", (0.0, 0.0)), *links]}
        points["head"] = plus(points["shoulder"], way(self._head(), self.lengths["neck"]))
        if self.drawing.view == FRONT:
            for name, lean in (("hip", self.made.hip_lean), ("shoulder", self.pose.trunk)):
                half = way(90 - lean, self.lengths[f"{name}s"])
                points[f"left.{name}"] = plus(points[name], half, -1)
                points[f"right.{name}"] = plus(points[name], half)
        for side in self.drawing.sides:
            self._leg(side)
        for side in self.drawing.sides:
            arm = self.pose.arms.get(side, Arm())
            (self._arm if arm.elbow_at is None else self._coming_towards_us)(arm, side)
        return self.made

    def _trunk(self) -> list[tuple[str, Point]]:
        """Every link of the trunk, as seen from the hip."""
        at: Point = (0, 0)
        found = []
        for link in self.body.trunk:
            at = plus(at, way(180 - self.pose.trunk + self.pose.back * link.share, link.length))
            found.append((link.end, at))
        return found

    def _head(self) -> float:
        """The head goes on as the chest does, but no lower than a person looks up from."""
        most, lean = self.lengths["head_turn"], self.pose.trunk
        return 180 - (lean - max(-most, min(most, lean * self.lengths["head_part"])))

    # Legs

    def _out(self, side: str) -> int:
        """The direction of more: forward, or seen from the front outward."""
        return -1 if side == "left" else 1

    def _own(self, side: str) -> tuple[str, Leg]:
        """The leg that is said for a side, or else the other one's."""
        other = next(each for each in self.drawing.sides if each != side)
        legs, planted = self.pose.legs, self.drawing.planted
        said = side in legs or side in planted
        owner = other if not said and (other in legs or other in planted) else side
        return owner, legs.get(owner, Leg())

    def _angles(self, leg: Leg, side: str) -> tuple[float, float]:
        """Thigh and shin of a leg whose angles are said."""
        if self.drawing.view == FRONT:
            thigh = self._out(side) * (leg.abd or 0) - self.made.hip_lean
            return thigh, thigh + self._out(side) * (leg.knee or 0)
        thigh = (leg.hip or 0) - self.made.hip_lean
        return thigh, thigh - (leg.knee or 0)

    def _stand(self, owner: str) -> Foot:
        """Where and how the foot of an anchor or of a planted leg stands."""
        heel = self.pose.heels.get(owner)
        if owner in self.drawing.planted:
            foot = self.drawing.planted[owner]
            return foot if heel is None else replace(foot, heel=heel)
        return Foot(self.origin, heel or 0, self.drawing.anchor[-1] == "toes")

    def _ankle(self, foot: Foot) -> Point:
        """The ankle of a standing foot: it turns about the ball as the heel goes up."""
        ball = (foot.at[0] + (0 if foot.toes else self.lengths["ball"]), foot.at[1])
        if self.drawing.view == FRONT:
            return foot.at[0], foot.at[1] + self.lengths["ankle"]
        return plus(ball, turned((-self.lengths["ball"], self.lengths["ankle"]), foot.heel))

    def _hip(self, shoulder: Point) -> Point:  # noqa: PLR0911 - one for each anchor
        """Where the hip is, by the anchor; `shoulder` is where it is from the hip."""
        rests, (x, height) = self.body.rests, self.origin
        match self.drawing.anchor[-1]:
            case "feet":
                return self._over_feet()
            case "wall":
                return self._on_wall()
            case "shoulders":
                return minus((x, height + rests["back"]), shoulder)
            case "seat":  # the shoulder stays where it is when the back is bent
                length = sum(link.length for link in self.body.trunk)
                straight = way(180 - self.pose.trunk, length)
                return plus((x, height + rests["seat"]), minus(straight, shoulder))
            case "side":
                return x, height + rests["side"] + self.lengths["hips"]
            case "back" | "front":
                return x, height + rests["back"]
            case part:
                return self._above(part)

    def _above(self, part: str) -> Point:
        """The hip at the end of the chain up from a foot, ankle or knee."""
        owner, leg = self._own(self.first)
        thigh, shin = self._angles(leg, self.first)
        x, height = self.origin
        if part in STANDING:
            at = self._ankle(self._stand(owner))
        else:
            at = (x, height + self.body.rests[part])
        if part != "knee":
            at = plus(at, way(shin, self.lengths["shin"]), -1)
        at = plus(at, way(thigh, self.lengths["thigh"]), -1)
        return plus(at, self._half_hips(), -self._out(self.first))

    def _half_hips(self) -> Point:
        """The step from the middle of the hips to the right one, if it can be seen."""
        seen = self.drawing.view == FRONT
        return way(90 - self.made.hip_lean, self.lengths["hips"] if seen else 0)

    def _reach(self, side: str) -> float:
        """How far the hip of a leg is from its ankle, by the knee."""
        _, leg = self._own(side)
        return span(self.lengths["thigh"], self.lengths["shin"], leg.knee or 0)

    def _over_feet(self) -> Point:
        """The upper crossing of two circles round the planted ankles."""
        one, other = sorted(
            (plus(self._planted_at(side), self._half_hips(), -self._out(side)), self._reach(side))
            for side in self.drawing.sides
        )
        found = crossing(*one, *other)
        if found is None:
            far, reach = apart(one[0], other[0]), (one[1], other[1])
            over = max(far - sum(reach), abs(reach[0] - reach[1]) - far)
            self.made.unreached.append(("feet", over))
            return between(one[0], other[0], one[1] / sum(reach))
        return found

    def _planted_at(self, side: str) -> Point:
        """Where the ankle of a planted leg is."""
        return self._ankle(self._stand(self._own(side)[0]))

    def _on_wall(self) -> Point:
        """Where the knee says on a line that the back slides on."""
        side, slope = self.drawing.sides[1], self.drawing.slope
        start = plus(self.origin, way(90 + slope, self.body.rests["back"]))
        return self._sliding(start, way(180 + slope), self._planted_at(side), side)

    def _sliding(self, start: Point, step: Point, end: Point, side: str) -> Point:
        """The point on a line from which a leg, bent as it is said, reaches its other end."""
        found = on_line(start, step, end, self._reach(side))
        if found is None:
            self.made.unreached.append((f"{side}.foot", apart(start, end) - self._reach(side)))
        return found or start

    def _leg(self, side: str) -> None:
        """Knee, ankle and foot of a side."""
        (owner, leg), hip = self._own(side), self.made.at("hip", side)
        thigh, shin = self._angles(leg, side)
        knee = plus(hip, way(thigh, self.lengths["thigh"]))
        if leg.kneel:
            self.made.kneeling.add(side)
            ankle = plus(knee, way(-90, self.lengths["shin"]))
            self._put(side, knee, ankle, -90 + self.lengths["kneeling_foot"])
        elif leg.hip is None and leg.abd is None and owner in self.drawing.planted:
            foot = self._stand(owner)
            knee = self._joint(hip, self._ankle(foot), ("thigh", "shin"), side)
            shin = heading(knee, self._ankle(foot))
            self._put(side, knee, plus(knee, way(shin, self.lengths["shin"])), 90 - foot.heel)
        elif leg.hip is None and (sled := self.drawing.sled):
            step = way(90 + sled.slope)
            seat = plus(self.origin, (0, self.body.rests["seat"]))
            rail = plus(seat, (-step[1], step[0]), sled.offset)
            ankle = self._sliding(rail, step, hip, side)
            self._put(side, self._joint(hip, ankle, ("thigh", "shin"), side), ankle, sled.plate)
        else:
            ankle = plus(knee, way(shin, self.lengths["shin"]))
            anchored = self.first and owner == self._own(self.first)[0]
            if anchored and self.drawing.anchor[-1] in STANDING:
                self._put(side, knee, ankle, 90 - self._stand(owner).heel)
            else:
                self.made.free.add(side)
                lift = self.lengths["relaxed_ankle"] if leg.ankle is None else leg.ankle
                self._put(side, knee, ankle, shin + 90 + lift)

    def _joint(self, start: Point, end: Point, links: tuple[str, str], side: str) -> Point:
        """The joint between two links; if they are too short, as far as they reach.

        A knee points forward, an elbow backward; seen from the front, both outward, elbows down.
        """
        first, second = self.lengths[links[0]], self.lengths[links[1]]
        left, right = crossing(start, first, end, second), crossing(end, second, start, first)
        is_leg = links[0] == "thigh"
        if left is None or right is None:
            over = max(apart(start, end) - first - second, 0)
            self.made.unreached.append((f"{side}.{'foot' if is_leg else 'hand'}", over))
            return plus(start, way(heading(start, end), first))
        if self.drawing.view == FRONT:
            down = 0 if is_leg else 1
            return max(left, right, key=lambda at: self._out(side) * at[0] - down * at[1])
        return left if is_leg else right

    def _put(self, side: str, knee: Point, ankle: Point, foot: float) -> None:
        """Set the points of a leg; the toes of a foot that stands stay flat."""
        length = self.lengths
        points = self.made.points
        points |= {f"{side}.knee": knee, f"{side}.ankle": ankle}
        if self.drawing.view == FRONT:
            end = plus(ankle, way(heading(knee, ankle), length["ankle"]))
            points |= {f"{side}.{name}": end for name in ("heel", "ball", "toe", "ahead")}
            return
        along, down = way(foot), way(foot - 90)
        on_air = side in self.made.free | self.made.kneeling or self.drawing.sled
        sole = plus(ankle, down, length["ankle"])
        points[f"{side}.heel"] = plus(sole, along, -length["heel"])
        ball = points[f"{side}.ball"] = plus(sole, along, length["ball"])
        tip = length["toe"] - length["ball"]
        points[f"{side}.toe"] = plus(ball, along if on_air else (1, 0), tip)
        points[f"{side}.ahead"] = plus(ankle, along)

    # Arms

    def _arm(self, arm: Arm, side: str) -> None:
        """Elbow and hand of a side."""
        shoulder = self.made.at("shoulder", side)
        lower = "forearm" if arm.palm is None else "wrist"
        links = self.lengths["arm"], self.lengths[lower]
        hand = self._spot(arm.hand, side, "palm")
        if arm.along is not None:
            hand = self._before_leg(shoulder, arm, arm.along)
        elif arm.palm is not None:
            hand = (arm.palm, self.body.rests["palm"])
        if hand is not None:
            elbow = self._joint(shoulder, hand, ("arm", lower), side)
            hand = plus(elbow, way(heading(elbow, hand), links[1]))
        else:
            turn = self._out(side)
            upper = turn * arm.shoulder - self.pose.trunk if arm.down is None else turn * arm.down
            elbow = plus(shoulder, way(upper, links[0]))
            hand = plus(elbow, way(upper + turn * arm.elbow, links[1]))
        self.made.points.update({f"{side}.elbow": elbow, f"{side}.hand": hand})

    def _coming_towards_us(self, arm: Arm, side: str) -> None:
        """An arm drawn shorter than it is; on the floor, its upper part has its length."""
        shoulder = self.made.at("shoulder", side)
        elbow = self._spot(arm.elbow_at, side, "elbow") or shoulder
        if arm.elbow_at and FLOOR in arm.elbow_at:
            elbow = self._on_floor(shoulder, elbow, side)
        self.made.points[f"{side}.elbow"] = elbow
        self.made.points[f"{side}.hand"] = self._spot(arm.hand, side, "palm") or elbow

    def _spot(self, spot: Spot | None, side: str, part: str) -> Point | None:
        return self.made.place(spot, side, self.body.rests[part]) if spot else None

    def _on_floor(self, shoulder: Point, elbow: Point, side: str) -> Point:
        """An elbow that rests on the floor, under the shoulder or ahead of it."""
        drop, upper = shoulder[1] - elbow[1], self.lengths["arm"]
        if drop > upper:
            self.made.unreached.append((f"{side}.elbow", drop - upper))
        ahead = (upper**2 - drop**2) ** 0.5 if abs(drop) < upper else 0
        toward = -1 if self.drawing.view == FRONT and self.pose.trunk < 0 else 1
        return shoulder[0] + toward * ahead, elbow[1]

    def _before_leg(self, shoulder: Point, arm: Arm, side: str) -> Point:
        """The hand of a straight arm that swings back until it nearly meets the leg."""
        length, hand = self.lengths["arm"] + self.lengths["forearm"] - 0.2, shoulder
        for angle in range(90, -90, -1):
            hand = plus(shoulder, way(angle, length))
            for name in ("thigh", "shin"):
                start, end = (self.made.at(each, side) for each in LINKS[name])
                far, part = to_segment(hand, start, end)
                wide, narrow = self.body.flesh[name]
                if far - (wide + (narrow - wide) * part) <= arm.gap:
                    return hand
        return hand
