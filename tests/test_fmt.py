"""Formatting: one form, reached in one step, with every comment and every value kept."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.authoring.fmt import formatted
from advisor.cli.app import run
from advisor.cli.environment import Environment
from advisor.rulebase.problems import RuleBaseError
from advisor.rulebase.reading.build import read_rule_base
from advisor.rulebase.reading.bundled import bundled_rules
from advisor.rulebase.shapes import Place, RuleBase

ROOT = Path(__file__).parent.parent
SHOULDER = ROOT / "tests" / "shoulder"
SHIPPED = sorted(bundled_rules().rglob("*.yaml"))
FILES = [*SHIPPED, *SHOULDER.glob("*.yaml")]

UNTIDY = """\
# the first line
rules:
  # Why this rule is here.
  a-rule:
    silent: {sore: no}
    # Why it fires.
    fires: {sore: yes}
    when: {sore: yes}\x20\x20
    because: One.
    theme: Today
    sources: [a]
    level: modified
  b-rule:
    when: always
    level: modified
    because: Two.
    sources: [a]


  # Before the third.

  c-rule: {when: always, level: entry, because: Three., sources: [a]}
# The end.
"""
TIDY = """\
# the first line
rules:
  # Why this rule is here.
  a-rule:
    theme: Today
    when: {sore: yes}
    level: modified
    because: One.
    sources: [a]
    # Why it fires.
    fires: {sore: yes}
    silent: {sore: no}

  b-rule:
    when: always
    level: modified
    because: Two.
    sources: [a]

  # Before the third.

  c-rule: {when: always, level: entry, because: Three., sources: [a]}
# The end.
"""
WORDS = " ".join(["word"] * 40)


def form(text: str) -> str:
    return formatted(text.encode(), "a.yaml").text


def comments(text: str) -> Counter[str]:
    """Every word of every comment, wherever its lines end."""
    found = re.findall(r"^\s*#(.*)$", text, re.MULTILINE)
    return Counter(word for line in found for word in line.split())


def test_puts_keys_in_order_and_sets_entries_apart() -> None:
    assert form(UNTIDY) == TIDY
    assert form(TIDY) == TIDY


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_is_idempotent_and_keeps_every_comment(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    once = form(text)
    assert form(once) == once
    assert comments(once) == comments(text)
    assert max(map(len, once.splitlines())) <= 120


def test_the_shipped_rules_are_in_form() -> None:
    out, err = io.StringIO(), io.StringIO()
    code = run(["rules", "fmt", "--check"], Environment(io.StringIO(), out, err, {}))
    assert (code, out.getvalue(), err.getvalue()) == (0, "", "")


def bare(rules: RuleBase) -> RuleBase:
    """A rule base without the places and the hash of its files."""
    nowhere = Place("", 0, 0)
    placed = tuple(replace(each, place=nowhere) for each in rules.rules)
    proved = tuple(replace(each, place=nowhere) for each in rules.invariants)
    return replace(rules, sha256="", rules=placed, invariants=proved)


def test_changes_nothing_that_the_rules_say(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(SHOULDER, folder)
    before = read_rule_base(folder)
    for path in folder.glob("*.yaml"):
        untidy = path.read_text().replace("\n    theme:", "\n    # moved\n    theme:")
        path.write_text(form(untidy))
    after = read_rule_base(folder)
    assert before.sha256 != after.sha256
    assert bare(before) == bare(after)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f"rules:\n  a:\n    because: {WORDS}\n", "    because: >-\n      word"),
        (
            f"rules:\n  a:\n    because: >-\n      {WORDS}\n      end\n",
            "    because: >-\n      word",
        ),
        (
            f"rules:\n  a:\n    sources: [{', '.join(WORDS.split())}]\n",
            "    sources:\n      - word\n",
        ),
        (f"# {WORDS}\nrules:\n  a: {{b: c}}\n", "word\n# word"),
    ],
)
def test_breaks_wide_lines(text: str, wanted: str) -> None:
    found = formatted(text.encode(), "a.yaml")
    assert wanted in found.text
    assert found.problems == ()
    assert max(map(len, found.text.splitlines())) <= 120


def test_tells_of_wide_lines_that_it_leaves_to_the_author() -> None:
    text = f'rules:\n  a:\n    because: "{WORDS}"\n'
    found = formatted(text.encode(), "a.yaml")
    (problem,) = found.problems
    assert (found.text, problem.code, problem.line) == (text, "line-too-wide", 3)


@pytest.mark.parametrize(
    "text",
    [
        "rules:\n  a:\n    because: |\n      one  \n      two\n",
        "rules:\n  a:\n    because: |+\n      one\n\n\n  b:\n    when: always\n",
    ],
)
def test_leaves_alone_what_it_cannot_move_safely(text: str) -> None:
    found = formatted(text.encode(), "a.yaml")
    assert found.text == text
    assert [each.code for each in found.problems] == ["unusual-form"]


def test_refuses_what_is_no_yaml() -> None:
    with pytest.raises(RuleBaseError):
        formatted(b"rules: {", "a.yaml")


def test_drops_the_byte_order_mark() -> None:
    assert form("\ufeffrules:\n  a: {b: c}\n\n") == "rules:\n  a: {b: c}\n"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_keeps_the_line_ends_of_each_file(path: Path) -> None:
    text = form(path.read_text(encoding="utf-8"))
    windows = text.replace("\n", "\r\n")
    assert (form(text), form(windows)) == (text, windows)


def test_gives_a_file_of_several_line_ends_those_of_most_lines() -> None:
    assert form("rules:\r\n  a: {b: c}\r\n# d\n") == "rules:\r\n  a: {b: c}\r\n# d\r\n"
    assert form("rules:\n  a: {b: c}\r\n# d\n") == "rules:\n  a: {b: c}\n# d\n"


def test_check_finds_nothing_to_change_in_a_tree_of_windows_line_ends(tmp_path: Path) -> None:
    for path in SHIPPED:
        (tmp_path / path.name).write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert legday("--check", str(tmp_path)) == (0, "", "")


LINES = st.lists(
    st.sampled_from(
        ["rules:", "  a:", "  b:  ", "    when: always", "    because: >-", "      a text # no",
         "", "# c", "  # c", "    # c", "    sources: [a, {b: c}]", "    theme: 'a: b'",
         "      - d", "findings:", "  c: {when: {x: yes}}", "    means: two",
         "      lines", "    level: |", "x: 1",
         f"    action: {WORDS}", f"    # {WORDS}", f"    encodes: [{', '.join(WORDS.split())}]"]
    ),
    max_size=14,
)  # fmt: skip


@given(LINES)
def test_whatever_can_be_read_says_the_same_in_form(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        found = formatted(text.encode(), "a.yaml")
    except RuleBaseError:
        return
    assert formatted(found.text.encode(), "a.yaml").text == found.text
    if not any(each.code == "unusual-form" for each in found.problems):
        assert Counter(found.text.replace(">-", "").split())["c"] == Counter(text.split())["c"]


def legday(*words: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    code = run(["rules", "fmt", *words], Environment(io.StringIO(), out, err, {}))
    return int(code), out.getvalue(), err.getvalue()


def test_check_changes_nothing_and_fails(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(UNTIDY)
    code, out, err = legday("--check", str(file))
    assert (code, out) == (1, f"would change {file}\n")
    assert err == "error: 1 file to format with `legday rules fmt`\n"
    assert file.read_text() == UNTIDY
    assert legday(str(file)) == (0, f"changed {file}\n", "")
    assert file.read_text() == TIDY
    assert legday("--check", str(tmp_path)) == (0, "", "")


def test_formats_the_files_of_a_rule_base_and_keeps_their_rights(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(UNTIDY)
    file.chmod(0o640)
    code, out, _ = legday("--rules", str(tmp_path), "--format", "json")
    assert (code, json.loads(out)) == (0, {"changed": [str(file)], "problems": []})
    assert file.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in tmp_path.iterdir()] == ["a.yaml"]


def test_fails_with_the_code_of_what_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("rules: {")
    code, out, _ = legday(str(file))
    assert (code, "[bad-yaml]" in out) == (5, True)
    code, _, err = legday(str(tmp_path / "none.yaml"))
    assert (code, err.startswith("error: cannot read")) == (2, True)
    file.write_text(f'rules:\n  a:\n    because: "{WORDS}"\n')
    assert legday(str(file))[0] == 1
