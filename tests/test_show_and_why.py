"""What an id names, and whether a rule holds for somebody: `rules show` and `rules why`."""

from __future__ import annotations

import pytest
from running import SHOULDER, inside, legday_json

from advisor.answers import read_answers
from advisor.explain.why_rule import why_rule
from advisor.report.entries import all_ids
from advisor.rulebase.shapes import RuleBase
from advisor.rulebase.truth import truth


def why(rule: str, rules: RuleBase, **answers: object) -> dict[str, object]:
    return why_rule(rule, read_answers(answers, rules), rules)


def test_tells_each_part_of_a_rule_with_the_answers_behind_it(shoulder: RuleBase) -> None:
    found = why("care-modified", shoulder, shoulder_pain=3)
    assert (found["value"], found["applies"]) == (True, True)
    sides = [(each["value"], each["facts"]) for each in found["parts"]]  # type: ignore[attr-defined]
    assert sides == [(True, {"shoulder_pain": 3}), (None, {"dislocated": None})]


def test_tells_unsure_from_not_asked(shoulder: RuleBase) -> None:
    found = why("care-modified", shoulder, shoulder_pain=0, dislocated="unsure")
    assert (found["value"], found["applies"]) == (None, True)
    assert {"dislocated": "unsure"} in [each["facts"] for each in found["parts"]]  # type: ignore[attr-defined]


def test_a_rule_that_stands_for_several_holds_where_one_of_them_does(rules: RuleBase) -> None:
    found = why("drop-what-hurts-your-back", rules, pain_triggers=["leg_press"])
    holding = [each["says"] for each in found["parts"] if each["value"]]  # type: ignore[attr-defined]
    assert found["value"] is True
    assert holding == ["leg press: leg press in pain triggers"]


def test_says_of_every_rule_what_the_condition_says(rules: RuleBase) -> None:
    person = {"back_pain": 3, "disc_history": "unsure", "age": 70, "equipment": ["dumbbells"]}
    facts = read_answers(person, rules)
    for rule in rules.rules:
        if not rule.this:
            wanted = truth(rule.when, facts.by_name(rules), rules.finding)
            assert why_rule(rule.id, facts, rules)["value"] is wanted, rule.id


def test_why_prints_what_counts_in_doubt() -> None:
    out = inside("rules", "why", "care-modified", "--rules", SHOULDER).stdout
    assert "as doubt makes careful, it counts" in out
    assert "Unknown: dislocated is yes. (dislocated: not asked)" in out


def test_why_refuses_what_is_no_rule() -> None:
    done = inside("rules", "why", "care-modifed", "--rules", SHOULDER)
    assert done.returncode == 2
    assert "did you mean `care-modified`?" in done.stderr


@pytest.mark.parametrize("kind", ["question", "finding", "exercise", "source"])
def test_shows_any_id_with_the_rules_that_lean_on_it(kind: str, shoulder: RuleBase) -> None:
    name = next(iter(all_ids(shoulder)[kind]))
    document = legday_json("rules", "show", name, "--rules", SHOULDER)
    assert (document["kind"], document["id"]) == (kind, name)
    assert set(document["rules"]) <= {each.id for each in shoulder.rules}
    assert document["rules"]
    assert inside("rules", "show", name, "--rules", SHOULDER).returncode == 0


def test_shows_every_id_of_the_shipped_base(rules: RuleBase) -> None:
    for kind in ("invariant", "guidance", "finding"):
        for name in [*all_ids(rules)[kind]][:5]:
            assert name in inside("rules", "show", name).stdout


def test_lists_every_id_by_kind(rules: RuleBase) -> None:
    document = legday_json("rules", "show")
    assert document["question"].keys() == rules.question.keys()
    assert document["exercise"]["leg_press"] == "Leg press"
    assert "- leg_press Leg press" in inside("rules", "show").stdout


def test_show_suggests_an_id_of_any_kind() -> None:
    assert "did you mean `back_pain`?" in inside("rules", "show", "back_pian").stderr
