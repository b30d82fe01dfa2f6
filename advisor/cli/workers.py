"""Chunks of lines of answers → what became of each, on many cores.

Chunks are handed out in order and taken back in order, never more of them at a time than the
workers need: memory stays the same for a thousand lines and a million.
Answers are long, so workers put them into memory that they share with us, where that can be had.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace as copied
from errno import ECHILD
from mmap import mmap
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread

from advisor.cli.answering import Answered, Numbered, Worker

ROOM = 1 << 22  # bytes for the answers to a chunk; longer ones are sent
AHEAD = 3  # chunks a worker may have waiting
FORKS = sys.platform == "linux"  # elsewhere it is not to be had, or not safe
_KILLED = "a process of ours was killed, maybe for lack of memory (try fewer with `--jobs`)"


def crowd(worker: Worker, chunks: Iterator[list[Numbered]], jobs: int) -> Iterator[Answered]:
    """Answer chunks on so many processes, in order; `worker` is what each begins as.

    Raises ChildProcessError if one of them is killed.
    """
    at_once = jobs * AHEAD
    rooms = [mmap(-1, ROOM) for _ in range(at_once)] if FORKS else []
    waiting: deque[tuple[int, Future[Answered]]] = deque()
    with _pool(worker, rooms, jobs) as pool:
        try:
            for number, chunk in enumerate(chunks):
                waiting.append((number, pool.submit(_answer, chunk, number % at_once)))
                if len(waiting) == at_once:
                    yield _taken(*waiting.popleft(), rooms)
            while waiting:
                yield _taken(*waiting.popleft(), rooms)
        except BrokenProcessPool:
            raise ChildProcessError(ECHILD, _KILLED) from None
        finally:
            pool.shutdown(cancel_futures=True)


def _pool(worker: Worker, rooms: list[mmap], jobs: int) -> ProcessPoolExecutor:
    """Processes like this one. Forked ones begin with all it knows, others with what pickles."""
    job = worker.job
    begun = worker if FORKS else Worker(copied(job, rules=copied(job.rules)))
    context = get_context("fork" if FORKS else "spawn")
    return ProcessPoolExecutor(
        jobs, mp_context=context, initializer=_start, initargs=(begun, rooms)
    )


def _taken(number: int, future: Future[Answered], rooms: list[mmap]) -> Answered:
    """A chunk's answer, with its text where the worker put it."""
    answered = future.result()
    if not answered.length:
        return answered
    room = memoryview(rooms[number % len(rooms)])
    return answered._replace(text=room[: answered.length])


# Of a worker process, set once when it starts: the worker, and the memory it shares with us.
_worker: list[Worker] = []
_rooms: list[mmap] = []


def _start(worker: Worker, rooms: list[mmap]) -> None:
    """Be a worker: Ctrl-C is for our parent to hear, and when it ends us we end at once."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    gc.freeze()  # what we share with it is not looked through for garbage, which would copy it
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
