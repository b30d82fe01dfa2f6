"""What the report of a plan says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from report_sample import CLEAR, RULE_BASE, document, flat, printed
from running import ROOT

from advisor import load_rules
from advisor.answers import read_answers
from advisor.plan import plan_for
from advisor.report.blocks import Bullets
from advisor.report.formatting import span
from advisor.report.markdown import as_markdown
from advisor.report.plan import PARTS, part_blocks, whole_blocks
from advisor.report.session import amounts_blocks, how_to_blocks
from advisor.report.text import Report
from advisor.report.voice import Voice
from advisor.rulebase.shapes import RuleBase


def report(answers: dict[str, object], width: int = 80, *, screened: bool = False) -> str:
    blocks = whole_blocks(document(answers, screened=screened), RULE_BASE, str)
    return printed(Report(blocks), width)


def part(answers: dict[str, object], name: str) -> str:
    return flat(printed(Report(part_blocks(document(answers), RULE_BASE, str, name))))


def test_says_the_level_first_and_why() -> None:
    first, why, *_ = report(CLEAR).splitlines()
    assert first == "MODIFIED  This is 1."
    assert why.split() == ["A", "sore", "joint", "needs", "care.", "1"]


def test_shows_dose_rest_and_effort_in_a_table() -> None:
    assert "1 Raise  1x10/side  rest 90 s  leave 2 reps\n" in report(CLEAR)
    assert re.search(r"^  A raise is simple. +2$", report(CLEAR), re.MULTILINE)


def test_puts_the_dose_under_the_name_where_a_table_does_not_fit() -> None:
    assert "1 Raise\n  1x10/side, rest 90 s, leave 2 reps.\n" in report(CLEAR, 60)


def test_says_every_sign_in_a_word_where_there_is_nobody_to_see_it() -> None:
    plain = printed(Report(whole_blocks(document(CLEAR), RULE_BASE, str)), plain=True)
    assert (
        "1. Raise 1 set of 10 on each side; rest 90 seconds; end each set when you could still"
        " do 2 more. A raise is simple. Source 2. Limit: Go only half way." in flat(plain)
    )
    assert "Source 2: Doe and others 2001 (trial)\n" in plain
    assert not re.search("/side|─", plain)


def test_spells_out_the_short_forms() -> None:
    assert "1x10/side is 1 set of 10 on each side." in flat(report(CLEAR))


def test_puts_limits_before_cues() -> None:
    text = report(CLEAR)
    assert text.index("Limit: Go only half way.") < text.index("Move slowly.")


def test_says_each_reason_once_with_its_exercises() -> None:
    text = flat(report(CLEAR))
    assert text.count("Overhead loads pinch.") == 1
    assert "Press and Hang. Instead: Raise." in text


def test_says_in_a_line_what_is_out_only_for_lack_of_something() -> None:
    assert "Out only because you do not have what they need: Row." in flat(report(CLEAR))


def test_says_what_would_settle_what_is_at_hand() -> None:
    text = flat(report({"stuck": False, "ache": 0}))
    assert "Out only because we do not know what you have: Row. (say so with --tools)" in text


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("session", "A raise is simple."),
        ("why", "Less is enough."),
        ("how", "Move slowly."),
        ("watch", "Stop if it stabs."),
        ("left-out", "Overhead loads pinch."),
        ("progress", "at most 10% at a time."),
        ("assumed", "Not asked: --side, --hours."),
        ("sources", "Doe and others, Hospital, 2001."),
    ],
)
def test_prints_one_part_alone(name: str, words: str) -> None:
    assert words in part(CLEAR, name)
    assert [each for each in PARTS if words in part(CLEAR, each)] == [name]


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (None, "Leave 48 hours after your last session, too."),
        (20, "Your next session can start in 28 hours."),
        (60, "You have had enough rest to start today."),
    ],
)
def test_speaks_of_rest_as_far_as_it_is_known(hours: int | None, words: str) -> None:
    assert words in flat(report({**CLEAR, "hours": hours}))


def test_ends_with_the_command_and_what_was_assumed() -> None:
    text = report({"ache": 4, "side": "unsure"}, screened=True)
    assert (
        "You stated in one word that these are clear:\n- Is the joint stuck? No. (--stuck)" in text
    )
    assert "You were not sure, so we took the careful side:\n- Which side? (--side)" in text
    assert text.endswith("  legday plan --screened --ache 4 --side unsure\n")


def test_referral_stands_alone() -> None:
    text = report({"stuck": True, "ache": 4})
    assert text.startswith("PROFESSIONAL  This is 3.\n")
    assert "DO THIS  Call the clinic this week.\n" in text
    assert "TELL THEM  Is the joint stuck? Yes.\n" in text
    assert "WATCH FOR  Watch for a numb hand.\n" in text
    assert not any(exercise.name in text for exercise in RULE_BASE.exercises)


def test_referral_says_where_it_rests_on_a_doubt() -> None:
    text = flat(report({"stuck": "unsure"}))
    assert "You were not sure, so in case: A stuck joint should be seen." in text


def test_incomplete_names_what_is_missing_as_flags() -> None:
    text = report({"ache": 4})
    assert "Is the joint stuck? (--stuck yes or no)" in text
    assert text.endswith("  legday plan --ache 4 --stuck unsure\n")
    assert "--screened" in text


@pytest.mark.parametrize("width", [40, 50, 80])
@pytest.mark.parametrize("answers", [CLEAR, {"stuck": True}, {}])
def test_fits_its_width_without_blanks_at_the_end(width: int, answers: dict[str, object]) -> None:
    for line in report(answers, width).splitlines():
        assert len(line) <= width
        assert line == line.rstrip()


def test_uses_color_only_where_it_is_welcome() -> None:
    value = Report(whole_blocks(document(CLEAR), RULE_BASE, str))
    assert "\x1b[" in printed(value, color=True)
    assert "\x1b" not in printed(value)
    assert "\x1b" not in printed(value, color=True, plain=True)


def test_markdown_says_the_same() -> None:
    text = as_markdown(whole_blocks(document(CLEAR), RULE_BASE, str))
    assert text.startswith("# MODIFIED: This is 1.\n")
    assert r"| **1. Raise**<br>A raise is simple. \[2\]<br>**Limit:** Go only half way." in text
    assert "2. Doe and others 2001 (trial)\n" in text
    assert "```sh\nlegday plan --stuck no --ache 4 --tools band\n```\n" in text


def test_says_of_every_amount_in_doubt_that_it_is(rules: RuleBase) -> None:
    answers = {
        "disc_history": False,
        "age": 35,
        "recent_load_jump": True,
        "equipment": ["dumbbells"],
    }
    plan = plan_for(read_answers(answers, rules, screened=True), rules).to_dict()
    _, bullets = amounts_blocks(plan, Voice(rules, str, whole=True))
    assert isinstance(bullets, Bullets)
    leads = {item.text: item.lead for item in bullets.items}
    named = {each for line in plan["session"]["exercises"] for each in line["dose_reasons"]}
    for reason in (plan["rules"][name] for name in named):
        doubtful = "Not answered, so in case:" in leads[reason["because"]]
        assert doubtful is (None in reason["answers"].values())
    assert any("Not answered" in lead for lead in leads.values())


@pytest.mark.parametrize(
    ("balance", "lead"),
    [
        ("poor", "Limit:"),
        ("unsure", "Limit (you were not sure, so in case):"),
        (None, "Limit (not answered, so in case):"),
    ],
)
def test_says_of_a_limit_whether_it_is_in_doubt(
    balance: str | None, lead: str, rules: RuleBase
) -> None:
    known = {"age": 35, "hip_mobility": "good", "core_bracing": True, "experience": "experienced"}
    answers = {**known, "equipment": ["dumbbells"], "balance": balance}
    plan = plan_for(read_answers(answers, rules, screened=True), rules).to_dict()
    _, bullets = how_to_blocks(plan, Voice(rules, str))
    assert isinstance(bullets, Bullets)
    leads = {cue.text: cue.lead for item in bullets.items for cue in item.below}
    assert leads["Hold a rail or a wall with one hand."] == lead


RULE_FILE = """
session: {{at_most: 2, trial_when: sore}}
findings:
  sore: {{means: it is sore, when: {{shoulder_pain: at least 2}}}}
rules:
{rules}
"""
RULE = """  {name}:
    when: {when}
    {effect}
    because: {because}
    sources: [plain-sense]
"""


def shoulder_report(tmp_path: Path, rules: str, **answers: object) -> str:
    """What is reported with more rules in the shoulder rule base."""
    for path in (ROOT / "tests" / "shoulder").glob("*.yaml"):
        text = path.read_text(encoding="utf-8").replace("session: {at_most: 2}\n", "")
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    (tmp_path / "more.yaml").write_text(RULE_FILE.format(rules=rules), encoding="utf-8")
    base = load_rules(tmp_path)
    plan = plan_for(read_answers(answers, base, screened=True), base)
    return flat(printed(Report(whole_blocks(plan.to_dict(), base, str)), 300))


def level_rule(name: str, when: str, because: str, more: str = "") -> str:
    fact = when.strip("{}").partition(":")[0]
    silent = {"gear": "none", "dislocated": "no"}.get(fact, "0")
    fires = when.replace("at least ", "")
    effect = f"level: modified{more}\n    fires: {fires}\n    silent: {{{fact}: {silent}}}"
    return RULE.format(name=name, when=when, because=because, effect=effect)


def always(name: str, effect: str) -> str:
    return RULE.format(name=name, when="always", because="It is so.", effect=effect)


def test_gives_one_reason_of_the_level_for_each_answer(tmp_path: Path) -> None:
    rules = level_rule(
        "a-both", "{shoulder_pain: at least 2}", "A.", "\n    dose: {sets: at most 1}"
    )
    rules += level_rule("b-only", "{shoulder_pain: at least 2}", "Only the level.")
    rules += level_rule("c-bands", "{gear: [bands]}", "The bands.")
    rules += level_rule("d-bells", "{gear: [dumbbells]}", "The dumbbells.")
    text = shoulder_report(tmp_path, rules, shoulder_pain=2, gear=["bands", "dumbbells"])
    first = text.partition("SESSION")[0]
    assert "Only the level." in first
    assert " A." not in first
    assert "The bands." in first
    assert "The dumbbells." in first


def test_gives_no_more_than_four_reasons_of_the_level(tmp_path: Path) -> None:
    facts = ("shoulder_pain: at least 2", "gear: [bands]", "gear: [dumbbells]", "dislocated: yes")
    rules = "".join(
        level_rule(f"rule-{n}", f"{{{fact}}}", f"Reason {n}.") for n, fact in enumerate(facts)
    )
    rules += level_rule("rule-9", "{hours_since_shoulder_day: at least 1}", "Reason 9.")
    answers: dict[str, object] = {"gear": ["bands", "dumbbells"], "hours_since_shoulder_day": 90}
    text = shoulder_report(tmp_path, rules, shoulder_pain=2, dislocated=True, **answers)
    first = text.partition("SESSION")[0]
    assert first.count("Reason ") <= 4


def test_puts_first_what_must_come_before_training(tmp_path: Path) -> None:
    before = always(name="wait-first", effect="advise: {as: before_training, say: Wait a day.}")
    text = shoulder_report(tmp_path, before, shoulder_pain=1, gear=["bands"], dislocated=False)
    assert "BEFORE Wait a day." in text.partition("SESSION")[0]


def test_tells_in_one_line_what_is_left_out_on_trial(tmp_path: Path) -> None:
    suspect = always(
        name="maybe-slides",
        effect="suspect: {name: slides, exercise: wall_slide, weight: 3, trial: Leave it.,"
        " review_in_days: 14, wrong_if: Still sore.}",
    )
    text = shoulder_report(tmp_path, suspect, shoulder_pain=2, gear=["bands"], dislocated=False)
    assert "Left out for two weeks, to see whether it was the cause: Wall slide." in text


@pytest.mark.parametrize(
    ("days", "words"), [(1, "1 day"), (7, "a week"), (10, "10 days"), (28, "four weeks")]
)
def test_says_how_long(days: int, words: str) -> None:
    assert span(days) == words
