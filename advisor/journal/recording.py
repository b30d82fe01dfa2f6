"""What a person says was done → rows of a journal; each call is one transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from advisor.answers import AnswerError, Facts, encode, quoted
from advisor.journal.records import NEXT_MORNING, SetDone, answer_rows
from advisor.journal.store import Journal, Row
from advisor.reasons import spoken
from advisor.rulebase.shapes import RuleBase

OF_SESSION = ("set_done", "check_in")
STEPS = 50  # that can be undone


@dataclass(frozen=True)
class Entry:
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
    """Keep the answers that differ from those kept before; how many they were."""
    with journal.writing():
        before, kept = answer_rows(journal), 0
        for place, question in enumerate(rules.questions):
            if facts.is_open(place):
                continue
            value = json.dumps(spoken(question.id, facts, rules))
            row = {"value": value, "stated_clear": int(place in facts.stated_clear)}
            old = before.get(question.id)
            if old is None or any(old[key] != row[key] for key in row):
                keys = {"rule_base": rules.name, "fact": question.id, "since": now}
                journal.insert("answer", {**keys, **row}, instead=True)
                kept += 1
    return kept


def record(
    journal: Journal, entry: Entry, rules: RuleBase, *, edit: bool = False
) -> tuple[int, ...]:
    """Record an entry; the sessions that it is of.

    Raises AnswerError with every problem: only with `edit` may it take the place of what is there.
    """
    with journal.writing():
        last = _before(journal, entry.at) if NEXT_MORNING in entry.check_ins else None
        today = _on_the_day(journal, entry.at) if entry.is_of_the_day else None
        problems = _problems(journal, entry, today, last, edit=edit)
        if problems:
            raise AnswerError(problems)
        touched = [_snapshot(journal, session) for session in (today, last) if session is not None]
        if entry.is_of_the_day and today is None:
            keys = {"rule_base": rules.name, "day": entry.day, "started": entry.at}
            today = journal.insert("session", keys)
            touched.append({"id": today, "session": []})
        step = journal.insert("undo", {"before": json.dumps(touched)})
        journal.run("DELETE FROM undo WHERE id <= ?", [step - STEPS])
        if today is not None:
            _write(journal, entry, today, rules)
        if last is not None:
            _check_in(journal, last, NEXT_MORNING, entry, rules)
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
    journal: Journal, entry: Entry, today: int | None, last: int | None, *, edit: bool
) -> list[str]:
    """What speaks against an entry."""
    date, problems = entry.at[:10], list[str]()
    if NEXT_MORNING in entry.check_ins and last is None:
        problems.append(f"no session before {date}, so this is no next morning")
    if edit and entry.is_of_the_day and today is None:
        problems.append(f"no session was logged on {date}, so there is nothing to edit")
    if edit:
        return problems
    there = _there(journal, today, last)
    told = [*entry.sets, *entry.check_ins, *(["note"] if entry.note else [])]
    return problems + [
        f"{quoted(each)} was logged already for {there[each]} (mend it with `--edit`)"
        for each in told
        if each in there
    ]


def _there(journal: Journal, today: int | None, last: int | None) -> dict[str, str]:
    """What is recorded already: exercises, moments and the note, each with the day it is of."""
    query = """
      SELECT exercise AS what, started FROM set_done JOIN session ON id = session WHERE id = ?1
      UNION SELECT moment, started FROM check_in JOIN session ON id = session
        WHERE id = ?1 AND moment <> ?3 OR id = ?2 AND moment = ?3
      UNION SELECT 'note', started FROM session WHERE id = ?1 AND note <> ''
    """
    rows = journal.rows(query, [today, last, NEXT_MORNING])
    return {row["what"]: row["started"][:10] for row in rows}


def _on_the_day(journal: Journal, at: str) -> int | None:
    """The session that was logged on a day."""
    query = "SELECT id FROM session WHERE source = '' AND substr(started, 1, 10) = ?"
    found = journal.rows(query, [at[:10]])
    return found[0]["id"] if found else None


def _before(journal: Journal, at: str) -> int | None:
    """The last session before a day."""
    query = "SELECT id FROM session WHERE started < ? ORDER BY started DESC, id DESC LIMIT 1"
    found = journal.rows(query, [at[:10]])
    return found[0]["id"] if found else None


def _write(journal: Journal, entry: Entry, session: int, rules: RuleBase) -> None:
    """Write what an entry tells of the session of the day."""
    for exercise, sets in entry.sets.items():
        journal.run("DELETE FROM set_done WHERE session = ? AND exercise = ?", [session, exercise])
        for each in sets:
            journal.insert("set_done", each.row(session))
    for moment in entry.check_ins:
        if moment != NEXT_MORNING:
            _check_in(journal, session, moment, entry, rules)
    if entry.note:
        journal.run("UPDATE session SET note = ? WHERE id = ?", [entry.note, session])
    if entry.day:
        journal.run("UPDATE session SET day = ? WHERE id = ?", [entry.day, session])


def _check_in(journal: Journal, session: int, moment: str, entry: Entry, rules: RuleBase) -> None:
    if rules.journal:
        row = {"session": session, "moment": moment, "fact": rules.journal.check_in}
        value = {"value": entry.check_ins[moment], "at": entry.at}
        journal.insert("check_in", {**row, **value}, instead=True)


def _snapshot(journal: Journal, session: int) -> Row:
    """All rows of a session, as they are now."""
    own = {"session": journal.rows("SELECT * FROM session WHERE id = ?", [session])}
    query = "SELECT * FROM {} WHERE session = ? ORDER BY rowid"
    below = {table: journal.rows(query.format(table), [session]) for table in OF_SESSION}
    return {"id": session, **own, **below}


def undo(journal: Journal) -> list[str]:
    """Take the last entry back; the days that it was of. Raises AnswerError if there is none."""
    with journal.writing():
        found = journal.rows("SELECT * FROM undo ORDER BY id DESC LIMIT 1")
        if not found:
            raise AnswerError(["nothing was logged that could be taken back"])
        dates = list[str]()
        for before in json.loads(found[0]["before"]):
            now = journal.rows("SELECT started FROM session WHERE id = ?", [before["id"]])
            dates += [row["started"][:10] for row in now]
            journal.run("DELETE FROM session WHERE id = ?", [before["id"]])
            for table in ("session", *OF_SESSION):
                for row in before.get(table, ()):
                    journal.insert(table, row)
        journal.run("DELETE FROM undo WHERE id = ?", [found[0]["id"]])
    return dates
