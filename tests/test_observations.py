"""What is measured of the sessions so far, and what rules make of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import SHOULDER

from advisor import advise, load_rules
from advisor.rulebase.measures import measure
from advisor.rulebase.shapes import Question
from advisor.rulebase.shapes.history import Observation, Session, SetDone

NOW = "2026-11-26T12:00"
CALM = {"alarm_signs": [], "shoulder_pain": 0, "dislocated": False, "sore_after": []}


def session(day: int, sets: int = 3, **felt: int) -> Session:
    done = tuple(SetDone("press", number, 8) for number in range(sets))
    return Session(day, None, f"2026-11-{day:02}T12:00", "", "", done, felt)


def taken(*sessions: Session, concern: str = "rising", **wanted: object) -> int | None:
    observation = Observation(**wanted)  # type: ignore[arg-type]
    question = Question(
        *("it", "integer", "It?"),
        minimum=-100 if observation.take in ("change", "latest") else 0,
        maximum=100,
        concern=concern,
        observation=observation,
    )
    return measure([question], sessions, NOW)["it"]


def test_takes_the_latest_and_does_not_know_what_was_not_recorded() -> None:
    quiet, unsaid = session(20, before=1, next_morning=3), session(23, before=1)
    assert taken(quiet, of="rise", take="latest") == 2
    assert taken(quiet, unsaid, of="rise", take="latest") is None


def test_knows_of_no_last_time_without_a_session() -> None:
    assert taken(of="rise", take="latest") == -100
    assert taken(of="rise", take="streak") == 0


def test_does_not_wait_for_the_morning_of_today() -> None:
    before, today = session(23, before=1, next_morning=2), session(26, before=1)
    assert taken(before, today, of="rise", take="latest") == 1


def test_a_streak_passes_over_what_is_missing_where_more_is_worse() -> None:
    bad, unsaid = session(19, before=0, next_morning=3), session(22, before=0)
    again = session(24, before=0, next_morning=2)
    where = (2, 99)
    assert taken(bad, unsaid, again, of="rise", take="streak", where=where) == 2
    falling = taken(bad, unsaid, again, of="rise", take="streak", where=where, concern="falling")
    assert falling == 1


def test_counts_what_fits_in_the_last_days() -> None:
    every = [session(day) for day in (10, 20, 22, 25)]
    assert taken(*every, of="sessions", take="count", days=7) == 3
    assert taken(*every, of="hard_sets", take="count", days=7) == 9
    assert taken(*every, of="sessions", take="count", last=1) == 1


def test_measures_a_load_jump_against_the_weeks_before() -> None:
    before = [session(day, sets=2) for day in (2, 9, 16)]
    grown = taken(*before, session(24, sets=4), of="hard_sets", take="change", days=7, against=14)
    assert grown == 100
    assert taken(session(24), of="hard_sets", take="change", days=7, against=14) is None


def test_tells_how_long_ago_it_was() -> None:
    every = [session(10, before=1), session(20, before=4), session(24, before=4)]
    assert taken(*every, of="sessions", take="days_since") == 2
    assert taken(*every, of="before", take="days_since", where=(0, 2)) == 16
    assert taken(*every[1:], of="before", take="days_since", where=(0, 2)) == 6


def test_a_rule_of_a_last_time_is_silent_without_one_and_careful_in_doubt() -> None:
    rules = load_rules(Path(SHOULDER))
    assert "morning-holds" not in advise(CALM, rules).fired
    assert "morning-holds" in advise({**CALM, "rise_overnight": "unsure"}, rules).fired
    assert "morning-holds" not in advise({**CALM, "rise_overnight": 0}, rules).fired


def test_never_asks_what_is_measured() -> None:
    plan = advise(CALM, load_rules(Path(SHOULDER))).to_dict()
    assert "rise_overnight" not in plan["not_asked"] + plan["not_sure"]  # type: ignore[operator]
    assert "rise_overnight" not in plan["answers"]  # type: ignore[operator]


@pytest.mark.parametrize(("setbacks", "ready"), [(0, 48), (2, None)])
def test_refers_after_two_setbacks(setbacks: int, ready: int | None) -> None:
    plan = advise({**CALM, "setbacks": setbacks}, load_rules(Path(SHOULDER)))
    assert (plan.schedule and plan.schedule.ready_in_hours) == ready
