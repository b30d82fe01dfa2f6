"""A rule base → the JSON Schema of its own files, in which every word that it knows is named.

The schema of any base lets a test be any text; this one knows the questions, so that an editor
completes the id of a question and marks `at lest 3` while it is typed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, assert_never

from advisor.rulebase.reading.conditions import UNSURE
from advisor.rulebase.reading.histories import HISTORY
from advisor.rulebase.reading.models import CITATIONS, DAYS
from advisor.rulebase.reading.names import THIS
from advisor.rulebase.reading.selectors import EVERYTHING, EXCEPT, KIN
from advisor.rulebase.shapes import Number, OneOf, Question, RuleBase, SomeOf, YesNo
from advisor.rulebase.shapes.invariants import STATES

Schema = dict[str, Any]
_YES_NO: Schema = {"enum": ["yes", "no"]}
_BOUNDS: Schema = {
    "type": "string",
    "pattern": r"^(at least|at most) -?[\d.]+$|^-?[\d.]+ to -?[\d.]+$",
}
_COUNT: Schema = {"type": "string", "pattern": r"^at least \d+$"}


def own_schema(general: Schema, rules: RuleBase) -> Schema:
    """The schema of rule files, or of cases, with what this base knows in it."""
    made = general | {"$defs": general["$defs"].copy()}
    made["$defs"] |= {
        "condition": _condition(made["$defs"]["condition"], rules),
        "selector": _selector(made["$defs"]["selector"], rules),
        "answers": _answers(made["$defs"]["answers"], rules),
        "citation": _citation(rules),
    }
    if "InvariantEntry" in made["$defs"]:
        _name_states(made["$defs"], rules)
    cited = {**CITATIONS, "items": {"$ref": "#/$defs/citation"}}
    return _with(made, CITATIONS, cited)  # type: ignore[no-any-return]


def _name_states(definitions: Schema, rules: RuleBase) -> None:
    """Let an invariant name what is not known like an answer, as no condition can."""
    condition, statement = ({"$ref": f"#/$defs/{name}"} for name in ("condition", "statement"))
    tests = {each.id: _or_state(_about(each, _test(each))) for each in rules.questions}
    general = definitions["condition"]
    own = {**general, "properties": {**general["properties"], **tests}}
    definitions["statement"] = _with(own, condition, statement)
    definitions["InvariantEntry"] = _with(definitions["InvariantEntry"], condition, statement)


def _or_state(test: Schema) -> Schema:
    one = {"anyOf": [test, {"enum": [*STATES]}]}
    return {"anyOf": [*one["anyOf"], {"type": "array", "minItems": 1, "items": one}]}


def _with(part: Any, old: Schema, new: Schema) -> Any:  # noqa: ANN401 - JSON is any of many things
    """A schema with one part of it in place of another, wherever that stands."""
    if isinstance(part, list):
        return [_with(each, old, new) for each in part]
    if not isinstance(part, dict):
        return part
    found = old.items() <= part.items()
    return {**part, **new} if found else {key: _with(each, old, new) for key, each in part.items()}


def _condition(general: Schema, rules: RuleBase) -> Schema:
    """A test of its own for each fact; a finding holds or does not."""
    facts = {each.id: _about(each, _test(each)) for each in rules.questions}
    findings = {each.id: {**_YES_NO, "description": each.means} for each in rules.findings}
    own = {**general["properties"], **facts, **findings}
    return {**general, "properties": own, "additionalProperties": False}


def _about(question: Question, schema: Schema) -> Schema:
    return {**schema, "description": question.ask or question.id}


def _test(question: Question) -> Schema:
    """What a condition may ask of a question."""
    kind, words = question.type, [*question.positions]
    match kind:
        case YesNo():
            return _YES_NO
        case Number():
            return {"anyOf": [_number(question), _BOUNDS]}
        case OneOf():
            return {"anyOf": _one_or_more(words)}
        case SomeOf():
            of = {"type": "array", "minItems": 1, "items": {"enum": words}}
            counted = {"at_least": {"type": "integer", "minimum": 1}, "of": of}
            several = {"type": "object", "properties": counted, "required": [*counted]}
            closed = {**several, "additionalProperties": False}
            return {"anyOf": [*_one_or_more(["none", "some", *words]), _COUNT, closed]}
        case _:
            assert_never(kind)


def _one_or_more(words: Iterable[str]) -> list[Schema]:
    """A word, or a list of words; in a rule that stands for several, `this` too."""
    known = {"enum": [*words, THIS]}
    return [known, {"type": "array", "minItems": 1, "items": known}]


def _number(question: Question) -> Schema:
    ends = {name: question.bounds[name] for name in ("minimum", "maximum")}
    return {"type": "number", **ends}


def _selector(general: Schema, rules: RuleBase) -> Schema:
    """An id, a list of selectors, or attributes with their own values."""
    exercises = {"enum": [*rules.exercise, EVERYTHING, THIS]}
    parts = {
        name: {"description": each.label, "anyOf": _one_or_more(each.values)}
        for name, each in rules.attributes.items()
    }
    parts |= {EXCEPT: {"$ref": "#/$defs/selector"}, KIN: {"enum": [*rules.exercise, THIS]}}
    several = {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/selector"}}
    matching = {"type": "object", "minProperties": 1, "properties": parts}
    closed = {**matching, "additionalProperties": False}
    return {**general, "anyOf": [exercises, several, closed]}


def _answers(general: Schema, rules: RuleBase) -> Schema:
    """An answer of its own for each question."""
    facts = {each.id: _about(each, _answer(each)) for each in rules.questions}
    own = {HISTORY: DAYS, **facts}
    return {**general, "properties": own, "additionalProperties": False}


def _answer(question: Question) -> Schema:
    words, kind = [*question.positions], question.type
    match kind:
        case YesNo():
            return {"enum": ["yes", "no", UNSURE]}
        case Number():
            return {"anyOf": [_number(question), {"const": UNSURE}]}
        case OneOf():
            return {"enum": [*words, UNSURE, THIS]}
        case SomeOf():
            several = {"type": "array", "items": {"enum": [*words, THIS]}}
            return {"anyOf": [{"enum": [*words, "none", UNSURE, THIS]}, several]}
        case _:
            assert_never(kind)


def _citation(rules: RuleBase) -> Schema:
    """A source, or a source with the part of it."""
    titles = {
        name: {"type": "string", "minLength": 1, "description": each.title}
        for name, each in rules.sources.items()
    }
    part = {"type": "object", "minProperties": 1, "maxProperties": 1, "properties": titles}
    return {"anyOf": [{"enum": [*rules.sources]}, {**part, "additionalProperties": False}]}
