"""What the rule base knows, checked as a careful clinician would."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise, product
from statistics import mean

import pytest
import textstat
from hypothesis import given
from hypothesis import strategies as st
from people import answers, screened
from well import WELL

from advisor import advise, load_rules
from advisor.result import Plan
from advisor.rulebase.bits import positions
from advisor.rulebase.shapes import (
    LEVELS,
    REFERRAL,
    Advise,
    Avoid,
    Caution,
    Effect,
    Exercise,
    Ladder,
    Level,
    RuleBase,
    Suspect,
)
from advisor.verdicts import preferred, substitutes

RULES = load_rules()
URGENT = LEVELS.index("urgent")
EMERGENCY_SIGNS = [each.id for each in RULES.question["emergency_signs"].choices]
URGENT_SIGNS = [each.id for each in RULES.question["urgent_signs"].choices]

# Each of these makes it a sign together with a sore back or leg.
SYMPTOMS: list[dict[str, object]] = [
    {"back_pain": 1},
    {"back_pain": 4},
    {"pain_in_lifts": 1},
    {"soreness_onset": "next_day"},
    {"pain_triggers": ["deadlift"]},
    {"leg_symptoms": "pain"},
    {"leg_symptoms": "tingling_or_numbness"},
    {"sciatica": "current"},
    {"sciatica": "chronic"},
]

# What each urgent sign means for a person whom nothing hurts.
ALONE = {
    "fever_unwell": "professional",
    "weight_loss": "professional",
    "cancer_history": "modified",
    "night_pain": "urgent",
    "long_term_steroids": "professional",
    "fragile_bones": "modified",
    "new_deformity": "professional",
    "upper_back_pain": "urgent",
    "calf_swelling": "urgent",
    "flank_pain": "urgent",
    "weak_immunity": "modified",
    "cough_sneeze_pain": "professional",
}


def plan(**changes: object) -> Plan:
    return advise({**WELL, **changes}, RULES)


# Signs


def test_lets_a_person_with_nothing_to_report_train() -> None:
    assert plan().level == "go"


@pytest.mark.parametrize("sign", EMERGENCY_SIGNS)
def test_sends_each_emergency_sign_to_hospital_alone(sign: str) -> None:
    assert plan(emergency_signs=[sign]).level == "emergency"


@given(answers(RULES), st.sampled_from(EMERGENCY_SIGNS))
def test_sends_each_emergency_sign_to_hospital_whatever_else_is_said(
    person: dict[str, object], sign: str
) -> None:
    assert advise({**person, "emergency_signs": [sign]}, RULES).level == "emergency"


@pytest.mark.parametrize("symptom", SYMPTOMS, ids=str)
@pytest.mark.parametrize("sign", URGENT_SIGNS)
def test_sends_each_urgent_sign_with_a_symptom_to_a_doctor_soon(
    sign: str, symptom: dict[str, object]
) -> None:
    assert plan(urgent_signs=[sign], **symptom).level == "urgent"


@given(answers(RULES), st.sampled_from(URGENT_SIGNS), st.sampled_from(SYMPTOMS))
def test_never_takes_an_urgent_sign_with_a_symptom_lightly_whatever_else_is_said(
    person: dict[str, object], sign: str, symptom: dict[str, object]
) -> None:
    found = advise({**person, "urgent_signs": [sign], **symptom}, RULES)
    assert found.careful.level >= URGENT
    assert found.session is None


@pytest.mark.parametrize("sign", URGENT_SIGNS)
def test_gives_each_urgent_sign_alone_the_level_of_its_source(sign: str) -> None:
    assert plan(urgent_signs=[sign]).level == ALONE[sign]


@given(answers(RULES), st.sampled_from(["emergency_signs", "urgent_signs"]))
def test_never_gives_a_session_to_a_person_who_is_not_sure_of_a_sign(
    person: dict[str, object], fact: str
) -> None:
    found = advise({**person, fact: "unsure"}, RULES)
    assert found.session is None
    assert found.careful.level >= REFERRAL


# Words


def spoken(effects: Iterable[Effect]) -> Iterator[str]:
    """The sentences that effects print."""
    for effect in effects:
        match effect:
            case Level(_, action) if action:
                yield action
            case Caution(_, limit):
                yield limit
            case Advise(_, say):
                yield say
            case Suspect():
                yield from (effect.trial, effect.wrong_if)


AUTHORED = [rule for rule in RULES.rules if not rule.catalogue]
TEXTS = {
    "questions": [each.ask for each in RULES.asked],
    "help": [each.help for each in RULES.asked],
    "why we ask": [each.why for each in RULES.asked],
    "choices": [
        each.label for q in RULES.asked for each in q.choices if each.id not in RULES.exercise
    ],
    "reasons": sorted({each.because for each in AUTHORED}),
    "advice": sorted({text for each in AUTHORED for text in spoken(each.effects)}),
    "cues": [text for each in RULES.exercises for _, text in each.cues],
    "mistakes": [text for each in RULES.exercises for text in each.mistakes],
    "levels": [text for each in RULES.levels for text in (each.says, each.action) if text],
    "slots": [each.because for each in RULES.slots],
}


def grade(text: str) -> float:
    return float(textstat.flesch_kincaid_grade(text))


def test_measures_reading_as_it_should() -> None:
    assert grade("The cat sat on the mat.") < 1
    assert grade("Contraindications necessitate individualized professional consultation.") > 15


@pytest.mark.parametrize("kind", TEXTS)
def test_reads_at_grade_8_or_lower(kind: str) -> None:
    assert mean(map(grade, TEXTS[kind])) <= 8


def test_explains_every_question_and_every_word_of_a_doctor() -> None:
    assert [each.id for each in RULES.asked if not each.help or not each.why] == []
    signs = ("emergency_signs", "urgent_signs", "spine_conditions")
    bare = [each.id for fact in signs for each in RULES.question[fact].choices if not each.help]
    assert bare == []


# The catalogue


def test_has_the_exercises_of_the_contract(rules: RuleBase) -> None:
    wanted = """leg_press barbell_back_squat front_squat hack_squat belt_squat goblet_squat
    bodyweight_squat sit_to_stand wall_sit deep_squat_stretch split_squat
    rear_foot_elevated_split_squat reverse_lunge walking_lunge step_up glute_bridge
    single_leg_glute_bridge barbell_hip_thrust deadlift romanian_deadlift
    single_leg_romanian_deadlift good_morning kettlebell_swing leg_curl leg_extension
    standing_hip_abduction clamshell standing_calf_raise seated_calf_raise
    single_leg_calf_raise bird_dog dead_bug plank"""
    assert set(wanted.split()) <= set(rules.exercise)
    assert len(rules.exercises) >= 45


EXERCISES = pytest.mark.parametrize("exercise", RULES.exercises, ids=lambda each: each.id)


@EXERCISES
def test_describes_each_exercise_in_full(exercise: Exercise) -> None:
    assert set(exercise.attributes) == set(RULES.attributes)
    assert exercise.attributes["muscles"]
    assert {kind for kind, _ in exercise.cues} >= {
        "set_up", "movement", "breathing", "feel", "avoid"
    }  # fmt: skip
    assert 2 <= len(exercise.mistakes) <= 3
    assert exercise.sources
    assert exercise.easier or exercise.harder


@EXERCISES
def test_gives_each_exercise_a_place_in_the_session(exercise: Exercise) -> None:
    assert any(exercise.pattern in slot.patterns for slot in RULES.slots)


@EXERCISES
def test_can_put_each_exercise_out_for_a_reason(exercise: Exercise) -> None:
    bit = 1 << RULES.position[exercise.id]
    own = [
        rule
        for rule in AUTHORED
        for effect in rule.effects
        if isinstance(effect, Avoid) and effect.exercises & bit
    ]
    assert own
    for rule in own:  # and its own example shows that it does
        person = {
            name: RULES.question[name].decode(code)
            for name, code in rule.fires or ()
            if code is not None
        }
        assert advise(person, RULES).verdicts.of(RULES.position[exercise.id]) == "avoid"


@EXERCISES
def test_offers_each_exercise_to_somebody(exercise: Exercise) -> None:
    """There is a person who gets it, in the session or in place of something that is out."""
    assert any(gets(exercise, person) for person in candidates(exercise))


def candidates(exercise: Exercise) -> Iterator[dict[str, object]]:
    """People who own just what an exercise needs, from well to sore; some cannot do others."""
    needs = [*exercise.attributes["equipment"]]
    needs += ["dumbbells"] if exercise.attributes["hand_weight"] == ("required",) else []
    for pain in (0, 2, 4):
        for experience, balance, goal in product(
            ("experienced", "some", "new"),
            ("good", "poor"),
            ("general", "strength", "glutes", "quads"),
        ):
            person = {
                **WELL,
                "equipment": needs,
                "back_pain": pain,
                "pain_quality": "dull" if pain else "none",
                "experience": experience,
                "balance": balance,
                "goal": goal,
            }
            yield person
            for hips in ("limited", "severe") if pain == 0 else ():
                yield {**person, "hip_mobility": hips}
            for better in (2, 4, 12):
                forbidden = rivals(exercise, advise(person, RULES))[:better]
                yield {**person, "told_to_avoid": forbidden}


def rivals(exercise: Exercise, plan: Plan) -> list[str]:
    """The exercises that a person would rather be given than this one."""
    same = RULES.pattern_masks[exercise.pattern] & plan.verdicts.allowed
    names = [RULES.exercises[each].id for each in preferred(same, plan.verdicts.weights)]
    return names[: names.index(exercise.id)] if exercise.id in names else []


def gets(exercise: Exercise, person: dict[str, object]) -> bool:
    plan = advise(person, RULES)
    if plan.session is None:
        return False
    if any(RULES.exercises[line.position] == exercise for line in plan.session.lines):
        return True
    out = (plan.verdicts.avoid | plan.verdicts.unresolved) & RULES.pattern_masks[exercise.pattern]
    return any(exercise.id in substitutes(p, plan.verdicts, RULES) for p in positions(out))


# The way back

LADDERS = pytest.mark.parametrize("ladder", RULES.ladders, ids=lambda each: each.id)


@LADDERS
def test_climbs_in_the_order_of_what_is_easier(ladder: Ladder) -> None:
    """Each exercise of a rung names one on the rung below, or beside it, as the easier one."""
    for below, rung in pairwise(ladder.rungs):
        easier = {name: set(RULES.exercise[name].easier) for name in rung.exercises}
        assert all(names & {*below.exercises, *rung.exercises} for names in easier.values())
        assert set().union(*easier.values()) & set(below.exercises)


@LADDERS
def test_never_carries_less_higher_up(ladder: Ladder) -> None:
    order = RULES.attributes["axial_load"].values
    loads = [
        [order.index(RULES.exercise[name].attributes["axial_load"][0]) for name in rung.exercises]
        for rung in ladder.rungs
    ]
    assert [min(each) for each in loads] == sorted(map(min, loads))


@LADDERS
def test_opens_each_rung_with_words_that_fit_a_back_without_an_ache(ladder: Ladder) -> None:
    words = ("leg days", "mornings", "quiet", "Test it")
    said = [[word in rung.opens for word in words] for rung in ladder.rungs[1:]]
    assert all(map(all, said))
    assert not any("ache" in rung.opens for rung in ladder.rungs)
    assert [rung.opens for rung in ladder.rungs if grade(rung.opens) > 10] == []


def test_ends_no_ladder_on_what_a_disc_never_gets_back() -> None:
    gear = [each.id for each in RULES.question["equipment"].choices]
    verdicts = plan(disc_history=True, equipment=gear).verdicts
    rungs = [name for each in RULES.ladders for rung in each.rungs for name in rung.exercises]
    gone = ("leg_press", "single_leg_press", "hack_squat", "good_morning", "kettlebell_swing")
    assert {verdicts.of(RULES.position[name]) for name in rungs} == {"ok", "caution"}
    assert {verdicts.of(RULES.position[name]) for name in gone} == {"avoid"}


# Sessions


@given(screened(RULES), st.sampled_from([[], ["bench_or_step"]]))
def test_finds_three_exercises_for_everyone_with_a_floor_and_stairs(
    person: dict[str, object], equipment: list[str]
) -> None:
    plan = advise({**person, "equipment": equipment}, RULES)
    if plan.session is not None:
        assert len(plan.session.lines) >= 3


@given(
    st.sampled_from([[], ["bench_or_step"]]),
    st.lists(st.sampled_from([each.id for each in RULES.exercises]), max_size=5, unique=True),
    st.integers(0, 4),
    st.fixed_dictionaries(
        {},
        optional={
            "disc_history": st.sampled_from([True, "unsure"]),
            "sciatica": st.sampled_from(["past", "chronic"]),
            "back_surgery": st.just("cleared"),
            "hip_mobility": st.sampled_from(["limited", "severe", "unsure"]),
            "core_bracing": st.sampled_from([False, "unsure"]),
            "balance": st.sampled_from(["poor", "unsure"]),
            "experience": st.sampled_from(["new", "unsure"]),
            "daily_life_pain": st.just(value=True),
            "spine_conditions": st.sampled_from([["stenosis"], ["scoliosis"], []]),
            "urgent_signs": st.just(["cancer_history"]),
            "health_flags": st.just(["high_blood_pressure"]),
        },
    ),
)
def test_finds_three_exercises_for_the_sorest_who_may_train(
    equipment: list[str], triggers: list[str], pain: int, troubles: dict[str, object]
) -> None:
    found = plan(equipment=equipment, pain_triggers=triggers, back_pain=pain, **troubles)
    if found.session is not None:
        assert len(found.session.lines) >= 3


# Sources


def test_cites_every_source_it_lists(rules: RuleBase) -> None:
    citing = (*rules.rules, *rules.exercises, *rules.slots, *rules.emergency_numbers.values())
    cited = {each.source for one in citing for each in one.sources}
    cited |= {item.document for item in rules.guidance}
    assert set(rules.sources) - cited == set()


def test_says_of_every_source_what_was_read_of_it(rules: RuleBase) -> None:
    bare = [each.id for each in rules.sources.values() if not each.read or not each.reviewed]
    assert bare == []


def test_passes_off_no_reasoning_as_a_finding(rules: RuleBase) -> None:
    """What rests on our own caution alone says so: it speaks of no study."""
    for rule in rules.rules:
        if {each.source for each in rule.sources} == {"careful-reasoning"}:
            assert "stud" not in rule.because.lower().replace("sturdy", ""), rule.id
