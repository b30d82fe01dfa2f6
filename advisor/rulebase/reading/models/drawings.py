"""What a rule file says of drawings: bodies, poses and props."""

# ruff: noqa: F403, F405 - the language of rule files is the vocabulary of all of it

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, WithJsonSchema

from advisor.rulebase.reading.models.language import *

Side = Literal["near", "far", "left", "right"]
Figures = dict[Name, float]
Span = Annotated[list[float], Field(min_length=2, max_length=2)]
SpotWords = Annotated[list[str | float], Field(min_length=2, max_length=4)]
ArmWords = Annotated[object, WithJsonSchema({WORDS: "arm"})]
Bend = Annotated[object, WithJsonSchema({"anyOf": [WORD, NUMBER]})]
_PROP_SIZES = {"type": "object", "additionalProperties": NUMBER}
_PROP_USE = {"type": "object", "minProperties": 1, "additionalProperties": _PROP_SIZES}
PropUses = Annotated[
    list[object],
    WithJsonSchema({"type": "array", "items": {"anyOf": [WORD, _PROP_USE]}}),
]


class ArmEntry(Entry):
    """Where an arm is. One of shoulder, down, palm, hand and along says it."""

    shoulder: float | None = maybe(None, "Degrees from the trunk, forward (front view: outward)")
    elbow: float | None = maybe(None, "Degrees bent")
    down: float | None = maybe(None, "Degrees from straight down instead, whatever the trunk does")
    palm: float | None = maybe(None, "The hand is on the floor, here on the page")
    hand: SpotWords | None = maybe(None, "The place of the hand")
    elbow_at: SpotWords | None = maybe(
        None, "The place of the elbow, for an arm that comes towards us"
    )
    along: Name | None = maybe(None, "The hand slides along the front of this leg, arm straight")
    gap: float | None = maybe(None, "How far it stays in front of it")


class LegEntry(Entry):
    """How a leg is bent, in degrees. What is left out follows from where its foot stands."""

    hip: float | None = maybe(None, "Thigh against hips, bending is positive")
    knee: float | None = maybe(None, "0 straight, 150 heel to seat")
    ankle: float | None = maybe(None, "Toes up is positive; of a foot in the air")
    abd: float | None = maybe(None, "Front view: leg out to the side")
    kneel: YesNo | None = maybe(None, "yes: the shin lies on the floor")


class FootEntry(Entry):
    """Where a foot stands."""

    at: float | Span = Field(
        description="Its ankle (toes: its ball): x, or [x, height of its floor]"
    )
    foot: Literal["flat", "toes"] = maybe("flat", "toes: only the front of it stands")
    heel: float = maybe(0, "How far the heel is up, in degrees")


class SledEntry(Entry):
    """What both soles push along a rail."""

    slope: float = Field(description="The rail against level, in degrees")
    plate: float = Field(description="The way the feet point, in degrees from straight down")
    offset: float = maybe(0, "How far in front of the hip the rail passes it")


class PathEntry(Entry):
    """An arrow for the way of one point."""

    point: Text = Field(description="A joint, such as hip or near.ankle")
    from_: Name = Field(alias="from", description="The pose it starts in")
    to: Name = Field(description="The pose it ends in")


class PoseEntry(Entry):
    """One key pose, in numbers and in the words that the numbers must come out as."""

    name: Name | None = maybe(None, "What other keys call it")
    of: Name | None = maybe(None, "An earlier pose of the exercise or a posture, to be changed")
    say: Text = maybe("", "The words under it; `|` starts a second line")
    shows: dict[Text, Text] | None = maybe(None, "What must be seen, such as near knee: bent")
    trunk: float | None = maybe(None, "Lean of the chest, forward is positive; 90 face down")
    back: Bend = maybe(None, "rounded, arched, neutral, or degrees of chest against hips")
    bend: float | None = maybe(None, "Front view: degrees the waist is bent to the side")
    near: LegEntry | None = maybe(None, "The leg towards us; left out, it does as the other")
    far: LegEntry | None = maybe(None, "The leg behind it; left out, it does as the other")
    left: LegEntry | None = maybe(None, "Front view: the leg on the left of the page")
    right: LegEntry | None = maybe(None, "Front view: the leg on the right of the page")
    near_heel: float | None = maybe(None, "How far this heel is up, in degrees")
    far_heel: float | None = maybe(None, "How far this heel is up, in degrees")
    left_heel: float | None = maybe(None, "How far this heel is up, in degrees")
    right_heel: float | None = maybe(None, "How far this heel is up, in degrees")
    arms: ArmWords = maybe(None, "Both arms: a named position, [x, y] of the hands, or a mapping")
    near_arm: ArmWords = maybe(None, "The arm towards us")
    far_arm: ArmWords = maybe(None, "The arm behind")
    left_arm: ArmWords = maybe(None, "Front view: the arm on the left of the page")
    right_arm: ArmWords = maybe(None, "Front view: the arm on the right of the page")
    seated: YesNo | None = maybe(None, "yes: a seat carries the weight, so it need not balance")
    ring: Text = maybe("", "For a mistake: the joint that it is seen at")


class DrawingEntry(Entry):
    """How an exercise looks: two or three key poses, or why it is not drawn."""

    words: Text = maybe("", "Instead of poses: why words have to do")
    view: Literal["side", "front"] = maybe("side", "From where it is seen")
    anchor: Text = maybe("", "What holds the body: near foot, feet, seat, shoulders, wall …")
    x: float = maybe(0, "Where the anchor is")
    height: float = maybe(0, "How high the anchor is: of a seat, a bench, a step")
    slope: float = maybe(0, "For the anchor wall: how far it leans back, in degrees")
    planted: dict[Side, FootEntry] = maybe({}, "Feet that stand still in every pose")
    sled: SledEntry | None = maybe(None, "What the soles push")
    props: PropUses = maybe([], "What is used: names, or {name: {size: number}}")
    work: Names = maybe(None, "What works, in color: near leg, far arm, trunk …")
    paths: list[PathEntry] = maybe([], "Arrows")
    back_moves: YesNo = maybe("no", "yes: bending the back is the exercise")
    poses: list[PoseEntry] = maybe([], "The key poses, in order")
    mistakes: list[PoseEntry] = maybe([], "What not to do, crossed out")


class PartEntry(Entry):
    """One piece of a prop: exactly one of the first five keys."""

    box: SpotWords | None = maybe(None, "Its lower left corner; `w` and `h` are its size")
    area: list[SpotWords] | None = maybe(None, "The corners of a filled shape")
    wire: list[SpotWords] | None = maybe(None, "The points of a line")
    round: SpotWords | None = maybe(None, "The middle of a round plate; `r` is its size")
    pad: list[SpotWords] | None = maybe(None, "The points along a cushion; `r` is half its")
    w: str | float = maybe(0, "Width")
    h: str | float = maybe(0, "Height")
    r: str | float = maybe(0, "Half its thickness")
    moves: YesNo = maybe("no", "yes: it goes with the body; no: it stays with the first pose")
    front: YesNo = maybe("no", "yes: in front of the body")
    dark: YesNo = maybe("no", "yes: dark, as a weight is")


class PropEntry(Entry):
    """Something that an exercise uses."""

    parts: list[PartEntry] = Field(min_length=1, description="Its pieces")
    sizes: Figures = maybe({}, "Numbers that its pieces name, with what they are by default")
    held: YesNo = maybe("no", "yes: a weight in the hands")
    seat: YesNo = maybe("no", "yes: it is sat on")
    back_pad: YesNo = maybe("no", "yes: the back stays against it")


class VertebraeEntry(Entry):
    """One link of the trunk, from the hip up."""

    end: Name = Field(description="The name of its upper end")
    length: float = Field(description="Its length")
    share: float = Field(description="Its part of a bent back: 1 as the hips, 0 as the chest")
    width: Span = Field(description="Half its width, at its lower and at its upper end")


class ClaimEntry(Entry):
    """What the drawing of an exercise must measure if the catalogue says something of it."""

    attribute: Name = Field(description="The attribute")
    value: Name = Field(description="Its value")
    measure: Literal["lean", "trunk", "legs_apart", "deepest_hip", "held", "balance", "prop"] = (
        Field(description="What is measured")
    )
    least: float = maybe(-360, "The least it may be")
    most: float = maybe(360, "The most it may be")
    prop: Name | None = maybe(None, "For prop: which")
    says: Text = Field(description="What the drawing must show, after `but`")


class WordsEntry(Entry):
    """The words of `shows`, each with the numbers it stands for."""

    segments: dict[Text, Span] = Field(description="Of a segment: degrees from upright")
    bends: dict[Text, Span] = Field(description="Of a joint: degrees bent")
    body: dict[Text, Span] = Field(description="Of shoulder, hip and ankle: degrees off a line")
    foot: dict[Text, dict[Name, Span]] = Field(
        description="Of a foot: tilt in degrees, height above the floor"
    )
    spoken: dict[Text, Text] = maybe({}, "How a word is said in a sentence, if not as it is")


class BodyEntry(Entry):
    """The one body of all drawings, standing 100 high."""

    trunk: list[VertebraeEntry] = Field(min_length=1, description="The links of the trunk")
    lengths: Figures = Field(description="Lengths of the other parts")
    flesh: dict[Name, Span] = Field(description="Half-widths, where a part begins and ends")
    rests: Figures = Field(description="How far a part's middle is from what it lies on")
    limits: dict[Name, Span] = Field(description="What a joint can do, in degrees")
    backs: Figures = Field(description="Words for a back, in degrees of chest against hips")
    arms: dict[Literal["side", "front"], dict[Name, ArmEntry]] = Field(
        description="Named positions of the arms, for each view"
    )
    words: WordsEntry = Field(description="The words of `shows`")
    masses: dict[Name, Span] = Field(
        description="Part of the body's mass, and where along the part its middle is"
    )
    allow: Figures = Field(description="What a check of a drawing lets pass")
    claims: list[ClaimEntry] = maybe([], "What attributes of the catalogue have to look like")
