"""Records of people → lines of plans, on one core or on all of them, in the order they came.

Groups of records are handed to workers in order and taken back in order, never more of them at a
time than the workers need: memory stays the same for a thousand people and a million.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import replace as copied
from errno import ECHILD
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

import orjson

from advisor.answers import AnswerError, quoted, read_answers
from advisor.cli.answer_files import unique_pairs
from advisor.cli.people import Bad, Group, Record, Table, is_carried
from advisor.document import plan_json
from advisor.json_text import Json, json_text
from advisor.plan import plan_for
from advisor.rulebase.shapes import RuleBase, SomeOf, normal

if TYPE_CHECKING:
    from concurrent.futures import Future
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

FIRST = 80  # people answered before workers are started: few are not worth it
AHEAD = 3  # groups a worker may have waiting
FORKS = sys.platform == "linux"  # elsewhere it is not to be had, or not safe
_KILLED = "a process of ours was killed, maybe for lack of memory (try fewer with `--jobs`)"


class Answered(NamedTuple):
    """What became of a group: its lines of output, and how many records were bad."""

    text: bytes
    people: int
    bad: int


@dataclass(frozen=True)
class Job:
    """What everybody is answered with.

    `table` is the layout of a CSV file; `carried` names what goes along besides id and name.
    """

    rules: RuleBase
    screened: bool = False
    country: str = ""
    fields: tuple[str, ...] = ()
    table: Table | None = None
    carried: frozenset[str] = frozenset()


def answer_all(groups: Iterator[Group], job: Job, jobs: int) -> Iterator[Answered]:
    """Answer every group, in order, on so many processes.

    The first people are answered here, as they come: somebody may be waiting for them. Raises
    ChildProcessError if a worker is killed.
    """
    answered = 0
    for group in groups:
        yield answer_group(group.records, job)
        answered += len(group.records)
        if jobs > 1 and answered >= FIRST:
            break
    if following := next(groups, None):
        yield from _crowd(following, groups, job, jobs)


def _crowd(first: Group, groups: Iterator[Group], job: Job, jobs: int) -> Iterator[Answered]:
    """Answer groups on several processes; where the next group has to wait, all at hand first."""
    from concurrent.futures import ThreadPoolExecutor

    workers = [_started(job) for _ in range(jobs)]
    idle: SimpleQueue[Connection] = SimpleQueue()
    for worker in workers:
        idle.put(worker.line)

    def ask(records: list[Record]) -> Answered:
        line = idle.get()
        try:
            line.send(records)
            answered: Answered = line.recv()
        except (EOFError, OSError):
            raise ChildProcessError(ECHILD, _KILLED) from None
        finally:
            idle.put(line)  # a dead one too, so that nobody waits for it
        return answered

    waiting: deque[Future[Answered]] = deque()
    askers = ThreadPoolExecutor(jobs)  # one for each process, which waits for it
    try:
        group: Group | None = first
        while group:
            waiting.append(askers.submit(ask, group.records))
            while waiting and (len(waiting) >= jobs * AHEAD or not group.more):
                yield waiting.popleft().result()
            group = next(groups, None)
        while waiting:
            yield waiting.popleft().result()
    finally:
        for worker in workers:
            worker.process.kill()  # which ends the wait for it
        askers.shutdown(cancel_futures=True)


class _Worker(NamedTuple):
    """A process like this one, and the line to it, which breaks when it ends."""

    process: BaseProcess
    line: Connection


def _started(job: Job) -> _Worker:
    """A worker. Forked ones begin with all we know, others with what pickles.

    Nobody but itself holds its end of the line, so that we hear of its death wherever it is.
    """
    from multiprocessing import get_context

    context = get_context("fork") if FORKS else get_context("spawn")
    ours, its = context.Pipe()
    begun = job if FORKS else copied(job, rules=copied(job.rules))
    process = context.Process(target=_work, args=(its, begun), daemon=True)
    process.start()
    its.close()
    return _Worker(process, ours)


def _work(line: Connection, job: Job) -> None:
    """Be a worker: Ctrl-C is for our parent to hear, and when it ends us we end at once."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    gc.freeze()  # what we share with it is not looked through for garbage, which would copy it
    Thread(target=_end_with_parent, daemon=True).start()
    while True:
        line.send(answer_group(line.recv(), job))


def _end_with_parent() -> None:
    """Leave nobody behind where the parent was killed and could not end us."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    if parent := parent_process():
        wait([parent.sentinel])
        os._exit(1)


def answer_group(records: list[Record], job: Job) -> Answered:
    """Answer some people, one a line. A bad record gets an error in its place."""
    told = [_line(record, job) for record in records]
    text = b"\n".join([*(line for line, _ in told), b""])
    return Answered(text, len(told), sum(bad for _, bad in told))


def _line(record: Record, job: Job) -> tuple[bytes, bool]:
    """The output for one record, and whether it was bad."""
    carried: Json = {}
    try:
        answers = _given(record, job, carried)
        plan = plan_for(read_answers(answers, job.rules, screened=job.screened), job.rules)
        if job.country:
            plan = copied(plan, options=("--country", job.country), country=job.country)
        return plan_json(plan, job.fields, carried), False
    except AnswerError as error:
        problem = "; ".join(error.problems)
    except (ValueError, RecursionError):
        problem = "not a line of JSON"
    return json_text({**carried, "error": problem, "line": record.line}), True


def _given(record: Record, job: Job, carried: Json) -> Json:
    """The answers of a record; what goes along is put aside. Raises AnswerError, ValueError."""
    content = record.content
    if isinstance(content, Bad):
        raise AnswerError([content])
    if isinstance(content, list):
        return _of_row(content, job, carried)
    answers = json.loads(content.decode("utf-8-sig"), object_pairs_hook=unique_pairs)
    if not isinstance(answers, dict):
        raise AnswerError(["expected a JSON object of answers"])
    questions = job.rules.question
    aside = [
        name
        for name in answers
        if name not in questions and normal(name) not in questions and is_carried(name, job.carried)
    ]
    carried.update({name: answers.pop(name) for name in aside})
    for name, value in [*carried.items()]:
        if not _can_be_written(value):
            carried.pop(name)
            raise AnswerError([f"{quoted(name)}: too big a number to carry along: make it a text"])
    return answers


def _can_be_written(value: object) -> bool:
    try:
        json_text(value)
    except orjson.JSONEncodeError:
        return False
    return True


def _of_row(cells: list[str], job: Job, carried: Json) -> Json:
    """The answers of a row of CSV; an empty cell is a question not asked."""
    columns = job.table.columns if job.table else ()
    if len(cells) < len(columns) or any(cell.strip() for cell in cells[len(columns) :]):
        raise AnswerError([f"{len(cells)} cells where the header has {len(columns)}"])
    answers: Json = {}
    for column, cell in zip(columns, cells, strict=False):
        if column.carried:
            carried[column.name] = cell
        elif cell.strip() and not column.name:
            raise AnswerError([f"{quoted(cell)} stands in a column without a name"])
        elif cell.strip():
            many = isinstance(job.rules.question[column.name].type, SomeOf)
            answers[column.name] = ",".join(cell.replace(";", ",").split("\n")) if many else cell
    return answers
