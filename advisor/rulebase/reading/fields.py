"""The kinds of values that stand in rule files, each with its part of the JSON Schema.

Conditions, tests, selectors and answers are a small language of their own: Pydantic lets them
through as they are (`object`), the builders read them word by word, and editors get a schema.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema

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

# Parts that refer to themselves; `rule_file_schema` puts them among its definitions.
DEFINITIONS: dict[str, object] = {
    "condition": {
        "description": "All of these must hold: facts with tests, findings, all, any, not.",
        "type": "object",
        "minProperties": 1,
        "properties": {
            "all": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/condition"}},
            "any": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/condition"}},
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
    "answers": {
        "description": "Answers by fact: yes, no, a choice, a number, a list, none, or unsure; and "
        "a `history` of days, for what is measured.",
        "type": "object",
        "properties": {"history": {"anyOf": [_DAY, {"type": "array", "items": _DAY}]}},
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
Citations = Annotated[
    list[object],
    Field(min_length=1),
    WithJsonSchema({"type": "array", "minItems": 1, "items": {"anyOf": [_WORD, _SECTION]}}),
]
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
