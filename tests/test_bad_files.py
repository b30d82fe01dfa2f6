"""Whatever stands where a file is meant: one line that says so, the right exit code, at once."""

from __future__ import annotations

import io
import json
import os
import select
import threading
import time
from pathlib import Path

import pytest
from bad_files import made

from advisor.cli.app import run
from advisor.cli.environment import Environment
from advisor.rulebase.problems import Problems
from advisor.rulebase.reading.nodes import read_file

ROOT = Path(__file__).parent.parent
SHOULDER = ROOT / "tests" / "shoulder"
AT_ONCE = 5.0  # seconds; a second is plenty, but machines that test are busy


def legday(*words: str, given: bytes = b"") -> tuple[int, str, list[str]]:
    """Exit code, standard output, and the lines of standard error."""
    out, err = io.StringIO(), io.StringIO()
    stdin = io.TextIOWrapper(io.BytesIO(given), encoding="utf-8")
    start = time.monotonic()
    code = run(list(words), Environment(stdin, out, err, {}))
    assert time.monotonic() - start < AT_ONCE
    return int(code), out.getvalue(), err.getvalue().splitlines()


ANSWERS = {
    "missing": "cannot be read: no such file or directory",
    "folder": "cannot be read: it is a folder",
    "broken link": "cannot be read: no such file or directory",
    "ring of links": "cannot be read: too many levels of symbolic links",
    "device": "cannot be read: it is no file",
    "pipe": "cannot be read: it is a pipe that nobody writes to",
    "huge": "larger than 1048576 bytes",
    "long": "no JSON, and for YAML larger than 32768 bytes",
    "empty": "empty: expected answers as YAML or JSON",
    "blank": "empty: expected answers as YAML or JSON",
    "binary": "line 2: not UTF-8 text",
    "png": "line 1: not UTF-8 text",
    "latin-1": "line 1: not UTF-8 text",
    "utf-16": "line 1: not UTF-8 text",
    "deep": "line 1: nested deeper than 40",
    "deep-json": "line 1: nested deeper than 40",
    "aliases": "line 1: anchors and aliases are not allowed",
    "tagged": "line 1: the tag `tag:yaml.org,2002:python/object/apply:os.system` is not allowed",
    "duplicate": "line 2: the key `age` stands twice",
    "duplicate-json": "`age`: answered twice: give one answer",
    "half": "line 1: not well-formed YAML: the quotes that open here never close",
    "list": "expected a mapping of question ids to answers",
    "word": "expected a mapping of question ids to answers",
    "two": "line 2: a second document starts here",
}


@pytest.mark.parametrize("kind", ANSWERS)
@pytest.mark.parametrize("command", ["plan", "ask", "next"])
def test_rejects_what_is_no_file_of_answers(command: str, kind: str, tmp_path: Path) -> None:
    if command != "plan" and kind in {"pipe", "long"}:
        pytest.skip("slow, and read by the same function as for `plan`")
    path = made(kind, tmp_path)
    code, out, err = legday(command, "--answers", str(path))
    assert (code, out) == (2, "")
    shown = str(path)[:60] + ("…" if len(str(path)) > 60 else "")
    assert err == [f"error: `{shown}`: {ANSWERS[kind]}"]


@pytest.mark.parametrize("kind", ["empty", "binary", "deep", "aliases", "duplicate", "list"])
def test_rejects_the_same_on_standard_input(kind: str, tmp_path: Path) -> None:
    given = made(kind, tmp_path).read_bytes()
    assert legday("plan", "--answers", "-", given=given) == (
        2,
        "",
        [f"error: `-`: {ANSWERS[kind]}"],
    )


@pytest.mark.parametrize("data", [b"\xef\xbb\xbfage: 40\n", b'\xef\xbb\xbf{"age": 40}'])
def test_reads_a_file_with_a_byte_order_mark(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "answers"
    path.write_bytes(data)
    code, out, err = legday("plan", "--answers", str(path), "--screened", "--format", "json")
    assert (code, err) == (0, [])
    assert json.loads(out)["answers"]["age"] == 40


def test_reads_a_pipe_that_somebody_writes_to_in_a_while(tmp_path: Path) -> None:
    path = made("pipe", tmp_path)

    def write() -> None:
        time.sleep(0.3)
        path.write_text("age: 40\n", encoding="utf-8")

    writer = threading.Thread(target=write)
    writer.start()
    code, out, err = legday("plan", "--answers", str(path), "--screened", "--format", "json")
    writer.join()
    assert (code, err, json.loads(out)["answers"]["age"]) == (0, [], 40)


def write_once_read(pipe: int) -> None:
    """Write to a pipe when somebody reads it, after some thought."""
    state = select.poll()
    state.register(pipe, select.POLLOUT)
    while any(event & select.POLLERR for _, event in state.poll()):  # nobody reads it yet
        time.sleep(0.01)
    time.sleep(0.4)
    os.write(pipe, b"age: 40\n")
    os.close(pipe)


def test_waits_for_a_writer_who_has_opened_the_pipe_and_thinks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("advisor.cli.opening.PATIENCE", 50)
    path = made("pipe", tmp_path)
    reading = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    writing = os.open(path, os.O_WRONLY)
    os.close(reading)
    later = threading.Thread(target=write_once_read, args=(writing,))
    later.start()
    code, out, _ = legday("plan", "--answers", str(path), "--screened", "--format", "json")
    later.join()
    assert (code, json.loads(out)["answers"]["age"]) == (0, 40)


BATCH = {
    "missing": "cannot be read: no such file or directory",
    "folder": "cannot be read: it is a folder",
    "broken link": "cannot be read: no such file or directory",
    "ring of links": "cannot be read: too many levels of symbolic links",
    "device": "cannot be read: it is no file",
    "pipe": "cannot be read: it is a pipe that nobody writes to",
}


@pytest.mark.parametrize("kind", BATCH)
def test_rejects_what_is_no_file_of_people(kind: str, tmp_path: Path) -> None:
    path = made(kind, tmp_path)
    code, out, err = legday("batch", str(path))
    assert (code, out) == (2, "")
    shown = str(path)[:60] + ("…" if len(str(path)) > 60 else "")
    assert err == [f"error: `{shown}`: {BATCH[kind]}"]


@pytest.mark.parametrize(
    ("kind", "lines"),
    [("binary", 5), ("png", 3), ("deep-json", 1), ("half", 1), ("utf-16", 1)],
)
def test_gives_each_bad_line_of_people_an_error_of_its_own(
    kind: str, lines: int, tmp_path: Path
) -> None:
    code, out, err = legday("batch", str(made(kind, tmp_path)), "--jobs", "1")
    told = [json.loads(line) for line in out.splitlines()]
    assert (code, len(told), err) == (2, lines, [])
    assert {each["error"] for each in told} == {"not a line of JSON"}


def test_says_that_a_file_of_people_is_empty(tmp_path: Path) -> None:
    code, out, err = legday("batch", str(made("empty", tmp_path)), "--jobs", "1")
    assert (code, out, len(err)) == (2, "", 1)
    assert err[0].endswith("`: empty: expected one JSON object of answers a line")


def test_reads_a_huge_line_of_people_without_keeping_it(tmp_path: Path) -> None:
    path = made("huge", tmp_path)
    with path.open("ab") as file:
        file.write(b'\n{"back_pain": 2}\n')
    code, out, _ = legday("batch", str(path), "--jobs", "1", "--fields", "answers")
    assert code == 2
    assert [json.loads(line) for line in out.splitlines()] == [
        {"error": "not a line of JSON", "line": 1},
        {"answers": {"back_pain": 2}},
    ]


RULES = {
    "folder": "given.yaml:1:1: not a file",
    "broken link": "given.yaml:1:1: not a file",
    "ring of links": "given.yaml:1:1: not a file",
    "device": "given.yaml:1:1: not a file",
    "pipe": "given.yaml:1:1: not a file",
    "huge": "given.yaml:1:1: larger than 1048576 bytes (split it)",
    "empty": "given.yaml:1:1: the file is empty (remove it, or fill it)",
    "binary": "given.yaml:2:118: not UTF-8 text (save the file as UTF-8)",
    "png": "given.yaml:1:1: not UTF-8 text (save the file as UTF-8)",
    "latin-1": "given.yaml:1:12: not UTF-8 text (save the file as UTF-8)",
    "utf-16": "given.yaml:1:1: not UTF-8 text (save the file as UTF-8)",
    "deep": "given.yaml:1:45: nested deeper than 40",
    "aliases": "given.yaml:1:5: anchors and aliases are not allowed (repeat it)",
    "tagged": "given.yaml:1:6: the tag `tag:yaml.org,2002:python/object/apply:os.system` "
    "is not allowed",
    "duplicate": "given.yaml:2:1: the key `age` stands twice (first in line 1)",
    "half": "given.yaml:1:13: not well-formed YAML: the quotes that open here never close "
    "(close them, or take the other kind)",
    "list": "given.yaml:1:1: a list stands where sections are meant "
    "(start with a section such as `rules:`)",
    "two": "given.yaml:2:1: a second document starts here",
}


@pytest.mark.parametrize("kind", RULES)
@pytest.mark.parametrize("words", [("plan", "--screened"), ("batch", "-")])
def test_rejects_what_is_no_file_of_rules(
    words: tuple[str, ...], kind: str, tmp_path: Path
) -> None:
    for name in ("base.yaml", "moves.yaml"):
        (tmp_path / name).write_bytes((SHOULDER / name).read_bytes())
    made(kind, tmp_path)
    code, out, err = legday(*words, "--rules", str(tmp_path))
    assert (code, out) == (5, "")
    assert f"error: {RULES[kind]}" in err
    assert len(err) == (2 if kind == "duplicate" else 1)  # `age` is no section either


@pytest.mark.parametrize("kind", ["missing", "broken link", "ring of links", "device", "empty"])
def test_rejects_what_is_no_folder_of_rules(kind: str, tmp_path: Path) -> None:
    path = made(kind, tmp_path, "given")
    code, out, err = legday("plan", "--rules", str(path))
    assert (code, out) == (5, "")
    assert err == [f"error: {path}:1:1: `{path}` is no folder"]


def test_rejects_a_folder_without_rules(tmp_path: Path) -> None:
    code, out, err = legday("plan", "--rules", str(tmp_path))
    assert (code, out) == (5, "")
    assert err == [f"error: .:1:1: no `*.yaml` below `{tmp_path}`"]


def test_reads_rules_with_a_byte_order_mark(tmp_path: Path) -> None:
    for name in ("base.yaml", "moves.yaml"):
        (tmp_path / name).write_bytes(b"\xef\xbb\xbf" + (SHOULDER / name).read_bytes())
    assert legday("rules", "check", "--rules", str(tmp_path))[0] == 0


BAD_YAML = {
    "a tab": ("rules:\n\t- id: a\n", 2, "use spaces"),
    "a colon": ("rules:\n  a:\n    because: Note: it breaks.\n", 3, "whole text in quotes"),
    "a brace": ("rules:\n  a:\n    because: {name} is sore.\n", 3, "whole text in quotes"),
    "an apostrophe": ("rules:\n  a:\n    because: 'Don't do it.'\n", 3, 'in " quotes'),
    "an open quote": ('rules:\n  a:\n    because: "Rest.\n  b:\n    when: c\n', 3, "close them"),
    "a backtick": ("rules:\n  a:\n    because: `Rest` well.\n", 3, "whole text in quotes"),
    "a greater-than": ("rules:\n  a:\n    because: > 5 is much.\n", 3, "whole text in quotes"),
    "a crooked line": ("rules:\n  a:\n    when: b\n   because: c\n", 4, "line it up"),
    "no colon": ("rules:\n  a\n    because: c\n", 3, "a colon and a space"),
}


@pytest.mark.parametrize("what", BAD_YAML)
def test_names_the_line_and_the_cure_of_bad_yaml(what: str) -> None:
    text, line, cure = BAD_YAML[what]
    problems = Problems()
    assert read_file(text.encode(), "a.yaml", problems) is None
    (problem,) = problems
    assert (problem.line, cure in problem.hint) == (line, True), str(problem)
