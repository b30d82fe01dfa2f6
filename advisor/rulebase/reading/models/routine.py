"""What a rule file says of levels, doses, the session and its days."""

# ruff: noqa: F403, F405 - the language of rule files is the vocabulary of all of it

from __future__ import annotations

from pydantic import Field

from advisor.rulebase.reading.models.language import *


class LevelEntry(Entry):
    """What a level says to the person."""

    says: Text = Field(description="One plain sentence")
    action: Text = maybe("", "What to do and how fast, from professional up")
    in_doubt: Text = maybe("", "What to do instead, where only answers that are not sure lead here")


class DoseEntry(Entry):
    """How much of an exercise."""

    sets: Positive | None = maybe(None, "Number of sets")
    reps: Positive | None = maybe(None, "Repetitions in a set")
    reps_in_reserve: Amount | None = maybe(None, "Repetitions left in reserve")
    rest_seconds: Amount | None = maybe(None, "Rest between sets, in seconds")
    hold_seconds: Positive | None = maybe(None, "Seconds that each repetition is held")
    load_percent: Positive | None = maybe(None, "Weight, in percent of the usual")
    load_step_percent: Amount | None = maybe(None, "The biggest next increase, in percent")
    lower_seconds: Positive | None = maybe(
        None, "Seconds for lowering the weight; only where it is said can it be capped"
    )


class SlotDoseEntry(DoseEntry):
    """How much of an exercise, before any rule tightens it."""

    sets: Positive = Field(description="Number of sets")
    reps: Positive = Field(description="Repetitions in a set")
    reps_in_reserve: Amount = Field(description="Repetitions left in reserve")
    rest_seconds: Amount = Field(description="Rest between sets, in seconds")


class SlotEntry(Entry):
    """A place in the session, in the order of the session."""

    name: Text = Field(description="What the place is called")
    patterns: list[Name] = Field(min_length=1, description="The movement patterns that fill it")
    dose: SlotDoseEntry = Field(description="The dose before any rule tightens it")
    because: Text = Field(description="Why it stands in the session")
    short: ShortText = maybe("", SHORT)
    work: YesNo = maybe("yes", "no: it only prepares for the work")
    sources: Citations = Field(description="Source ids, or {source-id: section}")


class DayEntry(Entry):
    """One day of the routine."""

    day: Text = Field(max_length=20, description="What it is called, such as A")
    says: Text = Field(description="What it is about, in a few words")
    slots: list[Name] = Field(min_length=1, description="Its slots, in its own order")


class DaysEntry(Entry):
    """The days of the routine."""

    repeat: Amount = maybe(
        0, "What each earlier day that an exercise stands on takes off its weight"
    )
    in_order: list[DayEntry] = Field(min_length=1, description="The days, the first one first")


class RungEntry(Entry):
    """A step of a ladder."""

    exercises: list[Name] = Field(min_length=1, description="The exercises that stand on it")
    name: Text = Field(description="What it is called")
    opens: Text = maybe("", "What must have been quiet, and for how long, before it is tried")


class LadderEntry(Entry):
    """The way from easy to hard of one kind of move."""

    name: Text = Field(description="What it is called")
    rungs: list[RungEntry] = Field(min_length=2, description="Its steps, the easiest first")


class WeightStepEntry(Entry):
    """The smallest step of weight that there is for some exercises; the first that fits counts."""

    exercises: Selector = Field(description="Which exercises")
    says: Text = Field(max_length=30, description="What it is, in a few words")
    kg: float | None = Field(None, gt=0, description="How much it is, where that is known")
    lb: float | None = Field(None, gt=0, description="The same, as weights in pounds come")


class SessionEntry(Entry):
    """The session as a whole."""

    at_most: Positive = Field(description="The most exercises in one session")
    seconds_per_rep: Positive | None = maybe(
        None, "What a repetition takes; without it, no minutes are told"
    )
    minutes_before: Amount = maybe(0, "What getting warm takes before it, in minutes")
    seconds_between: Amount = maybe(0, "What the way to the next exercise takes")
    weights_when: Name | None = maybe(
        None, "A finding. Only while it is true, a part of the usual weight is told"
    )
    trial_when: Name | None = maybe(
        None,
        "A finding without which nothing is suspected. Otherwise the exercise of the "
        "likeliest suspect stays out of the session",
    )
    weightless: Selector = maybe(
        None, "The exercises that take no weight, so that none is spoken of"
    )
    weight_steps: list[WeightStepEntry] = maybe(
        [], "The steps in which weights come, the first that fits an exercise first"
    )


class DoorsEntry(Entry):
    """What a person may come for. Asked first, in a conversation, if some rule has a suspect."""

    ask: Text = Field(description="The question what somebody comes for")
    plan: Text = Field(description="The words for a plan")
    troubleshoot: Text = Field(description="The words for the search for a cause")


class ScheduleEntry(Entry):
    """How often, and how far apart."""

    sessions_per_week: list[Positive] = Field(
        min_length=2, max_length=2, description="The fewest and the most sessions in a week"
    )
    rest_hours: Amount = Field(description="Hours between two sessions")
    hours_since: Name = Field(description="The question that tells the hours since the last one")
