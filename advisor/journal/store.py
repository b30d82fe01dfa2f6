"""A file ↔ tables: a journal is begun, opened, written and forgotten here, and nowhere else.

It is made whole or not at all, and readable by its owner only. What cannot be read for certain is
told in one line and left as it is.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from advisor.answers import AnswerError
from advisor.rulebase.problems import cause_of

Row = dict[str, Any]
APPLICATION = 0x6C656764  # `legd`, by which SQLite files of ours are known
MAGIC = b"SQLite format 3\0"
PATIENCE = 10.0  # seconds for another process to finish its writing
CAUSES = {  # what is in the messages of SQLite, and what it means
    "locked": "another process is writing to it",
    "readonly": "it cannot be written",
    "full": "the disk is full, or fails",
    "I/O": "the disk is full, or fails",
}
BESIDE = ("-wal", "-shm", "-journal")  # what SQLite leaves beside a file

# Each brings a journal one version on; the first begins it. Once released, none may change.
# Times are local, as ISO 8601 writes them, to the minute or the day, as far as they are known.
VERSIONS = (
    """
    CREATE TABLE answer (
      rule_base TEXT NOT NULL, fact TEXT NOT NULL, value TEXT NOT NULL, since TEXT NOT NULL,
      stated_clear INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (rule_base, fact, since));
    CREATE TABLE import (
      id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, app TEXT NOT NULL, at TEXT NOT NULL);
    CREATE TABLE name (
      rule_base TEXT NOT NULL, name TEXT NOT NULL, exercise TEXT, PRIMARY KEY (rule_base, name));
    CREATE TABLE session (
      id INTEGER PRIMARY KEY, rule_base TEXT NOT NULL, day TEXT, started TEXT NOT NULL, ended TEXT,
      note TEXT NOT NULL DEFAULT '', source TEXT NOT NULL DEFAULT '',
      UNIQUE (rule_base, source, started));
    CREATE TABLE set_done (
      session INTEGER NOT NULL REFERENCES session ON DELETE CASCADE, exercise TEXT NOT NULL,
      number INTEGER NOT NULL, reps INTEGER, kg REAL, seconds INTEGER, in_reserve INTEGER,
      pain INTEGER, kind TEXT NOT NULL DEFAULT 'normal', PRIMARY KEY (session, exercise, number));
    CREATE TABLE check_in (
      session INTEGER NOT NULL REFERENCES session ON DELETE CASCADE, moment TEXT NOT NULL,
      fact TEXT NOT NULL, value INTEGER NOT NULL, at TEXT NOT NULL,
      PRIMARY KEY (session, moment, fact));
    CREATE TABLE trial (
      id INTEGER PRIMARY KEY, rule_base TEXT NOT NULL, suspect TEXT NOT NULL, exercise TEXT,
      begun TEXT NOT NULL, review_on TEXT NOT NULL, result TEXT);
    CREATE TABLE undo (id INTEGER PRIMARY KEY, before TEXT NOT NULL)
    """,
    "ALTER TABLE set_done ADD COLUMN load_percent INTEGER",
)
# Each after those that it refers to.
TABLES = ("answer", "import", "name", "session", "set_done", "check_in", "trial", "undo")


class Journal:
    """An open journal. Rows are mappings of columns to values."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    def rows(self, query: str, values: Sequence[object] = ()) -> list[Row]:
        """The rows that a query gives."""
        return [dict(row) for row in self._connection.execute(query, values)]

    def run(self, statement: str, values: Sequence[object] = ()) -> None:
        """Run a statement, inside `writing`."""
        self._connection.execute(statement, values)

    def insert(self, table: str, row: Mapping[str, object], *, instead: bool = False) -> int:
        """Add a row, `instead` of one with the same key; its id."""
        columns, marks = ", ".join(row), ", ".join("?" * len(row))
        verb = "INSERT OR REPLACE" if instead else "INSERT"
        statement = f"{verb} INTO {table} ({columns}) VALUES ({marks})"
        return self._connection.execute(statement, [*row.values()]).lastrowid or 0

    def columns(self, table: str) -> dict[str, Row]:
        """What SQLite knows of the columns of a table, by name."""
        return {row["name"]: row for row in self.rows(f"PRAGMA table_info({table})")}

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Write all that happens inside, or nothing of it."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):  # SQLite has gone back by itself
                self._connection.execute("ROLLBACK")
            raise


@contextmanager
def opened(path: Path) -> Iterator[Journal]:
    """An existing journal. Raises AnswerError with one line if there is none, or it is no good."""
    with _told(path):
        _check(path)
        with suppress(OSError):  # it may be another's
            path.chmod(stat.S_IMODE(path.stat().st_mode) & 0o600)
        with _connected(path, "rw") as connection:
            _bring_up(connection)
            yield Journal(path, connection)


def begin(path: Path) -> None:
    """Make a new, empty journal where there is nothing. Raises AnswerError."""
    with _told(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = path.parent / f".{path.name}.{os.getpid()}"
        try:
            unfinished.touch(0o600, exist_ok=False)
            with _connected(unfinished, "rw") as connection:
                connection.execute("PRAGMA journal_mode = WAL")
                _bring_up(connection)
            os.link(unfinished, path)  # unlike a renaming, it never takes the place of a file
        except FileExistsError:
            there = f"{file_words(path)} is there already: nothing was written"
            raise AnswerError([there]) from None
        finally:
            _remove(unfinished)


def forget(path: Path) -> None:
    """Delete a journal, and what SQLite left beside it. Raises AnswerError."""
    with _told(path):
        if not _looks_ours(path):
            raise AnswerError([f"{file_words(path)} is no journal of legday: nothing was deleted"])
        _remove(path)


def file_words(path: Path) -> str:
    """The whole name of a file, in backticks, without anything that could steer a terminal."""
    return f"`{''.join(c if c.isprintable() and c != '`' else '?' for c in str(path))}`"


def _remove(path: Path) -> None:
    for each in (path, *(path.with_name(path.name + end) for end in BESIDE)):
        each.unlink(missing_ok=True)


@contextmanager
def _connected(path: Path, mode: str) -> Iterator[sqlite3.Connection]:
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=PATIENCE, isolation_level=None)
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        yield connection
    finally:
        connection.close()


def _looks_ours(path: Path) -> bool:
    """Whether a file begins as journals do. Raises OSError."""
    with path.open("rb") as file:
        head = file.read(100)
    return head.startswith(MAGIC) and int.from_bytes(head[68:72], "big") == APPLICATION


def _check(path: Path) -> None:
    """Raise AnswerError for what is no sound journal, without writing anything."""
    name = file_words(path)
    if not stat.S_ISREG(path.stat().st_mode):
        raise AnswerError([f"{name} is no file"])
    if not _looks_ours(path):
        raise AnswerError([f"{name} is no journal of legday: nothing was changed"])
    # What was written and not yet taken into the file stays where it is until all is known to fit.
    waiting = path.with_name(f"{path.name}-wal").exists()
    with _connected(path, "ro" if waiting else "rw") as connection:
        if connection.execute("PRAGMA user_version").fetchone()[0] > len(VERSIONS):
            hint = "use the version that wrote it, or a later one"
            raise AnswerError([f"{name} was written by a newer version of legday ({hint})"])
        found = [row[0] for row in connection.execute("PRAGMA integrity_check(1)")]
        if found != ["ok"] or connection.execute("PRAGMA foreign_key_check").fetchone():
            raise sqlite3.DatabaseError("its tables do not fit together")


def _bring_up(connection: sqlite3.Connection) -> None:
    """Bring the tables to the newest version, all the way or not at all."""
    if connection.execute("PRAGMA user_version").fetchone()[0] == len(VERSIONS):
        return
    connection.execute("BEGIN IMMEDIATE")  # and nothing of it stays, should it not reach the end
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    for script in VERSIONS[version:]:
        for statement in script.split(";"):
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {len(VERSIONS)}")
    connection.execute("COMMIT")


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what goes wrong with a file into one line that says what happened."""
    name = file_words(path)
    try:
        yield
    except FileNotFoundError:
        hint = "begin one with `legday plan … --keep`"
        raise AnswerError([f"there is no journal at {name} ({hint})"]) from None
    except OSError as error:
        raise AnswerError([f"journal {name}: {cause_of(error)}: nothing was changed"]) from None
    except sqlite3.OperationalError as error:
        cause = next((said for word, said in CAUSES.items() if word in str(error)), str(error))
        raise AnswerError([f"journal {name}: {cause}: nothing was recorded"]) from None
    except sqlite3.DatabaseError as error:
        hint = "keep it, and begin another with what `legday journal export` gave before"
        raise AnswerError([f"journal {name} is damaged: {error} ({hint})"]) from None
