"""People as a physiotherapist would meet them, and the reading of their files."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from running import SHOULDER, inside

from advisor import load_rules
from advisor.answers import read_answers
from advisor.authoring.cases.files import cases_folder, read_cases
from advisor.authoring.cases.run import (
    Case,
    Expected,
    LimitExpected,
    failures,
    run_cases,
    run_examples,
)
from advisor.authoring.own_schema import own_schema
from advisor.authoring.schema import case_file_schema
from advisor.plan import plan_for
from advisor.rulebase.problems import Problem, Problems, RuleBaseError
from advisor.rulebase.reading.files import gather
from advisor.rulebase.reading.nodes import read_file
from advisor.rulebase.shapes import RuleBase

ROOT = Path(__file__).parent.parent
CASES = read_cases(ROOT / "tests" / "cases", load_rules())

FINE = """
sore-after-press:
  says: Sore after the press.
  answers: {shoulder_pain: 2, sore_after: overhead_press, gear: none, dislocated: no}
  screened: yes
  level: go
  session: [push_up]
  out: [overhead_press]
"""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case(case: Case, rules: RuleBase) -> None:
    assert run_cases((case,), rules) == ()


def test_has_many_people_who_may_train() -> None:
    may_train = [c for c in CASES if c.expected.level in {"go", "modified"}]
    assert len(CASES) >= 70
    assert len(may_train) >= 25


def test_finds_the_cases_beside_the_rule_base(tmp_path: Path) -> None:
    assert cases_folder(None) == ROOT / "tests" / "cases"
    assert cases_folder(tmp_path / "rules") is None
    (tmp_path / "tests" / "cases").mkdir(parents=True)
    assert cases_folder(tmp_path / "rules") == tmp_path / "tests" / "cases"


def read(folder: Path, text: str, rules: RuleBase) -> tuple[Case, ...]:
    (folder / "some.yaml").write_text(text)
    return read_cases(folder, rules)


def test_reads_what_a_person_says_answers_and_may_expect(
    tmp_path: Path, shoulder: RuleBase
) -> None:
    (case,) = read(tmp_path, FINE + "  dose: {push_up: {sets: at most 3, reps: 10}}\n", shoulder)
    assert (case.id, case.says, case.place.line) == ("sore-after-press", "Sore after the press.", 2)
    assert case.expected.session == ("push_up",)
    assert run_cases((case,), shoulder) == ()
    sets, reps = case.expected.dose
    assert (sets.low, sets.high, reps.low, reps.high) == (0, 3, 10, 10)


def test_states_the_screening_clear_only_where_it_is_said(
    tmp_path: Path, shoulder: RuleBase
) -> None:
    (stated,) = read(tmp_path, FINE, shoulder)
    (plain,) = read(tmp_path, FINE.replace("screened: yes", "screened: no"), shoulder)
    place = shoulder.question_position["alarm_signs"]
    assert plain.facts.is_open(place)
    assert stated.facts.values[place] == 0


# What a case expects, and what is said when the plan is different.
DIFFERENT = [
    ("level: urgent", "the level is `go`, expected `urgent`"),
    ("status: refer", "the status is `plan`, expected `refer`"),
    ("session: [wall_slide]", "`wall_slide` is not in the session (push_up, side_lying_rotation)"),
    (
        "days: {A: [push_up, wall_slide]}",
        "`wall_slide` is not on day A (push_up, side_lying_rotation)",
    ),
    ("out: [push_up]", "`push_up` is caution, expected out"),
    ("allowed: [overhead_press]", "`overhead_press` is avoid, expected allowed"),
    ("rules: [alarm-emergency]", "the rule `alarm-emergency` did not apply"),
    ("quiet: [sore-after-wait]", "the rule `sore-after-wait` applied"),
    ("open: [gear]", "`gear` is not an open question"),
    ("dose: {push_up: {sets: at most 2}}", "sets of `push_up` is 3, expected 0 to 2"),
    ("dose: {push_up: {reps: 8}}", "reps of `push_up` is 10, expected 8"),
]


@pytest.mark.parametrize(("expects", "said"), DIFFERENT)
def test_tells_what_is_different(
    expects: str, said: str, tmp_path: Path, shoulder: RuleBase
) -> None:
    text = FINE.split("  level", maxsplit=1)[0] + f"  {expects}\n"
    (failure,) = run_cases(read(tmp_path, text, shoulder), shoulder)
    assert failure.wrong == (said,)
    assert failure.place.file == "some.yaml"


# A line that replaces the level, the code and line of the only problem.
BAD = [
    ("level: fine", "unknown-level", 6),
    ("status: planned", "unknown-word", 6),
    ("levle: go", "unknown-key", 6),
    ("rules: [alarm-emergancy]", "unknown-word", 6),
    ("allowed: [pushup]", "unknown-exercise", 6),
    ("open: [geer]", "unknown-fact", 6),
    ("days: {B: [push_up]}", "unknown-word", 6),
    ("days: {A: [pushup]}", "unknown-exercise", 6),
    ("days: [push_up]", "wrong-type", 6),
    ("dose: {push_up: {sets: few}}", "bad-value", 6),
    ("dose: {push_up: {set: 2}}", "unknown-key", 6),
    ("dose: {pushup: {sets: 2}}", "unknown-exercise", 6),
    ("dose: 2", "wrong-type", 6),
]


@pytest.mark.parametrize(("line", "code", "number"), BAD)
def test_rejects_a_case_that_means_nothing(
    line: str, code: str, number: int, tmp_path: Path, shoulder: RuleBase
) -> None:
    (problem,) = problems(tmp_path, FINE.replace("level: go", line), shoulder)
    assert (problem.code, problem.file, problem.line) == (code, "some.yaml", number)


def problems(folder: Path, text: str, rules: RuleBase) -> tuple[Problem, ...]:
    with pytest.raises(RuleBaseError) as error:
        read(folder, text, rules)
    return error.value.problems


def test_rejects_answers_that_nobody_could_give(tmp_path: Path, shoulder: RuleBase) -> None:
    text = FINE.replace("shoulder_pain: 2", "shoulder_pain: 12, pain: 3")
    assert [each.code for each in problems(tmp_path, text, shoulder)] == [
        "wrong-test",
        "unknown-fact",
    ]


def test_rejects_a_case_without_answers_or_expectations(tmp_path: Path, shoulder: RuleBase) -> None:
    found = problems(tmp_path, "Somebody: {says: nothing}\n", shoulder)
    assert [each.code for each in found] == ["bad-id", "missing-key", "missing-key"]


def test_rejects_the_same_case_in_two_files(tmp_path: Path, shoulder: RuleBase) -> None:
    (tmp_path / "other.yaml").write_text(FINE)
    (problem,) = problems(tmp_path, FINE, shoulder)
    assert (problem.code, problem.file) == ("duplicate-id", "some.yaml")
    assert "other.yaml, line 2" in problem.hint


def test_examples_of_the_rules_hold(rules: RuleBase) -> None:
    assert run_examples(rules) == ()


def test_expects_words_of_limits_advice_referrals_and_causes(rules: RuleBase) -> None:
    sore = {"back_pain": 1, "soreness_onset": "next_day", "last_session": ["leg_press"]}
    known = {"experience": "experienced", "age": 30, "pain_in_lifts": 1, "hips_lift": True}
    facts = read_answers({**sore, **known, "equipment": ["leg_press"]}, rules, screened=True)
    plan = plan_for(facts, rules)
    document: Any = plan.to_dict()
    advice = document["advice"][0]["say"]
    (limited, *_) = (n for n, v in document["verdicts"].items() if v["verdict"] == "caution")
    cause = document["trial"]["suspect"]
    limit = LimitExpected(limited, "")
    assert not failures(Expected(advice=(advice[:9],), limits=(limit,), suspects=(cause,)), plan)
    wrong = Expected(
        advice=("Never heard.",),
        referral=("Go.",),
        limits=(LimitExpected(limited, "No limit."),),
        suspects=("Nothing",),
    )
    assert [each.split(" `")[0] for each in failures(wrong, plan)] == [
        "the advice does not say",
        "the referral does not say",
        "what is said of",
        "the causes are",
    ]


def test_expects_the_words_of_a_referral(rules: RuleBase) -> None:
    facts = read_answers({"emergency_signs": ["saddle_numbness"]}, rules, screened=True)
    plan = plan_for(facts, rules)
    action = plan.to_dict()["referral"]["action"]  # type: ignore[index]
    assert failures(Expected(referral=(action,)), plan) == ()


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("limits: {push_upp: x}", "no exercise is called `push_upp`"),
        ("advice: Rest.", "stands where a list is meant"),
        ("suspects: [3]", "`3`"),
    ],
)
def test_rejects_wrong_words_to_expect(
    words: str, wrong: str, tmp_path: Path, shoulder: RuleBase
) -> None:
    with pytest.raises(RuleBaseError, match=wrong):
        read(tmp_path, f"{FINE}  {words}\n", shoulder)


# Cases from life


def saved(folder: Path, *words: str) -> str:
    """What is kept of somebody as a case of a copy of the shoulder base, which then passes."""
    shutil.copytree(SHOULDER, folder / "base")
    base = ("--rules", str(folder / "base"))
    assert "kept as a case in" in inside(*words, *base, "--save-case", "from-life").stderr
    assert inside("rules", "test", *base).returncode == 0
    return (folder / "tests" / "cases" / "new-cases.yaml").read_text()


def test_keeps_a_plan_as_a_case_that_passes(tmp_path: Path) -> None:
    text = saved(tmp_path, "plan", "--shoulder-pain", "2", "--screened", "--gear", "bands")
    assert "    shoulder_pain: 2\n    gear: [bands]\n  screened: yes\n  status: plan\n" in text
    again = ("plan", "--save-case", "from-life", "--rules", str(tmp_path / "base"))
    done = inside(*again)
    assert done.returncode == 2
    assert "`cases` has `from-life` already: in new-cases.yaml:1" in done.stderr


def test_keeps_no_wish_which_is_no_answer(tmp_path: Path) -> None:
    bare, wished = tmp_path / "bare", tmp_path / "wished"
    words = ("plan", "--shoulder-pain", "0", "--screened", "--gear", "bands")
    assert saved(bare, *words) == saved(wished, *words, "--without", "push_up")


def test_keeps_what_is_still_open(tmp_path: Path) -> None:
    assert "  status: incomplete\n" in saved(tmp_path, "plan", "--dislocated", "unsure")


def test_a_case_from_life_notices_another_level(tmp_path: Path) -> None:
    saved(tmp_path, "plan", "--shoulder-pain", "2", "--screened", "--gear", "bands")
    path = tmp_path / "tests" / "cases" / "new-cases.yaml"
    path.write_text(re.sub("level: .*", "level: urgent", path.read_text()))
    done = inside("rules", "test", "--rules", str(tmp_path / "base"))
    assert "expected `urgent`" in done.stdout


def test_keeps_no_case_under_a_name_that_is_no_id(tmp_path: Path) -> None:
    shutil.copytree(SHOULDER, tmp_path / "base")
    done = inside("plan", "--save-case", "No Id", "--rules", str(tmp_path / "base"))
    assert done.returncode == 2
    assert "`No Id` cannot be an id here" in done.stderr


def test_the_schema_of_cases_accepts_every_case_and_no_misspelled_answer(rules: RuleBase) -> None:
    schema = Draft202012Validator(own_schema(case_file_schema(), rules))
    for name, content in gather(ROOT / "tests" / "cases")[0].items():
        node = read_file(content, name, Problems())
        assert node
        assert [*schema.iter_errors(node.plain())] == []
    wrong = {"a": {"says": "A.", "answers": {"back_pian": 3}, "level": "go"}}
    assert [*schema.iter_errors(wrong)]
