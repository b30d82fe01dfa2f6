"""The questions of a rule base → the OpenAPI 3.1 document of the API."""

from __future__ import annotations

from typing import assert_never

import orjson

from advisor.answers import NONE, UNSURE
from advisor.brief import MANY, SCHEMA
from advisor.document import FIELDS, SMALL
from advisor.json_text import Json, json_text
from advisor.report.schema import plan_schema
from advisor.rulebase.shapes import LEVELS, Number, OneOf, Question, RuleBase, SomeOf, YesNo
from advisor.version import __version__
from advisor.web.requests import KEYS, NEEDED, TAKES

_SAYS = {
    "next": "The next question worth asking, or that none is left",
    "plan": "The plan for these answers",
    "check": "One exercise for this person",
    "troubleshoot": "The likely causes of a sore session, and one change to try at a time",
    "batch": "The plans of many people, one a line, in the order they came",
}
_NULL: Json = {"type": "null"}
_OBJECT: Json = {"type": "object"}
_TEXTS: Json = {"type": "array", "items": {"type": "string"}}


def _named(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


# What the rule base says of keys.
_PARTS: dict[str, Json] = {
    "answers": _named("answers"),
    "exercise": _named("exercise"),
    "without": {"items": _named("exercise")},
    "with": {"items": _named("exercise")},
    "fields": {"items": {"enum": [*FIELDS, *SMALL]}},
}


def openapi(rules: RuleBase) -> Json:
    """The document. What it says of answers is what the questions of the rule base say."""
    plan = plan_schema()
    parts: Json = plan.pop("$defs")  # type: ignore[assignment]  # a table
    plan.pop("$schema")
    document = {
        "openapi": "3.1.0",
        "info": {"title": rules.title, "version": __version__},
        "paths": {f"/api/{name}": {"post": _operation(name)} for name in TAKES},
        "components": {
            "schemas": {
                "answers": answers_schema(rules),
                "exercise": {"enum": [each.id for each in rules.exercises]},
                "problem": _problem(),
                **_documents(),
                "plan": plan,
                **parts,
            }
        },
    }
    # In the schema of a plan alone, its parts stand elsewhere.
    text = json_text(document).replace(b'"#/$defs/', b'"#/components/schemas/')
    told: Json = orjson.loads(text)
    return told


def _operation(name: str) -> Json:
    properties = {key: KEYS[key] | _PARTS.get(key, {}) for key in TAKES[name]}
    asked: Json = {**_OBJECT, "properties": properties, "additionalProperties": False}
    if name in NEEDED:
        asked["required"] = [NEEDED[name]]
    many = name == "batch"
    whole: Json = {"anyOf": [_named("plan"), _named("brief")]} if name == "plan" else _named(name)
    answered: Json = {"schema": {"type": "string"} if many else whole}
    found = {"application/x-ndjson" if many else "application/json": answered}
    problem = {"application/problem+json": {"schema": _named("problem")}}
    wrong = {"413": "Too large", "408": "Too slow", "422": "Unusable answers, with every problem"}
    return {
        "operationId": name,
        "summary": _SAYS[name],
        "requestBody": {"required": True, "content": {"application/json": {"schema": asked}}},
        "responses": {
            "200": {"description": _SAYS[name], "content": found},
            **{code: {"description": says, "content": problem} for code, says in wrong.items()},
        },
    }


def answers_schema(rules: RuleBase, *, brief: bool = False) -> Json:
    """What can be answered; a brief one says neither the questions nor long lists of choices."""
    every = {question.id: _answer(question, brief=brief) for question in rules.asked}
    return {**_OBJECT, "properties": every, "additionalProperties": False}


def _answer(question: Question, *, brief: bool = False) -> Json:
    """What answers a question; null is no answer."""
    kind = question.type
    ids: list[object] = [each.id for each in question.choices]
    match kind:
        case YesNo():
            answer: Json = {"enum": [True, False, "yes", "no", UNSURE, None]}
        case OneOf():
            answer = {"enum": [*ids, UNSURE, None]}
        case SomeOf():
            items = {"type": "string"} if brief and len(ids) > MANY else {"enum": ids}
            some = {"type": "array", "items": items}
            answer = {"anyOf": [some, {"enum": [NONE, UNSURE, None]}]}
        case Number():
            number = {"type": "number", **question.bounds, "multipleOf": float(question.step)}
            answer = {"anyOf": [number, {"enum": [UNSURE, None]}]}
        case _:
            assert_never(kind)
    return answer if brief else {"title": question.ask, "description": question.help, **answer}


def _problem() -> Json:
    text: Json = {"type": "string"}
    properties = {"type": text, "title": text, "status": {"type": "integer"}, "detail": text}
    whole = {**_OBJECT, "properties": {**properties, "problems": _TEXTS}}
    return {**whole, "required": ["type", "title", "status"]}


def _documents() -> Json:
    """The smaller documents, by their keys."""
    count: Json = {"type": "integer", "minimum": 0}
    question: Json = {"anyOf": [_OBJECT, _NULL]}
    reasons: Json = {"type": "array", "items": _OBJECT}
    checked = {"exercise": {"type": "string"}, "verdict": {"type": "string"}, "reasons": reasons}
    causes = {"status": {"type": "string"}, "suspects": reasons, "safety_net": _TEXTS}
    brief = {"schema": {"const": SCHEMA}, "level": {"enum": [*LEVELS, None]}, "safety_net": _TEXTS}
    shapes: dict[str, Json] = {
        "brief": brief,
        "next": {"question": question, "answered": count, "remaining_at_most": count},
        "check": checked,
        "troubleshoot": causes,
    }
    return {
        name: {**_OBJECT, "properties": keys, "required": [*keys]} for name, keys in shapes.items()
    }
