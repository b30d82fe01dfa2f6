"""A plan → its outcome: all that a question is there to change.

Two people with the same outcome do the same things. Why an exercise is out, and what is said
besides, is not in it.
"""

from __future__ import annotations

from dataclasses import replace

from advisor.parts import load_document
from advisor.reasons import cue_sayings
from advisor.result import Plan
from advisor.rulebase.shapes import Dose
from advisor.session import NO_CHOICE, Session, build_routine

LineOutcome = tuple[int, Dose, tuple[int, ...]]
Outcome = tuple[str, str | None, tuple[tuple[LineOutcome, ...], ...], int, int]


def outcome(plan: Plan) -> Outcome:
    """What a plan comes to: status, level, lines, and the sets allowed with limits and freely."""
    days = tuple(
        tuple(
            (line.position, _told(line.dose, plan), _cue_rules(plan, line.position))
            for line in day.lines
        )
        for day in _sessions(plan)
    )
    return plan.status, plan.level, days, plan.verdicts.caution, plan.verdicts.ok


def _sessions(plan: Plan) -> tuple[Session, ...]:
    """Every day, without what a person wishes: no question is asked for the sake of that."""
    if plan.choice != NO_CHOICE:
        return build_routine(plan.verdicts, plan.findings, plan.rules)
    return plan.sessions


def _told(dose: Dose, plan: Plan) -> Dose:
    """A dose as the plan tells it: not every load says something to everybody."""
    told = load_document(dose, None, None, known=plan.tells_weights)
    return dose if told else replace(dose, load_percent=None, load_step_percent=None)


def _cue_rules(plan: Plan, position: int) -> tuple[int, ...]:
    """The rules that give an exercise its cues and limits."""
    return tuple(sorted({place for place, _ in cue_sayings(plan, position)}))
