"""Lines of answers → lines of plans, on one core or on all of them.

The work is cut into chunks that are handed out in order and taken back in order, never more of
them at a time than the workers need: memory stays the same for a thousand lines and a million.
Answers are long, so workers put them into memory that they share with us, where that can be had.
"""

from __future__ import annotations

import csv
import gc
import json
import os
import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace as copied
from errno import ECHILD
from itertools import chain, islice
from mmap import mmap
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread
from typing import NamedTuple

from advisor.answers import AnswerError, read_answers
from advisor.cli.answer_files import unique_pairs
from advisor.lines import LineWriter
from advisor.plan import plan_for
from advisor.rulebase.frozen import dataclass
from advisor.rulebase.shapes import RuleBase

CHUNK = 16  # lines: a full one is a tenth of a megabyte
SMALL_CHUNK = 256  # lines of a few fields
ROOM = 1 << 22  # bytes for the answers to a chunk; longer ones are sent
AHEAD = 3  # chunks a worker may have waiting
FIRST = (1, 3, 12, *[CHUNK] * 4)  # lines answered before workers are started
FORKS = sys.platform == "linux"  # elsewhere it is not to be had, or not safe
_KILLED = "a process of ours was killed, maybe for lack of memory (try fewer with `--jobs`)"
Numbered = tuple[int, bytes]


class Answered(NamedTuple):
    """What became of a chunk: its lines of output, and how many lines in were bad."""

    text: bytes | memoryview
    lines: int
    bad: int
    length: int = 0  # of a text that was put into shared memory


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
        return Answered(b"".join([b"%s\n" % text for text, _ in told]), len(told), bad)

    def line(self, number: int, line: bytes) -> tuple[bytes, bool]:
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
        error_line = json.dumps({"error": problem, "line": number}, ensure_ascii=False)
        return error_line.encode(), True

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
    and somebody may be waiting for them. Raises ChildProcessError if a worker is killed.
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
    at_once = jobs * AHEAD
    rooms = [mmap(-1, ROOM) for _ in range(at_once)] if FORKS else []
    # Forked workers begin with all that we know; other ones get what a pickle takes.
    begun = worker if FORKS else Worker(copied(job, rules=copied(job.rules)))
    gc.freeze()  # what they share with us is not looked through for garbage, which would copy it
    with ProcessPoolExecutor(
        jobs,
        mp_context=get_context("fork" if FORKS else "spawn"),
        initializer=_start,
        initargs=(begun, rooms),
    ) as pool:
        waiting: deque[tuple[int, Future[Answered]]] = deque()
        try:
            for number, chunk in enumerate(chain([following], _chunks(lines, job))):
                waiting.append((number, pool.submit(_answer, chunk, number % at_once)))
                if len(waiting) == at_once:
                    yield _taken(*waiting.popleft(), rooms)
            while waiting:
                yield _taken(*waiting.popleft(), rooms)
        except BrokenProcessPool:
            raise ChildProcessError(ECHILD, _KILLED) from None
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _taken(number: int, future: Future[Answered], rooms: list[mmap]) -> Answered:
    """A chunk's answer, with its text where the worker put it."""
    answered = future.result()
    if not answered.length:
        return answered
    room = memoryview(rooms[number % len(rooms)])
    return answered._replace(text=room[: answered.length])


def _chunks(lines: Iterator[Numbered], job: Job) -> Iterator[list[Numbered]]:
    while chunk := list(islice(lines, SMALL_CHUNK if job.fields else CHUNK)):
        yield chunk


# Of a worker process, set once when it starts: the worker, and the memory it shares with us.
_worker: list[Worker] = []
_rooms: list[mmap] = []


def _start(worker: Worker, rooms: list[mmap]) -> None:
    """Be a worker: Ctrl-C is for our parent to hear, and when it ends us we end at once."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=_end_with_parent, daemon=True).start()
    _worker[:], _rooms[:] = [worker], rooms


def _end_with_parent() -> None:
    """Leave nobody behind where the parent was killed and could not end us."""
    if parent := parent_process():
        wait([parent.sentinel])
        os._exit(1)


def _answer(chunk: list[Numbered], place: int) -> Answered:
    """Answer a chunk; its text goes into the room at this place, if there is one and it fits."""
    answered = _worker[0].chunk(chunk)
    length = len(answered.text)
    if not _rooms or length > ROOM:
        return answered
    _rooms[place][:length] = answered.text
    return answered._replace(text=b"", length=length)
