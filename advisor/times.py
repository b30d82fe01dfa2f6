"""Doses → minutes: what a session takes, by the pace that the rule base gives."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from advisor.rulebase.shapes import Dose, Pace


class Dosed(Protocol):
    """What has a dose, and is done on one side or on each of two."""

    @property
    def dose(self) -> Dose:
        """How much."""

    @property
    def sides(self) -> int:
        """On how many sides."""


def minutes_of(lines: Iterable[Dosed], pace: Pace | None) -> int | None:
    """The minutes that some lines take, rounded up; None where nobody says how long things take."""
    if pace is None:
        return None
    each = [_seconds(line.dose, line.sides, pace) for line in lines]
    between = pace.seconds_between * max(0, len(each) - 1)
    return pace.minutes_before + -(-(sum(each) + between) // 60)


def _seconds(dose: Dose, sides: int, pace: Pace) -> int:
    """The seconds that one exercise takes, with the rests between its sets."""
    work = dose.sets * dose.reps * sides * _seconds_per_rep(dose, pace)
    return round(work) + (dose.sets - 1) * dose.rest_seconds


def _seconds_per_rep(dose: Dose, pace: Pace) -> float:
    """One repetition: a hold, or up and down; half of it is down, unless the dose says how long."""
    if dose.hold_seconds is not None:
        return dose.hold_seconds
    if dose.lower_seconds is not None:
        return pace.seconds_per_rep / 2 + dose.lower_seconds
    return pace.seconds_per_rep
