"""The words and shapes that scripts may rely on, held field by field."""

from __future__ import annotations

import copy
import json
import random
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import people
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from running import ROOT, legday, legday_json
from well import WELL

import advisor
from advisor import AnswerError, RuleBaseError, advise, load_rules, next_question
from advisor.answers import read_answers, screened
from advisor.brief import brief_document
from advisor.document import plan_json
from advisor.explain.one_exercise import check_document
from advisor.explain.troubleshooting import troubleshoot_document
from advisor.interview.next_question import next_document, next_step
from advisor.json_text import json_text
from advisor.plan import plan_for
from advisor.report.schema import plan_schema
from advisor.rulebase.shapes import RuleBase

RULES = load_rules()
CLEAR = {each.id: WELL[each.id] for each in RULES.asked if each.clear is not None}
LEVELS = ("go", "modified", "entry", "professional", "urgent", "emergency")
REFERRALS = LEVELS[3:]


def words(text: str) -> list[str]:
    return text.split()


EXERCISES = words(
    "leg_press barbell_back_squat front_squat hack_squat belt_squat goblet_squat "
    "bodyweight_squat sit_to_stand wall_sit deep_squat_stretch split_squat "
    "rear_foot_elevated_split_squat reverse_lunge walking_lunge step_up glute_bridge "
    "single_leg_glute_bridge barbell_hip_thrust deadlift romanian_deadlift "
    "single_leg_romanian_deadlift good_morning kettlebell_swing leg_curl leg_extension "
    "standing_hip_abduction clamshell standing_calf_raise seated_calf_raise "
    "single_leg_calf_raise bird_dog dead_bug plank"
)

QUESTIONS: dict[str, tuple[str, object]] = {
    "emergency_signs": (
        "set",
        (
            "saddle_numbness bladder_change bowel_change sexual_change both_legs leg_weakness "
            "trouble_walking chest_pain major_accident belly_pain_faint sudden_headache "
            "stiff_neck_fever short_of_breath dark_urine"
        ),
    ),
    "urgent_signs": (
        "set",
        (
            "fever_unwell weight_loss cancer_history night_pain long_term_steroids fragile_bones "
            "new_deformity upper_back_pain cough_sneeze_pain calf_swelling flank_pain weak_immunity"
        ),
    ),
    "health_flags": (
        "set",
        (
            "heart_condition high_blood_pressure fainting pregnant ill_today supervised_only "
            "long_term_disease hernia recent_operation operation_planned"
        ),
    ),
    "age": ("integer", (10, 100)),
    "disc_history": ("yes/no", "yes no"),
    "sciatica": ("choice", "never past current chronic"),
    "back_surgery": ("choice", "never cleared not_cleared"),
    "spine_conditions": (
        "set",
        "spondylolisthesis stenosis vertebral_fracture scoliosis inflammatory cancer_in_spine",
    ),
    "back_pain": ("integer", (0, 10)),
    "pain_quality": ("choice", "none dull sharp"),
    "leg_symptoms": ("choice", "none pain tingling_or_numbness"),
    "pain_duration": ("choice", "days weeks over_6_weeks"),
    "pain_trend": ("choice", "better same worse"),
    "daily_life_pain": ("yes/no", "yes no"),
    "pain_triggers": ("set", "exercises"),
    "hip_mobility": ("choice", "good limited severe"),
    "hips_lift": ("yes/no", "yes no"),
    "core_bracing": ("yes/no", "yes no"),
    "experience": ("choice", "new some experienced"),
    "recent_load_jump": ("yes/no", "yes no"),
    "balance": ("choice", "good poor"),
    "equipment": (
        "set",
        (
            "leg_press barbell_rack dumbbells kettlebell leg_curl leg_extension seated_calf "
            "standing_calf hack_squat belt_squat cable bands bench_or_step"
        ),
    ),
    "goal": ("choice", "general quads glutes strength"),
    "hours_since_leg_day": ("integer", (0, 1000)),
    "sessions_per_week": ("integer", (1, 7)),
    "last_session": ("set", "exercises"),
    "soreness_onset": ("choice", "never next_day hours_after during"),
    "blood_pressure_controlled": ("yes/no", "yes no"),
    "pain_in_lifts": ("integer", (0, 10)),
    "joints": (
        "set",
        "hip_pain groin_pain knee_pain ankle_foot_pain hip_replaced knee_replaced",
    ),
    "told_to_avoid": ("set", "exercises"),
    "cleared_for": (
        "set",
        (
            "spondylolisthesis stenosis vertebral_fracture inflammatory fragile_bones "
            "heart_condition pregnant long_term_disease long_term_steroids cancer_history hernia "
            "recent_operation joint_replaced lasting_pain"
        ),
    ),
    "disc_when": ("choice", "under_3_months under_2_years longer_ago"),
    "falls": ("yes/no", "yes no"),
    "pain_pattern": (
        "set",
        (
            "worse_bending worse_arching stiff_mornings_ease_moving walking_brings_sitting_eases "
            "walking_brings_standing_eases"
        ),
    ),
    "feet_numb_for_years": ("yes/no", "yes no"),
}


# The words.


@cache
def questions() -> dict[str, Any]:
    return {each["fact"]: each for each in legday_json("questions")}


@cache
def exercise_ids() -> list[str]:
    return [each["exercise"] for each in legday_json("exercises")]


@pytest.mark.parametrize("fact", QUESTIONS)
def test_asks_every_question_of_the_contract_with_its_choices(fact: str) -> None:
    kind, choices = QUESTIONS[fact]
    question = questions()[fact]
    assert question["type"] == kind
    if isinstance(choices, tuple):
        assert (question["minimum"], question["maximum"]) == choices
    elif choices == "exercises":
        assert set(EXERCISES) <= set(question["choices"]) == set(exercise_ids())
    else:
        assert isinstance(choices, str)
        assert set(choices.split()) <= set(question["choices"])
        if kind != "set":  # a set may grow without harm; a choice more is a new meaning
            assert choices.split() == question["choices"]


def test_knows_every_exercise_of_the_contract() -> None:
    assert set(EXERCISES) <= set(exercise_ids())


# The plan.

PLAN_KEYS = words(
    "schema level status level_says level_reasons referral before session later schedule trial "
    "wishes progression advice contradictions safety_net verdicts open_questions answers not_sure "
    "not_asked stated_clear command rule_base rules sources exercises"
)
SESSION_KEYS = words("day says minutes warm_up exercises stop_if effort rung empty_slots")
LINE_KEYS = words(
    "slot exercise name sets reps hold_seconds per_side rest_seconds reps_in_reserve tempo load "
    "notation limits cues reasons dose_reasons ramp swap"
)
RULE_NAMES = {f"{each.id}:{each.this}" if each.this else each.id for each in RULES.rules}
RULE_NAMES |= {f"slot-{each.id.replace('_', '-')}" for each in RULES.slots}


GROUNDS = {
    "guideline": "guideline",
    "review": "study",
    "trial": "study",
    "cohort": "study",
    "biomechanics": "study",
    "convention": "convention",
    "article": "article",
    "forum": "article",
    "reasoning": "reasoning",
}


def assert_reasons(reasons: object, *, some: bool = False) -> None:
    assert isinstance(reasons, list)
    assert reasons or not some
    for each in reasons:
        assert set(each) >= {"rule", "text", "because", "sources", "ground"}
        assert isinstance(each["rule"], str)
        assert each["rule"]
        assert isinstance(each["text"], str)
        assert each["text"].strip()
        assert set(each["because"]) <= set(QUESTIONS) | set(RULES.question)
        for source in each["sources"]:
            assert set(source) >= {"id", "title", "section"}
            assert source["id"] in RULES.sources
        if each["sources"]:
            assert each["ground"] == GROUNDS[RULES.sources[each["sources"][0]["id"]].kind]


def assert_said(said: object, *, some: bool = False) -> set[str]:
    """Sayings; gives the rules that they name."""
    assert isinstance(said, list)
    assert said or not some
    for each in said:
        assert set(each) == {"rule", "say"}
        assert each["say"].strip()
    return {each["rule"] for each in said}


def assert_texts(texts: object) -> None:
    assert isinstance(texts, list)
    assert all(isinstance(each, str) and each.strip() for each in texts)


def assert_plan(plan: Mapping[str, Any]) -> None:
    """What section 4 of the contract says, one field after another."""
    assert set(plan) >= set(PLAN_KEYS)
    assert plan["schema"] == "legday.plan/2"
    assert plan["level"] in (*LEVELS, None)
    named = set(plan["level_reasons"])
    for part in ("before", "progression", "advice", "contradictions"):
        named |= assert_said(plan[part])
    assert_texts(plan["safety_net"])
    assert plan["command"].startswith("legday plan")
    assert set(plan["rule_base"]) >= {"name", "version", "sha256"}
    assert len(plan["rule_base"]["sha256"]) == 64
    for each in plan["open_questions"]:
        assert set(each) >= {"fact", "ask", "type", "choices"}
    assert_states(plan)
    assert_status(plan)
    assert list(plan["verdicts"]) == [each.id for each in RULES.exercises]
    for verdict in plan["verdicts"].values():
        assert_verdict(verdict)
        named |= set(verdict["reasons"])
    if plan["session"] is not None:
        for day in (plan["session"], *plan["later"]):
            named |= assert_session(day, plan)
        named |= set(plan["schedule"]["reasons"])
    assert_tables(plan, named)


def assert_tables(plan: Mapping[str, Any], named: set[str]) -> None:
    """Each rule that is named is told once, and so is each source and each exercise."""
    assert set(plan["rules"]) == named <= RULE_NAMES
    cited = []
    for rule in plan["rules"].values():
        assert set(rule) == {"because", "answers", "sources", "ground"}
        assert rule["because"].strip()
        assert set(rule["answers"]) <= set(RULES.question)
        cited += rule["sources"]
    days = [plan["session"], *plan["later"]] if plan["session"] else []
    lines = [line["exercise"] for day in days for line in day["exercises"]]
    assert list(plan["exercises"]) == list(dict.fromkeys(lines))
    for exercise in plan["exercises"].values():
        assert list(exercise["how"]) == ["set_up", "movement", "breathing", "feel", "avoid"]
        assert any(exercise["how"].values())
        cited += exercise["sources"]
    assert set(plan["sources"]) == {each["id"] for each in cited} <= set(RULES.sources)
    for source in plan["sources"].values():
        assert set(source) == {"title", "year", "kind"}


def assert_states(plan: Mapping[str, Any]) -> None:
    """Each question is answered, not sure or not asked, and never two of them."""
    states = [*plan["answers"], *plan["not_sure"], *plan["not_asked"]]
    assert sorted(states) == sorted(each.id for each in RULES.asked)
    assert set(plan["stated_clear"]) <= set(plan["answers"])


def assert_status(plan: Mapping[str, Any]) -> None:
    match plan["status"]:
        case "plan":
            assert plan["level"] in LEVELS[:3]
            assert plan["referral"] is None
            assert plan["session"] is not None
            assert plan["schedule"] is not None
        case "refer":
            assert plan["level"] in REFERRALS
            assert plan["referral"]["urgency"] == plan["level"]
            assert plan["referral"]["action"].strip()
            assert plan["level_reasons"]
            assert plan["session"] is None
            assert plan["schedule"] is None
        case "incomplete":
            assert plan["level"] is None
            assert plan["session"] is None
            assert plan["open_questions"]
            asked = {each["fact"] for each in plan["open_questions"]}
            assert asked <= set(plan["not_asked"])
        case other:
            pytest.fail(f"status {other}")


def assert_verdict(verdict: Mapping[str, Any]) -> None:
    assert set(verdict) >= {"verdict", "reasons", "needs", "instead"}
    word = verdict["verdict"]
    assert word in {"avoid", "unresolved", "caution", "ok"}
    assert verdict["reasons"] or word not in {"avoid", "caution"}
    assert bool(verdict["needs"]) == (word == "unresolved")
    assert set(verdict["needs"]) <= set(RULES.question)
    assert set(verdict["instead"]) <= set(RULES.position)
    assert word in {"avoid", "unresolved"} or not verdict["instead"]


def assert_session(session: Mapping[str, Any], plan: Mapping[str, Any]) -> set[str]:
    """A session; gives the rules that it names."""
    schedule = plan["schedule"]
    assert set(session) >= set(SESSION_KEYS)
    named = assert_said(session["warm_up"]) | assert_said(session["stop_if"], some=True)
    used = {line["exercise"] for line in session["exercises"]}
    for line in session["exercises"]:
        assert set(line) >= set(LINE_KEYS)
        named |= assert_said(line["limits"]) | assert_said(line["cues"])
        named |= assert_said(line["reasons"], some=True) | set(line["dose_reasons"])
        assert used.isdisjoint(line["swap"])
        for other in line["swap"]:
            assert plan["verdicts"][other]["verdict"] in {"ok", "caution"}
        assert plan["verdicts"][line["exercise"]]["verdict"] in {"ok", "caution"}
        assert line["notation"].startswith(f"{line['sets']}x")
        assert line["notation"].endswith("/side") == line["per_side"]
    for slot in session["empty_slots"]:
        assert set(slot) >= {"slot", "name", "reason"}
        named |= set(slot["rules"])
    names = [line["exercise"] for line in session["exercises"]]
    assert len(names) == len(set(names))
    low, high = schedule["sessions_per_week"]
    assert 1 <= low <= high
    assert schedule["rest_hours"] >= 0
    assert schedule["ready_in_hours"] >= 0
    return named


@cache
def validator() -> Draft202012Validator:
    schema = json.loads(legday("schema").stdout)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_publishes_the_schema_of_the_plan() -> None:
    assert validator().schema == plan_schema()


PEOPLE = st.one_of(people.answers(RULES), people.screened(RULES))


@given(answers=PEOPLE)
def test_gives_everybody_a_plan_that_obeys_the_contract(answers: dict[str, object]) -> None:
    plan = advise(answers, RULES).to_dict()
    validator().validate(plan)
    assert_plan(json.loads(json.dumps(plan)))


@given(answers=PEOPLE)
@example(answers={"back_pain": 0, "pain_quality": "dull"})
def test_states_clear_what_the_one_word_for_it_would(answers: dict[str, object]) -> None:
    """As the command line that is printed for somebody is read."""
    facts = read_answers(answers, RULES)
    short = screened(facts, RULES)
    said = {
        question.id: question.decode(code) if isinstance(code, int) else code
        for place, (question, code) in enumerate(zip(RULES.asked, short.codes, strict=False))
        if place not in short.stated_clear
    }
    assert read_answers(said, RULES, screened=True) == short
    assert all(code in (None, now) for code, now in zip(facts.codes, short.codes, strict=True))


@pytest.mark.parametrize("level", LEVELS)
def test_meets_every_level(level: str) -> None:
    """So that the random people above are not all referred."""
    more: dict[str, dict[str, object]] = {
        "go": {},
        "modified": {"disc_history": True, "back_pain": 1, "pain_quality": "dull"},
        "entry": {"sciatica": "chronic"},
        "professional": {"back_pain": 6, "pain_quality": "dull"},
        "urgent": {"urgent_signs": ["night_pain"], "back_pain": 2, "pain_quality": "dull"},
        "emergency": {"emergency_signs": ["bladder_change"]},
    }
    plan = advise({**WELL, **more[level]}, RULES).to_dict()
    validator().validate(plan)
    assert_plan(plan)
    assert plan["level"] == level


@pytest.mark.parametrize(
    "broken",
    [
        {"level": "fine"},
        {"session": None},
        {"status": "refer"},
        {"verdicts": {"leg_press": {"verdict": "maybe"}}},
        {"extra": 1},
    ],
)
def test_has_a_schema_that_rejects_what_is_no_plan(broken: dict[str, object]) -> None:
    plan = advise(WELL, RULES).to_dict()
    assert validator().is_valid(plan)
    assert not validator().is_valid({**plan, **broken})


@given(answers=PEOPLE)
def test_says_in_brief_what_a_chat_client_needs(answers: dict[str, object]) -> None:
    plan = advise(answers, RULES).to_dict()
    brief = brief_document(plan)
    assert len(json_text(brief)) <= 10_000
    whole: Any = plan
    told: Any = brief
    for key in ("level", "status", "level_says", "referral", "safety_net", "command"):
        assert told[key] == whole[key]
    assert [each["fact"] for each in told["open_questions"]] == [
        each["fact"] for each in whole["open_questions"]
    ]
    for question in told["open_questions"]:
        choices = question["choices"]
        assert choices == {"choices_of": "exercises"} or len(choices) <= 20
    if whole["session"] is None:
        assert told["session"] is None
        return
    for line, full in zip(told["session"]["exercises"], whole["session"]["exercises"], strict=True):
        assert "cues" not in line
        assert (line["exercise"], line["notation"]) == (full["exercise"], full["notation"])
        for part in ("limits", "reasons"):
            assert line[part] == list(dict.fromkeys(each["say"] for each in full[part]))
    assert told["session"]["stop_if"]


def test_is_brief_on_the_command_line() -> None:
    done = legday("plan", "--brief", "--screened", "--back-pain", "2")
    assert done.returncode == 0
    assert json.loads(done.stdout)["schema"] == "legday.brief/2"


def test_tells_a_plan_of_two_days_in_less_than_75_kilobytes() -> None:
    sore = {"back_pain": 2, "pain_quality": "dull", "disc_history": True, "goal": "strength"}
    for answers in (WELL, {**WELL, **sore}, {**CLEAR, "age": 70, "equipment": "unsure"}):
        plan = advise(answers, RULES)
        assert plan.session
        assert len(plan_json(plan)) < 75_000


@given(answers=PEOPLE)
def test_tells_as_ground_of_a_rule_the_kind_of_its_first_source(answers: dict[str, object]) -> None:
    plan: Any = advise(answers, RULES).to_dict()
    for rule in plan["rules"].values():
        first = rule["sources"][0]["id"]
        assert rule["ground"] == GROUNDS[plan["sources"][first]["kind"]]
        assert rule["ground"] == GROUNDS[RULES.sources[first].kind]


def test_tells_the_ground_of_many_rules_whose_sources_differ_in_kind() -> None:
    """So that the test above tells the first source from the others."""
    kinds = ([GROUNDS[RULES.sources[c.source].kind] for c in r.sources] for r in RULES.rules)
    assert sum(len(set(each)) > 1 for each in kinds) > 100


UNFIT = [
    {"pain_quality": "sharp"},
    {"pain_quality": "dull"},
    {"pain_trend": "worse"},
    {"pain_duration": "weeks"},
    {"daily_life_pain": True},
]


@pytest.mark.parametrize("answer", UNFIT)
def test_leaves_open_what_does_not_fit_with_an_answer(answer: dict[str, object]) -> None:
    """The one word that all is clear takes back nothing that somebody said of their pain."""
    pains = ("back_pain", "pain_in_lifts", "soreness_onset", "pain_triggers")
    facts = read_answers({**answer, "age": 40}, RULES, screened=True)
    plan: Any = plan_for(facts, RULES).to_dict()
    assert set(pains) <= set(plan["not_asked"])
    assert set(pains).isdisjoint(plan["stated_clear"])
    assert plan["contradictions"] == []
    said: Any = plan_for(
        read_answers({**answer, "age": 40, **dict.fromkeys(pains[:2], 0)}, RULES, screened=True),
        RULES,
    ).to_dict()
    assert set(pains[2:]) <= set(said["not_asked"])  # what was said stays, what was stated goes
    assert set(pains[:2]) <= set(said["answers"])


def test_gives_no_plan_for_sharp_pain_that_the_screening_word_denies() -> None:
    done = legday(
        "plan", "--screened", "--age", "40", "--pain-quality", "sharp", "--format", "json"
    )
    plan = json.loads(done.stdout)
    assert (done.returncode, plan["status"], plan["level"]) == (4, "incomplete", None)
    assert {each["fact"] for each in plan["open_questions"]} >= {"back_pain", "pain_in_lifts"}
    clear = json.loads(legday("plan", "--screened", "--age", "40", "--format", "json").stdout)
    assert clear["status"] == "plan"


def test_gives_a_command_that_reproduces_the_result() -> None:
    for words in (["--back-pain", "2"], ["--screened", "--equipment", "none", "--goal", "unsure"]):
        first = legday("plan", *words, "--format", "json")
        command = json.loads(first.stdout)["command"].split()
        again = legday(*command[1:], "--format", "json")
        assert (again.returncode, again.stdout) == (first.returncode, first.stdout)


# check, next, troubleshoot, rules.


@given(answers=PEOPLE, exercise=st.sampled_from([each.id for each in RULES.exercises]))
def test_checks_exercises_as_the_contract_has_it(answers: dict[str, object], exercise: str) -> None:
    plan = advise(answers, RULES)
    document = json.loads(json.dumps(check_document(plan, exercise)))
    assert set(document) >= {"exercise", "cues", "would_change"}
    assert document["exercise"] == exercise
    assert_verdict(document)
    assert_reasons(document["reasons"])
    assert_reasons(document["cues"], some=document["verdict"] in {"ok", "caution"})
    for change in document["would_change"]:
        assert set(change) >= {"fact", "from", "to"}
        assert change["from"] != change["to"]
        assert change["fact"] in RULES.question


@given(answers=PEOPLE)
def test_gives_the_next_question_as_the_contract_has_it(answers: dict[str, object]) -> None:
    facts = read_answers(answers, RULES)
    document = json.loads(json.dumps(next_document(next_step(facts, RULES), facts, RULES)))
    assert set(document) >= {"question", "answered", "remaining_at_most"}
    assert document["answered"] == len(answers)
    question = document["question"]
    assert (question is None) == (document["remaining_at_most"] == 0)
    if question is not None:
        assert set(question) >= {"fact", "ask", "help", "type", "choices", "why"}
        assert question["fact"] not in answers
        assert_reasons(question["why"], some=True)


@given(answers=PEOPLE)
def test_troubleshoots_as_the_contract_has_it(answers: dict[str, object]) -> None:
    document = json.loads(json.dumps(troubleshoot_document(advise(answers, RULES))))
    assert set(document) >= {"level", "status", "suspects", "advice", "safety_net"}
    assert document["level"] in (*LEVELS, None)
    assert document["status"] in {"plan", "refer", "incomplete"}
    assert_reasons(document["advice"])
    assert_texts(document["safety_net"])
    for suspect in document["suspects"]:
        assert set(suspect) >= {
            *("suspect", "exercise", "score", "reasons", "trial", "review_in_days"),
        }
        assert suspect["exercise"] in {None, *RULES.position}
        assert suspect["score"] > 0
        assert suspect["review_in_days"] > 0
        assert suspect["trial"].strip()
        assert_reasons(suspect["reasons"], some=True)
    scores = [suspect["score"] for suspect in document["suspects"]]
    assert scores == sorted(scores, reverse=True)


def test_prints_what_the_functions_give() -> None:
    given = json.dumps({**WELL, "last_session": ["leg_press"], "soreness_onset": "next_day"})
    plan = advise(json.loads(given), RULES)
    for words, document in (
        (["plan"], plan.to_dict()),
        (["check", "leg_press"], check_document(plan, "leg_press")),
        (["troubleshoot"], troubleshoot_document(plan)),
        (["next"], next_document(next_step(plan.facts, RULES), plan.facts, RULES)),
    ):
        assert legday_json(*words, "--answers", "-", given=given) == document


def test_reports_the_problems_of_rules_as_the_contract_has_it(tmp_path: Path) -> None:
    assert legday_json("rules", "check")["problems"] == []
    folder = broken_rules(tmp_path)
    done = legday("rules", "check", "--rules", str(folder), "--format", "json")
    assert done.returncode == 5
    problems = json.loads(done.stdout)["problems"]
    assert len(problems) >= 2
    for problem in problems:
        assert set(problem) >= {"code", "file", "line", "column", "message", "hint"}
        assert problem["line"] >= 1
        assert problem["column"] >= 1


def test_traces_guidance_as_the_contract_has_it() -> None:
    rows = legday_json("rules", "trace")
    assert len(rows) > 100
    rules, exercises = {rule.id for rule in RULES.rules}, set(RULES.position)
    for row in rows:
        assert set(row) >= {"item", "source", "status", "rules", "exercises", "note"}
        assert row["status"] in {"encoded", "limited", "resolved", "rejected", "gap"}
        assert set(row["rules"]) <= rules
        assert set(row["exercises"]) <= exercises


# Python.


def broken_rules(folder: Path) -> Path:
    copied = folder / "shoulder"
    shutil.copytree(ROOT / "tests" / "shoulder", copied)
    moves = copied / "moves.yaml"
    text = moves.read_text(encoding="utf-8")
    text = text.replace("pattern: raise, overhead: level", "pattern: rise, overhead: level")
    text = text.replace("avoid: {overhead: high, except: wall_slide}", "avoid: {overhed: high}")
    moves.write_text(text, encoding="utf-8")
    return copied


def test_exports_the_names_of_the_contract() -> None:
    for name in ("advise", "load_rules", "next_question", "AnswerError", "RuleBaseError"):
        assert name in advisor.__all__
        assert callable(getattr(advisor, name))


def test_takes_answers_as_python_has_them() -> None:
    plan = advise({"disc_history": True, "emergency_signs": [], "sciatica": "unsure"}, RULES)
    document = plan.to_dict()
    assert document["answers"] == {"emergency_signs": [], "disc_history": True}
    assert document["not_sure"] == ["sciatica"]
    words = advise({"disc_history": "yes", "emergency_signs": "none", "sciatica": "unsure"}, RULES)
    assert words.to_dict() == document


@settings(max_examples=20)
@given(answers=PEOPLE, seed=st.integers())
def test_gives_the_same_bytes_whatever_the_order(answers: dict[str, object], seed: int) -> None:
    items = list(answers.items())
    random.Random(seed).shuffle(items)
    kept = copy.deepcopy(answers)
    first, again = advise(answers, RULES), advise(dict(items), RULES)
    assert json.dumps(first.to_dict()) == json.dumps(again.to_dict())
    assert first.fired == again.fired
    one, other = next_question(answers, RULES), next_question(dict(items), RULES)
    assert (one and one.fact) == (other and other.fact)
    assert answers == kept  # what was given is left alone


@given(answers=PEOPLE)
def test_names_the_rules_that_fired_in_rule_order(answers: dict[str, object]) -> None:
    fired = advise(answers, RULES).fired
    order = list(dict.fromkeys(rule.id for rule in RULES.rules))
    assert list(fired) == sorted(set(fired), key=order.index)


def test_lists_every_bad_answer_in_one_error() -> None:
    bad = {"back_pain": 11, "sciatica": "sometimes", "knee": 1, "equipment": ["sofa", "bands"]}
    with pytest.raises(AnswerError) as caught:
        advise(bad, RULES)
    assert len(caught.value.problems) == 4
    with pytest.raises(AnswerError) as again:
        next_question(bad, RULES)
    assert again.value.problems == caught.value.problems


def test_lists_every_problem_of_a_rule_base_in_one_error(tmp_path: Path) -> None:
    with pytest.raises(RuleBaseError) as caught:
        load_rules(broken_rules(tmp_path))
    problems = caught.value.problems
    assert len(problems) >= 2
    for problem in problems:
        assert problem.file.endswith("moves.yaml")
        assert problem.line > 1
        assert problem.column > 1


def test_says_what_it_would_ask_next() -> None:
    question = next_question({"emergency_signs": []}, RULES)
    assert question is not None
    assert question.fact == "urgent_signs"
    assert question.ask == questions()["urgent_signs"]["ask"]
    assert [choice.id for choice in question.choices] == questions()["urgent_signs"]["choices"]
    assert question.why


def test_has_nothing_left_to_ask_at_the_end() -> None:
    answers: dict[str, object] = dict(CLEAR)
    for _ in RULES.asked:
        question = next_question(answers, RULES)
        if question is None:
            break
        answers[question.fact] = "unsure"
    assert next_question(answers, RULES) is None
    assert next_question({"emergency_signs": ["chest_pain"]}, RULES) is None


def test_reads_no_clock_and_no_files(monkeypatch: pytest.MonkeyPatch) -> None:
    rules: RuleBase = load_rules()
    advise(WELL, rules).to_dict()  # whatever is imported late has been

    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError

    for name in ("builtins.open", "builtins.input", "builtins.print", "time.time", "os.getenv"):
        monkeypatch.setattr(name, forbidden)
    advise({**WELL, "disc_history": True}, rules).to_dict()
    assert next_question(CLEAR, rules)
