"""The JSON Schema of rule files fits the rule files we have, and refuses what is wrong."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from running import SHOULDER, inside

from advisor.authoring.own_schema import own_schema
from advisor.authoring.schema import rule_file_schema
from advisor.rulebase.problems import Problems
from advisor.rulebase.reading.files import gather
from advisor.rulebase.reading.models import RuleFile
from advisor.rulebase.reading.nodes import read_file
from advisor.rulebase.shapes import RuleBase

ROOT = Path(__file__).parent.parent
FILES = {
    f"{folder.name}/{name}": data
    for folder in (ROOT / "rules", ROOT / "tests" / "shoulder")
    for name, data in gather(folder)[0].items()
}
SCHEMA = Draft202012Validator(rule_file_schema())


def errors(text: bytes) -> list[str]:
    node = read_file(text, "a.yaml", Problems())
    assert node
    return [error.message for error in SCHEMA.iter_errors(node.plain())]


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


# The schema of one base


def own_errors(text: bytes, rules: RuleBase) -> list[str]:
    node = read_file(text, "a.yaml", Problems())
    assert node
    schema = own_schema(rule_file_schema(), rules)
    return [each.message for each in Draft202012Validator(schema).iter_errors(node.plain())]


@pytest.mark.parametrize("name", FILES)
def test_the_schema_of_a_base_accepts_its_own_files(
    name: str, rules: RuleBase, shoulder: RuleBase
) -> None:
    assert own_errors(FILES[name], rules if name.startswith("rules/") else shoulder) == []


@pytest.mark.parametrize(
    "part",
    [
        "when: {back_pain: at lest 3}",
        "when: {back_pian: at least 3}",
        "when: {back_pain: 11}",
        "when: {disc_history: maybe}",
        "when: {equipment: [dumbells]}",
        "when: {any: [{equipment: {at_least: 2, of: [dumbbells, barbel]}}]}",
        "when: {back_hurts_today: 1}",
        "when: {disc_history: unsure}",
        "avoid: leg_pres",
        "avoid: {patern: squat}",
        "avoid: {except: [leg_pres]}",
        "sources: [nobody]",
        "fires: {back_pain: none}",
    ],
)
def test_the_schema_of_a_base_marks_what_its_check_refuses(part: str, rules: RuleBase) -> None:
    rule = {"when": "{back_pain: 3}", "avoid": "leg_press", "sources": "[careful-reasoning]"}
    assert own_errors(rule_file(rule), rules) == []
    key, _, value = part.partition(": ")
    assert own_errors(rule_file(rule | {key: value}), rules)


def rule_file(rule: dict[str, str]) -> bytes:
    parts = ", ".join(f"{key}: {value}" for key, value in rule.items())
    return f"rules: {{a-rule: {{because: Why., {parts}}}}}".encode()


def test_prints_the_schema_of_a_base() -> None:
    printed = legday_json_schema("--rules", SHOULDER)
    assert "shoulder_pain" in printed["$defs"]["condition"]["properties"]
    assert "shoulder_pain" not in legday_json_schema()["$defs"]["condition"]["properties"]


def legday_json_schema(*words: str) -> Any:  # noqa: ANN401 - JSON is anything
    return json.loads(inside("rules", "schema", *words).stdout)
