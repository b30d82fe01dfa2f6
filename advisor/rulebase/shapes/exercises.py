"""The catalogue, and the session it fills: exercises, doses, slots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from advisor.rulebase.shapes.effects import USUAL, PartOf
from advisor.rulebase.shapes.sources import Citation


@dataclass(frozen=True)
class Dose:
    """How much of an exercise; every field is a ceiling or a floor that rules may tighten.

    What is None is not spoken of, and no rule can cap it.
    """

    sets: int
    reps: int
    reps_in_reserve: int
    rest_seconds: int
    hold_seconds: int | None = None
    load_percent: int | None = None
    load_step_percent: int | None = None
    lower_seconds: int | None = None
    percent_of: PartOf = USUAL  # what load_percent is a part of


@dataclass(frozen=True)
class Exercise:
    """One entry of the catalogue. `attributes` holds a tuple of values for each name."""

    id: str
    name: str
    attributes: dict[str, tuple[str, ...]] = field(hash=False)
    aliases: tuple[str, ...] = ()
    was: tuple[str, ...] = ()  # the ids that it had before
    per_side: bool = False
    dose: Dose | None = None
    easier: tuple[str, ...] = ()
    harder: tuple[str, ...] = ()
    free_exercise_db: str = ""
    cues: tuple[
        tuple[str, str], ...
    ] = ()  # (set_up | movement | breathing | feel | avoid, sentence)
    mistakes: tuple[str, ...] = ()
    sources: tuple[Citation, ...] = ()
    encodes: tuple[str, ...] = ()

    @property
    def pattern(self) -> str:
        """The movement pattern: what it may stand in for, and which slots it fills."""
        return self.attributes["pattern"][0]


@dataclass(frozen=True)
class Slot:
    """A place in the session: the movement patterns that fill it, and its default dose.

    One that is no `work` only prepares for it.
    """

    id: str
    name: str
    patterns: tuple[str, ...]
    dose: Dose
    because: str
    sources: tuple[Citation, ...] = ()
    short: str = ""
    work: bool = True


def doses_of(slots: Sequence[Slot]) -> dict[str, Dose]:
    """The dose of each movement pattern: that of the first slot which it fills."""
    return {pattern: slot.dose for slot in reversed(slots) for pattern in slot.patterns}


@dataclass(frozen=True)
class Day:
    """One day of the routine: its slots, in its own order."""

    id: str
    says: str
    slots: tuple[str, ...]


@dataclass(frozen=True)
class Pace:
    """How long things take, for the minutes of a session."""

    seconds_per_rep: int
    minutes_before: int = 0
    seconds_between: int = 0


@dataclass(frozen=True)
class WeightStep:
    """The smallest step of weight that there is for some exercises (a mask), in each unit."""

    exercises: int
    says: str
    kg: float | None = None
    lb: float | None = None


@dataclass(frozen=True)
class Rung:
    """A step of a ladder: its exercises, and what must have been quiet before it is tried."""

    exercises: tuple[str, ...]
    name: str
    opens: str = ""


@dataclass(frozen=True)
class Ladder:
    """The way from easy to hard of one kind of move."""

    id: str
    name: str
    rungs: tuple[Rung, ...]


@dataclass(frozen=True)
class Attribute:
    """A property of exercises that rules may select by."""

    id: str
    label: str
    values: tuple[str, ...]
    many: bool = False


@dataclass(frozen=True)
class Kinship:
    """What makes one exercise a near relative of another.

    They share the values of one attribute, and the relative has as much or more in each of some
    others, at least one of which it has more of than the least.
    """

    same: Attribute
    at_least: tuple[Attribute, ...]

    def related(self, exercise: Exercise, other: Exercise) -> bool:
        """Whether the second is a near relative of the first."""
        if exercise.attributes[self.same.id] != other.attributes[self.same.id]:
            return False
        pairs = [(_rank(each, exercise), _rank(each, other)) for each in self.at_least]
        return all(mine <= its for mine, its in pairs) and any(its for _, its in pairs)


def _rank(attribute: Attribute, exercise: Exercise) -> int:
    """How much of an attribute an exercise has, by the order of its values."""
    return attribute.values.index(exercise.attributes[attribute.id][0])


@dataclass(frozen=True)
class Schedule:
    """How often, how far apart (hours), and the fact that tells the hours since the last."""

    sessions_per_week: tuple[int, int]
    rest_hours: int
    hours_since: str = ""
