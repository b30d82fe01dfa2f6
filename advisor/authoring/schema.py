"""The models of a rule file → its JSON Schema, and every key of it in Markdown.

Editors use the schema to complete and check; the guide has the tables, with type, unit, default
and meaning.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from advisor.authoring.cases.files import CaseEntry
from advisor.rulebase.reading import models
from advisor.rulebase.reading.entries import models_in

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic.fields import FieldInfo


_DRAFT = "https://json-schema.org/draft/2020-12/schema"
START, END = "<!-- reference -->", "<!-- /reference -->"
_PATTERNS = {
    models.SNAKE: "snake_case id",
    models.KEBAB: "kebab-case id",
    models.ITEM: "item, such as `1-02`",
    models.COUNTRY: "country, such as `GB`",
    "^at most [0-9]+$": "`at most N`",
    "^at least [0-9]+$": "`at least N`",
}
_UNITS = {each: each for each in ("seconds", "percent", "hours", "days", "sets", "year")}
_UNITS |= {"reps": "repetitions", "reserve": "repetitions", "week": "a week"}


def rule_file_schema() -> dict[str, Any]:
    """Describe a rule file as JSON Schema (draft 2020-12)."""
    made = _tidied(models.RuleFile.model_json_schema(by_alias=True))
    made["$defs"] = {**made["$defs"], **models.DEFINITIONS}
    _allow_layers(made)
    return {"$schema": _DRAFT, **made}


def case_file_schema() -> dict[str, Any]:
    """Describe a file of cases as JSON Schema (draft 2020-12)."""
    case = _tidied(CaseEntry.model_json_schema(by_alias=True))
    return {
        "$schema": _DRAFT,
        "$defs": {**models.DEFINITIONS, CaseEntry.__name__: case},
        "type": "object",
        "additionalProperties": {"$ref": f"#/$defs/{CaseEntry.__name__}"},
    }


def _allow_layers(made: dict[str, Any]) -> None:
    """What a base that extends another may say besides: `extends`, `replaces` and `removes`."""
    text = {"type": "string", "description": "The id of the entry that this takes the place of"}
    for model in (*(each for each, _ in models.COLLECTIONS.values()), *models.SINGLES.values()):
        made["$defs"][model.__name__]["properties"]["replaces"] = text
    head = made["$defs"][models.RuleBaseEntry.__name__]
    head["properties"]["extends"] = {"type": "string", "description": "legday, or another folder"}
    head["anyOf"] = [{"required": head.pop("required")}, {"required": ["extends"]}]
    says = "Ids of entries to leave out of the base that this extends"
    names = {"type": "array", "items": {"type": "string"}, "description": says}
    made["properties"]["removes"] = names


def _tidied(part: Any) -> Any:  # noqa: ANN401 - JSON is any of many things
    """Refer to the definitions; leave out null, as in a rule file a key is given or it is not."""
    if isinstance(part, list):
        return [_tidied(each) for each in part]
    if not isinstance(part, dict):
        return part
    kept = {key: _tidied(each) for key, each in part.items() if not _says_nothing(key, each)}
    if models.WORDS in kept:
        return {**_without(kept, models.WORDS), "$ref": f"#/$defs/{kept[models.WORDS]}"}
    if "patternProperties" in kept:
        kept["additionalProperties"] = False
    options = kept.get("anyOf", [])
    if {"type": "null"} not in options:
        return kept
    options = [option for option in options if option != {"type": "null"}]
    rest = _without(kept, "anyOf")
    return {**options[0], **rest} if len(options) == 1 else {**rest, "anyOf": options}


def _without(part: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: each for key, each in part.items() if key not in {name, "default"}}


def _says_nothing(key: str, value: object) -> bool:
    """Whether an entry is a default without meaning, or a title made from a name."""
    without_meaning = value is None or value in ("", [], {})
    return (key == "default" and without_meaning) or (key == "title" and isinstance(value, str))


def reference() -> str:
    """Every section with its keys, then the parts that entries are made of."""
    schema = rule_file_schema()
    lines: list[str] = []
    told: set[str] = set()
    for name, field in models.RuleFile.model_fields.items():
        model = models.SINGLES.get(name) or models.COLLECTIONS[name][0]
        ids = (
            f" One entry for each {models.COLLECTIONS[name][1]} id."
            if name in models.COLLECTIONS
            else ""
        )
        lines += [f"### `{name}`", "", f"{field.description}.{ids}", ""]
        lines += _tables(model, schema, told)
    lines += ["### Cases", "", "One entry for each kebab-case id, in files beside the rules.", ""]
    lines += _tables(CaseEntry, case_file_schema(), told)
    lines += ["### Words of the language", ""]
    for word in ("condition", "test", "selector", "answers", "arm"):
        lines.append(f"- **{word}**: {schema['$defs'][word]['description']}")
    return "\n".join([*lines, ""])


def freshened(guide: str) -> str:
    """A guide with the reference between its markers made anew."""
    before, rest = guide.split(START)
    _, after = rest.split(END)
    return f"{before}{START}\n\n{reference()}\n{END}{after}"


def _tables(model: type[BaseModel], schema: dict[str, Any], told: set[str]) -> Iterator[str]:
    """The keys of a model, and those of the models within it that were not told yet."""
    told.add(model.__name__)
    yield from ["| key | type | unit | default | meaning |", "| --- | --- | --- | --- | --- |"]
    described = schema["$defs"][model.__name__]["properties"]
    below: dict[str, type[BaseModel]] = {}
    for name, field in model.model_fields.items():
        key = field.alias or name
        kind = _kind(described[key], schema)
        unit = _UNITS.get(key.rsplit("_", maxsplit=1)[-1], "")
        cells = (f"`{key}`", kind, unit, _default(field), f"{field.description}.")
        yield f"| {' | '.join(each.replace('|', chr(92) + '|') for each in cells)} |"
        for each in models_in(field.annotation):
            if each.__name__ not in told:
                below[key] = each
    yield ""
    for key, each in below.items():
        yield from [f"#### In `{key}`", "", f"{(each.__doc__ or '').strip()}", ""]
        yield from _tables(each, schema, told)


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "**needed**"
    return f"`{field.default}`" if field.default not in (None, "", [], {}) else ""


def _kind(part: dict[str, Any], schema: dict[str, Any]) -> str:  # noqa: PLR0911 - one for each kind
    """A type in words."""
    if "$ref" in part:
        name = part["$ref"].removeprefix("#/$defs/")
        return "mapping with a table of its own" if name.endswith("Entry") else name
    if "anyOf" in part:
        return " or ".join(dict.fromkeys(_kind(each, schema) for each in part["anyOf"]))
    if "const" in part:
        return f"`{part['const']}`"
    if "enum" in part:
        return ", ".join(f"`{each}`" for each in part["enum"])
    if part.get("type") == "array":
        return f"list: {_kind(part.get('items', {}), schema)}"
    if part.get("type") == "object":
        inside: object = part.get("additionalProperties") or next(
            iter(part.get("patternProperties", {}).values()), {}
        )
        return f"mapping to {_kind(inside, schema)}" if isinstance(inside, dict) else "mapping"
    if part.get("type") == "integer":
        least = part.get("minimum")
        return "whole number" if least is None else f"whole number, {least} or more"
    if "pattern" in part:
        return _PATTERNS.get(part["pattern"], "day, such as 2026-11-21")
    return "text"
