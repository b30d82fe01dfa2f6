"""Nodes -> models; what Pydantic minds becomes problems in our words, with line and column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from advisor.rulebase.fields import ITEM, KEBAB, SNAKE
from advisor.rulebase.nodes import Node
from advisor.rulebase.problems import Problems, did_you_mean, quoted
from advisor.rulebase.shapes import Place

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Model = TypeVar("Model", bound=BaseModel)

FORMS = (SNAKE, KEBAB, ITEM)
_KINDS = {
    "string_type": "text",
    "int_type": "a whole number",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
}
_BOUNDS = {
    "greater_than_equal": "is too small: {ge} at least",
    "too_long": "is too long: {max_length} entries at most",
}
_MISSING = {"because": "missing-because", "sources": "missing-sources"}
_UNKNOWN = {"level": "unknown-level"}

Worded = tuple[str, Place, str, str]


def validated(model: type[Model], node: Node, at: Place, problems: Problems) -> Model | None:
    """Turn a node into its model, or note everything that is wrong with it; `at` is its key."""
    try:
        return model.model_validate(node.plain())
    except ValidationError as error:
        for each in error.errors(include_url=False, include_context=True):
            problems.add(*_worded(each, model, node, at))
        return None


def _worded(error: ErrorDetails, model: type[BaseModel], node: Node, at: Place) -> Worded:
    """Find place, code and words for one error."""
    path = tuple(step for step in error["loc"] if step != "[key]")
    key = str(path[-1]) if path else ""
    inside = node.child(*path[:-1]) if path else None
    value = node.child(*path)
    if error["type"] == "missing":
        code = _MISSING.get(key, "missing-key")
        return code, _key_place(node, path[:-1], at), f"`{key}` is missing", f"add `{key}:`"
    if error["type"] == "extra_forbidden":
        place = inside.keys.get(key, inside.place) if inside else at
        known = _keys_of(model, path[:-1])
        comma = value is not None and value.value is None and " " in key
        hint = "put text with a comma in quotes" if comma else did_you_mean(key, known)
        return "unknown-key", place, f"unknown key {quoted(key)}", hint
    if error["loc"] and error["loc"][-1] == "[key]":
        place = inside.keys.get(key, at) if inside else at
        return "bad-id", place, f"{quoted(key)} is not snake_case", "such as `two_words`"
    place = value.place if value and value.value is not None else _key_place(node, path, at)
    code, message, hint = _about_value(error, key, value or node)
    return code, place, message, hint


def _about_value(error: ErrorDetails, key: str, value: Node) -> tuple[str, str, str]:
    """Code, message and hint for a value that does not fit."""
    kind, context = error["type"], error.get("ctx", {})
    name = f"`{key}`" if key and not key.isdigit() else "an entry"
    empty = value.value is None or value.value in ("", ())
    if empty or kind in {"string_too_short", "too_short"}:
        code = "empty-list" if kind in {"list_type", "too_short"} else "empty-text"
        return _MISSING.get(key, code), f"{name} is empty" if empty else f"{name} is too short", ""
    if kind in _KINDS:
        message = f"{value.typed()} stands where {_KINDS[kind]} is meant"
        return "wrong-type", message, _quotes(kind, value)
    if kind == "literal_error":
        return _about_word(key, name, value, context)
    if kind in _BOUNDS:
        return "out-of-bounds", f"{value.typed()} {_BOUNDS[kind].format(**context)}", ""
    if kind == "string_pattern_mismatch":
        code = "bad-id" if context.get("pattern") in FORMS else "bad-value"
        return code, f"{value.typed()} does not have the form that {name} takes", ""
    return "bad-value", f"{value.typed()} does not fit {name}", ""


def _about_word(
    key: str, name: str, value: Node, context: Mapping[str, object]
) -> tuple[str, str, str]:
    """A word that is none of the few the key takes."""
    known = re.findall(r"'([^']*)'", str(context.get("expected", "")))
    if isinstance(value.value, bool) and "yes" in known:
        return "unknown-word", f"{value.typed()} is no word for {name}", "write `yes` or `no`"
    hint = did_you_mean(value.text, known)
    return _UNKNOWN.get(key, "unknown-word"), f"{value.typed()} is no word for {name}", hint


def _quotes(kind: str, value: Node) -> str:
    """A word on quotes, where they are what is wrong."""
    scalar = not isinstance(value.value, (dict, tuple))
    if kind == "string_type" and scalar:
        return "put it in quotes if text is meant"
    if kind == "int_type" and isinstance(value.value, str) and value.text.isdecimal():
        return "leave out the quotes"
    return "write `[…]`" if kind == "list_type" and scalar else ""


def _key_place(node: Node, path: tuple[int | str, ...], at: Place) -> Place:
    """The place of the key that a path ends with, or of its list entry."""
    if not path:
        return at
    inside, found = node.child(*path[:-1]), node.child(*path)
    place = inside.keys.get(str(path[-1])) if inside else None
    return place or (found.place if found else at)


def _keys_of(model: type[BaseModel], path: tuple[int | str, ...]) -> tuple[str, ...]:
    """The keys that the model at the end of a path knows."""
    for step in path:
        field = model.model_fields.get(str(step))
        if field is not None:
            model = next((each for each in models_in(field.annotation)), model)
    return tuple(field.alias or name for name, field in model.model_fields.items())


def models_in(annotation: object) -> tuple[type[BaseModel], ...]:
    """The models that an annotation names, however deep."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return (annotation,)
    return tuple(model for part in get_args(annotation) for model in models_in(part))
