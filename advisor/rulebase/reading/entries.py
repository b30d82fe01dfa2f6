"""The nodes of all files → one draft: every section merged, every entry checked for its shape.

What Pydantic minds becomes problems in our words, with line and column. An entry with a wrong
shape is left out but its id is kept, so that others may name it without being told that it does
not exist.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Generic, TypeVar, cast, get_args

from pydantic import BaseModel, ValidationError, WithJsonSchema

from advisor.rulebase.problems import Problems, did_you_mean, quoted
from advisor.rulebase.reading import models
from advisor.rulebase.reading.nodes import Node
from advisor.rulebase.reading.units import same_in_another_unit
from advisor.rulebase.shapes import Place

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails


Model = TypeVar("Model", bound=BaseModel)
Shape = TypeVar("Shape", bound="DataclassInstance")

FORMS = (models.SNAKE, models.KEBAB, models.ITEM)
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
    "string_too_long": "is too long: {max_length} letters at most",
}
_MISSING = {"because": "missing-because", "sources": "missing-sources"}
_UNKNOWN = {"level": "unknown-level"}

Worded = tuple[str, Place, str, str]
ID_FORMS = {
    "snake": (models.SNAKE, "snake_case", "small letters, digits and `_`, such as `two_words`"),
    "kebab": (models.KEBAB, "kebab-case", "small letters, digits and `-`, such as `two-words`"),
    "country": (models.COUNTRY, "a country", "two capitals, such as `GB`, or `anywhere`"),
    "item": (models.ITEM, "an item's id", "words with `-` between them, such as `1-02`"),
}


@dataclass(frozen=True)
class Entry(Generic[Model]):
    """One entry: its id, where the id stands, its nodes and its model."""

    id: str
    place: Place
    node: Node
    model: Model

    def at(self, *path: str | int) -> Place:
        """Where a part of the entry stands, or the entry itself if it has no such part."""
        found = self.node.child(*path)
        return found.place if found else self.place

    def part(self, *path: str | int) -> Node:
        """The node of a part that is known to be there."""
        found = self.node.child(*path)
        return found or Node(self.place, None)

    def each(self, names: Iterable[str], *path: str | int) -> Iterator[tuple[str, Place]]:
        """The names that stand in a list of the entry, each with its place."""
        return ((name, self.at(*path, index)) for index, name in enumerate(names))

    def shaped(self, shape: type[Shape], **more: object) -> Shape:
        """A shape with what the entry says, its id and its place."""
        names = {each.name for each in fields(shape)} - type(self.model).model_fields.keys()
        own = {"id": self.id, "place": self.place}
        more = {**{name: each for name, each in own.items() if name in names}, **more}
        return shaped(shape, self.model, **more)


def shaped(shape: type[Shape], model: BaseModel, **more: object) -> Shape:
    """A shape with what a model says under the same names, and with more.

    Lists become tuples, and yes and no truth; what was left out is as the shape has it.
    """
    given = {name: each for name, each in model if each is not None}
    for each in fields(shape):
        value = given.get(each.name)
        if value is not None and each.name not in more:
            truth = value == "yes" if each.type == "bool" else value
            more[each.name] = tuple(truth) if isinstance(truth, list) else truth
    made: Callable[..., Shape] = shape
    return made(**more)


@dataclass
class Draft:
    """Entries by section and id, and all ids ever mentioned, with the place of each.

    `lost_sections` says that a section as a whole could not be read, so that a name that
    seems to be missing may well be there.
    """

    problems: Problems
    entries: dict[str, dict[str, Entry[BaseModel]]] = field(default_factory=dict)
    places: dict[str, dict[str, Place]] = field(default_factory=dict)
    lost_sections: bool = False

    def all(self, section: str, model: type[Model]) -> dict[str, Entry[Model]]:
        """The sound entries of a section, whose model the caller knows."""
        found = self.entries.get(section, {})
        if not all(isinstance(entry.model, model) for entry in found.values()):
            raise TypeError(section)
        return cast("dict[str, Entry[Model]]", found)

    def one(self, section: str, model: type[Model]) -> Entry[Model] | None:
        """The entry of a section that stands once, if it is there and sound."""
        return self.all(section, model).get("")

    def declared(self, section: str) -> Mapping[str, Place]:
        """Every id of a section, those of broken entries too."""
        return self.places.get(section, {})


def merge(files: Mapping[str, Node], problems: Problems) -> Draft:
    """Merge the sections of all files, in the order of files."""
    draft = Draft(problems)
    for root in files.values():
        sections = root.value if isinstance(root.value, dict) else {}
        for section, node in sections.items():
            at = root.keys[section]
            if section in models.SINGLES:
                _add(draft, section, "", at, node)
            elif section in models.COLLECTIONS:
                _collect(draft, section, node, at)
            else:
                hint = did_you_mean(section, models.RuleFile.model_fields)
                problems.add("unknown-section", at, f"unknown section {quoted(section)}", hint)
                draft.lost_sections = True
    return draft


def _collect(draft: Draft, section: str, node: Node, at: Place) -> None:
    """Add every entry of a section that holds entries by id."""
    if not isinstance(node.value, dict):
        message = f"{node.typed()} stands where the entries of `{section}` are meant"
        draft.problems.add("wrong-type", at if node.value is None else node.place, message)
        draft.lost_sections = True
        return
    pattern, form, hint = ID_FORMS[models.COLLECTIONS[section][1]]
    for key, child in node.value.items():
        _add(draft, section, key, node.keys[key], child)
        if not re.fullmatch(pattern, key):
            message = f"{quoted(key)} in `{section}` is not {form}"
            draft.problems.add("bad-id", node.keys[key], message, hint)
            draft.entries.get(section, {}).pop(key, None)


def _add(draft: Draft, section: str, key: str, at: Place, node: Node) -> None:
    """Add one entry, unless there is one with its id already."""
    places = draft.places.setdefault(section, {})
    if key in places:
        first = f"first in {places[key].file}:{places[key].line}"
        draft.problems.add("duplicate-id", at, f"{quoted(key or section)} is defined twice", first)
        return
    places[key] = at
    model = models.SINGLES.get(section) or models.COLLECTIONS[section][0]
    checked = validated(model, node, at, draft.problems)
    if checked is not None:
        draft.entries.setdefault(section, {})[key] = Entry(key, at, node, checked)


def validated(model: type[Model], node: Node, at: Place, problems: Problems) -> Model | None:
    """Turn a node into its model, or note everything that is wrong with it; `at` is its key."""
    try:
        return model.model_validate(node.plain())
    except ValidationError as error:
        for each in _one_by_cause(error.errors(include_url=False, include_context=True)):
            problems.add(*_worded(each, model, node, at))
        return None


def _one_by_cause(errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """The same errors; where the only unknown key stands for the only missing one, it says so."""
    missing = [each for each in errors if each["type"] == "missing"]
    unknown = [each for each in errors if each["type"] == "extra_forbidden"]
    if len(missing) == len(unknown) == 1 and missing[0]["loc"][:-1] == unknown[0]["loc"][:-1]:
        key = str(missing[0]["loc"][-1])
        told: ErrorDetails = {**unknown[0], "ctx": {"meant": key}}
        return [told if each is unknown[0] else each for each in errors if each is not missing[0]]
    return errors


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
        hint = _key_meant(error, key, value, _fields_at(model, path[:-1]))
        return "unknown-key", place, f"unknown key {quoted(key)}", hint
    if error["loc"] and error["loc"][-1] == "[key]":
        place = inside.keys.get(key, at) if inside else at
        return "bad-id", place, f"{quoted(key)} is not snake_case", "such as `two_words`"
    place = value.place if value and value.value is not None else _key_place(node, path, at)
    code, message, hint = _about_value(error, key, value or node)
    return code, place, message, hint


def _key_meant(
    error: ErrorDetails, key: str, value: Node | None, known: Mapping[str, FieldInfo]
) -> str:
    """What may have been meant by an unknown key, as a hint."""
    if value is not None and value.value is None and " " in key:
        return "put text with a comma in quotes"
    ways = {name: _way(field) for name, field in known.items()}
    if other := same_in_another_unit(key, value.text if value else "", ways):
        return f"write `{other}`"
    meant = error.get("ctx", {}).get("meant")
    return f"did you mean `{meant}`?" if meant else did_you_mean(key, known)


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


def _fields_at(model: type[BaseModel], path: tuple[int | str, ...]) -> dict[str, FieldInfo]:
    """The keys that the model at the end of a path knows, each with what may stand there."""
    for step in path:
        field = model.model_fields.get(str(step))
        if field is not None:
            model = next((each for each in models_in(field.annotation)), model)
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _way(field: FieldInfo) -> str:
    """The words `at least` or `at most`, where a number has to have them."""
    schemas = (each.json_schema for each in field.metadata if isinstance(each, WithJsonSchema))
    found = (re.match(r"\^(at \w+ )", str((each or {}).get("pattern"))) for each in schemas)
    return next((each[1] for each in found if each), "")


def models_in(annotation: object) -> tuple[type[BaseModel], ...]:
    """The models that an annotation names, however deep."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return (annotation,)
    return tuple(model for part in get_args(annotation) for model in models_in(part))
