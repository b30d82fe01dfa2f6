"""What was done and how it was taken: kept, logged, mended, looked at, taken along."""

from __future__ import annotations

import csv
import io
import json
import re
import stat
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from running import SHOULDER, inside
from terminal_session import Session as Terminal

from advisor.cli.app import run
from advisor.cli.environment import Environment
from advisor.report.journal import bars

CALM = (
    "--alarm-signs",
    "none",
    "--shoulder-pain",
    "1",
    "--dislocated",
    "no",
    "--sore-after",
    "none",
)
PLAN = ("plan", *CALM, "--gear", "dumbbells", "--keep")
AS_PLANNED = {"overhead_press": "3x10/2", "side_lying_rotation": "2x12/3"}


class Book:
    """A journal of the small rule base, and the commands on it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.flags = ("--rules", SHOULDER, "--journal", str(path))

    def run(self, *words: str, code: int = 0) -> str:
        done = inside(*words, *self.flags)
        assert done.returncode == code, done.stderr
        return done.stdout if code == 0 else done.stderr

    def log(self, *words: str, code: int = 0) -> str:
        return self.run("log", *words, code=code)

    def json(self, *words: str) -> Any:  # noqa: ANN401 - JSON is anything
        return json.loads(self.run(*words, "--format", "json"))

    def sessions(self) -> dict[str, dict[str, str]]:
        shown = self.json("journal", "show")["sessions"]
        return {each["date"]: each["exercises"] for each in shown}

    def export(self) -> str:
        done = inside("journal", "export", "--journal", str(self.path))
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout


@pytest.fixture
def book(tmp_path: Path) -> Book:
    made = Book(tmp_path / "me.sqlite")
    made.run(*PLAN)
    return made


def full(book: Book) -> Book:
    """Two weeks of a person, with all that a journal can hold."""
    history = book.path.with_name("history.csv")
    history.write_text(
        "SessionId,Timestamp,Exercise,Weight,WeightUnit,Reps\n"
        "a,2024-10-01T10:00,Push-up,,,9\na,2024-10-01T10:05,Bench,40,lb,9\n"
    )
    book.run("journal", "import", str(history), "--map", "Bench=overhead press")
    book.log("--all-as-planned", "--before", "2", "--during", "3", "--date", "2024-11-02T18:30")
    book.log("--next-morning", "2", "--date", "2024-11-03")
    note = 'so so, "as ever";\nnext time: less'
    book.log("--did", "press=2x8@12,5/1", "--did", "overhead press=1x6@10", "--note", note,
             "--before", "1", "--during", "2", "--date", "2024-11-05", code=2)  # fmt: skip
    book.log("--did", "military press=2x8@12,5/1", "--did", "overhead press=1x6@10", "--note", note,
             "--before", "1", "--during", "2", "--date", "2024-11-05")  # fmt: skip
    book.log("--next-morning", "1", "--date", "2024-11-06")
    book.log("--did", "push_up=3x12", "--during", "0", "--day", "A", "--date", "2024-11-09")
    return book


def test_begins_with_the_answers_of_a_plan(tmp_path: Path) -> None:
    book = Book(tmp_path / "me.sqlite")
    with Terminal(*PLAN, *book.flags) as person:
        assert f"kept 5 answers in `{book.path}`\n" in person.end()
    answers = {each["fact"]: each["value"] for each in book.json("journal", "show")["answers"]}
    assert answers == {
        "alarm_signs": [],
        "shoulder_pain": 1,
        "dislocated": False,
        "gear": ["dumbbells"],
        "sore_after": [],
    }


def on(day: date, *words: str) -> None:
    """Run a command on a day; nothing is said on standard error."""
    err = StringIO()
    assert run([*words], Environment(StringIO(), StringIO(), err, {}, day)) == 0
    assert err.getvalue() == ""


def test_keeps_only_the_answers_that_differ_each_with_its_date(book: Book) -> None:
    words = ("plan", "--screened", "--shoulder-pain", "2", "--gear", "dumbbells", "--keep")
    for day in (5, 6):
        on(date(2090, 1, day), *words, *book.flags)
    shown = {each["fact"]: each for each in book.json("journal", "show")["answers"]}
    assert shown["shoulder_pain"]["value"] == 2
    assert shown["shoulder_pain"]["since"] == "2090-01-06T12:00"  # good for the day, said again
    assert shown["gear"]["since"] == "2090-01-05T12:00"  # said again after it had aged
    changed = {fact for fact, each in shown.items() if each["since"] > "2090"}
    assert changed == {"alarm_signs", "shoulder_pain", "gear"}
    rows = [json.loads(line) for line in book.export().splitlines()]
    assert [each["value"] for each in rows if each.get("fact") == "shoulder_pain"] == [
        "1",
        "2",
        "2",
    ]
    # What was told one by one, and is only stated clear now, is kept as that.
    assert [each["stated_clear"] for each in rows if each.get("fact") == "alarm_signs"] == [0, 1, 1]


def test_writes_nothing_without_keep(tmp_path: Path) -> None:
    path = tmp_path / "me.sqlite"
    done = inside(*PLAN[:-1], "--rules", SHOULDER, "--journal", str(path))
    assert done.returncode == 2
    assert done.stderr == "error: `--journal`: nothing goes into it without `--keep`\n"
    for words in (("log", "--note", "x"), ("progress",), ("journal", "show")):
        done = inside(*words, "--rules", SHOULDER, "--journal", str(path))
        assert done.returncode == 2
        assert done.stderr.startswith(f"error: there is no journal at `{path}` (begin one with")
    assert [*tmp_path.iterdir()] == []


def test_is_kept_in_the_data_folder_of_the_user(tmp_path: Path) -> None:
    out, err = StringIO(), StringIO()
    variables = {"XDG_DATA_HOME": str(tmp_path)}
    code = run([*PLAN, "--rules", SHOULDER], Environment(StringIO(), out, err, variables))
    path = tmp_path / "legday" / "journal.sqlite"
    assert (code, stat.S_IMODE(path.stat().st_mode)) == (0, 0o600)
    done = inside("progress", "--rules", SHOULDER)
    assert (
        done.stderr == "error: this system names no folder for a journal (give `--journal FILE`)\n"
    )


def test_is_of_one_rule_base(book: Book) -> None:
    done = inside("progress", "--journal", str(book.path))
    assert done.returncode == 2
    assert "is of the rule base `shoulderday`, not of `legday` (give `--rules`" in done.stderr


def test_logs_a_session_as_planned(book: Book) -> None:
    shown = book.log("--all-as-planned", "--before", "1", "--during", "2", "--date", "2024-11-02")
    assert book.sessions() == {"2024-11-02": AS_PLANNED}
    assert "2024-11-02, day A  Before 1, during 2" in shown
    assert "Overhead press 3x10/2" in shown


def test_takes_the_weight_of_the_last_time_for_planned(book: Book) -> None:
    book.log("--did", "overhead press=3x10@20", "--date", "2024-11-02")
    book.log("--all-as-planned", "--date", "2024-11-05")
    assert book.sessions()["2024-11-05"]["overhead_press"] == "3x10@20kg/2"


def test_says_what_was_done_otherwise_than_planned(book: Book) -> None:
    book.log("--all-as-planned", "--did", "overhead press=2x6@10", "--date", "2024-11-02")
    assert book.sessions()["2024-11-02"] == {**AS_PLANNED, "overhead_press": "2x6@10kg"}


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("3x8", "3x8"),
        ("3x8@22,5/2", "3x8@22.5kg/2"),
        ("3X8 @ 22.5kg", "3x8@22.5kg"),
        ("1x8@50lb/0", "1x8@22.7kg/0"),
        ("2x20s", "2x20s"),
        ("2x5x10s/3", "2x5x10s/3"),
        ("1x8@0", "1x8"),
    ],
)
def test_reads_sets_as_they_are_typed(book: Book, said: str, kept: str) -> None:
    book.log("--did", f"push_up={said}", "--date", "2024-11-02")
    assert book.sessions() == {"2024-11-02": {"push_up": kept}}


def test_shows_and_takes_pounds(book: Book) -> None:
    shown = book.log("--did", "push_up=3x8@45", "--units", "lb", "--date", "2024-11-02")
    assert "3x8@45lb" in shown
    assert book.json("progress")["exercises"]["push_up"][0]["kg"] == 20.411657
    assert "45 lb" in book.run("progress", "--units", "lb")


def test_rejects_every_wrong_word_at_once(book: Book) -> None:
    said = book.log("--did", "leg_press=3x8", "--did", "push_up=8", "--did", "3x8",
                    "--before", "11", "--during", "unsure", code=2)  # fmt: skip
    starts = [
        "error: `--did`: unknown exercise `leg_press` ",
        "error: `--did`: `8` is no sets: expected SETSxREPS",
        "error: `--did`: `3x8`: expected EXERCISE=SETSxREPS",
        "error: `--before`: `11` is no answer: expected a whole number from 0 to 10",
        "error: `--during`: `unsure` is nothing to record: leave it out",
    ]
    lines = said.splitlines()
    assert len(lines) == len(starts)
    assert [
        line for line, start in zip(lines, starts, strict=True) if not line.startswith(start)
    ] == []
    assert book.sessions() == {}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--date", "2026-02-30", "--note", "x"), "`--date`: `2026-02-30` is no day"),
        (
            ("--date", "9999-01-01", "--note", "x"),
            "`9999-01-01` is more than a year ahead",
        ),
        (("--next-morning", "2", "--date", "2024-11-02"), "no session before 2024-11-02"),
        (("--edit", "--note", "x", "--date", "2024-11-02"), "nothing to edit"),
        (("--day", "Q", "--all-as-planned"), "`--day`: the plan has no day `Q` (known: `A`)"),
        (("--undo", "--note", "x"), "`--undo` stands alone"),
        (("--undo",), "nothing was logged that could be taken back"),
        ((), "nothing to log: say what you did"),
        (("--note", "x" * 501), "`--note`: longer than 500 letters"),
    ],
)
def test_rejects_what_cannot_be_logged(book: Book, words: tuple[str, ...], says: str) -> None:
    said = book.log(*words, code=2)
    assert says in said
    assert said.count("\n") == 1
    assert book.sessions() == {}


def test_plans_no_session_for_somebody_who_is_referred(tmp_path: Path) -> None:
    book = Book(tmp_path / "me.sqlite")
    book.run("plan", "--alarm-signs", "arm_numb", "--keep", code=3)
    assert "the answers that were kept lead to no session" in book.log("--all-as-planned", code=2)


def test_the_next_morning_is_of_the_session_before_that_day(book: Book) -> None:
    book.log("--all-as-planned", "--date", "2024-11-02")
    book.log("--did", "push_up=1x5", "--next-morning", "4", "--date", "2024-11-03")
    check_ins = book.json("progress")["check_ins"]
    assert [(each["date"], each["next_morning"]) for each in check_ins] == [("2024-11-02", 4)]


def test_says_twice_is_an_error_and_edit_mends(book: Book) -> None:
    book.log("--did", "push_up=3x8", "--during", "2", "--date", "2024-11-02")
    before = book.export()
    said = book.log("--did", "push_up=3x9", "--during", "3", "--date", "2024-11-02", code=2)
    assert said.splitlines() == [
        f"error: `{what}` was logged already for 2024-11-02 (mend it with `--edit`)"
        for what in ("push_up", "during")
    ]
    assert book.export() == before
    book.log("--did", "push_up=3x9", "--during", "3", "--edit", "--date", "2024-11-02")
    assert book.sessions() == {"2024-11-02": {"push_up": "3x9"}}
    assert book.json("progress")["check_ins"][0]["during"] == 3
    book.log("--did", "push_up=none", "--edit", "--date", "2024-11-02")
    assert book.sessions() == {"2024-11-02": {}}


def test_undo_takes_back_one_entry_after_the_other(book: Book) -> None:
    states = [book.json("journal", "show")]
    for words in (
        ("--did", "push_up=3x8", "--during", "2", "--date", "2024-11-02T18:00"),
        ("--next-morning", "1", "--did", "push_up=1x5", "--date", "2024-11-03"),
        ("--did", "push_up=3x9", "--note", "a", "--edit", "--date", "2024-11-02"),
    ):
        book.log(*words)
        states.append(book.json("journal", "show"))
    for before in reversed(states[:-1]):
        assert "Took back what was logged last" in book.log("--undo")
        assert book.json("journal", "show") == before


def test_an_import_leaves_nothing_to_take_back(book: Book) -> None:
    book.log("--did", "push_up=3x8", "--date", "2024-11-02")
    history = book.path.with_name("history.csv")
    history.write_text("Date,Exercise,Category,Reps\n2024-10-01,Push-up,Chest,9\n")
    assert "Added 1 set, 1 new session, from FitNotes." in book.run(
        "journal", "import", str(history)
    )
    assert "nothing was logged that could be taken back" in book.log("--undo", code=2)
    assert [*book.sessions()] == ["2024-10-01", "2024-11-02"]


def test_asks_line_by_line_and_keeps_each_line_at_once(book: Book) -> None:
    book.log("--did", "overhead press=3x10@20", "--date", "2024-11-02")
    with Terminal("log", *book.flags, "--date", "2024-11-05") as person:
        assert "The morning after 2024-11-02" in person.prompt()
        assert "Overhead press, 3x10@20kg/2 (Enter: as planned)" in person.say("2")
        assert "Side-lying rotation, 2x12/3" in person.say("")
        assert book.sessions()["2024-11-05"] == {"overhead_press": "3x10@20kg/2"}
        assert "is no sets" in person.say("lots")
        assert "Before this session" in person.say("2x10/2")
        assert "The worst during it" in person.say("")
        person.type("1\n")
        assert "2024-11-05, day A  During 1" in person.end()
    assert book.sessions()["2024-11-05"]["side_lying_rotation"] == "2x10/2"
    assert [each["next_morning"] for each in book.json("progress")["check_ins"]] == [2, None]
    for _ in range(3):
        assert "2024-11-05" in book.log("--undo")
    assert [*book.sessions()] == ["2024-11-02"]
    assert "2024-11-02" in book.log("--undo")
    assert book.json("progress")["check_ins"] == []


def test_goes_on_where_it_was_left(book: Book) -> None:
    with Terminal("log", *book.flags, "--date", "2024-11-05") as person:
        person.prompt()
        person.say("-")
        person.type("\n\x04")
        assert "What you said so far is kept." in person.end()
    assert book.sessions() == {"2024-11-05": {"side_lying_rotation": "2x12/3"}}
    with Terminal("log", *book.flags, "--date", "2024-11-05") as person:
        assert "Overhead press" in person.prompt()
        assert "Before this session" in person.say("")


def test_shows_progress_as_small_charts(book: Book) -> None:
    shown = full(book).run("progress", "--date", "2024-11-09")
    assert re.search(r"Before +▃▂·  last 1\n", shown)
    assert re.search(r"During +▄▃▁  last 0\n", shown)
    assert re.search(r"Next morning +▃▂·  last 1\n", shown)
    assert re.search(r"Overhead press +▁|Overhead press +█", shown)
    assert "18.1 kg to 12.5 kg" in shown
    assert "Quiet sessions in a row: 1. At most 2 before, during and the next morning." in shown


def test_progress_is_in_words_for_a_screen_reader(book: Book) -> None:
    full(book)
    out = StringIO()
    run(["progress", *book.flags], Environment(StringIO(), out, StringIO(), {"ACCESSIBLE": "1"}))
    text = out.getvalue()
    assert "2024-11-02\nBefore 2, during 3, next morning 2.\n" in text
    assert not re.search("[▁▂▃▄▅▆▇█·]", text)


def test_progress_has_the_shape_of_the_contract(book: Book) -> None:
    document = full(book).json("progress", "--date", "2024-11-06")
    assert {*document} == {
        "sessions",
        "check_ins",
        "exercises",
        "quiet_in_a_row",
        "trial",
        "rungs",
        "due",
    }
    assert [each["date"] for each in document["sessions"]] == [
        "2024-10-01T10:00",
        "2024-11-02T18:30",
        "2024-11-05",
    ]
    assert document["check_ins"][0] == {
        "date": "2024-11-02",
        "fact": "shoulder_pain",
        "before": 2,
        "during": 3,
        "next_morning": 2,
    }
    assert document["exercises"]["overhead_press"] == [
        {"date": "2024-10-01", "kg": 18.143695, "reps": 9},
        {"date": "2024-11-02", "kg": 14.5, "reps": 9},  # less, after a break
        {"date": "2024-11-05", "kg": 12.5, "reps": 8},
    ]
    assert (document["quiet_in_a_row"], document["trial"]) == (1, None)


@pytest.mark.parametrize(
    ("felt", "count"),
    [
        ("", 0),
        ("1,2,2 1,2,2", 2),
        ("3,0,0 1,2,2", 1),
        ("1,2,2 1,3,2", 0),
        ("1,2,2 1,2,3", 0),
        ("1,2,2 1,2,-", 0),  # a morning that was not recorded is not known to have been quiet
        ("1,2,2 1,-,2", 0),
        ("1,2,2 1,2,- today", 1),  # it is still to come
        ("1,2,2 1,3,- today", 0),
    ],
)
def test_counts_only_sessions_known_to_be_quiet(book: Book, felt: str, count: int) -> None:
    entries = [each for each in felt.split() if each != "today"]
    for number, entry in enumerate(entries, 1):
        day, flags = 10 + 2 * number, zip(("before", "during"), entry.split(","), strict=False)
        words = [word for name, value in flags if value != "-" for word in (f"--{name}", value)]
        book.log(*words, "--date", f"2024-11-{day}")
        if (morning := entry.split(",")[2]) != "-":
            book.log("--next-morning", morning, "--date", f"2024-11-{day + 1}")
    today = f"2024-11-{10 + 2 * len(entries) + (0 if 'today' in felt else 3)}"
    assert book.json("progress", "--date", today)["quiet_in_a_row"] == count


def test_draws_the_low_numbers_one_step_each() -> None:
    assert bars([0, 1, 2, 3, 4, 5, 6, 7, None], (0, 7)) == "▁▂▃▄▅▆▇█·"
    assert bars([40, 40], (40, 40)) == "▁▁"


@pytest.mark.parametrize("suffix", ["jsonl", "csv"])
def test_comes_back_from_an_export_without_loss(book: Book, suffix: str, tmp_path: Path) -> None:
    full(book)
    out = tmp_path / f"all.{suffix}"
    assert (
        inside("journal", "export", "--out", str(out), "--journal", str(book.path)).returncode == 0
    )
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    other = Book(tmp_path / "other.sqlite")
    assert re.fullmatch(r"Added \d+ rows\.\n", other.run("journal", "import", str(out), "--keep"))
    assert other.export() == book.export()
    assert other.run("journal", "import", str(out)) == "Nothing in it is new.\n"
    other.log("--undo")
    assert "the journal holds other records already" in other.run(
        "journal", "import", str(out), code=2
    )


def test_exports_every_row_of_every_table(book: Book) -> None:
    rows = [json.loads(line) for line in full(book).export().splitlines()]
    tables = dict.fromkeys(each["table"] for each in rows)
    assert [*tables] == ["answer", "import", "name", "session", "set_done", "check_in", "undo"]


def test_exports_over_no_file(book: Book, tmp_path: Path) -> None:
    out = tmp_path / "mine.csv"
    out.write_text("mine")
    done = inside("journal", "export", "--out", str(out), "--journal", str(book.path))
    assert (done.returncode, out.read_text()) == (2, "mine")


def test_tells_every_problem_of_an_export_with_its_line(book: Book, tmp_path: Path) -> None:
    rows = [
        {
            "table": "answer",
            "rule_base": "legday",
            "fact": "x",
            "value": "1",
            "since": "2026-01-01",
        },
        {"table": "set_done", "session": 1, "exercise": "push_ups", "number": 1, "kind": "normal"},
        {
            "table": "check_in",
            "session": 1,
            "moment": "noon",
            "fact": "x",
            "value": True,
            "at": "x",
        },
        {"table": "diary"},
        {"table": "session", "id": 1, "mood": "fine", "rule_base": "shoulderday"},
    ]
    file = tmp_path / "bad.jsonl"
    file.write_text("".join(f"{json.dumps(each)}\n" for each in rows) + "[]\n")
    before = book.export()
    said = book.run("journal", "import", str(file), code=2)
    for problem in (
        "line 1: the rule base is `legday`, not `shoulderday`",
        "line 1: unknown question `x`",
        "line 2: unknown exercise `push_ups` (did you mean `push_up`?)",
        "line 3: `moment` of `check_in` cannot be `noon`",
        "line 3: `value` of `check_in` cannot be `True`",
        "line 4: unknown table `diary`",
        "line 5: unknown column `mood` of `session`",
        "line 5: `started` of `session` cannot be `None`",
        "line 6: is no JSON object",
    ):
        assert f": {problem}\n" in said
    assert book.export() == before


def test_refuses_rows_that_do_not_fit_together(tmp_path: Path) -> None:
    book = Book(tmp_path / "me.sqlite")
    file = tmp_path / "bad.jsonl"
    row = {"table": "set_done", "session": 7, "exercise": "push_up", "number": 1, "kind": "normal"}
    file.write_text(json.dumps(row))
    said = book.run("journal", "import", str(file), "--keep", code=2)
    assert "the rows do not fit together: foreign key constraint failed" in said
    assert book.export() == ""


def test_shows_all_of_it_as_a_table(book: Book) -> None:
    shown = full(book).run("journal", "show")
    assert "How strong is your shoulder pain now, from 0 to 10?" in shown
    assert "2024-10-01 10:00, from LiftLog" in shown
    assert 'Note so so, "as ever"; next time: less' in shown
    assert "| " in book.run("journal", "show", "--format", "markdown")


def test_forgets_only_after_a_yes(book: Book) -> None:
    words = ("journal", "forget", "--journal", str(book.path))
    done = inside(*words)
    assert (done.returncode, book.path.exists()) == (2, True)
    for said, gone in (("no", False), ("yes", True)):
        with Terminal(*words) as person:
            assert "for good?" in person.prompt()
            person.type(f"{said}\n")
            person.end()
        assert book.path.exists() is not gone
    assert [*book.path.parent.iterdir()] == []


def test_names_what_the_rule_base_no_longer_knows(book: Book, tmp_path: Path) -> None:
    book.log("--did", "push_up=1x5", "--date", "2024-11-02")
    newer = tmp_path / "rules"
    newer.mkdir()
    for file in Path(SHOULDER).iterdir():
        text = file.read_text(encoding="utf-8")
        (newer / file.name).write_text(text.replace("push_up", "press_up"), encoding="utf-8")
    done = inside("progress", "--rules", str(newer), "--journal", str(book.path))
    assert done.returncode == 0
    assert done.stderr == "warning: unknown exercise `push_up` in the journal\n"
    assert "push_up" in done.stdout or "push up" in done.stdout.lower()


def test_a_csv_export_is_one_table(book: Book, tmp_path: Path) -> None:
    out = tmp_path / "all.csv"
    inside("journal", "export", "--out", str(out), "--journal", str(full(book).path))
    rows = [*csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"), newline=""))]
    assert {each["table"] for each in rows} >= {"answer", "session", "set_done"}


@pytest.mark.parametrize(
    ("platform", "variables", "folder"),
    [
        ("linux", {"XDG_DATA_HOME": "/data", "HOME": "/home/me"}, "/data"),
        ("linux", {"XDG_DATA_HOME": "data", "HOME": "/home/me"}, "/home/me/.local/share"),
        ("linux", {}, None),
        ("darwin", {"HOME": "/Users/me"}, "/Users/me/Library/Application Support"),
        ("win32", {"LOCALAPPDATA": "/me/AppData/Local"}, "/me/AppData/Local"),
        ("win32", {"HOME": "/home/me"}, None),
    ],
)
def test_knows_the_data_folder_of_each_system(
    platform: str, variables: dict[str, str], folder: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", platform)
    found = Environment(StringIO(), StringIO(), StringIO(), variables).data_folder
    assert found == (Path(folder) if folder else None)
