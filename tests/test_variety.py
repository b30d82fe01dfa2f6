"""Routines differ where people do, and are made with sense: what `benchmarks/variety.py` counts."""

from __future__ import annotations

import importlib.util
import random
import sys
from collections import Counter
from itertools import combinations
from types import ModuleType

import pytest
from running import ROOT

from advisor import advise, load_rules

RULES = load_rules()
GYM = [choice.id for choice in RULES.question["equipment"].choices]


@pytest.fixture(scope="module")
def variety() -> ModuleType:
    path = ROOT / "benchmarks" / "variety.py"
    spec = importlib.util.spec_from_file_location("variety", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["variety"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def found(variety: ModuleType) -> list[tuple[dict[str, object], object]]:
    chance = random.Random(7)
    drawn = [variety.person(chance, GYM) for _ in range(400)]
    plans = [(each, variety.routine(each, RULES)) for each in drawn]
    return [(each, plan) for each, plan in plans if plan is not None]


def test_gives_no_list_of_a_day_to_more_than_a_few(found: list) -> None:
    days = [day for _, routine in found for day in routine.lists]
    assert Counter(days).most_common(1)[0][1] / len(days) < 0.05


def test_shares_at_most_half_between_two_days(found: list) -> None:
    for _, routine in found:
        for one, other in combinations(routine.lists, 2):
            assert len(one & other) <= min(len(one), len(other)) / 2


def test_trains_the_thighs_on_one_leg_every_day_of_who_is_steady(found: list) -> None:
    one = {each.id for each in RULES.exercises if each.attributes["laterality"] == ("one",)}
    thighs = {each.id for each in RULES.exercises if each.pattern == "knee_dominant"}
    for answers, routine in found:
        if answers["age"] < 65:
            assert all(day & one & thighs for day in routine.lists), answers


@pytest.mark.parametrize("pair", list(combinations(("general", "quads", "glutes", "strength"), 2)))
def test_gives_other_exercises_and_other_doses_for_another_goal(
    variety: ModuleType, pair: tuple[str, str]
) -> None:
    base = variety.WELL | {"age": 34, "experience": "experienced", "equipment": GYM}
    mine, yours = (
        {line for day in variety.routine(base | {"goal": goal}, RULES).days for line in day}
        for goal in pair
    )
    names = {name for name, _ in mine} & {name for name, _ in yours}
    assert len(names) <= 10
    assert len(mine & yours) < len(names)


def test_squats_on_one_day_and_pulls_on_the_other(variety: ModuleType) -> None:
    lifter = variety.WELL | {"age": 34, "experience": "experienced", "equipment": GYM}
    first, second = variety.routine(lifter | {"goal": "strength"}, RULES).lists
    assert "barbell_back_squat" in first
    assert "deadlift" not in first
    assert "deadlift" in second
    assert "barbell_back_squat" not in second


@pytest.mark.parametrize("pain", [3, 4])
def test_gives_one_short_gentle_day_to_who_hurts(variety: ModuleType, pain: int) -> None:
    sore = {"age": 34, "experience": "experienced", "goal": "strength", "equipment": GYM}
    plan = advise(
        variety.WELL | sore | {"back_pain": pain, "pain_quality": "dull"}, RULES
    ).to_dict()
    assert plan["later"] == []
    assert [line["exercise"] for line in plan["session"]["exercises"]] == [
        "pelvic_tilt",
        "supported_split_squat",
        "glute_bridge",
        "leg_curl",
        "bird_dog",
    ]


def test_counts_from_the_weight_before_the_episode_and_never_for_a_beginner(
    variety: ModuleType,
) -> None:
    ache = {"back_pain": 2, "pain_quality": "dull", "age": 34, "equipment": GYM, "goal": "general"}
    told = {}
    for experience in ("new", "some"):
        plan = advise(variety.WELL | ache | {"experience": experience}, RULES).to_dict()
        loads = [line["load"] for line in plan["session"]["exercises"] if line["load"]]
        told[experience] = {(load["percent"], load["percent_of"]) for load in loads}
        ends = {said["rule"] for said in plan["progression"]}
        assert ("progress-8-back-to-the-old-weight" in ends) is (experience == "some")
    assert told["some"] == {(70, "before_the_episode")}
    assert (70, "before_the_episode") not in told["new"]
