"""An allowed exercise that stands on no day → what took its place on each, and why."""

from __future__ import annotations

from advisor.engine.ready import program_of
from advisor.json_text import Json
from advisor.reasons import worded
from advisor.result import Plan
from advisor.rulebase.bits import mask_of
from advisor.rulebase.shapes import Slot
from advisor.session import APART, LEFT_OUT, Session

PREFERRED, ORDER, WISHED = "preferred", "order", "wished"


def not_picked(plan: Plan, position: int) -> list[Json]:
    """For each slot that takes an exercise: the one that stands there, and why not this one.

    `why` is `left_out` where it is wished away or on trial; `preferred` where rules speak more for
    the other, which are the `reasons`; `order` where they speak for both alike and the catalogue's
    order decides; `wished` where the other was asked for; otherwise `apart`, as it does not go with
    a move of that day; and where nothing stands, why the slot is empty. Nothing is said of an
    exercise that is picked or not allowed, or without a session.
    """
    picked = mask_of(line.position for session in plan.sessions for line in session.lines)
    if not (plan.verdicts.allowed & ~picked) >> position & 1:
        return []
    days = {day.id: place for place, day in enumerate(plan.rules.routine)}
    return [
        _passed_over(plan, position, session, slot)
        for session in plan.sessions
        for slot, mask in plan.rules.slots_of[days[session.day]]
        if mask >> position & 1
    ]


def _passed_over(plan: Plan, position: int, session: Session, slot: Slot) -> Json:
    """What became of one slot of a day."""
    first = next((line.position for line in session.lines if line.slot == slot.id), None)
    gap = next((each.reason for each in session.empty if each.slot == slot.id), "")
    why = gap if first is None else _why(plan, first, position)
    why = LEFT_OUT if plan.choice.without >> position & 1 else why
    return {
        "day": session.day,
        "slot": slot.id,
        "picked": None if first is None else plan.rules.exercises[first].id,
        "why": why,
        "reasons": [] if first is None or why != PREFERRED else _for(first, position, plan),
    }


def _for(picked: int, position: int, plan: Plan) -> list[Json]:
    """What speaks for one exercise and not for the other."""
    preferring = program_of(plan.rules).preferring
    true = plan.findings.true
    both = {rule for rule, _ in preferring[position].among(true)}
    own = (rule for rule, _ in preferring[picked].among(true) if rule not in both)
    return [worded((rule, ""), plan).to_dict() for rule in own]


def _why(plan: Plan, first: int, position: int) -> str:
    """Why the one exercise stands where the other could; they are picked by weight, then order."""
    weights = plan.verdicts.weights
    if weights[first] > weights[position]:
        return PREFERRED
    if weights[first] == weights[position] and first < position:
        return ORDER
    return WISHED if plan.choice.wanted >> first & 1 else APART
