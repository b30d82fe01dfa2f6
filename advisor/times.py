"""Doses → minutes: what a session takes, by the pace that the rule base gives."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.rulebase.shapes import Dose, Pace


def minutes_of(seconds: Sequence[int], pace: Pace | None) -> int | None:
    """The minutes that some exercises take, rounded up; None where nobody says how long they do."""
    if pace is None:
        return None
    between = pace.seconds_between * max(0, len(seconds) - 1)
    return pace.minutes_before + -(-(sum(seconds) + between) // 60)


def seconds_of(dose: Dose, sides: int, pace: Pace | None) -> int:
    """The seconds that one exercise takes, with the rests between its sets; 0 without a pace.

    A repetition is a hold, or up and down; half of it is down, unless the dose says how long.
    """
    if pace is None:
        return 0
    each: float = pace.seconds_per_rep
    if dose.hold_seconds is not None:
        each = dose.hold_seconds
    elif dose.lower_seconds is not None:
        each = pace.seconds_per_rep / 2 + dose.lower_seconds
    return round(dose.sets * dose.reps * sides * each) + (dose.sets - 1) * dose.rest_seconds
