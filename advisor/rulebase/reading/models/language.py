"""The small language of rule files: names, texts, conditions, selectors, answers.

What refers to itself, or is written in words, Pydantic lets through as it is (`object`): the
builders read it word by word, and editors get a schema.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema

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
WORD = {"type": "string"}
WORD_LIST = {"type": "array", "items": WORD, "minItems": 1}
NUMBER = {"type": "number"}
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
            WORD,
            NUMBER,
            WORD_LIST,
            {
                "type": "object",
                "properties": {"at_least": {"type": "integer", "minimum": 1}, "of": WORD_LIST},
                "required": ["at_least", "of"],
                "additionalProperties": False,
            },
        ],
    },
    "selector": {
        "description": "Which exercises: an id, a list, attributes that must all match "
        "(with `except`), or everything.",
        "anyOf": [
            WORD,
            {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/selector"}},
            {
                "type": "object",
                "minProperties": 1,
                "properties": {"except": {"$ref": "#/$defs/selector"}},
                "additionalProperties": {"anyOf": [WORD, WORD_LIST]},
            },
        ],
    },
    "arm": {
        "description": "A named position, the place [x, y] of the hand, or how the arm is bent.",
        "anyOf": [
            WORD,
            {"type": "array", "minItems": 2, "maxItems": 2, "items": NUMBER},
            {"$ref": "#/$defs/ArmEntry"},
        ],
    },
    "answers": {
        "description": "Answers by fact: yes, no, a choice, a number, a list, none, or unsure; and "
        "a `history` of days, for what is measured.",
        "type": "object",
        "properties": {"history": DAYS},
        "additionalProperties": {"anyOf": [WORD, NUMBER, {"type": "array", "items": WORD}]},
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
Answer = Annotated[object, WithJsonSchema({"anyOf": [WORD, NUMBER, WORD_LIST]})]
Concern = Annotated[object, WithJsonSchema({"anyOf": [WORD, WORD_LIST]})]
Names = Annotated[object, WithJsonSchema({"anyOf": [WORD, WORD_LIST]})]
Values = Annotated[object, WithJsonSchema({"anyOf": [WORD, {"type": "array", "items": WORD}]})]
AtMost = Annotated[object, WithJsonSchema({"type": "string", "pattern": "^at most [0-9]+$"})]
AtLeast = Annotated[object, WithJsonSchema({"type": "string", "pattern": "^at least [0-9]+$"})]
Observed = Annotated[
    object,
    WithJsonSchema(
        {"anyOf": [WORD, {"type": "object", "minProperties": 1, "additionalProperties": WORD}]}
    ),
]
_SECTION = {
    "type": "object",
    "minProperties": 1,
    "maxProperties": 1,
    "additionalProperties": {"type": "string", "minLength": 1},
}
CITATIONS = {"type": "array", "minItems": 1, "items": {"anyOf": [WORD, _SECTION]}}
Citations = Annotated[list[object], Field(min_length=1), WithJsonSchema(CITATIONS)]
_CHOICE = {
    "type": "object",
    "properties": {"label": WORD, "help": WORD, "group": WORD},
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
                    "additionalProperties": {"anyOf": [WORD, _CHOICE]},
                },
            ],
        }
    ),
]
Accepts = dict[str, Text]
ShortText = Annotated[Text, Field(max_length=70)]  # a line of 80 columns, with its source's number
BriefText = Annotated[Text, Field(max_length=260)]  # three such lines
SHORT = "The same in one short line, for a page"
WAS = "Ids that it had before, which answers and journals may still use"
ACCEPTS = "Codes of `legday rules check` that are meant to be so, each with a reason"


def maybe(default: T, says: str) -> T:
    """A key that can be left out: what stands for it then, and what it is for."""
    return Field(default, description=says)
