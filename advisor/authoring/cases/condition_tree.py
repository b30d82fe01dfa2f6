"""The tree of a condition: every part with its path, and the tree with one part changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar, assert_never

from advisor.explain.verbalization import findings_behind
from advisor.rulebase.shapes import ALWAYS, RuleBase
from advisor.rulebase.shapes.conditions import All, Any, Comparison, Condition, Finding, Named, Not

T = TypeVar("T")
Path = tuple[int, ...]
NEVER: Any[Condition] = Any(())


def parts(condition: Condition, path: Path = ()) -> Iterator[tuple[Path, Condition]]:
    """A condition and everything in it, the whole first; findings are not looked into."""
    yield path, condition
    for index, part in enumerate(_below(condition)):
        yield from parts(part, (*path, index))


def folded(  # noqa: PLR0913 - what to walk, and what to make of each part
    when: Condition,
    findings: Mapping[str, Finding],
    leaf: Callable[[Comparison, bool], T],
    every: Callable[[list[T]], T],
    some: Callable[[list[T]], T],
    *,
    wanted: bool,
) -> T:
    """What a condition comes to, if it is to be true (or, not wanted, false).

    Each comparison is told what it has to be, and then joined: what takes every part is `every`.
    """
    match when:
        case Comparison():
            return leaf(when, wanted)
        case Named(finding):
            when = findings[finding].when
            return folded(when, findings, leaf, every, some, wanted=wanted)
        case Not(part):
            return folded(part, findings, leaf, every, some, wanted=not wanted)
        case All(below) | Any(below):
            inside = [folded(part, findings, leaf, every, some, wanted=wanted) for part in below]
            return every(inside) if isinstance(when, All) is wanted else some(inside)
        case _:
            assert_never(when)


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
