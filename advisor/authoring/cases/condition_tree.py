"""The tree of a condition: every part with its path, and the tree with one part changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from advisor.explain.words import findings_behind
from advisor.rulebase.shapes import ALWAYS, RuleBase
from advisor.rulebase.shapes.conditions import All, Any, Comparison, Condition, Finding, Named, Not

Path = tuple[int, ...]
NEVER = Any(())


def parts(condition: Condition, path: Path = ()) -> Iterator[tuple[Path, Condition]]:
    """A condition and everything in it, the whole first; findings are not looked into."""
    yield path, condition
    for index, part in enumerate(_below(condition)):
        yield from parts(part, (*path, index))


def leaves_at(condition: Condition) -> dict[Path, Condition]:
    """The comparisons and the findings that a condition is made of, by path."""
    return {path: each for path, each in parts(condition) if isinstance(each, Comparison | Named)}


def put(condition: Condition, path: Path, new: Condition) -> Condition:
    """The condition with another part at a path."""
    if not path:
        return new
    first, *rest = path
    changed = [*_below(condition)]
    changed[first] = put(changed[first], tuple(rest), new)
    return Not(changed[0]) if isinstance(condition, Not) else type(condition)(tuple(changed))  # type: ignore[call-arg, arg-type]


def _below(condition: Condition) -> tuple[Condition, ...]:
    match condition:
        case Not(part):
            return (part,)
        case All(below) | Any(below):
            return below
        case Comparison() | Named():
            return ()
        case _:
            assert_never(condition)


def authored(rules: RuleBase) -> dict[str, list[int]]:
    """The places of the rules that an author wrote, by id: several where it has `for_each`."""
    groups: dict[str, list[int]] = {}
    for place, rule in enumerate(rules.rules):
        if not rule.catalogue:
            groups.setdefault(rule.id, []).append(place)
    return groups


def conditional(rules: RuleBase) -> dict[str, list[int]]:
    """The authored rules that do not always hold."""
    groups = authored(rules)
    return {name: each for name, each in groups.items() if rules.rules[each[0]].when != ALWAYS}


def leaning(finding: Finding, rules: RuleBase) -> tuple[int, ...]:
    """The places of the rules that lean on a finding."""
    behind = (findings_behind(rule.when, rules) for rule in rules.rules)
    return tuple(place for place, found in enumerate(behind) if finding in found)
