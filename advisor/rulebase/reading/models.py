"""What may stand in a rule file, section by section, as Pydantic models.

The docstrings and descriptions are what an author sees in an editor, through the JSON Schema
that is made from these models. Conditions, tests, selectors and answers are a small language of
their own: Pydantic lets them through as they are (`object`), the builders read them word by word,
and editors get a schema.
"""

from __future__ import annotations

from types import NoneType
from typing import Annotated, Literal, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema

from advisor.rulebase.shapes import AdviceKind, LevelName, PartOf, SourceKind
from advisor.rulebase.shapes.invariants import Change, Permission

T = TypeVar("T")
SNAKE = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"
KEBAB = r"^[a-z0-9]+(-[a-z0-9]+)*$"
COUNTRY = r"^([A-Z]{2}|anywhere)$"
ITEM = r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)+$"


class Entry(BaseModel):
    """What stands under a key: no unknown keys, and no value is turned into another kind."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Name = Annotated[str, StringConstraints(pattern=SNAKE)]
Kebab = Annotated[str, StringConstraints(pattern=KEBAB)]
Country = Annotated[str, StringConstraints(pattern=COUNTRY)]
Item = Annotated[str, StringConstraints(pattern=ITEM)]
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
YesNo = Literal["yes", "no"]
Positive = Annotated[int, Field(ge=1)]
Amount = Annotated[int, Field(ge=0)]

# Where a schema says {WORDS: name}, it stands for one of the definitions below.
WORDS = "$words"
_WORD = {"type": "string"}
_WORDS = {"type": "array", "items": _WORD, "minItems": 1}
_NUMBER = {"type": "number"}
_DAY = {
    "type": "object",
    "properties": {
        "days_ago": {"type": "integer", "minimum": 0},
        "did": {"type": "object", "additionalProperties": {"type": "string"}},
    },
    "required": ["days_ago"],
    "additionalProperties": {"type": "integer"},
}
DAYS = {"anyOf": [_DAY, {"type": "array", "items": _DAY}]}
_CONDITIONS = {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/condition"}}
_SELECTOR = {"$ref": "#/$defs/selector"}

# Parts that refer to themselves; `rule_file_schema` puts them among its definitions.
DEFINITIONS: dict[str, object] = {
    "condition": {
        "description": "All of these must hold: facts with tests, findings, all, any, not.",
        "type": "object",
        "minProperties": 1,
        "properties": {
            "all": _CONDITIONS,
            "any": _CONDITIONS,
            "not": {"$ref": "#/$defs/condition"},
        },
        "additionalProperties": {"$ref": "#/$defs/test"},
    },
    "test": {
        "description": "yes, no, a choice, a list of choices, none, some, a number, "
        "`at least 3`, `at most 2`, `3 to 4`, or {at_least: 2, of: [a, b, c]}.",
        "anyOf": [
            _WORD,
            _NUMBER,
            _WORDS,
            {
                "type": "object",
                "properties": {"at_least": {"type": "integer", "minimum": 1}, "of": _WORDS},
                "required": ["at_least", "of"],
                "additionalProperties": False,
            },
        ],
    },
    "selector": {
        "description": "Which exercises: an id, a list, attributes that must all match "
        "(with `except`), or everything.",
        "anyOf": [
            _WORD,
            {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/selector"}},
            {
                "type": "object",
                "minProperties": 1,
                "properties": {"except": {"$ref": "#/$defs/selector"}},
                "additionalProperties": {"anyOf": [_WORD, _WORDS]},
            },
        ],
    },
    "arm": {
        "description": "A named position, the place [x, y] of the hand, or how the arm is bent.",
        "anyOf": [
            _WORD,
            {"type": "array", "minItems": 2, "maxItems": 2, "items": _NUMBER},
            {"$ref": "#/$defs/ArmEntry"},
        ],
    },
    "answers": {
        "description": "Answers by fact: yes, no, a choice, a number, a list, none, or unsure; and "
        "a `history` of days, for what is measured.",
        "type": "object",
        "properties": {"history": DAYS},
        "additionalProperties": {"anyOf": [_WORD, _NUMBER, {"type": "array", "items": _WORD}]},
    },
}

Condition = Annotated[object, WithJsonSchema({WORDS: "condition"})]
When = Annotated[object, WithJsonSchema({"anyOf": [{"const": "always"}, {WORDS: "condition"}]})]
Selector = Annotated[object, WithJsonSchema({WORDS: "selector"})]
Pair = Annotated[
    object,
    WithJsonSchema({"type": "array", "minItems": 2, "maxItems": 2, "items": {WORDS: "selector"}}),
]
Answers = Annotated[object, WithJsonSchema({WORDS: "answers"})]
Answer = Annotated[object, WithJsonSchema({"anyOf": [_WORD, _NUMBER, _WORDS]})]
Concern = Annotated[object, WithJsonSchema({"anyOf": [_WORD, _WORDS]})]
Names = Annotated[object, WithJsonSchema({"anyOf": [_WORD, _WORDS]})]
Values = Annotated[object, WithJsonSchema({"anyOf": [_WORD, {"type": "array", "items": _WORD}]})]
AtMost = Annotated[object, WithJsonSchema({"type": "string", "pattern": "^at most [0-9]+$"})]
AtLeast = Annotated[object, WithJsonSchema({"type": "string", "pattern": "^at least [0-9]+$"})]
Observed = Annotated[
    object,
    WithJsonSchema(
        {"anyOf": [_WORD, {"type": "object", "minProperties": 1, "additionalProperties": _WORD}]}
    ),
]
_SECTION = {
    "type": "object",
    "minProperties": 1,
    "maxProperties": 1,
    "additionalProperties": {"type": "string", "minLength": 1},
}
CITATIONS = {"type": "array", "minItems": 1, "items": {"anyOf": [_WORD, _SECTION]}}
Citations = Annotated[list[object], Field(min_length=1), WithJsonSchema(CITATIONS)]
_CHOICE = {
    "type": "object",
    "properties": {"label": _WORD, "help": _WORD, "group": _WORD},
    "required": ["label"],
    "additionalProperties": False,
}
Choices = Annotated[
    object,
    WithJsonSchema(
        {
            "anyOf": [
                {"const": "exercises"},
                {
                    "type": "object",
                    "minProperties": 1,
                    "additionalProperties": {"anyOf": [_WORD, _CHOICE]},
                },
            ],
        }
    ),
]
Accepts = dict[str, Text]
ShortText = Annotated[Text, Field(max_length=70)]  # a line of 80 columns, with its source's number
BriefText = Annotated[Text, Field(max_length=260)]  # three such lines
_SHORT = "The same in one short line, for a page"
_WAS = "Ids that it had before, which answers and journals may still use"
_ACCEPTS = "Codes of `legday rules check` that are meant to be so, each with a reason"


def maybe(default: T, says: str) -> T:
    """A key that can be left out: what stands for it then, and what it is for."""
    return Field(default, description=says)


class RuleBaseEntry(Entry):
    """The name of the rule base."""

    name: Text = Field(description="A short name")
    version: Text = Field(description="The version, in quotes")
    title: Text = Field(description="What it is about, in one line")


class AttributeEntry(Entry):
    """A property of exercises that rules may select by."""

    label: Text = Field(description="What it means, in plain words")
    values: list[Name] = Field(min_length=1, description="Every value it can have, in order")
    many: YesNo = maybe("no", "yes: an exercise may have several values, or none")
    accepts: Accepts = maybe({}, _ACCEPTS)


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
    short: ShortText = maybe("", _SHORT)
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
    accepts: Accepts = maybe({}, _ACCEPTS)


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
    author: Text = maybe("", "Its author or publisher")
    year: int | None = maybe(None, "The year; leave it out if unknown")
    where: Text = maybe("", "Journal, DOI or site")
    kind: SourceKind = Field(description="What kind of document, which decides its strength")
    read: Literal["full", "abstract", "copy"] | None = maybe(None, "How much of it was read")
    reviewed: Day | None = maybe(None, "The day it was last looked at")
    note: Text = maybe("", "Anything worth knowing about it")
    accepts: Accepts = maybe({}, _ACCEPTS)


class QuestionEntry(Entry):
    """A fact, and the words to ask for it."""

    theme: Text = maybe("", "Groups questions")
    was: list[Name] = maybe([], _WAS)
    ask: Text = Field(description="The question, in plain words")
    help: Text = maybe("", "What it means, shown for ?")
    why: Text = maybe("", "Why it is asked")
    type: Literal["yes/no", "choice", "integer", "decimal", "set"] = Field(
        description="The type of answer"
    )
    choices: Choices = maybe(None, "What can be chosen; or the word exercises")
    minimum: int | None = maybe(None, "The smallest number that can be answered")
    maximum: int | None = maybe(None, "The largest number that can be answered")
    step: float | None = Field(
        None, gt=0, description="For decimal: what each number is a multiple of"
    )
    unit: Text = maybe("", "What the number counts")
    clear: Answer = maybe(None, "The all-clear answer, if this question screens")
    concern: Concern = maybe(
        None, "How answers get worse: rising, falling, more, fewer, or the choices in order"
    )
    changeable: YesNo = maybe("no", "Whether a person can do something about the answer")
    shortcuts: dict[str, Answer] = maybe(
        {}, "Words that stand for an answer, such as home for what many have there"
    )
    if_unsure: Answer = maybe(
        None, "What doubt comes to in a conversation, where only what is known is asked for"
    )
    good_for: Text = maybe(
        "today", "How long a kept answer is good: `today`, `90 days` or `always`"
    )
    grows: Literal["yearly"] | None = maybe(None, "yearly: a kept number goes up by one each year")
    observed: Observed = maybe(
        None, "An observation that is the same number, or for yes a test of one"
    )
    accepts: Accepts = maybe({}, _ACCEPTS)


class ChoiceEntry(Entry):
    """One choice, with a word on what it means."""

    label: Text = Field(description="The words for it")
    help: Text = maybe("", "What it means")
    group: Text = maybe(
        "", "The part of a long list that it is in; a conversation asks part by part"
    )


class FindingEntry(Entry):
    """A named condition."""

    means: Text = Field(description="What it means when it is true")
    when: Condition = Field(description="The condition it names")
    accepts: Accepts = maybe({}, _ACCEPTS)


class CuesEntry(Entry):
    """How an exercise is done."""

    set_up: list[Text] = maybe([], "Before the first repetition")
    movement: list[Text] = maybe([], "During each repetition")
    breathing: list[Text] = maybe([], "When to breathe")
    feel: list[Text] = maybe([], "Where to feel it")
    avoid: list[Text] = maybe([], "What not to do")


class ExerciseEntry(Entry):
    """One entry of the catalogue."""

    name: Text = Field(description="Its usual name")
    aliases: list[Text] = maybe([], "Other names for it")
    was: list[Name] = maybe([], _WAS)
    attributes: dict[Name, Values] = Field(description="Each declared attribute with its value")
    per_side: YesNo = maybe("no", "yes: repetitions count for each side")
    hold_seconds: Positive | None = maybe(None, "For timed holds only, in seconds")
    dose: DoseEntry | None = maybe(None, "What differs from the dose of its slot")
    easier: list[Name] = maybe([], "Exercises to go back to")
    harder: list[Name] = maybe([], "Exercises to move on to")
    free_exercise_db: Text = maybe("", "Its id in free-exercise-db")
    cues: CuesEntry = Field(description="How it is done")
    mistakes: list[Text] = maybe([], "What often goes wrong")
    sources: Citations = Field(description="Source ids, or {source-id: section}")
    encodes: list[Item] = maybe([], "The items of guidance it takes up")


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
    withdraws: list[Name] = maybe([], "For a contradiction: what, if only stated clear, stays open")


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
    short: ShortText = maybe("", _SHORT)
    sources: Citations = Field(description="Source ids, or {source-id: section}")
    encodes: list[Item] = maybe([], "The items of guidance it takes up")
    fires: Answers = maybe(None, "Example answers for which the condition is true")
    silent: Answers = maybe(None, "Example answers for which the condition is false")
    accepts: Accepts = maybe({}, _ACCEPTS)


class GuidanceEntry(Entry):
    """One statement of a document, and what became of it."""

    says: Text = Field(description="The statement, in own words")
    document: Kebab = Field(description="The source it stands in")
    place: Text = Field(description="Where in the document")
    status: Literal["encoded", "limited", "resolved", "rejected", "gap"] = Field(
        description="What became of it"
    )
    note: Text = maybe("", "How it was hedged or resolved, why rejected, what lacks")
    conflicts: list[Item] = maybe([], "For resolved: the items it clashes with")


class HelplineEntry(Entry):
    """Whom to call in a country."""

    emergency: Text = Field(description="The emergency number, in quotes")
    advice: Text = maybe("", "The line for urgent advice, in quotes")
    emergency_room: Text = maybe("", "What the room for emergencies is called")
    sources: Citations = Field(description="Source ids, or {source-id: section}")


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


Side = Literal["near", "far", "left", "right"]
Figures = dict[Name, float]
Span = Annotated[list[float], Field(min_length=2, max_length=2)]
SpotWords = Annotated[list[str | float], Field(min_length=2, max_length=4)]
ArmWords = Annotated[object, WithJsonSchema({WORDS: "arm"})]
Bend = Annotated[object, WithJsonSchema({"anyOf": [_WORD, _NUMBER]})]
_PROP_SIZES = {"type": "object", "additionalProperties": _NUMBER}
_PROP_USE = {"type": "object", "minProperties": 1, "additionalProperties": _PROP_SIZES}
PropUses = Annotated[
    list[object],
    WithJsonSchema({"type": "array", "items": {"anyOf": [_WORD, _PROP_USE]}}),
]


class ArmEntry(Entry):
    """Where an arm is. One of shoulder, down, palm, hand and along says it."""

    shoulder: float | None = maybe(None, "Degrees from the trunk, forward (front view: outward)")
    elbow: float | None = maybe(None, "Degrees bent")
    down: float | None = maybe(None, "Degrees from straight down instead, whatever the trunk does")
    palm: float | None = maybe(None, "The hand is on the floor, here on the page")
    hand: SpotWords | None = maybe(None, "The place of the hand")
    elbow_at: SpotWords | None = maybe(
        None, "The place of the elbow, for an arm that comes towards us"
    )
    along: Name | None = maybe(None, "The hand slides along the front of this leg, arm straight")
    gap: float | None = maybe(None, "How far it stays in front of it")


class LegEntry(Entry):
    """How a leg is bent, in degrees. What is left out follows from where its foot stands."""

    hip: float | None = maybe(None, "Thigh against hips, bending is positive")
    knee: float | None = maybe(None, "0 straight, 150 heel to seat")
    ankle: float | None = maybe(None, "Toes up is positive; of a foot in the air")
    abd: float | None = maybe(None, "Front view: leg out to the side")
    kneel: YesNo | None = maybe(None, "yes: the shin lies on the floor")


class FootEntry(Entry):
    """Where a foot stands."""

    at: float | Span = Field(
        description="Its ankle (toes: its ball): x, or [x, height of its floor]"
    )
    foot: Literal["flat", "toes"] = maybe("flat", "toes: only the front of it stands")
    heel: float = maybe(0, "How far the heel is up, in degrees")


class SledEntry(Entry):
    """What both soles push along a rail."""

    slope: float = Field(description="The rail against level, in degrees")
    plate: float = Field(description="The way the feet point, in degrees from straight down")
    offset: float = maybe(0, "How far in front of the hip the rail passes it")


class PathEntry(Entry):
    """An arrow for the way of one point."""

    point: Text = Field(description="A joint, such as hip or near.ankle")
    from_: Name = Field(alias="from", description="The pose it starts in")
    to: Name = Field(description="The pose it ends in")


class PoseEntry(Entry):
    """One key pose, in numbers and in the words that the numbers must come out as."""

    name: Name | None = maybe(None, "What other keys call it")
    of: Name | None = maybe(None, "An earlier pose of the exercise or a posture, to be changed")
    say: Text = maybe("", "The words under it; `|` starts a second line")
    shows: dict[Text, Text] | None = maybe(None, "What must be seen, such as near knee: bent")
    trunk: float | None = maybe(None, "Lean of the chest, forward is positive; 90 face down")
    back: Bend = maybe(None, "rounded, arched, neutral, or degrees of chest against hips")
    bend: float | None = maybe(None, "Front view: degrees the waist is bent to the side")
    near: LegEntry | None = maybe(None, "The leg towards us; left out, it does as the other")
    far: LegEntry | None = maybe(None, "The leg behind it; left out, it does as the other")
    left: LegEntry | None = maybe(None, "Front view: the leg on the left of the page")
    right: LegEntry | None = maybe(None, "Front view: the leg on the right of the page")
    near_heel: float | None = maybe(None, "How far this heel is up, in degrees")
    far_heel: float | None = maybe(None, "How far this heel is up, in degrees")
    left_heel: float | None = maybe(None, "How far this heel is up, in degrees")
    right_heel: float | None = maybe(None, "How far this heel is up, in degrees")
    arms: ArmWords = maybe(None, "Both arms: a named position, [x, y] of the hands, or a mapping")
    near_arm: ArmWords = maybe(None, "The arm towards us")
    far_arm: ArmWords = maybe(None, "The arm behind")
    left_arm: ArmWords = maybe(None, "Front view: the arm on the left of the page")
    right_arm: ArmWords = maybe(None, "Front view: the arm on the right of the page")
    seated: YesNo | None = maybe(None, "yes: a seat carries the weight, so it need not balance")
    ring: Text = maybe("", "For a mistake: the joint that it is seen at")


class DrawingEntry(Entry):
    """How an exercise looks: two or three key poses, or why it is not drawn."""

    words: Text = maybe("", "Instead of poses: why words have to do")
    view: Literal["side", "front"] = maybe("side", "From where it is seen")
    anchor: Text = maybe("", "What holds the body: near foot, feet, seat, shoulders, wall …")
    x: float = maybe(0, "Where the anchor is")
    height: float = maybe(0, "How high the anchor is: of a seat, a bench, a step")
    slope: float = maybe(0, "For the anchor wall: how far it leans back, in degrees")
    planted: dict[Side, FootEntry] = maybe({}, "Feet that stand still in every pose")
    sled: SledEntry | None = maybe(None, "What the soles push")
    props: PropUses = maybe([], "What is used: names, or {name: {size: number}}")
    work: Names = maybe(None, "What works, in color: near leg, far arm, trunk …")
    paths: list[PathEntry] = maybe([], "Arrows")
    back_moves: YesNo = maybe("no", "yes: bending the back is the exercise")
    poses: list[PoseEntry] = maybe([], "The key poses, in order")
    mistakes: list[PoseEntry] = maybe([], "What not to do, crossed out")


class PartEntry(Entry):
    """One piece of a prop: exactly one of the first five keys."""

    box: SpotWords | None = maybe(None, "Its lower left corner; `w` and `h` are its size")
    area: list[SpotWords] | None = maybe(None, "The corners of a filled shape")
    wire: list[SpotWords] | None = maybe(None, "The points of a line")
    round: SpotWords | None = maybe(None, "The middle of a round plate; `r` is its size")
    pad: list[SpotWords] | None = maybe(None, "The points along a cushion; `r` is half its")
    w: str | float = maybe(0, "Width")
    h: str | float = maybe(0, "Height")
    r: str | float = maybe(0, "Half its thickness")
    moves: YesNo = maybe("no", "yes: it goes with the body; no: it stays with the first pose")
    front: YesNo = maybe("no", "yes: in front of the body")
    dark: YesNo = maybe("no", "yes: dark, as a weight is")


class PropEntry(Entry):
    """Something that an exercise uses."""

    parts: list[PartEntry] = Field(min_length=1, description="Its pieces")
    sizes: Figures = maybe({}, "Numbers that its pieces name, with what they are by default")
    held: YesNo = maybe("no", "yes: a weight in the hands")
    seat: YesNo = maybe("no", "yes: it is sat on")
    back_pad: YesNo = maybe("no", "yes: the back stays against it")


class VertebraeEntry(Entry):
    """One link of the trunk, from the hip up."""

    end: Name = Field(description="The name of its upper end")
    length: float = Field(description="Its length")
    share: float = Field(description="Its part of a bent back: 1 as the hips, 0 as the chest")
    width: Span = Field(description="Half its width, at its lower and at its upper end")


class ClaimEntry(Entry):
    """What the drawing of an exercise must measure if the catalogue says something of it."""

    attribute: Name = Field(description="The attribute")
    value: Name = Field(description="Its value")
    measure: Literal["lean", "trunk", "legs_apart", "deepest_hip", "held", "balance", "prop"] = (
        Field(description="What is measured")
    )
    least: float = maybe(-360, "The least it may be")
    most: float = maybe(360, "The most it may be")
    prop: Name | None = maybe(None, "For prop: which")
    says: Text = Field(description="What the drawing must show, after `but`")


class WordsEntry(Entry):
    """The words of `shows`, each with the numbers it stands for."""

    segments: dict[Text, Span] = Field(description="Of a segment: degrees from upright")
    bends: dict[Text, Span] = Field(description="Of a joint: degrees bent")
    body: dict[Text, Span] = Field(description="Of shoulder, hip and ankle: degrees off a line")
    foot: dict[Text, dict[Name, Span]] = Field(
        description="Of a foot: tilt in degrees, height above the floor"
    )
    spoken: dict[Text, Text] = maybe({}, "How a word is said in a sentence, if not as it is")


class BodyEntry(Entry):
    """The one body of all drawings, standing 100 high."""

    trunk: list[VertebraeEntry] = Field(min_length=1, description="The links of the trunk")
    lengths: Figures = Field(description="Lengths of the other parts")
    flesh: dict[Name, Span] = Field(description="Half-widths, where a part begins and ends")
    rests: Figures = Field(description="How far a part's middle is from what it lies on")
    limits: dict[Name, Span] = Field(description="What a joint can do, in degrees")
    backs: Figures = Field(description="Words for a back, in degrees of chest against hips")
    arms: dict[Literal["side", "front"], dict[Name, ArmEntry]] = Field(
        description="Named positions of the arms, for each view"
    )
    words: WordsEntry = Field(description="The words of `shows`")
    masses: dict[Name, Span] = Field(
        description="Part of the body's mass, and where along the part its middle is"
    )
    allow: Figures = Field(description="What a check of a drawing lets pass")
    claims: list[ClaimEntry] = maybe([], "What attributes of the catalogue have to look like")


class RuleFile(Entry):
    """A rule file: any of these sections."""

    rule_base: RuleBaseEntry | None = maybe(None, "The name of the rule base")
    attributes: dict[Name, AttributeEntry] = maybe({}, "Properties of exercises")
    levels: dict[Name, LevelEntry] = maybe({}, "What each level says")
    topics: dict[Name, TopicEntry] = maybe({}, "What rules can be about")
    slots: dict[Name, SlotEntry] = maybe({}, "The places in the session")
    days: DaysEntry | None = maybe(None, "The days of the routine")
    session: SessionEntry | None = maybe(None, "The session as a whole")
    doors: DoorsEntry | None = maybe(None, "What a person may come for")
    journal: JournalEntry | None = maybe(None, "What a journal asks")
    scheme: SchemeEntry | None = maybe(None, "How weights go up and down")
    kinship: KinshipEntry | None = maybe(None, "Which exercises are near relatives")
    schedule: ScheduleEntry | None = maybe(None, "How often, and how far apart")
    ladders: dict[Name, LadderEntry] = maybe({}, "Ways from easy to hard")
    sources: dict[Kebab, SourceEntry] = maybe({}, "The documents behind the rules")
    questions: dict[Name, QuestionEntry] = maybe({}, "The facts, and the words to ask for them")
    observations: dict[Name, ObservationEntry] = maybe(
        {}, "The facts that are measured in the journal"
    )
    findings: dict[Name, FindingEntry] = maybe({}, "Named conditions")
    exercises: dict[Name, ExerciseEntry] = maybe({}, "The catalogue")
    drawings: dict[Name, DrawingEntry] = maybe({}, "How exercises look, by their ids")
    postures: dict[Name, PoseEntry] = maybe({}, "Poses that drawings start from")
    props: dict[Name, PropEntry] = maybe({}, "What is used in drawings")
    body: BodyEntry | None = maybe(None, "The body of all drawings")
    rules: dict[Kebab, RuleEntry] = maybe({}, "The rules")
    guidance: dict[Item, GuidanceEntry] = maybe({}, "The statements of the documents")
    invariants: dict[Kebab, InvariantEntry] = maybe({}, "What must hold for everyone")
    emergency_numbers: dict[Country, HelplineEntry] = maybe(
        {}, "Whom to call, by country code; anywhere has the words for all others"
    )


_FORMS = {Name: "snake", Kebab: "kebab", Item: "item", Country: "country"}
_SECTIONS = {name: get_args(each.annotation) for name, each in RuleFile.model_fields.items()}

# The sections that hold entries by id, with the model of one entry and the form of its ids.
COLLECTIONS: dict[str, tuple[type[Entry], str]] = {
    name: (model, _FORMS[key]) for name, (key, model) in _SECTIONS.items() if model is not NoneType
}

# The sections that stand once.
SINGLES: dict[str, type[Entry]] = {
    name: model for name, (model, none) in _SECTIONS.items() if none is NoneType
}
