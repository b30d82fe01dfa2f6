"""Nothing that is typed, named or written in a rule base reaches the terminal raw.

`test_report_safety.py` shows the same for the blocks that reports are made of.
"""

from __future__ import annotations

import io
import itertools
import json
import os
import re
import shutil
from pathlib import Path

import pytest

from advisor import advise, load_rules
from advisor.answers import AnswerError
from advisor.cli.app import run
from advisor.cli.environment import Environment
from advisor.rulebase.problems import RuleBaseError
from advisor.rulebase.shapes import RuleBase

SHOULDER = Path(__file__).parent / "shoulder"
HOSTILE = {
    "color": "\x1b[31mred\x1b[0m",
    "title": "\x1b]0;owned\x07",
    "link": "\x1b]8;;http://evil\x1b\\click\x1b]8;;\x1b\\",
    "one-byte escape": "\x9b31mred",
    "clear": "\x1b[2J\x1b[H",
    "backspace": "safe\x08\x08\x08\x08evil",
    "return": "error\rfine",
    "line": "one\nerror: two",
    "delete": "a\x7fb",
    "override": "a\u202egnp.exe",
    "isolate": "a\u2066b\u2069c",
    "mark": "a\u200fb",
    "separator": "a\u2028b",
    "close tag": "[/]",
    "tag": "[bold red]x[/bold red]",
    "link tag": "[link=http://evil]x[/link]",
    "backtick": "`rm -rf`",
    "emoji": ":smile:",
}
# What may not come out, in whatever form it went in.
RAW = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069]")
every_kind = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)


def legday(*words: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    code = run(list(words), Environment(io.StringIO(), out, err, {}))
    return int(code), out.getvalue(), err.getvalue()


def assert_tame(*outputs: str) -> None:
    for output in outputs:
        assert not RAW.search(output)
        assert "owned" not in output or "\x1b" not in output


@every_kind
@pytest.mark.parametrize(
    "place",
    [
        "--back-pain {}",
        "--equipment {}",
        "--sciatica {}",
        "--{} 3",
        "{}",
        "--country {}",
        "--format {}",
        "--answers {}",
        "--rules {}",
    ],
)
def test_names_what_was_typed_without_letting_it_steer(place: str, text: str) -> None:
    words = [word.replace("{}", text) for word in place.split(" ")]
    code, out, err = legday("plan", *words)
    assert (code in {2, 5}, out) == (True, "")
    assert_tame(err)
    assert all(line.startswith("error: ") for line in err.splitlines())
    assert len(err.splitlines()) <= 2  # a value whose flag is unknown may fit nowhere either


@every_kind
@pytest.mark.parametrize(
    "words",
    [
        ("check", "{}"),
        ("what-if", "--change", "{}=3"),
        ("what-if", "--change", "back_pain={}"),
        ("batch", "{}"),
        ("batch", "-", "--fields", "{}"),
        ("rules", "{}"),
        ("rules", "show", "{}"),
        ("rules", "explain", "{}"),
        ("{}",),
    ],
)
def test_no_command_echoes_raw_text(words: tuple[str, ...], text: str) -> None:
    code, out, err = legday(*(word.replace("{}", text) for word in words))
    assert code == 2
    assert_tame(out, err)
    assert len(err.splitlines()) == 1


@every_kind
def test_answers_from_files_and_python_are_told_without_raw_text(
    text: str, rules: RuleBase, tmp_path: Path
) -> None:
    person = {text: 1, "back_pain": text, "sciatica": [text], "equipment": [text, text]}
    with pytest.raises(AnswerError) as caught:
        advise(person, rules)
    assert_tame(*caught.value.problems)
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(person), encoding="utf-8")
    code, out, err = legday("plan", "--answers", str(path))
    assert (code, out) == (2, "")
    assert_tame(err)
    path.write_text(json.dumps(person) + "\n", encoding="utf-8")
    code, out, err = legday("batch", str(path))
    assert code == 2
    assert_tame(out, err)


@every_kind
def test_a_doubled_key_is_named_without_raw_text(text: str, tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    key = json.dumps(text)
    path.write_text(f"{{{key}: 1, {key}: 2}}", encoding="utf-8")
    for command in ("plan", "--answers"), ("batch",):
        code, out, err = legday(*command, str(path))
        assert code == 2
        assert_tame(out, err)
        assert "answered twice" in out + err


@every_kind
def test_file_names_are_printed_without_raw_text(text: str, tmp_path: Path) -> None:
    folder = tmp_path / text.replace("/", "|")
    shutil.copytree(SHOULDER, folder)
    answers = ("--screened", "--rules", str(folder))
    for form in ("text", "markdown", "json"):
        code, out, err = legday("plan", *answers, "--shoulder-pain", "1", "--format", form)
        assert (code, err) == (0, "")
        assert_tame(out)
    (folder / f"{text.replace('/', '|')}.yaml").write_text("a: b")
    for form in ("text", "json", "github", "sarif"):
        code, out, err = legday("rules", "check", "--rules", str(folder), "--format", form)
        assert code == 5
        assert_tame(out, err)


def in_yaml(text: str) -> str:
    return json.dumps(text)  # JSON is YAML, and its escapes come back as what they stand for


def with_text(text: str, folder: Path) -> Path:
    """A copy of the shoulder rules where a question, a choice, an exercise, ... say this."""
    shutil.copytree(SHOULDER, folder)
    base = (folder / "base.yaml").read_text(encoding="utf-8")
    moves = (folder / "moves.yaml").read_text(encoding="utf-8")
    changed = re.sub(
        r"^( +)(theme|ask|help|why|says|action|because|say|label|name|title|author): "
        r"(?!shoulderday).+$",
        lambda found: f"{found[1]}{found[2]}: {in_yaml(text + ' x')}",
        base,
        flags=re.MULTILINE,
    )
    assert changed.count(in_yaml(text + " x")) > 15
    (folder / "base.yaml").write_text(changed, encoding="utf-8")
    number = itertools.count()
    changed = re.sub(
        r"^( +)(name|because): .+$",
        lambda found: f"{found[1]}{found[2]}: {in_yaml(f'{text} {next(number)}')}",  # names differ
        moves,
        flags=re.MULTILINE,
    )
    (folder / "moves.yaml").write_text(changed, encoding="utf-8")
    return folder


COMMANDS = [
    ("plan", "--screened", "--format", "text"),
    ("plan", "--screened", "--format", "markdown"),
    ("plan", "--screened", "--format", "json"),
    ("plan", "--screened", "--how"),
    ("plan",),
    ("plan", "--help"),
    ("check", "wall_slide", "--screened"),
    ("next",),
    ("what-if", "--screened", "--change", "shoulder_pain=6"),
    ("questions",),
    ("exercises",),
    ("sources",),
    ("troubleshoot", "--screened"),
    ("rules", "check"),
    ("rules", "show", "alarm-emergency"),
    ("rules", "trace"),
    ("rules", "graph"),
]


@every_kind
def test_texts_of_a_rule_base_are_refused_or_printed_tame(text: str, tmp_path: Path) -> None:
    folder = with_text(text, tmp_path / "rules")
    try:
        loaded = load_rules(folder)
    except RuleBaseError:
        loaded = None
    assert (loaded is None) is bool(RAW.search(text.replace("\n", "").replace("\r", "")))
    for words in COMMANDS:
        code, out, err = legday(*words, "--rules", str(folder))
        assert_tame(out, err)
        if loaded is None:
            assert code == 5
        else:
            assert code in {0, 2, 3, 4}


@every_kind
def test_ids_of_a_rule_base_are_plain_words(text: str, tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(SHOULDER, folder)
    with (folder / "more.yaml").open("w", encoding="utf-8") as file:
        file.write(f"rules:\n  {in_yaml(text)}:\n    because: x\n{in_yaml(text)}: x\n")
    code, out, err = legday("plan", "--rules", str(folder))
    assert (code, out) == (5, "")
    assert_tame(err)
    assert all(line.startswith("error: more.yaml:") for line in err.splitlines())


def test_names_that_are_no_text_can_be_printed(tmp_path: Path) -> None:
    name = os.fsdecode(os.fsencode(tmp_path) + b"/\xff\x1b[31m")
    code, out, err = legday("plan", "--answers", name, "--rules", str(SHOULDER))
    assert (code, out) == (2, "")
    assert_tame(err)
    assert err.encode()
