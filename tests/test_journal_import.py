"""Histories of other apps: each layout from a file as that app writes it, and what is odd in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from running import ROOT, inside, legday_json
from terminal_session import Session as Terminal

from advisor.answers import AnswerError
from advisor.journal.importing import add_history, kept_names, nearest, read_maps, unmatched
from advisor.journal.layouts import read_history, rows_of, text_of, when
from advisor.journal.records import sessions_of
from advisor.journal.sets import sets_words
from advisor.journal.store import begin, opened
from advisor.rulebase.shapes import RuleBase

LOGS = ROOT / "tests" / "logs"
NOW = "2026-01-02T12:00"
HEVY = "title,start_time,end_time,exercise_title,set_index,set_type,weight_kg,reps,rpe\n"
# File, app, unit to give, and of each session when it began and what was done.
FILES = [
    ("hevy", "Hevy", None, {"2025-12-22T08:00": {
        "barbell_back_squat": "1x10@20kg (warm-up), 1x8@60kg/2, 1x12@42.5kg/0 (drop)",
        "leg_press": "1x10@100kg (failure)",
        "plank": "1x45s"}}),
    ("strong-old", "Strong", "lb", {"2025-11-03T18:30": {
        "barbell_back_squat": "1x10@20.4kg (warm-up), 1x8@61.2kg/2, 1x12@43.1kg (drop)",
        "plank": "1x30s"}}),
    ("strong-ios", "Strong", None, {"2025-11-05T07:15": {
        "goblet_squat": "1x10@16kg, 1x9@16kg/3, 1x8@16kg (failure)"}}),
    ("strong-android", "Strong", None, {"2025-11-07T19:00": {
        "romanian_deadlift": "2x8@42.5kg", "glute_bridge": "1x12"}}),
    ("strong-6", "Strong", None, {"2025-11-09T10:00": {
        "barbell_hip_thrust": "1x10@80kg, 1x9@80kg/1"}}),
    ("fitnotes-android", "FitNotes", None, {"2025-10-01": {
        "barbell_back_squat": "2x5@45.4kg", "plank": "1x90s"}}),
    ("fitnotes-ios", "FitNotes", None, {"2025-10-03": {
        "leg_press": "1x12@60kg (warm-up), 1x10@90kg", "leg_extension": "1x12@24.9kg"}}),
    ("liftlog", "LiftLog", None, {"2025-09-12T17:04": {
        "deadlift": "1x6@70kg, 1x5@70kg", "goblet_squat": "1x10@20kg"}}),
]  # fmt: skip


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    path = tmp_path / "me.sqlite"
    begin(path)
    return path


def log(name: str) -> str:
    return text_of((LOGS / f"{name}.csv").read_bytes())


def held(journal: Path) -> dict[str, dict[str, str]]:
    with opened(journal) as book:
        return {
            each.started: {name: sets_words(sets) for name, sets in each.sets_of().items()}
            for each in sessions_of(book)
        }


@pytest.mark.parametrize("file", FILES, ids=lambda each: each[0])
def test_reads_each_layout_and_the_same_file_twice_adds_nothing(
    file: tuple[str, str, str | None, dict[str, dict[str, str]]], journal: Path, rules: RuleBase
) -> None:
    name, app, units, sessions = file
    history = read_history(log(name), units)
    assert history.app == app
    for new in (len(sessions), 0):
        with opened(journal) as book:
            done = add_history(book, history, {}, rules, NOW)
        assert done.sessions == new
        assert (done.sets > 0) == (new > 0)
        assert held(journal) == sessions
    with opened(journal) as book:
        assert [row["app"] for row in book.rows("SELECT * FROM import")] == [app]


@pytest.mark.parametrize("name", [each[0] for each in FILES])
def test_reads_a_file_whatever_the_order_of_its_columns(name: str) -> None:
    text = log(name)
    turned = "\n".join(";".join(f'"{cell}"' for cell in reversed(row)) for _, row in rows_of(text))
    assert read_history(turned, "lb").sets == read_history(text, "lb").sets


def test_keeps_a_set_that_grew_and_adds_only_what_is_new(journal: Path, rules: RuleBase) -> None:
    text = log("strong-ios")
    longer = text + '2025-11-08 07:15:00,"Morning",45m,"Glute Bridge",1,,,12,,,,0,"",""\n'
    for each in (text, longer):
        with opened(journal) as book:
            add_history(book, read_history(each, None), {}, rules, NOW)
    assert [*held(journal)] == ["2025-11-05T07:15", "2025-11-08T07:15"]


def test_refuses_a_weight_without_a_unit_and_takes_the_one_that_is_given() -> None:
    with pytest.raises(AnswerError) as caught:
        read_history(log("strong-old"), None)
    first = "line 2: the weight `45.0` has no unit (give `--units kg` or `--units lb`)"
    assert caught.value.problems[0] == first
    assert len(caught.value.problems) == 3
    assert [each.done.kg for each in read_history(log("strong-old"), "kg").sets][:2] == [45, 135]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("22 Dec 2025, 08:00", "2025-12-22T08:00"),
        ("22 déc. 2025, 08:00", "2025-12-22T08:00"),
        ("3 de ago. de 2025, 19:30", "2025-08-03T19:30"),
        ("1. März 2025 um 07:05", "2025-03-01T07:05"),
        ("5 juil. 2025, 7:05", "2025-07-05T07:05"),
        ("Dec 22, 2025, 8:00 PM", "2025-12-22T20:00"),
        ("Dec 22, 2025, 12:10 AM", "2025-12-22T00:10"),
        ("2025-12-22 08:00:59", "2025-12-22T08:00"),
        ("2025-12-22T08:00:59.123Z", "2025-12-22T08:00"),
        ("22.12.2025 08:00", "2025-12-22T08:00"),
        ("2025-12-22", "2025-12-22"),
    ],
)
def test_reads_a_day_as_apps_write_it(written: str, read: str) -> None:
    assert when(written) == read


@pytest.mark.parametrize(
    "written", ["01/02/2025", "2025-13-01", "soon", "", "22 Foo 2025", "30 Feb 2025"]
)
def test_refuses_a_day_that_can_be_read_two_ways_or_none(written: str) -> None:
    with pytest.raises(ValueError, match="is no day that can be read one way"):
        when(written)


def test_tells_every_problem_of_a_file_with_its_line() -> None:
    rows = [
        "L,01/02/2025,,Plank,0,normal,,10,",
        "L,22 Dec 2025,,Plank,0,normal,heavy,10,",
        "L,22 Dec 2025,,Plank,0,normal,10,2.5,",
        "L,22 Dec 2025,,Plank,0,normal,10,8,",
    ]
    with pytest.raises(AnswerError) as caught:
        read_history(HEVY + "\n".join(rows), None)
    assert [re.sub(r" \(.*", "", each) for each in caught.value.problems] == [
        "line 2: `01/02/2025` is no day that can be read one way",
        "line 3: `heavy` is no number in `weight_kg`",
        "line 4: `2.5` is no whole number in `reps`",
    ]


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "Datum;Übung;Satz\n1;2;3\n"])
def test_refuses_a_header_of_no_known_app(text: str) -> None:
    with pytest.raises(AnswerError, match="the header is of no app that is known"):
        read_history(text, None)


def test_takes_no_unit_but_pounds_and_kilograms() -> None:
    text = "SessionId,Timestamp,Exercise,Weight,WeightUnit,Reps\na,2025-01-01,Plank,10,st,5\n"
    with pytest.raises(AnswerError, match="line 2: `st` is no unit of weights"):
        read_history(text, None)


def test_names_what_matches_nothing_once_with_the_three_nearest(journal: Path) -> None:
    words = ("journal", "import", str(LOGS / "hevy.csv"), "--journal", str(journal))
    done = inside(*words)
    assert (done.returncode, done.stdout) == (0, "Added 5 sets, 1 new session, from Hevy.\n")
    (line,) = done.stderr.splitlines()
    assert line.startswith("warning: left out `Bench Press (Barbell)` (2 sets): no exercise has")
    assert len(re.findall(r"`[a-z_]+`", line.partition("nearest: ")[2])) == 3


def test_keeps_what_was_chosen_for_a_name(journal: Path) -> None:
    words = ("journal", "import", str(LOGS / "hevy.csv"), "--journal", str(journal))
    inside(*words)
    done = inside(*words, "--map", "Bench Press (Barbell)=glute bridge")
    assert (done.stdout, done.stderr) == ("Added 2 sets, 1 new session, from Hevy.\n", "")
    again = inside(*words)
    assert (again.stdout, again.stderr) == ("Nothing in it is new.\n", "")
    assert held(journal)["2025-12-24T18:05"] == {"glute_bridge": "1x8@50kg"}


def test_leaves_a_name_out_for_good(journal: Path, rules: RuleBase) -> None:
    words = ("journal", "import", str(LOGS / "hevy.csv"), "--journal", str(journal))
    assert inside(*words, "--map", "Bench Press (Barbell)=none").stderr == ""
    assert inside(*words).stderr == ""
    with opened(journal) as book:
        assert kept_names(book, rules) == {"Bench Press (Barbell)": None}


def test_rejects_every_wrong_map_at_once(rules: RuleBase) -> None:
    history = read_history(log("hevy"), None)
    with pytest.raises(AnswerError) as caught:
        read_maps(["Bench=plank", "Plank=plonk", "Plank"], history, rules)
    assert [each[:32] for each in caught.value.problems] == [
        "`--map`: no `Bench` in the file ",
        "`--map`: unknown exercise `plonk",
        "`--map`: no `Plank` in the file ",
    ]


def test_asks_for_each_name_at_a_terminal_and_keeps_the_answer(
    journal: Path, rules: RuleBase
) -> None:
    words = ("journal", "import", str(LOGS / "hevy.csv"), "--journal", str(journal))
    with Terminal(*words) as person:
        assert "Bench Press (Barbell): 1 " in person.prompt()
        assert "unknown exercise `zzz`" in person.say("zzz")
        person.type("2\n")
        assert "Added 7 sets" in person.end()
    with opened(journal) as book:
        second = nearest("Bench Press (Barbell)", rules)[1]
        assert kept_names(book, rules) == {"Bench Press (Barbell)": second}


def test_guesses_no_name(rules: RuleBase) -> None:
    history = read_history(HEVY + "L,1 Jan 2025,,Squats maybe,0,normal,10,5,\n", None)
    assert unmatched(history, {}, rules) == {"Squats maybe": 1}


def test_begins_no_journal_without_a_yes(tmp_path: Path) -> None:
    words = ("journal", "import", str(LOGS / "hevy.csv"), "--journal", str(tmp_path / "me.sqlite"))
    done = inside(*words)
    assert done.returncode == 2
    assert done.stderr.startswith("error: there is no journal at ")
    assert [*tmp_path.iterdir()] == []
    assert inside(*words, "--keep").returncode == 0
    document = legday_json("progress", "--journal", str(tmp_path / "me.sqlite"))
    assert document["exercises"]["barbell_back_squat"] == [
        {"date": "2025-12-22", "kg": 60.0, "reps": 8}
    ]
