"""The safety properties, over random people: doubt, silence and warning signs only restrict."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from people import allowed, answers, screened
from shuffling import shuffled_rules

from advisor import AnswerError, advise, load_rules
from advisor.result import Plan
from advisor.rulebase.reading.bundled import bundled_rules
from advisor.rulebase.shapes import LEVELS, RuleBase

RULES = load_rules()
FLOORS = ("reps_in_reserve", "rest_seconds")
CEILINGS = ("sets", "reps", "hold_seconds", "load_percent", "load_step_percent")


def _no_more_than(after: Plan, before: Plan) -> None:
    """Assert that nothing in one plan is more permissive than in the other."""
    assert allowed(after) <= allowed(before)
    if after.level is not None and before.level is not None:
        # A plan that cannot be told yet permits nothing; there is no level to compare.
        assert LEVELS.index(after.level) >= LEVELS.index(before.level)
    if after.session is None or before.session is None:
        assert after.session is None
        return
    doses = {line.position: line.dose for line in before.session.lines}
    for line in after.session.lines:
        if line.position not in doses:
            continue
        then, now = doses[line.position], line.dose
        assert all((getattr(now, each) or 0) <= (getattr(then, each) or 0) for each in CEILINGS)
        assert all(getattr(now, each) >= getattr(then, each) for each in FLOORS)
    assert after.schedule is not None
    assert before.schedule is not None
    assert after.schedule.sessions_per_week[1] <= before.schedule.sessions_per_week[1]
    assert after.schedule.ready_in_hours >= before.schedule.ready_in_hours


@given(person=screened(RULES), data=st.data())
def test_permits_no_more_when_an_answer_becomes_unsure(person: dict, data: st.DataObject) -> None:
    fact = data.draw(st.sampled_from(sorted(person)))
    before = advise(person, RULES)
    _no_more_than(advise({**person, fact: "unsure"}, RULES), before)


@given(person=screened(RULES), data=st.data())
def test_permits_no_more_when_an_answer_is_left_out(person: dict, data: st.DataObject) -> None:
    fact = data.draw(st.sampled_from(sorted(person)))
    less = {name: value for name, value in person.items() if name != fact}
    _no_more_than(advise(less, RULES), advise(person, RULES))


@given(person=screened(RULES), sign=st.sampled_from(RULES.question["emergency_signs"].choices))
def test_gives_no_session_to_anyone_with_an_emergency_sign(person: dict, sign: object) -> None:
    plan = advise({**person, "emergency_signs": [sign.id]}, RULES)  # type: ignore[attr-defined]
    assert plan.level == "emergency"
    assert plan.session is None
    assert not allowed(plan)


@given(person=answers(RULES))
def test_avoids_the_leg_press_for_any_disc_history_or_chronic_sciatica(person: dict) -> None:
    for history in ({"disc_history": True}, {"disc_history": "unsure"}, {"sciatica": "chronic"}):
        verdicts = advise({**person, **history}, RULES).to_dict()["verdicts"]
        assert verdicts["leg_press"]["verdict"] in {"avoid", "unresolved"}


@given(person=answers(RULES), seed=st.integers(0, 2**16))
def test_says_the_same_bytes_in_any_order_of_answers(person: dict, seed: int) -> None:
    items = list(person.items())
    random.Random(seed).shuffle(items)
    shuffled = {
        name: random.Random(seed).sample(value, len(value)) if isinstance(value, list) else value
        for name, value in items
    }
    one, other = advise(person, RULES).to_dict(), advise(shuffled, RULES).to_dict()
    assert json.dumps(one) == json.dumps(other)


@given(
    junk=st.dictionaries(
        st.one_of(st.sampled_from(sorted(RULES.question)), st.text(max_size=12)),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
            lambda inner: (
                st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=3)
            ),
            max_leaves=6,
        ),
        max_size=6,
    )
)
def test_answers_or_rejects_any_input_without_crashing(junk: dict) -> None:
    problems, document = _told_or_answered(junk)
    assert problems or json.dumps(document, allow_nan=False)
    assert all("\n" not in problem for problem in problems)


def _told_or_answered(junk: dict) -> tuple[tuple[str, ...], dict[str, object]]:
    try:
        return (), advise(junk, RULES).to_dict()
    except AnswerError as error:
        return error.problems, {}


def test_says_the_same_bytes_in_any_order_of_rules_and_files(tmp_path: Path) -> None:
    person = {"disc_history": True, "back_pain": 2, "equipment": ["dumbbells"], "goal": "glutes"}
    wanted = advise(person, RULES).to_dict()
    for seed in range(3):
        folder = shuffled_rules(bundled_rules(), tmp_path / str(seed), seed)
        other = load_rules(folder)
        document = advise(person, replace(other, sha256=RULES.sha256)).to_dict()
        assert json.dumps(document) == json.dumps(wanted)


def test_shuffles_for_real(tmp_path: Path) -> None:
    folder = shuffled_rules(bundled_rules(), tmp_path / "x", 1)
    assert load_rules(folder).sha256 != RULES.sha256


def test_knows_its_rule_base(rules: RuleBase) -> None:
    assert rules.sha256 == RULES.sha256
