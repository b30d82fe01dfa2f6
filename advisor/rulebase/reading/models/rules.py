"""What a rule file says of rules and invariants."""

# ruff: noqa: F403, F405 - the language of rule files is the vocabulary of all of it

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from advisor.rulebase.reading.models.language import *
from advisor.rulebase.shapes import AdviceKind, LevelName, PartOf
from advisor.rulebase.shapes.invariants import Change, Permission


class TopicEntry(Entry):
    """What rules can be about, and the level that goes with their cuts."""

    label: Text = Field(description="What it is called, in plain words")
    level: Literal["modified", "entry"] = Field(
        description="The level that every rule about it has, or more, if it takes something away"
    )


class CautionEntry(Entry):
    """Allowed, with a limit."""

    exercises: Selector = Field(description="Which exercises")
    limit: Text = Field(description="The limit, as a short sentence")


class CapsEntry(Entry):
    """Ceilings and floors on the dose of some exercises, or on the whole schedule."""

    exercises: Selector = maybe("everything", "Which exercises; without it, all")
    sets: AtMost = maybe(None, "Most sets")
    reps: AtMost = maybe(None, "Most repetitions in a set")
    reps_in_reserve: AtLeast = maybe(None, "Repetitions to leave in reserve")
    rest_seconds: AtLeast = maybe(None, "Rest between sets, in seconds")
    hold_seconds: AtMost = maybe(None, "Longest hold, in seconds")
    load_percent: AtMost = maybe(None, "Most weight, in percent of the usual; 0: none is told")
    load_step_percent: AtMost = maybe(None, "Biggest next increase, in percent")
    percent_of: PartOf | None = maybe(
        None, "With load_percent: what the percent is of; without it, the usual weight"
    )
    lower_seconds: AtLeast = maybe(None, "Seconds for lowering the weight")
    sessions_per_week: AtMost = maybe(None, "Most sessions in a week, for the whole schedule")
    rest_hours: AtLeast = maybe(None, "Hours between sessions, for the whole schedule")


class PreferEntry(Entry):
    """Exercises or slots that weigh more."""

    exercises: Selector = maybe(None, "Exercises that weigh more")
    slots: list[Name] = maybe([], "Slots that weigh more")
    weight: Positive = Field(description="How much more, a positive whole number")


class AdviseEntry(Entry):
    """Something to say."""

    as_: AdviceKind = Field(alias="as", description="What kind of thing it is")
    exercises: Selector = maybe(None, "For a cue or ramp: which exercises")
    say: Text = Field(description="The words that are printed")
    short: BriefText = maybe("", "The same in fewer words, for a page")
    withdraws: list[Name] = maybe(
        [], "For a contradiction or recheck: what, if only stated clear, stays open"
    )


class SuspectEntry(Entry):
    """A likely cause of soreness, and one change to try."""

    name: Text = Field(description="What it is called")
    exercise: Text | None = maybe(None, "The exercise it is about")
    weight: Positive = Field(description="How likely, as a positive whole number")
    trial: Text = Field(description="The one change to try")
    review_in_days: Positive = Field(description="When to look again, in days")
    wrong_if: Text = maybe("", "What would prove it wrong")


class RuleEntry(Entry):
    """When this holds, these effects, because of this."""

    theme: Text = maybe("", "Groups rules")
    for_each: Name | None = maybe(None, "exercise, or an attribute: the rule stands once for each")
    when: When = Field(description="The condition, or always")
    about: Name | None = maybe(None, "The topic that it is about")
    level: LevelName | None = maybe(None, "At least this careful")
    action: Text = maybe("", "What to do about this one, from professional up")
    avoid: Selector = maybe(None, "These exercises are out")
    caution: CautionEntry | None = maybe(None, "These exercises are allowed with a limit")
    dose: CapsEntry | None = maybe(None, "Ceilings and floors on the dose")
    lines: AtMost = maybe(None, "Most exercises in the session")
    days: AtMost = maybe(None, "Most days in the routine")
    apart: Pair = maybe(None, "Two selectors: never one of these and one of those on the same day")
    hold: Selector = maybe(None, "These are not done with more than last time")
    step_back: Selector = maybe(
        None, "An easier move in place of these, or less of them, as `scheme` says"
    )
    rest_until: AtLeast = maybe(None, "Days from the last session to the next")
    prefer: PreferEntry | None = maybe(None, "These weigh more")
    advise: AdviseEntry | None = maybe(None, "Something to say")
    suspect: SuspectEntry | None = maybe(None, "A likely cause of soreness")
    because: Text = Field(description="Why, in own words, one or two short sentences")
    short: ShortText = maybe("", SHORT)
    sources: Citations = Field(description="Source ids, or {source-id: section}")
    encodes: list[Item] = maybe([], "The items of guidance it takes up")
    fires: Answers = maybe(None, "Example answers for which the condition is true")
    silent: Answers = maybe(None, "Example answers for which the condition is false")
    accepts: Accepts = maybe({}, ACCEPTS)


class ThenEntry(Entry):
    """What an invariant claims; all of it must be true."""

    never_allowed: Selector = maybe(None, "Exercises that are never allowed")
    level: Text | None = maybe(
        None, "A level, such as professional, at least urgent or at most entry"
    )
    session: Text | None = maybe(None, "none, at least 3 exercises, or no exercise twice")
    rest_hours: AtLeast = maybe(None, "Hours between sessions, such as at least 48")
    dose: CapsEntry | None = maybe(None, "What the dose of no allowed exercise goes beyond")
    stand_ins: Literal["same pattern or none"] | None = maybe(
        None, "What is offered instead is allowed and of the same pattern"
    )
    permits_no_more: Annotated[list[Permission], Field(min_length=1)] | None = maybe(
        None, "What never grows when the answer to a question changes"
    )


class InvariantEntry(Entry):
    """What must hold for everyone: `legday rules prove` decides it over all people."""

    says: Text = Field(description="What must hold, in one plain sentence")
    for_each: Name | None = maybe(
        None, "exercise, or an attribute: the invariant stands once for each"
    )
    when: When = maybe(None, "Of whom it speaks; tests may also say unsure and not asked")
    when_level: Text | None = maybe(None, "Only of people with this level, such as at most entry")
    for_each_question: Names = maybe(
        None, "all, observations, or the questions whose answer changes"
    )
    when_it_gets: list[Change] | None = maybe(
        None,
        "What the answer changes to; without it, any of the first three. measured: from what is so "
        "without a session to anything",
    )
    then: ThenEntry = Field(description="What is claimed")
