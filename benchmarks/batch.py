"""How many people a second `legday batch` answers, and with how much memory.

    python benchmarks/batch.py [--sizes 1000,100000] [--million] [--rounds 3]

Runs the program as somebody would, on files of lines made from the people of `questions.py`.
First it is checked that the lines come back in order: each with the age that went in, and each
the same on one core and on all. Then what is written goes to the null device, as the disk is
not what is measured. A rate *by the clock* suffers from whatever else the machine does; *by the
processor* it is people for each second of one core that the batch and its workers used. Memory
is the most that all its processes had at a time (Linux only). `--million` adds a million lines,
whole and with `--fields level,session`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from plans import in_words
from questions import person

from advisor import load_rules

SMALL = ("--fields", "level,session")
DIFFERENT = 5_000  # people; more lines repeat them, from another one on each time


class Run(NamedTuple):
    """What one batch took."""

    seconds: float
    worked: float  # seconds of processor time, of all processes
    megabytes: float


def write_lines(path: Path, count: int) -> None:
    """A file of so many people."""
    rules, chance = load_rules(), random.Random(1)
    some = min(count, DIFFERENT)
    lines = [json.dumps(in_words(person(chance, rules)[1], rules)) + "\n" for _ in range(some)]
    with path.open("w", encoding="utf-8") as file:
        for begin in range(0, count, some):
            turn = begin // some % some
            file.writelines([*lines[turn:], *lines[:turn]][: count - begin])


def batch(path: Path, out: Path, options: tuple[str, ...]) -> Run:
    """Run `legday batch` to its end."""
    words = [sys.executable, "-m", "advisor", "batch", str(path), *options]
    kept = {n: value for n, value in os.environ.items() if n != "PYTHONDONTWRITEBYTECODE"}
    start, worked, most = time.perf_counter(), _worked(), 0.0
    with out.open("wb") as stream:
        process = subprocess.Popen(words, stdout=stream, env=kept)
        while process.poll() is None:
            most = max(most, memory(process.pid))
            time.sleep(0.05)
    if process.returncode:
        sys.exit(f"batch ended with {process.returncode}")
    return Run(time.perf_counter() - start, _worked() - worked, most)


def _worked() -> float:
    """Processor time of all processes that were started here and have ended."""
    used = os.times()
    return used.children_user + used.children_system


def memory(pid: int) -> float:
    """What a process and its workers have now, in MB, shared pages divided; 0 if not known."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return 0.0
    return sum(_own(each) for each in (str(pid), *children)) / 1024


def _own(pid: str) -> int:
    """The proportional share of memory of one process, in kB."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    return int(text.partition("\nPss:")[2].split()[0]) if "\nPss:" in text else 0


def check_order(folder: Path) -> None:
    """Stop unless every line comes back in its place, whatever the number of processes."""
    given, one, all_ = folder / "check.jsonl", folder / "one", folder / "all"
    write_lines(given, 3000)
    batch(given, one, ("--jobs", "1"))
    batch(given, all_, ())
    if one.read_bytes() != all_.read_bytes():
        sys.exit("the lines differ between one process and all")
    asked = given.read_text(encoding="utf-8").splitlines()
    told = one.read_text(encoding="utf-8").splitlines()
    for before, after in zip(asked, told, strict=True):
        if json.loads(before) != {**json.loads(before), **_said(after, json.loads(before))}:
            sys.exit("a line came back in another's place")


def _said(line: str, asked: dict[str, object]) -> dict[str, object]:
    answers = json.loads(line)["answers"]
    return {name: answers[name] for name in asked}


def main() -> None:
    """Check, measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", default="1000,100000")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--million", action="store_true")
    words = parser.parse_args()
    plan = [
        (int(size), jobs, fields, words.rounds)
        for size in words.sizes.split(",")
        for fields in ((), SMALL)
        for jobs in (("--jobs", "1"), ())
    ]
    if words.million:
        plan += [(1_000_000, (), fields, 1) for fields in ((), SMALL)]
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores; {words.rounds} rounds\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        check_order(folder)
        print("| lines | fields | processes | by the clock | by the processor | memory |")
        print("| ---: | --- | --- | ---: | ---: | ---: |")
        for size, jobs, fields, rounds in plan:
            given = folder / f"{size}.jsonl"
            if not given.exists():
                write_lines(given, size)
            null = Path(os.devnull)
            runs = [batch(given, null, (*jobs, *fields)) for _ in range(rounds)]
            rates = [
                f"{size / statistics.median(each):,.0f}/s"
                for each in ([run.seconds for run in runs], [run.worked for run in runs])
            ]
            most = f"{max(run.megabytes for run in runs):.0f} MB"
            cells = (f"{size:,}", (fields or ("", "all"))[1], (jobs or ("", "all"))[1])
            print(f"| {' | '.join((*cells, *rates, most))} |", flush=True)


if __name__ == "__main__":
    main()
