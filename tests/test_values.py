"""Plans and rule bases are values: they travel, compare, hash, and print on one line."""

from __future__ import annotations

import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest
from running import SHOULDER

from advisor import Plan, advise, load_rules

SORE = {"alarm_signs": [], "shoulder_pain": 2, "gear": ["bands"]}
PEOPLE = [SORE, {**SORE, "shoulder_pain": 9}, {"shoulder_pain": "unsure"}, {}]


def shoulder_plan(answers: dict[str, object]) -> Plan:
    return advise(answers, load_rules(SHOULDER))


@pytest.mark.parametrize("answers", PEOPLE)
def test_a_plan_comes_back_from_a_pickle_as_it_went_in(answers: dict[str, object]) -> None:
    plan = shoulder_plan(answers)
    before = plan.to_dict()
    again = pickle.loads(pickle.dumps(plan))  # noqa: S301 - our own, made here
    assert again == plan
    assert hash(again) == hash(plan)
    assert again.to_dict() == before
    assert advise(SORE, again.rules) == advise(SORE, plan.rules)


def test_plans_come_from_a_pool_of_processes() -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        plans = list(pool.map(shoulder_plan, PEOPLE))
    assert plans == [shoulder_plan(answers) for answers in PEOPLE]


def test_plans_of_different_people_or_rules_differ() -> None:
    plans = {shoulder_plan(answers) for answers in (*PEOPLE, *PEOPLE)}
    assert len(plans) == len(PEOPLE)
    assert advise({}, load_rules()) not in plans


@pytest.mark.parametrize("answers", PEOPLE)
def test_prints_a_plan_and_its_rules_on_one_short_line(answers: dict[str, object]) -> None:
    plan = shoulder_plan(answers)
    for shown in (repr(plan), repr(plan.rules)):
        assert len(shown) < 120
        assert "\n" not in shown
    assert plan.status in repr(plan)
    assert "shoulder" in repr(plan.rules)
