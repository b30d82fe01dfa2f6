"""A plan's document → why its level is what it is: one rule for each answer that counts."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.report.words import Document, doubt, reasons_of
from advisor.rulebase.shapes import Level, Rule, RuleBase
from advisor.rulebase.truth import comparisons

MOST_REASONS = 4  # for a level: more are not read

Answer = tuple[str, str]  # a question, and of a set the choice that counts (or nothing)


def why_level(document: Document, rules: RuleBase) -> list[Document]:
    """Why this level: one reason for each answer that counts, and of all answers, some.

    Where several rules rest on an answer, one that has nothing but the level to say puts it best.
    """
    best = {names[0] for names in _by_answer(document, rules).values()}
    chosen = [name for name in document["level_reasons"] if name in best]
    return reasons_of(chosen[:MOST_REASONS], document)


def answers_behind(reasons: list[Document], rules: RuleBase) -> list[Answer]:
    """The answers that reasons rest on, in the order of the questions."""
    place = rules.question_position
    found = {
        answer: None
        for reason in reasons
        for answer in _answers(rule_named(reason["rule"], rules), reason["because"], rules)
        if answer[0] in place
    }
    return sorted(found, key=lambda answer: place[answer[0]])


def own_actions(document: Document, rules: RuleBase) -> set[str]:
    """What the rules behind a referral have to say of what to do; nothing for what is general.

    Rules that only may be true have no say in it.
    """
    sure = (
        why["rule"] for why in reasons_of(document["level_reasons"], document) if not doubt(why)
    )
    effects = (effect for name in sure for effect in rule_named(name, rules).effects)
    return {effect.action for effect in effects if isinstance(effect, Level)}


def _by_answer(document: Document, rules: RuleBase) -> dict[Answer, list[str]]:
    named = [(rule_named(name, rules), name) for name in document["level_reasons"]]
    found: dict[Answer, list[str]] = {}
    for rule, name in sorted(named, key=lambda each: not _only_level(each[0])):
        for answer in _answers(rule, document["rules"][name]["answers"], rules):
            found.setdefault(answer, []).append(name)
    return found


def rule_named(name: str, rules: RuleBase) -> Rule:
    """The rule that a plan names; one that stands for many things has its own after a colon."""
    first, _, this = name.partition(":")
    return next(rule for rule in rules.rules if (rule.id, rule.this) == (first, this))


def _only_level(rule: Rule) -> bool:
    return all(isinstance(effect, Level) for effect in rule.effects)


def _answers(rule: Rule, facts: Document, rules: RuleBase) -> Iterator[Answer]:
    """The answers that a rule rests on; of a set, each choice that it asks for."""
    asked_for: dict[str, int] = {}
    for test in comparisons(rule.when, rules.finding):
        if test.operator == "count":
            asked_for[test.fact] = asked_for.get(test.fact, 0) | test.operand[1]
    for fact, value in facts.items():
        bits = rules.question[fact].bits
        chosen = value if isinstance(value, list) else []
        counting = [each for each in chosen if asked_for.get(fact, 0) & bits[each]]
        yield from ((fact, each) for each in counting or [""])
    if not facts:
        yield rule.id, rule.this
