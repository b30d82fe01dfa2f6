"""A short history in an example → what is observed of it.

Each entry is a day: `{days_ago: 3, before: 1, next_morning: 4, did: {an_exercise: 3x8}}`.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from advisor.rulebase.measures import measure
from advisor.rulebase.reading.names import Scope
from advisor.rulebase.reading.nodes import Node
from advisor.rulebase.shapes.history import MOMENTS, Session, SetDone

HISTORY, DAYS_AGO, DID = "history", "days_ago", "did"
NOW = "2000-01-01T12:00"  # any time will do: what is measured is how long ago it was
_SETS = re.compile(r"([1-9][0-9]?)x([1-9][0-9]{0,2})(?:@([0-9]{1,3}(?:\.[0-9]+)?))?(?:/([0-9]))?")


def measured(node: Node, scope: Scope) -> list[tuple[str, int | None]]:
    """What is observed of a history, by fact."""
    sessions = read_history(node, scope)
    return [*measure([*scope.questions.values()], sessions, NOW).items()]


def read_history(node: Node, scope: Scope) -> tuple[Session, ...]:
    """The sessions of a history, in order of time; what is wrong in it becomes problems."""
    entries = node.value if isinstance(node.value, tuple) else (node,)
    found = [session for each in entries if (session := _session(each, scope))]
    return tuple(sorted(found, key=lambda each: each.started))


def _session(node: Node, scope: Scope) -> Session | None:
    parts = node.value if isinstance(node.value, dict) else {}
    ago = parts[DAYS_AGO].value if DAYS_AGO in parts else None
    wrong = [key for key in parts if key not in (DAYS_AGO, DID, *MOMENTS)]
    felt = {key: each.value for key, each in parts.items() if key in MOMENTS}
    sound = all(type(each) is int for each in (ago, *felt.values()))
    if wrong or not sound or not isinstance(ago, int) or not ago >= 0:
        message = f"{node.typed()} is no day of a history"
        hint = f"write `{{days_ago: 3}}`, with {', '.join(MOMENTS)} as numbers, and `did:`"
        scope.problems.add("bad-history", node.place, message, hint)
        return None
    started = (date.fromisoformat(NOW[:10]) - timedelta(days=ago)).isoformat()
    sets = _done(parts[DID], scope) if DID in parts else ()
    check_ins = {key: each for key, each in felt.items() if isinstance(each, int)}
    return Session(0, None, f"{started}T12:00", "", "", sets, check_ins)


def _done(node: Node, scope: Scope) -> tuple[SetDone, ...]:
    """What was done: `{an_exercise: 3x8@40/2}`."""
    sets = list[SetDone]()
    for exercise, each in node.value.items() if isinstance(node.value, dict) else ():
        found = _SETS.fullmatch(each.text)
        known = exercise in scope.position or scope.hides("exercises", exercise)
        if found is None or (scope.exercises and not known):
            message = f"`{exercise}: {each.text}` is nothing that was done"
            scope.problems.add("bad-history", each.place, message, "write `exercise: 3x8@40/2`")
            continue
        kg, left = (float(found[3]) if found[3] else None), (int(found[4]) if found[4] else None)
        numbers = range(1, int(found[1]) + 1)
        sets += [SetDone(exercise, at, int(found[2]), kg, in_reserve=left) for at in numbers]
    return tuple(sets)
