"""A rule and a person → whether it holds for them, part by part, and the answers behind it."""

from __future__ import annotations

from typing import assert_never

from advisor.answers import Facts
from advisor.explain.verbalization import condition_words, spaced
from advisor.json_text import Json
from advisor.plan import plan_for
from advisor.reasons import spoken
from advisor.rulebase.shapes import All, Any, Comparison, Condition, Named, Not, Rule, RuleBase
from advisor.rulebase.truth import facts_of, truth


def why_rule(rule_id: str, facts: Facts, rules: RuleBase) -> Json:
    """Why a rule holds, does not, or cannot be told.

    `value` is true, false or None for unknown; `applies` whether it counts for this person all
    the same, as doubt makes careful. Each of the `parts` has these too, and parts of its own
    where it is made of more. A rule that stands for several holds where one of them does.
    """
    instances = [rule for rule in rules.rules if rule.id == rule_id]
    whole = Any(tuple(rule.when for rule in instances))
    one = instances[0].when
    parts = [_instance(rule, facts, rules) for rule in instances]
    if len(instances) == 1:
        parts = [_part(each, facts, rules) for each in _below(one, rules) or (one,)]
    return {
        "rule": rule_id,
        "value": truth(whole, facts.by_name(rules), rules.finding),
        "applies": rule_id in plan_for(facts, rules).fired,
        "because": instances[0].because,
        "parts": parts,
    }


def _instance(rule: Rule, facts: Facts, rules: RuleBase) -> Json:
    """One of the rules that a `for_each` stands for."""
    part = _part(rule.when, facts, rules)
    return part | {"says": f"{spaced(rule.this)}: {part['says']}"}


def _part(part: Condition, facts: Facts, rules: RuleBase) -> Json:
    """A part of a condition: its words, its truth, the answers behind it, what it is made of."""
    below = [_part(each, facts, rules) for each in _below(part, rules)]
    return {
        "says": condition_words(part, rules),
        "value": truth(part, facts.by_name(rules), rules.finding),
        "facts": {fact: spoken(fact, facts, rules) for fact in facts_of(part, rules.finding)},
        **({"parts": below} if below else {}),
    }


def _below(part: Condition, rules: RuleBase) -> tuple[Condition, ...]:
    """What a part is made of, where that tells more than its own words do."""
    match part:
        case All(parts) | Any(parts):
            return parts
        case Named(finding):
            when = rules.finding[finding].when
            return _below(when, rules) or (when,)
        case Not(All() | Any() | Named() as inner):
            return (inner,)
        case Comparison() | Not():
            return ()
        case _:
            assert_never(part)
