"""Which of a person's answers a rule rests on, choice by choice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from advisor.rulebase.shapes import Rule, RuleBase
from advisor.rulebase.truth import comparisons

CountingAnswer = tuple[str, str]  # a question, and of a set the choice that counts (or nothing)


def counting_answers(
    rule: Rule, known: Mapping[str, object], rules: RuleBase
) -> Iterator[CountingAnswer]:
    """The answers that a rule rests on; of a set, each choice that it asks for."""
    for fact, chosen in _counting(rule, known, rules):
        yield from ((fact, each) for each in chosen or [""])
    if not known:
        yield rule.id, rule.this


def counting_values(rule: Rule, known: Mapping[str, object], rules: RuleBase) -> dict[str, object]:
    """The same answers; of a set, the choices that it asks for, or all if it asks for none."""
    return {fact: chosen or known[fact] for fact, chosen in _counting(rule, known, rules)}


def _counting(
    rule: Rule, known: Mapping[str, object], rules: RuleBase
) -> Iterator[tuple[str, list[str]]]:
    asked_for: dict[str, int] = {}
    for test in comparisons(rule.when, rules.finding):
        if test.operator == "count":
            asked_for[test.fact] = asked_for.get(test.fact, 0) | test.operand[1]
    for fact, value in known.items():
        bits = rules.question[fact].bits
        chosen = value if isinstance(value, list) else []
        yield fact, [each for each in chosen if asked_for.get(fact, 0) & bits[each]]
