"""Invariant entries -> invariants: what must hold for everyone, in the language of rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from advisor.rulebase.reading.conditions import read_fact, read_joined
from advisor.rulebase.reading.effects import CEILINGS, read_cap
from advisor.rulebase.reading.entries import Draft, Entry
from advisor.rulebase.reading.models import InvariantEntry
from advisor.rulebase.reading.names import Scope, all_or_none
from advisor.rulebase.reading.nodes import Node
from advisor.rulebase.reading.selectors import read_selector
from advisor.rulebase.shapes import LEVELS, SCHEDULE, Any, invariants
from advisor.rulebase.shapes.invariants import Claim, Invariant, NoMore, Statement

ALL, OBSERVATIONS = "all", "observations"  # of the questions
_LEVEL = re.compile(r"(?:(at least|at most) )?([a-z]+)")
_AT_LEAST = re.compile(r"at least (\d{1,4})(?: exercises?)?")


def build_invariants(draft: Draft, scope: Scope) -> tuple[Invariant, ...]:
    """Every sound invariant, in the author's order."""
    entries = draft.all("invariants", InvariantEntry)
    return tuple(found for entry in entries.values() for found in _invariants(entry, scope))


def _invariants(entry: Entry[InvariantEntry], scope: Scope) -> Iterator[Invariant]:
    """The invariant, once or once for each value."""
    each = entry.model.for_each
    values = [""] if each is None else scope.values(each, entry.at("for_each"))
    for value in values:
        made = _invariant(entry, scope if each is None else scope.standing_for(value), value)
        if made is not None:
            yield made


def _invariant(entry: Entry[InvariantEntry], scope: Scope, this: str) -> Invariant | None:
    before = len(scope.problems)
    node = entry.node.child("when")
    when = (
        invariants.EVERYONE
        if node is None or node.value == "always"
        else read_joined(node, scope, _part)
    )
    levels_node = entry.node.child("when_level")
    levels = _levels(levels_node, scope) if levels_node else None
    claims = tuple(_claims(entry, scope))
    if len(scope.problems) > before or when is None or not claims:
        return None
    return entry.shaped(Invariant, claims=claims, when=when, levels=levels, this=this)


def _part(key: str, child: Node, node: Node, scope: Scope) -> Statement | None:
    """One test of one fact or finding, or several, of which some must hold."""
    if key not in scope.questions or not isinstance(child.value, tuple) or not child.value:
        return _test(key, child, node, scope)
    options: tuple[Statement, ...] | None = all_or_none(
        _test(key, each, node, scope) for each in child.value
    )
    return None if options is None else Any(options)


def _test(key: str, child: Node, node: Node, scope: Scope) -> Statement | None:
    """One test of one fact or finding, or the word for having no answer."""
    if key in scope.questions and child.value in invariants.STATES:
        return invariants.State(key, str(child.value))
    condition = read_fact(key, child, node, scope)
    return None if condition is None else invariants.Sure(condition)


def _levels(node: Node, scope: Scope) -> invariants.LevelWithin | None:
    found = _LEVEL.fullmatch(node.value) if isinstance(node.value, str) else None
    if found is None:
        message = f"{node.typed()} names no levels"
        hint = "write `entry`, `at least professional` or `at most entry`"
        scope.problems.add("bad-invariant", node.place, message, hint)
        return None
    if found[2] not in LEVELS:
        what = "no level is called {}"
        scope.unknown("unknown-level", node.place, what, found[2], LEVELS)
        return None
    at = LEVELS.index(found[2])
    low = 0 if found[1] == "at most" else at
    high = len(LEVELS) - 1 if found[1] == "at least" else at
    return invariants.LevelWithin(low, high)


def _claims(entry: Entry[InvariantEntry], scope: Scope) -> Iterator[Claim]:
    """What is claimed; a claim that cannot be read is a problem."""
    then = entry.part("then")
    for key, child in then.value.items() if isinstance(then.value, dict) else ():
        reader = _READERS.get(key)
        claim = reader(child, scope) if reader else _no_more(entry, child, scope)
        if claim is not None:
            yield claim
    _check_change(entry, scope)


def _never_allowed(node: Node, scope: Scope) -> Claim | None:
    mask = read_selector(node, scope)
    return None if mask is None else invariants.NeverAllowed(mask)


def _session(node: Node, scope: Scope) -> Claim | None:
    if node.value == "none":
        return invariants.NoSession()
    if node.value == "no exercise twice":
        return invariants.EachOnce()
    found = _AT_LEAST.fullmatch(node.value) if isinstance(node.value, str) else None
    if found:
        return invariants.SessionOf(int(found[1]))
    hint = "write `none`, `at least 3 exercises` or `no exercise twice`"
    scope.problems.add("bad-invariant", node.place, f"{node.typed()} is no session", hint)
    return None


def _rest(node: Node, scope: Scope) -> Claim | None:
    found = _AT_LEAST.fullmatch(node.value) if isinstance(node.value, str) else None
    if found:
        return invariants.RestOf(int(found[1]))
    message = f"{node.typed()} is no number of hours"
    scope.problems.add("bad-invariant", node.place, message, "write `at least 48`")
    return None


def _dose(node: Node, scope: Scope) -> Claim | None:
    parts = node.value if isinstance(node.value, dict) else {}
    chosen = parts.get("exercises")
    mask = scope.everything if chosen is None else read_selector(chosen, scope)
    read = [
        read_cap(each, what, mask or 0, scope)
        for what, each in parts.items()
        if what in CEILINGS and what not in SCHEDULE
    ]
    caps = all_or_none(read)
    return invariants.DoseWithin(caps) if caps and mask is not None else None


_READERS: dict[str, Callable[[Node, Scope], Claim | None]] = {
    "never_allowed": _never_allowed,
    "level": _levels,
    "session": _session,
    "rest_hours": _rest,
    "dose": _dose,
    "stand_ins": lambda _node, _scope: invariants.StandIns(),
}


def _no_more(entry: Entry[InvariantEntry], node: Node, scope: Scope) -> Claim | None:
    """What never grows when the answer to a question changes."""
    asked = entry.node.child("for_each_question")
    if asked is None:
        message = "`permits_no_more` compares two answers to a question"
        hint = "add `for_each_question:`"
        scope.problems.add("bad-invariant", node.place, message, hint)
        return None
    if asked.value in (ALL, OBSERVATIONS):
        every = scope.questions.values()
        names = [each.id for each in every if asked.value == ALL or each.observation]
    elif (words := scope.words(asked)) is None:
        return None
    else:
        for word, each in words:
            if word not in (ALL, OBSERVATIONS):
                scope.knows("questions", word, each.place, [ALL, *scope.questions], noun="question")
        names = [word for word, _ in words if word in scope.questions]
    changes = tuple(entry.model.when_it_gets or invariants.CHANGES)
    return NoMore(
        tuple(dict.fromkeys(names)), changes, tuple(entry.model.then.permits_no_more or ())
    )


def _check_change(entry: Entry[InvariantEntry], scope: Scope) -> None:
    """What speaks of a change of one answer says nothing without `permits_no_more`."""
    if entry.model.then.permits_no_more is None:
        for key in ("for_each_question", "when_it_gets"):
            if entry.node.child(key) is not None:
                message = f"`{key}` goes with `permits_no_more`"
                scope.problems.add("bad-invariant", entry.at(key), message)
    if entry.model.then == type(entry.model.then)():
        message = f"the invariant `{entry.id}` claims nothing"
        scope.problems.add("bad-invariant", entry.place, message, "add a claim below `then:`")
