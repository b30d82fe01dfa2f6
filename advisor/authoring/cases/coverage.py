"""Cases and examples → how much of the rules they meet.

A rule is covered when something makes it true. A comparison is covered when it was seen both
true and false where it mattered: turned around, it would have changed its rule (or finding).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from advisor.authoring.cases.condition_tree import (
    NEVER,
    Path,
    authored,
    conditional,
    placed_leaves,
    put,
)
from advisor.authoring.cases.run import Case
from advisor.explain.words import condition_words, findings_behind
from advisor.rulebase.shapes import ALWAYS, NOWHERE, Condition, Place, RuleBase
from advisor.rulebase.truth import truth

Answers = Mapping[str, int | None]


@dataclass(frozen=True)
class HalfSeen:
    """A comparison of a rule or finding that never mattered while it was this."""

    owner: str
    words: str
    never: str  # true | false | true or false
    place: Place


@dataclass(frozen=True)
class Coverage:
    """What was met, of how many; and what was not."""

    rules: int
    conditions: int
    never_fired: tuple[str, ...]
    half_seen: tuple[HalfSeen, ...]
    only_by_example: tuple[str, ...]  # rules that no case makes true

    @property
    def rules_percent(self) -> float:
        """Of the rules, how many were true for someone."""
        return _percent(self.rules - len(self.never_fired), self.rules)

    @property
    def conditions_percent(self) -> float:
        """Of the comparisons, how many were seen both ways where it mattered."""
        return _percent(self.conditions - len(self.half_seen), self.conditions)


def _percent(part: int, whole: int) -> float:
    """Rounded down to a tenth, so that only everything is 100."""
    return part * 1000 // whole / 10 if whole else 100.0


def measure(cases: tuple[Case, ...], rules: RuleBase) -> Coverage:
    """How much of a rule base its cases and its own examples meet."""
    people = [case.facts.by_name(rules) for case in cases]
    by_case = {name for name, places in authored(rules).items() if _fires(places, people, rules)}
    by_example = {rule.id for rule in rules.rules if _own_example_fires(rule.id, rules)}
    units = list(_units(rules))
    seen = [(unit, _seen(unit, people, rules)) for unit in units]
    half = tuple(_half_seen(unit, both, rules) for unit, both in seen if len(both) < 2)  # noqa: PLR2004 - both
    every = authored(rules)
    return Coverage(
        len(every),
        len(units),
        tuple(name for name in every if name not in by_case | by_example),
        half,
        tuple(name for name in every if name in by_example - by_case),
    )


def _fires(places: list[int], people: list[dict[str, int | None]], rules: RuleBase) -> bool:
    whens = [rules.rules[place].when for place in places]
    return any(truth(when, person, rules.finding) for when in whens for person in people)


def _own_example_fires(name: str, rules: RuleBase) -> bool:
    return any(
        rule.fires is not None and truth(rule.when, dict(rule.fires), rules.finding)
        for rule in (rules.rules[place] for place in authored(rules).get(name, ()))
    )


@dataclass(frozen=True)
class _Unit:
    """One comparison: whose it is, and the conditions it stands in (several with `for_each`).

    `examples` are what its owner shows of itself, besides the cases.
    """

    owner: str
    path: Path
    whens: tuple[Condition, ...]
    examples: tuple[tuple[Answers, ...], ...]  # for each condition
    place: Place

    @property
    def leaf(self) -> Condition:
        """The comparison itself, as it stands in the first condition."""
        return dict(placed_leaves(self.whens[0]))[self.path]


def _units(rules: RuleBase) -> Iterator[_Unit]:
    """Every comparison of the authored rules and of the findings."""
    for name, places in conditional(rules).items():
        group = [rules.rules[place] for place in places]
        shown: tuple[tuple[Answers, ...], ...] = tuple(
            tuple(dict(each) for each in (rule.fires, rule.silent) if each) for rule in group
        )
        for path, _ in placed_leaves(group[0].when):
            yield _Unit(name, path, tuple(r.when for r in group), shown, group[0].place)
    for finding in rules.findings:
        shown = (tuple(_examples_near(finding.id, rules)),)
        for path, _ in placed_leaves(finding.when):
            yield _Unit(finding.id, path, (finding.when,), shown, NOWHERE)


def _examples_near(finding: str, rules: RuleBase) -> Iterator[dict[str, int | None]]:
    """The examples of the rules that lean on a finding."""
    for rule in rules.rules:
        if any(each.id == finding for each in findings_behind(rule.when, rules)):
            yield from (dict(each) for each in (rule.fires, rule.silent) if each)


def _seen(unit: _Unit, people: Iterable[Answers], rules: RuleBase) -> set[bool]:
    """The values that a comparison had where it mattered."""
    seen: set[bool] = set()
    everyone = tuple(people)
    for when, examples in zip(unit.whens, unit.examples, strict=True):
        leaf = dict(placed_leaves(when)).get(unit.path)
        if leaf is None:
            continue
        held, broken = put(when, unit.path, ALWAYS), put(when, unit.path, NEVER)
        for answers in (*examples, *everyone):
            value = truth(leaf, answers, rules.finding)
            if value is None or value in seen:
                continue
            if truth(held, answers, rules.finding) != truth(broken, answers, rules.finding):
                seen.add(value)
            if len(seen) == 2:  # noqa: PLR2004 - both
                return seen
    return seen


def _half_seen(unit: _Unit, seen: set[bool], rules: RuleBase) -> HalfSeen:
    never = " or ".join(str(each).lower() for each in (True, False) if each not in seen)
    return HalfSeen(unit.owner, condition_words(unit.leaf, rules), never, unit.place)
