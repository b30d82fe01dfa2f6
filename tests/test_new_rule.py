"""`legday rules new`: a rule to fill in, which loads, in the file of its theme."""

from __future__ import annotations

import io
import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from advisor.authoring.fmt import formatted
from advisor.authoring.lint.lint import lint
from advisor.cli.app import run
from advisor.cli.environment import Environment
from advisor.rulebase.codes import severity
from advisor.rulebase.reading.build import read_rule_base, read_with_places

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
    code, out, err = legday(folder, "new", "cold-day", "--theme", "Today")
    after = (folder / "moves.yaml").read_text()
    line = int(out.strip().rpartition(":")[2])
    assert (code, out) == (0, f"{folder / 'moves.yaml'}:{line}\n")
    assert "rules check" in err
    assert after.startswith(before.rstrip("\n") + "\n\n  cold-day:\n    theme: Today\n")
    assert after.splitlines()[line - 1] == "  cold-day:"
    (rule,) = (each for each in read_rule_base(folder).rules if each.id == "cold-day")
    assert rule.place.line == line
    assert (rule.fires, rule.silent) == ((("dislocated", 1),), (("dislocated", 0),))


def test_check_points_at_what_is_still_to_fill_in(folder: Path) -> None:
    legday(folder, "new", "cold-day", "--theme", "Today")
    code, out, _ = legday(folder, "check")
    lines = [line for line in out.splitlines() if line]
    text = (folder / "moves.yaml").read_text().splitlines()
    assert code == 5
    assert [line.rpartition("[")[2] for line in lines] == ["to-do]", "to-do]"]
    assert all("TODO" in text[int(line.split(":")[1]) - 1] for line in lines)


def test_is_sound_and_in_form_as_it_comes(folder: Path) -> None:
    legday(folder, "new", "cold-day", "--theme", "Today")
    rules, draft = read_with_places(folder)
    found = [each.code for each in lint(rules, draft, date(2026, 11, 21))]
    assert {code for code in found if severity(code) != "note"} == {"to-do"}
    legday(folder, "new", "warm-day")
    text = (folder / "new-rules.yaml").read_text()
    assert formatted(text.encode(), "a").text == text


def test_two_new_rules_do_not_make_each_other_useless(folder: Path) -> None:
    legday(folder, "new", "cold-day", "--theme", "Today")
    legday(folder, "new", "warm-day", "--theme", "Today")
    assert "useless-rule" not in legday(folder, "check")[1]


def test_keeps_comments_and_sections_that_follow(folder: Path) -> None:
    file = folder / "moves.yaml"
    tail = "\n# About sources.\nsources:\n  b: {title: B, kind: reasoning}\n"
    file.write_text(file.read_text() + "  # The last of them.\n" + tail)
    code, _, _ = legday(folder, "new", "cold-day", "--theme", "Today")
    text = file.read_text()
    assert code == 0
    assert text.endswith(tail)
    assert text.index("# The last of them.") < text.index("cold-day")
    assert text.index("cold-day") < text.index("# About sources.")


def test_a_new_theme_gets_a_file_of_its_own(folder: Path) -> None:
    code, out, _ = legday(
        folder, "new", "cold-day", "--theme", "The weather: cold", "--format", "json"
    )
    assert (code, json.loads(out)["line"]) == (0, 3)
    text = (folder / "the-weather-cold.yaml").read_text()
    assert text.startswith("# yaml-language-server: $schema=schema.json\nrules:\n  cold-day:\n")
    (rule,) = (each for each in read_rule_base(folder).rules if each.id == "cold-day")
    assert rule.theme == "The weather: cold"


def test_without_a_theme_it_is_one_more_thing_to_fill_in(folder: Path) -> None:
    assert legday(folder, "new", "cold-day")[0] == 0
    assert legday(folder, "new", "warm-day")[0] == 0
    assert legday(folder, "check")[1].count("new-rules.yaml") == 6
    assert {"cold-day", "warm-day"} <= {each.id for each in read_rule_base(folder).rules}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("warm-up-circles",), "already: in moves.yaml:"),
        (("Cold_Day",), "cannot be the id of a rule"),
        (("how-to-freeze",), "cannot be the id of a rule"),
        (("cold-day", "--theme", "Todya"), "did you mean `Today`?"),
    ],
)
def test_rejects_what_cannot_be_added(folder: Path, words: tuple[str, ...], said: str) -> None:
    before = {path.name: path.read_text() for path in folder.iterdir()}
    code, out, err = legday(folder, "new", *words)
    assert (code, out, said in err) == (2, "", True), err
    assert {path.name: path.read_text() for path in folder.iterdir()} == before


def test_leaves_an_unusual_file_alone(folder: Path) -> None:
    file = folder / "moves.yaml"
    before = file.read_text().replace("\nrules:\n", "\n'rules':\n")
    file.write_text(before)
    code, _, err = legday(folder, "new", "cold-day", "--theme", "Today")
    assert (code, "add the rule by hand" in err) == (2, True)
    assert file.read_text() == before


def test_never_writes_to_the_rules_that_come_with_the_program() -> None:
    code, _, err = legday(None, "new", "cold-day")
    assert (code, "missing `--rules`" in err) == (2, True)


def test_needs_a_sound_rule_base(folder: Path) -> None:
    (folder / "z.yaml").write_text("rules: {")
    assert legday(folder, "new", "cold-day")[0] == 5


def test_works_with_whatever_questions_there_are(folder: Path) -> None:
    base = folder / "base.yaml"
    text = base.read_text()
    start, end = text.index("  dislocated:\n"), text.index("  gear:\n    theme")
    asked = text[start:end].replace(
        "type: yes/no", "type: choice\n    choices: {never: No, once: Yes}"
    )
    base.write_text(text[:start] + asked + text[end:])
    moves = folder / "moves.yaml"
    moves.write_text(
        moves.read_text()
        .replace("dislocated: yes", "dislocated: once")
        .replace("dislocated: no", "dislocated: never")
    )
    assert read_rule_base(folder)
    assert legday(folder, "new", "cold-day")[0] == 0
    assert any(each.id == "cold-day" for each in read_rule_base(folder).rules)


def test_keeps_the_line_ends_of_the_file(folder: Path) -> None:
    file = folder / "moves.yaml"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    legday(folder, "new", "cold-day", "--theme", "Today")
    data = file.read_bytes()
    assert b"\r\n  cold-day:\r\n" in data
    assert data.count(b"\n") == data.count(b"\r\n")
