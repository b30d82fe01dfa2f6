"""Two rule bases → the old one with the names of the new, so that a new name is no other thing.

A question or an exercise says what it was called (`was`). A rule is the same under another id if
everything in it is the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from advisor.authoring.diff.entries import entries
from advisor.rulebase.reading.exercises import how_to_id
from advisor.rulebase.shapes import RuleBase

Names = dict[str, str]  # the id that something had, and the one that it has


def renames(old: RuleBase, new: RuleBase) -> dict[str, Names]:
    """What has another name, by section: questions, exercises, rules."""
    found = {
        section: {
            was: each.id
            for each in getattr(new, section)
            for was in each.was
            if was in ids and each.id not in ids
        }
        for section in ("questions", "exercises")
        for ids in [{each.id for each in getattr(old, section)}]
    }
    named = found["questions"] | found["exercises"]
    return {**found, "rules": _rules(called(old, named) if named else old, new)}


def _rules(old: RuleBase, new: RuleBase) -> Names:
    """The rules that only one base has by this id, and that say the same."""
    before, after = _contents(old), _contents(new)
    gone = {content: name for name, content in before.items() if name not in after}
    come = {name: content for name, content in after.items() if name not in before}
    return {gone[content]: name for name, content in come.items() if content in gone}


def _contents(rules: RuleBase) -> dict[str, tuple[tuple[str, str, str], ...]]:
    """Everything in each rule, by its id; of one that stands for several, in all of them."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for (section, name, part), words in entries(rules).items():
        if section == "rules":
            rule, _, this = name.partition(":")
            found.setdefault(rule, []).append((this, part, words))
    return {name: tuple(parts) for name, parts in found.items()}


def called(rules: RuleBase, names: Mapping[str, str]) -> RuleBase:
    """The same rule base with other ids for some of its questions, exercises and rules."""
    cues = {how_to_id(old): how_to_id(new) for old, new in names.items() if old in rules.exercise}
    made: RuleBase = _called(rules, {**names, **cues})
    return replace(made, rules=tuple(sorted(made.rules, key=lambda rule: rule.id)))


def _called(part: Any, names: Mapping[str, str]) -> Any:  # noqa: ANN401 - any part of a rule base
    """A part in which each text that is an id is the new one; texts for people are never ids."""
    if isinstance(part, str):
        return names.get(part, part)
    if type(part) in (tuple, frozenset):
        return type(part)(_called(each, names) for each in part)
    if isinstance(part, dict):
        return {_called(key, names): _called(each, names) for key, each in part.items()}
    if is_dataclass(part) and not isinstance(part, type):
        changed = {
            each.name: now
            for each in fields(part)
            if each.init and (now := _called(was := getattr(part, each.name), names)) is not was
        }
        return replace(part, **changed) if changed else part
    return part
