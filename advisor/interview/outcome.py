"""Plan → outcome: the part of a plan that a question is there to change.

Two people with the same outcome do the same things. It holds the level, the session (exercises,
order, doses, cues) and which exercises are allowed, freely or with limits. Why an exercise is
out, and what is said besides, is not in it: no question is worth asking for that alone.
"""

from __future__ import annotations

from advisor.plan import Plan
from advisor.rulebase.shapes import Dose
from advisor.sayings import cue_sayings
from advisor.session import build_session

LineOutcome = tuple[int, Dose, tuple[int, ...]]
Outcome = tuple[str, str | None, tuple[LineOutcome, ...], int, int]


def outcome(plan: Plan) -> Outcome:
    """What a plan comes to: status, level, lines, and the sets allowed with limits and freely."""
    session = plan.session
    if session and plan.trial:  # a wish: no question is asked for its sake
        session = build_session(plan.verdicts, plan.findings, plan.rules)
    lines = tuple(
        (line.position, line.dose, cue_rules(plan, line.position))
        for line in (session.lines if session else ())
    )
    return plan.status, plan.level, lines, plan.verdicts.caution, plan.verdicts.ok


def cue_rules(plan: Plan, position: int) -> tuple[int, ...]:
    """The rules that give an exercise its cues and limits."""
    return tuple(sorted({place for place, _ in cue_sayings(plan, position)}))
