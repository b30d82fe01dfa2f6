"""Cases and examples → how much of the rules they meet.

A rule is covered when something makes it true. A comparison is covered when it was seen both
true and false where it mattered: turned around, it would have changed its rule (or finding).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from advisor.answers import Facts
from advisor.authoring.cases.condition_tree import (
    NEVER,
    Path,
    authored,
    conditional,
    leaning,
    leaves_at,
    put,
)
from advisor.authoring.cases.run import Case
from advisor.explain.verbalization import condition_words
from advisor.findings import conclude
from advisor.rulebase.bits import positions
from advisor.rulebase.shapes import ALWAYS, NOWHERE, Comparison, Condition, Place, Rule, RuleBase
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
    people: list[Answers] = [case.facts.by_name(rules) for case in cases]
    every = {
        name: [rules.rules[place] for place in places] for name, places in authored(rules).items()
    }
    by_case = {name for name, group in every.items() if _fires(group, people, rules)}
    by_example = {
        rule.id
        for rule in rules.rules
        if rule.fires is not None and _fires([rule], [dict(rule.fires)], rules)
    }
    units = list(_units(rules))
    half = tuple(
        _half_seen(unit, seen, rules)
        for unit in units
        if (seen := _seen(unit, people, rules)) != {True, False}
    )
    return Coverage(
        len(every),
        len(units),
        tuple(name for name in every if name not in by_case | by_example),
        half,
        tuple(name for name in every if name in by_example - by_case),
    )


def met_by(people: Iterable[Facts], rules: RuleBase) -> tuple[int, dict[str, int]]:
    """How many people there are, and for how many of them each authored rule is true."""
    of, met = 0, dict.fromkeys(authored(rules), 0)
    for facts in people:
        of += 1
        true = positions(conclude(facts, rules).true)
        for name in {rules.rules[place].id for place in true} & met.keys():
            met[name] += 1
    return of, met


def _fires(group: list[Rule], people: Iterable[Answers], rules: RuleBase) -> bool:
    return any(truth(rule.when, person, rules.finding) for rule in group for person in people)


@dataclass(frozen=True)
class _Unit:
    """One comparison: whose it is, and the conditions it stands in (several with `for_each`).

    Each has with it what its owner shows of itself, besides the cases.
    """

    owner: str
    path: Path
    whens: list[tuple[Condition, list[Answers]]]
    place: Place


def _units(rules: RuleBase) -> Iterator[_Unit]:
    """Every comparison of the authored rules and of the findings."""
    for name, places in conditional(rules).items():
        group = [rules.rules[place] for place in places]
        whens = [(rule.when, _examples([rule])) for rule in group]
        for path, leaf in leaves_at(group[0].when).items():
            if not _asks_for_a_last_time(leaf, rules):
                yield _Unit(name, path, whens, group[0].place)
    for finding in rules.findings:
        near = _examples(rules.rules[place] for place in leaning(finding, rules))
        for path in leaves_at(finding.when):
            yield _Unit(finding.id, path, [(finding.when, near)], NOWHERE)


def _asks_for_a_last_time(leaf: Condition, rules: RuleBase) -> bool:
    """Whether a comparison was not written: a rule that speaks of a last time needs one."""
    if not isinstance(leaf, Comparison):
        return False
    question = rules.question[leaf.fact]
    return question.speaks_of_last_time and leaf.operand == (question.lowest, question.maximum)


def _examples(group: Iterable[Rule]) -> list[Answers]:
    return [dict(each) for rule in group for each in (rule.fires, rule.silent) if each]


def _seen(unit: _Unit, people: list[Answers], rules: RuleBase) -> set[bool]:
    """The values that a comparison had where it mattered."""
    seen: set[bool] = set()
    for when, examples in unit.whens:
        leaf = leaves_at(when).get(unit.path)
        if leaf is None:
            continue
        held, broken = put(when, unit.path, ALWAYS), put(when, unit.path, NEVER)
        for answers in (*examples, *people):
            value = truth(leaf, answers, rules.finding)
            if value is None or value in seen:
                continue
            if truth(held, answers, rules.finding) != truth(broken, answers, rules.finding):
                seen.add(value)
    return seen


def _half_seen(unit: _Unit, seen: set[bool], rules: RuleBase) -> HalfSeen:
    never = " or ".join(str(each).lower() for each in (True, False) if each not in seen)
    leaf = leaves_at(unit.whens[0][0])[unit.path]
    return HalfSeen(unit.owner, condition_words(leaf, rules), never, unit.place)
