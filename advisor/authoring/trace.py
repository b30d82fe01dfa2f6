"""A rule base → where each item of guidance went, and what each rule and exercise carries."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.rulebase.shapes import Advise, Exercise, Rule, RuleBase

Row = dict[str, object]


def trace_items(rules: RuleBase) -> list[Row]:
    """One row for each item: what became of it, and the rules and exercises that carry it.

    An exercise speaks through the rule that gives its cues, so that rule is named with it.
    """
    own = [(rule.id, rule.encodes) for rule in rules.rules if not rule.catalogue]
    cues = [(rule.id, _exercise_of(rule, rules).encodes) for rule in rules.rules if rule.catalogue]
    in_rules = _carriers([*own, *cues])
    in_exercises = _carriers((each.id, each.encodes) for each in rules.exercises)
    return [
        {
            "item": item.id,
            "source": item.document,
            "place": item.place,
            "says": item.says,
            "status": item.status,
            "rules": in_rules.get(item.id, []),
            "exercises": in_exercises.get(item.id, []),
            "conflicts": list(item.conflicts),
            "note": item.note,
        }
        for item in rules.guidance
    ]


def _exercise_of(rule: Rule, rules: RuleBase) -> Exercise:
    """The exercise that a rule of the catalogue gives the cues of."""
    mask = next(each.exercises for each in rule.effects if isinstance(each, Advise))
    return rules.exercises[mask.bit_length() - 1]


def _carriers(pairs: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, list[str]]:
    """The ids that name each item, each once."""
    found: dict[str, dict[str, None]] = {}
    for carrier, items in pairs:
        for item in items:
            found.setdefault(item, {})[carrier] = None
    return {item: list(carriers) for item, carriers in found.items()}


def trace_carriers(rules: RuleBase) -> list[Row]:
    """One row for each rule and then each exercise: the items it carries, often none."""
    own = {rule.id: rule.encodes for rule in rules.rules if not rule.catalogue}
    carriers = [("rule", name, encodes) for name, encodes in own.items()]
    carriers += [("exercise", each.id, each.encodes) for each in rules.exercises]
    items = [{"item": each.id, "status": each.status, "says": each.says} for each in rules.guidance]
    return [
        {"kind": kind, "id": name, "items": [each for each in items if each["item"] in encodes]}
        for kind, name, encodes in carriers
    ]
