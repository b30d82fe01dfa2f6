"""Finding entries -> findings, each after those it builds on; circles are named and left out."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

from advisor.rulebase.reading.conditions import RESERVED, read_condition
from advisor.rulebase.reading.entries import Draft
from advisor.rulebase.reading.models import FindingEntry
from advisor.rulebase.reading.names import Scope
from advisor.rulebase.reading.nodes import DEEPEST
from advisor.rulebase.shapes import Condition, Finding
from advisor.rulebase.truth import named


def build_findings(draft: Draft, scope: Scope) -> tuple[Finding, ...]:
    """Every sound finding whose findings are sound too."""
    entries = draft.all("findings", FindingEntry)
    _check_names(draft, scope)
    parsed = {key: read_condition(entries[key].part("when"), scope) for key in sorted(entries)}
    conditions = {key: condition for key, condition in parsed.items() if condition is not None}
    while circle := _circle(conditions):
        path = " → ".join((*circle, circle[0]))
        place = draft.declared("findings")[circle[0]]
        hint = "have one of them name answers instead"
        scope.problems.add("circular-findings", place, f"findings go in a circle: {path}", hint)
        conditions = {key: each for key, each in conditions.items() if key not in circle}
    return _ordered(conditions, draft, scope)


def _check_names(draft: Draft, scope: Scope) -> None:
    for key, place in draft.declared("findings").items():
        if key in RESERVED:
            scope.problems.add("reserved-word", place, f"`{key}` cannot name a finding")
        if key in draft.declared("questions"):
            message = f"`{key}` is a question and a finding"
            scope.problems.add("name-clash", place, message, "rename one")


def _sorter(conditions: dict[str, Condition]) -> TopologicalSorter[str]:
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for key, condition in conditions.items():
        sorter.add(key, *(name for name in named(condition) if name in conditions))
    return sorter


def _circle(conditions: dict[str, Condition]) -> list[str]:
    """One circle, from its first finding by name, or nothing."""
    try:
        _sorter(conditions).prepare()
    except CycleError as error:
        circle = list(reversed(error.args[1][1:]))
        first = circle.index(min(circle))
        return circle[first:] + circle[:first]
    return []


def _ordered(conditions: dict[str, Condition], draft: Draft, scope: Scope) -> tuple[Finding, ...]:
    """In building order, without those that build on something left out, or on too much."""
    entries = draft.all("findings", FindingEntry)
    depths: dict[str, int] = {}
    for key in _sorter(conditions).static_order():
        below = [depths.get(name) for name in named(conditions[key])]
        if None in below:
            continue
        depth = 1 + max((each for each in below if each is not None), default=0)
        if depth > DEEPEST:
            message = f"more than {DEEPEST} findings build on each other"
            scope.problems.add("too-deep", entries[key].place, message)
        else:
            depths[key] = depth
    return tuple(entries[key].shaped(Finding, when=conditions[key]) for key in depths)
