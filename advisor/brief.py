"""A plan's document → what a chat client needs of it: the words in place, nothing to look up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from advisor.json_text import Json

SCHEMA = "legday.brief/2"
MANY = 20  # choices; a question with more of them only names the list that they are
FEW = 8  # reasons for a level, which may be as many as the rules that are still open
EXERCISES = "exercises"  # the only list so long: what can be chosen is the catalogue
_AS_THEY_ARE = ("level", "status", "level_says", "referral", "trial", "safety_net", "command")
_OF_A_LINE = (
    *("slot", "exercise", "name", "sets", "reps", "hold_seconds", "per_side", "rest_seconds"),
    *("reps_in_reserve", "tempo", "load", "notation", "swap"),
)
_LATER = ("exercise", "name", "notation", "reps_in_reserve", "rest_seconds")
_OF_A_SCHEDULE = ("sessions_per_week", "rest_hours", "ready_in_hours")


def brief_document(whole: Mapping[str, Any]) -> Json:
    """The level, the referral, the session without its cues, and what is still open."""
    because = {
        name: rule["because"]
        for name, rule in whole["rules"].items()
        if None not in rule["answers"].values() or whole["level"] is not None
    }
    schedule = whole["schedule"]
    return {
        "schema": SCHEMA,
        **{key: whole[key] for key in _AS_THEY_ARE},
        "level_reasons": _once(because[name] for name in whole["level_reasons"] if name in because)[
            :FEW
        ],
        "before": _words(whole["before"]),
        "contradictions": _words(whole["contradictions"]),
        "session": _session(whole["session"]),
        "later": [_later(each) for each in whole["later"]],
        "schedule": schedule and {key: schedule[key] for key in _OF_A_SCHEDULE},
        "open_questions": [brief_question(each) for each in whole["open_questions"]],
    }


def _session(session: Mapping[str, Any] | None) -> Json | None:
    if session is None:
        return None
    lines = [
        {
            **{key: line[key] for key in _OF_A_LINE},
            "limits": _words(line["limits"]),
            "reasons": _words(line["reasons"]),
        }
        for line in session["exercises"]
    ]
    return {
        "day": session["day"],
        "says": session["says"],
        "minutes": session["minutes"],
        "warm_up": _words(session["warm_up"]),
        "exercises": lines,
        "stop_if": _words(session["stop_if"]),
        "effort": session["effort"],
        "empty_slots": session["empty_slots"],
    }


def _later(session: Mapping[str, Any]) -> Json:
    """Another day: what to do, without the words that go with it."""
    lines = [
        {**{key: line[key] for key in _LATER}, "load": _without_step(line["load"])}
        for line in session["exercises"]
    ]
    return {**{key: session[key] for key in ("day", "says", "minutes")}, "exercises": lines}


def _without_step(load: Mapping[str, Any] | None) -> Json | None:
    return {key: value for key, value in load.items() if key != "step"} if load else None


def brief_question(question: Mapping[str, Any]) -> Json:
    """An open question, each choice with its words; a long list of choices is only named."""
    labels = question["labels"]
    rest = {key: value for key, value in question.items() if key not in ("choices", "labels")}
    if len(question["choices"]) > MANY:
        return {**rest, "choices": {"choices_of": EXERCISES}}
    return {**rest, "choices": labels or question["choices"]}


def _words(said: Iterable[Mapping[str, str]]) -> list[str]:
    return _once(each["say"] for each in said)


def _once(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))
