"""A plan says no more than somebody needs: few reasons for each thing, and so few bytes."""

from __future__ import annotations

import importlib.util
import random
import sys
from collections.abc import Iterable
from typing import Any

import pytest
from running import ROOT
from well import WELL, legday

from advisor import advise, load_rules
from advisor.brief import brief_document
from advisor.document import plan_json
from advisor.json_text import json_text
from advisor.plan import plan_for
from advisor.reasons import answers_behind, level_rules
from advisor.result import Plan
from advisor.rulebase.counting import CountingAnswer, counting_answers

RULES = load_rules()
PEOPLE = 300


@pytest.fixture(scope="module")
def plans() -> list[Plan]:
    """The plans of people of the benchmark's population, those of whom have a session."""
    path = ROOT / "benchmarks" / "questions.py"
    spec = importlib.util.spec_from_file_location("questions", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["questions"] = module
    spec.loader.exec_module(module)
    chance = random.Random(1)
    drawn = [plan_for(module.person(chance, RULES)[1], RULES) for _ in range(PEOPLE)]
    return [plan for plan in drawn if plan.session]


def test_tells_two_days_in_at_most_75_kilobytes(plans: list[Plan]) -> None:
    assert len(plans) > PEOPLE * 0.9
    assert any(plan.later for plan in plans)
    assert max(len(plan_json(plan)) for plan in plans) <= 75_000


def test_is_brief_in_at_most_10_kilobytes(plans: list[Plan]) -> None:
    assert max(len(json_text(brief_document(plan.to_dict()))) for plan in plans) <= 10_000


def test_names_a_reason_for_every_answer_that_the_level_rests_on(plans: list[Plan]) -> None:
    for plan in plans:
        assert answers_of(level_rules(plan), plan) == answers_of(plan.careful.rules, plan)


def answers_of(places: Iterable[int], plan: Plan) -> set[CountingAnswer]:
    """The answers that some rules rest on."""
    found: set[CountingAnswer] = set()
    for place in places:
        rule = RULES.rules[place]
        known = dict(answers_behind(rule, plan.facts, RULES))
        found |= {*counting_answers(rule, known, RULES)}
    return found


def test_names_what_is_not_at_hand_and_what_puts_out_most_and_no_more(plans: list[Plan]) -> None:
    for plan in plans:
        verdicts: Any = plan.to_dict()["verdicts"]
        assert all(1 <= len(each["reasons"]) <= 2 for each in verdicts.values() if each["instead"])
    home = advise({**WELL, "equipment": [], "back_pain": 2, "hips_lift": True}, RULES).to_dict()
    reasons = home["verdicts"]["leg_press"]["reasons"]  # type: ignore[index]
    assert "no-equipment-no-exercise:leg_press" in reasons
    assert len(reasons) == 2


def test_names_of_a_set_the_choices_that_count() -> None:
    gear = ["leg_press", "barbell_rack", "cable", "bench_or_step"]
    rules: Any = advise({**WELL, "equipment": gear}, RULES).to_dict()["rules"]
    assert rules["cable-you-have"]["answers"] == {"equipment": ["cable"]}
    # What is missing can only be told by all that is there.
    assert rules["no-equipment-no-exercise:belt_squat"]["answers"] == {"equipment": gear}


def test_has_every_sign_read_out_where_rules_speak_of_one_each() -> None:
    signs = ("--emergency-signs", "saddle_numbness,chest_pain")
    _, text, _ = legday("check", "leg press", *signs)
    told = " ".join(text.partition("TELL THEM")[2].split())
    assert "Chest pain" in told
    assert "Numb or tingling between the legs" in told
