"""The file of a journal: nothing recorded is lost, and what is no sound journal is not touched."""

from __future__ import annotations

import os
import random
import resource
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from running import ROOT, SHOULDER, environment, inside

from advisor.answers import AnswerError
from advisor.journal.recording import LogEntry, record
from advisor.journal.records import sessions_of
from advisor.journal.store import APPLICATION, VERSIONS, begin, forget, opened
from advisor.load import load_rules
from advisor.rulebase.shapes import RuleBase
from advisor.rulebase.shapes.history import SetDone

# Records one set after the other, each on a day of its own, and says so once it is kept.
WRITER = """
import os
import sys
from pathlib import Path
from advisor import load_rules
from advisor.journal.recording import LogEntry, record
from advisor.rulebase.shapes.history import SetDone
from advisor.journal.store import opened
rules = load_rules(Path(sys.argv[2]))
start, end = int(sys.argv[3]), int(sys.argv[4])
print("ready", flush=True)
sys.stdin.readline()
for n in range(start, end):
    with opened(Path(sys.argv[1])) as journal:
        at = f"{2000 + n // 336:04}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}"
        record(journal, LogEntry(at, sets={"push_up": (SetDone("push_up", 1, 5),)}), rules)
    os.write(1, b"%d\\n" % n)  # in one go, as it may be killed at any moment
"""
KILLS = 100


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    path = tmp_path / "me.sqlite"
    begin(path)
    return path


def count(path: Path) -> int:
    with opened(path) as journal:
        return int(journal.rows("SELECT count(*) AS n FROM set_done")[0]["n"])


def fill(path: Path, rules: RuleBase, days: int = 28) -> None:
    with opened(path) as journal:
        for day in range(1, days + 1):
            entry = LogEntry(f"2024-01-{day:02}", sets={"push_up": (SetDone("push_up", 1, day),)})
            record(journal, entry, rules)


def noted(path: Path, rules: RuleBase) -> None:
    with opened(path) as journal:
        record(journal, LogEntry("2024-03-01", note="x"), rules)


def writer(path: Path, start: int, end: int) -> subprocess.Popen[str]:
    made = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), SHOULDER, str(start), str(end)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    assert made.stdout is not None
    assert made.stdout.readline() == "ready\n"
    return made


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def test_loses_nothing_that_was_recorded_when_killed_at_any_moment(journal: Path) -> None:
    """A child of a process that is ready is killed, so that a hundred kills take seconds."""
    chance = random.Random(7)
    script = WRITER.replace(
        'print("ready", flush=True)\nsys.stdin.readline()',
        """
for line in sys.stdin:
    start, pipe = int(line), os.pipe()
    pid = os.fork()
    if pid == 0:
        os.read(pipe[0], 1)  # nothing is said before its number is
        break
    print(pid, flush=True)
    os.write(pipe[1], b"!")
    os.waitpid(pid, 0)
    os.close(pipe[0]), os.close(pipe[1])
    print("gone", flush=True)
else:
    sys.exit()
end = start + 1000""",
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(journal), SHOULDER, "0", "0"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    assert process.stdin is not None
    assert process.stdout is not None
    kept = 0
    for _ in range(KILLS):
        process.stdin.write(f"{kept}\n")
        process.stdin.flush()
        child = int(process.stdout.readline())
        time.sleep(chance.uniform(0.0, 0.03))
        os.kill(child, signal.SIGKILL)
        said = [*iter(process.stdout.readline, "gone\n")]
        now = count(journal)
        assert kept + len(said) <= now <= kept + len(said) + 1
        kept = now
    process.stdin.close()
    process.wait()
    assert kept > KILLS // 10  # it really was at work


def test_two_processes_write_at_once_and_both_are_kept(journal: Path) -> None:
    both = [writer(journal, start, start + 30) for start in (0, 1000)]
    for each in both:
        go(each)
    for each in both:
        assert each.communicate()[1] == ""
    assert count(journal) == 60


def test_says_that_another_process_is_writing(
    journal: Path, shoulder: RuleBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("advisor.journal.store.PATIENCE", 0.05)
    other = sqlite3.connect(journal)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(AnswerError, match="another process is writing to it: nothing was recorded"):
        fill(journal, shoulder)
    other.close()
    assert count(journal) == 0


def test_waits_for_another_process(journal: Path, shoulder: RuleBase) -> None:
    other = sqlite3.connect(journal, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    threading.Timer(0.2, other.rollback).start()
    fill(journal, shoulder, days=1)
    assert count(journal) == 1


def test_loses_nothing_on_a_full_disk(journal: Path, shoulder: RuleBase) -> None:
    fill(journal, shoulder, days=2)
    room = journal.stat().st_size + 4096

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    note = ["--note", "x" * 400]
    dids = [word for n in range(1, 50) for word in ("--did", f"push_up=50x{n}")]
    words = ["log", "--rules", SHOULDER, "--journal", str(journal), *note, *dids]
    done = subprocess.run(
        [sys.executable, "-m", "advisor", *words],
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
        preexec_fn=small,
    )
    assert done.returncode == 2
    assert "the disk is full, or fails: nothing was recorded" in done.stderr
    assert done.stderr.count("\n") == 1
    assert count(journal) == 2


def in_sql(statement: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with sqlite3.connect(path) as other:
            other.execute(statement)
        other.close()

    return change


def other_program(path: Path) -> None:
    path.unlink()
    in_sql("CREATE TABLE t (x)")(path)


def rewritten(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    return lambda path: [path.write_bytes(change(path.read_bytes()))].clear()


# What happens to a journal, and what is said of it.
DAMAGED, NO_JOURNAL = "is damaged", "is no journal of legday"
NEWER = "was written by a newer version of legday"
BROKEN: dict[str, tuple[Callable[[Path], None], str]] = {
    "cut in half": (rewritten(lambda whole: whole[: len(whole) // 8192 * 4096 + 100]), DAMAGED),
    "scribbled over": (
        rewritten(lambda whole: whole[:4096] + b"\xff" * 8192 + whole[12288:]),
        DAMAGED,
    ),
    "loose ends": (in_sql("UPDATE set_done SET session = session + 1000"), DAMAGED),
    "cut to a few bytes": (rewritten(lambda whole: whole[:50]), NO_JOURNAL),
    "empty": (rewritten(lambda _: b""), NO_JOURNAL),
    "text": (rewritten(lambda _: b"my diary\n" * 100), NO_JOURNAL),
    "of another program": (other_program, NO_JOURNAL),
    "newer": (in_sql(f"PRAGMA user_version = {len(VERSIONS) + 1}"), NEWER),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_leaves_alone_what_is_no_sound_journal(
    kind: str, journal: Path, shoulder: RuleBase, tmp_path: Path
) -> None:
    fill(journal, shoulder)
    happens, said = BROKEN[kind]
    happens(journal)
    before = journal.read_bytes()
    rules = ("--rules", SHOULDER, "--journal", str(journal))
    plan = ("plan", "--screened", "--shoulder-pain", "1", *rules, "--keep")
    sore = ("--screened", "--shoulder-pain", "1", "--sore-after", "overhead_press")
    commands = (
        ("log", "--did", "push_up=1x5", *rules),
        ("progress", *rules),
        ("today", "--screened", "--shoulder-pain", "1", *rules, "--keep"),
        ("troubleshoot", "--start", *sore, *rules),
        ("journal", "show", *rules),
        ("journal", "export", "--journal", str(journal)),
        ("journal", "import", str(ROOT / "tests/logs/liftlog.csv"), *rules, "--keep"),
        plan,
    )
    for words in commands:
        done = inside(*words)
        assert done.returncode == 2, words
        assert said in done.stderr
        assert (done.stdout, done.stderr.count("\n")) == ("", 1)
        assert journal.read_bytes() == before
    assert {each.name for each in tmp_path.iterdir()} == {journal.name}


def test_takes_nothing_into_a_file_that_turned_out_newer(journal: Path) -> None:
    """What a killed process left beside it stays there."""
    script = f"""
import os, sqlite3
c = sqlite3.connect({str(journal)!r})
c.execute("PRAGMA user_version = 99")
os.kill(os.getpid(), 9)
"""
    subprocess.run([sys.executable, "-c", script], check=False)
    waiting = journal.with_name("me.sqlite-wal")
    before = journal.read_bytes(), waiting.read_bytes()
    with pytest.raises(AnswerError, match="newer version"), opened(journal):
        pass
    assert (journal.read_bytes(), waiting.read_bytes()) == before


def said_to_nobody(work: Callable[[], None]) -> str:
    """What is raised when somebody does it who has no rights that others have not."""
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        try:
            if os.getuid() == 0:
                os.setuid(65534)
            work()
        except Exception as error:  # noqa: BLE001 - whatever it is, the test looks at it
            os.write(writing, f"{type(error).__name__}: {error}".encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(writing)
    with os.fdopen(reading) as stream:
        return stream.read()


@pytest.mark.parametrize("folder_mode", [0o755, 0o777])
def test_says_that_a_file_is_read_only(folder_mode: int, shoulder: RuleBase) -> None:
    with TemporaryDirectory() as name:
        path = Path(name) / "me.sqlite"
        begin(path)
        fill(path, shoulder, days=1)
        path.chmod(0o400 if os.getuid() else 0o444)  # its owner may read it; root may do all
        Path(name).chmod(folder_mode)
        before = path.read_bytes()
        said = said_to_nobody(lambda: noted(path, shoulder))
        assert said.startswith(f"AnswerError: journal `{path}`: ")
        assert said.endswith("it cannot be written: nothing was recorded")
        assert path.read_bytes() == before


def test_is_readable_by_its_owner_only_whatever_the_umask(
    tmp_path: Path, shoulder: RuleBase
) -> None:
    before = os.umask(0)
    try:
        path = tmp_path / "data" / "legday" / "me.sqlite"
        begin(path)
        with opened(path) as journal:
            record(journal, LogEntry("2024-01-01", note="x"), shoulder)
            modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()}
        assert {*modes} >= {"me.sqlite", "me.sqlite-wal"}
        assert {*modes.values()} == {0o600}
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        path.chmod(0o644)
        with opened(path):
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
    finally:
        os.umask(before)


def test_opens_no_read_only_file_for_writing(journal: Path) -> None:
    journal.chmod(0o444)
    with opened(journal):
        assert stat.S_IMODE(journal.stat().st_mode) == 0o400


def test_begins_no_journal_where_a_file_is(tmp_path: Path) -> None:
    path = tmp_path / "me.sqlite"
    path.write_text("mine")
    with pytest.raises(AnswerError, match="is there already: nothing was written"):
        begin(path)
    assert path.read_text() == "mine"
    assert [*tmp_path.iterdir()] == [path]


def test_forgets_the_file_and_what_was_left_beside_it(journal: Path, shoulder: RuleBase) -> None:
    with opened(journal) as book:
        record(book, LogEntry("2024-01-01", note="x"), shoulder)
        assert len([*journal.parent.iterdir()]) == 3
        forget(journal)
        assert [*journal.parent.iterdir()] == []


def test_forgets_nothing_but_a_journal(tmp_path: Path) -> None:
    path = tmp_path / "diary.txt"
    path.write_text("mine")
    with pytest.raises(AnswerError, match="no journal of legday: nothing was deleted"):
        forget(path)
    assert path.read_text() == "mine"


def test_forgets_a_damaged_journal(journal: Path, shoulder: RuleBase) -> None:
    fill(journal, shoulder)
    BROKEN["cut in half"][0](journal)
    done = inside("journal", "forget", "--yes", "--journal", str(journal))
    assert (done.returncode, done.stderr) == (0, "")
    assert not journal.exists()


@pytest.mark.parametrize(
    "make", [lambda path: path.mkdir(), lambda path: path.symlink_to("nowhere")]
)
def test_says_what_stands_where_a_journal_is_meant(
    make: Callable[[Path], None], tmp_path: Path
) -> None:
    path = tmp_path / "me.sqlite"
    make(path)
    done = inside("progress", "--journal", str(path), "--rules", SHOULDER)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_brings_an_older_journal_up_to_date(tmp_path: Path) -> None:
    path, rules = tmp_path / "old.sqlite", load_rules(SHOULDER)
    with sqlite3.connect(path) as book:
        book.executescript(VERSIONS[0])
        book.execute(
            "INSERT INTO session (rule_base, started) VALUES (?, '2024-01-01')", [rules.name]
        )
        book.execute("INSERT INTO set_done (session, exercise, number) VALUES (1, 'push_up', 1)")
        book.execute(f"PRAGMA application_id = {APPLICATION}")
        book.execute("PRAGMA user_version = 1")
    book.close()
    with opened(path) as journal:
        (session,) = sessions_of(journal)
    assert session.sets == (SetDone("push_up", 1),)
