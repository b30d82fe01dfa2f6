"""One rule → what it needs to know, where in the session it counts, and the rules it masks."""

from __future__ import annotations

from advisor.authoring.lint.overlap import masking
from advisor.explain.verbalization import findings_behind, touched
from advisor.json_text import Json
from advisor.rulebase.bits import chosen
from advisor.rulebase.shapes import (
    LEVELS,
    Effect,
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
    behind = dict.fromkeys(each.id for rule in every for each in findings_behind(rule.when, rules))
    effects = [effect for rule in every for effect in rule.effects]
    mask = touched(effects)
    return {
        "facts": [{"fact": fact, "ask": rules.question[fact].ask} for fact in facts],
        "finding_ids": list(behind),
        "exercise_ids": [each.id for each in chosen(mask, rules.exercises)],
        "slots": _slots(effects, mask, rules),
        "levels": [
            LEVELS[effect.level]
            for rule in every[:1]
            for effect in rule.effects
            if isinstance(effect, Level)
        ],
        "masks": _masked(every[0], rules) if every else [],
        "masked_by": sorted({each.id for rule in every[:1] for each in masking(rule, rules)}),
    }


def _slots(effects: list[Effect], mask: int, rules: RuleBase) -> list[str]:
    """The parts of the session that a rule weighs, or that its exercises fill."""
    weighed = {slot for each in effects if isinstance(each, Prefer) for slot in each.slots}
    filled = rules.slot_masks.items()
    return [slot for slot, fitting in filled if slot in weighed or fitting & mask]


def _masked(rule: Rule, rules: RuleBase) -> list[str]:
    """The rules that have nothing to do where this one holds."""
    others = (each for each in rules.rules if not each.catalogue and each.id != rule.id)
    return sorted({each.id for each in others if rule.id in (m.id for m in masking(each, rules))})
