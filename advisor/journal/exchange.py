"""A journal ↔ its rows as JSON Lines or CSV, without loss."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from advisor.answers import MANY, AnswerError, quoted
from advisor.journal.layouts import rows_of
from advisor.journal.records import answer_problem
from advisor.journal.store import TABLES, Journal, Row
from advisor.json_text import json_text
from advisor.rulebase.problems import did_you_mean
from advisor.rulebase.shapes import RuleBase
from advisor.rulebase.shapes.history import KINDS, MOMENTS

TABLE = "table"
_TYPES: dict[str, tuple[type, ...]] = {"INTEGER": (int,), "REAL": (int, float), "TEXT": (str,)}
_WORDS = {"moment": MOMENTS, "kind": KINDS}


def all_rows(journal: Journal) -> Iterator[Row]:
    """Every row of a journal, each with the table that it is of."""
    for table in TABLES:
        for row in journal.rows(f"SELECT * FROM {table} ORDER BY rowid"):  # noqa: S608 - our own
            yield {TABLE: table, **row}


def as_json_lines(journal: Journal) -> str:
    """Every row as a line of JSON."""
    return "".join(f"{json_text(row).decode()}\n" for row in all_rows(journal))


def as_csv(journal: Journal) -> str:
    """Every row as a row of one table, with the columns of all."""
    columns = dict.fromkeys(name for table in TABLES for name in journal.columns(table))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, [TABLE, *columns])
    writer.writeheader()
    writer.writerows(all_rows(journal))
    return text.getvalue()


def is_export(text: str) -> bool:
    """Whether a file is an export of a journal, and not of another app."""
    return text.lstrip().startswith("{") or text.lstrip('"').startswith(TABLE)


def read_export(text: str, journal: Journal, rules: RuleBase) -> list[Row]:
    """The rows in an export. Raises AnswerError with every problem."""
    columns = {table: journal.columns(table) for table in TABLES}
    found, problems = list[Row](), list[str]()
    in_json = text.lstrip().startswith("{")
    for line, row in _from_json_lines(text) if in_json else _from_csv(text, columns):
        problems += [f"line {line}: {each}" for each in _problems(row, columns, rules)]
        if len(problems) >= MANY:
            break
        found.append(row)
    if problems:
        raise AnswerError(problems)
    return found


def restore(journal: Journal, rows: list[Row]) -> int:
    """Put the rows of an export into a journal that holds nothing else; how many were new.

    Raises AnswerError if it does hold something else, or if the rows do not fit together.
    """
    with journal.writing():
        there = [*all_rows(journal)]
        if there == rows:
            return 0
        if there:
            hint = "import into a new one: give `--journal` and `--keep`"
            raise AnswerError([f"the journal holds other records already ({hint})"])
        try:
            for row in rows:
                own = {name: value for name, value in row.items() if name != TABLE}
                journal.insert(row[TABLE], own)
        except sqlite3.IntegrityError as error:
            raise AnswerError([f"the rows do not fit together: {error}".lower()]) from None
    return len(rows)


def _from_json_lines(text: str) -> Iterator[tuple[int, Any]]:
    for line, each in enumerate(text.split("\n"), 1):
        if each.strip():
            try:
                yield line, json.loads(each)
            except (ValueError, RecursionError):
                yield line, None


def _from_csv(text: str, columns: dict[str, dict[str, Row]]) -> Iterator[tuple[int, Row]]:
    rows = rows_of(text)
    header = next(rows)[1]
    for line, cells in rows:
        row = dict(zip(header, cells, strict=False))
        known = columns.get(row.get(TABLE, ""), {})
        values = {name: _value(cell, known[name]) for name, cell in row.items() if name in known}
        yield line, {TABLE: row.get(TABLE), **values}


def _value(cell: str, column: Row) -> object:
    """A cell as a value of its column; an empty one is nothing wherever nothing may stand."""
    if column["type"] == "TEXT":
        return cell if cell or column["notnull"] else None
    with suppress(ValueError):
        return int(cell) if column["type"] == "INTEGER" else float(cell)
    return cell or None


def _problems(row: Any, columns: dict[str, dict[str, Row]], rules: RuleBase) -> Iterator[str]:  # noqa: ANN401 - JSON is anything
    """What is wrong with a row of an export."""
    if not isinstance(row, dict):
        yield "is no JSON object"
        return
    table = row.get(TABLE)
    if table not in columns:
        yield f"unknown table {quoted(table)}"
        return
    of_table = columns[table]
    for name in row.keys() - {TABLE, *of_table}:
        yield f"unknown column {quoted(name)} of `{table}`"
    for name, column in of_table.items():
        value = row.get(name)
        if value is None and not (column["notnull"] or column["pk"]):
            continue
        fits = isinstance(value, _TYPES[column["type"]]) and not isinstance(value, bool)
        if not fits or (name in _WORDS and value not in _WORDS[name]):
            yield f"`{name}` of `{table}` cannot be {quoted(value)}"
    yield from _unknown(row, rules)


def _unknown(row: Row, rules: RuleBase) -> Iterator[str]:
    """What a row names that the rule base does not know."""
    if row.get("rule_base", rules.name) != rules.name:
        yield f"the rule base is {quoted(row['rule_base'])}, not `{rules.name}`"
    is_answer = row[TABLE] == "answer" and isinstance(row.get("value"), str)
    if is_answer and (problem := answer_problem({"fact": "", **row}, rules)):
        yield problem
    exercise = row.get("exercise")
    if isinstance(exercise, str) and rules.id_of(exercise) not in rules.exercise:
        hint = did_you_mean(exercise[:60], rules.exercise) or "see `legday exercises`"
        yield f"unknown exercise {quoted(exercise)} ({hint})"
