"""`legday batch FILE`: lines of answers in, lines of plans out, in the same order, streaming."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import IO, TYPE_CHECKING

from advisor.answers import AnswerError, quoted
from advisor.cli.answering import Job, Numbered, csv_cells
from advisor.cli.chunks import answer_all
from advisor.cli.environment import Environment, Exit
from advisor.cli.opening import opened
from advisor.document import FIELDS, SMALL
from advisor.rulebase.problems import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable

    from advisor.cli.commands import Request

LONGEST_LINE = 1 << 20
_SOME = "such as level, status, session"
TERMINATED = 143  # what shells call the end by SIGTERM


def run(environment: Environment, request: Request) -> int:
    """Answer every line; a bad line gets an error of its own and the rest still runs."""
    name = str(request.values["file"])
    fields = _fields(request.values.get("fields"))
    jobs = _jobs(request.values.get("jobs"))
    bad = 0
    with _opened(name, environment) as stream, _progress(name, stream, environment) as done:
        job = Job(
            request.rules,
            screened=bool(request.values.get("screened")),
            # The people of a file need not be where this machine is: its locale does not count.
            country=request.country if request.values.get("country") else "",
            fields=fields,
            header=_header(name, stream, request.values.get("csv")),
        )
        with _whole_lines(environment) as write:
            for answered in answer_all(_lines(stream, bool(job.header)), job, jobs):
                write(answered.text)
                bad += answered.bad
                done(answered.lines)
    return Exit.UNUSABLE if bad else Exit.DONE


def _fields(value: object) -> tuple[str, ...]:
    """The keys asked for. Raises AnswerError for one that a plan does not have."""
    names = tuple(dict.fromkeys(str(value).replace(" ", "").split(","))) if value else ()
    known = [*FIELDS, *SMALL]
    problems = [
        f"`--fields`: {quoted(name)} is no key of a plan ({did_you_mean(name, known) or _SOME})"
        for name in names
        if name not in known
    ]
    if problems:
        raise AnswerError(problems)
    return names


def _jobs(value: object) -> int:
    """How many processes; by default as many as this process may use cores."""
    if value is None:
        with suppress(AttributeError):
            return len(os.sched_getaffinity(0))
        return os.cpu_count() or 1
    if isinstance(value, int) and 1 <= value <= 1000:  # noqa: PLR2004 - more is a slip
        return value
    raise AnswerError([f"`--jobs`: {quoted(value)} is no number of processes from 1 to 1000"])


def _header(name: str, stream: IO[bytes], asked: object) -> tuple[str, ...]:
    """The column names of a CSV file; none for JSON Lines."""
    if not asked and not name.lower().endswith(".csv"):
        return ()
    names = tuple(cell.strip() for cell in csv_cells(stream.readline(LONGEST_LINE)))
    if not any(names):
        raise AnswerError([f"{quoted(name)}: expected a first line with the ids of questions"])
    return names


@contextmanager
def _opened(name: str, environment: Environment) -> Iterator[IO[bytes]]:
    if name == "-":
        yield environment.stdin.buffer
        return
    try:
        stream = opened(name)
    except AnswerError as error:
        raise AnswerError(f"{quoted(name)}: {each}" for each in error.problems) from None
    with stream:
        yield stream


def _lines(stream: IO[bytes], after_header: bool) -> Iterator[Numbered]:  # noqa: FBT001 - two callers, both plain
    """The numbered lines of a stream; one that is too long comes cut, and does not parse."""
    number = 1 if after_header else 0
    while line := stream.readline(LONGEST_LINE):
        number += 1
        yield number, line
        while len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            line = stream.readline(LONGEST_LINE)


@contextmanager
def _whole_lines(environment: Environment) -> Iterator[Callable[[bytes | memoryview], None]]:
    """A way to write that a SIGTERM cannot cut: it waits until the lines at hand are out."""
    state = {"writing": False, "ended": False}

    def end(_: int, __: FrameType | None) -> None:
        state["ended"] = True
        if not state["writing"]:
            raise SystemExit(TERMINATED)

    def write(text: bytes | memoryview) -> None:
        state["writing"] = True
        environment.write_data(bytes(text))
        state["writing"] = False
        if state["ended"]:
            raise SystemExit(TERMINATED)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield write
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _progress(
    name: str, stream: IO[bytes], environment: Environment
) -> Iterator[Callable[[int], None]]:
    """A progress bar on standard error, where somebody sees it and the end is known."""
    if name == "-" or not environment.stderr.isatty() or environment.stdout.isatty():
        yield lambda _: None
        return
    from rich.progress import Progress  # noqa: PLC0415 - Rich is slow to import

    # Without its thread: forking a process that has threads is asking for trouble.

    with Progress(
        console=environment.console(environment.stderr), transient=True, auto_refresh=False
    ) as bar:
        task = bar.add_task("people", total=Path(name).stat().st_size or None)

        def done(_: int) -> None:
            bar.update(task, completed=stream.tell())
            bar.refresh()

        yield done
