"""The name of a file → a stream of its bytes, if it can be read to its end; bytes → a file."""

from __future__ import annotations

import os
import select
import stat
from pathlib import Path
from typing import IO

from advisor.answers import AnswerError, quoted
from advisor.rulebase.problems import cause_of

PATIENCE = 2000  # milliseconds for somebody to open the other end of a named pipe


def opened(name: str) -> IO[bytes]:
    """Open a file, or a pipe that somebody writes to; the caller closes it.

    Raises AnswerError, with the cause, for anything else: a device may never end.
    """
    try:
        kind = stat.S_IFMT(os.stat(name).st_mode)  # noqa: PTH116 - a start waits for this
        if kind == stat.S_IFREG:
            return open(name, "rb")  # noqa: PTH123 - the same
        pipe = os.open(name, os.O_RDONLY | os.O_NONBLOCK) if kind == stat.S_IFIFO else None
    except OSError as error:
        raise AnswerError([f"cannot be read: {cause_of(error)}"]) from None
    except ValueError:
        raise AnswerError(["cannot be read: not a usable name"]) from None
    if pipe is None:
        what = "a folder" if kind == stat.S_IFDIR else "no file"
        raise AnswerError([f"cannot be read: it is {what}"])
    return _waited_for(pipe)


def _waited_for(pipe: int) -> IO[bytes]:
    """The stream of a pipe, which nobody may have opened for writing yet."""
    waiting = select.poll()
    waiting.register(pipe, select.POLLIN)
    if not waiting.poll(PATIENCE) and not _is_held(pipe):
        os.close(pipe)
        raise AnswerError(["cannot be read: it is a pipe that nobody writes to"])
    os.set_blocking(pipe, True)
    return open(pipe, "rb")


def _is_held(pipe: int) -> bool:
    """Whether somebody holds the other end of a pipe that is empty and does not block."""
    try:
        os.read(pipe, 1)
    except BlockingIOError:
        return True
    return False


def written_to(path: Path, data: bytes, *, new: bool = False) -> None:
    """Write a file that only its owner can read, in place of another unless it must be `new`.

    Raises AnswerError, with the cause.
    """
    try:
        path.touch(0o600, exist_ok=not new)
        path.write_bytes(data)
    except OSError as error:
        raise AnswerError([f"cannot write {quoted(str(path))}: {cause_of(error)}"]) from None
