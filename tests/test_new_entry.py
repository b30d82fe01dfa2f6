"""`legday rules init` and `new`: a base to begin with, and entries to fill in where they belong."""

from __future__ import annotations

import io
import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from advisor import advise, load_rules
from advisor.authoring.fmt import formatted
from advisor.authoring.lint.lint import lint
from advisor.cli.app import run
from advisor.cli.environment import Environment
from advisor.rulebase.problems import severity
from advisor.rulebase.reading.build import read_with_places

SHOULDER = Path(__file__).parent / "shoulder"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHOULDER, tmp_path / "my"))


def legday(folder: Path | None, *words: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    named = ["--rules", str(folder)] if folder else []
    code = run(["rules", *words, *named], Environment(io.StringIO(), out, err, {}))
    return int(code), out.getvalue(), err.getvalue()


def test_adds_a_rule_to_the_file_of_its_theme(folder: Path) -> None:
    before = (folder / "moves.yaml").read_text()
    code, out, err = legday(folder, "new", "rule", "cold-day", "--theme", "Today")
    after = (folder / "moves.yaml").read_text()
    line = int(out.strip().rpartition(":")[2])
    assert (code, out) == (0, f"{folder / 'moves.yaml'}:{line}\n")
    assert "rules check" in err
    assert after.startswith(before.rstrip("\n") + "\n\n  cold-day:\n    theme: Today\n")
    assert after.splitlines()[line - 1] == "  cold-day:"


def test_check_points_at_what_is_still_to_fill_in(folder: Path) -> None:
    legday(folder, "new", "rule", "cold-day", "--theme", "Today")
    code, out, _ = legday(folder, "check")
    lines = [line for line in out.splitlines() if line]
    text = (folder / "moves.yaml").read_text().splitlines()
    assert code == 5
    assert len(lines) == 3  # the condition and both examples; the texts come after them
    assert all("TODO" in text[int(line.split(":")[1]) - 1] for line in lines)


def filled_in(text: str) -> str:
    """A new rule with everything said."""
    return (
        re.sub(r'"TODO: [^"]*"', "It is cold.", text)
        .replace("when: TODO", "when: {dislocated: yes}")
        .replace("fires: TODO", "fires: {dislocated: yes}")
        .replace("silent: TODO", "silent: {dislocated: no}")
        .replace("theme: TODO", "theme: Today")
    )


def test_is_sound_once_filled_in_and_in_form(folder: Path) -> None:
    legday(folder, "new", "rule", "cold-day")
    file = folder / "new-rules.yaml"
    text = file.read_text()
    assert formatted(text.encode(), "a").text == text
    file.write_text(filled_in(text))
    rules, draft = read_with_places(folder)
    found = [each.code for each in lint(rules, draft, date(2026, 11, 21))]
    assert not [code for code in found if severity(code) != "note"]


def test_keeps_comments_and_sections_that_follow(folder: Path) -> None:
    file = folder / "moves.yaml"
    tail = "\n# About sources.\nsources:\n  b: {title: B, kind: reasoning}\n"
    file.write_text(file.read_text() + "  # The last of them.\n" + tail)
    code, _, _ = legday(folder, "new", "rule", "cold-day", "--theme", "Today")
    text = file.read_text()
    assert code == 0
    assert text.endswith(tail)
    assert text.index("# The last of them.") < text.index("cold-day")
    assert text.index("cold-day") < text.index("# About sources.")


def test_a_new_theme_gets_a_file_of_its_own(folder: Path) -> None:
    code, out, _ = legday(
        folder, "new", "rule", "cold-day", "--theme", "The weather: cold", "--format", "json"
    )
    assert (code, json.loads(out)["line"]) == (0, 3)
    text = (folder / "the-weather-cold.yaml").read_text()
    assert text.startswith("# yaml-language-server: $schema=schema.json\nrules:\n  cold-day:\n")
    assert 'theme: "The weather: cold"' in text


def test_without_a_theme_it_is_one_more_thing_to_fill_in(folder: Path) -> None:
    assert legday(folder, "new", "rule", "cold-day")[0] == 0
    assert legday(folder, "new", "rule", "warm-day")[0] == 0
    assert legday(folder, "check")[1].count("new-rules.yaml") == 6
    assert "theme: TODO" in (folder / "new-rules.yaml").read_text()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("warm-up-circles",), "already: in moves.yaml:"),
        (("Cold_Day",), "cannot be an id here"),
        (("how-to-freeze",), "cannot be an id here"),
        (("cold-day", "--theme", "Todya"), "did you mean `Today`?"),
    ],
)
def test_rejects_what_cannot_be_added(folder: Path, words: tuple[str, ...], said: str) -> None:
    before = {path.name: path.read_text() for path in folder.iterdir()}
    code, out, err = legday(folder, "new", "rule", *words)
    assert (code, out, said in err) == (2, "", True), err
    assert {path.name: path.read_text() for path in folder.iterdir()} == before


def test_leaves_an_unusual_file_alone(folder: Path) -> None:
    file = folder / "moves.yaml"
    before = file.read_text().replace("\nrules:\n", "\n'rules':\n")
    file.write_text(before)
    code, _, err = legday(folder, "new", "rule", "cold-day", "--theme", "Today")
    assert (code, "add it by hand" in err) == (2, True)
    assert file.read_text() == before


def test_never_writes_to_the_rules_that_come_with_the_program() -> None:
    code, _, err = legday(None, "new", "rule", "cold-day")
    assert (code, "missing `--rules`" in err) == (2, True)


def test_needs_files_that_can_be_read(folder: Path) -> None:
    (folder / "z.yaml").write_text("rules: {")
    assert legday(folder, "new", "rule", "cold-day")[0] == 5


@pytest.mark.parametrize(
    ("kind", "name", "file", "todo"),
    [
        ("question", "tired", "base.yaml", "to-do"),
        ("exercise", "arm_circle", "moves.yaml", "unknown-value"),
        ("finding", "worn_out", "moves.yaml", "bad-condition"),
        ("invariant", "never-cold", "new-invariants.yaml", "bad-condition"),
    ],
)
def test_adds_whatever_there_is_which_cannot_pass_as_it_comes(
    folder: Path, kind: str, name: str, file: str, todo: str
) -> None:
    code, out, _ = legday(folder, "new", kind, name)
    assert (code, out.partition(":")[0]) == (0, str(folder / file))
    code, out, _ = legday(folder, "check")
    assert code == 5
    told = [line for line in out.splitlines() if line.startswith(str(folder / file))]
    assert todo in {line.rpartition("[")[2].rstrip("]") for line in told}


def test_adds_a_case_beside_the_rules(folder: Path) -> None:
    code, out, _ = legday(folder, "new", "case", "cold-person")
    file = folder.parent / "tests" / "cases" / "new-cases.yaml"
    assert (code, out) == (0, f"{file}:1\n")
    assert legday(folder, "test")[0] != 0
    assert legday(folder, "new", "case", "cold-person")[0] == 2
    assert legday(folder, "new", "case", "warm-person")[:2] == (0, f"{file}:8\n")


def test_adds_to_an_overlay_with_what_the_base_below_has(folder: Path) -> None:
    over = folder.parent / "over"
    assert legday(None, "init", str(over), "--over", str(folder))[0] == 0
    assert 'extends: "../my"' in (over / "base.yaml").read_text()
    assert legday(over, "new", "exercise", "arm_circle")[0] == 0
    text = (over / "new-exercises.yaml").read_text()
    assert "pattern: TODO # press, raise, rotation" in text
    assert "sources: [plain-sense]" in text
    assert legday(over, "new", "exercise", "push_up")[0] == 2


def test_begins_a_base_that_runs_and_is_sound(tmp_path: Path) -> None:
    made = tmp_path / "mine"
    code, out, _ = legday(None, "init", str(made))
    assert (code, out) == (0, f"{made / 'base.yaml'}\n")
    assert legday(made, "check", "--strict")[0] == 0
    assert legday(made, "prove")[0] == 0
    text = (made / "base.yaml").read_text()
    assert formatted(text.encode(), "a").text == text
    plan = advise({"pain": 4}, load_rules(made)).to_dict()
    assert plan["level"] == "modified"
    assert [each["exercise"] for each in plan["session"]["exercises"]] == ["wall_push_up"]  # type: ignore[index]


def test_begins_an_overlay_that_says_what_is_to_do(tmp_path: Path) -> None:
    made = tmp_path / "mine"
    assert legday(None, "init", str(made), "--over", "legday")[0] == 0
    code, out, _ = legday(made, "check")
    assert (code, "`title` of `rule_base` is still to be written" in out) == (5, True)


def test_begins_nothing_where_something_is(folder: Path) -> None:
    code, _, err = legday(None, "init", str(folder))
    assert (code, "is there already" in err) == (2, True)
    code, _, err = legday(None, "init", str(folder.parent / "x"), "--over", "nix")
    assert (code, "`nix` is no folder" in err) == (2, True)


def test_keeps_the_line_ends_of_the_file(folder: Path) -> None:
    file = folder / "moves.yaml"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    legday(folder, "new", "rule", "cold-day", "--theme", "Today")
    data = file.read_bytes()
    assert b"\r\n  cold-day:\r\n" in data
    assert data.count(b"\n") == data.count(b"\r\n")
