"""What changed for people → plain values, as JSON and the report show them."""

from __future__ import annotations

from advisor.authoring.diff.changes import doses
from advisor.authoring.diff.compare import Difference, Example
from advisor.authoring.proof.replay import screened
from advisor.command_line import command
from advisor.json_text import Json
from advisor.plan import plan_for
from advisor.result import Plan


def difference_document(difference: Difference) -> Json:
    """Every change with an example: the answers, and the command line that gives them."""
    return {
        "exact": difference.exact,
        "gained": [_exercise(each, difference) for each in difference.of("gained")],
        "lost": [_exercise(each, difference) for each in difference.of("lost")],
        "level_relaxed": [_level(each, difference) for each in difference.of("level_relaxed")],
        "level_tightened": [_level(each, difference) for each in difference.of("level_tightened")],
        "dose_relaxed": [_dose(each, difference) for each in difference.of("dose_relaxed")],
        "dose_tightened": [_dose(each, difference) for each in difference.of("dose_tightened")],
    }


def _example(each: Example, difference: Difference) -> Json:
    before, after = difference.sides.plans(each.answers)
    return {
        "example": each.answers,
        "level": {"old": before.level, "new": after.level},
        "command": command(_short(after)),
    }


def _short(plan: Plan) -> Plan:
    """The same plan, with screening answers stated in one word where that says the same."""
    facts = screened(plan.facts, plan.rules)
    return plan_for(facts, plan.rules) if facts.values == plan.facts.values else plan


def _exercise(each: Example, difference: Difference) -> Json:
    (name,) = each.change.about
    sides = difference.sides
    spoken = {**sides.old.exercise, **sides.new.exercise}[name].name
    return {"exercise": name, "name": spoken, **_example(each, difference)}


def _level(each: Example, difference: Difference) -> Json:
    old, new = (word or None for word in each.change.about)
    return {"from": old, "to": new, **_example(each, difference)}


def _dose(each: Example, difference: Difference) -> Json:
    (what,) = each.change.about
    then, now = (doses(plan) for plan in difference.sides.plans(each.answers))
    key = next(
        key for key in sorted(then) if key[1] == what and key in now and then[key] != now[key]
    )
    return {
        "what": what,
        "exercise": key[0] or None,
        "from": then[key],
        "to": now[key],
        **_example(each, difference),
    }
