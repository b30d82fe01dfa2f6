"""Throws bytes at the readers, led by what they reach (atheris), or by chance where it is missing.

    python benchmarks/fuzz.py SECONDS [answers|batch|rules ...]

Not part of the suite: it runs as long as it is told to. Anything that a reader does with bytes,
other than give a value or a problem in its own words, ends the run with the bytes that did it.
`atheris` (from PyPI) is found by itself; the numbers that were reached stand in README.md.
"""

# ruff: noqa: PLC0415 - what is to be watched may only be imported once it is watched

from __future__ import annotations

import io
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

try:
    import atheris
except ImportError:
    atheris = None

ROOT = Path(__file__).parent.parent
SHOULDER = ROOT / "tests" / "shoulder"
sys.path.insert(0, str(ROOT))


Target = Callable[[bytes], None]


def answers_target() -> Target:
    """Reads a file of answers."""
    from advisor import load_rules
    from advisor.answers import AnswerError, read_answers
    from advisor.cli.answer_files import parse_answers

    shoulder = load_rules(SHOULDER)

    def target(data: bytes) -> None:
        try:
            read_answers(parse_answers(data, "given"), shoulder)
        except AnswerError as error:
            if not error.problems or any("\n" in each for each in error.problems):
                raise AssertionError(error.problems) from error

    return target


def batch_target() -> Target:
    """Answers the lines of a batch, as JSON and as CSV."""
    from advisor import load_rules
    from advisor.answers import AnswerError
    from advisor.cli.answering import Job, answer_group
    from advisor.cli.people import Lines, Record, csv_records, json_records

    shoulder = load_rules(SHOULDER)

    def answer(records: list[Record], job: Job) -> None:
        answered = answer_group(records, job)
        if answered.text.count(b"\n") != answered.people:
            raise AssertionError(answered)

    def target(data: bytes) -> None:
        answer([*json_records(Lines(io.BytesIO(data)))], Job(shoulder))
        for head in (b"shoulder_pain,gear\n", b""):
            try:
                found = csv_records(Lines(io.BytesIO(head + data)), "", (), shoulder)
            except AnswerError:
                continue
            answer([*found.rows], Job(shoulder, table=found.table))

    return target


def rules_target() -> Target:
    """Reads, builds and checks one file as a whole rule base."""
    from advisor.rulebase.problems import Problems
    from advisor.rulebase.reading.build import build
    from advisor.rulebase.reading.checks import CHECKS, CHECKS_OF_THE_WHOLE
    from advisor.rulebase.reading.entries import merge
    from advisor.rulebase.reading.nodes import read_file

    def target(data: bytes) -> None:
        problems = Problems()
        node = read_file(data, "given.yaml", problems)
        if node is None:
            if not len(problems):
                raise AssertionError(data)
            return
        draft = merge({"given.yaml": node}, problems)
        made = build(draft, "", problems)
        for check in (*CHECKS, *(() if len(problems) else CHECKS_OF_THE_WHOLE)):
            problems.extend(check(made, draft))

    return target


TARGETS = {"answers": answers_target, "batch": batch_target, "rules": rules_target}


def seeds(kind: str) -> list[bytes]:
    """Good input to start from."""
    if kind == "rules":
        files = sorted(SHOULDER.glob("*.yaml"))
        return [b"".join(path.read_bytes() for path in files)]  # whole, as one file
    return [
        b'{"shoulder_pain": 3, "alarm_signs": [], "gear": ["bands"]}\n',
        b"shoulder_pain: 3\nalarm_signs: none\ngear: [bands, dumbbells]\n",
        b'{"shoulder_pain": "unsure"}\n\n{"gear": "none"}\n',
        b"3,bands;dumbbells\n,unsure\n",
    ]


def by_chance(target: Callable[[bytes], None], kind: str, seconds: float) -> int:
    """Change good input at random; give how many were tried."""
    chance, start, tried = random.Random(0), time.monotonic(), 0
    good = seeds(kind)
    while time.monotonic() - start < seconds:
        data = bytearray(chance.choice(good))
        for _ in range(chance.randint(1, 6)):
            place = chance.randrange(len(data) + 1)
            piece = bytes(chance.choice(b":-[]{},&*!|>'\"\\\n \t#%@`\x00\xff019azAZ") for _ in "ab")
            data[place : place + chance.randint(0, 3)] = piece
        try:
            target(bytes(data))
        except BaseException:
            print("found:", bytes(data))
            raise
        tried += 1
    return tried


def led(kind: str, seconds: int) -> int:
    """Let atheris lead, in a process of its own, which it ends; give the exit code of that."""
    child = os.fork()
    if child == 0:
        with atheris.instrument_imports(include=["advisor"]):
            target = TARGETS[kind]()
        corpus = tempfile.mkdtemp(prefix=f"legday-fuzz-{kind}-")
        for number, seed in enumerate(seeds(kind)):
            Path(corpus, f"seed{number}").write_bytes(seed)
        limits = [f"-max_total_time={seconds}", "-timeout=10", "-max_len=16384"]
        atheris.Setup([sys.argv[0], *limits, corpus], target)
        atheris.Fuzz()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main(words: list[str]) -> None:
    """Throw bytes at each reader named, for its share of the time."""
    kinds = words[1:] or [*TARGETS]
    share = int((float(words[0]) if words else 60) / len(kinds))
    for kind in kinds:
        if atheris is None:
            print(kind, by_chance(TARGETS[kind](), kind, share), "inputs by chance, nothing found")
        else:
            print(kind, "ended with", led(kind, share))


if __name__ == "__main__":
    main(sys.argv[1:])
