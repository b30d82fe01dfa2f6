"""What is longer than the screen goes through the pager, as with `git`; a pipe gets all of it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from running import SHOULDER, environment, legday
from terminal_session import Session

from advisor.cli.pager import page

PLAN = ("plan", "--screened", "--shoulder-pain", "1", "--gear", "bands", "--rules", SHOULDER)
EMERGENCY = ("plan", "--alarm-signs", "chest_tight", "--rules", SHOULDER)


@pytest.fixture
def pager(tmp_path: Path) -> str:
    """A pager that says who it is."""
    path = tmp_path / "pager"
    path.write_text("#!/bin/sh\necho PAGED\ncat\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def shown(*words: str, **variables: str) -> tuple[int | None, str]:
    with Session(*words, **variables) as session:
        screen = session.end()
        return session.code, screen


def test_hands_the_pager_what_is_longer_than_the_screen(pager: str) -> None:
    code, screen = shown(*PLAN, "--full", PAGER=pager, NO_COLOR="1")
    assert code == 0
    assert screen.startswith("PAGED\nMODIFIED  ")


def test_prints_what_fits_the_screen(pager: str) -> None:
    code, screen = shown(*EMERGENCY, PAGER=pager)
    assert code == 3
    assert screen.startswith("EMERGENCY")


@pytest.mark.parametrize("none", ["", "cat", "no-such-pager", "'"])
def test_prints_plainly_where_there_is_no_pager(none: str) -> None:
    code, screen = shown(*PLAN, "--full", PAGER=none, NO_COLOR="1")
    assert code == 0
    assert screen.startswith("MODIFIED  ")
    assert "legday plan --rules" in screen


def test_prints_plainly_where_less_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(*_: object, **__: object) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(subprocess, "Popen", nowhere)
    assert not page("long", {})


def test_pages_nothing_in_a_pipe(pager: str) -> None:
    assert legday(*PLAN, "--full", PAGER=pager).stdout.startswith("MODIFIED  ")


def test_survives_a_pager_that_leaves_early() -> None:
    code, screen = shown(*PLAN, "--full", PAGER="head -n 1", NO_COLOR="1")
    assert code == 0
    assert len(screen.splitlines()) == 1


@pytest.mark.skipif(not shutil.which("less"), reason="needs less")
def test_leaves_ctrl_c_to_the_pager_and_quits_with_it() -> None:
    with Session(*PLAN, "--full", PAGER="less -R", LESS="FRX", NO_COLOR="1") as session:
        while ":" not in session.screen[-20:]:
            assert session.more(time.monotonic() + 20)
        session.type("\x03")
        for _ in range(20):  # it begins afresh, and forgets what is typed before
            session.type("q")
            with suppress(AssertionError):  # nothing came yet
                if not session.more(time.monotonic() + 1):
                    break
        session.end()
        assert session.code == 0
        assert "Traceback" not in session.screen


def test_less_keeps_no_history(tmp_path: Path) -> None:
    script = "from advisor.cli.pager import page; page('x', {'PAGER': 'env', 'HOME': '/'})"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env=environment(),
    )
    assert {"LESSHISTFILE=-", "LESS=FRX"} <= set(done.stdout.splitlines())
