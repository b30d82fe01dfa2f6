"""What was done on past days, and what a rule base measures of it and makes of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from advisor.rulebase.shapes.sources import Citation

BEFORE, DURING, NEXT_MORNING = MOMENTS = ("before", "during", "next_morning")
NORMAL, WARM_UP, DROP, FAILURE = KINDS = ("normal", "warm_up", "drop", "failure")


@dataclass(frozen=True)
class SetDone:
    """One set of an exercise; None is what nobody said.

    `load_percent` is the part of the usual weight that was planned.
    """

    exercise: str
    number: int
    reps: int | None = None
    kg: float | None = None
    seconds: int | None = None
    in_reserve: int | None = None
    pain: int | None = None
    kind: str = NORMAL
    load_percent: int | None = None

    def row(self, session: int | None) -> dict[str, object]:
        """The set as a row of a session."""
        return {"session": session, **asdict(self)}


@dataclass(frozen=True)
class Session:
    """What was done on one day, and the check-ins of it by their moment.

    `source` is the app that it was imported from; of what was logged here, it is empty.
    """

    id: int
    day: str | None
    started: str
    note: str
    source: str
    sets: tuple[SetDone, ...]
    check_ins: Mapping[str, int]

    @property
    def date(self) -> str:
        """The day of the calendar."""
        return self.started[:10]

    def sets_of(self) -> dict[str, list[SetDone]]:
        """The sets of each exercise, in order."""
        found = defaultdict[str, list[SetDone]](list)
        for each in self.sets:
            found[each.exercise].append(each)
        return dict(found)


# The numbers that are recorded of a session, and what can be made of those of several.
SUMMED = ("sessions", "hard_sets")  # these add up
OUTCOMES = ("trials_helped", "trials_missed")  # of trials, which are only counted
CHANGE, COUNT, STREAK = "change", "count", "streak"
DAYS_SINCE, HOURS_SINCE = "days_since", "hours_since"
COUNTING = (COUNT, STREAK)  # 0 where there is no session; the others speak of a last time


@dataclass(frozen=True)
class Observation:
    """A fact that is measured: `take` this of a recorded number of the last sessions or days.

    `where` are the bounds of the numbers that count. `last` sessions or `days` are looked at, all
    where neither is said; `against` so many days before those.
    """

    of: str
    take: str
    where: tuple[int, int] | None = None
    last: int | None = None
    days: int | None = None
    against: int | None = None


@dataclass(frozen=True)
class Scheme:
    """How weights and repetitions go up and down from one session to the next.

    The range of repetitions ends at the dose and begins `reps_below` it. A weight goes up by its
    smallest step, between two percentages, after `times` at the top and so many quiet mornings in
    a row. Where the smallest step that there is comes to more, it may be `smallest_step_percent`;
    for each `percent_per_rep` beyond that a repetition more must have been in reserve. After
    `lighter_after` sessions without a break of so many days come `lighter_for` with only so many
    percent of the sets. A step back is so many percent of the last weight. Proofs try every
    history of up to `prove_sessions`.
    """

    reps_below: int
    step_percent: tuple[int, int]
    times: int
    quiet_mornings: int
    step_back_percent: int
    easier_move: bool
    smallest_step_percent: int | None = None
    percent_per_rep: int = 1
    lighter_after: int | None = None
    lighter_for: int = 1
    lighter_sets_percent: int = 100
    break_days: int = 14
    prove_sessions: int = 3
    sources: tuple[Citation, ...] = ()
