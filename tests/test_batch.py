"""Many people at a time: the order, the bad lines, the cores, the end by a signal."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from advisor import advise, texts
from advisor.cli import workers
from advisor.cli.answering import Job, Worker
from advisor.cli.chunks import FIRST, SMALL_CHUNK, answer_all
from advisor.cli.workers import AHEAD
from advisor.lines import LineWriter
from advisor.rulebase.shapes import RuleBase

ROOT = Path(__file__).parent.parent
CLEAR = {"emergency_signs": [], "urgent_signs": [], "health_flags": []}


def people(count: int) -> list[dict[str, object]]:
    equipment = (["dumbbells"], [], ["leg_press", "bench_or_step"])
    return [
        {**CLEAR, "back_pain": n % 11, "disc_history": n % 3 == 0, "equipment": equipment[n % 3]}
        for n in range(count)
    ]


def lines(count: int) -> list[tuple[int, bytes]]:
    return [(n, json.dumps(person).encode()) for n, person in enumerate(people(count), 1)]


def batch(*words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "advisor", "batch", *words]
    return subprocess.run(command, input=stdin, capture_output=True, cwd=ROOT, check=False)


def test_writes_the_same_bytes_as_one_plan_at_a_time(rules: RuleBase) -> None:
    writer = LineWriter()
    for person in people(40):
        plan = advise({**person, "sciatica": "unsure"}, rules)
        assert writer.line(plan).decode() == json.dumps(plan.to_dict(), ensure_ascii=False)


def test_keeps_the_order_and_says_the_same_on_every_number_of_cores(rules: RuleBase) -> None:
    job = Job(rules, screened=True, fields=("level", "answers"))
    alone, crowd = (
        b"".join(bytes(each.text) for each in answer_all(iter(lines(sum(FIRST) + 700)), job, jobs))
        for jobs in (1, 3)
    )
    assert alone == crowd
    pains = [json.loads(line)["answers"]["back_pain"] for line in alone.splitlines()]
    assert pains == [person["back_pain"] for person in people(sum(FIRST) + 700)]


@pytest.mark.parametrize(("name", "value"), [("FORKS", False), ("ROOM", 10)])
def test_says_the_same_however_answers_come_back(
    rules: RuleBase, name: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = sum(FIRST) + 2 * SMALL_CHUNK + 5
    job = Job(rules, fields=("status", "session"))
    alone = b"".join(bytes(each.text) for each in answer_all(iter(lines(count)), job, 1))
    monkeypatch.setattr(workers, name, value)
    crowd = b"".join(bytes(each.text) for each in answer_all(iter(lines(count)), job, 2))
    assert crowd == alone


def test_writes_the_same_when_it_keeps_nothing(
    rules: RuleBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans = [advise(person, rules) for person in people(10)]
    monkeypatch.setattr(texts, "MOST_KEPT", 0)
    writer = LineWriter()
    for plan in [*plans, *(replace(each, country="GB") for each in plans)]:
        assert writer.line(plan).decode() == json.dumps(plan.to_dict(), ensure_ascii=False)


def test_takes_no_more_lines_than_it_can_work_on(rules: RuleBase) -> None:
    taken = 0

    def source() -> object:
        nonlocal taken
        for line in lines(sum(FIRST) + 40 * SMALL_CHUNK):
            taken += 1
            yield line

    job = Job(rules, fields=("level",))
    answers = answer_all(source(), job, 2)  # type: ignore[arg-type]
    for _ in range(len(FIRST) + 1):
        next(answers)
    assert taken <= sum(FIRST) + (2 * AHEAD + 1) * SMALL_CHUNK
    answers.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b'{"back_pain": 3', "not a line of JSON"),
        (b'{"back_pain": NaN}', "no answer"),
        (b'{"back_pain": 1e999}', "no answer"),
        (b"[1, 2]", "expected a JSON object"),
        (b'{"back_pain": 1, "back_pain": 2}', "answered twice"),
        (b"\xff\xfe\x00", "not a line of JSON"),
        (b"[" * 100_000, "not a line of JSON"),
        (b'{"back_pain": ' + b"9" * 5000 + b"}", ""),
    ],
)
def test_tells_what_is_wrong_with_a_line_and_goes_on(
    rules: RuleBase, line: bytes, problem: str
) -> None:
    good = json.dumps({"emergency_signs": ["chest_pain"]}).encode()
    answered = Worker(Job(rules)).chunk([(7, line), (8, b"  "), (9, good)])
    first, second = map(json.loads, answered.text.splitlines())
    assert first["line"] == 7
    assert problem in first["error"]
    assert second["level"] == "emergency"
    assert answered.bad == 1


def test_exits_2_when_any_line_was_bad_and_0_when_none_was() -> None:
    bad = batch("-", stdin=b'{"back_pain": 2}\n{"back_pai')
    assert bad.returncode == 2
    assert len(bad.stdout.splitlines()) == 2
    assert batch("-", stdin=b'{"back_pain": 2}\n').returncode == 0


def test_reads_csv_with_empty_cells_as_not_asked(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("back_pain,equipment,sciatica\n2,dumbbells;bands,\n,none,unsure\n1\n")
    done = batch(str(file), "--screened", "--fields", "answers,not_sure")
    first, second, third = map(json.loads, done.stdout.splitlines())
    assert first["answers"]["equipment"] == ["dumbbells", "bands"]
    assert first["answers"]["sciatica"] == "never"
    assert second["answers"]["back_pain"] == 0
    assert second["not_sure"] == ["sciatica"]
    assert "cells" in third["error"]


def test_gives_only_the_fields_asked_for_and_names_unknown_ones() -> None:
    person = json.dumps({**CLEAR, "back_pain": 1, "equipment": []}).encode()
    done = batch("-", "--screened", "--fields", "level,session", stdin=person)
    document = json.loads(done.stdout)
    assert list(document) == ["level", "session"]
    assert {"exercise", "notation"} <= set(document["session"]["exercises"][0])
    refused = batch("-", "--fields", "lvel", stdin=person)
    assert refused.returncode == 2
    assert b"did you mean `level`" in refused.stderr


@pytest.mark.parametrize("name", ["missing.jsonl", "."])
def test_rejects_what_is_no_file(name: str, tmp_path: Path) -> None:
    done = batch(str(tmp_path / name))
    assert done.returncode == 2
    assert done.stderr.startswith(b"error: `")
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(not hasattr(signal, "SIGTERM"), reason="this system has no such signal")
def test_prints_whole_lines_when_it_is_told_to_end() -> None:
    person = json.dumps({**CLEAR, "back_pain": 1}).encode() + b"\n"
    command = [sys.executable, "-m", "advisor", "batch", "-", "--screened"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        os.set_blocking(process.stdin.fileno(), False)
        output = b""
        end = time.monotonic() + 30
        while len(output) < 200_000 and time.monotonic() < end:
            try:
                os.write(process.stdin.fileno(), person * 50)
            except BlockingIOError:
                output += os.read(process.stdout.fileno(), 65536)
        process.send_signal(signal.SIGTERM)
        output += process.stdout.read()
        process.wait(20)
    assert process.returncode == 143
    assert output.endswith(b"\n")
    for line in output.splitlines():
        assert json.loads(line)["level"]


def test_says_nothing_besides_the_lines_when_several_processes_end() -> None:
    many = b"\n".join(line for _, line in lines(sum(FIRST) + 2 * SMALL_CHUNK))
    for _ in range(5):
        done = batch("-", "--jobs", "3", "--fields", "status", stdin=many)
        assert done.stderr == b""
        assert len(done.stdout.splitlines()) == sum(FIRST) + 2 * SMALL_CHUNK


@contextmanager
def with_workers(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], list[int]]]:
    """A batch whose output nobody takes yet, so that it waits, and its worker processes."""
    people_file = folder / "people.jsonl"
    people_file.write_bytes(b"\n".join(line for _, line in lines(3000)))
    command = [sys.executable, "-m", "advisor", "batch", str(people_file), "--jobs", "2"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        process.stdout.read(12_000_000)  # past the lines that it answers itself
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        yield process, [int(word) for word in children.read_text().split()]


needs_proc = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")


@needs_proc
def test_says_so_when_a_worker_is_killed_and_leaves_whole_lines(tmp_path: Path) -> None:
    with with_workers(tmp_path) as (process, workers_of_it):
        assert len(workers_of_it) == 2
        os.kill(workers_of_it[0], signal.SIGKILL)
        output, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert errors.startswith(b"error: cannot go on: a process of ours was killed")
    assert errors.count(b"\n") == 1
    assert output.endswith(b"\n")
    json.loads(output.splitlines()[-1])


@needs_proc
def test_leaves_no_worker_behind_when_it_is_killed(tmp_path: Path) -> None:
    with with_workers(tmp_path) as (process, workers_of_it):
        process.kill()
        end = time.monotonic() + 30
        while any(map(_runs, workers_of_it)) and time.monotonic() < end:
            time.sleep(0.05)
        assert not any(map(_runs, workers_of_it))


def _runs(process: int) -> bool:
    """Whether a process is there and has not ended."""
    try:
        return ") Z " not in Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
