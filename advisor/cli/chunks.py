"""Lines of answers → lines of plans, on one core or on all of them.

The work is cut into chunks that are answered in order; which of them are on many cores is for
`workers.py`, which a few lines do without.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from advisor.cli.answering import Answered, Job, Numbered, Worker

CHUNK = 16  # lines: a full one is a tenth of a megabyte
SMALL_CHUNK = 256  # lines of a few fields
FIRST = (1, 3, 12, *[CHUNK] * 4)  # lines answered before workers are started


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
    from advisor.cli.workers import crowd

    yield from crowd(worker, chain([following], _chunks(lines, job)), jobs)


def _chunks(lines: Iterator[Numbered], job: Job) -> Iterator[list[Numbered]]:
    while chunk := list(islice(lines, SMALL_CHUNK if job.fields else CHUNK)):
        yield chunk
