"""Lines of answers → lines of plans, on one core or on all of them.

The work is cut into chunks that are handed out in order and taken back in order, never more of
them at a time than the workers need: memory stays the same for a thousand lines and a million.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace as copied
from itertools import chain, islice
from multiprocessing import get_context
from multiprocessing.context import BaseContext
from typing import NamedTuple

from advisor.answers import AnswerError, read_answers
from advisor.cli.answer_files import unique_pairs
from advisor.lines import LineWriter
from advisor.plan import plan_for
from advisor.rulebase.frozen import dataclass
from advisor.rulebase.shapes import RuleBase

CHUNK = 32  # lines: a full one is a tenth of a megabyte
SMALL_CHUNK = 256  # lines of a few fields
AHEAD = 4  # chunks a worker may have waiting
FIRST = (1, 3, 12, *[CHUNK] * 8)  # lines answered before workers are started
Numbered = tuple[int, bytes]


class Answered(NamedTuple):
    """What became of a chunk: its lines of output, and how many lines in were bad."""

    text: str
    lines: int
    bad: int


@dataclass(frozen=True)
class Job:
    """What every line is answered with; `header` are the column names of a CSV file."""

    rules: RuleBase
    screened: bool = False
    country: str = ""
    fields: tuple[str, ...] = ()
    header: tuple[str, ...] = ()


class Worker:
    """Answers lines, one after another."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.writer = LineWriter(job.fields)

    def chunk(self, lines: Iterable[Numbered]) -> Answered:
        """Answer some lines. A bad one gets an error of its own; blank ones are passed over."""
        told = [self.line(number, line) for number, line in lines if line.strip()]
        bad = sum(error for _, error in told)
        return Answered("".join(f"{text}\n" for text, _ in told), len(told), bad)

    def line(self, number: int, line: bytes) -> tuple[str, bool]:
        """The output for one line, and whether it was bad."""
        job = self.job
        try:
            answers = self._csv(line) if job.header else _json(line)
            facts = read_answers(answers, job.rules, screened=job.screened)
            plan = plan_for(facts, job.rules)
            if job.country:
                plan = copied(plan, options=("--country", job.country), country=job.country)
            return self.writer.line(plan), False
        except AnswerError as error:
            problem = "; ".join(error.problems)
        except (ValueError, RecursionError):
            problem = "not a line of JSON"
        return json.dumps({"error": problem, "line": number}, ensure_ascii=False), True

    def _csv(self, line: bytes) -> dict[str, object]:
        """The answers in a line of CSV; an empty cell is a question not asked."""
        cells = csv_cells(line)
        if len(cells) != len(self.job.header):
            expected = len(self.job.header)
            raise AnswerError([f"{len(cells)} cells where the header has {expected}"])
        return {
            name: cell.replace(";", ",")
            for name, cell in zip(self.job.header, cells, strict=True)
            if cell.strip()
        }


def csv_cells(line: bytes) -> list[str]:
    """The cells of one line of CSV. Raises AnswerError."""
    try:
        return next(csv.reader([line.decode("utf-8-sig")], strict=True), [])
    except (UnicodeDecodeError, csv.Error):
        raise AnswerError(["not a line of CSV"]) from None


def _json(line: bytes) -> dict[str, object]:
    answers = json.loads(line.decode("utf-8-sig"), object_pairs_hook=unique_pairs)
    if not isinstance(answers, dict):
        raise AnswerError(["expected a JSON object of answers"])
    return answers


def answer_all(lines: Iterator[Numbered], job: Job, jobs: int) -> Iterator[Answered]:
    """Answer every line, in order, on so many processes.

    The first lines are answered here, as they come: few lines are not worth starting workers,
    and somebody may be waiting for them.
    """
    worker = Worker(job)
    for size in FIRST:
        yield worker.chunk(islice(lines, size))
    if jobs == 1:
        yield from map(worker.chunk, _chunks(lines, job))
        return
    following = next(_chunks(lines, job), None)
    if following is None:
        return
    bare = copied(job, rules=copied(job.rules))  # without the program, which no pickle takes
    with ProcessPoolExecutor(
        jobs, mp_context=_context(), initializer=_start, initargs=(bare,)
    ) as pool:
        waiting: deque[Future[Answered]] = deque()
        try:
            for chunk in chain([following], _chunks(lines, job)):
                waiting.append(pool.submit(_answer, chunk))
                if len(waiting) >= jobs * AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _chunks(lines: Iterator[Numbered], job: Job) -> Iterator[list[Numbered]]:
    while chunk := list(islice(lines, SMALL_CHUNK if job.fields else CHUNK)):
        yield chunk


def _context() -> BaseContext:
    """Forked workers start in no time; where that is not to be had, new ones."""
    return get_context("fork" if sys.platform == "linux" else "spawn")


_worker: list[Worker] = []  # of a worker process, set once when it starts


def _start(job: Job) -> None:
    _worker[:] = [Worker(job)]


def _answer(chunk: list[Numbered]) -> Answered:
    return _worker[0].chunk(chunk)
