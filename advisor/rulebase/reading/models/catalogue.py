"""What a rule file says of questions and exercises, and of the documents behind them."""

# ruff: noqa: F403, F405 - the language of rule files is the vocabulary of all of it

from __future__ import annotations

from typing import Literal

from pydantic import Field

from advisor.rulebase.reading.models.language import *
from advisor.rulebase.reading.models.routine import DoseEntry
from advisor.rulebase.shapes import SourceKind


class AttributeEntry(Entry):
    """A property of exercises that rules may select by."""

    label: Text = Field(description="What it means, in plain words")
    values: list[Name] = Field(min_length=1, description="Every value it can have, in order")
    many: YesNo = maybe("no", "yes: an exercise may have several values, or none")
    accepts: Accepts = maybe({}, ACCEPTS)


class KinshipEntry(Entry):
    """Which exercises are near relatives, for `kin_of`."""

    same: Name = Field(description="The attribute that relatives share")
    at_least: list[Name] = Field(
        min_length=1,
        description="Attributes in which a relative has as much or more, one of them not the least",
    )


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
    accepts: Accepts = maybe({}, ACCEPTS)


class ChoiceEntry(Entry):
    """One choice, with a word on what it means."""

    label: Text = Field(description="The words for it")
    help: Text = maybe("", "What it means")
    group: Text = maybe(
        "", "The part of a long list that it is in; a conversation asks part by part"
    )


class QuestionEntry(Entry):
    """A fact, and the words to ask for it."""

    theme: Text = maybe("", "Groups questions")
    was: list[Name] = maybe([], WAS)
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
    lasts: YesNo = maybe(
        "no", "yes: one word for all does not undo trouble that was kept, however old"
    )
    grows: Literal["yearly"] | None = maybe(None, "yearly: a kept number goes up by one each year")
    observed: Observed = maybe(
        None, "An observation that is the same number, or for yes a test of one"
    )
    accepts: Accepts = maybe({}, ACCEPTS)


class FindingEntry(Entry):
    """A named condition."""

    means: Text = Field(description="What it means when it is true")
    when: Condition = Field(description="The condition it names")
    accepts: Accepts = maybe({}, ACCEPTS)


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
    was: list[Name] = maybe([], WAS)
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
