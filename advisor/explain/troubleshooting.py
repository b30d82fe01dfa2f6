"""Facts → likely causes of soreness, the likeliest first, each with one change to try.

The screening comes first: for somebody who should see a professional, or whose answers do not
tell that yet, there are no suspects, but the referral or the questions still open.
"""

from __future__ import annotations

from advisor.command_line import command
from advisor.document import plan_document
from advisor.json_text import Json
from advisor.reasons import level_reasons, reason, said, worded
from advisor.result import Plan
from advisor.suspects import Suspicion, suspicions


def plan_suspicions(plan: Plan) -> list[Suspicion]:
    """What is suspected of this person's session; nothing unless there is a plan."""
    return suspicions(plan.facts, plan.findings, plan.rules) if plan.status == "plan" else []


def troubleshoot_document(plan: Plan) -> Json:
    """The JSON of `legday troubleshoot`."""
    whole = plan_document(plan, _OF_THE_PLAN)
    advice = said(plan, "troubleshooting") if plan.session else []
    return {
        "level": whole["level"],
        "status": whole["status"],
        "suspects": [_document(each, plan) for each in plan_suspicions(plan)],
        "advice": [worded(each, plan).to_dict() for each in advice],
        **{key: value for key, value in whole.items() if key not in {"level", "status"}},
        "level_reasons": level_reasons(plan),
        "command": command(plan, "troubleshoot"),
    }


# What is the same as in the plan for this person.
_OF_THE_PLAN = (
    "level",
    "status",
    "safety_net",
    "level_says",
    "referral",
    "open_questions",
    "answers",
    "not_sure",
    "not_asked",
    "stated_clear",
)


def _document(suspicion: Suspicion, plan: Plan) -> Json:
    leading = suspicion.leading
    return {
        "suspect": suspicion.name,
        "exercise": leading.exercise,
        "score": suspicion.score,
        "reasons": [
            reason(plan.rules.rules[rule], plan.facts, plan.rules).to_dict()
            for rule, _ in suspicion.clues
        ],
        "trial": leading.trial,
        "review_in_days": leading.review_in_days,
        "wrong_if": leading.wrong_if,
    }
