"""What a rule file says of the weeks: the journal, what is measured in it, and the scheme."""

# ruff: noqa: F403, F405 - the language of rule files is the vocabulary of all of it

from __future__ import annotations

from typing import Literal

from pydantic import Field

from advisor.rulebase.reading.models.language import *


class JournalEntry(Entry):
    """What a journal asks about each session."""

    check_in: Name = Field(
        description="The fact recorded before, during and the morning after a session: a whole "
        "number, worse the higher it is"
    )
    quiet: AtMost = Field(
        description="A session was quiet if each of its check-ins was at most this, during it and "
        "the next morning among them"
    )


class ObservationEntry(Entry):
    """A fact that is measured in the journal, never asked."""

    means: Text = Field(description="What it tells, in a few plain words")
    of: Literal[
        "before",
        "during",
        "next_morning",
        "rise",
        "worst",
        "pain",
        "sessions",
        "hard_sets",
        "trials_helped",
        "trials_missed",
    ] = Field(
        description="The number recorded of a session: a check-in; the `rise` from before to the "
        "next morning; the `worst` of all, once the morning is known; the worst `pain` in it; "
        "`sessions` or `hard_sets`, which add up; or the trials that helped or missed"
    )
    where: Text = maybe("", "Only numbers that are so, such as `at least 2`")
    take: Literal["latest", "change", "maximum", "count", "streak", "days_since", "hours_since"] = (
        Field(description="What to make of it; of what adds up, a `change` is in percent")
    )
    over: Text = maybe("", "The last so many, such as `6 sessions` or `42 days`")
    against: Positive | None = maybe(
        None, "For the change of what adds up: against so many days before those"
    )
    minimum: int = maybe(0, "The smallest number it can be")
    maximum: int = Field(description="The largest number; what is beyond counts as this")
    unit: Text = maybe("", "What the number counts")
    concern: Literal["rising", "falling"] = Field(
        description="How it gets worse; sessions that do not hold it then count for the worse"
    )
    accepts: Accepts = maybe({}, ACCEPTS)


class SchemeEntry(Entry):
    """How weights and repetitions go up and down from one session to the next."""

    reps_below: Amount = Field(
        description="How far below the dose the range of repetitions begins; its end is the dose"
    )
    step_percent: list[Positive] = Field(
        min_length=2, max_length=2, description="The least and the most a weight goes up by"
    )
    times: Positive = Field(description="Sessions in a row at the top, before the weight goes up")
    quiet_mornings: Positive = Field(description="Quiet mornings in a row before it goes up")
    step_back: Literal["easier", "lighter"] = Field(
        description="easier: an easier move if one is allowed, or else less weight; lighter: that"
    )
    step_back_percent: Positive = Field(description="A lighter weight, in percent of the last one")
    smallest_step_percent: Positive | None = maybe(
        None, "The most that the smallest step there is may be, where it is beyond `step_percent`"
    )
    percent_per_rep: Positive = maybe(
        1, "What a repetition is worth: a larger step asks for so many more in reserve"
    )
    lighter_after: Positive | None = maybe(None, "Sessions in a row after which come lighter ones")
    lighter_for: Positive = maybe(1, "How many lighter sessions come then")
    lighter_sets_percent: Positive = maybe(100, "Their sets, in percent of the dose")
    break_days: Positive = maybe(14, "Days without a session that end such a row")
    prove_sessions: Positive = Field(
        3, description="`rules prove` tries every history of up to so many sessions"
    )
    sources: Citations = Field(description="Source ids, or {source-id: section}")
