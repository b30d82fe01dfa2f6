"""What disks, terminals and other processes do wrong: the program says so, or does without.

A SIGTERM in the middle of a batch is in `test_batch.py`, Ctrl-C and a lost terminal during the
questions are in `test_terminal.py`.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from running import ROOT, SHOULDER, environment, legday
from terminal_session import Session

PLAN = ("plan", "--rules", SHOULDER, "--screened", "--shoulder-pain", "1", "--format", "json")
AS_ROOT = hasattr(os, "getuid") and os.getuid() == 0


WITHOUT = {
    "no home": {"HOME": ""},
    "a home that is not there": {"HOME": "/nonexistent/home"},
    "a home that is a file": {"HOME": "/etc/hostname"},
    "an ASCII locale": {"LC_ALL": "C", "LANG": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    "ASCII streams": {"PYTHONIOENCODING": "ascii"},
    "Latin streams": {"PYTHONIOENCODING": "latin-1:strict"},
    "an unknown locale": {"LC_ALL": "xx_YY.NONE"},
    "no terminal type": {"TERM": ""},
    "a strange width": {"COLUMNS": "-7"},
    "a width of 1": {"COLUMNS": "1"},
}


@pytest.mark.parametrize("lack", WITHOUT)
def test_runs_without(lack: str) -> None:
    words = ("plan", "--rules", SHOULDER, "--screened", "--shoulder-pain", "1")
    done = subprocess.run(
        [sys.executable, "-m", "advisor", *words],
        env=environment(**WITHOUT[lack]),
        capture_output=True,
        cwd=ROOT,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"STOP" in done.stdout
    if "ASCII" in lack:
        assert done.stdout.isascii()


@pytest.mark.skipif(not AS_ROOT, reason="only root can become a user whom the system does not know")
def test_runs_for_a_user_whom_the_system_does_not_know() -> None:
    variables = environment()
    for name in ("HOME", "USER", "LOGNAME"):
        variables.pop(name, None)
    script = (
        "import os, sys\nos.setuid(54321)\n"
        "try: import advisor, json, tempfile\n"
        "except (ImportError, OSError): sys.exit(99)\n"
        "from advisor.cli import main\nmain()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *PLAN],
        env=variables,
        capture_output=True,
        cwd=ROOT,
        check=False,
        timeout=60,
    )
    if done.returncode == 99:
        pytest.skip("another user may not read this working copy")
    assert (done.returncode, done.stderr) == (0, b"")


def test_runs_in_a_folder_that_is_gone(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    script = f"cd {gone} && rmdir {gone} && exec {sys.executable} -m advisor {' '.join(PLAN)}"
    done = shell(script)
    assert (done.returncode, done.stderr) == (0, b"")


def shell(script: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["/bin/bash", "-c", script],
        env=environment(),
        capture_output=True,
        cwd=ROOT,
        check=False,
        timeout=60,
    )


LEGDAY = f"{sys.executable} -m advisor"


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&-", ">&- 2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (" ".join(PLAN), 0),
        (f"plan --rules {SHOULDER} --screened --shoulder-pain 1", 0),
        (f"plan --rules {SHOULDER} --nonsense", 2),
        (f"batch - --rules {SHOULDER} --jobs 1", 0),
        (f"ask --rules {SHOULDER}", 2),
    ],
)
def test_runs_with_standard_streams_closed(words: str, code: int, closed: str) -> None:
    done = shell(f"{LEGDAY} {words} {closed} {'' if '<&-' in closed else '</dev/null'}")
    assert done.returncode == code
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr
    if ">&-" in closed.split():
        assert done.stdout == b""
    elif code == 0 and "batch" not in words:
        assert done.stdout


@pytest.mark.parametrize("words", [" ".join(PLAN), "exercises", "--help", "batch {people}"])
def test_is_silent_when_nobody_reads_on(words: str, tmp_path: Path) -> None:
    people = tmp_path / "people.jsonl"
    people.write_text('{"back_pain": 2}\n' * 3000)
    script = f"{LEGDAY} {words.format(people=people)} | head -c 10; exit ${{PIPESTATUS[0]}}"
    done = shell(f"set -o pipefail; {script}")
    assert done.stderr == b""
    assert len(done.stdout) == 10
    assert done.returncode == 0 or words == "--help"  # which Typer prints


def test_is_silent_when_nobody_reads_the_errors() -> None:
    done = shell(f"{LEGDAY} plan --nonsense 2> >(exec true) ; exit $?")
    assert done.returncode == 2
    assert done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("words", [" ".join(PLAN), "plan --screened", "exercises", "batch people"])
def test_says_that_the_disk_is_full(words: str, tmp_path: Path) -> None:
    (tmp_path / "people").write_text('{"back_pain": 2}\n' * 5)
    done = shell(f"cd {tmp_path} && PYTHONPATH={ROOT} {LEGDAY} {words} > /dev/full")
    assert done.returncode == 1
    assert done.stderr == b"error: cannot go on: no space left on device\n"


def test_ctrl_c_ends_a_plan_that_waits_for_answers() -> None:
    command = [sys.executable, "-m", "advisor", "plan", "--answers", "-", "--rules", SHOULDER]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        cwd=ROOT,
    ) as process:
        time.sleep(1.5)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (130, b"", b"")


def test_ctrl_c_at_a_terminal_ends_the_questions_with_130() -> None:
    with Session("ask", "--rules", SHOULDER) as session:
        session.prompt()
        session.type("\x03")
        session.end()
    assert session.code == 130


def test_a_save_that_cannot_be_written_is_told_and_the_questions_go_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with Session("ask", "--rules", SHOULDER, "--save", str(tmp_path / "file" / "x")) as session:
        session.prompt()
        session.say("")  # a plan
        told = " ".join(session.say("none").split())
        assert "cannot be written: not a directory" in told
        assert "cannot be written" not in session.say("1")


def test_the_program_blames_itself_in_one_line() -> None:
    script = (
        "import advisor.cli.plan, advisor.cli\n"
        "def broken(*_, **__): raise RuntimeError('odd')\n"
        "advisor.cli.plan.print_plan = broken\n"
        "advisor.cli.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *PLAN],
        env=environment(),
        capture_output=True,
        cwd=ROOT,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stderr == (b"error: the program failed, please report this: RuntimeError('odd')\n")


def test_a_faulty_world_gives_the_same_plan() -> None:
    good = legday(*PLAN)
    odd = legday(*PLAN, HOME="/nonexistent", TERM="", COLUMNS="1")
    assert (good.stdout, good.returncode) == (odd.stdout, odd.returncode)


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-16"])
@pytest.mark.parametrize("words", [("plan", "--screened"), ("questions",), ("batch", "-")])
def test_writes_json_in_utf_8_whatever_the_console_has(
    words: tuple[str, ...], encoding: str, tmp_path: Path
) -> None:
    for path in Path(SHOULDER).glob("*.yaml"):
        text = path.read_text(encoding="utf-8").replace("Do you have any", "Café 膝, any")
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    form = () if words[0] == "batch" else ("--format", "json")
    done = subprocess.run(
        [sys.executable, "-m", "advisor", *words, *form, "--rules", str(tmp_path)],
        input=b"{}",
        env=environment(PYTHONIOENCODING=encoding),
        capture_output=True,
        cwd=ROOT,
        check=False,
    )
    json.loads(done.stdout)
    if words[0] != "plan":
        assert "Café 膝" in done.stdout.decode("utf-8")


def test_every_fault_in_the_table_is_a_test() -> None:
    here = Path(__file__).parent
    table = (here / "README.md").read_text(encoding="utf-8")
    text = "".join(path.read_text(encoding="utf-8") for path in here.glob("test_*.py"))
    named = set(re.findall(r"(test_[a-z0-9_]+)(?:`|…)", table))
    assert len(named) > 50
    assert [each for each in sorted(named) if f"def {each}" not in text] == []
