"""One rule → what it needs to know, where in the session it counts, and the rules it masks."""

from __future__ import annotations

from advisor.authoring.lint.overlap import masking
from advisor.explain.words import findings_behind
from advisor.json_text import Json
from advisor.rulebase.shapes import (
    LEVELS,
    Advise,
    Apart,
    Avoid,
    Cap,
    Caution,
    Level,
    Prefer,
    Rule,
    RuleBase,
)
from advisor.rulebase.truth import facts_of


def connections(rule_id: str, rules: RuleBase) -> Json:
    """All that leads to a rule and hangs on it, for JSON."""
    every = [rule for rule in rules.rules if rule.id == rule_id]
    facts = dict.fromkeys(fact for rule in every for fact in facts_of(rule.when, rules.finding))
    findings = dict.fromkeys(
        finding.id for rule in every for finding in findings_behind(rule.when, rules)
    )
    touched = _touched(every)
    return {
        "facts": [{"fact": fact, "ask": rules.question[fact].ask} for fact in facts],
        "finding_ids": list(findings),
        "exercise_ids": [
            each.id for place, each in enumerate(rules.exercises) if touched >> place & 1
        ],
        "slots": _slots(every, touched, rules),
        "levels": [
            LEVELS[effect.level]
            for effect in (each for rule in every[:1] for each in rule.effects)
            if isinstance(effect, Level)
        ],
        "masks": _masked(every[0], rules) if every else [],
        "masked_by": sorted({each.id for rule in every[:1] for each in masking(rule, rules)}),
    }


def _touched(every: list[Rule]) -> int:
    mask = 0
    for rule in every:
        for effect in rule.effects:
            if isinstance(effect, Avoid | Caution | Cap | Prefer | Advise):
                mask |= effect.exercises
            elif isinstance(effect, Apart):
                mask |= effect.one | effect.other
    return mask


def _slots(every: list[Rule], touched: int, rules: RuleBase) -> list[str]:
    """The parts of the session that a rule weighs, or that its exercises fill."""
    weighed = {
        slot
        for rule in every
        for effect in rule.effects
        if isinstance(effect, Prefer)
        for slot in effect.slots
    }
    return [
        slot.id
        for slot in rules.slots
        if slot.id in weighed
        or any(rules.pattern_masks.get(pattern, 0) & touched for pattern in slot.patterns)
    ]


def _masked(rule: Rule, rules: RuleBase) -> list[str]:
    """The rules that have nothing to do where this one holds."""
    others = (each for each in rules.rules if not each.catalogue and each.id != rule.id)
    return sorted(
        {each.id for each in others if any(found.id == rule.id for found in masking(each, rules))}
    )
