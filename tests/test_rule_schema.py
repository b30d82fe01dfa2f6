"""The JSON Schema of rule files fits the rule files we have, and refuses what is wrong."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from advisor.authoring.schema import rule_file_schema
from advisor.rulebase.problems import Problems
from advisor.rulebase.reading.files import gather
from advisor.rulebase.reading.models import RuleFile
from advisor.rulebase.reading.nodes import read_file

ROOT = Path(__file__).parent.parent
FILES = {
    f"{folder.name}/{name}": data
    for folder in (ROOT / "rules", ROOT / "tests" / "shoulder")
    for name, data in gather(folder)[0].items()
}


def errors(text: bytes) -> list[str]:
    node = read_file(text, "a.yaml", Problems())
    assert node
    found = Draft202012Validator(rule_file_schema()).iter_errors(node.plain())
    return [error.message for error in found]


def test_is_a_valid_schema() -> None:
    Draft202012Validator.check_schema(rule_file_schema())


def test_the_stored_schema_is_fresh() -> None:
    stored = json.loads((ROOT / "rules" / "schema.json").read_text())
    assert stored == rule_file_schema(), "run `legday rules schema > rules/schema.json`"


@pytest.mark.parametrize("name", FILES)
def test_accepts_every_rule_file(name: str) -> None:
    assert errors(FILES[name]) == []


@pytest.mark.parametrize("name", FILES)
def test_every_rule_file_names_the_schema_in_its_first_line(name: str) -> None:
    first = FILES[name].decode().splitlines()[0]
    folder, _, rest = name.partition("/")
    start = ROOT / "rules" if folder == "rules" else ROOT / "tests" / folder
    link = first.removeprefix("# yaml-language-server: $schema=")
    assert ((start / rest).parent / link).resolve() == ROOT / "rules" / "schema.json"


@pytest.mark.parametrize(
    "text",
    [
        b"ruels: {}",
        b"rules: {a: {when: always, sources: [x], level: go}}",
        b"rules: {a: {when: always, because: b, sources: [], level: go}}",
        b"rules: {a: {when: always, because: b, sources: [x], level: gone}}",
        b"rules: {a: {when: always, because: b, sources: [x], dose: {sets: at least 3}}}",
        b"rules: {A_b: {when: always, because: b, sources: [x], level: go}}",
        b"rules: {a: {when: {}, because: b, sources: [x], level: go}}",
        b"questions: {a: {ask: b, type: number}}",
    ],
)
def test_rejects_what_the_loader_rejects(text: bytes) -> None:
    assert errors(text)


def test_describes_every_section_and_every_key() -> None:
    schema = rule_file_schema()
    parts = [schema, *(schema["$defs"][name] for name in _models(schema))]
    silent = [
        key
        for part in parts
        for key, value in part["properties"].items()
        if not value.get("description")
    ]
    assert set(schema["properties"]) == {*RuleFile.model_fields, "removes"}
    assert silent == []


def _models(schema: dict[str, dict[str, object]]) -> list[str]:
    return [name for name in schema["$defs"] if name.endswith("Entry")]
