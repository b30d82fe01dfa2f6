"""An allowed exercise that stands on no day → what took its place on each, and why."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.engine.ready import program_of
from advisor.json_text import Json
from advisor.reasons import worded
from advisor.result import Plan
from advisor.session import LEFT_OUT


def not_picked(plan: Plan, position: int) -> list[Json]:
    """For each slot that takes an exercise: the one that stands there, and what prefers that.

    Where nothing stands, `why` is that of the gap; otherwise `preferred`, or `order` where no rule
    speaks for the one more than for the other and the catalogue's order decides. Empty for an
    exercise that is picked, or not allowed, and where there is no session.
    """
    lines = [line for session in plan.sessions for line in session.lines]
    if not plan.verdicts.allowed >> position & 1 or position in (each.position for each in lines):
        return []
    return [*_passed_over(plan, position)]


def _passed_over(plan: Plan, position: int) -> Iterator[Json]:
    rules = plan.rules
    wished_away = plan.choice.without >> position & 1
    for place, session in enumerate(plan.sessions):
        lines = {line.slot: line.position for line in session.lines}
        gaps = {gap.slot: gap.reason for gap in session.empty}
        for slot, mask in rules.slots_of[place]:
            if not mask >> position & 1:
                continue
            picked = lines.get(slot.id)
            why = gaps.get(slot.id, "") if picked is None else _why(plan, picked, position)
            yield {
                "day": session.day,
                "slot": slot.id,
                "picked": None if picked is None else rules.exercises[picked].id,
                "why": LEFT_OUT if wished_away else why,
                "reasons": [] if picked is None else _for(picked, position, plan),
            }


def _for(picked: int, position: int, plan: Plan) -> list[Json]:
    """What speaks for one exercise and not for the other."""
    preferring = program_of(plan.rules).preferring
    true = plan.findings.true
    both = {rule for rule, _ in preferring[position].among(true)}
    own = (rule for rule, _ in preferring[picked].among(true) if rule not in both)
    return [worded((rule, ""), plan).to_dict() for rule in own]


def _why(plan: Plan, picked: int, position: int) -> str:
    weights = plan.verdicts.weights
    return "preferred" if weights[picked] > weights[position] else "order"
