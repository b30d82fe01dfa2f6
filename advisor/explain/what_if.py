"""Two plans for one person → what differs, and the rules that make the difference."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.answers import Facts
from advisor.document import plan_document
from advisor.json_text import Json
from advisor.parts import line_document
from advisor.reasons import reason, spoken, standing_in_the_way
from advisor.result import Plan, applied
from advisor.rulebase.shapes import RuleBase

_SHOWN = ("status", "level", "level_says", "referral", "open_questions")
_DOING = ("exercise", "notation", "reps_in_reserve", "rest_seconds", "load", "tempo")


def comparison_document(before: Plan, after: Plan) -> Json:
    """The JSON of `legday what-if`: the changed answers, and only what they change."""
    one, other = (plan_document(each, (*_SHOWN, "command")) for each in (before, after))
    level = {"from": one["level"], "to": other["level"]}
    gained = after.verdicts.allowed & ~before.verdicts.allowed
    lost = before.verdicts.allowed & ~after.verdicts.allowed
    then, now = ({*applied(each.findings, each.rules)} for each in (before, after))
    return {
        "changes": changed_answers(before.facts, after.facts, before.rules),
        "before": {key: one[key] for key in _SHOWN},
        "after": {key: other[key] for key in _SHOWN},
        "level": level if one["level"] != other["level"] else None,
        "lines": _changed_lines(before, after),
        "gained": _turned(gained, before, after, explained_by=before),
        "lost": _turned(lost, before, after, explained_by=after),
        "rules_no_longer": _reasons(sorted(then - now), before),
        "rules_now": _reasons(sorted(now - then), after),
        "command": other["command"],
    }


def changed_answers(before: Facts, after: Facts, rules: RuleBase) -> list[Json]:
    """The answers that differ."""
    told = (
        (fact, spoken(fact, before, rules), spoken(fact, after, rules)) for fact in rules.question
    )
    return [{"fact": fact, "from": was, "to": now} for fact, was, now in told if was != now]


def _changed_lines(before: Plan, after: Plan) -> list[Json]:
    """The slots of each day whose exercise or dose differs: each with its line then and now."""
    then, now = _lines(before), _lines(after)
    names = {slot.id: slot.name for slot in before.rules.slots}
    every = [(day.id, slot) for day in before.rules.routine for slot in day.slots]
    return [
        {"day": day, "slot": slot, "name": names[slot], "from": was, "to": line}
        for day, slot in every
        for was, line in [(then.get((day, slot)), now.get((day, slot)))]
        if any((was or {}).get(key) != (line or {}).get(key) for key in _DOING)
    ]


def _lines(plan: Plan) -> dict[tuple[str, str], Json]:
    return {
        (day.day, line.slot): line_document(line, plan.rules, known=plan.tells_weights)
        for day in plan.sessions
        for line in day.lines
    }


def _turned(turned: int, before: Plan, after: Plan, *, explained_by: Plan) -> list[Json]:
    """The exercises (a mask) that become allowed, or stop being so, with the rules responsible.

    What is lost is explained by what stands in its way now; what is gained by what no longer
    does.
    """
    return [
        {
            "exercise": exercise.id,
            "name": exercise.name,
            "from": before.verdicts.of(place),
            "to": after.verdicts.of(place),
            "reasons": _reasons(standing_in_the_way(explained_by, place), explained_by),
        }
        for place, exercise in enumerate(before.rules.exercises)
        if turned >> place & 1
    ]


def _reasons(places: Iterable[int], plan: Plan) -> list[Json]:
    """What some rules of a plan say."""
    rules = plan.rules
    return [reason(rules.rules[place], plan.facts, rules).to_dict() for place in places]
