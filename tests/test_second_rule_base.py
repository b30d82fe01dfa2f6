"""A rule base of another subject runs through every command, with no change in Python."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from running import SHOULDER, inside
from terminal_session import Session

RULES = ("--rules", SHOULDER)
CALM = (
    "--alarm-signs",
    "none",
    "--shoulder-pain",
    "0",
    "--dislocated",
    "no",
    "--sore-after",
    "none",
)


def run_json(*words: str, given: str = "", code: int = 0) -> Any:  # noqa: ANN401 - JSON is anything
    done = inside(*words, *RULES, "--format", "json", given=given)
    assert (done.returncode, done.stderr) == (code, "")
    return json.loads(done.stdout)


def test_plans_a_shoulder_day() -> None:
    plan = run_json("plan", *CALM, "--gear", "dumbbells")
    assert plan["level"] == "go"
    lines = [(each["exercise"], each["notation"]) for each in plan["session"]["exercises"]]
    assert lines == [("overhead_press", "3x10"), ("side_lying_rotation", "2x12/side")]
    assert plan["rule_base"]["name"] == "shoulderday"
    assert plan["command"].startswith(f"legday plan --rules {SHOULDER}")


def test_spares_a_shoulder_that_slipped_out() -> None:
    history = ["--dislocated", "yes", "--sore-after", "none"]
    plan = run_json("plan", "--screened", "--shoulder-pain", "3", *history)
    assert plan["level"] == "modified"
    assert plan["verdicts"]["overhead_press"]["verdict"] == "avoid"
    assert plan["verdicts"]["push_up"]["verdict"] == "caution"
    assert plan["verdicts"]["lateral_raise"]["verdict"] == "unresolved"
    assert plan["verdicts"]["lateral_raise"]["needs"] == ["gear"]


@pytest.mark.parametrize(
    ("words", "code", "level"),
    [
        (["--alarm-signs", "arm_numb"], 3, "emergency"),
        (["--screened", "--shoulder-pain", "8"], 3, "professional"),
        (["--screened"], 4, None),
    ],
)
def test_refers_and_asks_with_the_same_exit_codes(
    words: list[str], code: int, level: str | None
) -> None:
    assert run_json("plan", *words, code=code)["level"] == level


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_prints_a_report(form: str) -> None:
    done = inside("plan", *RULES, *CALM, "--gear", "bands", "--format", form)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Push-up" in done.stdout
    said = re.sub("come back", "", done.stdout, flags=re.IGNORECASE)  # a part of every page
    assert not re.search(r"\b(back|leg day|leg press)\b", said, re.IGNORECASE)


def test_asks_at_a_terminal() -> None:
    with Session("ask", *RULES, NO_COLOR="1") as person:
        person.prompt()
        assert "Do you have any of these signs now?" in person.say("")  # a plan
        assert "How strong is your shoulder pain" in person.say("none")
        shown = person.say("0")
        while "Your answers" not in shown:
            shown = person.say("none" if "Which exercises" in shown else "2")
        assert "STOP " in person.say("")
        person.type("no\n")
        person.end()
        assert person.code == 0


def test_checks_an_exercise_by_its_other_name() -> None:
    document = run_json("check", "military press", *CALM, "--gear", "none")
    assert document["exercise"] == "overhead_press"
    assert document["verdict"] == "avoid"
    assert document["instead"] == ["push_up"]


def test_holds_the_conversation_step_by_step() -> None:
    answers: dict[str, object] = {}
    asked = []
    while (step := run_json("next", "--answers", "-", given=json.dumps(answers)))["question"]:
        asked.append(step["question"]["fact"])
        answers[asked[-1]] = "unsure" if len(asked) > 2 else [[], 0][len(asked) - 1]
    assert asked[:2] == ["alarm_signs", "shoulder_pain"]
    assert run_json("next", "--answers", "-", given=json.dumps(answers))["remaining_at_most"] == 0


def test_troubleshoots() -> None:
    words = [
        *CALM[:2],
        "--shoulder-pain",
        "2",
        "--dislocated",
        "no",
        "--sore-after",
        "overhead press",
    ]
    document = run_json("troubleshoot", *words)
    assert [each["exercise"] for each in document["suspects"]] == ["overhead_press"]


def test_answers_many_at_once() -> None:
    lines = ['{"alarm_signs": ["chest_tight"]}', '{"back_pain": 1}']
    done = inside("batch", "-", *RULES, given="\n".join(lines))
    assert done.returncode == 2
    first, second = map(json.loads, done.stdout.splitlines())
    assert first["level"] == "emergency"
    assert second["line"] == 2


@pytest.mark.parametrize(
    ("command", "shows"),
    [
        ("questions", "--shoulder-pain"),
        ("exercises", "Band rotation"),
        ("sources", "Plain sense"),
    ],
)
def test_lists_what_it_holds(command: str, shows: str) -> None:
    done = inside(command, *RULES)
    assert (done.returncode, done.stderr) == (0, "")
    assert shows in done.stdout
    assert len(run_json(command)) >= 1


def test_is_a_valid_rule_base() -> None:
    assert run_json("rules", "check")["problems"] == []


def test_shows_a_rule_in_words() -> None:
    done = inside("rules", "show", "slipped-not-overhead", *RULES)
    assert done.returncode == 0
    assert "Up high a loose shoulder is least steady." in done.stdout


def test_rejects_flags_of_the_other_rule_base() -> None:
    done = inside("plan", *RULES, "--back-pain", "1")
    assert done.returncode == 2
    assert "unknown flag `--back-pain`" in done.stderr
