"""A routine of several days: who stands where, what is kept apart, how long it takes."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_bases import everyone_said, rule_bases
from running import legday, legday_json

from advisor import advise, load_rules
from advisor.interview.next_question import next_question
from advisor.rulebase.problems import RuleBaseError
from advisor.rulebase.reading.build import read_rule_base
from advisor.rulebase.shapes import RuleBase
from advisor.session import kept_apart, pairs_apart
from advisor.wishes import Wishes

SHOULDER = Path(__file__).parent / "shoulder"
TEXTS = {path.name: path.read_text() for path in SHOULDER.glob("*.yaml")}
WELL: dict[str, object] = {
    "alarm_signs": [],
    "shoulder_pain": 0,
    "dislocated": False,
    "gear": ["dumbbells", "bands"],
    "sore_after": [],
    "hours_since_shoulder_day": 100,
}
DAYS = """
days:
  repeat: 3
  in_order:
    - {day: A, says: press first, slots: [main, cuff]}
    - {day: B, says: small muscles first, slots: [cuff, main]}
"""
LADDERS = """
ladders:
  press:
    name: the press
    rungs:
      - {exercises: [push_up], name: push-up}
      - {exercises: [overhead_press], name: over the head, opens: Two weeks without pain.}
"""
Read = Callable[..., RuleBase]


NOTHING = Wishes()


def rule(name: str, effect: str, slipped: str = "") -> str:
    """A rule to add; it may be about a shoulder that slipped out (`yes`), or did not (`no`)."""
    other = "no" if slipped == "yes" else "yes"
    when = f"{{dislocated: {slipped}}}\n    fires: {{dislocated: {slipped}}}\n    silent: "
    return f"""
  {name}:
    when: {f"{when}{{dislocated: {other}}}" if slipped else "always"}
    {effect}
    because: It is added.
    sources: [plain-sense]
"""


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read the shoulder's rule base with more at its ends, and with edits."""

    def reading(*added: str, edits: Mapping[str, str] = MappingProxyType({})) -> RuleBase:
        sections = [each for each in added if not each.startswith("\n  ")]
        rules = [each for each in added if each not in sections]
        base = "".join((TEXTS["base.yaml"], *sections))
        moves = "".join((TEXTS["moves.yaml"], *rules))
        for old, new in edits.items():
            assert (old in base) is not (old in moves)
            base, moves = base.replace(old, new, 1), moves.replace(old, new, 1)
        (tmp_path / "base.yaml").write_text(base)
        (tmp_path / "moves.yaml").write_text(moves)
        return read_rule_base(tmp_path)

    return reading


def shown(rules: RuleBase, wishes: Wishes = NOTHING, **more: object) -> dict[str, list[str]]:
    """The exercises of each day."""
    plan: Any = advise({**WELL, **more}, rules, wishes).to_dict()
    days = [plan["session"], *plan["later"]]
    return {day["day"]: [line["exercise"] for line in day["exercises"]] for day in days}


def first(rules: RuleBase, wishes: Wishes = NOTHING, **more: object) -> dict[str, Any]:
    """The session to do next."""
    plan: Any = advise({**WELL, **more}, rules, wishes).to_dict()
    session: dict[str, Any] = plan["session"]
    return session


# Days.


def test_has_one_day_where_the_base_speaks_of_none(shoulder: RuleBase) -> None:
    plan: Any = advise(WELL, shoulder).to_dict()
    assert (plan["session"]["day"], plan["session"]["says"], plan["later"]) == ("A", "", [])


def test_fills_each_day_in_its_own_order_and_varies_what_stood_before(read: Read) -> None:
    days = shown(read(DAYS))
    assert days == {
        "A": ["overhead_press", "band_rotation"],
        "B": ["side_lying_rotation", "lateral_raise"],
    }


@pytest.mark.parametrize(
    ("repeat", "second"), [(0, "overhead_press"), (1, "overhead_press"), (2, "push_up")]
)
def test_repeats_what_weighs_enough(read: Read, repeat: int, second: str) -> None:
    days = DAYS.replace("repeat: 3", f"repeat: {repeat}")
    press = {"patterns: [press, raise]": "patterns: [press]"}
    prefer = {"{exercises: {gear: dumbbells}, weight: 2}": "{exercises: overhead_press, weight: 1}"}
    assert shown(read(days, edits={**press, **prefer}))["B"][-1] == second


def test_lets_what_gave_way_stand_on_the_next_day(read: Read) -> None:
    """Only what is done on a day weighs less on the next."""
    rules = read(DAYS, edits={"session: {at_most: 2}": "session: {at_most: 1}"})
    assert shown(rules) == {"A": ["overhead_press"], "B": ["band_rotation"]}


@pytest.mark.parametrize(("slipped", "days"), [(True, "A"), ("unsure", "A"), (False, "AB")])
def test_has_fewer_days_unless_the_rule_is_known_false(
    read: Read, slipped: object, days: str
) -> None:
    rules = read(DAYS, rule("one-day", "days: at most 1", "yes"))
    assert "".join(shown(rules, dislocated=slipped)) == days


def test_asks_what_only_the_number_of_days_hangs_on(read: Read) -> None:
    """Those with a sore shoulder have all else of care anyway."""
    rules = read(DAYS, rule("one-day", "days: at most 1", "yes"))
    sore = {**WELL, "shoulder_pain": 4, "sore_after": ["overhead_press"]}
    del sore["dislocated"]
    step = next_question(sore, rules)
    assert step is not None
    assert (step.fact, [reason.rule for reason in step.why]) == ("dislocated", ["one-day"])
    assert next_question(sore, read(DAYS)) is None


# What is kept apart.


def test_skips_to_what_may_stand_beside_what_is_there(read: Read) -> None:
    rules = read(rule("one-up-high", "apart: [{overhead: high}, {overhead: low}]", "no"))
    session = first(rules)
    assert [line["exercise"] for line in session["exercises"]] == ["overhead_press"]
    (gap,) = session["empty_slots"]
    assert (gap["slot"], gap["reason"], gap["rules"]) == ("cuff", "apart", ["one-up-high"])
    assert len(first(rules, dislocated=True)["exercises"]) == 2


def test_keeps_two_of_a_kind_apart_whichever_comes_first(read: Read) -> None:
    apart = rule("one-dumbbell-move", "apart: [{gear: dumbbells}, {gear: dumbbells}]")
    same = {
        "dose: {sets: 2, reps: 15, reps_in_reserve: 3, rest_seconds: 60,": (
            "dose: {sets: 3, reps: 10, reps_in_reserve: 2, rest_seconds: 90,"
        ),
        "patterns: [rotation]": "patterns: [rotation, raise]",
    }
    assert shown(read(edits=same))["A"] == ["overhead_press", "lateral_raise"]
    assert shown(read(apart, edits=same))["A"] == ["overhead_press", "wall_slide"]


@settings(max_examples=80)
@given(rules=rule_bases(), data=st.data())
def test_never_has_two_on_a_day_that_are_to_be_apart(rules: RuleBase, data: st.DataObject) -> None:
    person = data.draw(st.sampled_from(list(everyone_said())))
    plan = advise(person, rules)
    pairs = pairs_apart(plan.findings.possible, rules)
    for session in plan.sessions:
        there = [line.position for line in session.lines]
        assert len(set(there)) == len(there)
        for one in there:
            assert not any(kept_apart(one, pairs) >> other & 1 for other in {*there} - {one})


# How long, how slowly, how heavy.

TWO = "session: {at_most: 2}"
PACE = {
    TWO: "session: {at_most: 2, seconds_per_rep: 4, minutes_before: 5, seconds_between: 60}",
}


def test_tells_the_minutes_of_a_session(read: Read) -> None:
    # 3 x 10 of 4 s with 2 rests of 90 s, a minute between, 2 x 15 of 4 s with a rest of 60 s
    assert first(read(edits=PACE))["minutes"] == 5 + -(-(120 + 180 + 60 + 120 + 60) // 60)


def test_counts_both_sides_and_slow_lowering(read: Read) -> None:
    slow = {**PACE, "{sets: 3, reps: 10,": "{sets: 3, reps: 10, lower_seconds: 2,"}
    rules = read(rule("lower-slowly", "dose: {lower_seconds: at least 5}"), edits=slow)
    session = first(rules, gear=["dumbbells"])
    assert [line["tempo"] for line in session["exercises"]] == ["5 seconds down", None]
    # up in half of 4 s and down in 5 s; the other one on both sides, 2 x 12
    assert session["minutes"] == 5 + -(-(30 * 7 + 180 + 60 + 2 * 12 * 2 * 4 + 60) // 60)


def test_tells_no_minutes_where_nobody_says_how_long_a_repetition_takes(shoulder: RuleBase) -> None:
    assert first(shoulder)["minutes"] is None


def test_tells_a_part_of_the_usual_weight_only_to_those_who_have_one(read: Read) -> None:
    lighter = rule("lighter", "dose: {load_percent: at most 60, percent_of: before_the_episode}")
    knows = {"session: {at_most: 2}": "session: {at_most: 2, weights_when: shoulder_needs_care}"}
    rules = read(lighter, edits=knows)
    assert [line["load"] for line in first(rules)["exercises"]] == [None, None]
    assert [line["load"] for line in first(rules, dislocated="unsure")["exercises"]] == [None, None]
    load = first(rules, dislocated=True)["exercises"][0]["load"]
    assert (load["percent"], load["percent_of"]) == (60, "before_the_episode")


def test_tells_of_two_parts_alike_the_one_before_an_episode(read: Read) -> None:
    parts = [
        rule("part-one", "dose: {load_percent: at most 60}"),
        rule("part-two", "dose: {load_percent: at most 60, percent_of: before_the_episode}"),
        rule("part-whole", "dose: {load_percent: at most 70}"),
    ]
    assert first(read(*parts))["exercises"][0]["load"]["percent_of"] == "before_the_episode"
    assert first(read(parts[0], parts[2]))["exercises"][0]["load"]["percent_of"] == "usual"


RESTED = "{hours_since_shoulder_day: at least 7}"


def test_asks_whether_weights_can_be_told(read: Read) -> None:
    lighter = rule("lighter", "dose: {load_percent: at most 60}")
    edits = {
        "session: {at_most: 2}": "session: {at_most: 2, weights_when: knows_weights}",
        "findings:\n": f"findings:\n  knows_weights: {{means: it knows, when: {RESTED}}}\n",
    }
    rules = read(lighter, edits=edits)
    silent = {name: each for name, each in WELL.items() if not name.startswith("hours")}
    step = next_question(silent, rules)
    assert step is not None
    assert (step.fact, [each.rule for each in step.why]) == (
        "hours_since_shoulder_day",
        ["lighter"],
    )
    assert next_question({**silent, "hours_since_shoulder_day": 1}, rules) is None
    assert next_question(silent, read(edits=edits)) is None


def test_says_how_to_build_up_once_a_day_where_it_says_something(read: Read) -> None:
    ramp = rule("build-up", "advise: {as: ramp, exercises: {gear: dumbbells}, say: Half first.}")
    rules = read(DAYS.replace("repeat: 3", "repeat: 1"), ramp)
    plan: Any = advise(WELL, rules).to_dict()
    days = [plan["session"], *plan["later"]]
    ramps = [[line["ramp"] for line in day["exercises"]] for day in days]
    assert ramps == [[["Half first."], []], [[], ["Half first."]]]


# Ladders.


def test_tells_the_rung_of_the_first_move_and_what_opens_the_next(read: Read) -> None:
    rules, others = read(LADDERS), frozenset({"overhead-press", "lateral-raise", "wall-slide"})
    below = first(rules, Wishes(without=others))["rung"]
    assert below == {
        "ladder": "press",
        "name": "the press",
        "at": 1,
        "of": 2,
        "opens_next": "Two weeks without pain.",
    }
    top = first(rules)["rung"]
    assert (top["at"], top["opens_next"]) == (2, "")
    assert first(rules, gear=[])["rung"] == {**below, "opens_next": ""}  # nothing to climb with
    assert first(rules, sore_after=["push_up", "overhead_press"])["rung"] is None


# Wishes.


def test_leaves_out_what_is_not_wanted_and_offers_it_nowhere(read: Read) -> None:
    rules, wishes = read(DAYS), Wishes(without=frozenset({"Push-up", "band-rotation"}))
    assert shown(rules, wishes) == {
        "A": ["overhead_press", "side_lying_rotation"],
        "B": ["side_lying_rotation", "lateral_raise"],
    }
    plan = advise(WELL, rules, wishes)
    assert '"push_up"' not in str(plan.to_dict()["session"]).replace("'", '"')
    assert plan.verdicts == advise(WELL, rules).verdicts
    assert "--without push_up --without band_rotation" in str(plan.to_dict()["command"])


def test_says_that_a_slot_is_empty_by_wish(shoulder: RuleBase) -> None:
    wishes = Wishes(without=frozenset({"band_rotation", "side_lying_rotation"}))
    (gap,) = first(shoulder, wishes)["empty_slots"]
    assert (gap["slot"], gap["reason"]) == ("cuff", "left_out")


def test_has_what_is_wanted_on_the_first_day_that_takes_it(read: Read) -> None:
    rules, wishes = read(DAYS), Wishes(including=frozenset({"wall_slide", "push_up"}))
    assert shown(rules, wishes) == {
        "A": ["push_up", "band_rotation"],
        "B": ["side_lying_rotation", "wall_slide"],
    }


@pytest.mark.parametrize(
    ("answers", "verdict", "why"),
    [
        ({"dislocated": True}, "avoid", "legday check overhead_press"),
        ({"gear": "unsure"}, "unresolved", "legday check overhead_press"),
    ],
)
def test_never_permits_by_a_wish(
    shoulder: RuleBase, answers: dict[str, object], verdict: str, why: str
) -> None:
    wishes = Wishes(including=frozenset({"overhead_press"}))
    plan: Any = advise({**WELL, **answers}, shoulder, wishes).to_dict()
    (told,) = plan["wishes"]["not_followed"]
    assert (told["exercise"], told["verdict"]) == ("overhead_press", verdict)
    assert why in told["say"]
    assert plan["session"] == advise({**WELL, **answers}, shoulder).to_dict()["session"]


@settings(max_examples=60)
@given(rules=rule_bases(), data=st.data())
def test_permits_no_more_whatever_is_wished(rules: RuleBase, data: st.DataObject) -> None:
    names = st.sets(st.sampled_from(sorted(rules.position)), max_size=3)
    without, including = data.draw(names), data.draw(names)
    wishes = Wishes(frozenset(without), frozenset(including - without))
    person = data.draw(st.sampled_from(list(everyone_said())))
    plain, wished = advise(person, rules), advise(person, rules, wishes)
    assert (plain.level, plain.verdicts) == (wished.level, wished.verdicts)
    assert len(plain.sessions) == len(wished.sessions)
    for one, other in zip(plain.sessions, wished.sessions, strict=True):
        there = [line.position for line in other.lines]
        assert all(wished.verdicts.allowed >> place & 1 for place in there)
        assert not {rules.exercises[place].id for place in there} & without
        assert len(other.lines) <= rules.session_at_most
        assert one.day == other.day


def test_takes_no_longer_than_there_is_time_but_keeps_the_first_work(read: Read) -> None:
    rules = read(edits=PACE)
    whole = first(rules)
    short = first(rules, Wishes(minutes=whole["minutes"] - 1))
    assert [line["slot"] for line in short["exercises"]] == ["main"]
    assert [(gap["slot"], gap["reason"]) for gap in short["empty_slots"]] == [("cuff", "minutes")]
    assert [line["slot"] for line in first(rules, Wishes(minutes=1))["exercises"]] == ["main"]
    prepared = {**PACE, "    name: Main move\n": "    name: Main move\n    work: no\n"}
    tiny = first(read(edits=prepared), Wishes(minutes=1))
    assert [line["slot"] for line in tiny["exercises"]] == ["cuff"]


def test_rejects_wishes_that_mean_nothing(shoulder: RuleBase) -> None:
    wishes = Wishes(frozenset({"push_up", "pushup_"}), frozenset({"push_up"}), 30, "stone")
    with pytest.raises(ValueError, match="unknown exercise") as error:
        advise(WELL, shoulder, wishes)
    assert str(error.value).splitlines() == [
        "unknown exercise `pushup_` (did you mean `push_up`?)",
        "`push_up` is wished for and left out: choose one",
        "this rule base does not say how long an exercise takes: no minutes",
        "`stone` is no unit of weights: `kg` or `lb`",
    ]


def test_gives_the_same_plan_again_from_its_command() -> None:
    wishes = (
        "--without",
        "Leg press",
        "--with",
        "goblet-squat",
        "--minutes",
        "40",
        "--units",
        "lb",
    )
    told = legday_json("plan", "--screened", "--age", "40", *wishes)
    assert told["wishes"]["without"] == ["leg_press"]
    assert told["session"]["minutes"] <= 40
    assert "--with goblet_squat --minutes 40 --units lb" in told["command"]
    assert legday_json(*shlex.split(told["command"])[1:]) == told


def test_rejects_a_wish_for_what_is_no_exercise() -> None:
    done = legday("plan", "--screened", "--age", "40", "--with", "goblet sqat", "--minutes", "30")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "error: unknown exercise `goblet sqat` (did you mean `goblet_squat`?)\n"


def test_prints_what_was_wished_and_cannot_be() -> None:
    clear = ("--screened", "--age", "40", "--disc-history", "yes", "--disc-when", "longer_ago")
    done = legday("plan", *clear, "--with", "leg_press")
    assert done.returncode == 0
    assert "`legday check leg_press`" in " ".join(done.stdout.split())


# Mistakes.


@pytest.mark.parametrize(
    ("added", "codes"),
    [
        (DAYS.replace("[cuff, main]", "[cuff, cuff, main]"), ["bad-days"]),
        (DAYS.replace("day: B", "day: A"), ["bad-days"]),
        (DAYS.replace("[cuff, main]", "[cuf, main]"), ["unknown-slot"]),
        (DAYS.replace(", cuff]", "]").replace("[cuff, ", "["), ["slot-on-no-day"]),
        (rule("x", "days: at least 1"), ["wrong-direction"]),
        (rule("x", "apart: [everything]"), ["bad-selector"]),
        (rule("x", "apart: [push_up, pull_up]"), ["unknown-exercise"]),
        (rule("x", "advise: {as: ramp, say: Half first.}"), ["bad-advice"]),
        (rule("x", "dose: {sets: at most 2, percent_of: usual}"), ["bad-cap"]),
        (rule("x", "dose: {lower_seconds: at most 2}"), ["wrong-direction"]),
        (LADDERS.replace("[push_up]", "[pull_up]"), ["unknown-exercise"]),
        (LADDERS.replace("[push_up]", "[overhead_press]"), ["bad-ladder"]),
        (LADDERS.replace(", opens: Two weeks without pain.", ""), ["bad-ladder"]),
    ],
)
def test_rejects(read: Read, added: str, codes: list[str]) -> None:
    with pytest.raises(RuleBaseError) as error:
        read(added)
    assert [each.code for each in error.value.problems] == codes


def test_rejects_a_finding_that_does_not_exist(read: Read) -> None:
    with pytest.raises(RuleBaseError) as error:
        read(edits={"session: {at_most: 2}": "session: {at_most: 2, weights_when: knows}"})
    assert [each.code for each in error.value.problems] == ["unknown-fact"]


def test_has_days_in_the_shipped_rules() -> None:
    rules = load_rules()
    assert len(rules.routine) == 2
    assert replace(rules, days=()).routine[0].slots == tuple(slot.id for slot in rules.slots)
