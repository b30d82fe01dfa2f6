"""What may stand in a rule file, section by section, as Pydantic models.

The docstrings and descriptions are what an author sees in an editor, through the JSON Schema
that is made from these models.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from advisor.rulebase.reading.fields import (
    Amount,
    Answer,
    Answers,
    AtLeast,
    AtMost,
    Choices,
    Citations,
    Concern,
    Condition,
    Country,
    Day,
    Entry,
    Item,
    Kebab,
    Name,
    Names,
    Observed,
    Pair,
    Positive,
    Selector,
    Text,
    Values,
    When,
    YesNo,
)

Accepts = dict[str, Text]
ShortText = Annotated[Text, Field(max_length=70)]  # a line of 80 columns, with its source's number
BriefText = Annotated[Text, Field(max_length=260)]  # three such lines
_SHORT = "The same in one short line, for a page"
_ACCEPTS = "Codes of `legday rules check` that are meant to be so, each with a reason"


class RuleBaseEntry(Entry):
    """The name of the rule base."""

    name: Text = Field(description="A short name")
    version: Text = Field(description="The version, in quotes")
    title: Text = Field(description="What it is about, in one line")


class AttributeEntry(Entry):
    """A property of exercises that rules may select by."""

    label: Text = Field(description="What it means, in plain words")
    values: list[Name] = Field(min_length=1, description="Every value it can have, in order")
    many: YesNo = Field("no", description="yes: an exercise may have several values, or none")
    accepts: Accepts = Field({}, description=_ACCEPTS)


class LevelEntry(Entry):
    """What a level says to the person."""

    says: Text = Field(description="One plain sentence")
    action: Text = Field("", description="What to do and how fast, from professional up")
    in_doubt: Text = Field(
        "", description="What to do instead, where only answers that are not sure lead here"
    )


class DoseEntry(Entry):
    """How much of an exercise."""

    sets: Positive | None = Field(None, description="Number of sets")
    reps: Positive | None = Field(None, description="Repetitions in a set")
    reps_in_reserve: Amount | None = Field(None, description="Repetitions left in reserve")
    rest_seconds: Amount | None = Field(None, description="Rest between sets, in seconds")
    hold_seconds: Positive | None = Field(None, description="Seconds that each repetition is held")
    load_percent: Positive | None = Field(None, description="Weight, in percent of the usual")
    load_step_percent: Amount | None = Field(
        None, description="The biggest next increase, in percent"
    )
    lower_seconds: Positive | None = Field(
        None, description="Seconds for lowering the weight; only where it is said can it be capped"
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
    short: ShortText = Field("", description=_SHORT)
    work: YesNo = Field("yes", description="no: it only prepares for the work")
    sources: Citations = Field(description="Source ids, or {source-id: section}")


class DayEntry(Entry):
    """One day of the routine."""

    day: Text = Field(max_length=20, description="What it is called, such as A")
    says: Text = Field(description="What it is about, in a few words")
    slots: list[Name] = Field(min_length=1, description="Its slots, in its own order")


class DaysEntry(Entry):
    """The days of the routine."""

    repeat: Amount = Field(
        0, description="What each earlier day that an exercise stands on takes off its weight"
    )
    in_order: list[DayEntry] = Field(min_length=1, description="The days, the first one first")


class RungEntry(Entry):
    """A step of a ladder."""

    exercises: list[Name] = Field(min_length=1, description="The exercises that stand on it")
    name: Text = Field(description="What it is called")
    opens: Text = Field(
        "", description="What must have been quiet, and for how long, before it is tried"
    )


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
    seconds_per_rep: Positive | None = Field(
        None, description="What a repetition takes; without it, no minutes are told"
    )
    minutes_before: Amount = Field(0, description="What getting warm takes before it, in minutes")
    seconds_between: Amount = Field(0, description="What the way to the next exercise takes")
    weights_when: Name | None = Field(
        None,
        description="A finding. Only while it is true, a part of the usual weight is told",
    )
    trial_when: Name | None = Field(
        None,
        description="A finding without which nothing is suspected. Otherwise the exercise of the "
        "likeliest suspect stays out of the session",
    )
    weightless: Selector = Field(
        None, description="The exercises that take no weight, so that none is spoken of"
    )
    weight_steps: list[WeightStepEntry] = Field(
        [], description="The steps in which weights come, the first that fits an exercise first"
    )


class DoorsEntry(Entry):
    """What a person may come for. Asked first, in a conversation, if some rule has a suspect."""

    ask: Text = Field(description="The question what somebody comes for")
    plan: Text = Field(description="The words for a plan")
    troubleshoot: Text = Field(description="The words for the search for a cause")


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
    where: Text = Field("", description="Only numbers that are so, such as `at least 2`")
    take: Literal["latest", "change", "maximum", "count", "streak", "days_since", "hours_since"] = (
        Field(description="What to make of it; of what adds up, a `change` is in percent")
    )
    over: Text = Field("", description="The last so many, such as `6 sessions` or `42 days`")
    against: Positive | None = Field(
        None, description="For the change of what adds up: against so many days before those"
    )
    minimum: int = Field(0, description="The smallest number it can be")
    maximum: int = Field(description="The largest number; what is beyond counts as this")
    unit: Text = Field("", description="What the number counts")
    concern: Literal["rising", "falling"] = Field(
        description="How it gets worse; sessions that do not hold it then count for the worse"
    )
    accepts: Accepts = Field({}, description=_ACCEPTS)


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
    lighter_after: Positive | None = Field(
        None, description="Sessions in a row after which come lighter ones"
    )
    lighter_for: Positive = Field(1, description="How many lighter sessions come then")
    lighter_sets_percent: Positive = Field(100, description="Their sets, in percent of the dose")
    break_days: Positive = Field(14, description="Days without a session that end such a row")
    prove_sessions: Positive = Field(
        3, description="`rules prove` tries every history of up to so many sessions"
    )
    sources: Citations = Field(description="Source ids, or {source-id: section}")


class KinshipEntry(Entry):
    """Which exercises are near relatives, for `kin_of`."""

    same: Name = Field(description="The attribute that relatives share")
    at_least: list[Name] = Field(
        min_length=1,
        description="Attributes in which a relative has as much or more, one of them not the least",
    )


class TopicEntry(Entry):
    """What rules can be about, and the level that goes with their cuts."""

    label: Text = Field(description="What it is called, in plain words")
    level: Literal["modified", "entry"] = Field(
        description="The level that every rule about it has, or more, if it takes something away"
    )


class ScheduleEntry(Entry):
    """How often, and how far apart."""

    sessions_per_week: list[Positive] = Field(
        min_length=2, max_length=2, description="The fewest and the most sessions in a week"
    )
    rest_hours: Amount = Field(description="Hours between two sessions")
    hours_since: Name = Field(description="The question that tells the hours since the last one")


class SourceEntry(Entry):
    """A document behind the rules, and what was read of it."""

    title: Text = Field(description="Its title")
    author: Text = Field("", description="Its author or publisher")
    year: int | None = Field(None, description="The year; leave it out if unknown")
    where: Text = Field("", description="Journal, DOI or site")
    kind: Literal[
        "guideline",
        "review",
        "trial",
        "cohort",
        "biomechanics",
        "convention",
        "article",
        "forum",
        "reasoning",
    ] = Field(description="What kind of document, which decides its strength")
    read: Literal["full", "abstract", "copy"] | None = Field(
        None, description="How much of it was read"
    )
    reviewed: Day | None = Field(None, description="The day it was last looked at")
    note: Text = Field("", description="Anything worth knowing about it")
    accepts: Accepts = Field({}, description=_ACCEPTS)


class QuestionEntry(Entry):
    """A fact, and the words to ask for it."""

    theme: Text = Field("", description="Groups questions")
    ask: Text = Field(description="The question, in plain words")
    help: Text = Field("", description="What it means, shown for ?")
    why: Text = Field("", description="Why it is asked")
    type: Literal["yes/no", "choice", "integer", "decimal", "set"] = Field(
        description="The type of answer"
    )
    choices: Choices = Field(None, description="What can be chosen; or the word exercises")
    minimum: int | None = Field(None, description="The smallest number that can be answered")
    maximum: int | None = Field(None, description="The largest number that can be answered")
    step: float | None = Field(
        None, gt=0, description="For decimal: what each number is a multiple of"
    )
    unit: Text = Field("", description="What the number counts")
    clear: Answer = Field(None, description="The all-clear answer, if this question screens")
    concern: Concern = Field(
        None,
        description="How answers get worse: rising, falling, more, fewer, or the choices in order",
    )
    changeable: YesNo = Field(
        "no", description="Whether a person can do something about the answer"
    )
    shortcuts: dict[str, Answer] = Field(
        {}, description="Words that stand for an answer, such as home for what many have there"
    )
    if_unsure: Answer = Field(
        None,
        description="What doubt comes to in a conversation, where only what is known is asked for",
    )
    good_for: Text = Field(
        "today", description="How long a kept answer is good: `today`, `90 days` or `always`"
    )
    grows: Literal["yearly"] | None = Field(
        None, description="yearly: a kept number goes up by one each year"
    )
    observed: Observed = Field(
        None, description="An observation that is the same number, or for yes a test of one"
    )
    accepts: Accepts = Field({}, description=_ACCEPTS)


class ChoiceEntry(Entry):
    """One choice, with a word on what it means."""

    label: Text = Field(description="The words for it")
    help: Text = Field("", description="What it means")
    group: Text = Field(
        "", description="The part of a long list that it is in; a conversation asks part by part"
    )


class FindingEntry(Entry):
    """A named condition."""

    means: Text = Field(description="What it means when it is true")
    when: Condition = Field(description="The condition it names")
    accepts: Accepts = Field({}, description=_ACCEPTS)


class CuesEntry(Entry):
    """How an exercise is done."""

    set_up: list[Text] = Field([], description="Before the first repetition")
    movement: list[Text] = Field([], description="During each repetition")
    breathing: list[Text] = Field([], description="When to breathe")
    feel: list[Text] = Field([], description="Where to feel it")
    avoid: list[Text] = Field([], description="What not to do")


class ExerciseEntry(Entry):
    """One entry of the catalogue."""

    name: Text = Field(description="Its usual name")
    aliases: list[Text] = Field([], description="Other names for it")
    attributes: dict[Name, Values] = Field(description="Each declared attribute with its value")
    per_side: YesNo = Field("no", description="yes: repetitions count for each side")
    hold_seconds: Positive | None = Field(None, description="For timed holds only, in seconds")
    dose: DoseEntry | None = Field(None, description="What differs from the dose of its slot")
    easier: list[Name] = Field([], description="Exercises to go back to")
    harder: list[Name] = Field([], description="Exercises to move on to")
    free_exercise_db: Text = Field("", description="Its id in free-exercise-db")
    cues: CuesEntry = Field(description="How it is done")
    mistakes: list[Text] = Field([], description="What often goes wrong")
    sources: Citations = Field(description="Source ids, or {source-id: section}")
    encodes: list[Item] = Field([], description="The items of guidance it takes up")


class CautionEntry(Entry):
    """Allowed, with a limit."""

    exercises: Selector = Field(description="Which exercises")
    limit: Text = Field(description="The limit, as a short sentence")


class CapsEntry(Entry):
    """Ceilings and floors on the dose of some exercises, or on the whole schedule."""

    exercises: Selector = Field("everything", description="Which exercises; without it, all")
    sets: AtMost = Field(None, description="Most sets")
    reps: AtMost = Field(None, description="Most repetitions in a set")
    reps_in_reserve: AtLeast = Field(None, description="Repetitions to leave in reserve")
    rest_seconds: AtLeast = Field(None, description="Rest between sets, in seconds")
    hold_seconds: AtMost = Field(None, description="Longest hold, in seconds")
    load_percent: AtMost = Field(
        None, description="Most weight, in percent of the usual; 0: none is told"
    )
    load_step_percent: AtMost = Field(None, description="Biggest next increase, in percent")
    percent_of: Literal["usual", "before_the_episode"] | None = Field(
        None, description="With load_percent: what the percent is of; without it, the usual weight"
    )
    lower_seconds: AtLeast = Field(None, description="Seconds for lowering the weight")
    sessions_per_week: AtMost = Field(
        None, description="Most sessions in a week, for the whole schedule"
    )
    rest_hours: AtLeast = Field(None, description="Hours between sessions, for the whole schedule")


class PreferEntry(Entry):
    """Exercises or slots that weigh more."""

    exercises: Selector = Field(None, description="Exercises that weigh more")
    slots: list[Name] = Field([], description="Slots that weigh more")
    weight: Positive = Field(description="How much more, a positive whole number")


class AdviseEntry(Entry):
    """Something to say."""

    as_: Literal[
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
    ] = Field(alias="as", description="What kind of thing it is")
    exercises: Selector = Field(None, description="For a cue or ramp: which exercises")
    say: Text = Field(description="The words that are printed")
    short: BriefText = Field("", description="The same in fewer words, for a page")
    withdraws: list[Name] = Field(
        [],
        description="For a contradiction: what, if only stated clear, stays open",
    )


class SuspectEntry(Entry):
    """A likely cause of soreness, and one change to try."""

    name: Text = Field(description="What it is called")
    exercise: Text | None = Field(None, description="The exercise it is about")
    weight: Positive = Field(description="How likely, as a positive whole number")
    trial: Text = Field(description="The one change to try")
    review_in_days: Positive = Field(description="When to look again, in days")
    wrong_if: Text = Field("", description="What would prove it wrong")


class RuleEntry(Entry):
    """When this holds, these effects, because of this."""

    theme: Text = Field("", description="Groups rules")
    for_each: Name | None = Field(
        None, description="exercise, or an attribute: the rule stands once for each"
    )
    when: When = Field(description="The condition, or always")
    about: Name | None = Field(None, description="The topic that it is about")
    level: Literal["go", "modified", "entry", "professional", "urgent", "emergency"] | None = Field(
        None, description="At least this careful"
    )
    action: Text = Field("", description="What to do about this one, from professional up")
    avoid: Selector = Field(None, description="These exercises are out")
    caution: CautionEntry | None = Field(
        None, description="These exercises are allowed with a limit"
    )
    dose: CapsEntry | None = Field(None, description="Ceilings and floors on the dose")
    lines: AtMost = Field(None, description="Most exercises in the session")
    days: AtMost = Field(None, description="Most days in the routine")
    apart: Pair = Field(
        None, description="Two selectors: never one of these and one of those on the same day"
    )
    hold: Selector = Field(None, description="These are not done with more than last time")
    step_back: Selector = Field(
        None, description="An easier move in place of these, or less of them, as `scheme` says"
    )
    rest_until: AtLeast = Field(None, description="Days from the last session to the next")
    prefer: PreferEntry | None = Field(None, description="These weigh more")
    advise: AdviseEntry | None = Field(None, description="Something to say")
    suspect: SuspectEntry | None = Field(None, description="A likely cause of soreness")
    because: Text = Field(description="Why, in own words, one or two short sentences")
    short: ShortText = Field("", description=_SHORT)
    sources: Citations = Field(description="Source ids, or {source-id: section}")
    encodes: list[Item] = Field([], description="The items of guidance it takes up")
    fires: Answers = Field(None, description="Example answers for which the condition is true")
    silent: Answers = Field(None, description="Example answers for which the condition is false")
    accepts: Accepts = Field({}, description=_ACCEPTS)


class GuidanceEntry(Entry):
    """One statement of a document, and what became of it."""

    says: Text = Field(description="The statement, in own words")
    document: Kebab = Field(description="The source it stands in")
    place: Text = Field(description="Where in the document")
    status: Literal["encoded", "limited", "resolved", "rejected", "gap"] = Field(
        description="What became of it"
    )
    note: Text = Field("", description="How it was hedged or resolved, why rejected, what lacks")
    conflicts: list[Item] = Field([], description="For resolved: the items it clashes with")


class HelplineEntry(Entry):
    """Whom to call in a country."""

    emergency: Text = Field(description="The emergency number, in quotes")
    advice: Text = Field("", description="The line for urgent advice, in quotes")
    emergency_room: Text = Field("", description="What the room for emergencies is called")
    sources: Citations = Field(description="Source ids, or {source-id: section}")


class ThenEntry(Entry):
    """What an invariant claims; all of it must be true."""

    never_allowed: Selector = Field(None, description="Exercises that are never allowed")
    level: Text | None = Field(
        None, description="A level, such as professional, at least urgent or at most entry"
    )
    session: Text | None = Field(
        None, description="none, at least 3 exercises, or no exercise twice"
    )
    rest_hours: AtLeast = Field(None, description="Hours between sessions, such as at least 48")
    dose: CapsEntry | None = Field(
        None, description="What the dose of no allowed exercise goes beyond"
    )
    stand_ins: Literal["same pattern or none"] | None = Field(
        None, description="What is offered instead is allowed and of the same pattern"
    )
    permits_no_more: (
        Annotated[
            list[Literal["exercises", "level", "limits", "dose", "load", "schedule"]],
            Field(min_length=1),
        ]
        | None
    ) = Field(None, description="What never grows when the answer to a question changes")


class InvariantEntry(Entry):
    """What must hold for everyone: `legday rules prove` decides it over all people."""

    says: Text = Field(description="What must hold, in one plain sentence")
    for_each: Name | None = Field(
        None, description="exercise, or an attribute: the invariant stands once for each"
    )
    when: When = Field(
        None, description="Of whom it speaks; tests may also say unsure and not asked"
    )
    when_level: Text | None = Field(
        None, description="Only of people with this level, such as at most entry"
    )
    for_each_question: Names = Field(
        None, description="all, observations, or the questions whose answer changes"
    )
    when_it_gets: list[Literal["worse", "unsure", "not asked", "measured"]] | None = Field(
        None,
        description="What the answer changes to; without it, any of the first three. measured: "
        "from what is so without a session to anything",
    )
    then: ThenEntry = Field(description="What is claimed")


class RuleFile(Entry):
    """A rule file: any of these sections."""

    rule_base: RuleBaseEntry | None = Field(None, description="The name of the rule base")
    attributes: dict[Name, AttributeEntry] = Field({}, description="Properties of exercises")
    levels: dict[Name, LevelEntry] = Field({}, description="What each level says")
    topics: dict[Name, TopicEntry] = Field({}, description="What rules can be about")
    slots: dict[Name, SlotEntry] = Field({}, description="The places in the session")
    days: DaysEntry | None = Field(None, description="The days of the routine")
    session: SessionEntry | None = Field(None, description="The session as a whole")
    doors: DoorsEntry | None = Field(None, description="What a person may come for")
    journal: JournalEntry | None = Field(None, description="What a journal asks")
    scheme: SchemeEntry | None = Field(None, description="How weights go up and down")
    kinship: KinshipEntry | None = Field(None, description="Which exercises are near relatives")
    schedule: ScheduleEntry | None = Field(None, description="How often, and how far apart")
    ladders: dict[Name, LadderEntry] = Field({}, description="Ways from easy to hard")
    sources: dict[Kebab, SourceEntry] = Field({}, description="The documents behind the rules")
    questions: dict[Name, QuestionEntry] = Field(
        {}, description="The facts, and the words to ask for them"
    )
    observations: dict[Name, ObservationEntry] = Field(
        {}, description="The facts that are measured in the journal"
    )
    findings: dict[Name, FindingEntry] = Field({}, description="Named conditions")
    exercises: dict[Name, ExerciseEntry] = Field({}, description="The catalogue")
    rules: dict[Kebab, RuleEntry] = Field({}, description="The rules")
    guidance: dict[Item, GuidanceEntry] = Field({}, description="The statements of the documents")
    invariants: dict[Kebab, InvariantEntry] = Field({}, description="What must hold for everyone")
    emergency_numbers: dict[Country, HelplineEntry] = Field(
        {}, description="Whom to call, by country code; anywhere has the words for all others"
    )


# The sections that hold entries by id, with the model of one entry and the form of its ids.
COLLECTIONS: dict[str, tuple[type[Entry], str]] = {
    "attributes": (AttributeEntry, "snake"),
    "levels": (LevelEntry, "snake"),
    "topics": (TopicEntry, "snake"),
    "slots": (SlotEntry, "snake"),
    "ladders": (LadderEntry, "snake"),
    "sources": (SourceEntry, "kebab"),
    "questions": (QuestionEntry, "snake"),
    "observations": (ObservationEntry, "snake"),
    "findings": (FindingEntry, "snake"),
    "exercises": (ExerciseEntry, "snake"),
    "rules": (RuleEntry, "kebab"),
    "guidance": (GuidanceEntry, "item"),
    "invariants": (InvariantEntry, "kebab"),
    "emergency_numbers": (HelplineEntry, "country"),
}

# The sections that stand once.
SINGLES: dict[str, type[Entry]] = {
    "rule_base": RuleBaseEntry,
    "days": DaysEntry,
    "session": SessionEntry,
    "doors": DoorsEntry,
    "journal": JournalEntry,
    "scheme": SchemeEntry,
    "kinship": KinshipEntry,
    "schedule": ScheduleEntry,
}
