"""Bytes that nobody meant, thrown at everything that reads bytes.

A reader gives a value, or a problem in its own words; nothing else comes out. `benchmarks/fuzz.py`
does the same for as long as it is told to, led by what it reaches.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor import load_rules
from advisor.answers import AnswerError, read_answers
from advisor.cli.answer_files import parse_answers
from advisor.cli.answering import Job, answer_group
from advisor.cli.people import Column, Lines, Record, Table, csv_records, json_records
from advisor.plan import plan_for
from advisor.rulebase.problems import Problems
from advisor.rulebase.reading.build import build
from advisor.rulebase.reading.checks import CHECKS, CHECKS_OF_THE_WHOLE
from advisor.rulebase.reading.entries import merge
from advisor.rulebase.reading.nodes import read_file

FOLDER = Path(__file__).parent / "shoulder"
FILES = {path.name: path.read_bytes() for path in sorted(FOLDER.glob("*.yaml"))}
WHOLE = b"".join(FILES.values())
SHOULDER = load_rules(FOLDER)
TABLE = Table(",", (Column("shoulder_pain"), Column("gear")))

PIECES = [
    *(b": ", b"- ", b"\n  ", b"\t", b"&a ", b"*a", b"!!", b"---\n", b"|\n", b"'", b'"', b"{", b"}"),
    *(b"[", b"]", b",", b"#", b"%", b"?", b"\\u202e", b"\\x", b"\0", b"\xff", b"\xef\xbb\xbf"),
    *(b"rules:", b"questions:", b"when:", b"yes", b"none", b"unsure", b"1e999", b"0x", b"-1"),
    *(b".nan", b"9" * 30, b"always", b"this", b"{this}", b"at least 99", b"for_each: gear"),
]


def mutated(good: bytes) -> st.SearchStrategy[bytes]:
    """Good bytes with some cut out and others put in, lines moved, or the end lost."""
    piece = st.one_of(st.sampled_from(PIECES), st.binary(max_size=6))
    place = st.integers(0, len(good))
    edits = st.lists(st.tuples(place, st.integers(0, 40), piece), min_size=1, max_size=5)

    def edit(steps: list[tuple[int, int, bytes]]) -> bytes:
        data = good
        for start, length, put in steps:
            data = data[:start] + put + data[start + length :]
        return data

    return edits.map(edit)


def lines_moved(good: bytes) -> st.SearchStrategy[bytes]:
    lines = good.splitlines(keepends=True)
    places = st.tuples(*[st.integers(0, len(lines) - 1)] * 3)

    def move(chosen: tuple[int, int, int]) -> bytes:
        start, end, to = chosen
        block = lines[min(start, end) : max(start, end)][:8]
        return b"".join([*lines[:to], *block, *lines[to:]])

    return places.map(move)


def check(data: bytes) -> Problems:
    """Read, build and check one file as a whole rule base; give what is wrong with it."""
    problems = Problems()
    node = read_file(data, "given.yaml", problems)
    if node is None:
        return problems
    draft = merge({"given.yaml": node}, problems)
    rules = build(draft, "", problems)
    for each in (*CHECKS, *(CHECKS_OF_THE_WHOLE if not len(problems) else ())):
        problems.extend(each(rules, draft))
    return problems


def test_the_good_files_are_good() -> None:
    assert [str(each) for each in check(WHOLE)] == []


@given(st.binary(max_size=300))
def test_reads_or_refuses_any_bytes_as_rules(data: bytes) -> None:
    problems = check(data)
    assert len(problems)
    assert all(each.line >= 1 and each.column >= 1 for each in problems)


@settings(max_examples=100)
@given(st.one_of(mutated(WHOLE), lines_moved(WHOLE)))
def test_reads_or_refuses_rules_with_slips_in_them(data: bytes) -> None:
    for each in check(data):
        assert "\n" not in str(each)
        assert each.line >= 1


GOOD = [
    b'{"shoulder_pain": 3, "alarm_signs": [], "gear": ["bands"], "dislocated": true}\n',
    b"shoulder_pain: 3\nalarm_signs: none\ngear: [bands, dumbbells]\ndislocated: unsure\n",
]


def assert_answers_or_problems(data: bytes) -> None:
    try:
        facts = read_answers(parse_answers(data, "given"), SHOULDER)
    except AnswerError as error:
        problems = error.problems
    else:
        problems = ("none",)
        assert plan_for(facts, SHOULDER).status in {"plan", "refer", "incomplete"}
    assert problems
    assert all("\n" not in each for each in problems)


@given(st.one_of(st.binary(max_size=200), *map(mutated, GOOD)))
def test_reads_or_refuses_any_bytes_as_answers(data: bytes) -> None:
    assert_answers_or_problems(data)


SCALAR = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8))
LISTED = st.lists(st.one_of(SCALAR, st.lists(SCALAR, max_size=2)), max_size=4)
ANY_JSON = st.one_of(SCALAR, LISTED, st.dictionaries(st.text(), LISTED, max_size=3))


@given(st.dictionaries(st.one_of(st.sampled_from([*SHOULDER.question]), st.text()), ANY_JSON))
def test_reads_or_refuses_any_values_as_answers(person: dict[str, object]) -> None:
    assert_answers_or_problems(json.dumps(person).encode())


@given(st.one_of(st.binary(max_size=300), mutated(GOOD[0] * 3), mutated(b"3,bands\n,unsure\n" * 3)))
def test_gives_one_line_of_json_for_each_line_of_people(data: bytes) -> None:
    lines = [each for each in data.split(b"\n") if each.strip()]
    records = [*json_records(Lines(io.BytesIO(data)))]
    assert [each.content.rstrip(b"\n") for each in records] == lines  # type: ignore[union-attr]
    assert_one_line_each(records, Job(SHOULDER))
    header = Lines(io.BytesIO(b"shoulder_pain,gear\n" + data))
    table, rows = csv_records(header, "", (), SHOULDER)
    assert table == TABLE
    assert_one_line_each([*rows], Job(SHOULDER, table=table))


def assert_one_line_each(records: list[Record], job: Job) -> None:
    answered = answer_group(records, job)
    told = answered.text.decode().removesuffix("\n").split("\n") if records else []
    assert answered.people == len(records) == len(told)
    documents = [json.loads(each) for each in told]
    assert answered.bad == sum("error" in each for each in documents)
    assert all({"error", "line"} <= each.keys() or "level" in each for each in documents)


@pytest.mark.parametrize("reader", ["answers", "batch", "rules"])
def test_the_long_run_by_hand_works(reader: str, tmp_path: Path) -> None:
    script = Path(__file__).parent.parent / "benchmarks" / "fuzz.py"
    done = subprocess.run(
        [sys.executable, str(script), "1", reader],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-500:]
