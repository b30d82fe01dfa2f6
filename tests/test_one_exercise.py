"""One exercise for one person: what is offered instead is allowed, what would change it does."""

from __future__ import annotations

import random
import re
from functools import cache
from typing import Any

import pytest
from running import inside
from well import legday

from advisor import advise, load_rules
from advisor.answers import read_answers
from advisor.engine.ready import program_of
from advisor.explain.one_exercise import check_document, not_picked
from advisor.plan import plan_for
from advisor.report.checks import check_blocks
from advisor.result import Plan
from advisor.rulebase.bits import positions
from advisor.rulebase.shapes import RuleBase
from advisor.wishes import Wishes

RULES = load_rules()
PEOPLE = 100
FEW = 30
OUT = {"avoid", "unresolved"}
KEYS_OF_A_DOSE = ("notation", "rest_seconds", "reps_in_reserve", "tempo", "load", "sets", "reps")


def people() -> list[dict[str, object]]:
    """A hundred people: most answers given, most of the screening clear."""
    chance = random.Random(11)
    return [person(chance) for _ in range(PEOPLE)]


def person(chance: random.Random) -> dict[str, object]:
    answers: dict[str, object] = {}
    for question in RULES.asked:
        ids = [choice.id for choice in question.choices]
        if question.kind == "set":
            value: object = chance.choice([[], chance.sample(ids, 2), ids[:30]])
            value = [] if question.clear == 0 and chance.random() < 0.95 else value
        elif question.kind == "choice":
            value = chance.choice(ids)
        elif question.kind == "integer":
            value = chance.randint(question.minimum, min(question.maximum, 80))
        else:
            value = chance.random() < 0.5
        if question.clear is not None and chance.random() < 0.9:
            value = question.decode(question.clear)
        answers[question.id] = chance.choice([value] * 9 + ["unsure"])
    answers["back_pain"] = chance.choice([0, 0, 1, 2, 3, 4, 4, 6])
    return answers


@cache
def plans() -> list[tuple[dict[str, object], Plan]]:
    return [(answers, plan_for(read_answers(answers, RULES), RULES)) for answers in people()]


def verdict(plan: Plan, exercise: str) -> str:
    return plan.verdicts.of(RULES.position[exercise])


@pytest.mark.parametrize("exercise", RULES.exercise)
def test_offers_only_what_is_allowed_and_only_changes_that_bring_it_back(exercise: str) -> None:
    pattern = RULES.exercise[exercise].pattern
    for answers, plan in random.Random(exercise).sample(plans(), FEW):  # others for each
        document = check_document(plan, exercise)
        others = [
            each.id
            for each in RULES.exercises
            if each.pattern == pattern and each.id != exercise and verdict(plan, each.id) not in OUT
        ]
        if document["verdict"] in OUT:
            assert set(document["instead"]) <= set(others)
            assert len(document["instead"]) >= min(2, len(others))
        changes = {each["fact"]: each["to"] for each in document["would_change"]}
        assert all(RULES.question[fact].changeable for fact in changes)
        if changes:
            after = advise({**answers, **changes}, RULES)
            assert after.session is not None
            assert verdict(after, exercise) not in OUT
            assert document["verdict"] in OUT


def test_offers_changes_to_many_of_them() -> None:
    """So that the test above tests something."""
    offered = sum(
        bool(check_document(plan, exercise)["would_change"])
        for _, plan in plans()
        for exercise in ("leg_press", "step_up", "goblet_squat", "leg_curl")
    )
    assert offered > PEOPLE // 4


@pytest.mark.parametrize(
    ("history", "exercise"),
    [({"disc_history": True}, "leg_press"), ({"sciatica": "chronic"}, "leg_press")],
)
def test_offers_no_change_to_what_nobody_can_change(
    history: dict[str, object], exercise: str
) -> None:
    facts = read_answers({**history, "equipment": [exercise]}, RULES, screened=True)
    document = check_document(plan_for(facts, RULES), exercise)
    assert document["would_change"] == []
    assert any(set(history) <= set(reason["because"]) for reason in document["reasons"])
    assert {each["fact"] for each in document["cannot_change"]} >= set(history)


def test_offers_less_pain_as_the_smallest_change() -> None:
    fine = {
        "disc_history": False,
        "hip_mobility": "good",
        "hips_lift": False,
        "core_bracing": True,
        "experience": "experienced",
        "recent_load_jump": False,
        "balance": "good",
        "age": 30,
        "equipment": ["leg_press"],
    }
    facts = read_answers({**fine, "back_pain": 4}, RULES, screened=True)
    changes = check_document(plan_for(facts, RULES), "leg_press")["would_change"]
    assert changes == [{"fact": "back_pain", "from": 4, "to": 2}]


def test_asks_for_the_machine_and_the_technique_together() -> None:
    facts = read_answers(
        {"disc_history": False, "hip_mobility": "good", "hips_lift": True, "equipment": []},
        RULES,
        screened=True,
    )
    changes = check_document(plan_for(facts, RULES), "leg_press")["would_change"]
    assert {each["fact"] for each in changes} == {"hips_lift", "equipment"}


def test_tells_the_dose_of_what_is_allowed_as_the_plan_has_it() -> None:
    for _, plan in plans():
        days: Any = plan.to_dict()
        for day in (days["session"], *days["later"]) if days["session"] else ():
            for line in day["exercises"]:
                dose: Any = check_document(plan, line["exercise"])["dose"]
                if line["slot"] == first_slot(line["exercise"]):
                    assert {key: line[key] for key in KEYS_OF_A_DOSE} == {
                        key: dose[key] for key in KEYS_OF_A_DOSE
                    }
                    assert [each["rule"] for each in dose["reasons"]] == line["dose_reasons"]


def first_slot(exercise: str) -> str:
    place = RULES.position[exercise]
    return next(slot.id for slot in RULES.slots if RULES.slot_masks[slot.id] >> place & 1)


def test_tells_no_dose_of_what_is_not_allowed() -> None:
    told = 0
    for _, plan in plans():
        for exercise in ("leg_press", "good_morning", "glute_bridge"):
            document = check_document(plan, exercise)
            allowed = document["verdict"] not in OUT and plan.session is not None
            assert (document["dose"] is not None) is allowed
            told += allowed
    assert told


def test_says_how_much_in_words() -> None:
    words = ("--screened", "--age", "35", "--disc-history", "no", "--equipment", "dumbbells")
    _, text, _ = legday("check", "goblet squat", *words, "--experience", "experienced")
    told = " ".join(text.split())
    assert re.search(r"How much \d sets of \d+; .*rest \d+ seconds; end each set when", told)
    assert "When ready, go up: the next hand weight (+2 kg), at most " in told
    _, text, _ = legday("check", "good morning", *words, "--back-pain", "2")
    assert "How much" not in text


# Why an allowed exercise was not picked


def test_says_what_came_first_and_what_speaks_for_it(rules: RuleBase) -> None:
    person = {"experience": "some", "equipment": ["dumbbells", "bench_or_step"], "back_pain": 1}
    plan = plan_for(read_answers({**person, "age": 30}, rules, screened=True), rules)
    picked = {line.position for day in plan.sessions for line in day.lines}
    passed = [p for p in positions(plan.verdicts.allowed) if p not in picked]
    weights = plan.verdicts.weights
    for place in passed:
        for each in not_picked(plan, place):
            if each["why"] == "preferred":
                first = rules.position[each["picked"]]  # type: ignore[index]
                assert weights[first] > weights[place]
                assert each["reasons"], each
                for reason in each["reasons"]:  # type: ignore[attr-defined]
                    speaks = program_of(rules).preferring
                    assert reason["rule"] in {
                        rules.rules[rule].id for rule, _ in speaks[first].among(plan.findings.true)
                    }
    assert any(not_picked(plan, place) for place in passed)
    assert all(not_picked(plan, place) == [] for place in picked)


def test_says_of_what_is_on_trial_that_it_is_left_out() -> None:
    words = (
        *("--screened", "--back-pain", "1", "--pain-in-lifts", "1", "--age", "30"),
        *("--experience", "experienced", "--soreness-onset", "next_day", "--hips-lift", "no"),
        *("--last-session", "leg_press", "--hip-mobility", "good", "--core-bracing", "yes"),
        *("--recent-load-jump", "no", "--balance", "good", "--equipment", "leg_press,dumbbells"),
    )
    out = inside("check", "leg_press", *words).stdout
    assert "- It is left out for now, as you wished or to see if it was the cause.\n" in out


def test_tells_every_reason_for_being_passed_over_truly_and_in_words(rules: RuleBase) -> None:
    """By wish, weight, order or what stands apart: for people with wishes of their own."""
    chance, seen = random.Random(5), set[str]()
    for answers in people()[:60]:
        names = [*rules.exercise]
        wishes = Wishes(frozenset(chance.sample(names, 3)), frozenset(chance.sample(names, 3)))
        plan = plan_for(read_answers(answers, rules), rules, wishes)
        weights, wanted = plan.verdicts.weights, plan.choice.wanted
        for place in positions(plan.verdicts.allowed):
            document = check_document(plan, rules.exercises[place].id)
            assert list(check_blocks(document, rules))
            for each in document["not_picked"]:  # type: ignore[attr-defined]
                seen.add(each["why"])
                if each["why"] in {"preferred", "order", "wished"}:
                    first = rules.position[each["picked"]]
                    heavier = weights[first] > weights[place]
                    assert heavier is (each["why"] == "preferred")
                    assert (each["why"] == "wished") <= bool(wanted >> first & 1)
                    if each["why"] == "order":
                        assert (weights[first], first < place) == (weights[place], True)
    assert {"preferred", "order", "wished", "left_out", "lines"} <= seen


def test_has_nothing_to_say_of_what_is_left_out_or_without_a_session(rules: RuleBase) -> None:
    sharp = plan_for(read_answers({"back_pain": 9}, rules, screened=True), rules)
    assert not_picked(sharp, 0) == []


def test_prints_what_came_first() -> None:
    words = ("--screened", "--back-pain", "0", "--age", "30", "--experience", "some")
    out = inside("check", "bodyweight_squat", *words).stdout
    part = out.partition("Why it is not in your session\n")[2]
    assert " came first" in part
    out = inside("plan", *words, "--full").stdout
    assert re.search(r"CAME FIRST .* came before", out.replace("\n", " "))
