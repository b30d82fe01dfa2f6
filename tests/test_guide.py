"""The guide of the rule language: its reference is fresh, and its worked change works."""

from __future__ import annotations

import io
import re
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from advisor import load_rules
from advisor.authoring.lint.prose import grade
from advisor.authoring.schema import START, freshened, reference
from advisor.cli.app import run
from advisor.cli.environment import Environment
from advisor.cli.rules import RulesCommands
from advisor.rulebase.reading.build import read_rule_base
from advisor.rulebase.reading.models import RuleFile

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "rules" / "README.md").read_text(encoding="utf-8")
TAUGHT = GUIDE.split(START)[0]
PIECE = re.compile(r"<!-- (worked|replaces): (\S+) -->\n```yaml\n(.*?)```", re.DOTALL)
NEW, LAST = "staggered_calf_raise", "load-jump-firm-footing"
SLOW = ("prove", "diff")  # their own tests run them


def shell_lines() -> list[list[str]]:
    blocks = re.findall(r"```sh\n(.*?)```", TAUGHT, re.DOTALL)
    return [shlex.split(line) for block in blocks for line in block.splitlines() if line.strip()]


def legday(*words: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    code = run(list(words), Environment(io.StringIO(), out, err, {}))
    return int(code), out.getvalue(), err.getvalue()


def pieces() -> dict[str, tuple[str, str]]:
    return {kind: (file, text) for kind, file, text in PIECE.findall(GUIDE)}


def put_in(kind: str, folder: Path) -> None:
    """Make one edit of the worked change."""
    name, text = pieces()[kind]
    file = folder / name
    before = file.read_text(encoding="utf-8")
    if kind == "replaces":
        before = before[: before.index(text.splitlines()[0])]
    file.write_text(before + text, encoding="utf-8")


def test_the_reference_is_fresh() -> None:
    hint = "put the output of `legday rules schema --format markdown` between the markers"
    assert freshened(GUIDE) == GUIDE, hint


def test_the_reference_has_every_section_and_every_key_with_its_meaning() -> None:
    text = reference()
    for section in RuleFile.model_fields:
        assert f"### `{section}`\n" in text
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    assert len(rows) > 90
    assert [row for row in rows if row.count("|") != 6 + row.count("\\|")] == []
    assert [row for row in rows if row.split("|")[-2].strip() in {"", "None."}] == []
    assert "| `rest_seconds` | whole number, 0 or more | seconds |" in text
    assert "| `per_side` | `yes`, `no` |  | `no` |" in text


def test_the_reference_is_printed_by_the_command() -> None:
    assert legday("rules", "schema", "--format", "markdown") == (0, reference(), "")


def test_the_worked_change_works_from_edit_to_test(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "rules", "rules")
    ran: list[str] = []
    for words in shell_lines():
        if words[0] == "cp":
            shutil.copytree(words[2], words[3])
            continue
        assert words[0] == "legday"
        command = words[2] if words[1] == "rules" else words[1]
        if command in SLOW:
            continue
        if command == "new":
            put_in("worked", Path("my-rules"))
        code, out, err = legday(*words[1:])
        assert code == 0, (words, out, err)
        ran.append(command)
        if command == "new":
            code, out, _ = legday("rules", "check", "--rules", "my-rules")
            assert code == 5
            assert out.count("`TODO` ") == 3
            put_in("replaces", Path("my-rules"))
    assert {"check", "new", "fmt", "show", "graph", "test"} <= {*ran}
    rules = read_rule_base(tmp_path / "my-rules")
    (rule,) = (each for each in rules.rules if each.id == LAST)
    assert {*rules.exercise} - {*load_rules().exercise} == {NEW}
    assert rule.effects


def test_the_mistakes_it_shows_are_told_as_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "rules", "my-rules")
    put_in("worked", Path("my-rules"))
    file = Path("my-rules") / pieces()["worked"][0]
    before, after = file.read_text(encoding="utf-8").split(f"  {NEW}:")
    broken = after.replace("      impact: none\n", "").replace(
        "pattern: calf\n", "pattern: calfs\n"
    )
    file.write_text(f"{before}  {NEW}:{broken}", encoding="utf-8")
    code, out, _ = legday("rules", "check", "--rules", "my-rules")
    shown = re.search(r"```text\n(.*?)```", TAUGHT, re.DOTALL)
    assert shown is not None
    assert (code, unnumbered(out)) == (5, unnumbered(shown[1]))


def test_the_complaint_it_shows_is_told_as_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "rules", "my-rules")
    file = Path("my-rules/themes/capacity.yaml")
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("when: {recent_load_jump", "when: {recent_lod_jump", 1))
    code, out, err = legday("rules", "check", "--rules", "my-rules")
    shown = re.search(r"```console\n\$ legday rules check.*?\n(.*?)```", TAUGHT, re.DOTALL)
    assert shown is not None
    assert (code, unnumbered(out + err)) == (5, unnumbered(shown[1]))


def unnumbered(text: str) -> str:
    """Without the line numbers, which every edit moves."""
    return re.sub(r":\d+:\d+:", ":", text)


def test_the_first_rule_it_shows_is_sound(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(ROOT / "rules", folder)
    rule = re.search(r"```yaml\n(rules:\n.*?)```", TAUGHT, re.DOTALL)
    assert rule is not None
    (folder / "shown.yaml").write_text(rule[1], encoding="utf-8")
    assert any(each.id == "strong-pain-no-load" for each in read_rule_base(folder).rules)


def test_names_every_command_for_rules() -> None:
    silent = [name for name in RulesCommands.names if f"legday rules {name}" not in TAUGHT]
    assert silent == []


def test_reads_with_ease() -> None:
    plain = re.sub(
        r"```.*?```|^\|.*?$|<!--.*?-->|`[^`]*`", "", TAUGHT, flags=re.DOTALL | re.MULTILINE
    )
    paragraphs = [each for each in plain.split("\n\n") if len(each.split()) > 20]
    assert sum(map(grade, paragraphs)) / len(paragraphs) <= 9


def test_the_hooks_name_commands_that_exist() -> None:
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    entries = re.findall(r"entry: legday (.*)", hooks)
    assert len(entries) == 2
    assert {entry.split()[1] for entry in entries} <= {*RulesCommands.names}
    assert re.findall(r"- id: (.*)", hooks) == ["legday-rules-check", "legday-rules-fmt"]
