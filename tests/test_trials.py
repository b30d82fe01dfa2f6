"""One change, tried for so many days: begun, honored, asked for, and what its answer means."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from running import SHOULDER, inside

CALM = ("--alarm-signs", "none", "--shoulder-pain", "2", "--dislocated", "no")
SORE = (*CALM, "--sore-after", "overhead_press", "--gear", "dumbbells")


class Trying:
    """A person with a suspect, and a journal."""

    def __init__(self, path: Path) -> None:
        self.flags = ("--rules", SHOULDER, "--journal", str(path))
        assert inside("plan", *self.flags, *SORE, "--keep").returncode == 0

    def start(self, day: str = "2026-11-01", code: int = 0) -> str:
        done = inside("troubleshoot", *self.flags, *SORE, "--start", "--date", day)
        assert done.returncode == code, done.stderr
        return done.stderr

    def today(self, day: str, *words: str, code: int = 0) -> Any:  # noqa: ANN401 - JSON is anything
        said = (*CALM, "--sore-after", "none", "--date", day, *words, "--format", "json")
        done = inside("today", *self.flags, *said)
        assert done.returncode == code, done.stderr
        return json.loads(done.stdout) if code == 0 else done.stderr, done.stderr


@pytest.fixture
def trying(tmp_path: Path) -> Trying:
    return Trying(tmp_path / "me.sqlite")


def test_leaves_the_exercise_out_of_the_session_and_changes_no_verdict(trying: Trying) -> None:
    before, _ = trying.today("2026-11-02")
    assert "trial begun:" in trying.start()
    plan, _ = trying.today("2026-11-02")
    assert plan["running_trial"]["exercise"] == "overhead_press"
    assert plan["running_trial"]["day"] == 2
    assert plan["verdicts"] == before["verdicts"]
    chosen = [
        [each["exercise"] for each in each["session"]["exercises"]] for each in (before, plan)
    ]
    assert ["overhead_press" in each for each in chosen] == [True, False]


def test_begins_one_trial_at_a_time(trying: Trying) -> None:
    trying.start()
    assert "a trial is under way until" in trying.start(code=2)


def test_says_when_it_is_over_and_what_its_answer_means(trying: Trying) -> None:
    trying.start()
    assert not trying.today("2026-11-10")[0]["running_trial"]["due"]
    assert trying.today("2026-11-20")[0]["running_trial"]["due"]
    plan, told = trying.today("2026-11-20", "--trial", "helped")
    assert "this is likely the cause" in told
    assert plan["running_trial"] is None
    assert trying.today("2026-11-20", "--trial", "helped", code=2)


def test_progress_shows_the_trial(trying: Trying) -> None:
    trying.start()
    done = inside("progress", *trying.flags, "--date", "2026-11-04", "--format", "json")
    trial = json.loads(done.stdout)["trial"]
    assert (trial["begun"], trial["day"], trial["result"]) == ("2026-11-01", 4, None)


def test_does_not_begin_what_nothing_points_to(trying: Trying) -> None:
    well = (*CALM, "--sore-after", "none", "--start")
    done = inside("troubleshoot", *trying.flags, *well)
    assert (done.returncode, done.stderr) == (
        2,
        "error: nothing is suspected, so there is no trial to begin\n",
    )
