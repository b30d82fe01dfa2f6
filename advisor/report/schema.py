"""The JSON Schema of a plan (draft 2020-12), published as `legday schema`."""

from __future__ import annotations

from advisor.json_text import Json
from advisor.rulebase.shapes import KINDS, LEVELS

CUES = ["set_up", "movement", "breathing", "feel", "avoid"]
VERDICTS = ["avoid", "unresolved", "caution", "ok"]
WHY_EMPTY = ["none_left", "left_out", "apart", "lines", "minutes"]
GROUNDS = ["guideline", "study", "convention", "article", "reasoning"]


def _object(properties: Json, **more: object) -> Json:
    """An object with all of these keys and perhaps more, as the contract may grow."""
    return {"type": "object", "properties": properties, "required": [*properties], **more}


def _or_null(schema: Json) -> Json:
    return {"anyOf": [schema, {"type": "null"}]}


def _table(entry: Json) -> Json:
    """An object whose keys are ids."""
    return {"type": "object", "additionalProperties": entry}


def _array(items: Json) -> Json:
    return {"type": "array", "items": items}


TEXT: Json = {"type": "string"}
COUNT: Json = {"type": "integer", "minimum": 0}
AMOUNT: Json = {"type": "number", "minimum": 0}
TEXTS = _array(TEXT)
IDS: Json = {**TEXTS, "uniqueItems": True}
SAID = _array({"$ref": "#/$defs/said"})
SOME_SAID: Json = {**SAID, "minItems": 1}
SOURCES = _array({"$ref": "#/$defs/citation"})
# What is told once, and named elsewhere.
_SOURCED: Json = {"sources": SOURCES, "ground": {"enum": GROUNDS}}
_SOURCE = {"title": TEXT, "year": _or_null({"type": "integer"}), "kind": {"enum": [*KINDS]}}
_RULE: Json = {"because": {**TEXT, "minLength": 1}, "answers": {"type": "object"}, **_SOURCED}
_EXERCISE: Json = {"name": TEXT, "how": _object(dict.fromkeys(CUES, TEXTS)), **_SOURCED}
_STEP = _object({"kg": _or_null(AMOUNT), "lb": _or_null(AMOUNT), "says": TEXT})
_LOAD = _object(
    {
        "kg": _or_null(AMOUNT),
        "percent_of": {"enum": ["usual", "before_the_episode"]},
        "percent": COUNT,
        "step_percent": _or_null(COUNT),
        "step": _or_null(_STEP),
    }
)
_LINE = _object(
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
        "tempo": _or_null(TEXT),
        "load": _or_null(_LOAD),
        "notation": TEXT,
        "limits": SAID,
        "cues": SAID,
        "reasons": SOME_SAID,
        "dose_reasons": IDS,
        "ramp": TEXTS,
        "swap": {**IDS, "maxItems": 2},
    }
)
_RUNG = _object({"ladder": TEXT, "name": TEXT, "at": COUNT, "of": COUNT, "opens_next": TEXT})
_EMPTY = _object({"slot": TEXT, "name": TEXT, "reason": {"enum": WHY_EMPTY}, "rules": IDS})
_SESSION = _object(
    {
        "day": TEXT,
        "says": TEXT,
        "minutes": _or_null(COUNT),
        "warm_up": SAID,
        "exercises": _array(_LINE),
        "stop_if": SAID,
        "effort": TEXT,
        "rung": _or_null(_RUNG),
        "empty_slots": _array(_EMPTY),
    }
)
_SCHEDULE = _object(
    {
        "sessions_per_week": {**_array(COUNT), "minItems": 2, "maxItems": 2},
        "rest_hours": COUNT,
        "ready_in_hours": COUNT,
        "reasons": IDS,
    }
)
_DAYS: Json = {"type": "integer", "minimum": 1}
_TRIAL = _object({"suspect": TEXT, "exercise": TEXT, "trial": TEXT, "review_in_days": _DAYS})
_REFUSED = _object({"exercise": TEXT, "verdict": {"enum": VERDICTS}, "say": TEXT})
_WISHES = _object(
    {
        "without": IDS,
        "with": IDS,
        "minutes": _or_null(COUNT),
        "units": {"enum": ["kg", "lb"]},
        "not_followed": _array(_REFUSED),
    }
)
_VERDICT = _object({"verdict": {"enum": VERDICTS}, "reasons": IDS, "needs": IDS, "instead": IDS})
_KINDS = ["yes/no", "choice", "integer", "set"]
_QUESTION = _object({"fact": TEXT, "ask": TEXT, "type": {"enum": _KINDS}, "choices": TEXTS})


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
    session: Json = {"$ref": "#/$defs/session"}
    properties: Json = {
        "schema": {"const": "legday.plan/2"},
        "level": {"enum": [*LEVELS, None]},
        "status": {"enum": ["plan", "refer", "incomplete"]},
        "level_says": TEXT,
        "level_reasons": IDS,
        "referral": _or_null(referral),
        "before": SAID,
        "session": _or_null(session),
        "later": _array(session),
        "schedule": _or_null(_SCHEDULE),
        "trial": _or_null(_TRIAL),
        "wishes": _WISHES,
        "progression": SAID,
        "advice": SAID,
        "contradictions": SAID,
        "safety_net": TEXTS,
        "verdicts": _table(_VERDICT),
        "open_questions": _array(_QUESTION),
        "answers": {"type": "object"},
        "not_sure": TEXTS,
        "not_asked": TEXTS,
        "stated_clear": TEXTS,
        "command": TEXT,
        "rule_base": _object({"name": TEXT, "version": TEXT, "sha256": TEXT}),
        "rules": _table(_object(_RULE)),
        "sources": _table(_object(_SOURCE)),
        "exercises": _table(_object(_EXERCISE)),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A plan of legday",
        **_object(properties, allOf=_tied_to_status(), additionalProperties=False),
        "$defs": {
            "session": _SESSION,
            "said": _object({"rule": TEXT, "say": {**TEXT, "minLength": 1}}),
            "citation": _object({"id": TEXT, "section": TEXT}),
        },
    }
