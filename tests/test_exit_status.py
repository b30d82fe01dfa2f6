"""Each exit code of the contract, and where what is said goes, by real processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from running import ROOT, environment, inside, legday, legday_json

CLEAR = ("plan", "--screened")


# One test for each code.


def test_exits_0_with_a_plan() -> None:
    done = legday(*CLEAR, "--back-pain", "2", "--equipment", "dumbbells")
    assert (done.returncode, done.stderr) == (0, "")
    assert "STOP" in done.stdout


@pytest.mark.parametrize(
    "words",
    [
        ["questions"],
        ["exercises"],
        ["sources"],
        ["schema"],
        ["next"],
        ["check", "leg press"],
        ["rules", "check"],
        ["rules", "schema"],
        ["rules", "show", "leg-press-1-seat-trial"],
        ["--help"],
    ],
)
def test_exits_0_with_the_listing_asked_for(words: list[str]) -> None:
    done = inside(*words)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") >= 1


def test_exits_1_when_the_program_itself_fails_without_a_traceback() -> None:
    broken = (
        "import sys, advisor.plan as plan\n"
        "plan.conclude = None\n"
        "sys.argv = ['legday', 'plan', '--screened']\n"
        "from advisor.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", broken],
        capture_output=True,
        text=True,
        env=environment(),
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("error: the program failed")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["plan", "--knee-pain", "3"], "unknown flag `--knee-pain`"),
        (["plan", "--back-pain", "11"], "`--back-pain`: `11` is no answer"),
        (["plan", "extra"], "unexpected word `extra`"),
        (["plan", "--format", "xml"], "`--format`: `xml` is none of text, json, markdown, html"),
        (["plan", "--how=yes"], "`--how`: takes no value"),
        (["--rules", "x", "plan"], "unknown flag `--rules` (flags stand after the command)"),
        (["rules", "check", "--review-years", "0"], "`0` is no number of years from 1 to 99"),
        (["rules", "check", "--today", "x"], "`--today`: `x` is no day"),
        (["batch", "-", "--jobs", "many"], "`many` is no number of processes from 1 to 1000"),
        (["plan", "--answers", "no-such-file.yaml"], "`no-such-file.yaml`: cannot be read"),
        (["plan", "--answers", "."], "`.`: cannot be read: it is a folder"),
        (["plan", "--back-pain"], "--back-pain"),
        (["check"], "missing exercise"),
        (["check", "leg pres"], "unknown exercise `leg pres` (did you mean `leg_press`?)"),
        (["batch"], "missing file"),
        (["batch", "no-such-file.jsonl"], "`no-such-file.jsonl`: cannot be read"),
        (["paln"], "unknown command `paln` (did you mean `plan`?)"),
        (["rules", "chekc"], "unknown command `chekc` (did you mean `check`?)"),
        (["rules", "show", "no-such-rule"], "unknown id `no-such-rule`"),
        (["ask"], "nobody to ask: standard input is no terminal (use `legday plan`)"),
    ],
)
def test_exits_2_on_unusable_input(words: list[str], says: str) -> None:
    done = inside(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert all(line.startswith("error: ") for line in done.stderr.splitlines())


@pytest.mark.parametrize(
    ("words", "level"),
    [
        (["--emergency-signs", "saddle_numbness"], "emergency"),
        (["--screened", "--urgent-signs", "night_pain", "--back-pain", "3"], "urgent"),
        (["--screened", "--back-pain", "6"], "professional"),
    ],
)
def test_exits_3_when_a_professional_should_look(words: list[str], level: str) -> None:
    document = legday_json("plan", *words, code=3)
    assert (document["level"], document["status"]) == (level, "refer")


def test_exits_4_and_lists_what_safety_still_needs() -> None:
    document = legday_json("plan", "--back-pain", "2", code=4)
    facts = [each["fact"] for each in document["open_questions"]]
    assert facts[:3] == ["emergency_signs", "urgent_signs", "health_flags"]
    text = legday("plan", "--back-pain", "2")
    assert (text.returncode, text.stderr) == (4, "")
    for fact in facts:
        assert f"--{fact.replace('_', '-')}" in text.stdout


def test_exits_5_with_file_and_line_of_every_problem(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text("rule_base:\n  name: broken\nquestions:\n  a: [\n")
    for words in (["plan"], ["questions"], ["next"]):
        done = inside(*words, "--rules", str(tmp_path))
        assert (done.returncode, done.stdout) == (5, "")
        assert "base.yaml:" in done.stderr
        assert all(line.startswith("error: ") for line in done.stderr.splitlines())
    done = inside("rules", "check", "--rules", str(tmp_path), "--format", "json")
    assert done.returncode == 5
    for problem in json.loads(done.stdout)["problems"]:
        assert {"code", "file", "line", "column", "message", "hint"} <= set(problem)


def test_exits_5_for_a_folder_that_is_none() -> None:
    done = inside("plan", "--rules", "no-such-folder")
    assert (done.returncode, done.stdout) == (5, "")
    assert "no-such-folder" in done.stderr
    assert "Traceback" not in done.stderr


# Where there is no terminal.


def test_prints_the_help_and_exits_2_without_words_and_terminal() -> None:
    done = legday()
    assert done.returncode == 2
    assert "Commands" in done.stdout
    told = "warning: no terminal to ask questions at, so here is the help (see `plan`)"
    assert done.stderr == f"{told}\n"


def test_prints_the_help_of_a_group_and_exits_2_without_a_command() -> None:
    done = legday("rules")
    assert (done.returncode, done.stderr) == (2, "")
    assert "Commands" in done.stdout


def test_does_not_read_answers_meant_for_a_prompt() -> None:
    done = legday("ask", given="none\n" * 40)
    assert (done.returncode, done.stdout) == (2, "")


def test_ends_quietly_when_nobody_reads_the_output() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "advisor", "exercises", "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=environment(),
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.read(10)
        program.stdout.close()
        assert program.stderr.read() == b""


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_runs_with_a_closed_stream(closed: str) -> None:
    done = subprocess.run(
        [
            "/bin/sh",
            "-c",
            f'exec "$0" -m advisor plan --screened --back-pain 2 {closed}',
            sys.executable,
        ],
        capture_output=True,
        text=True,
        env=environment(),
        check=False,
    )
    assert done.returncode == 0
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a Linux device")  # noqa: PTH110 - it is no file
def test_says_so_when_the_output_cannot_be_written() -> None:
    with open("/dev/full", "w") as full:  # noqa: PTH123 - it is no file
        done = subprocess.run(
            [sys.executable, "-m", "advisor", "questions", "--format", "json"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env=environment(),
            check=False,
        )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("error: ")


# Answers from files and flags.


def answers_of(*words: str, given: str = "", code: int = 4) -> dict[str, object]:
    return legday_json("plan", *words, given=given, code=code)["answers"]  # type: ignore[no-any-return]


def test_reads_yaml_and_json_alike(tmp_path: Path) -> None:
    yaml, as_json = tmp_path / "a.yaml", tmp_path / "a.json"
    yaml.write_text("disc_history: no\nback_pain: 2\nequipment: [dumbbells, bands]\n")
    as_json.write_text(
        '{"disc_history": false, "back_pain": 2, "equipment": ["bands","dumbbells"]}'
    )
    expected = {"disc_history": False, "back_pain": 2, "equipment": ["dumbbells", "bands"]}
    for file in (yaml, as_json):
        assert answers_of("--answers", str(file)) == expected
        assert answers_of("--answers", "-", given=file.read_text()) == expected


def test_lets_a_flag_win_over_the_file() -> None:
    given = '{"back_pain": 2, "goal": "quads"}'
    answers = answers_of("--answers", "-", "--back-pain", "4", given=given)
    assert answers == {"back_pain": 4, "goal": "quads"}
    document = legday_json("plan", "--answers", "-", "--goal", "unsure", given=given, code=4)
    assert document["not_sure"] == ["goal"]
    assert "goal" not in document["answers"]


def test_lets_an_explicit_answer_win_over_screened() -> None:
    document = legday_json("plan", "--screened", "--urgent-signs", "unsure", code=3)
    assert "urgent_signs" in document["not_sure"]
    assert "urgent_signs" not in document["stated_clear"]


def test_takes_sets_with_commas_repeated_and_none() -> None:
    both = ["dumbbells", "bands"]
    assert answers_of("--equipment", "dumbbells,bands")["equipment"] == both
    assert answers_of("--equipment", "bands", "--equipment", "dumbbells")["equipment"] == both
    assert answers_of("--equipment", "none")["equipment"] == []


def test_takes_exercises_by_id_name_and_alias() -> None:
    for words in ("leg_press,deadlift", "leg-press,Deadlift", "Leg press,DEADLIFT"):
        assert answers_of("--pain-triggers", words)["pain_triggers"] == ["deadlift", "leg_press"]
    verdicts = [legday_json("check", w) for w in ("leg_press", "leg-press", "Leg press")]
    assert verdicts[0] == verdicts[1] == verdicts[2]
    assert verdicts[0]["exercise"] == "leg_press"


@pytest.mark.parametrize("command", ["plan", "next", "check", "troubleshoot"])
def test_takes_unsure_for_every_flag(command: str) -> None:
    words = [command, *(["leg_press"] if command == "check" else [])]
    for question in legday_json("questions"):
        words += [question["flag"], "unsure"]
    done = inside(*words, "--format", "json")
    assert done.returncode in {0, 3}
    assert done.stderr == ""


# Problems.


def test_names_every_problem_at_once() -> None:
    done = inside(
        "plan",
        *("--back-pain", "22"),
        *("--disc-history", "maybe"),
        *("--equipment", "dumbells,sofa"),
        *("--age", "40", "--age", "41"),
        *("--country", "XX"),
        "leftover",
        *("--answers", "-"),
        given='{"goal": "bigger", "knee": 1}',
    )
    assert (done.returncode, done.stdout) == (2, "")
    for says in (
        "unexpected word `leftover`",
        "`--back-pain`: `22` is no answer: expected a whole number from 0 to 10",
        "`--disc-history`: `maybe` is no answer: expected yes, no or unsure",
        "(did you mean `dumbbells`?)",
        "`--equipment`: `sofa` is no answer",
        "`--age`: given 2 times, expected once",
        "`--country`: `XX` is no country",
        "`-`: `goal`: `bigger` is no answer",
        "`-`: unknown question `knee`",
    ):
        assert done.stderr.count(says) == 1, says
    assert len(done.stderr.splitlines()) == 9


@pytest.mark.parametrize("flag", ["--format", "--answers", "--country", "--back-pain"])
def test_rejects_a_flag_that_is_given_twice(flag: str) -> None:
    value = {"--format": "json", "--country": "GB"}.get(flag, "1")
    done = inside("plan", flag, value, flag, value)
    assert done.returncode == 2
    assert f"`{flag}`: given 2 times" in done.stderr


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("", "empty"),
        ("[1, 2]", "expected a mapping"),
        ("just words", "expected a mapping"),
        ("{not json", "line 1"),
        ("goal: quads\ngoal: glutes\n", "goal"),
        ('{"goal": "quads", "goal": "glutes"}', "answered twice"),
        ("goal: !!python/object:os.system {}\n", "line 1"),
        ("goal: [quads\n", "line"),
    ],
)
def test_rejects_a_file_that_holds_no_answers(given: str, says: str) -> None:
    done = inside("plan", "--answers", "-", given=given)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_shows_what_was_typed_without_letting_it_steer_the_terminal() -> None:
    done = inside("plan", "--goal", "\x1b[2Jquads\x07", "--back-pain", "[red]" * 40)
    assert done.returncode == 2
    assert done.stderr.isascii() or "…" in done.stderr
    assert all(character.isprintable() or character == "\n" for character in done.stderr)


# Batch.


def test_batch_answers_every_line_in_order() -> None:
    lines = ['{"emergency_signs": ["chest_pain"]}', '{"back_pain": 1}', ""]
    done = inside("batch", "-", given="\n".join(lines))
    assert (done.returncode, done.stderr) == (0, "")
    plans = [json.loads(line) for line in done.stdout.splitlines()]
    assert [plan["status"] for plan in plans] == ["refer", "incomplete"]


def test_batch_exits_2_for_a_bad_line_and_still_answers_the_rest() -> None:
    lines = ["{", '{"back_pain": 99, "knee": 1}', "[]", '{"back_pain": 1}']
    done = inside("batch", "-", "--screened", given="\n".join(lines))
    assert (done.returncode, done.stderr) == (2, "")
    first, second, third, last = (json.loads(line) for line in done.stdout.splitlines())
    assert first == {"error": "not a line of JSON", "line": 1}
    assert second["line"] == 2
    assert "`back_pain`" in second["error"]
    assert "`knee`" in second["error"]
    assert third["line"] == 3
    assert last["status"] == "plan"
