"""Two plans for one person → what differs, and the rules that make the difference."""

from __future__ import annotations

from advisor.answers import Facts
from advisor.document import plan_document
from advisor.json_text import Json
from advisor.parts import line_document
from advisor.reasons import reason, spoken, standing_in_the_way
from advisor.result import Plan, applied
from advisor.rulebase.shapes import RuleBase

_SHOWN = ("status", "level", "level_says", "referral", "open_questions", "command")


def comparison_document(before: Plan, after: Plan) -> Json:
    """The JSON of `legday what-if`: the changed answers, and only what they change."""
    one, other = plan_document(before, _SHOWN), plan_document(after, _SHOWN)
    level = {"from": one["level"], "to": other["level"]}
    return {
        "changes": changed_answers(before.facts, after.facts, before.rules),
        "before": _summary(one),
        "after": _summary(other),
        "level": level if one["level"] != other["level"] else None,
        "lines": changed_lines(before, after),
        "gained": _turned(before, after, gained=True),
        "lost": _turned(before, after, gained=False),
        "rules_no_longer": _rules_only_in(before, after),
        "rules_now": _rules_only_in(after, before),
        "command": other["command"],
    }


def _summary(document: Json) -> Json:
    return {key: document[key] for key in _SHOWN if key != "command"}


def changed_answers(before: Facts, after: Facts, rules: RuleBase) -> list[Json]:
    """The answers that differ."""
    told = (
        (fact, spoken(fact, before, rules), spoken(fact, after, rules)) for fact in rules.question
    )
    return [{"fact": fact, "from": was, "to": now} for fact, was, now in told if was != now]


def changed_lines(before: Plan, after: Plan) -> list[Json]:
    """The slots of each day whose exercise or dose differs: each with its line then and now."""
    then, now = _lines(before), _lines(after)
    names = {slot.id: slot.name for slot in before.rules.slots}
    return [
        {
            "day": day,
            "slot": slot,
            "name": names[slot],
            "from": then.get((day, slot)),
            "to": now.get((day, slot)),
        }
        for day, slot in _places(before)
        if _doing(then.get((day, slot))) != _doing(now.get((day, slot)))
    ]


def _places(plan: Plan) -> list[tuple[str, str]]:
    """Every slot of every day."""
    return [(day.id, slot) for day in plan.rules.routine for slot in day.slots]


def _doing(line: Json | None) -> tuple[object, ...]:
    keys = ("exercise", "notation", "reps_in_reserve", "rest_seconds", "load", "tempo")
    return tuple(line[key] for key in keys) if line else ()


def _lines(plan: Plan) -> dict[tuple[str, str], Json]:
    return {
        (day.day, line.slot): line_document(line, plan.rules, known=plan.tells_weights)
        for day in plan.sessions
        for line in day.lines
    }


def _turned(before: Plan, after: Plan, *, gained: bool) -> list[Json]:
    """The exercises that become allowed (or stop being so), with the rules responsible.

    What is lost is explained by what stands in its way now; what is gained by what no longer
    does.
    """
    was, now = before.verdicts, after.verdicts
    turned = now.allowed & ~was.allowed if gained else was.allowed & ~now.allowed
    source = before if gained else after
    return [
        {
            "exercise": exercise.id,
            "name": exercise.name,
            "from": was.of(place),
            "to": now.of(place),
            "reasons": [
                reason(source.rules.rules[rule], source.facts, source.rules).to_dict()
                for rule in standing_in_the_way(source, place)
            ],
        }
        for place, exercise in enumerate(before.rules.exercises)
        if turned >> place & 1
    ]


def _rules_only_in(plan: Plan, other: Plan) -> list[Json]:
    """The rules that apply in one plan and not in the other."""
    rules = plan.rules.rules
    elsewhere = set(applied(other.findings, other.rules))
    only = [place for place in applied(plan.findings, plan.rules) if place not in elsewhere]
    return [reason(rules[place], plan.facts, plan.rules).to_dict() for place in only]
