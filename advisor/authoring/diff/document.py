"""What changed for people → plain values, as JSON and the report show them."""

from __future__ import annotations

from advisor.authoring.diff.changes import Change, Sides, doses
from advisor.authoring.diff.compare import Difference, Example
from advisor.authoring.proof.replay import screened
from advisor.command_line import command
from advisor.json_text import Json
from advisor.plan import plan_for
from advisor.result import Plan

_KINDS = ("gained", "lost", "level_relaxed", "level_tightened", "dose_relaxed", "dose_tightened")


def difference_document(difference: Difference) -> Json:
    """Every change with an example: the answers, and the command line that gives them."""
    sides = difference.sides
    changes = {kind: [_example(each, sides) for each in difference.of(kind)] for kind in _KINDS}
    return {"exact": difference.exact, **changes}


def _example(each: Example, sides: Sides) -> Json:
    before, after = sides.plans(each.answers)
    return {
        **_what(each.change, before, after),
        "example": each.answers,
        "level": {"old": before.level, "new": after.level},
        "command": command(_short(after)),
    }


def _short(plan: Plan) -> Plan:
    """The same plan, with screening answers stated in one word where that says the same."""
    facts = screened(plan.facts, plan.rules)
    return plan_for(facts, plan.rules) if facts.values == plan.facts.values else plan


def _what(change: Change, before: Plan, after: Plan) -> Json:
    """What a change is about, for its kind."""
    what, *_ = change.about
    if change.kind.startswith("level"):
        old, new = (word or None for word in change.about)
        return {"from": old, "to": new}
    if change.kind.startswith("dose"):
        then, now = doses(before), doses(after)
        both = (key for key in sorted(then.keys() & now.keys()) if key[1] == what)
        key = next(key for key in both if then[key] != now[key])
        return {"what": what, "exercise": key[0] or None, "from": then[key], "to": now[key]}
    exercises = {**before.rules.exercise, **after.rules.exercise}
    return {"exercise": what, "name": exercises[what].name}
