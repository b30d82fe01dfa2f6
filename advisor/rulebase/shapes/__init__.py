"""The shapes of a rule base: what YAML becomes once it was read and checked.

Everything here is frozen and plain, so that a rule base can be shared, hashed, pickled and
sent to another process. Answers are kept as small integers (see `Question.encode`), which is
what the generated code compares; the words come back with `Question.decode`.
"""

from __future__ import annotations

from advisor.rulebase.shapes.base import ANYWHERE, Doors, Helpline, LevelWords, Rule, RuleBase
from advisor.rulebase.shapes.conditions import (
    ALWAYS,
    All,
    Any,
    Comparison,
    Condition,
    Finding,
    Named,
    Not,
)
from advisor.rulebase.shapes.effects import (
    ADVICE,
    LEVELS,
    REFERRAL,
    RESTRICTING,
    SCHEDULE,
    Advise,
    Avoid,
    Cap,
    Caution,
    Effect,
    Level,
    Lines,
    Prefer,
    Suspect,
)
from advisor.rulebase.shapes.exercises import Attribute, Dose, Exercise, Kinship, Schedule, Slot
from advisor.rulebase.shapes.questions import (
    CHOICE,
    INTEGER,
    SET,
    TYPES,
    YES_NO,
    AnswerType,
    Choice,
    Number,
    OneOf,
    Question,
    SomeOf,
    YesNo,
    normal,
)
from advisor.rulebase.shapes.sources import KINDS, NOWHERE, Citation, GuidanceItem, Place, Source

__all__ = [
    "ADVICE",
    "ALWAYS",
    "ANYWHERE",
    "CHOICE",
    "INTEGER",
    "KINDS",
    "LEVELS",
    "NOWHERE",
    "REFERRAL",
    "RESTRICTING",
    "SCHEDULE",
    "SET",
    "TYPES",
    "YES_NO",
    "Advise",
    "All",
    "AnswerType",
    "Any",
    "Attribute",
    "Avoid",
    "Cap",
    "Caution",
    "Choice",
    "Citation",
    "Comparison",
    "Condition",
    "Doors",
    "Dose",
    "Effect",
    "Exercise",
    "Finding",
    "GuidanceItem",
    "Helpline",
    "Kinship",
    "Level",
    "LevelWords",
    "Lines",
    "Named",
    "Not",
    "Number",
    "OneOf",
    "Place",
    "Prefer",
    "Question",
    "Rule",
    "RuleBase",
    "Schedule",
    "Slot",
    "SomeOf",
    "Source",
    "Suspect",
    "YesNo",
    "normal",
]
