"""The next session from a journal: what is asked again, what is due, what moved and why."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest
from running import SHOULDER, inside
from terminal_session import Session as Terminal

PERSON = (
    *("--screened", "--experience", "some", "--equipment", "dumbbells,bench_or_step"),
    *("--age", "40", "--hip-mobility", "good", "--core-bracing", "yes", "--hips-lift", "no"),
    *("--balance", "good", "--recent-load-jump", "no", "--sessions-per-week", "2"),
    *("--falls", "no", "--hours-since-leg-day", "1000"),
)
DONE = {"A": ("goblet-squat=2x8@20/2", "split-squat=2x10@12/2"), "B": ("step-up=2x10@20/2",)}


class Weeks:
    """A journal of the shipped rule base, played from day to day of November."""

    def __init__(self, path: Path) -> None:
        self.flags = ("--journal", str(path))
        self.path = path
        self.run("plan", *PERSON, "--keep")
        self.age("2026-10-31T10:00")

    def run(self, *words: str, code: int = 0) -> str:
        done = inside(*words, *self.flags)
        assert done.returncode == code, done.stderr + done.stdout
        return done.stdout if code != 2 else done.stderr

    def age(self, since: str) -> None:
        with sqlite3.connect(self.path) as book:
            book.execute("UPDATE answer SET since = ?", [since])
        book.close()

    def train(self, day: int, which: str = "A", *, morning: int | None = 0) -> None:
        did = [word for each in DONE[which] for word in ("--did", each)]
        felt = ("--before", "0", "--during", "1")
        self.run("log", "--date", f"2026-11-{day:02}T18:00", "--day", which, *did, *felt)
        if morning is not None:
            told = ("--date", f"2026-11-{day + 1:02}T08:00", "--next-morning", str(morning))
            self.run("log", *told)

    def today(self, day: int, *words: str, code: int = 0) -> Any:  # noqa: ANN401 - JSON is anything
        flags = ("--screened", "--recent-load-jump", "no", "--date", f"2026-11-{day:02}T18:00")
        return json.loads(self.run("today", *flags, *words, "--format", "json", code=code))

    def page(self, day: int, code: int = 0) -> str:
        flags = ("--screened", "--recent-load-jump", "no", "--date", f"2026-11-{day:02}T18:00")
        return " ".join(self.run("today", *flags, code=code).split())


@pytest.fixture
def weeks(tmp_path: Path) -> Weeks:
    return Weeks(tmp_path / "me.sqlite")


def line(plan: Any, exercise: str) -> Any:  # noqa: ANN401 - JSON is anything
    return next(each for each in plan["session"]["exercises"] if each["exercise"] == exercise)


def test_goes_up_after_two_good_times_and_quiet_mornings(weeks: Weeks) -> None:
    for day, which in ((2, "A"), (5, "B"), (9, "A"), (12, "B")):
        weeks.train(day, which)
    plan = weeks.today(16)
    squat = line(plan, "goblet_squat")
    assert (squat["load"]["kg"], squat["reps"]) == (22, 6)
    (since,) = (each for each in plan["since"] if each["exercise"] == "goblet_squat")
    assert (since["was"], since["now"]) == ("2 x 8 at 20 kg", "2 x 6 at 22 kg")
    assert since["rule"] == "scheme"
    assert "8 reps with 2 in reserve twice, and 2 quiet mornings" in weeks.page(16)


def test_a_step_that_is_a_large_part_asks_for_more_in_reserve(weeks: Weeks) -> None:
    for day, which in ((2, "A"), (5, "B"), (9, "A"), (12, "B")):
        weeks.train(day, which)
    plan = weeks.today(16)  # 12 to 14 kg would be a sixth more
    assert line(plan, "split_squat")["load"]["kg"] == 12
    for day in (16, 23):
        more = ("--did", "split squat=2x10@12/3", "--edit")
        weeks.train(day, "A")
        weeks.run("log", "--date", f"2026-11-{day}T18:00", *more)
        weeks.train(day + 3, "B")
    plan = weeks.today(30)
    split = line(plan, "split_squat")
    assert (split["load"]["kg"], split["reps"]) == (14, 5)
    (since,) = (each for each in plan["since"] if each["exercise"] == "split_squat")
    assert "10 reps with 3 in reserve twice" in since["why"]


def test_takes_the_smallest_step_there_is(tmp_path: Path) -> None:
    weeks = Weeks(tmp_path / "me.sqlite")
    for day in (2, 9):
        weeks.train(day, "A")
        weeks.run(
            *("log", "--date", f"2026-11-{day:02}T18:00", "--edit"),
            *("--did", "goblet squat=3x8@16/2"),
        )
        weeks.train(day + 3, "B")
    plan = weeks.today(16)
    squat = line(plan, "goblet_squat")
    assert (squat["load"]["kg"], squat["reps"]) == (18, 5)
    (since,) = (each for each in plan["since"] if each["exercise"] == "goblet_squat")
    assert since["was"] == "3 x 8 at 16 kg"


def test_tells_the_weight_of_a_part_of_what_is_usual(weeks: Weeks) -> None:
    for day, which in ((2, "A"), (5, "B"), (9, "A"), (12, "B")):
        weeks.train(day, which)
    sore = ("--back-pain", "2", "--pain-trend", "same", "--pain-quality", "dull")
    plan = weeks.today(16, *sore, "--leg-symptoms", "none")
    step_up = line(plan, "step_up")
    assert (step_up["load"]["percent"], step_up["load"]["kg"]) == (70, 14)
    (since,) = (each for each in plan["since"] if each["exercise"] == "step_up")
    assert (since["was"], since["now"]) == ("2 x 10 at 20 kg", "2 x 10 at 14 kg")
    assert since["rule"] == "pain-less-weight"


def test_holds_after_a_morning_that_nobody_recorded(weeks: Weeks) -> None:
    for day, which, morning in ((2, "A", 0), (5, "B", 0), (9, "A", 0), (12, "B", None)):
        weeks.train(day, which, morning=morning)
    plan = weeks.today(16)
    assert (plan["since"], plan["unrecorded_morning"]) == ([], "2026-11-12")
    assert line(plan, "goblet_squat")["load"]["kg"] == 20
    said = "The morning after Thursday, November 12 was not recorded; staying where you are."
    assert said in weeks.page(16)


def test_steps_back_after_a_morning_that_was_sorer(weeks: Weeks) -> None:
    for day, which, morning in ((2, "A", 0), (5, "B", 3)):
        weeks.train(day, which, morning=morning)
    plan = weeks.today(9)
    since = {each["exercise"]: (each["now"], each["rule"]) for each in plan["since"]}
    assert since["goblet_squat"] == ("Bodyweight squat", "journal-step-back")


def test_sends_to_somebody_after_two_step_backs(weeks: Weeks) -> None:
    weeks.train(2, "A", morning=3)
    weeks.train(5, "B", morning=3)
    plan = weeks.today(9, code=3)
    assert (plan["level"], plan["session"]) == ("professional", None)
    assert plan["level_reasons"] == ["journal-two-step-backs-see-somebody"]
    assert "Two leg days in a row were too much for your back." in weeks.page(9, code=3)


def test_says_until_when_to_wait(weeks: Weeks) -> None:
    weeks.train(2, "A")
    plan = weeks.today(3)
    assert plan["wait_until"] == "2026-11-04T18:00"
    assert "Wait until Wednesday, November 4, 18:00" in weeks.page(3)
    assert weeks.today(5)["wait_until"] is None


def test_begins_with_the_day_that_is_due(weeks: Weeks) -> None:
    weeks.train(2, "A")
    plan = weeks.today(5)
    assert [plan["session"]["day"], *(each["day"] for each in plan["later"])] == ["B", "A"]


def test_asks_again_what_is_only_good_for_a_day(weeks: Weeks) -> None:
    weeks.train(2, "A")
    done = inside("today", *weeks.flags, "--date", "2026-11-05T18:00", "--format", "json")
    plan = json.loads(done.stdout)
    assert (done.returncode, plan["status"]) == (4, "incomplete")
    open_now = {each["fact"] for each in plan["open_questions"]}
    assert {"emergency_signs", "urgent_signs", "back_pain"} <= open_now & {*plan["asked_again"]}
    assert "equipment" not in plan["asked_again"]


def test_keeps_an_answer_that_is_said_again(weeks: Weeks) -> None:
    weeks.age("2026-01-01T10:00")
    said = ("--date", "2026-11-05T18:00", *PERSON, "--keep", "--format", "json")
    weeks.run("today", *said)
    plan = weeks.today(6)
    assert "equipment" not in plan["asked_again"]
    assert plan["answers"]["experience"] == "some"


def test_an_age_grows_by_itself(weeks: Weeks) -> None:
    weeks.age("2024-10-01T10:00")
    assert weeks.today(2, "--experience", "some")["answers"]["age"] == 42


def test_the_careful_one_of_two_that_disagree_counts(weeks: Weeks) -> None:
    weeks.train(2, "A")
    plan = weeks.today(5, "--hours-since-leg-day", "20")
    assert plan["differing"] == [
        {"fact": "hours_since_leg_day", "answered": "20", "observed": "72", "counts": "20"}
    ]
    assert plan["schedule"]["ready_in_hours"] == 28


def test_begins_with_less_after_a_break(weeks: Weeks) -> None:
    weeks.train(2, "A")
    weeks.train(4, "B")
    assert line(weeks.today(20), "goblet_squat")["load"]["kg"] == 16


def test_is_lighter_after_many_sessions_in_a_row(weeks: Weeks) -> None:
    for day in range(1, 24, 2):
        weeks.train(day, "AB"[day % 4 // 2])
    plan = weeks.today(25)
    assert plan["lighter"]
    assert all(each["was"] != each["now"] for each in plan["since"])


def test_needs_a_journal(tmp_path: Path) -> None:
    done = inside("today", "--journal", str(tmp_path / "none.sqlite"))
    assert done.returncode == 2
    assert "there is no journal at" in done.stderr


def test_runs_on_another_rule_base(tmp_path: Path) -> None:
    calm = ("--alarm-signs", "none", "--shoulder-pain", "0", "--sore-after", "none")
    flags = ("--rules", SHOULDER, "--journal", str(tmp_path / "me.sqlite"))
    done = inside("plan", *flags, *calm, "--dislocated", "no", "--gear", "dumbbells", "--keep")
    assert done.returncode == 0
    logged = ("--did", "overhead press=3x10@10/2", "--before", "0", "--during", "0")
    assert inside("log", *flags, "--date", "2026-11-02T18:00", *logged).returncode == 0
    inside("log", *flags, "--date", "2026-11-03T18:00", "--next-morning", "3")
    done = inside("today", *flags, *calm, "--date", "2026-11-05T18:00", "--format", "json")
    (since,) = json.loads(done.stdout)["since"]
    assert (since["now"], since["rule"]) == ("3 x 10 at 8 kg", "setback-steps-back")


def test_walks_through_the_session_and_keeps_each_set_at_once(tmp_path: Path) -> None:
    calm = ("--alarm-signs", "none", "--shoulder-pain", "0", "--sore-after", "none")
    flags = ("--rules", SHOULDER, "--journal", str(tmp_path / "me.sqlite"))
    kept = ("--dislocated", "no", "--gear", "dumbbells", "--keep")
    assert inside("plan", *flags, *calm, *kept).returncode == 0
    said = (*flags, *calm, "--follow", "--date", "2026-11-02T18:00", "--no-bell")

    def sets() -> Any:  # noqa: ANN401 - JSON is anything
        shown = inside("journal", "show", *flags, "--format", "json").stdout
        return json.loads(shown)["sessions"][0]["exercises"]

    with Terminal("today", *said) as person:
        assert "Before this session." in person.prompt()
        assert "Overhead press, set 1 of 3: 10/2 (Enter: as planned) > " in person.say("1")
        assert "set 2 of 3" in person.say("")
        assert sets() == {"overhead_press": "1x10/2"}
        assert "Enter as planned" in person.say("eleven")
        assert "set 3 of 3" in person.say("8")
        person.send(b"\x04")  # broken off, as by a crash
    with Terminal("today", *said) as person:
        assert "set 3 of 3" in person.prompt()
        assert "Side-lying rotation, set 1 of 2" in person.say("hurts 3")
        assert "The worst during it." in person.say("stop")
        person.type("2\n")
        person.end()
    assert sets() == {"overhead_press": "1x10/2, 1x8, 1x10/2"}


KILLS = 8


def test_loses_no_set_when_killed_in_the_middle_of_a_session(tmp_path: Path) -> None:
    """Killed at random moments, it goes on where it stood; what it has asked after is kept."""
    chance, done = random.Random(5), 0
    calm = ("--alarm-signs", "none", "--shoulder-pain", "0", "--sore-after", "none")
    flags = ("--rules", SHOULDER, "--journal", str(tmp_path / "me.sqlite"))
    kept = ("--dislocated", "no", "--gear", "dumbbells", "--keep")
    assert inside("plan", *flags, *calm, *kept).returncode == 0
    for _ in range(KILLS):
        with Terminal("today", *flags, *calm, "--follow", "--date", "2026-11-02") as person:
            asked = person.prompt()
            if "Before this session" in asked:
                asked = person.say("1")
            if ", set " in asked and chance.random() < 0.5:
                person.say("")
                done += 1
            person.type("\n")
            time.sleep(chance.random() * 0.02)
            os.kill(person.pid, signal.SIGKILL)
            person.end()
        shown = json.loads(inside("journal", "show", *flags, "--format", "json").stdout)
        sets = [each for one in shown["sessions"] for each in one["exercises"].values()]
        number = sum(int(each.partition("x")[0]) for each in sets)
        assert done <= number <= done + 1
        done = number


def test_keeps_nothing_that_was_only_asked_for_today(weeks: Weeks) -> None:
    before = weeks.path.read_bytes()
    weeks.today(2)
    weeks.page(2)
    assert weeks.path.read_bytes() == before


def test_takes_another_exercise_where_one_is_taken(tmp_path: Path) -> None:
    calm = ("--alarm-signs", "none", "--shoulder-pain", "0", "--sore-after", "none")
    flags = ("--rules", SHOULDER, "--journal", str(tmp_path / "me.sqlite"))
    kept = ("--dislocated", "no", "--gear", "dumbbells", "--keep")
    assert inside("plan", *flags, *calm, *kept).returncode == 0
    with Terminal("today", *flags, *calm, "--follow", "--date", "2026-11-02") as person:
        assert "Before this session." in person.prompt()
        assert "Overhead press, set 1" in person.say("")
        assert "Lateral raise, set 1 of 3" in person.say("taken")
        assert "Lateral raise, set 2 of 3" in person.say("")
        person.send(b"\x04")  # broken off, as by a crash
    with Terminal("today", *flags, *calm, "--follow", "--date", "2026-11-02") as person:
        person.prompt()
        assert "Lateral raise, set 2 of 3" in person.say("")


def test_follows_only_at_a_terminal(weeks: Weeks) -> None:
    assert "`--follow` goes set by set" in weeks.run("today", "--follow", code=2)


def test_steps_back_an_exercise_that_was_not_done_since(weeks: Weeks) -> None:
    weeks.train(2, "A", morning=3)  # a rise of three points, after the goblet squat
    weeks.train(5, "B")
    plan = weeks.today(9)
    (since,) = (each for each in plan["since"] if each["exercise"] == "goblet_squat")
    assert (since["now"], since["rule"]) == ("2 x 8 at 16 kg", "journal-step-back")


def test_begins_each_exercise_with_less_after_a_break(weeks: Weeks) -> None:
    for day, which in ((1, "A"), (3, "B"), (20, "A")):
        weeks.train(day, which)
    assert line(weeks.today(23), "step_up")["load"]["kg"] <= 16  # 20, before the break


def test_does_not_grow_from_sets_that_were_cut_short(weeks: Weeks) -> None:
    for day, which in ((2, "A"), (5, "B"), (9, "A"), (12, "B")):
        weeks.train(day, which)
        if which == "A":
            short = ("--did", "goblet squat=1x8@20/2", "--edit")
            weeks.run("log", "--date", f"2026-11-{day:02}T18:00", *short)
    squat = line(weeks.today(16), "goblet_squat")
    assert (squat["load"]["kg"], squat["sets"]) == (20, 2)


@pytest.mark.parametrize("accessible", ["", "1"])
def test_shows_the_drawing_of_each_exercise_to_whom_can_see_it(
    weeks: Weeks, accessible: str
) -> None:
    said = (*PERSON, "--goal", "general", "--date", "2026-11-09T18:00")
    flags = (*weeks.flags, *said, "--follow", "--no-bell")
    variables = {"LC_ALL": "C.UTF-8", "ACCESSIBLE": accessible}
    with Terminal("today", *flags, width=110, **variables) as person:
        person.until("Before this session")
        person.type("0\n")
        shown = person.until(", set 1 of ")
    assert any("\u2801" <= letter <= "\u28ff" for letter in shown) is not bool(accessible)


@pytest.mark.parametrize("since", ["2026-11-20T10:00", "2026-03-01T10:00"], ids=["good", "aged"])
def test_one_word_never_undoes_a_slipped_disc_that_was_told(tmp_path: Path, since: str) -> None:
    path = tmp_path / "me.sqlite"
    told = ("--disc-history", "yes", "--told-to-avoid", "goblet_squat")
    told += ("--equipment", "leg_press,dumbbells")
    person = ("--screened", "--age", "45", "--hip-mobility", "good", "--hips-lift", "no", *told)
    assert inside("plan", *person, "--journal", str(path), "--keep").returncode == 0
    with sqlite3.connect(path) as book:
        book.execute("UPDATE answer SET since = ?", (since,))
    today = ("today", "--screened", "--journal", str(path), "--date", "2026-11-21T10:00", "--keep")
    for _ in range(3):  # each time, what is stated clear is kept
        plan = json.loads(inside(*today, "--format", "json").stdout)
        assert plan["answers"].get("disc_history") is not False
        for exercise in ("leg_press", "goblet_squat"):
            assert plan["verdicts"][exercise]["verdict"] in ("avoid", "unresolved")
