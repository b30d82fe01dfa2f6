"""Answers are health data: nothing keeps them unless asked to, and nothing sends them anywhere."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from running import ROOT, SHOULDER, environment
from terminal_session import Session

PERSON = {"alarm_signs": [], "shoulder_pain": 2, "gear": ["bands"]}
RULES = ("--rules", SHOULDER)  # small, so that reading them afresh each time takes no time
ANSWERS = ("--screened", "--shoulder-pain", "2", "--gear", "bands", *RULES)
LATER = f"{datetime.now(UTC).date() + timedelta(days=3)}"  # after the session that is logged now
COMMANDS = [
    ("plan", *ANSWERS),
    ("plan", *ANSWERS, "--format", "json"),
    ("plan", *ANSWERS, "--format", "markdown"),
    ("check", "wall_slide", *ANSWERS),
    ("next", *ANSWERS),
    ("what-if", *ANSWERS, "--change", "shoulder_pain=5"),
    ("troubleshoot", *ANSWERS),
    ("batch", "-", "--screened", "--jobs", "2", *RULES),
    ("plan", "--answers", "-", *RULES),
    ("plan", *ANSWERS, "--nonsense"),
    ("log", "--did", "push_up=3x8", *RULES),
    ("today", "--screened", *RULES),
    ("progress", *RULES),
    ("journal", "show", *RULES),
    ("journal", "export"),
    ("journal", "import", str(ROOT / "tests" / "logs" / "liftlog.csv"), *RULES),
    ("journal", "forget", "--yes"),
]
# Whatever opens a socket, or looks up a name, ends the process.
FORBIDDEN = """
import os, sys
def refuse(event, args):
    if event.startswith("socket.") and event not in {"socket.__new__"} or event in {
        "urllib.Request", "ftplib.connect", "http.client.connect", "smtplib.connect",
        "webbrowser.open",
    }:
        os.write(2, f"NETWORK {event}\\n".encode())
        os._exit(77)
    if event == "socket.__new__" and len(args) > 1 and args[1] not in (1,):  # AF_UNIX stays here
        os.write(2, b"NETWORK socket\\n")
        os._exit(77)
sys.addaudithook(refuse)
"""
RUN = FORBIDDEN + "from advisor.cli import main\nsys.argv[0] = 'legday'\nmain()\n"


def world(folder: Path) -> dict[str, str]:
    """Every place where a program may put things, in a folder of the test's own."""
    places = {"HOME": "home", "TMPDIR": "tmp", "TEMP": "tmp", "TMP": "tmp"}
    places |= {f"XDG_{each}_HOME": each.lower() for each in ("CACHE", "CONFIG", "DATA", "STATE")}
    places |= {"XDG_RUNTIME_DIR": "run"}
    for name in places.values():
        (folder / name).mkdir(exist_ok=True)
    return environment(
        **{name: str(folder / place) for name, place in places.items()},
        PYTHONDONTWRITEBYTECODE="1",
    )


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def legday(words: tuple[str, ...], folder: Path) -> subprocess.CompletedProcess[bytes]:
    work = folder / "work"
    work.mkdir(exist_ok=True)
    lines = json.dumps(PERSON).encode() + b"\n"
    return subprocess.run(
        [sys.executable, "-c", RUN, *words],
        input=lines * 700 if words[0] == "batch" else lines,  # enough for workers to be started
        capture_output=True,
        env=world(folder),
        cwd=work,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(words)[:40])
def test_writes_nothing_and_sends_nothing(words: tuple[str, ...], tmp_path: Path) -> None:
    done = legday(words, tmp_path)
    assert done.returncode in {0, 2, 3, 4}
    assert b"NETWORK" not in done.stderr
    assert files(tmp_path) == {}


def test_the_network_is_really_watched(tmp_path: Path) -> None:
    script = FORBIDDEN + "import socket; socket.create_connection(('127.0.0.1', 9))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, cwd=tmp_path, check=False
    )
    assert done.returncode == 77
    assert done.stderr.startswith(b"NETWORK")


def cut_off() -> list[str]:
    """The words that run a command without any network, where the system allows it."""
    words = ["unshare", "--net", "--map-root-user"]
    try:
        done = subprocess.run([*words, "true"], capture_output=True, check=False)
    except FileNotFoundError:
        return []
    return words if done.returncode == 0 else []


@pytest.mark.skipif(not cut_off(), reason="this system lets nobody take the network away")
def test_gives_the_same_plan_without_any_network(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "advisor", "plan", *ANSWERS]
    with_it, without = (
        subprocess.run(
            [*before, *words], capture_output=True, env=world(tmp_path), cwd=ROOT, check=False
        )
        for before in ([], cut_off())
    )
    assert with_it.returncode == without.returncode == 0
    assert with_it.stdout == without.stdout


def asked(folder: Path, *words: str) -> Session:
    return Session("ask", *RULES, *words, **world(folder))


def test_the_questions_keep_nothing_unless_asked_to(tmp_path: Path) -> None:
    with asked(tmp_path) as session:
        session.prompt()
        session.say("")  # a plan
        session.say("none")
        session.type("\x03")
        session.end()
    assert files(tmp_path) == {}


def test_saved_answers_are_for_their_owner_only(tmp_path: Path) -> None:
    target = tmp_path / "mine.json"
    before = os.umask(0)  # the most open-handed of worlds
    try:
        with asked(tmp_path, "--save", str(target)) as session:
            session.prompt()
            session.say("")  # a plan
            session.say("none")
            session.type("\x03")
            session.end()
    finally:
        os.umask(before)
    assert json.loads(target.read_text(encoding="utf-8"))["answers"]
    modes = {path.suffix: stat.S_IMODE(path.stat().st_mode) for path in files(tmp_path)}
    assert modes == {".json": 0o600}


def test_a_journal_is_the_only_thing_kept_and_for_its_owner_only(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        for words in (
            ("plan", *ANSWERS, "--keep"),
            ("log", "--all-as-planned", "--during", "1", *RULES),
            ("progress", *RULES),
            ("today", *ANSWERS, "--date", LATER, "--keep"),
            ("troubleshoot", "--start", *ANSWERS, "--sore-after", "overhead_press"),
            ("journal", "export", "--out", "mine.csv"),
        ):
            done = legday(words, tmp_path)
            assert done.returncode == 0, done.stderr
            assert b"NETWORK" not in done.stderr
    finally:
        os.umask(before)
    kept = {
        str(path.relative_to(tmp_path)): stat.S_IMODE(path.stat().st_mode)
        for path in files(tmp_path)
    }
    assert kept == {"data/legday/journal.sqlite": 0o600, "work/mine.csv": 0o600}
    assert legday(("journal", "forget", "--yes"), tmp_path).returncode == 0
    assert [*files(tmp_path)] == [tmp_path / "work" / "mine.csv"]


def test_no_module_can_reach_a_network() -> None:
    named = ("socket", "urllib.request", "http.client", "requests", "smtplib", "ftplib", "asyncio")
    for path in (ROOT / "advisor").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert [name for name in named if f"import {name}" in text or f"from {name}" in text] == []
