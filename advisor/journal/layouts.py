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
from datetime import date, datetime
from hashlib import sha256

from advisor.answers import MANY, AnswerError, quoted
from advisor.journal.records import DROP, FAILURE, NORMAL, WARM_UP, SetDone
from advisor.journal.sets import kilograms
from advisor.wishes import KG, LB


@dataclass(frozen=True)
class App:
    """What the columns of an app are called; a header has to have all that is in `needs`."""

    name: str
    needs: tuple[str, ...]
    exercise: str
    began: str
    workout: str = ""  # holds together the sets of a workout where each has a time of its own
    ended: str = ""
    kind: str = ""
    kind_needed: bool = False  # a row without a number or a kind there is no set
    seconds: str = "seconds"


APPS = (
    App(
        *("Hevy", ("exercise_title", "start_time", "set_type"), "exercise_title", "start_time"),
        ended="end_time",
        kind="set_type",
        seconds="duration_seconds",
    ),
    App(
        *("Strong", ("date", "exercise name", "set order"), "exercise name", "date"),
        kind="set order",
        kind_needed=True,
    ),
    App("LiftLog", ("sessionid", "timestamp", "exercise"), "exercise", "timestamp", "sessionid"),
    App(
        "FitNotes",
        ("date", "exercise", "category"),
        "exercise",
        "date",
        kind="kind",
        seconds="time",
    ),
)
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
_CLOCK = re.compile(r"(?:([0-9]{1,2}):)?([0-9]{1,2}):([0-9]{2})")
_TIME = re.compile(r"(?<![0-9:])([0-9]{1,2}):([0-9]{2})(?::[0-9]{2})?(?: ?([ap])\.?m\b)?")
_MOST_RPE = 10


@dataclass(frozen=True)
class Done:
    """One set of a file: the workout and the exercise by the names that they have there."""

    workout: str
    began: str
    ended: str | None
    name: str
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
    app = next((each for each in APPS if {*each.needs} <= {*header}), None)
    if app is None:
        known = ", ".join(sorted(each.name for each in APPS))
        raise AnswerError([f"the header is of no app that is known ({known})"])
    found, problems = list[Done](), list[str]()
    for line, cells in rows:
        reader = _Row(app, dict(zip(header, map(str.strip, cells), strict=False)), units)
        try:
            found += reader.sets()
        except ValueError as error:
            problems.append(f"line {line}: {error}")
        if len(problems) >= MANY:
            break
    if problems:
        raise AnswerError(dict.fromkeys(problems))
    return History(app.name, sha256(text.encode()).hexdigest(), tuple(found))


class _Row:
    """One row by the names of its columns. What cannot be read raises ValueError."""

    def __init__(self, app: App, cells: Mapping[str, str], units: str | None) -> None:
        self.app, self.cells, self.units = app, cells, units

    def sets(self) -> list[Done]:
        """The set that it tells of, or none."""
        app, kind = self.app, self._cell(self.app.kind).casefold().replace("-", " ")
        if app.kind_needed and not (kind.isdecimal() or kind in KINDS):
            return []  # a rest timer, a note
        name = self._cell(app.exercise)
        reps, seconds = self._whole("reps"), self._seconds()
        if not name or not (reps or seconds):
            return []
        ended = when(self._cell(app.ended)) if self._cell(app.ended) else None
        left = self._number("rpe")
        done = SetDone(
            *(name, 0, reps, self._kilograms(), seconds),
            in_reserve=int(_MOST_RPE - left) if 0 < left <= _MOST_RPE else None,
            kind=KINDS.get(kind, NORMAL),
        )
        began = when(self._cell(app.began))
        return [Done(self._cell(app.workout) or began, began, ended, name, done)]

    def _cell(self, name: str) -> str:
        return self.cells.get(name, "")

    def _number(self, name: str) -> float:
        """A number with a point or a comma; nothing is 0."""
        text = self._cell(name) or "0"
        if not _NUMBER.fullmatch(text):
            raise ValueError(f"{quoted(text)} is no number in `{name}`")
        return float(text.replace(",", "."))

    def _whole(self, name: str) -> int | None:
        number = self._number(name)
        if number != int(number) or number < 0:
            raise ValueError(f"{quoted(self._cell(name))} is no whole number in `{name}`")
        return int(number) or None

    def _seconds(self) -> int | None:
        clock = _CLOCK.fullmatch(self._cell(self.app.seconds))
        if clock is None:
            return int(self._number(self.app.seconds)) or None
        hours, minutes, seconds = (int(part or 0) for part in clock.groups())
        return hours * 3600 + minutes * 60 + seconds or None

    def _kilograms(self) -> float | None:
        """The weight, in the unit of its header, of the row, or that was given for the file.

        None for no weight, and for one that helps instead of adding.
        """
        for name in sorted(self.cells):  # kilograms first
            column = _WEIGHT.fullmatch(name)
            if column and (weight := self._number(name)) > 0:
                spelled = column[1] or self._cell("weight unit") or self._cell("weightunit")
                unit = UNITS.get(spelled.casefold()) if spelled else self.units
                if unit is None and spelled:
                    raise ValueError(f"{quoted(spelled)} is no unit of weights")
                if unit is None:
                    hint = "give `--units kg` or `--units lb`"
                    raise ValueError(f"the weight {quoted(self._cell(name))} has no unit ({hint})")
                return kilograms(weight, unit)
        return None


def when(text: str) -> str:
    """A time as ISO 8601 writes it, to the minute or the day. Raises ValueError."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(each for each in plain if not unicodedata.combining(each))
    try:
        iso = re.fullmatch(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[t ].*)?", plain)
        day = date.fromisoformat(iso[1]) if iso else _day(plain)
        time = _TIME.search(plain)
        if time is None:
            return day.isoformat()
        hour = int(time[1]) % 12 + 12 * (time[3] == "p") if time[3] else int(time[1])
        begun = datetime(day.year, day.month, day.day, hour, int(time[2]))  # noqa: DTZ001 - local
        return begun.isoformat(timespec="minutes")
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
