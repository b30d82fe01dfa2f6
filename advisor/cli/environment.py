"""The outside world, in one object: streams, terminal, colour, folders.

Commands never touch `sys` or `os`; they get an Environment, so a test can give them another.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import IntEnum
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from advisor.cli.pager import page
from advisor.json_text import json_line

if TYPE_CHECKING:
    from rich.console import Console, RenderableType


NARROWEST, WIDEST = 20, 100


class Exit(IntEnum):
    """How a command ends."""

    DONE = 0  # a plan, or the listing asked for, was printed
    FAILED = 1  # the program itself failed, or a check that was asked for did
    UNUSABLE = 2  # unknown flag, value, exercise or file
    REFER = 3  # no plan: see a professional
    INCOMPLETE = 4  # no plan yet: answers that safety depends on are missing
    BAD_RULES = 5  # the rule base is invalid
    INTERRUPTED = 130  # Ctrl-C


def _silent(mode: str) -> TextIO:
    """A stream that gives nothing and keeps nothing."""
    return open(os.devnull, mode, encoding="utf-8")  # type: ignore[return-value]  # noqa: PTH123 - it lives as long as the process


@dataclass(frozen=True)
class Environment:
    """Streams and what is known of them."""

    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
    variables: Mapping[str, str] = field(default_factory=dict)
    day: date | None = None  # what a test takes for today

    @classmethod
    def of_process(cls) -> Environment:
        """The real one. Closed streams become silent ones; any text can be printed."""
        stdin = sys.stdin or _silent("r")
        stdout, stderr = sys.stdout or _silent("w"), sys.stderr or _silent("w")
        for stream in (stdout, stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="replace")
        return cls(stdin, stdout, stderr, os.environ)

    @property
    def today(self) -> date:
        """The day it is."""
        return self.day or datetime.now(tz=UTC).date()

    @property
    def now(self) -> str:
        """The local time, to the minute, as ISO 8601 writes it; on the day of a test, noon."""
        now = datetime.now(tz=UTC).astimezone().replace(tzinfo=None)
        now = datetime.combine(self.day, time(12)) if self.day else now
        return now.isoformat(timespec="minutes")

    @property
    def data_folder(self) -> Path | None:
        """Where programs keep what belongs to this user; None if the system does not say."""
        home, roaming = self.variables.get("HOME"), self.variables.get("LOCALAPPDATA")
        if sys.platform == "win32":
            return Path(roaming) if roaming else None
        if sys.platform == "darwin":
            return Path(home) / "Library" / "Application Support" if home else None
        said = self.variables.get("XDG_DATA_HOME", "")
        if Path(said).is_absolute():
            return Path(said)
        return Path(home) / ".local" / "share" if home else None

    @property
    def is_terminal(self) -> bool:
        """Whether somebody sits there who can be asked."""
        return self.stdin.isatty() and self.stderr.isatty()

    @property
    def country(self) -> str:
        """The country of the locale for messages (`GB` for `en_GB.UTF-8`); empty if it has none."""
        names = ("LC_ALL", "LC_MESSAGES", "LANG")
        locale = next((self.variables[name] for name in names if self.variables.get(name)), "")
        found = re.match(r"[a-z]{2,3}_([A-Z]{2})(?![A-Za-z0-9])", locale)
        return found[1] if found else ""

    @property
    def plain_words(self) -> bool:
        """Whether all should be words, one thing a line: for screen readers and dumb terminals."""
        spoken = self.variables.get("ACCESSIBLE", "") not in {"", "0"}
        return spoken or self.variables.get("TERM") == "dumb"

    @property
    def can_edit_lines(self) -> bool:
        """Whether lines may be edited as they are typed: at this process's own, clever terminal."""
        own = self.stdin is sys.__stdin__ and self.stdout is sys.__stdout__
        return own and self.stdout.isatty() and self.variables.get("TERM") not in {"dumb", None}

    @property
    def can_draw(self) -> bool:
        """Whether standard output can show blocks, and somebody can see them."""
        encoding = (getattr(self.stdout, "encoding", None) or "utf-8").lower()
        return not self.plain_words and encoding.startswith("utf")

    @property
    def shows_pictures(self) -> bool:
        """Whether somebody sits at a terminal that can show them; in a pipe words are better."""
        return self.can_draw and self.stdout.isatty()

    @property
    def color(self) -> bool:
        """Whether colors are welcome on standard output."""
        return not self.plain_words and self.stdout.isatty() and not self.variables.get("NO_COLOR")

    @property
    def width(self) -> int:
        """Columns on standard output: of its terminal, or 80."""
        return self.columns(self.stdout)

    def columns(self, stream: TextIO) -> int:
        """How wide to print on a stream: as wide as its terminal, but no wider than reads well."""
        said = self.variables.get("COLUMNS", "")
        columns = int(said) if re.fullmatch(r"[0-9]{1,4}", said) else 0
        if not columns:
            with suppress(OSError, ValueError):
                columns = os.get_terminal_size(stream.fileno()).columns
        return max(NARROWEST, min(columns or 80, WIDEST))

    def abandon_output(self) -> None:
        """Nobody reads standard output any more: let what is still buffered go nowhere."""
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.stdout.fileno())

    def write(self, text: str) -> None:
        """Print text as it is, all of it, on standard output."""
        self.write_bytes(text.encode(errors="replace"))

    def write_bytes(self, text: bytes) -> None:
        """Print text in UTF-8, all of it, on standard output, in the encoding that it has."""
        stream = self.stdout
        if isinstance(stream, TextIOWrapper) and stream.encoding.lower() not in {"utf-8", "utf8"}:
            text = text.decode().encode(stream.encoding, "replace")
        self.write_data(text)

    def write_data(self, data: bytes) -> None:
        """Put bytes in UTF-8 on standard output as they are, whatever its encoding.

        An unbuffered stream may take only a part of what it is given, and does not say so.
        """
        stream = self.stdout
        if not isinstance(stream, TextIOWrapper):
            stream.write(data.decode())
            return
        stream.flush()
        left = memoryview(data)
        while left:
            left = left[stream.buffer.write(left) :]
        stream.buffer.flush()

    def write_json(self, value: object, *, indented: bool = False) -> None:
        """Print a value as JSON on standard output, indented for a person, compact for a pipe."""
        self.write_data(json_line(value, indented=indented or self.stdout.isatty()))

    def answer(
        self, form: str, document: object, shown: Callable[[], str | RenderableType]
    ) -> None:
        """Print a document as JSON, or as people are shown it."""
        if form == "json":
            self.write_json(document)
        elif isinstance(text := shown(), str):
            self.write(text)
        else:
            self.show(text)

    def show(self, renderable: RenderableType) -> None:
        """Print a Rich renderable on standard output, what is longer than the window in a pager."""
        console = self.console(self.stdout)
        # A command to copy may be wider than the window, and must not be cut.
        with console.capture() as captured:
            console.print(renderable, crop=False)
        text = captured.get()
        if not (self._is_long(text) and page(text, self.variables)):
            console.file.write(text)

    def _is_long(self, text: str) -> bool:
        """Whether somebody at a terminal would have to scroll back for a text."""
        if not self.stdout.isatty():
            return False
        with suppress(OSError, ValueError):
            return text.count("\n") >= os.get_terminal_size(self.stdout.fileno()).lines
        return False

    def console(self, stream: TextIO) -> Console:
        """A Rich console on a stream, as wide and as colorful as the terminal allows."""
        from advisor.report.text import console

        colored = self.color and stream.isatty()
        return console(stream, width=self.columns(stream), color=colored, plain=self.plain_words)

    def complain(self, problems: Iterable[str]) -> None:
        """Print one line for each problem, on standard error."""
        self._tell("error", problems)

    def warn(self, warnings: Iterable[str]) -> None:
        """Print one line for each thing to know, on standard error."""
        self._tell("warning", warnings)

    def _tell(self, kind: str, lines: Iterable[str]) -> None:
        from advisor.report.blocks import safe

        with suppress(OSError):  # nobody reads them: then there is nobody to tell that either
            for line in lines:
                self.stderr.write(f"{kind}: {safe(' '.join(line.split()))}\n")
            self.stderr.flush()
