"""How an exercise looks: key poses in numbers and words, the body they bend, the props they use.

Angles are in degrees, lengths in percent of body height. A `Spot` is a place: two numbers on the
page, or a joint with two distances, along the page or along a segment that is named last.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Spot = tuple[str | float, ...]
ON_PAGE, IN_FRAME = 2, 4  # how many parts the simplest and the fullest spot have
Range = tuple[float, float]
SIDE, FRONT = "side", "front"


@dataclass(frozen=True)
class Leg:
    """How a leg is bent; what is None follows from where its foot stands."""

    hip: float | None = None
    knee: float | None = None
    ankle: float | None = None
    abd: float | None = None
    kneel: bool = False


@dataclass(frozen=True)
class Arm:
    """Where an arm is: by its angles, by the place of its hand, or before a leg."""

    shoulder: float = 0
    elbow: float = 0
    down: float | None = None  # the upper arm's own angle, counted from straight down
    palm: float | None = None  # where on the floor the hand is
    hand: Spot | None = None
    elbow_at: Spot | None = None  # drawn shorter than it is: the arm comes towards us
    along: str | None = None  # the hand slides along this leg
    gap: float = 0


@dataclass(frozen=True)
class Foot:
    """Where a foot stands, and how far its heel is up, in degrees.

    It is the place of its ankle, were it flat, or, of a foot on its toes, of the ball.
    """

    at: tuple[float, float]
    heel: float = 0
    toes: bool = False


@dataclass(frozen=True)
class Pose:
    """One key pose, with all that it takes from others filled in. `path` is its place in YAML."""

    name: str
    say: str = ""
    shows: tuple[tuple[str, str], ...] = ()
    trunk: float = 0
    back: float = 0
    legs: dict[str, Leg] = field(default_factory=dict)
    heels: dict[str, float] = field(default_factory=dict)
    arms: dict[str, Arm] = field(default_factory=dict)
    seated: bool = False
    ring: str = ""
    after: str = ""  # the pose that it changes
    mistake: bool = False
    path: tuple[str | int, ...] = ()


@dataclass(frozen=True)
class Sled:
    """What the soles push: the slope of its rail, how far the rail passes the hip, its plate."""

    slope: float
    plate: float
    offset: float = 0


@dataclass(frozen=True)
class Way:
    """The way of a point from one pose to another, shown by an arrow."""

    point: str
    start: str
    end: str


@dataclass(frozen=True)
class PropUse:
    """A prop that an exercise uses, with its own sizes."""

    prop: str
    sizes: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Drawing:
    """How one exercise is drawn, or, in `words`, why it is not."""

    words: str = ""
    view: str = SIDE
    anchor: tuple[str, ...] = ()
    x: float = 0
    height: float = 0
    slope: float = 0
    planted: dict[str, Foot] = field(default_factory=dict)
    sled: Sled | None = None
    props: tuple[PropUse, ...] = ()
    work: tuple[str, ...] = ()
    paths: tuple[Way, ...] = ()
    back_moves: bool = False
    poses: tuple[Pose, ...] = ()  # the mistakes last

    @property
    def sides(self) -> tuple[str, str]:
        """The two sides of the body, the one that is drawn first, first."""
        return ("left", "right") if self.view == FRONT else ("far", "near")


@dataclass(frozen=True)
class PropPart:
    """One piece of a prop. It stands where the first pose puts it, unless it `moves`."""

    kind: str  # box | area | wire | round | pad
    spots: tuple[Spot, ...]
    sizes: tuple[str | float, ...] = ()
    moves: bool = False
    front: bool = False
    dark: bool = False


@dataclass(frozen=True)
class Prop:
    """A thing that is used: its pieces, its sizes, and what it counts as in the catalogue."""

    id: str
    parts: tuple[PropPart, ...]
    sizes: dict[str, float] = field(default_factory=dict)
    held: bool = False
    seat: bool = False
    back_pad: bool = False


@dataclass(frozen=True)
class Vertebrae:
    """One link of the trunk, from the hip up: its upper end, and its part of a bent back."""

    end: str
    length: float
    share: float
    width: Range  # half, at its lower and at its upper end


@dataclass(frozen=True)
class Claim:
    """What the drawing of an exercise with these attributes has to measure."""

    attribute: str
    value: str
    measure: str
    least: float
    most: float
    prop: str = ""
    says: str = ""


@dataclass(frozen=True)
class Body:
    """The one body of all drawings: its measures, what it can do, and the words for its poses."""

    trunk: tuple[Vertebrae, ...]
    lengths: dict[str, float]
    flesh: dict[str, Range]  # half-widths
    rests: dict[str, float]  # how far the middle of a part is from what it lies on
    limits: dict[str, Range]
    backs: dict[str, float]
    arms: dict[str, dict[str, Arm]]  # by view and name
    segments: dict[str, Range]  # words for the lean of a segment
    bends: dict[str, Range]  # words for a joint
    bodies: dict[str, Range]
    feet: dict[str, dict[str, Range]]
    spoken: dict[str, str]  # how some of these words are said in a sentence
    masses: dict[str, tuple[float, float]]  # part of the whole, and where along the segment
    allow: dict[str, float]  # what a check lets pass
    claims: tuple[Claim, ...] = ()
