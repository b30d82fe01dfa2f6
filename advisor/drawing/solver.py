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
    bent,
    crossing,
    heading,
    minus,
    on_line,
    plus,
    span,
    to_segment,
    turned,
    way,
    within,
)
from advisor.rulebase.shapes import FRONT, Arm, Body, Drawing, Foot, Leg, Pose, Sled, Spot

LINKS = {"thigh": ("hip", "knee"), "shin": ("knee", "ankle"), "foot": ("ankle", "toe")} | {
    "arm": ("shoulder", "elbow"),
    "forearm": ("elbow", "hand"),
}
FLOOR = "floor"


@dataclass(frozen=True)
class Figure:
    """A solved pose: joints by name (`near.knee`), what is bent how far, what is out of reach."""

    pose: Pose
    joints: dict[str, Point] = field(default_factory=dict)
    lean: float = 0
    pelvis: float = 0
    unreached: list[tuple[str, float]] = field(default_factory=list)
    free: set[str] = field(default_factory=set)  # feet in the air

    def at(self, name: str, side: str = "") -> Point:
        """A joint, of this side if it has sides. Raises KeyError if there is none."""
        return self.joints.get(f"{side}.{name}") or self.joints[name]

    def place(self, spot: Spot, side: str = "", rest: float = 0) -> Point:
        """Where a spot is; on the floor, so far above it. Raises KeyError for an unknown joint."""
        if len(spot) == 2:  # noqa: PLR2004 - x and y
            return float(spot[0]), float(spot[1])
        joint = self.at(str(spot[0]), side)
        x, y = spot[1], spot[2]
        if len(spot) > 3:  # noqa: PLR2004 - the frame stands last
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

    def hip_bend(self, side: str) -> float:
        """The thigh against the pelvis."""
        return within(heading(self.at("hip", side), self.at("knee", side)) + self.pelvis)

    def bend(self, side: str, joint: str) -> float:
        """How far the knee or elbow of a side is bent."""
        start, end = ("hip", "ankle") if joint == "knee" else ("shoulder", "hand")
        middle = self.at(joint, side)
        before = heading(self.at(start, side), middle)
        after = heading(middle, self.at(end, side))
        return within(before - after if joint == "knee" else after - before)

    def ankle_bend(self, side: str) -> float:
        """Toes towards the shin: positive."""
        foot = heading(self.at("ankle", side), self.at("ahead", side))
        shin = heading(self.at("knee", side), self.at("ankle", side))
        return within(foot - shin - 90)


def solved(drawing: Drawing, body: Body) -> tuple[Figure, ...]:
    """Every pose of a drawing, mistakes too."""
    return tuple(_Solver(pose, drawing, body).figure() for pose in drawing.poses)


class _Solver:
    """One pose on its way to a figure."""

    def __init__(self, pose: Pose, drawing: Drawing, body: Body) -> None:
        self.pose, self.drawing, self.body = pose, drawing, body
        self.lengths = body.lengths
        self.made = Figure(pose, lean=pose.trunk, pelvis=pose.trunk - pose.back)
        self.first = drawing.anchor[0] if len(drawing.anchor) > 1 else ""
        self.origin = (drawing.x, drawing.height)

    def figure(self) -> Figure:
        """The figure."""
        links = self._trunk()
        hip = self._hip(links[-1][1])
        joints = self.made.joints
        joints |= {name: plus(hip, step) for name, step in [("hip", (0.0, 0.0)), *links]}
        joints["head"] = plus(joints["shoulder"], way(self._head(), self.lengths["neck"]))
        if self.drawing.view == FRONT:
            for name, lean in (("hip", self.made.pelvis), ("shoulder", self.pose.trunk)):
                half = way(90 - lean, self.lengths[f"{name}s"])
                joints[f"left.{name}"] = plus(joints[name], half, -1)
                joints[f"right.{name}"] = plus(joints[name], half)
        for side in self.drawing.sides:
            self._leg(side)
        for side in self.drawing.sides:
            self._arm(self.pose.arms.get(side, Arm()), side)
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

    def _sign(self, side: str) -> int:
        return -1 if side == "left" else 1

    def _own(self, side: str) -> tuple[str, Leg]:
        """The leg that is said for a side, or else the other one's."""
        other = next(each for each in self.drawing.sides if each != side)
        legs, planted = self.pose.legs, self.drawing.planted
        said = side in legs or side in planted
        owner = other if not said and (other in legs or other in planted) else side
        return owner, legs.get(owner, Leg())

    def _thigh(self, leg: Leg, side: str) -> float:
        if self.drawing.view == FRONT:
            return self._sign(side) * (leg.abd or 0) - self.made.pelvis
        return (leg.hip or 0) - self.made.pelvis

    def _angles(self, leg: Leg, side: str) -> tuple[float, float]:
        """Thigh and shin of a leg whose angles are said."""
        thigh = self._thigh(leg, side)
        turn = -self._sign(side) if self.drawing.view == FRONT else 1
        return thigh, thigh - turn * (leg.knee or 0)

    def _stand(self, owner: str) -> Foot:
        """Where and how the foot of an anchor or of a planted leg stands."""
        heel = self.pose.heels.get(owner)
        if owner in self.drawing.planted:
            foot = self.drawing.planted[owner]
            return foot if heel is None else replace(foot, heel=heel)
        return Foot(self.origin, heel or 0)

    def _ankle(self, foot: Foot) -> Point:
        """The ankle of a standing foot: it turns about the ball as the heel goes up."""
        ball = (foot.at[0] + (0 if foot.toes else self.lengths["ball"]), foot.at[1])
        if self.drawing.view == FRONT:
            return foot.at[0], foot.at[1] + self.lengths["ankle"]
        return plus(ball, turned((-self.lengths["ball"], self.lengths["ankle"]), foot.heel))

    def _hip(self, shoulder: Point) -> Point:  # noqa: PLR0911 - one for each anchor
        """Where the hip is, by the anchor."""
        drawing, rests = self.drawing, self.body.rests
        part = drawing.anchor[-1]
        x, height = self.origin
        if part in {"foot", "toes", "sole", "knee", "ankle"}:
            return self._above(part)
        if part == "feet":
            return self._over_feet()
        if part == "wall":
            return self._on_wall()
        if part == "shoulders":
            return minus((x, height + rests["back"]), shoulder)
        if part == "seat":
            length = sum(link.length for link in self.body.trunk)
            straight = way(180 - self.pose.trunk, length)
            return plus((x, height + rests["seat"]), minus(straight, shoulder))
        if part == "side":
            return x, height + rests["side"] + self.lengths["hips"]
        return x, height + rests["back"]

    def _above(self, part: str) -> Point:
        """The hip at the end of the chain up from a foot or knee."""
        owner, leg = self._own(self.first)
        thigh, shin = self._angles(leg, self.first)
        x, height = self.origin
        if part == "knee":
            at = (x, height + self.body.rests["knee"])
        else:
            at = self._ankle(self._stand(owner))
            if part == "ankle":
                at = (x, height + self.body.rests["ankle"])
            at = plus(at, way(shin, self.lengths["shin"]), -1)
        at = plus(at, way(thigh, self.lengths["thigh"]), -1)
        if self.drawing.view == FRONT:
            at = plus(
                at, way(90 - self.made.pelvis, self.lengths["hips"]), -self._sign(self.first)
            )
        return at

    def _reach(self, side: str) -> float:
        """How far the hip of a leg is from its ankle, by the knee."""
        _, leg = self._own(side)
        return span(self.lengths["thigh"], self.lengths["shin"], leg.knee or 0)

    def _over_feet(self) -> Point:
        """The upper crossing of two circles round the planted ankles."""
        half = way(90 - self.made.pelvis, self.lengths["hips"] * (self.drawing.view == FRONT))
        feet = sorted(
            (plus(self._ankle(self._stand(self._own(side)[0])), half, -self._sign(side)), side)
            for side in self.drawing.sides
        )
        ankles, reach = [ankle for ankle, _ in feet], [self._reach(side) for _, side in feet]
        found = crossing(ankles[0], reach[0], ankles[1], reach[1])
        if found is None:
            far = apart(*ankles)
            over = max(far - sum(reach), abs(reach[0] - reach[1]) - far)
            self.made.unreached.append(("feet", over))
            part = reach[0] / sum(reach)
            return plus(ankles[0], minus(ankles[1], ankles[0]), part)
        return found

    def _on_wall(self) -> Point:
        """Where the knee says on a line that the back slides on."""
        side = self.drawing.sides[1]
        ankle, reach = self._ankle(self._stand(self._own(side)[0])), self._reach(side)
        step = way(180 + self.drawing.slope)
        start = plus(self.origin, way(90 + self.drawing.slope, self.body.rests["back"]))
        found = on_line(start, step, ankle, reach)
        if found is None:
            self.made.unreached.append(("wall", abs(start[0] - ankle[0]) - reach))
            return start
        return found

    def _leg(self, side: str) -> None:
        """Knee, ankle and foot of a side."""
        owner, leg = self._own(side)
        hip = self.made.at("hip", side)
        anchored = owner == self.first or (self.first and self._own(self.first)[0] == owner)
        part = self.drawing.anchor[-1]
        if leg.kneel:
            knee = plus(hip, way(self._thigh(leg, side), self.lengths["thigh"]))
            ankle = plus(knee, way(-90, self.lengths["shin"]))
            self._put(side, knee, ankle, -90 + self.lengths["kneeling_foot"])
        elif owner in self.drawing.planted and leg.hip is None and leg.abd is None:
            self._planted(side, hip, self._stand(owner))
        elif self.drawing.sled and leg.hip is None:
            self._pushing(side, hip, leg, self.drawing.sled)
        else:
            thigh, shin = self._angles(leg, side)
            knee = plus(hip, way(thigh, self.lengths["thigh"]))
            ankle = plus(knee, way(shin, self.lengths["shin"]))
            stands = anchored and part in {"foot", "toes", "sole"}
            if stands:
                self._put(side, knee, ankle, 90 - self._stand(owner).heel, on_floor=True)
            else:
                lift = self.lengths["relaxed_ankle"] if leg.ankle is None else leg.ankle
                self._put(side, knee, ankle, shin + 90 + lift)
                self.made.free.add(side)

    def _planted(self, side: str, hip: Point, foot: Foot) -> None:
        """A leg between the hip and a foot that stands, its knee to the front."""
        ankle = self._ankle(foot)
        knee = self._joint(hip, ankle, ("thigh", "shin"), side, front=True)
        end = plus(knee, way(heading(knee, ankle), self.lengths["shin"]))
        self._put(side, knee, end, 90 - foot.heel, on_floor=True)

    def _pushing(self, side: str, hip: Point, leg: Leg, sled: Sled) -> None:
        """A leg whose foot is on a sled: the knee says where on its rail."""
        step = way(90 + sled.slope)
        seat = (self.origin[0], self.origin[1] + self.body.rests["seat"])
        start = plus(seat, (-step[1], step[0]), sled.offset)
        reach = span(self.lengths["thigh"], self.lengths["shin"], leg.knee or 0)
        ankle = on_line(start, step, hip, reach)
        if ankle is None:
            self.made.unreached.append((f"{side}.foot", apart(start, hip) - reach))
            ankle = plus(hip, step, reach)
        knee = self._joint(hip, ankle, ("thigh", "shin"), side, front=True)
        self._put(side, knee, ankle, sled.plate)

    def _joint(
        self, start: Point, end: Point, links: tuple[str, str], side: str, *, front: bool
    ) -> Point:
        """The joint between two links; if they are too short, as far as they reach."""
        first, second = self.lengths[links[0]], self.lengths[links[1]]
        far = apart(start, end)
        if far > first + second:
            name = "foot" if links[0] == "thigh" else "hand"
            self.made.unreached.append((f"{side}.{name}", far - first - second))
            return plus(start, way(heading(start, end), first))
        bend = bent(first, second, far)
        # The angle at the start of a triangle with these sides.
        off = bent(first, max(far, 0.01), second)
        turn = 180 - off if bend else 0
        ways = [plus(start, way(heading(start, end) + each, first)) for each in (turn, -turn)]
        if self.drawing.view == FRONT:  # outward, and an elbow down
            down = 0 if front else 1
            return max(ways, key=lambda at: self._sign(side) * at[0] - down * at[1])
        return ways[0] if front else ways[1]

    def _put(
        self, side: str, knee: Point, ankle: Point, foot: float, *, on_floor: bool = False
    ) -> None:
        """Set the joints of a leg; the toes of a foot that stands stay flat."""
        length = self.lengths
        joints = self.made.joints
        joints |= {f"{side}.knee": knee, f"{side}.ankle": ankle}
        if self.drawing.view == FRONT:
            end = plus(ankle, way(heading(knee, ankle), length["ankle"]))
            joints |= {f"{side}.{name}": end for name in ("heel", "ball", "toe", "ahead")}
            return
        along, down = way(foot), way(foot - 90)
        sole = plus(ankle, down, length["ankle"])
        joints[f"{side}.heel"] = plus(sole, along, -length["heel"])
        ball = joints[f"{side}.ball"] = plus(sole, along, length["ball"])
        tip = length["toe"] - length["ball"]
        joints[f"{side}.toe"] = plus(ball, (1, 0) if on_floor else along, tip)
        joints[f"{side}.ahead"] = plus(ankle, along)

    # Arms

    def _arm(self, arm: Arm, side: str) -> None:
        """Elbow and hand of a side."""
        shoulder, made = self.made.at("shoulder", side), self.made
        links = self.lengths["arm"], self.lengths["forearm"]
        if arm.elbow_at is not None:
            self._coming_towards_us(arm, side)
            return
        hand: Point | None = self._spot(arm.hand, side, "palm")
        if arm.along is not None:
            hand = self._before_leg(shoulder, arm)
        elif arm.palm is not None:
            hand = (arm.palm, self.body.rests["palm"])
        if hand is not None:
            lower = "wrist" if arm.palm is not None else "forearm"
            elbow = self._joint(shoulder, hand, ("arm", lower), side, front=False)
            hand = plus(elbow, way(heading(elbow, hand), self.lengths[lower]))
        else:
            turn = self._sign(side) if self.drawing.view == FRONT else 1
            upper = turn * arm.shoulder - self.pose.trunk if arm.down is None else turn * arm.down
            elbow = plus(shoulder, way(upper, links[0]))
            hand = plus(elbow, way(upper + turn * arm.elbow, links[1]))
        made.joints.update({f"{side}.elbow": elbow, f"{side}.hand": hand})

    def _coming_towards_us(self, arm: Arm, side: str) -> None:
        """An arm drawn shorter than it is; on the floor, its upper part has its length."""
        shoulder = self.made.at("shoulder", side)
        elbow = self._spot(arm.elbow_at, side, "elbow") or shoulder
        if arm.elbow_at and FLOOR in arm.elbow_at:
            elbow = self._on_floor(shoulder, elbow, side)
        self.made.joints[f"{side}.elbow"] = elbow
        self.made.joints[f"{side}.hand"] = self._spot(arm.hand, side, "palm") or elbow

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

    def _before_leg(self, shoulder: Point, arm: Arm) -> Point:
        """The hand of a straight arm that swings back until it nearly meets the leg."""
        links = [
            (self.made.at(start, arm.along or ""), self.made.at(end, arm.along or ""))
            for start, end in (LINKS["thigh"], LINKS["shin"])
        ]
        length = self.lengths["arm"] + self.lengths["forearm"] - 0.2
        hand = shoulder
        for angle in range(90, -90, -1):
            hand = plus(shoulder, way(angle, length))
            thick = (self.body.flesh["thigh"], self.body.flesh["shin"])
            for (start, end), (wide, narrow) in zip(links, thick, strict=True):
                far, part = to_segment(hand, start, end)
                if far - (wide + (narrow - wide) * part) <= arm.gap:
                    return hand
        return hand
