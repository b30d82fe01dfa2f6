"""Doses → minutes: what a session takes, by the pace that the rule base gives."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.rulebase.shapes import Dose, Pace


def minutes_of(lines: Iterable[tuple[Dose, bool]], pace: Pace) -> int:
    """The minutes that some lines take, rounded up; each with whether it is done on both sides."""
    each = [_seconds(dose, 2 if per_side else 1, pace) for dose, per_side in lines]
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
