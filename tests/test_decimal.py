"""A number with a fraction is asked, tested, kept, printed and proved like any other answer."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from running import SHOULDER

from advisor import AnswerError, RuleBaseError, advise, load_rules, next_question
from advisor.answers import read_answers
from advisor.authoring.proof.person import people
from advisor.cli.app import run
from advisor.cli.environment import Environment
from advisor.explain.verbalization import condition_words
from advisor.interview.amounts import CAREFUL, Answer
from advisor.interview.reading import Mistake, read_reply
from advisor.rulebase.exactness import meeting
from advisor.rulebase.shapes import Question, RuleBase

QUESTION = """
questions:
  dumbbell:
    ask: How heavy is your dumbbell?
    type: decimal
    minimum: 0
    maximum: 50
    step: {step}
    unit: kg
    concern: rising
"""
RULE = """
rules:
  heavy-press:
    when: {{dumbbell: {test}}}
    avoid: side_lying_rotation
    because: A heavy weight asks a lot of a shoulder.
    sources: [plain-sense]
    fires: {{dumbbell: 22.5}}
    silent: {{dumbbell: 10}}
"""
FINE = {"alarm_signs": [], "shoulder_pain": 0, "gear": ["bands"], "dislocated": False}


def base(folder: Path, step: str = "2.5", test: str = "at least 12.5") -> Path:
    for path in Path(SHOULDER).glob("*.yaml"):
        (folder / path.name).write_text(path.read_text())
    (folder / "added.yaml").write_text(QUESTION.format(step=step) + RULE.format(test=test))
    return folder


@pytest.fixture
def rules(tmp_path: Path) -> RuleBase:
    return load_rules(base(tmp_path))


@pytest.fixture
def question(rules: RuleBase) -> Question:
    return rules.question["dumbbell"]


def verdict(weight: object, rules: RuleBase) -> str:
    plan = advise({**FINE, "dumbbell": weight}, rules)
    return plan.verdicts.of(rules.position["side_lying_rotation"])


@pytest.mark.parametrize("weight", [12.5, "12.5", 15, 15.0, "15", " 50 ", "50.0"])
def test_takes_numbers_as_people_and_programs_write_them(weight: object, rules: RuleBase) -> None:
    assert verdict(weight, rules) == "avoid"


@pytest.mark.parametrize("weight", [10, 0, "2.5", 10.0])
def test_tests_by_the_amount_and_not_by_the_text(weight: object, rules: RuleBase) -> None:
    assert verdict(weight, rules) != "avoid"
    assert verdict("unsure", rules) == "unresolved"


@pytest.mark.parametrize("weight", [11, "12.4", -2.5, 52.5, True, "1e1", "nan", "12,5", "", [5]])
def test_says_what_numbers_there_are(weight: object, rules: RuleBase) -> None:
    with pytest.raises(AnswerError) as error:
        advise({"dumbbell": weight}, rules)
    assert "expected a number from 0 to 50 in steps of 2.5, or unsure" in str(error.value)


@pytest.mark.parametrize(
    ("test", "weights"),
    [("7.5", {7.5}), ("at most 5", {0, 2.5, 5}), ("42.5 to 47.5", {42.5, 45, 47.5})],
)
def test_reads_every_form_of_a_test(test: str, weights: set[float], tmp_path: Path) -> None:
    with pytest.raises(RuleBaseError) as error:  # the examples of the rule do not fit
        load_rules(base(tmp_path, test=test))
    assert {each.code for each in error.value.problems} <= {
        "example-does-not-fire",
        "example-not-silent",
    }
    text = RULE.format(test=test).replace("22.5", str(max(weights))).replace("10}", "30}")
    (tmp_path / "added.yaml").write_text(QUESTION.format(step="2.5") + text)
    rules = load_rules(tmp_path)
    out = {n / 2 for n in range(0, 101, 5) if verdict(n / 2, rules) == "avoid"}
    assert out == weights


@pytest.mark.parametrize(
    ("step", "test", "code"),
    [
        ("3", "at least 12", "bad-question"),  # 50 is no multiple of it
        ("0", "at least 12", "bad-value"),
        ("2.5", "at least 12", "wrong-test"),
        ("2.5", "at least 60", "out-of-bounds"),
        ("2.5", "[10]", "wrong-test"),
    ],
)
def test_rejects_what_cannot_be_meant(step: str, test: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(RuleBaseError) as error:
        load_rules(base(tmp_path, step, test))
    assert code in {each.code for each in error.value.problems}


def test_is_shown_as_it_was_said(rules: RuleBase, question: Question) -> None:
    answers = {**FINE, "dumbbell": 12.5}
    document = advise(answers, rules).to_dict()
    assert document["answers"]["dumbbell"] == 12.5  # type: ignore[index]
    assert "--dumbbell 12.5" in str(document["command"])
    assert question.decode(question.encode(20)) == 20
    assert question.text(question.encode(20.0)) == "20"
    assert "dumbbell at least 12.5" in condition_words(
        next(rule.when for rule in rules.rules if rule.id == "heavy-press"), rules
    )


def test_is_asked_where_it_can_matter(rules: RuleBase) -> None:
    step = next_question({**FINE, "sore_after": []}, rules)
    assert step is not None
    assert step.fact == "dumbbell"
    assert next_question({**FINE, "sore_after": [], "dumbbell": 2.5}, rules) is None


@pytest.mark.parametrize(("typed", "code"), [("12.5", 5), ("15", 6), ("15.", 6), (" 0 ", 0)])
def test_can_be_typed_at_the_prompt(
    typed: str, code: int, rules: RuleBase, question: Question
) -> None:
    assert read_reply(typed, question, rules) == Answer(code)
    assert read_reply("12", question, rules) == Answer(5, CAREFUL)
    told = read_reply("51", question, rules)
    assert isinstance(told, Mistake)
    assert "a number from 0 to 50 in steps of 2.5" in told.says


def test_counts_as_many_people_as_there_are_steps(rules: RuleBase, question: Question) -> None:
    without = load_rules(SHOULDER)
    assert people(rules) == people(without) * (question.type.count(question) + 2)
    assert question.type.count(question) == 21
    when = next(rule.when for rule in rules.rules if rule.id == "heavy-press")
    found = meeting(when, rules.finding, rules.question, wanted=True)
    assert found == {"dumbbell": 5}
    assert read_answers({"dumbbell": 12.5}, rules).by_name(rules)["dumbbell"] == 5


def legday(*words: str, given: str = "") -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    code = run(list(words), Environment(io.StringIO(given), out, err, {}))
    return int(code), out.getvalue(), err.getvalue()


def test_every_command_takes_it(tmp_path: Path) -> None:
    named = ("--rules", str(base(tmp_path)))
    code, out, err = legday(
        "plan",
        "--screened",
        "--shoulder-pain",
        "0",
        "--dumbbell",
        "12.5",
        *named,
        "--format",
        "json",
    )
    assert (code, err) == (0, "")
    code, out, _ = legday("questions", *named, "--format", "json")
    entry = next(each for each in json.loads(out) if each["fact"] == "dumbbell")
    assert (entry["type"], entry["minimum"], entry["maximum"]) == ("decimal", 0, 50)
    code, out, err = legday("rules", "check", *named)
    assert "added.yaml" not in out + err
    assert legday("rules", "show", "heavy-press", *named)[0] == 0
    code, out, err = legday("rules", "prove", *named)
    assert code == 0, out + err
