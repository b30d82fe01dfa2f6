"""What a rule does: a class for each kind of effect, and what can be asked of all alike.

`exercises` is a bit mask over the catalogue's order. Which key of a rule an effect comes from says
`key`. A new kind is written here, in `reading/effects.py` and `reading/models/rules.py`, in
`explain/verbalization.py`, and in the stage of the pipeline that it acts on. One that changes what
a day holds is also told to `interview/reach.py`, or its questions are not asked, and to
`authoring/proof/translation.py`, or proofs about days do not know of it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import ClassVar, Literal, get_args

from advisor.rulebase.bits import union

LevelName = Literal["go", "modified", "entry", "professional", "urgent", "emergency"]
LEVELS: tuple[LevelName, ...] = get_args(LevelName)
REFERRAL = LEVELS.index("professional")
PartOf = Literal["usual", "before_the_episode"]  # what weights are a part of
USUAL: PartOf = "usual"


@dataclass(frozen=True)
class _Kind:
    """What every effect can tell of itself."""

    masks: ClassVar[tuple[str, ...]] = ()  # its fields that are masks of exercises
    key: ClassVar[str]
    on_a_page: ClassVar[bool] = True  # whether a page gives the reason for it

    @property
    def reach(self) -> int:
        """The exercises that it is about, a mask."""
        return union(getattr(self, name) for name in self.masks)

    @property
    def bound(self) -> str:
        """The number that it sets, in words; empty if it sets none."""
        return ""

    def gone(self, out: int) -> bool:
        """Whether it has nothing left to do where these exercises are out."""
        return any(not getattr(self, name) & ~out for name in self.masks)

    def covers(self, other: Effect) -> bool:
        """Whether it leaves nothing for another effect to do: here, where it says the same."""
        if type(other) is not type(self):
            return False
        names = [each.name for each in fields(self) if each.name not in self.masks]
        same = all(getattr(self, name) == getattr(other, name) for name in names)
        return same and all(not getattr(other, n) & ~getattr(self, n) for n in self.masks)


@dataclass(frozen=True)
class _OfExercises(_Kind):
    masks: ClassVar = ("exercises",)

    exercises: int


@dataclass(frozen=True)
class _AtMost(_Kind):
    on_a_page: ClassVar = False

    at_most: int

    @property
    def bound(self) -> str:
        """The cap in words."""
        return f"at most {self.at_most}"

    def covers(self, other: Effect) -> bool:
        """The lower cap does."""
        return isinstance(other, type(self)) and self.at_most <= other.at_most


@dataclass(frozen=True)
class Level(_Kind):
    """At least this careful (an index of LEVELS), and what to do about it."""

    key: ClassVar = "level"

    level: int
    action: str = ""

    @property
    def on_a_page(self) -> bool:  # type: ignore[override]
        """The least careful level needs no reason."""
        return self.level > 0

    def covers(self, other: Effect) -> bool:
        """A referral leaves nothing for the others to do."""
        if isinstance(other, Level):
            asked = other.action in ("", self.action)
            return self.level > other.level or (self.level == other.level and asked)
        return self.level >= REFERRAL and other.gone(-1)


@dataclass(frozen=True)
class Avoid(_OfExercises):
    """These exercises are out."""

    key: ClassVar = "avoid"

    def covers(self, other: Effect) -> bool:
        """It covers all that is about what it leaves out."""
        return other.gone(self.exercises)


@dataclass(frozen=True)
class Caution(_OfExercises):
    """These exercises are allowed with this limit."""

    key: ClassVar = "caution"

    limit: str


@dataclass(frozen=True)
class Cap(_OfExercises):
    """A ceiling (`at_most`) or floor on one number of the dose or of the schedule."""

    key: ClassVar = "dose"
    on_a_page: ClassVar = False

    what: str  # a field of Dose, or sessions_per_week, rest_hours
    at_most: bool
    amount: int
    percent_of: PartOf = USUAL  # for load_percent: what it is a part of

    @property
    def bound(self) -> str:
        """The ceiling or floor in words."""
        return f"at {'most' if self.at_most else 'least'} {self.amount}"

    def gone(self, out: int) -> bool:
        """The schedule is there for whatever is left."""
        return self.what not in SCHEDULE and super().gone(out)

    def covers(self, other: Effect) -> bool:
        """The tighter one does, of two on the same number of the same thing."""
        if not isinstance(other, Cap) or other.exercises & ~self.exercises:
            return False
        if (self.what, self.percent_of) != (other.what, other.percent_of):
            return False
        return self.amount <= other.amount if self.at_most else self.amount >= other.amount


@dataclass(frozen=True)
class Lines(_AtMost):
    """A session of this many exercises at most."""

    key: ClassVar = "lines"


@dataclass(frozen=True)
class Days(_AtMost):
    """A routine of this many days at most."""

    key: ClassVar = "days"


@dataclass(frozen=True)
class Apart(_Kind):
    """Never one of these and one of those on the same day (with both alike: one at most)."""

    key: ClassVar = "apart"
    masks: ClassVar = ("one", "other")

    one: int
    other: int

    def covers(self, other: Effect) -> bool:
        """Whether it keeps apart whatever another pair does."""
        if not isinstance(other, Apart):
            return False
        these, those = ~self.one, ~self.other
        straight = other.one & these | other.other & those
        return not straight or not (other.one & those | other.other & these)


@dataclass(frozen=True)
class Hold(_OfExercises):
    """Not more of these exercises than last time."""

    key: ClassVar = "hold"


@dataclass(frozen=True)
class StepBack(_OfExercises):
    """An easier move in place of these exercises, or less of them, as the scheme says."""

    key: ClassVar = "step_back"


@dataclass(frozen=True)
class RestUntil(_Kind):
    """No session until so many days after the last one."""

    key: ClassVar = "rest_until"

    days: int

    @property
    def bound(self) -> str:
        """The days in words."""
        return f"at least {self.days} days"

    def covers(self, other: Effect) -> bool:
        """The longer rest does."""
        return isinstance(other, RestUntil) and other.days <= self.days


@dataclass(frozen=True)
class Prefer(_OfExercises):
    """These exercises, or slots, weigh this much more."""

    key: ClassVar = "prefer"

    slots: tuple[str, ...]
    weight: int

    def gone(self, out: int) -> bool:
        """It may be about slots besides."""
        return not self.slots and super().gone(out)

    def covers(self, _other: Effect) -> bool:
        """It never does, as weights add up."""
        return False


@dataclass(frozen=True)
class Advise(_Kind):
    """Something to say, of one of the kinds in ADVICE; those of OF_EXERCISES are for some only.

    `short` is the same in fewer words, for a page, if there are such words.
    `withdraws` are the questions whose answer does not count if it was stated clear in one word
    only, as it does not fit with what was said.
    """

    key: ClassVar = "advise"
    masks: ClassVar = ("exercises",)

    kind: str
    say: str
    exercises: int = 0
    withdraws: tuple[str, ...] = ()
    short: str = ""

    @property
    def on_a_page(self) -> bool:  # type: ignore[override]
        """It has a reason of its own only where it asks for something."""
        return self.kind in ("contradiction", "before_training")

    def gone(self, out: int) -> bool:
        """What is for everyone does not depend on exercises."""
        return self.kind in OF_EXERCISES and super().gone(out)


@dataclass(frozen=True)
class Suspect(_Kind):
    """A likely cause of soreness, with one change to try and what would prove it wrong."""

    key: ClassVar = "suspect"
    on_a_page: ClassVar = False

    name: str
    weight: int
    trial: str
    review_in_days: int
    exercise: str | None = None
    wrong_if: str = ""

    def covers(self, _other: Effect) -> bool:
        """It never does, as weights add up."""
        return False


Restriction = Level | Avoid | Caution | Cap | Lines | Days | Apart | Hold | StepBack | RestUntil
Effect = Restriction | Prefer | Advise | Suspect
OF_EXERCISES = ("cue", "ramp")  # advice on how to do some of them; the other kinds are for everyone
AdviceKind = Literal[
    "cue",
    "ramp",
    "stop_sign",
    "advice",
    "progression",
    "warm_up",
    "safety_net",
    "troubleshooting",
    "contradiction",
    "recheck",  # printed nowhere: beside such an answer, one word for all is not enough
    "before_training",
]
ADVICE: tuple[AdviceKind, ...] = get_args(AdviceKind)
SCHEDULE = ("sessions_per_week", "rest_hours")
