"""What a rule does. `exercises` is a bit mask over the catalogue's order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

LevelName = Literal["go", "modified", "entry", "professional", "urgent", "emergency"]
LEVELS: tuple[LevelName, ...] = get_args(LevelName)
REFERRAL = LEVELS.index("professional")
PartOf = Literal["usual", "before_the_episode"]  # what weights are a part of
USUAL: PartOf = "usual"


@dataclass(frozen=True)
class Level:
    """At least this careful (an index of LEVELS), and what to do about it."""

    level: int
    action: str = ""


@dataclass(frozen=True)
class Avoid:
    """These exercises are out."""

    exercises: int


@dataclass(frozen=True)
class Caution:
    """These exercises are allowed with this limit."""

    exercises: int
    limit: str


@dataclass(frozen=True)
class Cap:
    """A ceiling (`at_most`) or floor on one number of the dose or of the schedule."""

    exercises: int
    what: str  # a field of Dose, or sessions_per_week, rest_hours
    at_most: bool
    amount: int
    percent_of: PartOf = USUAL  # for load_percent: what it is a part of


@dataclass(frozen=True)
class Lines:
    """A session of this many exercises at most."""

    at_most: int


@dataclass(frozen=True)
class Days:
    """A routine of this many days at most."""

    at_most: int


@dataclass(frozen=True)
class Apart:
    """Never one of these and one of those on the same day (with both alike: one at most)."""

    one: int
    other: int

    def covers(self, pair: Apart) -> bool:
        """Whether it keeps apart whatever another pair does."""
        one, other = ~self.one, ~self.other
        straight, crossed = pair.one & one | pair.other & other, pair.one & other | pair.other & one
        return not straight or not crossed


@dataclass(frozen=True)
class Prefer:
    """These exercises, or slots, weigh this much more."""

    exercises: int
    slots: tuple[str, ...]
    weight: int


@dataclass(frozen=True)
class Advise:
    """Something to say, of one of the kinds in ADVICE; those of OF_EXERCISES are for some only.

    `short` is the same in fewer words, for a page, if there are such words.
    `withdraws` are the questions whose answer does not count if it was stated clear in one word
    only, as it does not fit with what was said.
    """

    kind: str
    say: str
    exercises: int = 0
    withdraws: tuple[str, ...] = ()
    short: str = ""


@dataclass(frozen=True)
class Suspect:
    """A likely cause of soreness, with one change to try and what would prove it wrong."""

    name: str
    weight: int
    trial: str
    review_in_days: int
    exercise: str | None = None
    wrong_if: str = ""


@dataclass(frozen=True)
class Hold:
    """Not more of these exercises than last time."""

    exercises: int


@dataclass(frozen=True)
class StepBack:
    """An easier move in place of these exercises, or less of them, as the scheme says."""

    exercises: int


@dataclass(frozen=True)
class RestUntil:
    """No session until so many days after the last one."""

    days: int


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
    "before_training",
]
ADVICE: tuple[AdviceKind, ...] = get_args(AdviceKind)
SCHEDULE = ("sessions_per_week", "rest_hours")
