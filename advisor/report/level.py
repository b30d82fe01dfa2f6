"""A plan's document → why its level is what it is: one rule for each answer that counts."""

from __future__ import annotations

from advisor.report.formatting import Document, doubt, reasons_of
from advisor.rulebase.counting import CountingAnswer, counting_answers
from advisor.rulebase.shapes import Level, Rule, RuleBase

MOST_REASONS = 4  # for a level: more are not read


def why_level(document: Document) -> list[Document]:
    """Why this level: of the reasons, one for each answer that counts, some."""
    return reasons_of(document["level_reasons"][:MOST_REASONS], document)


def answers_behind(reasons: list[Document], rules: RuleBase) -> list[CountingAnswer]:
    """The answers that reasons rest on, in the order of the questions."""
    place = rules.question_position
    found = {
        answer: None
        for reason in reasons
        for answer in counting_answers(rule_named(reason["rule"], rules), reason["because"], rules)
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


def rule_named(name: str, rules: RuleBase) -> Rule:
    """The rule that a plan names; one that stands for many things has its own after a colon."""
    first, _, this = name.partition(":")
    return next(rule for rule in rules.rules if (rule.id, rule.this) == (first, this))
