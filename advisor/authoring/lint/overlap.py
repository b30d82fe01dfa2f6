"""Rules beside each other: which one says nothing that another does not say whenever it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import prod

from advisor.authoring.cases.condition_tree import folded
from advisor.engine.ready import kept_with
from advisor.rulebase.deciders import Decider, decider
from advisor.rulebase.exactness import domains, meeting
from advisor.rulebase.shapes import ALWAYS, All, Condition, Not, effects
from advisor.rulebase.shapes.base import Rule, RuleBase
from advisor.rulebase.truth import truth

MOST_WAYS = 5_000_000  # two conditions on more than that are not compared


def implies(narrow: Rule, wide: Rule, rules: RuleBase) -> bool:
    """Whether the second rule holds for everyone for whom the first does.

    As conditions are exact, it then also holds in doubt whenever the first is in doubt.
    """
    if ALWAYS in (narrow.when, wide.when):
        return wide.when == ALWAYS
    if narrow.when == wide.when:
        return True
    # The authors' own examples refute most pairs at once.
    if narrow.fires and truth(wide.when, dict(narrow.fires), rules.finding) is not True:
        return False
    if wide.silent and truth(narrow.when, dict(wide.silent), rules.finding) is True:
        return False
    both = All((narrow.when, Not(wide.when)))
    ways = prod(map(len, domains(both, rules.finding, rules.question).values()))
    return ways <= MOST_WAYS and never(both, rules)


def never(condition: Condition, rules: RuleBase) -> bool:
    """Whether a condition holds for nobody."""
    return meeting(condition, rules.finding, rules.question, wanted=True) is None


def may_follow(when: Condition, rules: RuleBase) -> tuple[Rule, ...]:
    """The rules that may hold whenever a condition does: no other one does.

    They are those that hold for one person of whom nothing is known but what makes the condition
    hold. As rules are exact, one that holds for everyone like that holds for this one already.
    """
    known = kept_with(rules, "following", lambda _: dict[Condition, tuple[Rule, ...]]())
    if when not in known:
        known[when] = _may_follow(when, rules)
    return known[when]


def _may_follow(when: Condition, rules: RuleBase) -> tuple[Rule, ...]:
    someone = meeting(when, rules.finding, rules.question, wanted=True)
    if someone is None:
        return rules.rules
    known = [someone.get(question.id) for question in rules.questions]
    for decide in kept_with(rules, "finding deciders", _finding_deciders):
        known.append(decide(known))
    filed = kept_with(rules, "filed", _by_needed_fact)
    every = (each for fact in ("", *someone) for each in filed.get(fact, ()))
    found = sorted(place for decide, places in every if decide(known) for place in places)
    return tuple([rules.rules[place] for place in found])


def _places(rules: RuleBase) -> dict[str, int]:
    return {name: at for at, name in enumerate([*rules.question, *rules.finding])}


def _finding_deciders(rules: RuleBase) -> list[Decider]:
    """What tells the truth of each finding from that of those before it."""
    return [decider(each.when, _places(rules)) for each in rules.findings]


def _by_needed_fact(rules: RuleBase) -> dict[str, list[tuple[Decider, list[int]]]]:
    """Every condition with its rules, under one fact that it cannot hold without, or none."""
    places = _places(rules)
    sharing: dict[Condition, list[int]] = {}
    for place, rule in enumerate(rules.rules):
        sharing.setdefault(rule.when, []).append(place)
    needed = {when: _needed(when, rules) for when in sharing}
    common = Counter(fact for facts in needed.values() for fact in facts)
    filed: dict[str, list[tuple[Decider, list[int]]]] = {}
    for when, which in sharing.items():
        fact = min(needed[when], key=lambda each: (common[each], each), default="")
        filed.setdefault(fact, []).append((decider(when, places), which))
    return filed


def _needed(when: Condition, rules: RuleBase) -> frozenset[str]:
    """The facts that have to be known for a condition to be true."""

    def shared(facts: list[frozenset[str]]) -> frozenset[str]:
        return frozenset.intersection(*facts) if facts else frozenset()

    def all_of(facts: list[frozenset[str]]) -> frozenset[str]:
        return frozenset().union(*facts)

    return folded(
        when, rules.finding, lambda test, _: frozenset((test.fact,)), all_of, shared, wanted=True
    )


def masking(rule: Rule, rules: RuleBase) -> Iterator[Rule]:
    """The other rules that do all that a rule does, whenever it holds."""
    for other in may_follow(rule.when, rules):
        if other.id == rule.id or other.catalogue:
            continue
        if all(_covers(other, effect) for effect in rule.effects) and implies(rule, other, rules):
            yield other


def useless(rule: Rule, rules: RuleBase) -> Rule | None:
    """A rule that makes another useless; of two that do the same, the first is the one to keep."""
    for other in masking(rule, rules):
        if _speaks_for_a_level(rule) and not _speaks_for_a_level(other):
            continue
        same = all(_covers(rule, effect) for effect in other.effects)
        if not (same and other.id > rule.id and implies(other, rule, rules)):
            return other
    return None


def _speaks_for_a_level(rule: Rule) -> bool:
    """Whether a rule is there to say why a level is what it is, and does nothing else."""
    return all(isinstance(effect, effects.Level) for effect in rule.effects)


def _covers(other: Rule, effect: effects.Effect) -> bool:
    """Whether a rule leaves nothing for an effect to do."""
    return any(mine.covers(effect) for mine in other.effects)
