"""A stream of people, JSON Lines or CSV → their records, in groups, as they come."""

from __future__ import annotations

import csv
import select
import stat
import zlib
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from os import fstat
from typing import IO, NamedTuple

from advisor.answers import AnswerError, quoted
from advisor.rulebase.problems import did_you_mean
from advisor.rulebase.shapes import RuleBase, normal

LONGEST_LINE = 1 << 20
BLOCK = 1 << 16  # bytes to ask for at a time
CARRIED = frozenset({"id", "name"})  # what is no question, but goes with a person to the output
DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}
_BOM = "\ufeff".encode()
_NAMES = "the ids of questions"


class Bad(str):
    """What is wrong with a record that could not be read."""

    __slots__ = ()


class Record(NamedTuple):
    """One person: the line they begin on, and a line of JSON, cells of CSV, or what is wrong."""

    line: int
    content: bytes | list[str] | Bad


class Group(NamedTuple):
    """Some people at a time, and whether the next are at hand or have to be waited for."""

    records: list[Record]
    more: bool


class Column(NamedTuple):
    """A column of a CSV file: a question, something to carry along, or (no name) nothing."""

    name: str
    carried: bool = False


@dataclass(frozen=True)
class Table:
    """How a CSV file is laid out."""

    delimiter: str
    columns: tuple[Column, ...]


class Lines:
    """The lines of a stream, which are taken as they come; `number` is that of the last one.

    A line that is too long comes cut, and does not parse.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self.number = 0
        self._stream = stream
        self._lines: deque[bytes] = deque()
        self._rest = b""
        self._cutting = self._ended = False

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        """The next line, as soon as it is there."""
        while not self._lines:
            if self._ended:
                raise StopIteration
            self._read()
        self.number += 1
        return self._lines.popleft()

    @property
    def ready(self) -> bool:
        """Whether the next line, or the end, can be had without waiting for somebody."""
        return bool(self._lines) or self._ended or _readable(self._stream)

    def _read(self) -> None:
        """Take what is there, but not more than a block."""
        try:
            block = self._stream.read1(BLOCK)  # type: ignore[attr-defined]  # binary streams have it
        except (EOFError, OSError, zlib.error) as error:
            cause = str(getattr(error, "strerror", None) or error).lower()
            raise AnswerError([f"cannot be read: {cause}"]) from None
        *whole, rest = (self._rest + block).split(b"\n")
        if not block:
            self._ended, whole, rest = True, [rest] if rest else [], b""
        else:
            whole = [line + b"\n" for line in whole]
        if self._cutting and (whole or not block):
            self._cutting, whole = False, whole[1:]
        if self._cutting:
            rest = b""
        elif len(rest) > LONGEST_LINE:
            self._cutting, whole, rest = True, [*whole, rest], b""
        self._rest = rest
        self._lines.extend(whole)


def _readable(stream: IO[bytes]) -> bool:
    """Whether reading would not wait; where that cannot be told of a pipe, it might."""
    try:
        if stat.S_ISREG(fstat(stream.fileno()).st_mode):
            return True
    except (OSError, ValueError):
        return True  # it is in memory
    try:
        return bool(select.select([stream], [], [], 0)[0])
    except (OSError, ValueError):
        return False


def grouped(records: Iterable[Record], lines: Lines, size: int) -> Iterator[Group]:
    """Records in groups of so many, or of fewer where somebody would have to be waited for."""
    group: list[Record] = []
    for record in records:
        group.append(record)
        more = lines.ready
        if len(group) >= size or not more:
            yield Group(group, more)
            group = []
    if group:
        yield Group(group, more=True)


def json_records(lines: Lines) -> Iterator[Record]:
    """The lines that are not blank."""
    for line in lines:
        if line.strip():
            yield Record(lines.number, line)


def csv_records(lines: Lines, asked: str, carried: Iterable[str], rules: RuleBase) -> CsvRecords:
    """The rows below the header, and how the file is laid out.

    `asked` is what stands between columns, if that was said. Raises AnswerError for a header that
    cannot be understood; an empty file has none, and no rows.
    """
    first = next((line for line in lines if line.strip()), b"").removeprefix(_BOM)
    if not first:
        return CsvRecords(Table(asked or ",", ()), iter(()))
    names = _Names(rules, carried)
    delimiter = asked or max(DELIMITERS, key=lambda each: names.known(_cells(first, each)))
    reader = csv.reader(chain([_text(first)], map(_text, lines)), delimiter=delimiter, strict=True)
    try:
        header = [cell.strip() for cell in next(reader)]
    except csv.Error as error:
        raise AnswerError([f"the first line is no CSV: {error}"]) from None
    table = Table(delimiter, names.columns(header, delimiter, first))
    return CsvRecords(table, _rows(reader, lines))


class CsvRecords(NamedTuple):
    """A CSV file: how it is laid out, and its rows."""

    table: Table
    rows: Iterator[Record]


class _Names:
    """What columns may be named."""

    def __init__(self, rules: RuleBase, carried: Iterable[str]) -> None:
        self.rules, self.carried = rules, carried

    def known(self, cells: list[str]) -> int:
        """How many of these are names that mean something."""
        return sum(self.column(cell) is not None for cell in cells if cell.strip())

    def column(self, cell: str) -> Column | None:
        """The column of this name, or None if the name means nothing."""
        name = cell.strip()
        if (known := self.rules.id_of(name)) in self.rules.question:
            return Column(known)
        if is_carried(name, self.carried):
            return Column(name, carried=True)
        return None if name else Column("")

    def columns(self, header: list[str], delimiter: str, first: bytes) -> tuple[Column, ...]:
        """The columns of a header. Raises AnswerError with everything that is wrong with it."""
        if not self.known(header):
            raise AnswerError([self._nothing_known(delimiter, first)])
        found = [self.column(cell) for cell in header]
        problems = [
            self._unknown(cell) for cell, each in zip(header, found, strict=True) if not each
        ]
        times = Counter(each.name for each in found if each and each.name)
        problems += [
            f"the first line names {quoted(name)} twice: one column for each question"
            for name, count in times.items()
            if count > 1
        ]
        if problems:
            raise AnswerError(problems)
        return tuple(each for each in found if each)

    def _nothing_known(self, delimiter: str, first: bytes) -> str:
        other = max(DELIMITERS, key=lambda each: self.known(_cells(first, each)))
        if self.known(_cells(first, other)):
            there, meant = DELIMITERS[other], "tab" if other == "\t" else other
            return (
                f"the columns are separated by {there}, not by {quoted(delimiter)}"
                f" (`--delimiter '{meant}'`)"
            )
        return (
            f"expected a first line with {_NAMES}, separated by commas, semicolons or tabs"
            " (or as `--delimiter` says)"
        )

    def _unknown(self, cell: str) -> str:
        hint = did_you_mean(normal(cell[:60]), self.rules.question)
        aside = f"{hint}; " if hint else ""
        return f"column {quoted(cell)} is no question ({aside}`--id` carries it along)"


def is_carried(name: str, carried: Iterable[str]) -> bool:
    """Whether something of this name, which is no question, goes along to the output."""
    return normal(name) in CARRIED or name in carried


def _rows(reader: Iterator[list[str]], lines: Lines) -> Iterator[Record]:
    """Rows with anything in them. A row may take several lines, where a cell holds a line break."""
    while True:
        line = lines.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Record(line, Bad(f"not a row of CSV: {error}"))
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if all(map(_is_text, cells)):
            yield Record(line, cells)
        else:
            yield Record(line, Bad("not in UTF-8: save the file as CSV in UTF-8"))


def _cells(line: bytes, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([_text(line)], delimiter=delimiter), [])
    except csv.Error:
        return []


def _text(line: bytes) -> str:
    """A line as text; bytes that are none are marked, so that a row can be told to hold them."""
    return line.decode("utf-8", "surrogateescape")


def _is_text(cell: str) -> bool:
    try:
        cell.encode()
    except UnicodeEncodeError:
        return False
    return True
