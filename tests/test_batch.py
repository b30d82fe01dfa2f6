"""Many people at a time: the order, the bad lines, the cores, the end by a signal."""

from __future__ import annotations

import gzip
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from people import answers as answers_of
from running import ROOT, SHOULDER, environment, inside

from advisor import advise, load_rules
from advisor.answers import AnswerError
from advisor.cli import answering
from advisor.cli.answering import AHEAD, FIRST, Answered, Job, answer_all, answer_group
from advisor.cli.batch import GROUP, SMALL_GROUP
from advisor.cli.people import Group, Lines, Record, csv_records, grouped, json_records
from advisor.document import plan_document, plan_json
from advisor.engine.kept import Kept
from advisor.rulebase.shapes import RuleBase

RULES = load_rules()
CLEAR = {"emergency_signs": [], "urgent_signs": [], "health_flags": []}


def people(count: int) -> list[dict[str, object]]:
    equipment = (["dumbbells"], [], ["leg_press", "bench_or_step"])
    return [
        {**CLEAR, "back_pain": n % 11, "disc_history": n % 3 == 0, "equipment": equipment[n % 3]}
        for n in range(count)
    ]


def lines(count: int) -> bytes:
    return b"\n".join(json.dumps(person).encode() for person in people(count))


def groups(data: bytes, size: int = SMALL_GROUP) -> Iterator[Group]:
    source = Lines(io.BytesIO(data))
    return grouped(json_records(source), source, size)


def text(answered: Iterator[Answered]) -> bytes:
    return b"".join(each.text for each in answered)


def batch(*words: str, stdin: bytes = b"", cwd: Path = ROOT) -> subprocess.CompletedProcess[bytes]:
    """Run a batch; in a process of its own where it has several, or another folder."""
    if "--jobs" not in words and cwd == ROOT:
        done = inside("batch", *words, given=stdin)
        out, err = done.stdout.encode(), done.stderr.encode()
        return subprocess.CompletedProcess(done.args, done.returncode, out, err)
    command = [sys.executable, "-m", "advisor", "batch", *words]
    return subprocess.run(
        command, input=stdin, capture_output=True, cwd=cwd, env=environment(), check=False
    )


@given(answers=answers_of(RULES))
def test_writes_the_same_as_one_plan_at_a_time(answers: dict[str, object]) -> None:
    plan = advise(answers, RULES)
    assert json.loads(plan_json(plan)) == plan.to_dict() == plan_document(plan)
    alone = answer_group([Record(1, orjson.dumps(answers))], Job(RULES))
    assert json.loads(alone.text) == plan.to_dict()


def test_keeps_the_order_and_says_the_same_on_every_number_of_cores(rules: RuleBase) -> None:
    job = Job(rules, screened=True, fields=("level", "answers"))
    count = FIRST + 3 * SMALL_GROUP + 5
    alone, crowd = (text(answer_all(groups(lines(count)), job, jobs)) for jobs in (1, 3))
    assert alone == crowd
    pains = [json.loads(line)["answers"]["back_pain"] for line in alone.splitlines()]
    assert pains == [person["back_pain"] for person in people(count)]


def test_says_the_same_where_processes_are_not_forked(
    shoulder: RuleBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = b'{"shoulder_pain": 2}\n{"gear": 1}\n' * (FIRST + 2 * GROUP)
    job = Job(shoulder, screened=True)
    alone = text(answer_all(groups(data, GROUP), job, 1))
    monkeypatch.setattr(answering, "FORKS", False)
    assert text(answer_all(groups(data, GROUP), job, 2)) == alone


def test_writes_the_same_when_it_keeps_nothing(
    rules: RuleBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans = [
        replace(advise(person, rules), country=where)
        for person in people(10)
        for where in ("", "GB")
    ]
    told = [plan_json(plan) for plan in plans]
    monkeypatch.setattr(Kept, "__missing__", lambda self, key: self._work(key))
    afresh = replace(rules)
    assert [plan_json(replace(plan, rules=afresh)) for plan in plans] == told


def test_lets_nobody_change_what_others_are_told(rules: RuleBase) -> None:
    one, other = (advise(people(1)[0], rules).to_dict() for _ in range(2))
    one["rules"].clear()  # type: ignore[attr-defined]
    for verdict in one["verdicts"].values():  # type: ignore[attr-defined]
        verdict["reasons"].append("mine")
    assert advise(people(1)[0], rules).to_dict() == other


def test_takes_no_more_than_it_can_work_on(rules: RuleBase) -> None:
    taken = 0

    def source() -> Iterator[Group]:
        nonlocal taken
        for group in groups(lines(FIRST + 40 * SMALL_GROUP)):
            taken += 1
            yield group

    answers = answer_all(source(), Job(rules, fields=("level",)), 2)
    for _ in range(3):
        next(answers)
    assert taken <= 3 + 2 * AHEAD + 1
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
    answered = answer_group([Record(7, line), Record(9, good)], Job(rules))
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


# What real people have.


def table(data: bytes, rules: RuleBase, *carried: str, asked: str = "") -> list[Record]:
    lines_of = Lines(io.BytesIO(data))
    return [*csv_records(lines_of, asked, carried, rules).rows]


def answered(data: bytes, *words: str) -> list[dict[str, object]]:
    done = batch("-", "--csv", "--screened", "--fields", "answers", *words, stdin=data)
    assert done.stderr == b""
    return [json.loads(line) for line in done.stdout.splitlines()]


HEADERS = {
    "commas": b"id,back_pain,equipment\n7,2,dumbbells;bands\n",
    "semicolons": b"id;back_pain;equipment\n7;2;dumbbells,bands\n",
    "tabs": b"id\tback_pain\tequipment\n7\t2\tdumbbells,bands\n",
    "a mark at the start": b"\xef\xbb\xbfid,back_pain,equipment\n7,2,dumbbells;bands\n",
    "quotes behind that": b'\xef\xbb\xbf"id","back_pain","equipment"\n7,2,dumbbells;bands\n',
    "line ends of Windows": b"id,back_pain,equipment\r\n7,2,dumbbells;bands\r\n",
    "names as they are spoken": b"ID,Back pain,Equipment\n7,2,dumbbells;bands\n",
    "quoted cells": b'id,"back_pain","equipment"\n7,"2","dumbbells, bands"\n',
    "a break in a cell": b'id,back_pain,equipment\n7,2,"dumbbells\nbands"\n',
    "empty columns at the end": b"id,back_pain,equipment,,\n7,2,dumbbells;bands,,\n",
    "empty rows": b"id,back_pain,equipment\n,,\n\n7,2,dumbbells;bands\n, ,\n",
}


@pytest.mark.parametrize("how", HEADERS)
def test_reads_a_table_with(how: str) -> None:
    (person,) = answered(HEADERS[how])
    given = person["answers"]
    assert isinstance(given, dict)
    assert (given["back_pain"], given["equipment"]) == (2, ["dumbbells", "bands"])
    assert next(iter(person.values())) == "7"


def test_tells_the_line_that_a_row_begins_on(rules: RuleBase) -> None:
    data = b'back_pain,goal\n1,"a\nb"\n,\n2,\n"3'
    assert [record.line for record in table(data, rules)] == [2, 5, 6]


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        (b"back_pain,back_pain\n9,2\n", "names `back_pain` twice"),
        (b"back_pain,Back-Pain\n9,2\n", "names `back_pain` twice"),
        (b"back_pain,knee\n9,2\n", "column `knee` is no question"),
        (b"back_pain,bak_pain\n9,2\n", "did you mean `back_pain`"),
        (b"one,two\n1,2\n", "separated by commas, semicolons or tabs"),
        (b"\xff\xfeb\0a\0", "expected a first line with the ids of questions"),
    ],
)
def test_says_once_what_is_wrong_with_a_header(
    header: bytes, problem: str, rules: RuleBase
) -> None:
    with pytest.raises(AnswerError) as caught:
        table(header, rules)
    assert len(caught.value.problems) == 1
    assert problem in caught.value.problems[0]
    assert batch("-", "--csv", stdin=header).returncode == 2


def test_names_the_separator_where_another_was_asked_for(rules: RuleBase) -> None:
    with pytest.raises(AnswerError, match="separated by semicolons, not by `,`"):
        table(b"back_pain;goal\n1;quads\n", rules, asked=",")
    assert answered(b"back_pain|age\n1|40\n", "--delimiter", "|")
    assert batch("-", "--delimiter", "ab").returncode == 2


def test_reads_no_row_as_something_else(rules: RuleBase) -> None:
    rows = table(b'back_pain,goal\n1,"quads\n2,caf\xe9\n', rules)
    told = answer_group(rows, Job(rules))
    assert told.bad == len(rows) == 1


def test_carries_along_what_is_no_question(rules: RuleBase) -> None:
    person = b'{"id": 7, "name": "Zo\xc3\xab", "club": [1.5], "back_pain": 2}'
    job = Job(rules, fields=("level",), carried=frozenset({"club"}))
    (line,) = answer_group([Record(1, person)], job).text.splitlines()
    assert line == '{"id":7,"name":"Zoë","club":[1.5],"level":null}'.encode()
    bad = answer_group([Record(3, b'{"id": 7, "back_pain": 20}')], job)
    assert json.loads(bad.text)["id"] == 7
    assert json.loads(bad.text)["line"] == 3
    unknown = answer_group([Record(1, person)], Job(rules))
    assert "club" in json.loads(unknown.text)["error"]


def test_says_so_of_what_cannot_be_carried(rules: RuleBase) -> None:
    told = answer_group([Record(1, b'{"id": %d}' % 10**30)], Job(rules))
    assert "too big a number" in json.loads(told.text)["error"]
    assert b"is a key of the output" in batch("-", "--id", "level").stderr


def test_reads_packed_files(tmp_path: Path) -> None:
    for name, data in (("people.jsonl.gz", b'{"back_pain": 2}\n' * 3), ("p.csv.gz", b"age\n30\n")):
        file = tmp_path / name
        file.write_bytes(gzip.compress(data))
        done = batch(str(file), "--fields", "status")
        assert (done.returncode, done.stderr) == (0, b"")
    (tmp_path / "p.csv.gz").write_bytes(b"age\n30\n")
    done = batch(str(tmp_path / "p.csv.gz"))
    assert done.returncode == 2
    assert b"cannot be read: not a gzipped file" in done.stderr


@pytest.mark.parametrize(
    ("name", "data", "code", "problem"),
    [
        ("p.jsonl", b"", 2, b"error: `p.jsonl`: empty: expected one JSON object"),
        ("p.jsonl", b" \n", 2, b"error: `p.jsonl`: empty"),
        ("p.csv", b"", 2, b"error: `p.csv`: empty: expected a first line"),
        ("p.csv", b" \n", 2, b"error: `p.csv`: empty"),
        ("p.csv", b"age\n\n", 0, b"warning: `p.csv`: nobody in it"),
        ("-", b"", 0, b"warning: `-`: empty"),
    ],
)
def test_says_that_a_file_is_empty(
    name: str, data: bytes, code: int, problem: bytes, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    done = batch(name, stdin=data, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (code, b"")
    assert done.stderr.startswith(problem)


def test_answers_what_has_come_before_more_comes() -> None:
    command = [sys.executable, "-m", "advisor", "batch", "-", "--fields", "answers", "--jobs", "2"]
    command += ["--rules", SHOULDER]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=environment()
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(FIRST + 40):  # past the point where workers are started
            process.stdin.write(b'{"hours_since_shoulder_day": %d}\n' % number)
            process.stdin.flush()
            told = json.loads(process.stdout.readline())
            assert told == {"answers": {"hours_since_shoulder_day": number}}
        process.stdin.close()
        assert process.wait(20) == 0


def test_cuts_a_line_that_is_too_long() -> None:
    data = b'{"back_pain": 2}\n' + b"9" * (3 << 20) + b'\n{"back_pain": 3}\n' + b"8" * (2 << 20)
    sizes = [len(line) for line in Lines(io.BytesIO(data))]
    assert sizes[0] == sizes[2] == 17
    assert len(sizes) == 4
    assert max(sizes) < 2 << 20


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
    many = lines(FIRST + 2 * SMALL_GROUP)
    for _ in range(5):
        done = batch("-", "--jobs", "3", "--fields", "status", stdin=many)
        assert done.stderr == b""
        assert len(done.stdout.splitlines()) == FIRST + 2 * SMALL_GROUP


@contextmanager
def with_workers(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], list[int]]]:
    """A batch whose output nobody takes yet, so that it waits, and its worker processes."""
    people_file = folder / "people.jsonl"
    people_file.write_bytes(lines(3000))
    command = [sys.executable, "-m", "advisor", "batch", str(people_file), "--jobs", "2"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        process.stdout.read(6_000_000)  # past the lines that it answers itself
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        yield process, [int(word) for word in children.read_text().split()]


needs_proc = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")


@needs_proc
def test_says_so_when_a_worker_is_killed_and_leaves_whole_lines(tmp_path: Path) -> None:
    with with_workers(tmp_path) as (process, workers_of_it):
        assert len(workers_of_it) == 2
        os.kill(workers_of_it[0], signal.SIGKILL)
        output, errors = process.communicate(timeout=30)
    assert process.returncode == 1
    assert errors.startswith(b"error: cannot go on: a process of ours was killed")
    assert errors.count(b"\n") == 1
    assert output.endswith(b"\n")
    json.loads(output.splitlines()[-1])


@pytest.mark.skipif(not answering.FORKS, reason="stands in for what a forked worker does")
def test_does_not_wait_for_a_worker_killed_in_the_middle_of_writing(
    rules: RuleBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    def begin_to_write(line: Connection, _: Job) -> None:
        line.recv()
        os.write(line.fileno(), (1000).to_bytes(4, "big") + b"the first of a thousand bytes")
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(answering, "_work", begin_to_write)
    answers = answer_all(groups(lines(FIRST + 9 * GROUP), GROUP), Job(rules), 2)
    assert next(answers).text.endswith(b"\n")
    with pytest.raises(ChildProcessError, match="was killed"):
        list(answers)


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
