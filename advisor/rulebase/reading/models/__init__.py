"""What may stand in a rule file, section by section, as Pydantic models.

The docstrings and descriptions are what an author sees in an editor, through the JSON Schema that
is made from these models.
"""

# ruff: noqa: F403, F405 - every entry is told once, in its own file, and known by this name here

from __future__ import annotations

from types import NoneType
from typing import get_args

from pydantic import Field

from advisor.rulebase.reading.models.catalogue import *
from advisor.rulebase.reading.models.drawings import *
from advisor.rulebase.reading.models.journal import *
from advisor.rulebase.reading.models.language import *
from advisor.rulebase.reading.models.routine import *
from advisor.rulebase.reading.models.rules import *


class RuleBaseEntry(Entry):
    """The name of the rule base."""

    name: Text = Field(description="A short name")
    version: Text = Field(description="The version, in quotes")
    title: Text = Field(description="What it is about, in one line")


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
