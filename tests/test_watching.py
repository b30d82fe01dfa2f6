"""Looking again after each save: `rules check --watch`."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path
from threading import Timer

from running import ROOT, SHOULDER, environment

from advisor.cli.watching import saves


def test_takes_a_turn_after_each_save(tmp_path: Path) -> None:
    turns = saves([tmp_path], watch=True)
    next(turns)
    (tmp_path / "new.yaml").write_text("a: 1\n")
    next(turns)
    (tmp_path / "new.yaml").unlink()
    next(turns)


def test_takes_one_turn_where_nobody_watches(tmp_path: Path) -> None:
    assert len([*saves([tmp_path], watch=False)]) == 1


def test_checks_again_what_was_saved_until_somebody_breaks_off(tmp_path: Path) -> None:
    base = tmp_path / "base"
    shutil.copytree(SHOULDER, base)
    words = ("rules", "check", "--watch", "--rules", str(base))
    with subprocess.Popen(
        [sys.executable, "-m", "advisor", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        cwd=ROOT,
        env=environment(),
    ) as process:
        timer = Timer(50, process.kill)  # so that what goes wrong ends
        timer.start()
        assert process.stdout
        assert "no problems" in process.stdout.readline()
        moves = base / "moves.yaml"
        moves.write_text(moves.read_text().replace("name:", "nam:", 1))
        assert process.stdout.readline().startswith(f"{base}/moves.yaml:")
        process.send_signal(signal.SIGINT)
        assert process.wait() == 130
        timer.cancel()
