"""A rule base -> how many people there are, and which comparisons can tell them apart."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from advisor.authoring.proof_people import Tests
from advisor.rulebase.claims import Every, Except, Some, Statement, Sure
from advisor.rulebase.conditions import comparisons
from advisor.rulebase.shapes import CHOICE, INTEGER, SET, Comparison, Condition, Question, RuleBase


def people(rules: RuleBase) -> int:
    """How many different answer sheets there are, with `unsure` and not asked among them."""
    return prod(_answers(question) + 2 for question in rules.questions)


def _answers(question: Question) -> int:
    if question.kind == INTEGER:
        return question.maximum - question.minimum + 1
    if question.kind == SET:
        return 1 << len(question.choices)
    return len(question.choices) if question.kind == CHOICE else 2


def comparisons_of(*bases: RuleBase) -> Tests:
    """Every comparison that rules, findings and invariants make, by fact."""
    found: dict[str, set[Comparison]] = {}
    for rules in bases:
        conditions = [*(rule.when for rule in rules.rules), *(f.when for f in rules.findings)]
        conditions += [when for each in rules.invariants for when in _conditions(each.when)]
        for when in dict.fromkeys(conditions):
            for test in comparisons(when, rules.finding):
                found.setdefault(test.fact, set()).add(test)
    return {fact: frozenset(tests) for fact, tests in found.items()}


def _conditions(statement: Statement) -> Iterator[Condition]:
    match statement:
        case Sure(condition):
            yield condition
        case Every(parts) | Some(parts):
            for part in parts:
                yield from _conditions(part)
        case Except(part):
            yield from _conditions(part)
