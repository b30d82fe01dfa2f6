"""A CSV file of another app → the sets that it tells of, found by its header and never by position.

Hevy, Strong, FitNotes and LiftLog are known, each with all its layouts: columns that only some of
them have are simply used where they are.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from hashlib import sha256

from advisor.answers import MANY, AnswerError, quoted
from advisor.journal.sets import kilograms
from advisor.rulebase.shapes.history import DROP, FAILURE, NORMAL, WARM_UP, SetDone
from advisor.wishes import KG, LB

ORDER = "set order"  # a row that has neither a number nor a kind there is no set
# What the columns of each app are called; all of its files have the first three of them.
APPS = {
    "Hevy": {
        "exercise": "exercise_title",
        "began": "start_time",
        "kind": "set_type",
        "ended": "end_time",
        "seconds": "duration_seconds",
    },
    "Strong": {"exercise": "exercise name", "began": "date", "kind": ORDER},
    "LiftLog": {"exercise": "exercise", "began": "timestamp", "workout": "sessionid"},
    "FitNotes": {"exercise": "exercise", "began": "date", "group": "category", "seconds": "time"},
}
UNITS = {"kg": KG, "kgs": KG, "lb": LB, "lbs": LB}
KINDS = {
    **dict.fromkeys(("w", "warmup", "warm up"), WARM_UP),
    **dict.fromkeys(("d", "drop", "dropset", "drop set"), DROP),
    **dict.fromkeys(("f", "failure"), FAILURE),
}
# How the names of months begin, without accents, in the languages that apps write them in.
_MONTHS = (
    "jan gen ene, feb fev, mar maa mrt, apr abr avr, may mai mei mag, jun juin giu, "
    "jul juil lug, aug aou ago, sep set, oct okt ott out, nov, dec dez dic"
)
MONTHS = {each: n for n, names in enumerate(_MONTHS.split(","), 1) for each in names.split()}
_WEIGHT = re.compile(r"weight(?:[ _]?\(?(kgs?|lbs?)\)?)?")
_NUMBER = re.compile(r"-?[0-9]{1,9}(?:[.,][0-9]{1,9})?")
_CLOCK = re.compile(r"(?:[0-9]{1,2}:){1,2}[0-9]{2}")
_TIME = re.compile(r"(?<![0-9:])([0-9]{1,2}):([0-9]{2})(?::[0-9]{2})?(?: ?([ap])\.?m\b)?")
_MOST_RPE = 10


@dataclass(frozen=True)
class Done:
    """One set of a file: the workout and the exercise by the names that they have there."""

    workout: str
    began: str
    ended: str | None
    done: SetDone


@dataclass(frozen=True)
class History:
    """What a file tells, the app that wrote it, and a mark of its text."""

    app: str
    digest: str
    sets: tuple[Done, ...]


def text_of(data: bytes) -> str:
    """The text of a file, without a byte order mark. Raises AnswerError."""
    try:
        wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise AnswerError([f"is no text in UTF-8 (byte {error.start + 1})"]) from None


def rows_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of CSV, each with its line, whatever stands between the cells."""
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, row
    except csv.Error as error:
        raise AnswerError([f"line {reader.line_num}: is no CSV: {error}"]) from None


def read_history(text: str, units: str | None) -> History:
    """The sets in a file of another app. Raises AnswerError with every problem."""
    rows = rows_of(text)
    header = [" ".join(cell.casefold().split()) for cell in next(rows, (0, list[str]()))[1]]
    app = next((app for app, names in APPS.items() if {*[*names.values()][:3]} <= {*header}), None)
    if app is None:
        raise AnswerError([f"the header is of no app that is known ({', '.join(sorted(APPS))})"])
    found, problems = list[Done](), list[str]()
    for line, cells in rows:
        row = _Row(APPS[app], dict(zip(header, map(str.strip, cells), strict=False)), units)
        try:
            found += row.sets()
        except ValueError as error:
            problems.append(f"line {line}: {error}")
        if len(problems) >= MANY:
            break
    if problems:
        raise AnswerError(dict.fromkeys(problems))
    return History(app, sha256(text.encode()).hexdigest(), tuple(found))


class _Row:
    """One row by the names of its columns. What cannot be read raises ValueError."""

    def __init__(
        self, columns: Mapping[str, str], cells: Mapping[str, str], units: str | None
    ) -> None:
        self.columns, self.cells, self.units = columns, cells, units

    def sets(self) -> list[Done]:
        """The set that it tells of, or none."""
        kind = self._cell("kind").casefold().replace("-", " ")
        if self.columns.get("kind") == ORDER and not (kind.isdecimal() or kind in KINDS):
            return []  # a rest timer, a note
        name, reps, seconds = self._cell("exercise"), self._reps(), self._seconds()
        if not name or not (reps or seconds):
            return []
        ended = when(self._cell("ended")) if self._cell("ended") else None
        left = self._number("rpe")
        done = SetDone(
            *(name, 0, reps, self._kilograms(), seconds),
            in_reserve=int(_MOST_RPE - left) if 0 < left <= _MOST_RPE else None,
            kind=KINDS.get(kind, NORMAL),
        )
        began = when(self._cell("began"))
        return [Done(self._cell("workout") or began, began, ended, done)]

    def _cell(self, name: str) -> str:
        return self.cells.get(self.columns.get(name, name), "")

    def _number(self, name: str) -> float:
        """A number with a point or a comma; nothing is 0."""
        text = self._cell(name) or "0"
        if not _NUMBER.fullmatch(text):
            raise ValueError(f"{quoted(text)} is no number in `{self.columns.get(name, name)}`")
        return float(text.replace(",", "."))

    def _reps(self) -> int | None:
        number = self._number("reps")
        if number != int(number) or number < 0:
            raise ValueError(f"{quoted(self._cell('reps'))} is no whole number in `reps`")
        return int(number) or None

    def _seconds(self) -> int | None:
        text = self._cell("seconds")
        if _CLOCK.fullmatch(text):
            return sum(int(part) * 60**n for n, part in enumerate(text.split(":")[::-1])) or None
        return int(self._number("seconds")) or None

    def _kilograms(self) -> float | None:
        """The weight, in the unit of its header, of the row, or that was given for the file.

        None for no weight, and for one that helps instead of adding.
        """
        for name in sorted(self.cells):  # kilograms first
            column = _WEIGHT.fullmatch(name)
            if column and (weight := self._number(name)) > 0:
                of_row = self._cell("weight unit") or self._cell("weightunit")
                unit = column[1] or of_row or self.units
                if not unit:
                    hint = "give `--units kg` or `--units lb`"
                    raise ValueError(f"the weight {quoted(self._cell(name))} has no unit ({hint})")
                if unit.casefold() not in UNITS:
                    raise ValueError(f"{quoted(unit)} is no unit of weights")
                return kilograms(weight, UNITS[unit.casefold()])
        return None


def when(text: str) -> str:
    """A time as ISO 8601 writes it, to the minute or the day. Raises ValueError."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(each for each in letters if not unicodedata.combining(each))
    try:
        iso = re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?=[t ]|$)", plain)
        day = date.fromisoformat(iso[0]) if iso else _day(plain)
        clock = _TIME.search(plain)
        if clock is None:
            return day.isoformat()
        hour = int(clock[1]) % 12 + 12 * (clock[3] == "p") if clock[3] else int(clock[1])
        return f"{day}T{time(hour, int(clock[2])):%H:%M}"
    except ValueError:
        hint = "expected such as 2025-12-22 08:00 or 22 Dec 2025, 08:00"
        raise ValueError(f"{quoted(text)} is no day that can be read one way ({hint})") from None


def _day(text: str) -> date:
    """A day with the name of its month, or with points between, where the day comes first."""
    if points := re.match(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})\b", text):
        return date(int(points[3]), int(points[2]), int(points[1]))
    year, number = re.search(r"\b[0-9]{4}\b", text), re.search(r"\b[0-9]{1,2}\b", text)
    words = re.findall(r"[a-z]{3,}", text)
    month = next((MONTHS[w[:n]] for w in words for n in (4, 3) if w[:n] in MONTHS), None)
    if year is None or number is None or month is None:
        raise ValueError(text)
    return date(int(year[0]), month, int(number[0]))
