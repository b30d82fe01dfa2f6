from __future__ import annotations

import shlex

from people import allowed

from advisor import advise
from advisor.answers import read_answers
from advisor.cli.what_if import changed_facts
from advisor.explain.what_if import comparison_document
from advisor.plan import plan_for
from advisor.result import Plan
from advisor.rulebase.shapes import RuleBase

GYM = ["leg_press", "dumbbells", "bench_or_step"]
PERSON = {"disc_history": False, "back_pain": 2, "equipment": GYM, "hip_mobility": "good"}


def plans(rules: RuleBase, *changes: str) -> tuple[Plan, Plan]:
    facts = read_answers(PERSON, rules, screened=True)
    return plan_for(facts, rules), plan_for(changed_facts(facts, list(changes), rules), rules)


def test_tells_nothing_when_nothing_changes(rules: RuleBase) -> None:
    document = comparison_document(*plans(rules, "back_pain=2"))
    told = ("changes", "lines", "gained", "lost", "rules_now", "rules_no_longer")
    assert not any(document[key] for key in told)
    assert document["level"] is None


def test_names_the_rule_that_takes_an_exercise_away(rules: RuleBase) -> None:
    before, after = plans(rules, "equipment=none")
    document = comparison_document(before, after)
    lost = {each["exercise"]: each for each in document["lost"]}
    assert set(lost) == allowed(before) - allowed(after)
    assert "low_step_up" in lost
    assert all(each["reasons"] for each in lost.values())
    assert not document["gained"]


def test_takes_several_changes_at_once_and_the_command_gives_that_plan(rules: RuleBase) -> None:
    before, after = plans(rules, "back-pain=4", "goal=glutes")
    document = comparison_document(before, after)
    assert [each["fact"] for each in document["changes"]] == ["back_pain", "goal"]
    assert document["level"] == {"from": "modified", "to": "entry"}
    words = shlex.split(document["command"])
    assert words[words.index("--back-pain") + 1] == "4"


def test_compares_with_an_answer_that_becomes_unsure(rules: RuleBase) -> None:
    before, after = plans(rules, "disc_history=unsure")
    document = comparison_document(before, after)
    assert document["changes"] == [{"fact": "disc_history", "from": False, "to": "unsure"}]
    assert after.facts.not_sure


def test_agrees_with_two_plans_made_apart(rules: RuleBase) -> None:
    before, after = plans(rules, "back_pain=4")
    clear = {f: v for f, v in before.to_dict()["answers"].items() if f not in PERSON}
    apart = advise({**clear, **PERSON, "back_pain": 4}, rules)
    assert apart.verdicts == after.verdicts
    assert apart.session == after.session
