"""Weights come in steps, and nobody is told of a weight that is not there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from well import WELL, legday

from advisor import advise, load_rules
from advisor.rulebase.problems import RuleBaseError
from advisor.rulebase.shapes import RuleBase

SHOULDER = Path(__file__).parent / "shoulder"
STEPS = """\
session:
  at_most: 2
  weight_steps:
    - {exercises: {pattern: press}, kg: 1.5, lb: 2.5, says: the small plates}
    - {exercises: everything, says: the next band}
"""
SORE = {"back_pain": 1, "pain_quality": "dull"}
RULES = load_rules()


def shoulder(folder: Path, steps: str = STEPS) -> RuleBase:
    """The shoulder's rule base with steps of weight."""
    for path in SHOULDER.glob("*.yaml"):
        text = path.read_text(encoding="utf-8").replace("session: {at_most: 2}\n", steps)
        (folder / path.name).write_text(text, encoding="utf-8")
    return load_rules(folder)


def lines(answers: dict[str, object], rules: RuleBase = RULES) -> list[dict[str, Any]]:
    plan: Any = advise(answers, rules).to_dict()
    return [line for day in (plan["session"], *plan["later"]) for line in day["exercises"]]


def test_takes_the_first_step_that_fits(tmp_path: Path) -> None:
    rules = shoulder(tmp_path)
    well: dict[str, object] = {
        "alarm_signs": [],
        "shoulder_pain": 0,
        "dislocated": False,
        "gear": ["dumbbells", "bands"],
        "sore_after": [],
        "hours_since_shoulder_day": 100,
    }
    steps = {line["slot"]: line["load"]["step"] for line in lines(well, rules)}
    assert steps["main"] == {"kg": 1.5, "lb": 2.5, "says": "the small plates"}
    assert steps["cuff"] == {"kg": None, "lb": None, "says": "the next band"}


def test_rejects_a_step_of_what_nobody_does(tmp_path: Path) -> None:
    with pytest.raises(RuleBaseError) as caught:
        shoulder(tmp_path, STEPS.replace("{pattern: press}", "overhead_pres"))
    assert "base.yaml" in str(caught.value)
    assert "no exercise is called `overhead_pres`" in str(caught.value)
    with pytest.raises(RuleBaseError):
        shoulder(tmp_path, STEPS.replace("kg: 1.5", "kg: 0"))


def test_has_a_step_for_every_exercise_that_may_get_heavier() -> None:
    for place, exercise in enumerate(RULES.exercises):
        dose = RULES.usual_doses[place]
        if dose and dose.load_step_percent:
            assert RULES.weight_step[place], exercise.id


@pytest.mark.parametrize(("units", "step"), [("kg", "+2 kg"), ("lb", "+5 lb")])
def test_tells_the_next_weight_in_the_units_that_are_wished(units: str, step: str) -> None:
    words = ("plan", "--screened", "--age", "35", "--equipment", "dumbbells", "--units", units)
    experienced = (*words, "--experience", "experienced", "--disc-history", "no")
    page = " ".join(legday(*experienced)[1].split())
    assert f"When ready, go up: the next hand weight ({step}) in " in page
    progress = " ".join(legday(*experienced, "--only", "progress")[1].split())
    assert f"the next hand weight ({step}). Below " in progress
    assert "so add reps first." in progress


def test_names_the_weight_below_which_a_step_is_more_than_is_allowed() -> None:
    line = next(
        each for each in lines({**WELL, **SORE, "equipment": ["dumbbells"]}) if each["load"]
    )
    percent = line["load"]["step_percent"]
    words = ("--screened", "--age", "35", "--back-pain", "1", "--pain-quality", "dull")
    rest = ("--equipment", "dumbbells", "--experience", "experienced", "--only", "progress")
    text = " ".join(legday("plan", *words, *rest)[1].split())
    assert f"Below {200 / percent:g} kg that is more than {percent}%" in text


@pytest.mark.parametrize("gear", [[], ["bands"], ["bench_or_step"], "unsure", None])
def test_tells_no_weight_to_who_is_not_known_to_have_one(gear: object) -> None:
    told = [line["exercise"] for line in lines({**WELL, "equipment": gear}) if line["load"]]
    assert told == []


@pytest.mark.parametrize("gear", ["dumbbells", "kettlebell"])
def test_tells_a_weight_to_who_has_one_to_hold(gear: str) -> None:
    assert any(line["load"] for line in lines({**WELL, "equipment": [gear]}))


def test_tells_a_beginner_how_to_find_a_first_weight() -> None:
    words = ("plan", "--screened", "--age", "35", "--equipment", "dumbbells")
    for part in (("--only", "progress"), ("--full",)):
        _, text, _ = legday(*words, "--experience", "new", *part)
        assert "To find a first weight, take one that you could lift five times more" in " ".join(
            text.split()
        )
