"""What disks, terminals and other processes do wrong: the program says so, or does without.

A SIGTERM in the middle of a batch is in `test_batch.py`, Ctrl-C and a lost terminal during the
questions are in `test_terminal.py`.
"""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

import pytest
from running import ROOT, SHOULDER, environment, legday
from terminal_session import Session

from advisor import advise, load, load_rules
from advisor.rulebase.shapes import RuleBase

PLAN = ("plan", "--rules", SHOULDER, "--screened", "--shoulder-pain", "1", "--format", "json")
AS_ROOT = hasattr(os, "getuid") and os.getuid() == 0


def kept(store: Path) -> list[Path]:
    return sorted(store.iterdir()) if store.is_dir() else []


def loaded(store: Path) -> RuleBase:
    return load_rules(SHOULDER, cache=store)


def same(one: RuleBase, other: RuleBase) -> bool:
    person = {"alarm_signs": [], "shoulder_pain": 2, "gear": ["bands"]}
    return advise(person, one).to_dict() == advise(person, other).to_dict()


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Each time that rules were read from their files, not from a cache."""
    found: list[Path] = []
    afresh = load.read_afresh

    def noting(folder: Path) -> bytes:
        found.append(folder)
        return afresh(folder)

    monkeypatch.setattr(load, "read_afresh", noting)
    return found


def test_keeps_rules_in_a_folder_it_makes(tmp_path: Path, reads: list[Path]) -> None:
    store = tmp_path / "not" / "yet" / "there"
    first, second = loaded(store), loaded(store)
    assert same(first, second)
    assert len(reads) == 1
    (file,) = kept(store)
    assert stat.S_IMODE(store.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("kind", ["a file", "below a file", "a broken link", "too long a name"])
def test_does_without_a_cache_folder_that_cannot_be(
    kind: str, tmp_path: Path, reads: list[Path], shoulder: RuleBase
) -> None:
    store = tmp_path / "cache"
    if kind == "a broken link":
        store.symlink_to(tmp_path / "nowhere" / "else")
    elif kind == "too long a name":
        store = tmp_path / ("x" * 300)
    else:
        store.write_text("")
        store = store / "below" if kind == "below a file" else store
    before = sorted(tmp_path.iterdir())
    assert same(loaded(store), shoulder)
    assert same(loaded(store), shoulder)
    assert len(reads) == 2
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EDQUOT])
@pytest.mark.parametrize("step", ["mkdir", "mkstemp", "write", "replace"])
def test_does_without_a_cache_on_a_disk_that_is_full_or_read_only(
    step: str,
    number: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    shoulder: RuleBase,
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    class Full:
        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None:
            pass

        write = fails

    if step == "write":
        monkeypatch.setattr("os.fdopen", lambda handle, _: (os.close(handle), Full())[1])
    else:
        place = {"mkdir": "pathlib.Path", "mkstemp": "tempfile", "replace": "pathlib.Path"}[step]
        monkeypatch.setattr(f"{place}.{step}", fails)
    assert same(loaded(tmp_path / "store"), shoulder)
    assert kept(tmp_path / "store") == []  # no half-written file stays


@pytest.mark.skipif(AS_ROOT, reason="root may write everywhere")
def test_does_without_a_cache_folder_it_may_not_write(tmp_path: Path, shoulder: RuleBase) -> None:
    tmp_path.chmod(0o500)
    assert same(loaded(tmp_path / "store"), shoulder)
    tmp_path.chmod(0o700)


def spoil_bit(data: bytes, place: float) -> bytes:
    spoiled = bytearray(data)
    spoiled[int(place * (len(data) - 1))] ^= 0x10
    return bytes(spoiled)


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "short": lambda data: data[:3],
    "half": lambda data: data[: len(data) // 2],
    "one byte less": lambda data: data[:-1],
    "more": lambda data: data + b"\0",
    "zeros": lambda data: bytes(len(data)),
    "noise": lambda data: os.urandom(len(data)),
    **{f"bit at {n}/9": lambda data, n=n: spoil_bit(data, n / 9) for n in range(10)},
}


@pytest.mark.parametrize("how", DAMAGE)
def test_never_runs_a_damaged_cache(
    how: str, tmp_path: Path, reads: list[Path], shoulder: RuleBase
) -> None:
    loaded(tmp_path)
    (file,) = kept(tmp_path)
    good = file.read_bytes()
    file.write_bytes(DAMAGE[how](good))
    assert same(loaded(tmp_path), shoulder)
    assert len(reads) == 2
    assert len(file.read_bytes()) == len(good)  # and it is mended
    loaded(tmp_path)
    assert len(reads) == 2


def test_a_folder_or_pipe_in_place_of_a_cache_file_is_passed_over(
    tmp_path: Path, shoulder: RuleBase
) -> None:
    loaded(tmp_path)
    (file,) = kept(tmp_path)
    file.unlink()
    os.mkfifo(file)
    assert same(loaded(tmp_path), shoulder)
    file.unlink()
    file.mkdir()
    assert same(loaded(tmp_path), shoulder)


def test_reads_afresh_what_another_version_wrote(
    tmp_path: Path, reads: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded(tmp_path)
    monkeypatch.setattr(load, "_stamp", lambda: "0" * 16)
    loaded(tmp_path)
    assert len(reads) == 2
    assert len(kept(tmp_path)) == 2


def test_the_version_of_python_is_in_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    here = load._stamp()
    monkeypatch.setattr("sys.version", "3.99.0")
    assert load._stamp() != here


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_never_trusts_a_cache_file_that_others_may_write(
    mode: int, tmp_path: Path, reads: list[Path]
) -> None:
    loaded(tmp_path)
    (file,) = kept(tmp_path)
    file.chmod(mode)
    loaded(tmp_path)
    assert len(reads) == 2


@pytest.mark.parametrize("mode", [0o720, 0o702, 0o777])
def test_never_trusts_a_cache_folder_that_others_may_write(
    mode: int, tmp_path: Path, reads: list[Path]
) -> None:
    store = tmp_path / "store"
    loaded(store)
    store.chmod(mode)
    loaded(store)
    assert len(reads) == 2


@pytest.mark.skipif(not AS_ROOT, reason="only root can give a file to somebody else")
@pytest.mark.parametrize("what", ["file", "folder"])
def test_never_trusts_what_somebody_else_owns(what: str, tmp_path: Path, reads: list[Path]) -> None:
    store = tmp_path / "store"
    loaded(store)
    (file,) = kept(store)
    os.chown(file if what == "file" else store, 65534, 65534)
    loaded(store)
    assert len(reads) == 2


def test_never_runs_what_somebody_else_put_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reads: list[Path]
) -> None:
    loaded(tmp_path)
    monkeypatch.setattr("os.getuid", lambda: 12345)
    loaded(tmp_path)
    assert len(reads) == 2


def test_two_that_write_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    variables = environment(XDG_CACHE_HOME=str(tmp_path))
    command = [sys.executable, "-m", "advisor", *PLAN]
    started = [
        subprocess.Popen(
            command, env=variables, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(6)
    ]
    told = {(*each.communicate(timeout=60), each.returncode) for each in started}
    ((out, err, code),) = told  # all the same
    assert (err, code) == (b"", 0)
    assert out
    (file,) = kept(tmp_path / "legday")
    assert file.suffix == ".bin"


WITHOUT = {
    "no home": {"HOME": "", "XDG_CACHE_HOME": ""},
    "a home that is not there": {"HOME": "/nonexistent/home", "XDG_CACHE_HOME": ""},
    "a home that is a file": {"HOME": "/etc/hostname", "XDG_CACHE_HOME": ""},
    "a cache that is a device": {"XDG_CACHE_HOME": "/dev/null"},
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
    assert b"Session" in done.stdout
    if "ASCII" in lack:
        assert done.stdout.isascii()


@pytest.mark.skipif(not AS_ROOT, reason="only root can become a user whom the system does not know")
def test_runs_for_a_user_whom_the_system_does_not_know() -> None:
    variables = environment()
    for name in ("HOME", "USER", "LOGNAME", "XDG_CACHE_HOME"):
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
        told = " ".join(session.say("none").split())
        assert "cannot be written: not a directory" in told
        assert "cannot be written" not in session.say("1")


def test_the_program_blames_itself_in_one_line() -> None:
    script = (
        "import advisor.cli.plan, advisor.cli\n"
        "def broken(*_): raise RuntimeError('odd')\n"
        "advisor.cli.plan.run = broken\n"
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
    odd = legday(*PLAN, HOME="/nonexistent", XDG_CACHE_HOME="/dev/null", TERM="", COLUMNS="1")
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
