from __future__ import annotations

import io
import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from terminal_session import Session

from advisor import load_rules
from advisor.answers import Facts, find_exercise, read_answers
from advisor.interview.reading import Answer, Mistake, Word, choices_of, read_reply
from advisor.interview.saving import read_saved
from advisor.interview.terminal import Interrupted, run
from advisor.plan import plan_for
from advisor.report.text import console
from advisor.rulebase.shapes import CHOICE, INTEGER, SET, YES_NO, Question, RuleBase

if TYPE_CHECKING:
    from rich.console import RenderableType

ENTER = ""
SHOULDER = str(Path(__file__).parent / "shoulder")
SHOULDER_RULES = load_rules(SHOULDER)


class Script:
    """An asker that types these lines, and remembers what was shown."""

    def __init__(self, lines: Iterable[str | type[BaseException]], width: int = 80) -> None:
        self.lines = list(lines)
        self.shown = io.StringIO()
        self.console = console(self.shown, width=width, color=False, plain=True)

    def ask(self, prompt: str) -> str:
        self.shown.write(prompt)
        line = self.lines.pop(0) if self.lines else EOFError
        if isinstance(line, str):
            return line
        raise line

    def show(self, renderable: RenderableType) -> None:
        self.console.print(renderable, crop=False)

    @property
    def text(self) -> str:
        return " ".join(self.shown.getvalue().split())


def ask(rules: RuleBase, *lines: str, known: Facts | None = None) -> tuple[Facts, str]:
    script = Script(lines)
    return run(rules, known, script), script.text


def left(
    rules: RuleBase, *lines: str | type[BaseException], save: Path | None = None
) -> tuple[Interrupted, str]:
    script = Script(lines)
    with pytest.raises(Interrupted) as caught:
        run(rules, None, script, save)
    return caught.value, script.text


def said(facts: Facts, rules: RuleBase) -> dict[str, object]:
    return plan_for(facts, rules).to_dict()["answers"]  # type: ignore[return-value]


# What a line means.


def code(line: str, question: Question, rules: RuleBase) -> object:
    reply = read_reply(line, question, rules)
    return question.decode(reply.code) if isinstance(reply, Answer) else reply


@pytest.mark.parametrize("line", ["2", "2.", "bands", "Bands", " b ", "BAND", "bands, bands"])
def test_takes_the_number_the_word_and_its_beginning(shoulder: RuleBase, line: str) -> None:
    assert code(line, shoulder.question["gear"], shoulder) == ["bands"]


@pytest.mark.parametrize(
    "line", ["1 2", "1,2", "2, 1", "dumbbells bands", "d b", "bands,1", "1  2 2"]
)
def test_takes_several_at_once(shoulder: RuleBase, line: str) -> None:
    assert code(line, shoulder.question["gear"], shoulder) == ["dumbbells", "bands"]


@pytest.mark.parametrize("line", ["0", "3", "none", "None of these", "no", "NONE", "none,"])
def test_takes_none_of_these(shoulder: RuleBase, line: str) -> None:
    assert code(line, shoulder.question["gear"], shoulder) == []


@pytest.mark.parametrize(
    ("line", "answer"), [("1", True), ("y", True), ("Yes", True), ("2", False), ("n", False)]
)
def test_takes_yes_and_no(shoulder: RuleBase, line: str, answer: object) -> None:
    assert code(line, shoulder.question["dislocated"], shoulder) is answer


@pytest.mark.parametrize(
    "line", ["overhead press", "over", "military press", "overhead_press", "1"]
)
def test_takes_exercises_by_name_and_alias(shoulder: RuleBase, line: str) -> None:
    assert code(line, shoulder.question["sore_after"], shoulder) == ["overhead_press"]


@pytest.mark.parametrize("line", ["11", "-1", "3.5", "1e1", "٣", "three", "3 4", "9" * 50])
def test_takes_only_whole_numbers_in_bounds(shoulder: RuleBase, line: str) -> None:
    reply = code(line, shoulder.question["shoulder_pain"], shoulder)
    assert isinstance(reply, Mistake)
    assert "whole number from 0 to 10" in reply.says


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("", "nothing was typed"),
        ("  ", "nothing was typed"),
        ("1\n2", "several lines"),
        ("0 1", "both none and some"),
        ("none, bands", "both none and some"),
        ("4", "`4` is no answer here"),
        ("1 4", "`4` is no answer here"),
        ("1-2", "`1-2` is no answer here"),
        ("dumbell", "did you mean `dumbbells`?"),
        (",", "`,` is no answer here"),
        ("\x1b[31m", "`?[31m` is no answer here"),
    ],
)
def test_tells_what_is_wrong_in_one_line(shoulder: RuleBase, line: str, says: str) -> None:
    reply = code(line, shoulder.question["gear"], shoulder)
    assert isinstance(reply, Mistake)
    assert says in reply.says
    assert "\n" not in reply.says
    assert reply.says[0] == "`" or reply.says[0].islower()


def test_takes_no_beginning_that_another_choice_also_has(shoulder: RuleBase) -> None:
    reply = code("rotation", shoulder.question["sore_after"], shoulder)
    assert isinstance(reply, Mistake)
    assert "5 (Band rotation)" in reply.says
    assert "6 (Side-lying rotation)" in reply.says


def test_takes_no_beginning_of_a_hidden_word_that_others_share(rules: RuleBase) -> None:
    """An id may begin with a word that stands in many labels."""
    for question in rules.questions:
        for choice in question.choices:
            first = choice.id.split("_")[0]
            reply = read_reply(first, question, rules)
            holders = [c for c in choices_of(question) if first in c.label.lower().split()]
            exact = first in question.positions or find_exercise(first, rules)
            if len(holders) > 1 and not exact:
                assert not isinstance(reply, Answer)


def test_takes_every_number_word_and_label_of_every_question(rules: RuleBase) -> None:
    for question in rules.questions:
        if question.kind == INTEGER:
            continue
        for number, choice in enumerate(choices_of(question), 1):
            replies = {
                read_reply(w, question, rules) for w in (str(number), choice.id, choice.label)
            }
            assert len(replies) == 1, choice
            assert isinstance(replies.pop(), Answer)


@pytest.mark.parametrize("kind", [YES_NO, CHOICE, INTEGER, SET])
def test_knows_its_words_at_every_question(kind: str, rules: RuleBase) -> None:
    question = next(each for each in rules.questions if each.kind == kind)
    for word in ("?", "why", "unsure", "back", "quit", "enough", "help", "keep", "list"):
        assert read_reply(f" {word.upper()} ", question, rules) == Word(word)
    assert read_reply("back 3", question, rules) == Word("back", 3)
    assert read_reply("not sure", question, rules) == Word("unsure")


# The conversation.

AT_EASE = ("none", "0", "no", "none", "1 2")


def test_ends_in_the_answers_given(shoulder: RuleBase) -> None:
    facts, text = ask(shoulder, "none", "0", "0", "0", "no", ENTER)
    assert "Question 1, at most" in text
    assert said(facts, shoulder)["alarm_signs"] == []


def test_goes_straight_to_the_plan_in_an_emergency(shoulder: RuleBase) -> None:
    facts, text = ask(shoulder, "chest")
    assert plan_for(facts, shoulder).level == "emergency"
    assert "Your answers" not in text


def test_asks_again_after_a_mistake(shoulder: RuleBase) -> None:
    facts, text = ask(shoulder, "maybe", "", "1\n2\n", "7", "arm")
    assert "`maybe` is no answer here" in text
    assert "nothing was typed" in text
    assert "several lines came at once" in text
    assert said(facts, shoulder)["alarm_signs"] == ["arm_numb"]


def test_tells_what_it_took_an_answer_for(shoulder: RuleBase) -> None:
    _, text = ask(shoulder, "arm")
    assert "Noted: The whole arm is numb." in text


def test_refuses_enough_until_safety_is_known(shoulder: RuleBase) -> None:
    _, text = ask(shoulder, "enough", "1")
    assert "`enough` is too early" in text


def test_says_what_an_answer_would_add_after_enough(shoulder: RuleBase) -> None:
    facts, text = ask(shoulder, "none", "0", "enough", ENTER)
    assert "What do you have? may let in" in text
    assert plan_for(facts, shoulder).status == "plan"
    assert "gear" not in said(facts, shoulder)


def test_changes_an_answer_in_the_review(shoulder: RuleBase) -> None:
    facts, text = ask(shoulder, "none", "0", "enough", "2", "5", ENTER)
    assert said(facts, shoulder)["shoulder_pain"] == 5
    assert "Your answer was: 0." in text


def test_shows_the_answers_set_aside(shoulder: RuleBase) -> None:
    _, text = ask(shoulder, "none", "0", "back 2", "1")
    assert "Set aside, for they no longer matter" in text
    assert "How strong is your shoulder pain now" in text.split("Set aside")[1]


def test_keeps_an_answer_after_back(shoulder: RuleBase) -> None:
    facts, text = ask(shoulder, "back", "none", "back", "keep", "0", "keep", "enough", ENTER)
    assert "`back`: this is the first question" in text
    assert "`keep`: there is no answer yet" in text
    assert said(facts, shoulder)["alarm_signs"] == []


def test_explains_itself(shoulder: RuleBase) -> None:
    _, text = ask(shoulder, "?", "why", "help", "list", "none", "?", "why", "8")
    assert "A tight chest: At rest, or when you move." in text
    assert "no session (emergency)" in text
    assert "0 is no pain, 10 is the worst there is." in text
    assert "7 to 10: no session (professional)" in text


def test_asks_nothing_when_nothing_is_left(shoulder: RuleBase) -> None:
    known = read_answers({"alarm_signs": ["arm_numb"]}, shoulder)
    facts, text = ask(shoulder, known=known)
    assert facts == known
    assert text == ""


@pytest.mark.parametrize(
    ("last", "how"), [(KeyboardInterrupt, "interrupt"), (EOFError, "end"), ("quit", "quit")]
)
def test_leaves_with_the_answers_so_far(shoulder: RuleBase, last: str, how: str) -> None:
    broken, text = left(shoulder, "none", "4", last, ENTER)
    assert broken.how == how
    assert said(broken.facts, shoulder) == {"alarm_signs": [], "shoulder_pain": 4}
    assert "legday plan --alarm-signs none --shoulder-pain 4" in text


def test_leaves_from_the_offer_to_save_too(shoulder: RuleBase) -> None:
    broken, text = left(shoulder, "none", "quit", KeyboardInterrupt)
    assert broken.how == "quit"
    assert text.count("legday plan") == 1


def test_leaves_from_the_review(shoulder: RuleBase) -> None:
    broken, _ = left(shoulder, "none", "0", "enough", "nonsense", "quit", ENTER)
    assert said(broken.facts, shoulder) == {"alarm_signs": [], "shoulder_pain": 0}


def test_keeps_the_answers_at_quit(shoulder: RuleBase, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("mine", encoding="utf-8")
    path = tmp_path / "my answers.json"
    _, text = left(shoulder, "none", "4", "quit", str(other), str(path))
    assert "holds something else than saved answers" in text
    assert "legday ask" in text
    assert shlex.quote(str(path)) in text
    saved = read_saved(json.loads(path.read_text(encoding="utf-8")), shoulder)
    assert saved.answers == {"alarm_signs": [], "shoulder_pain": 4}


def test_keeps_the_answers_as_they_come(shoulder: RuleBase, tmp_path: Path) -> None:
    path = tmp_path / "me.json"
    left(shoulder, "none", KeyboardInterrupt, save=path)
    assert json.loads(path.read_text(encoding="utf-8"))["answers"] == {"alarm_signs": []}


def test_goes_on_when_the_answers_cannot_be_kept(shoulder: RuleBase, tmp_path: Path) -> None:
    script = Script(["none", "0", "enough", ENTER])
    run(shoulder, None, script, tmp_path / "no" / "such" / "folder")
    assert script.text.count("cannot be written: no such file or directory") == 1


@settings(max_examples=100)
@given(
    lines=st.lists(
        st.one_of(
            st.sampled_from(
                ["none", "0", "1", "2", "5", "yes", "no", "unsure", "1 2", "bands", ENTER]
            ),
            st.sampled_from(["?", "why", "back", "back 2", "keep", "enough", "help", "list", "99"]),
            st.text(max_size=6),
        ),
        max_size=40,
    )
)
def test_comes_to_an_end_whatever_is_typed(lines: list[str]) -> None:
    try:
        facts = run(SHOULDER_RULES, None, Script(lines))
    except Interrupted as broken:
        facts = broken.facts
        plan_for(facts, SHOULDER_RULES).to_dict()
    else:
        assert plan_for(facts, SHOULDER_RULES).status != "incomplete"


@given(line=st.text())
def test_reads_any_line(line: str) -> None:
    for question in SHOULDER_RULES.questions:
        reply = read_reply(line, question, SHOULDER_RULES)
        assert not isinstance(reply, Mistake) or reply.says.isprintable()


def test_reads_markup_as_text(shoulder: RuleBase) -> None:
    _, text = ask(shoulder, "[/bold]", "[red]", "1")
    assert "`[/bold]` is no answer here" in text


# The real thing.


def test_runs_from_start_to_plan_at_a_terminal() -> None:
    with Session("ask", "--rules", SHOULDER) as person:
        first = person.prompt()
        assert "Do you have any of these signs now?" in first
        assert "Question 1, at most" in first
        assert "A tight chest: At rest" in person.say("?")
        assert "What each answer would do" in person.say("why")
        assert "`maybe` is no answer here" in person.say("maybe")
        assert "nothing was typed" in person.say("")
        assert "How strong" in person.say("none")
        assert "Your answer was: none" in person.say("back")
        assert "How strong" in person.say("keep")
        shown = person.say("0")
        while "Your answers" not in shown:
            shown = person.say("unsure")
        assert "not sure" in shown
        person.type("\n")
        plan = person.end()
        assert person.code == 0
        assert "STOP " in plan
        assert "Traceback" not in person.screen


def test_prints_the_command_that_resumes_after_ctrl_c() -> None:
    with Session("ask", "--rules", SHOULDER) as person:
        person.prompt()
        person.say("none")
        person.type("\x03")
        last = person.end()
        assert person.code == 130
        line = last[last.index("legday plan") :].replace("\\\n", " ")
        assert shlex.split(line)[:6] == [
            "legday",
            "plan",
            "--rules",
            SHOULDER,
            "--alarm-signs",
            "none",
        ]
        assert "Traceback" not in person.screen


def test_leaves_cleanly_at_the_end_of_input() -> None:
    with Session("ask", "--rules", SHOULDER) as person:
        person.prompt()
        person.type("\x04")
        assert "legday plan" in person.end()
        assert person.code == 1


def test_takes_no_answer_from_a_paste_or_from_bad_bytes() -> None:
    with Session("ask", "--rules", SHOULDER) as person:
        person.prompt()
        shown = person.say("none\n3\nyes\n")
        assert "several lines came at once and none was used" in shown
        assert "How strong" not in shown
        person.send(b"\xff\xfe\n")
        assert "is no answer here" in person.prompt()
        assert "How strong" in person.say("none")


@pytest.mark.parametrize("width", [40, 50, 80])
def test_fits_a_narrow_window(width: int) -> None:
    with Session("ask", width=width) as person:
        shown = person.prompt()
        for line in (
            "help",
            "?",
            "why",
            "none",
            "nonsense",
            "none",
            "why",
            "none",
            "why",
            "3",
            "why",
        ):
            shown += person.say(line)
        assert max(len(line) for line in shown.splitlines()) <= width


@pytest.mark.parametrize("variables", [{"TERM": "dumb"}, {"NO_COLOR": "1"}])
def test_shows_plain_text_where_color_is_not_welcome(variables: dict[str, str]) -> None:
    with Session("ask", "--rules", SHOULDER, **variables) as person:
        person.prompt()
        person.say("why")
        person.type("chest\n")
        person.end()
        assert person.code == 3
        assert "\x1b" not in person.screen


def test_refuses_where_nobody_can_be_asked() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "advisor", "ask"],
        input="none\n" * 40,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert "legday plan" in done.stderr


def test_saves_and_goes_on_at_a_terminal(tmp_path: Path) -> None:
    path = str(tmp_path / "me.json")
    with Session("ask", "--rules", SHOULDER, "--save", path) as person:
        person.prompt()
        person.say("none")
        person.type("quit\n")
        farewell = person.end()
        assert person.code == 1
    with Session("ask", "--rules", SHOULDER, "--answers", path) as person:
        assert "How strong" in person.prompt()
    # The line that was printed takes up the answers, and goes on keeping them.
    command = re.search(r"legday (ask .*?)\n\n", farewell, re.DOTALL)
    assert command is not None
    with Session(*shlex.split(command[1].replace("\\\n", ""))) as person:
        assert "How strong" in person.prompt()
        person.say("1")
        person.type("quit\n")
        person.end()
    assert json.loads(Path(path).read_text())["answers"]["shoulder_pain"] == 1


def test_drops_a_line_that_was_never_sent_off() -> None:
    with Session("ask") as person:
        person.prompt()
        person.type("1\x04\x04")
        shown = person.end()
        assert person.code == 1
        assert "Stopped here" in shown
        assert "--emergency-signs" not in shown


@pytest.mark.skipif(not hasattr(signal, "SIGCONT"), reason="a system without job control")
def test_draws_the_prompt_again_when_the_program_goes_on() -> None:
    with Session("ask", "--rules", SHOULDER) as person:
        person.prompt()
        time.sleep(0.3)
        os.kill(person.pid, signal.SIGSTOP)
        os.kill(person.pid, signal.SIGCONT)
        assert person.prompt().endswith("> ")
        assert "How strong" in person.say("none")
