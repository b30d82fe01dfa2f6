"""The body of a request to the API → what it asks for, checked all at once.

`KEYS` is the one place that says what may be asked: what is read, and what the document says.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from advisor.answers import MANY, AnswerError, Facts, named_exercise, quoted, read_answers
from advisor.interview.next_question import PLAN, TROUBLESHOOT
from advisor.json_text import Json
from advisor.rulebase.problems import did_you_mean
from advisor.web.setting import Setting
from advisor.wishes import LONGEST, NO_WISHES, UNITS, Wishes, read_wishes

_TEXTS: Json = {"type": "array", "items": {"type": "string"}, "maxItems": MANY}
KEYS: dict[str, Json] = {
    "answers": {"type": "object"},
    "screened": {
        "type": "boolean",
        "description": "That every screening question which is not answered is all clear.",
    },
    "door": {"enum": [PLAN, TROUBLESHOOT], "description": "What the questions are for."},
    "exercise": {"type": "string", "description": "An id, a name or another name for it."},
    "without": {**_TEXTS, "description": "Exercises that are not wanted."},
    "with": {**_TEXTS, "description": "Exercises that are wanted, where they are fine."},
    "minutes": {
        "type": "integer",
        "minimum": 1,
        "maximum": LONGEST,
        "description": "The time there is for a session.",
    },
    "units": {"enum": [*UNITS], "description": "Of weights."},
    "brief": {"type": "boolean", "description": "Only what a chat client needs."},
    "people": {
        "type": "array",
        "items": {"type": "object"},
        "description": "The answers of each; `id` and `name` go along to the output.",
    },
    "fields": {**_TEXTS, "description": "Only these keys of each plan."},
}
_WISHES = ("without", "with", "minutes", "units")
# What each address takes; the first key must be there where nothing can be said without it.
TAKES: dict[str, tuple[str, ...]] = {
    "next": ("answers", "screened", "door"),
    "plan": ("answers", "screened", *_WISHES, "brief"),
    "check": ("exercise", "answers", "screened"),
    "troubleshoot": ("answers", "screened"),
    "batch": ("people", "screened", "fields"),
}
NEEDED = {"check": "exercise", "batch": "people"}
_TYPES: dict[object, tuple[type, str]] = {
    "object": (dict, "an object"),
    "array": (list, "a list"),
    "string": (str, "a text"),
    "boolean": (bool, "true or false"),
    "integer": (int, "a whole number"),
}


@dataclass(frozen=True)
class Request:
    """What is asked, with everything in it checked; `given` are the other keys as they came."""

    given: Mapping[str, object]
    facts: Facts
    wishes: Wishes = NO_WISHES
    exercise: str = ""


def read_request(body: bytes, name: str, setting: Setting) -> Request:
    """Read what is asked of an address. Raises AnswerError with every problem."""
    given = parsed(body)
    problems = _misfits(given, TAKES[name])
    needed = NEEDED.get(name)
    if needed and needed not in given:
        problems.append(f"`{needed}`: missing: expected {_expected(KEYS[needed])}")
    sound = {key: given[key] for key in given if key in KEYS and _fits(given[key], KEYS[key])}
    request = Request(sound, read_answers({}, setting.rules))
    for part in (_with_facts, _with_wishes, _with_exercise):
        try:
            request = part(request, setting)
        except AnswerError as error:
            problems += error.problems
    if problems:
        raise AnswerError(problems)
    return request


def parsed(body: bytes) -> Json:
    """The JSON object in a body. Raises AnswerError."""
    try:
        text = body.decode("utf-8-sig")
        value = json.loads(text, object_pairs_hook=_unique, parse_float=_number)
    except (ValueError, RecursionError) as error:
        if isinstance(error, AnswerError):
            raise
        raise AnswerError(["not JSON: expected an object with `answers`"]) from None
    if not isinstance(value, dict):
        raise AnswerError([f"{quoted(value)}: expected a JSON object with `answers`"])
    return value


def _number(digits: str) -> int | float:
    """A number with a point; 45.0 is the whole number, as JSON knows no other."""
    number = float(digits)
    return int(number) if number.is_integer() else number


def _unique(pairs: list[tuple[str, object]]) -> Json:
    times = Counter(key for key, _ in pairs)
    if twice := [key for key, count in times.items() if count > 1]:
        raise AnswerError(f"{quoted(key)}: answered twice: give one answer" for key in twice)
    return dict(pairs)


def _misfits(given: Json, takes: Collection[str]) -> list[str]:
    """What is unknown, and what is not of its type."""
    problems: list[str] = []
    for key, value in given.items():
        if len(problems) >= MANY:
            break
        if key not in takes:
            hint = did_you_mean(key[:60], takes) or f"expected {', '.join(takes)}"
            problems.append(f"unknown key {quoted(key)} ({hint})")
        elif not _fits(value, KEYS[key]):
            problems.append(f"`{key}`: {quoted(value)}: expected {_expected(KEYS[key])}")
    return problems


def _fits(value: object, schema: Json) -> bool:
    if "enum" in schema:
        return value in schema["enum"]  # type: ignore[operator]  # a list
    type_, _ = _TYPES[schema["type"]]
    if not isinstance(value, type_) or (type_ is int and isinstance(value, bool)):
        return False
    if not isinstance(value, list):
        return True
    few = len(value) <= int(str(schema.get("maxItems", len(value))))
    return few and all(_fits(each, schema["items"]) for each in value)  # type: ignore[arg-type]  # a schema


def _expected(schema: Json) -> str:
    if "enum" in schema:
        return " or ".join(f"`{each}`" for each in schema["enum"])  # type: ignore[attr-defined]  # a list
    _, words = _TYPES[schema["type"]]
    if schema["type"] == "array":
        most = f"at most {schema['maxItems']} " if "maxItems" in schema else ""
        words += f" of {most}{_TYPES[schema['items']['type']][1].split()[-1]}s"  # type: ignore[index]  # a list has them
    return words


def _with_facts(request: Request, setting: Setting) -> Request:
    given = request.given
    answers: Json = given.get("answers", {})  # type: ignore[assignment]  # it was checked
    screened = bool(given.get("screened"))
    return replace(request, facts=read_answers(answers, setting.rules, screened=screened))


def _with_wishes(request: Request, setting: Setting) -> Request:
    given: Mapping[str, object] = request.given
    left_out, wanted = (frozenset(given.get(key, ())) for key in ("without", "with"))  # type: ignore[call-overload]  # they were checked
    wishes = Wishes(left_out, wanted, given.get("minutes"), str(given.get("units", UNITS[0])))  # type: ignore[arg-type]  # it was checked
    return replace(request, wishes=read_wishes(wishes, setting.rules))


def _with_exercise(request: Request, setting: Setting) -> Request:
    if "exercise" not in request.given:
        return request
    exercise = named_exercise(str(request.given["exercise"]), setting.rules)
    return replace(request, exercise=exercise)
