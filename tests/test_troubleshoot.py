"""After a sore leg day: screening first, then likely causes, ranked, with one trial each."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from people import answers, screened
from well import WELL, legday

from advisor import advise, load_rules
from advisor.explain.troubleshooting import troubleshoot_document
from advisor.rulebase.shapes import RuleBase, Suspect

RULES = load_rules()
SORE = {**WELL, "back_pain": 2, "pain_quality": "dull", "disc_history": False}


def document(**changes: object) -> dict[str, object]:
    return troubleshoot_document(advise({**SORE, **changes}, RULES))


def suspects(**changes: object) -> list[str]:
    return [each["suspect"] for each in document(**changes)["suspects"]]  # type: ignore[attr-defined]


def test_sums_what_points_to_the_same_cause_with_every_reason() -> None:
    one = document(last_session=["leg_press"])["suspects"][0]  # type: ignore[index]
    both = document(last_session=["leg_press"], hips_lift=True)["suspects"][0]  # type: ignore[index]
    assert (one["exercise"], len(one["reasons"])) == ("leg_press", 1)
    assert one["suspect"] == both["suspect"]
    assert both["score"] > one["score"]
    names = [each["rule"] for each in both["reasons"]]
    assert names == ["suspect-leg-press-hips-lift", "suspect-leg-press"]


def test_ranks_by_score_and_then_by_name() -> None:
    found = document(
        last_session=["leg_press", "standing_calf_raise", "goblet_squat", "deadlift"],
        core_bracing=False,
        recent_load_jump=True,
        disc_history=True,
    )["suspects"]
    order = [(-each["score"], each["suspect"]) for each in found]  # type: ignore[attr-defined]
    assert order == sorted(order)
    assert len(order) > 5


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"last_session": ["standing_calf_raise"]}, "weight on the shoulders"),
        ({"last_session": ["leg_press"], "hips_lift": True}, "Hips lifting"),
        ({"recent_load_jump": True}, "too soon"),
        ({"core_bracing": False}, "trunk"),
        ({"last_session": ["walking_lunge"]}, "squats or lunges"),
        ({"last_session": ["barbell_back_squat"]}, "squats or lunges"),
        ({"spine_conditions": ["scoliosis"]}, "old back problem"),
    ],
)
def test_suspects_each_cause_the_documents_name(changes: dict[str, object], words: str) -> None:
    assert any(words in name for name in suspects(**changes))


def test_suspects_the_calf_raise_more_when_the_hips_stay_down() -> None:
    session = ["leg_press", "standing_calf_raise"]
    assert "Hips" in suspects(last_session=session, hips_lift=True)[0]
    assert "shoulders" in suspects(last_session=session, hips_lift=False)[0]


@pytest.mark.parametrize("exercise", sorted(RULES.exercise))
def test_has_a_word_on_each_exercise_of_the_last_session(exercise: str) -> None:
    assert suspects(last_session=[exercise])


def test_puts_what_is_less_likely_last() -> None:
    found = suspects(last_session=["glute_bridge", "leg_curl", "plank", "calf_raise", "deadlift"])
    assert "Bending forward" in found[0]
    assert len(found) == 3
    assert all(name.startswith("Less likely") for name in found[1:])


@pytest.mark.parametrize(
    ("changes", "first"),
    [
        ({"soreness_onset": "next_day", "back_pain": 0}, "Plain muscle soreness"),
        ({"soreness_onset": "during"}, "Bending forward under load"),
        ({"soreness_onset": "next_day", "back_pain": 2}, "Bending forward under load"),
    ],
)
def test_tells_sore_muscles_from_a_sore_back(changes: dict[str, object], first: str) -> None:
    assert suspects(last_session=["deadlift"], **changes)[0] == first


def test_suspects_nothing_on_a_guess() -> None:
    calm = {"pain_quality": "sharp", "back_pain": 0}
    assert suspects(hips_lift="unsure", last_session="unsure", **calm) == []


def test_refers_instead_of_searching() -> None:
    found = document(last_session=["leg_press"], emergency_signs=["saddle_numbness"])
    assert (found["level"], found["status"]) == ("emergency", "refer")
    assert (found["suspects"], found["advice"]) == ([], [])
    assert found["referral"]["urgency"] == "emergency"  # type: ignore[index]


def test_asks_instead_of_searching_while_the_screening_is_open() -> None:
    found = troubleshoot_document(advise({"last_session": ["leg_press"]}, RULES))
    assert (found["level"], found["status"], found["suspects"]) == (None, "incomplete", [])
    assert found["open_questions"][0]["fact"] == "emergency_signs"  # type: ignore[index]


@given(answers(RULES))
def test_never_names_a_suspect_without_a_plan(person: dict[str, object]) -> None:
    plan = advise(person, RULES)
    found = troubleshoot_document(plan)
    assert plan.session is not None or (found["suspects"], found["advice"]) == ([], [])
    assert found["status"] == plan.status


DID = st.lists(st.sampled_from(sorted(RULES.exercise)), min_size=1, max_size=6, unique=True)
AGREED = {**WELL, "equipment": "unsure", "pain_in_lifts": 2, "soreness_onset": "next_day"}


@settings(max_examples=300)
@given(person=screened(RULES), did=DID, sore=st.booleans())
def test_plan_and_troubleshoot_never_disagree(
    person: dict[str, object], did: list[str], *, sore: bool
) -> None:
    """What is to be left out for a while, to see, is not in the session, nor offered in it."""
    known = {**person, **AGREED} if sore else person
    gear = {"equipment": [each.id for each in RULES.question["equipment"].choices]}
    plan = advise({**known, **gear, "last_session": did}, RULES)
    found, whole = troubleshoot_document(plan)["suspects"], plan.to_dict()
    top = found[0] if found else None  # type: ignore[index]
    left_out = top["exercise"] if top else None
    if left_out is None:
        assert whole["trial"] is None
        return
    for line in whole["session"]["exercises"]:  # type: ignore[index]
        assert left_out not in {line["exercise"], *line["swap"]}
    trial = {key: top[key] for key in ("suspect", "exercise", "trial", "review_in_days")}
    assert whole["trial"] == trial


def test_leaves_what_it_suspects_out_of_a_session_that_had_it() -> None:
    """So that the test above tests something: somebody for whom the leg press is what is left."""
    gear = [each.id for each in RULES.question["equipment"].choices]
    thighs = [each.id for each in RULES.exercises if each.pattern == "knee_dominant"]
    others = [each for each in thighs if each not in {"leg_press", "sit_to_stand"}]
    person = {**AGREED, "equipment": gear, "told_to_avoid": others}
    before, after = (
        advise({**person, "last_session": did}, RULES).to_dict() for did in ([], ["leg_press"])
    )
    names = [
        {line["exercise"] for day in (plan["session"], *plan["later"]) for line in day["exercises"]}  # type: ignore[index,misc]
        for plan in (before, after)
    ]
    assert names[0] - names[1] == {"leg_press"}
    assert before["trial"] is None
    assert after["trial"]["exercise"] == "leg_press"  # type: ignore[index]
    assert before["verdicts"] == after["verdicts"]  # a wish, which forbids and permits nothing


def test_agrees_on_the_trial_of_each_cause(rules: RuleBase) -> None:
    """One change at a time: clues to the same cause must not ask for different trials."""
    trials: dict[str, set[object]] = {}
    for rule in rules.rules:
        for effect in rule.effects:
            if isinstance(effect, Suspect):
                said = (effect.trial, effect.review_in_days, effect.wrong_if, effect.exercise)
                trials.setdefault(effect.name, set()).add(said)
    assert {name: found for name, found in trials.items() if len(found) > 1} == {}
    assert all(days >= 7 and wrong for ((_, days, wrong, _),) in trials.values())  # type: ignore[operator]


FLAGS = ("--screened", "--last-session", "leg_press,standing_calf_raise", "--hips-lift", "yes")


def test_prints_one_change_at_a_time() -> None:
    code, text, _ = legday("troubleshoot", *FLAGS)
    assert code == 0
    assert text.startswith("Try one change at a time")
    assert text.index("1. Hips") < text.index("2. Calf") < text.index("Change one thing only")
    assert text.count("Try this:") == text.count("This is not it if:") >= 2


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (FLAGS, 0),
        (("--last-session", "leg_press"), 4),
        (("--screened", "--age", "40", "--back-pain", "8"), 3),
        (("--last-session", "unicycle"), 2),
    ],
)
def test_ends_as_a_plan_does(words: tuple[str, ...], code: int) -> None:
    assert legday("troubleshoot", *words)[0] == code
    assert legday("plan", *words)[0] == code


def test_refers_on_the_same_short_page_as_a_plan() -> None:
    words = ("--screened", "--age", "40", "--back-pain", "3", "--pain-trend", "worse")
    _, text, _ = legday("troubleshoot", *words)
    page, _, again = text.partition("To see this again")
    assert page == legday("plan", *words)[1]
    assert len(page.splitlines()) <= 25
    assert "legday plan" in again  # which knows --full


def test_says_what_to_watch_for_in_few_words() -> None:
    _, text, _ = legday("troubleshoot", *FLAGS)
    watch = text.partition("What to watch for")[2]
    assert "emergency number" in watch
    assert "This is not a diagnosis." in watch
    assert 0 < watch.count("\n") <= 8
    assert watch.count("numbness between the legs") == 1


def test_prints_json_that_can_be_asked_for_again() -> None:
    _, text, _ = legday("troubleshoot", *FLAGS, "--format", "json")
    found = json.loads(text)
    assert found["command"].split()[:2] == ["legday", "troubleshoot"]
    again = legday(*found["command"].split()[1:], "--format", "json")[1]
    assert json.loads(again) == found
    assert {"level", "status", "suspects", "advice", "safety_net"} <= set(found)
    keys = {"suspect", "exercise", "score", "reasons", "trial", "review_in_days", "wrong_if"}
    assert set(found["suspects"][0]) == keys


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_prints_questions_and_not_a_cause_while_answers_are_missing(form: str) -> None:
    _, text, _ = legday("troubleshoot", "--last-session", "leg_press", "--format", form)
    assert "NO PLAN YET" in text
    assert "--emergency-signs" in text
    assert "Nothing stands out" not in text


def test_works_on_a_rule_base_of_another_subject(shoulder: RuleBase) -> None:
    sore = {
        question.id: question.decode(question.clear)
        for question in shoulder.questions
        if question.clear is not None
    }
    sore |= {"sore_after": ["overhead_press"], "shoulder_pain": 2, "dislocated": False, "gear": []}
    found = troubleshoot_document(advise(sore, shoulder))["suspects"]
    assert [each["suspect"] for each in found] == ["The press was too heavy"]  # type: ignore[attr-defined]
