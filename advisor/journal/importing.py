"""The history of another app → sessions in a journal; what is there already is not touched."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import NamedTuple

from advisor.answers import AnswerError, find_exercise, named_exercise, quoted
from advisor.journal.layouts import Done, History
from advisor.journal.sets import NOTHING
from advisor.journal.store import Journal
from advisor.rulebase.problems import did_you_mean
from advisor.rulebase.shapes import RuleBase, normal

NEAREST = 3
Names = Mapping[str, str | None]  # what names in files stand for; None is left out


class Imported(NamedTuple):
    """How much of a file was new."""

    sessions: int
    sets: int


def read_maps(maps: Iterable[str], history: History, rules: RuleBase) -> dict[str, str | None]:
    """What `NAME=EXERCISE` says of names in a file. Raises AnswerError with every problem."""
    names = dict.fromkeys(each.done.exercise for each in history.sets)
    found, problems = dict[str, str | None](), list[str]()
    for each in maps:
        name, equals, exercise = (part.strip() for part in each.rpartition("="))
        if not equals or name not in names:
            hint = did_you_mean(name[:60], names) if equals else "expected NAME=EXERCISE"
            problems.append(f"`--map`: no {quoted(name or each)} in the file ({hint})")
            continue
        try:
            found[name] = None if exercise == NOTHING else named_exercise(exercise, rules)
        except AnswerError as error:
            problems += [f"`--map`: {problem}" for problem in error.problems]
    if problems:
        raise AnswerError(problems)
    return found


def kept_names(journal: Journal, rules: RuleBase) -> dict[str, str | None]:
    """What names stood for in imports before."""
    rows = journal.rows("SELECT name, exercise FROM name WHERE rule_base = ?", [rules.name])
    known = {None, *rules.exercise}
    return {row["name"]: row["exercise"] for row in rows if row["exercise"] in known}


def matched(name: str, rules: RuleBase) -> str | None:
    """The exercise of this very name; `Row (Cable)` may be a cable row, and nothing is guessed."""
    tool = re.fullmatch(r"(.+) \((.+)\)", name)
    turned = (f"{tool[2]} {tool[1]}", f"{tool[1]} {tool[2]}") if tool else ()
    return next(filter(None, (find_exercise(each, rules) for each in (name, *turned))), None)


def unmatched(history: History, names: Names, rules: RuleBase) -> dict[str, int]:
    """The names that stand for no exercise, each with its number of sets."""
    counts = Counter(each.done.exercise for each in history.sets)
    strange = (each for each in counts if each not in names and matched(each, rules) is None)
    return {name: counts[name] for name in strange}


def nearest(name: str, rules: RuleBase) -> list[str]:
    """The exercises whose names are nearest."""
    plain = normal(re.sub(r"\(.*\)", "", name)[:60])
    near = get_close_matches(plain, rules.exercise_names, n=4 * NEAREST, cutoff=0.0)
    return [*dict.fromkeys(rules.exercise_names[each] for each in near)][:NEAREST]


def add_history(
    journal: Journal, history: History, chosen: Names, rules: RuleBase, now: str
) -> Imported:
    """Add what a file tells and the journal does not hold, and keep what was chosen for names."""
    new = sets = 0
    with journal.writing():
        for name, exercise in chosen.items():
            row = {"rule_base": rules.name, "name": name, "exercise": exercise}
            journal.insert("name", row, instead=True)
        for began, done in _by_workout(history, kept_names(journal, rules), rules).items():
            keys = {"rule_base": rules.name, "source": history.app, "started": began}
            query = "SELECT id FROM session WHERE rule_base = ? AND source = ? AND started = ?"
            there = journal.rows(query, [*keys.values()])
            ended = max((each.ended for each in done if each.ended), default=None)
            ids = [row["id"] for row in there] or [
                journal.insert("session", keys | {"ended": ended})
            ]
            new += not there
            sets += _add_sets(journal, ids[0], done)
        if sets:  # what was logged before can no longer be taken back alone
            journal.run("DELETE FROM undo")
        query = "INSERT OR IGNORE INTO import (hash, app, at) VALUES (?, ?, ?)"
        journal.run(query, [history.digest, history.app, now])
    return Imported(new, sets)


def _by_workout(history: History, names: Names, rules: RuleBase) -> dict[str, list[Done]]:
    """The sets of each workout by when it began and the ids of their exercises, in their order."""
    begun = dict[str, str]()  # as all of its sets tell, whatever is left out of them
    for each in history.sets:
        begun[each.workout] = min(each.began, begun.get(each.workout, each.began))
    found = dict[str, list[Done]]()
    for each in history.sets:
        name = each.done.exercise
        exercise = names[name] if name in names else matched(name, rules)
        if exercise is not None:
            meant = replace(each, done=replace(each.done, exercise=exercise))
            found.setdefault(begun[each.workout], []).append(meant)
    return found


def _add_sets(journal: Journal, session: int, done: list[Done]) -> int:
    """Add the sets of the exercises that a session does not have yet; how many they were."""
    query = "SELECT DISTINCT exercise FROM set_done WHERE session = ?"
    there = {row["exercise"] for row in journal.rows(query, [session])}
    numbers = Counter[str]()
    for each in (each.done for each in done if each.done.exercise not in there):
        numbers[each.exercise] += 1
        journal.insert("set_done", replace(each, number=numbers[each.exercise]).row(session))
    return numbers.total()
