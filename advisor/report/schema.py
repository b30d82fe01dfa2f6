"""The JSON Schema of a plan (draft 2020-12), published as `legday schema`."""

from __future__ import annotations

from advisor.json_text import Json
from advisor.rulebase.shapes import KINDS, LEVELS

TEXT: Json = {"type": "string"}
COUNT: Json = {"type": "integer", "minimum": 0}
AMOUNT: Json = {"type": "number", "minimum": 0}
TEXTS: Json = {"type": "array", "items": TEXT}
IDS: Json = {**TEXTS, "uniqueItems": True}
SAID: Json = {"type": "array", "items": {"$ref": "#/$defs/said"}}
SOME_SAID: Json = {**SAID, "minItems": 1}
SOURCES: Json = {"type": "array", "items": {"$ref": "#/$defs/citation"}}
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


def _tables() -> Json:
    """What is told once, and named elsewhere."""
    ground: Json = {"ground": {"enum": GROUNDS}}
    words: Json = {"because": {**TEXT, "minLength": 1}, "answers": {"type": "object"}}
    kind: Json = {"enum": [*KINDS]}
    source = _object({"title": TEXT, "year": _or_null({"type": "integer"}), "kind": kind})
    how = _object(dict.fromkeys(CUES, TEXTS))
    return {
        "rules": _table(_object({**words, "sources": SOURCES, **ground})),
        "sources": _table(source),
        "exercises": _table(_object({"name": TEXT, "how": how, "sources": SOURCES, **ground})),
    }


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
            "tempo": _or_null(TEXT),
            "load": _or_null(_load()),
            "notation": TEXT,
            "limits": SAID,
            "cues": SAID,
            "reasons": SOME_SAID,
            "dose_reasons": IDS,
            "ramp": TEXTS,
            "swap": {**IDS, "maxItems": 2},
        }
    )


def _load() -> Json:
    return _object(
        {
            "kg": _or_null(AMOUNT),
            "percent_of": {"enum": ["usual", "before_the_episode"]},
            "percent": COUNT,
            "step_percent": _or_null(COUNT),
            "step": _or_null(
                _object({"kg": _or_null(AMOUNT), "lb": _or_null(AMOUNT), "says": TEXT})
            ),
        }
    )


def _session() -> Json:
    empty = _object({"slot": TEXT, "name": TEXT, "reason": {"enum": WHY_EMPTY}, "rules": IDS})
    rung = _object({"ladder": TEXT, "name": TEXT, "at": COUNT, "of": COUNT, "opens_next": TEXT})
    return _object(
        {
            "day": TEXT,
            "says": TEXT,
            "minutes": _or_null(COUNT),
            "warm_up": SAID,
            "exercises": {"type": "array", "items": _line()},
            "stop_if": SAID,
            "effort": TEXT,
            "rung": _or_null(rung),
            "empty_slots": {"type": "array", "items": empty},
        }
    )


def _schedule() -> Json:
    pair = {"type": "array", "items": COUNT, "minItems": 2, "maxItems": 2}
    hours: Json = {"rest_hours": COUNT, "ready_in_hours": COUNT}
    return _object({"sessions_per_week": pair, **hours, "reasons": IDS})


def _trial() -> Json:
    days: Json = {"type": "integer", "minimum": 1}
    return _object({"suspect": TEXT, "exercise": TEXT, "trial": TEXT, "review_in_days": days})


def _wishes() -> Json:
    refused = _object({"exercise": TEXT, "verdict": {"enum": VERDICTS}, "say": TEXT})
    return _object(
        {
            "without": IDS,
            "with": IDS,
            "minutes": _or_null(COUNT),
            "units": {"enum": ["kg", "lb"]},
            "not_followed": {"type": "array", "items": refused},
        }
    )


def _verdict() -> Json:
    return _object(
        {
            "verdict": {"enum": VERDICTS},
            "reasons": IDS,
            "needs": IDS,
            "instead": IDS,
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
        "later": {"type": "array", "items": session},
        "schedule": _or_null(_schedule()),
        "trial": _or_null(_trial()),
        "wishes": _wishes(),
        "progression": SAID,
        "advice": SAID,
        "contradictions": SAID,
        "safety_net": TEXTS,
        "verdicts": _table(_verdict()),
        "open_questions": {"type": "array", "items": _question()},
        "answers": {"type": "object"},
        "not_sure": TEXTS,
        "not_asked": TEXTS,
        "stated_clear": TEXTS,
        "command": TEXT,
        "rule_base": _object({"name": TEXT, "version": TEXT, "sha256": TEXT}),
        **_tables(),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A plan of legday",
        **_object(properties, allOf=_tied_to_status(), additionalProperties=False),
        "$defs": {
            "session": _session(),
            "said": _object({"rule": TEXT, "say": {**TEXT, "minLength": 1}}),
            "citation": _object({"id": TEXT, "section": TEXT}),
        },
    }
