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
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from terminal_session import Session

from advisor import load_rules
from advisor.answers import Facts, find_exercise, read_answers
from advisor.explain.troubleshooting import troubleshoot_document
from advisor.findings import conclude
from advisor.interview.amounts import Answer
from advisor.interview.conversation import Conversation, answer, begin
from advisor.interview.next_question import next_step
from advisor.interview.prompts import pages
from advisor.interview.reading import Mistake, choices_of, read_reply
from advisor.interview.saving import read_saved
from advisor.interview.spoken import Word
from advisor.interview.terminal import Interrupted, Visit, run
from advisor.levels import careful_level
from advisor.plan import plan_for
from advisor.report.text import console
from advisor.rulebase.shapes import CHOICE, INTEGER, SET, YES_NO, Question, RuleBase
from advisor.wishes import Wishes

if TYPE_CHECKING:
    from rich.console import RenderableType

ENTER = ""
SHOULDER = str(Path(__file__).parent / "shoulder")
SHOULDER_RULES = load_rules(SHOULDER)
SHOULDER_PLAN = ("ask", "--door", "plan", "--rules", SHOULDER)
PLAIN = re.compile(r"[\n\x20-\x7e]*")  # marks that every screen reader has words for


class Script:
    """An asker that types these lines, and remembers what was shown."""

    plain = False

    def __init__(self, lines: Iterable[str | type[BaseException]], width: int = 80) -> None:
        self.lines = list(lines)
        self.shown = io.StringIO()
        self.console = console(self.shown, width=width, color=False, plain=True)

    def ask(self, prompt: str, words: Sequence[str] = ()) -> str:
        del words
        self.shown.write(prompt)
        line = self.lines.pop(0) if self.lines else EOFError
        if isinstance(line, str):
            return line
        raise line

    def show(self, renderable: RenderableType) -> None:
        self.console.print(renderable, crop=False)

    def drop(self) -> bool:
        return False

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
        run(rules, None, script, Visit(save_path=save))
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


@pytest.mark.parametrize(
    "line", ["11", "-1", "1e1", "٣", "3 4", "3/5", "more than 3", "not 3", "9" * 50]
)
def test_takes_only_a_number_in_bounds(shoulder: RuleBase, line: str) -> None:
    reply = code(line, shoulder.question["shoulder_pain"], shoulder)
    assert isinstance(reply, Mistake)
    assert "whole number from 0 to 10" in reply.says


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("", "nothing was typed"),
        ("  ", "nothing was typed"),
        ("0 1", "both none and some"),
        ("none, bands", "both none and some"),
        ("4", "`4` is no answer here"),
        ("1 4", "`4` is no answer here"),
        ("1-9", "`1-9` is no answer here"),
        ("yes", "`yes`: which? expected one or more numbers from 1 to 3, or 0 for none"),
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
    facts, text = ask(shoulder, "none", "0", "none", "no", "none", ENTER)
    assert "Question 1, at most" in text
    assert said(facts, shoulder)["alarm_signs"] == []


def test_goes_straight_to_the_plan_in_an_emergency(shoulder: RuleBase) -> None:
    facts, text = ask(shoulder, "chest")
    assert plan_for(facts, shoulder).level == "emergency"
    assert "Your answers" not in text


def test_asks_again_after_a_mistake(shoulder: RuleBase) -> None:
    facts, text = ask(shoulder, "hello", "", "7", "arm")
    assert "`hello` is no answer here" in text
    assert "nothing was typed" in text
    assert said(facts, shoulder)["alarm_signs"] == ["arm_numb"]


def test_tells_what_it_took_an_answer_for(shoulder: RuleBase) -> None:
    _, text = ask(shoulder, "arm")
    assert "→ The whole arm is numb" in text


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
    assert "Your answer was: 0 of 10." in text


def test_shows_the_answers_set_aside(shoulder: RuleBase) -> None:
    _, text = ask(shoulder, "none", "0", "none", "back 2", "8", ENTER)
    assert "Set aside, for they no longer matter" in text
    assert "Which exercises hurt last time?" in text.split("Set aside")[1]


def test_keeps_an_answer_after_back(shoulder: RuleBase) -> None:
    facts, text = ask(shoulder, "back", "none", "back", "keep", "0", "keep", "enough", ENTER)
    assert "`back`: this is the first question" in text
    assert "`keep`: there is no answer yet" in text
    assert said(facts, shoulder)["alarm_signs"] == []


def test_explains_itself(shoulder: RuleBase) -> None:
    _, text = ask(shoulder, "?", "why", "help", "list", "none", "?", "why", "8", ENTER)
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
    run(shoulder, None, script, Visit(save_path=tmp_path / "no" / "such" / "folder"))
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
    with Session(*SHOULDER_PLAN) as person:
        first = person.prompt()
        assert "Do you have any of these signs now?" in first
        assert "Question 1, at most" in first
        assert "A tight chest: At rest" in person.say("?")
        assert "What each answer would do" in person.say("why")
        assert "`hello` is no answer here" in person.say("hello")
        assert "nothing was typed" in person.say("")
        assert "How strong" in person.say("none")
        assert "Your answer was: none" in person.say("back")
        assert "How strong" in person.say("keep")
        shown = person.say("0")
        while "Your answers" not in shown:
            shown = person.say("unsure")
        assert "not sure" in shown
        plan = person.say("")
        assert "STOP " in plan
        assert "Keep these answers in a journal, for `legday today`?" in plan
        person.type("no\n")
        person.end()
        assert person.code == 0
        assert "Traceback" not in person.screen


def test_prints_the_command_that_resumes_after_ctrl_c() -> None:
    with Session(*SHOULDER_PLAN) as person:
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
    with Session(*SHOULDER_PLAN) as person:
        person.prompt()
        person.type("\x04")
        assert "legday plan" in person.end()
        assert person.code == 1


def test_takes_no_answer_from_bad_bytes() -> None:
    with Session(*SHOULDER_PLAN) as person:
        person.prompt()
        person.send(b"\xff\xfe\n")
        assert "is no answer here" in person.prompt()
        assert "How strong" in person.say("none")


TEN = ("none", "none", "none", "none", "31", "0", "1", "1", "none", "no")


def test_takes_ten_pasted_lines_for_ten_answers() -> None:
    with Session("ask", "--door", "plan") as person:
        person.prompt()
        person.type("".join(f"{line}\n" for line in TEN))
        assert "Which exercises bring" in person.until("Which exercises bring")
        echoes = re.findall(r"→ (.*)", person.text)
        assert echoes == ["none"] * 4 + ["31 years", "0 of 10", "Never", "Never", "none", "no"]


def test_drops_what_was_pasted_behind_a_mistake() -> None:
    with Session(*SHOULDER_PLAN) as person:
        person.prompt()
        person.type("none\nvery\n4\n5\n")
        assert "`very` is no answer here" in person.until("not used.")
        assert "→ 4 of 10" not in person.prompt()
        assert "→ 4 of 10" in person.say("4")


def test_loses_no_key_that_is_typed_fast() -> None:
    with Session(*SHOULDER_PLAN) as person:
        person.prompt()
        for key in "none\n4\nnone\nno\n":
            person.type(key)
            time.sleep(0.02)
        assert "What do you have?" in person.until("What do you have?")
        assert re.findall(r"→ (.*)", person.text) == ["none", "4 of 10", "none", "no"]


def test_completes_and_edits_a_line() -> None:
    pytest.importorskip("readline")
    with Session(*SHOULDER_PLAN) as person:
        person.prompt()
        assert "→ none" in person.say("nonx\x7fe")
        assert "→ 4 of 10" in person.say("4")
        assert "→ Lateral raise" in person.say("lat\t")
        assert "→ no" in person.say("no")
        assert "→ 2 picked: Dumbbells; Bands" in person.say("dum\t,ban\t")


def test_fits_a_window_that_was_made_smaller() -> None:
    with Session("ask", "--door", "plan", width=100) as person:
        person.prompt()
        person.resize(50)
        time.sleep(0.3)
        shown = person.say("none")
        assert max(len(line) for line in shown.splitlines()) <= 50


@pytest.mark.parametrize("width", [40, 50, 80])
def test_fits_a_narrow_window(width: int) -> None:
    with Session("ask", "--door", "plan", width=width) as person:
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
    prompt = "Your answer: " if "TERM" in variables else "> "
    with Session(*SHOULDER_PLAN, **variables) as person:
        for line in ("why", "chest", ""):
            person.prompt(prompt)
            person.type(f"{line}\n")
        person.end()
        assert person.code == 3
        assert re.search(r"\x1b\[[0-9;]*m", person.screen) is None


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
    with Session("ask", "--door", "plan", "--rules", SHOULDER, "--save", path) as person:
        person.prompt()
        person.say("none")
        person.type("quit\n")
        farewell = person.end()
        assert person.code == 1
    with Session("ask", "--door", "plan", "--rules", SHOULDER, "--answers", path) as person:
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
    with Session("ask", "--door", "plan", TERM="dumb") as person:
        person.prompt("Your answer: ")
        person.type("1\x04\x04")
        shown = person.end()
        assert person.code == 1
        assert "Stopped here" in shown
        assert "--emergency-signs" not in shown


@pytest.mark.skipif(not hasattr(signal, "SIGCONT"), reason="a system without job control")
def test_draws_the_prompt_again_when_the_program_goes_on() -> None:
    with Session(*SHOULDER_PLAN) as person:
        person.prompt()
        time.sleep(0.3)
        os.kill(person.pid, signal.SIGSTOP)
        os.kill(person.pid, signal.SIGCONT)
        assert person.prompt().endswith("> ")
        assert "How strong" in person.say("none")


# A conversation that a tired person can finish.


def typed(rules: RuleBase, *lines: str, door: str | None = None) -> tuple[Facts, Script]:
    script = Script(lines)
    return run(rules, None, script, Visit(door=door)), script


def test_asks_first_what_somebody_came_for(rules: RuleBase) -> None:
    _, script = typed(rules, ENTER, "1", ENTER)
    assert script.text.index("What can we do for you?") < script.text.index("Question 1")
    assert "find out what made my back sore" in script.text.lower()


def test_has_one_door_where_nothing_is_suspected(shoulder: RuleBase) -> None:
    kept = tuple(rule for rule in shoulder.rules if rule.id != "press-too-heavy")
    _, script = typed(replace(shoulder, rules=kept), "chest")
    assert "What would you like?" not in script.text


@pytest.mark.parametrize("line", ["2", "find out", "sore", "troubleshoot"])
def test_searches_for_the_cause_behind_the_second_door(shoulder: RuleBase, line: str) -> None:
    ends: list[Conversation] = []
    script = Script([line, "none", "3", "overhead press", ENTER])
    run(shoulder, None, script, Visit(None, report=lambda talk: bool(ends.append(talk))))
    assert ends[-1].door == "troubleshoot"
    assert "What do you have?" not in script.text
    found = troubleshoot_document(plan_for(ends[-1].facts, shoulder))
    assert [each["suspect"] for each in found["suspects"]] == ["The press was too heavy"]


def test_ends_with_the_causes_behind_the_second_door_at_a_terminal() -> None:
    with Session("ask", "--rules", SHOULDER, NO_COLOR="1") as person:
        person.prompt()
        for line in ("2", "none", "3", "overhead press"):
            person.say(line)
        person.type("\n")  # the answers are right
        shown = person.end()
        assert person.code == 0
        assert "The press was too heavy" in shown


def test_asks_nothing_for_a_cause_that_could_not_change_it(shoulder: RuleBase) -> None:
    """Every answer that was not asked for leaves what is suspected as it is."""
    facts = read_answers(
        {"alarm_signs": "none", "shoulder_pain": 3, "sore_after": "overhead_press"}, shoulder
    )
    assert next_step(facts, shoulder, "troubleshoot") is None
    for place, question in enumerate(shoulder.questions):
        for code in range(2) if facts.is_open(place) else ():
            more = troubleshoot_document(plan_for(facts.with_answer(place, code), shoulder))
            assert more["suspects"], question.id


def test_mends_a_slip_at_the_first_question(rules: RuleBase) -> None:
    script = Script([ENTER, "1", "back", "none", "none", KeyboardInterrupt])
    seen: list[str] = []
    with pytest.raises(Interrupted) as left_at:
        run(rules, None, script, Visit(None, report=lambda t: not seen.append(level(t.facts))))
    assert seen == ["emergency"]
    assert "If that was a slip, type back" in script.text
    assert said(left_at.value.facts, rules)["emergency_signs"] == []


def level(facts: Facts) -> str:
    return str(plan_for(facts, load_rules()).level)


def test_shows_what_led_to_a_referral_before_it(shoulder: RuleBase) -> None:
    facts, text = ask(shoulder, "none", "8", "1", "4", "none", "no", "none", ENTER)
    assert "What counts most in your answers 1. How strong" in text
    assert "Is that right?" in text
    assert plan_for(facts, shoulder).status == "plan"
    assert said(facts, shoulder)["shoulder_pain"] == 4


def test_goes_through_the_signs_one_by_one_with_somebody_unsure(rules: RuleBase) -> None:
    back_signs = ["no"] * 8
    facts, text = typed(rules, ENTER, "unsure", *back_signs, "6", ENTER)[0], ""
    assert said(facts, rules)["emergency_signs"] == ["dark_urine"]
    script = Script([ENTER, "unsure", "?", "no", "unsure", *["no"] * 6, "none", ENTER])
    facts = run(rules, None, script, Visit(None))
    text = script.text
    assert "It may feel odd when you wipe" in text
    assert "trouble starting, stopping, holding or feeling your pee? Leaks" in text
    assert text.count("\u2192 not sure") == 3  # the sign, its page and the question
    assert "8 of 8" in text
    assert plan_for(facts, rules).to_dict()["not_sure"] == ["emergency_signs"]


def test_goes_through_the_signs_one_by_one_at_a_terminal() -> None:
    with Session(*SHOULDER_PLAN, NO_COLOR="1") as person:
        person.prompt()
        assert "1 of 2: " in person.say("unsure")
        assert "2 of 2: " in person.say("no")
        assert "→ none" in person.say("no")


@pytest.mark.parametrize("signs", [(), ("weight_loss",)])
def test_is_as_careful_with_one_sign_unsure_as_with_the_list(
    rules: RuleBase, signs: tuple[str, ...]
) -> None:
    """A sign that is there, and another that may be: never less careful than doubt about all."""
    choices = rules.question["urgent_signs"].choices
    one_by_one = ["yes" if each.id in signs else "no" for each in choices]
    one_by_one[-1] = "unsure"
    script = Script(["none", "none", "unsure", *one_by_one, KeyboardInterrupt])
    with pytest.raises(Interrupted) as left_at:
        run(rules, None, script)
    doubt = read_answers({"emergency_signs": "none", "urgent_signs": "unsure"}, rules)
    assert level_of(left_at.value.facts, rules) >= level_of(doubt, rules)


def level_of(facts: Facts, rules: RuleBase) -> int:
    return careful_level(facts, conclude(facts, rules), rules).level


def test_takes_not_knowing_what_hurts_for_none_known(rules: RuleBase) -> None:
    known = read_answers({"back_pain": 2, "age": 40}, rules, screened=True)
    place = rules.question_position["pain_triggers"]
    script = Script(["no idea", KeyboardInterrupt])
    with pytest.raises(Interrupted) as left_at:
        run(rules, known.without_answer(place), script)
    assert "→ none (as far as you can tell)" in script.text
    assert plan_for(left_at.value.facts, rules).status == "plan"


def test_never_takes_enter_for_an_answer_to_signs(rules: RuleBase) -> None:
    for question in rules.questions:
        if question.clear is not None:
            assert isinstance(read_reply(ENTER, question, rules), Mistake)


HURRY = {"age": "31", "equipment": "f", "hours_since_leg_day": "96", "sessions_per_week": "2"}


@pytest.mark.parametrize("line", ["I have chest pain", "numb between the legs and chest pain"])
def test_takes_a_sign_by_name_before_its_page_comes(rules: RuleBase, line: str) -> None:
    facts, script = typed(rules, ENTER, line)
    assert "chest_pain" in said(facts, rules)["emergency_signs"]  # type: ignore[operator]
    assert "the whole body" not in script.text  # help is needed now


def test_takes_a_number_for_one_of_its_own_page_only(rules: RuleBase) -> None:
    script = Script([ENTER, "10", "none of the above", "none", KeyboardInterrupt])
    with pytest.raises(Interrupted) as left_at:
        run(rules, None, script, Visit(None))
    assert "`10` is no answer here" in script.text
    assert said(left_at.value.facts, rules)["emergency_signs"] == []


def test_asks_which_answer_is_wrong_before_a_referral(shoulder: RuleBase) -> None:
    _, text = ask(shoulder, "none", "8", "no", ENTER)
    assert "`no`: which one? expected Enter, a number from 1 to 1" in text


def test_lists_every_exercise_that_a_word_could_be(rules: RuleBase) -> None:
    reply = read_reply("squats", rules.question["pain_triggers"], rules)
    assert isinstance(reply, Mistake)
    for name in ("Split squat", "Goblet squat", "Barbell back squat", "Front squat"):
        assert f"({name})" in reply.says
    assert "\u2026" not in reply.says


def test_hints_at_no_word_to_the_program_that_begins_otherwise(rules: RuleBase) -> None:
    question = rules.question["sessions_per_week"]
    for line, hint in (("squats", "or `help`"), ("qiut", "did you mean `quit`?")):
        reply = read_reply(line, question, rules)
        assert isinstance(reply, Mistake)
        assert hint in reply.says


def test_repeats_a_line_as_it_was_typed(rules: RuleBase) -> None:
    reply = read_reply("No I have L5, S1", rules.question["health_flags"], rules)
    assert isinstance(reply, Mistake)
    assert reply.says.startswith("`No I have L5`")


def test_needs_few_keys_of_a_healthy_person_in_a_hurry(rules: RuleBase) -> None:
    keys, talk = 1, begin(rules)  # Enter at the door
    while talk.position is not None:
        question = rules.questions[talk.position]
        shortest = "n" if question.kind in ("yes/no", "set") else "0" if question.is_number else "1"
        if question.id == "core_bracing":
            shortest = "y"
        line = HURRY.get(question.id, shortest)
        keys += (len(line) + 1) * len(pages(question))
        reply = read_reply(line, question, rules)
        assert isinstance(reply, Answer), question.id
        talk = answer(talk, reply.code)
    assert plan_for(talk.facts, rules).level == "go"
    assert keys + 1 <= 60


def test_tells_names_from_yes_and_no_when_it_leaves(
    shoulder: RuleBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    _, text = left(shoulder, "none", "quit", "yes", "me")
    assert "now type a name" in text
    assert [each.name for each in tmp_path.iterdir()] == ["me.json"]
    left(shoulder, "none", "quit", "no")
    assert [each.name for each in tmp_path.iterdir()] == ["me.json"]


def test_goes_on_where_the_line_it_prints_says() -> None:
    with Session("ask", "--rules", SHOULDER) as person:
        person.prompt()
        for line in ("2", "none", "4"):
            shown = person.say(line)
        assert "Which exercises hurt" in shown
        person.type("\x04")
        farewell = person.end()
    again = re.search(r"legday (ask .*?)\n\n", farewell, re.DOTALL)
    assert again is not None
    with Session(*shlex.split(again[1].replace("\\\n", ""))) as person:
        assert "Which exercises hurt" in person.prompt()
        person.say("overhead press")
        person.type("\n")
        assert "The press was too heavy" in person.end()
        assert person.code == 0


@pytest.mark.parametrize("saves", [False, True])
def test_goes_on_with_the_same_wishes(shoulder: RuleBase, tmp_path: Path, *, saves: bool) -> None:
    wishes = Wishes(without=frozenset({"overhead_press"}), units="lb")
    script = Script(["none", EOFError], width=200)
    visit = Visit(save_path=tmp_path / "me.json" if saves else None, wishes=wishes)
    with pytest.raises(Interrupted):
        run(shoulder, None, script, visit)
    asked = "--without overhead_press --units lb"
    assert re.search(rf"legday ask --door plan {asked} --", script.text)
    assert f"legday plan {asked} --" in script.text


def test_mends_a_slip_at_a_terminal() -> None:
    with Session(*SHOULDER_PLAN) as person:
        person.prompt()
        shown = person.say("chest")
        assert "Call your local emergency number" in shown
        assert shown.rstrip("> \n").endswith("Enter ends.")
        assert "Your answer was: A tight chest" in person.say("back")
        assert "How strong" in person.say("none")


def test_says_everything_in_words_where_that_is_asked_for() -> None:
    with Session(ACCESSIBLE="1", NO_COLOR="1") as person:
        lines = (ENTER, *["n"] * 4, "31", "3", "1", "1", "n", "n", "maybe", "quit", "no")
        for line in lines:
            person.prompt("Your answer: ")
            person.type(f"{line}\n")
        person.end()
        assert "Noted: 3 of 10" in person.text
        assert PLAIN.fullmatch(person.text)


def test_prints_a_plan_in_words_where_that_is_asked_for() -> None:
    with Session(*SHOULDER_PLAN, ACCESSIBLE="1", NO_COLOR="1") as person:
        for line in ("none", "4", "none", "no", "none", ENTER):
            person.prompt("Your answer: ")
            person.type(f"{line}\n")
        plan = person.prompt()
        assert "Stop:" in plan
        person.type("\n")
        person.end()
        assert person.code == 0
        assert PLAIN.fullmatch(person.text)


def test_says_why_it_prints_the_help() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "advisor"], input="", capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "no terminal to ask questions at" in done.stderr
