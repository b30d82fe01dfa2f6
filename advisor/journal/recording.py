"""What a person says was done → rows of a journal; each call is one transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from advisor.answers import AnswerError, Facts, encode, quoted
from advisor.journal.observations import is_good, outweighs_one_word
from advisor.journal.records import answer_rows
from advisor.journal.store import Journal
from advisor.reasons import spoken
from advisor.rulebase.shapes import RuleBase
from advisor.rulebase.shapes.history import NEXT_MORNING, SetDone

ROWS_OF = {  # a session
    "session": "SELECT * FROM session WHERE id = ?",
    "set_done": "SELECT * FROM set_done WHERE session = ? ORDER BY rowid",
    "check_in": "SELECT * FROM check_in WHERE session = ? ORDER BY rowid",
}
STEPS = 50  # that can be undone


@dataclass(frozen=True)
class LogEntry:
    """What is to be recorded at a time.

    `sets` are those of each exercise, none to take an exercise out; `check_ins` are by moment.
    """

    at: str
    day: str | None = None
    sets: Mapping[str, tuple[SetDone, ...]] = field(default_factory=dict)
    check_ins: Mapping[str, int] = field(default_factory=dict)
    note: str = ""

    @property
    def is_of_the_day(self) -> bool:
        """Whether it tells of the session of this day, and not only of the morning after one."""
        return bool(self.sets or self.note or self.day or {*self.check_ins} - {NEXT_MORNING})


def keep_answers(journal: Journal, facts: Facts, rules: RuleBase, now: str) -> int:
    """Keep the answers that differ from those kept before; how many they were.

    What is only stated clear in one word never takes the place of trouble that was told.
    """
    with journal.writing():
        before, kept = answer_rows(journal), 0
        for place, question in enumerate(rules.asked):
            old = before.get(question.id)
            stated = place in facts.stated_clear
            if facts.is_open(place) or (stated and old and outweighs_one_word(old, now, rules)):
                continue
            value = json.dumps(spoken(question.id, facts, rules))
            row = {"value": value, "stated_clear": int(stated)}
            aged = old is not None and not is_good(question, old["since"], now)
            if old is None or aged or any(old[key] != row[key] for key in row):
                keys = {"rule_base": rules.name, "fact": question.id, "since": now}
                journal.insert("answer", {**keys, **row}, instead=True)
                kept += 1
    return kept


def record(
    journal: Journal, entry: LogEntry, rules: RuleBase, *, edit: bool = False
) -> tuple[int, ...]:
    """Record an entry; the sessions that it is of.

    Raises AnswerError with every problem: only with `edit` may it take the place of what is there.
    """
    with journal.writing():
        date, today, last = entry.at[:10], None, None
        if entry.is_of_the_day:
            today = _found(journal, "source = '' AND substr(started, 1, 10) = ?", date)
        if NEXT_MORNING in entry.check_ins:
            last = _found(journal, "started < ?", date)
        if problems := _problems(journal, entry, today, last, edit=edit):
            raise AnswerError(problems)
        touched = [
            {"id": each} | {table: journal.rows(query, [each]) for table, query in ROWS_OF.items()}
            for each in (today, last)
            if each is not None
        ]
        if entry.is_of_the_day and today is None:
            keys = {"rule_base": rules.name, "day": entry.day, "started": entry.at}
            today = journal.insert("session", keys)
            touched.append({"id": today})
        step = journal.insert("undo", {"before": json.dumps(touched)})
        journal.run("DELETE FROM undo WHERE id <= ?", [step - STEPS])
        _write(journal, entry, today, last, rules)
    return tuple(each for each in (last, today) if each is not None)


def felt_value(said: str, rules: RuleBase) -> int:
    """A check-in, as an answer to its question. Raises AnswerError."""
    if rules.journal is None:
        raise AnswerError(["journal: this rule base asks for no check-in"])
    question = rules.question[rules.journal.check_in]
    value = encode(question, said, rules)
    if value is None:
        raise AnswerError([f"`{question.id}`: {quoted(said)} is nothing to record: leave it out"])
    return value


def _problems(
    journal: Journal, entry: LogEntry, today: int | None, last: int | None, *, edit: bool
) -> list[str]:
    """What speaks against an entry."""
    date, problems = entry.at[:10], list[str]()
    if NEXT_MORNING in entry.check_ins and last is None:
        problems.append(f"no session before {date}, so this is no next morning")
    if edit and entry.is_of_the_day and today is None:
        problems.append(f"no session was logged on {date}, so there is nothing to edit")
    if edit:
        return problems
    query = """
      SELECT exercise AS what, started FROM set_done JOIN session ON id = session WHERE id = ?1
      UNION SELECT moment, started FROM check_in JOIN session ON id = session
        WHERE id = ?1 AND moment <> ?3 OR id = ?2 AND moment = ?3
      UNION SELECT 'note', started FROM session WHERE id = ?1 AND note <> ''
    """
    rows = journal.rows(query, [today, last, NEXT_MORNING])
    there = {row["what"]: row["started"][:10] for row in rows}
    return problems + [
        f"{quoted(each)} was logged already for {there[each]} (mend it with `--edit`)"
        for each in (*entry.sets, *entry.check_ins, *(["note"] if entry.note else []))
        if each in there
    ]


def _found(journal: Journal, where: str, date: str) -> int | None:
    """The last session of those that are meant."""
    query = f"SELECT id FROM session WHERE {where} ORDER BY started DESC, id DESC LIMIT 1"  # noqa: S608 - our own
    return next((row["id"] for row in journal.rows(query, [date])), None)


def _write(
    journal: Journal, entry: LogEntry, today: int | None, last: int | None, rules: RuleBase
) -> None:
    for exercise, sets in entry.sets.items():
        journal.run("DELETE FROM set_done WHERE session = ? AND exercise = ?", [today, exercise])
        for each in sets:
            journal.insert("set_done", each.row(today))
    fact = rules.journal.check_in if rules.journal else None
    for moment, value in entry.check_ins.items() if fact else ():
        session = last if moment == NEXT_MORNING else today
        keys = {"session": session, "moment": moment, "fact": fact}
        journal.insert("check_in", {**keys, "value": value, "at": entry.at}, instead=True)
    query = """
      UPDATE session SET note = coalesce(nullif(?, ''), note), day = coalesce(nullif(?, ''), day)
      WHERE id = ?
    """
    journal.run(query, [entry.note, entry.day, today])


def undo_last(journal: Journal) -> list[str]:
    """Take the last entry back; the days that it was of. Raises AnswerError if there is none."""
    with journal.writing():
        if not (found := journal.rows("SELECT * FROM undo ORDER BY id DESC LIMIT 1")):
            raise AnswerError(["nothing was logged that could be taken back"])
        dates = list[str]()
        for before in json.loads(found[0]["before"]):
            now = journal.rows("SELECT started FROM session WHERE id = ?", [before["id"]])
            dates += [row["started"][:10] for row in now]
            journal.run("DELETE FROM session WHERE id = ?", [before["id"]])
            for table in ROWS_OF:
                for row in before.get(table, ()):
                    journal.insert(table, row)
        journal.run("DELETE FROM undo WHERE id = ?", [found[0]["id"]])
    return dates
