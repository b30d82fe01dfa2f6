"""The JSON Schema of a plan (draft 2020-12), published as `legday schema`."""

from __future__ import annotations

from advisor.json_text import Json
from advisor.rulebase.shapes import LEVELS

TEXT: Json = {"type": "string"}
COUNT: Json = {"type": "integer", "minimum": 0}
TEXTS: Json = {"type": "array", "items": TEXT}
REASON: Json = {"$ref": "#/$defs/reason"}
REASONS: Json = {"type": "array", "items": REASON}
SOME_REASONS: Json = {**REASONS, "minItems": 1}
VERDICTS = ["avoid", "unresolved", "caution", "ok"]
GROUNDS = ["guideline", "study", "convention", "article", "reasoning"]


def _object(properties: Json, **more: object) -> Json:
    """An object with all of these keys and perhaps more, as the contract may grow."""
    return {"type": "object", "properties": properties, "required": [*properties], **more}


def _or_null(schema: Json) -> Json:
    return {"anyOf": [schema, {"type": "null"}]}


def _reason() -> Json:
    source = _object({"id": TEXT, "title": TEXT, "section": TEXT})
    return _object(
        {
            "rule": TEXT,
            "text": {**TEXT, "minLength": 1},
            "why": TEXT,
            "because": {"type": "object"},
            "sources": {"type": "array", "items": source},
            "ground": {"enum": GROUNDS},
        }
    )


def _line() -> Json:
    return _object(
        {
            "slot": TEXT,
            "exercise": TEXT,
            "name": TEXT,
            "sets": {"type": "integer", "minimum": 1},
            "reps": {"type": "integer", "minimum": 1},
            "hold_seconds": _or_null(COUNT),
            "per_side": {"type": "boolean"},
            "rest_seconds": COUNT,
            "reps_in_reserve": COUNT,
            "load_percent": COUNT,
            "load_step_percent": COUNT,
            "notation": TEXT,
            "cues": SOME_REASONS,
            "reasons": SOME_REASONS,
            "dose_reasons": REASONS,
        }
    )


def _session() -> Json:
    empty = _object({"slot": TEXT, "name": TEXT})
    return _object(
        {
            "warm_up": TEXTS,
            "exercises": {"type": "array", "items": _line()},
            "stop_if": REASONS,
            "empty_slots": {"type": "array", "items": empty},
        }
    )


def _schedule() -> Json:
    pair = {"type": "array", "items": COUNT, "minItems": 2, "maxItems": 2}
    hours: Json = {"rest_hours": COUNT, "ready_in_hours": COUNT}
    return _object({"sessions_per_week": pair, **hours, "reasons": REASONS})


def _verdict() -> Json:
    return _object(
        {
            "verdict": {"enum": VERDICTS},
            "name": TEXT,
            "reasons": REASONS,
            "needs": TEXTS,
            "instead": TEXTS,
        }
    )


def _question() -> Json:
    kinds = ["yes/no", "choice", "integer", "set"]
    return _object({"fact": TEXT, "ask": TEXT, "type": {"enum": kinds}, "choices": TEXTS})


def _tied_to_status() -> list[Json]:
    """What each status means for the rest of the plan."""

    def when(status: str, **then: Json) -> Json:
        condition = {"properties": {"status": {"const": status}}}
        return {"if": condition, "then": {"properties": then}}

    null: Json = {"type": "null"}
    referral: Json = {"enum": list(LEVELS[3:])}
    return [
        when("plan", level={"enum": list(LEVELS[:3])}, session={"type": "object"}, referral=null),
        when("refer", level=referral, session=null, schedule=null, referral={"type": "object"}),
        when("incomplete", level=null, session=null, open_questions={"minItems": 1}),
    ]


def plan_schema() -> Json:
    """The schema of the document that `legday plan --format json` prints."""
    referral = _object({"urgency": {"enum": list(LEVELS[3:])}, "action": TEXT})
    properties: Json = {
        "schema": {"const": "legday.plan/1"},
        "level": {"enum": [*LEVELS, None]},
        "status": {"enum": ["plan", "refer", "incomplete"]},
        "level_says": TEXT,
        "level_reasons": REASONS,
        "referral": _or_null(referral),
        "session": _or_null(_session()),
        "schedule": _or_null(_schedule()),
        "progression": REASONS,
        "verdicts": {"type": "object", "additionalProperties": _verdict()},
        "advice": REASONS,
        "contradictions": REASONS,
        "safety_net": TEXTS,
        "open_questions": {"type": "array", "items": _question()},
        "answers": {"type": "object"},
        "not_sure": TEXTS,
        "not_asked": TEXTS,
        "stated_clear": TEXTS,
        "command": TEXT,
        "rule_base": _object({"name": TEXT, "version": TEXT, "sha256": TEXT}),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A plan of legday",
        **_object(properties, allOf=_tied_to_status(), additionalProperties=False),
        "$defs": {"reason": _reason()},
    }
