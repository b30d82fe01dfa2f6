"""The models of a rule file -> its JSON Schema, which editors use to complete and check."""

from __future__ import annotations

from typing import Any

from advisor.rulebase.fields import DEFINITIONS, WORDS
from advisor.rulebase.models import RuleFile


def rule_file_schema() -> dict[str, Any]:
    """Describe a rule file as JSON Schema (draft 2020-12)."""
    made = _tidied(RuleFile.model_json_schema(by_alias=True))
    made["$defs"] = {**made["$defs"], **DEFINITIONS}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def _tidied(part: Any) -> Any:  # noqa: ANN401 - JSON is any of many things
    """Refer to the definitions; leave out null, as in a rule file a key is given or it is not."""
    if isinstance(part, list):
        return [_tidied(each) for each in part]
    if not isinstance(part, dict):
        return part
    kept = {key: _tidied(each) for key, each in part.items() if not _says_nothing(key, each)}
    if WORDS in kept:
        return {**_without(kept, WORDS), "$ref": f"#/$defs/{kept[WORDS]}"}
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
