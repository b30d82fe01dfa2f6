"""The shapes of an invariant: what must hold for everyone, and of whom it speaks.

A statement is about an answer sheet and is true or false, never unknown: a comparison holds
only if it is known to be true, and *unsure* and *not asked* can be named like answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from advisor.rulebase.shapes.conditions import All, Any, Condition, Not
from advisor.rulebase.shapes.effects import Cap
from advisor.rulebase.shapes.sources import NOWHERE, Place

UNSURE, NOT_ASKED = "unsure", "not asked"
STATES = (UNSURE, NOT_ASKED)

WORSE = "worse"
Change = Literal["worse", "unsure", "not asked", "measured"]  # what an answer can turn into
CHANGES: tuple[Change, ...] = get_args(Change)[:3]
MEASURED = "measured"  # the change of an observation from what is so without a session
Permission = Literal["exercises", "level", "limits", "dose", "load", "schedule"]
PERMISSIONS: tuple[Permission, ...] = get_args(Permission)
EXERCISES, LEVEL, LIMITS, DOSE, LOAD, SCHEDULE = PERMISSIONS
LOADS = ("load_percent", "load_step_percent")


@dataclass(frozen=True)
class Sure:
    """A condition that is known to be true of a person."""

    condition: Condition


@dataclass(frozen=True)
class State:
    """A question that was answered with `unsure`, or not asked at all."""

    fact: str
    state: str  # one of STATES


Statement = Sure | State | All["Statement"] | Any["Statement"] | Not["Statement"]
EVERYONE: All[Statement] = All(())


@dataclass(frozen=True)
class NeverAllowed:
    """None of these exercises (a bit mask) is allowed."""

    exercises: int


@dataclass(frozen=True)
class LevelWithin:
    """The level is known, and lies from one index of LEVELS to another."""

    low: int
    high: int


@dataclass(frozen=True)
class NoSession:
    """There is no session."""


@dataclass(frozen=True)
class SessionOf:
    """There is a session of so many exercises, or more."""

    at_least: int


@dataclass(frozen=True)
class EachOnce:
    """No session has an exercise twice."""


@dataclass(frozen=True)
class RestOf:
    """So many hours at least lie between two sessions, those already past counted in."""

    hours: int


@dataclass(frozen=True)
class DoseWithin:
    """No exercise that is allowed has a dose beyond these ceilings and floors."""

    caps: tuple[Cap, ...]


@dataclass(frozen=True)
class StandIns:
    """What stands in for an exercise that is out is allowed and of the same pattern."""


@dataclass(frozen=True)
class NoMore:
    """When the answer to one of these questions changes so, none of this grows."""

    questions: tuple[str, ...]
    changes: tuple[str, ...]  # of CHANGES
    permissions: tuple[str, ...]  # of PERMISSIONS


Claim = (
    NeverAllowed
    | LevelWithin
    | NoSession
    | SessionOf
    | EachOnce
    | RestOf
    | DoseWithin
    | StandIns
    | NoMore
)


@dataclass(frozen=True)
class Invariant:
    """Of everyone for whom `when` holds (and whose level is in `levels`), all claims are true.

    One with `for_each` stands once for each value, as a rule does.
    """

    id: str
    says: str
    claims: tuple[Claim, ...]
    when: Statement = EVERYONE
    levels: LevelWithin | None = None
    this: str = ""
    place: Place = NOWHERE
