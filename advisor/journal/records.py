"""The rows of a journal → the answers and sessions that they tell of, in order of time."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import nullcontext

from advisor.answers import AnswerError, encode, quoted
from advisor.journal.store import Journal, Row, file_words
from advisor.rulebase.shapes import RuleBase
from advisor.rulebase.shapes.history import Session, SetDone

KG_OF_LB = 0.45359237

_NAMING = (
    *(("answer", "fact"), ("check_in", "fact"), ("set_done", "exercise")),
    *(("name", "exercise"), ("trial", "exercise")),
)

Sets = dict[str, tuple[SetDone, ...]]  # by exercise


def sessions_of(journal: Journal, until: str = "9999") -> tuple[Session, ...]:
    """The sessions up to a day, that day among them, in order of time."""
    sets = defaultdict[int, list[SetDone]](list)
    for row in journal.rows("SELECT * FROM set_done ORDER BY rowid"):
        sets[row.pop("session")].append(SetDone(**row))
    check_ins = defaultdict[int, dict[str, int]](dict)
    for row in journal.rows("SELECT * FROM check_in ORDER BY rowid"):
        check_ins[row["session"]][row["moment"]] = row["value"]
    query = """
      SELECT id, day, started, note, source FROM session
      WHERE substr(started, 1, 10) <= ? ORDER BY started, id
    """
    return tuple(
        Session(**row, sets=tuple(sets[row["id"]]), check_ins=check_ins[row["id"]])
        for row in journal.rows(query, [until])
    )


def answer_rows(journal: Journal) -> dict[str, Row]:
    """The last answer to each question."""
    rows = journal.rows("SELECT * FROM answer ORDER BY since, rowid")
    return {row["fact"]: row for row in rows}


def answer_problem(row: Row, rules: RuleBase) -> str:
    """What is wrong with a kept answer, or nothing."""
    question = rules.question.get(rules.id_of(row["fact"]))
    if question is None:
        return f"unknown question {quoted(row['fact'])}"
    try:
        encode(question, json.loads(row["value"]), rules)
    except AnswerError as error:
        return error.problems[0]
    except ValueError:
        return f"`{question.id}`: {quoted(row['value'])} is no JSON"
    return ""


def must_be_of(journal: Journal, rules: RuleBase) -> None:
    """Raise AnswerError if a journal is of another rule base."""
    query = "SELECT rule_base FROM answer UNION SELECT rule_base FROM session"
    for name in {row["rule_base"] for row in journal.rows(query)} - {rules.name}:
        message = f"journal {file_words(journal.path)} is of the rule base {quoted(name)}"
        hint = "give `--rules`, or another `--journal`"
        raise AnswerError([f"{message}, not of `{rules.name}` ({hint})"])


def take_new_names(journal: Journal, rules: RuleBase) -> None:
    """Call what a journal holds by the ids that the rule base has given it since."""
    for old, new in rules.renamed.items():
        stale = [
            (table, column)
            for table, column in _NAMING
            if journal.rows(f"SELECT 1 FROM {table} WHERE {column} = ? LIMIT 1", [old])  # noqa: S608 - our own
        ]
        with journal.writing() if stale else nullcontext():
            for table, column in stale:
                journal.run(
                    f"UPDATE OR IGNORE {table} SET {column} = ? WHERE {column} = ?",  # noqa: S608 - our own
                    [new, old],
                )


def strangers(journal: Journal, rules: RuleBase) -> Iterator[str]:
    """Name what a journal holds and the rule base does not know."""
    for row in journal.rows("SELECT DISTINCT exercise FROM set_done ORDER BY exercise"):
        if row["exercise"] not in rules.exercise:
            yield f"unknown exercise {quoted(row['exercise'])} in the journal"
    for row in answer_rows(journal).values():
        if problem := answer_problem(row, rules):
            yield f"{problem} in the journal: it is asked again"
