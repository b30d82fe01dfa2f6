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

# What is the same as in the plan for this person, before and after the causes.
_FIRST = ("level", "status")
_LAST = (
    *("safety_net", "level_says", "referral", "open_questions"),
    *("answers", "not_sure", "not_asked", "stated_clear"),
)


def troubleshoot_document(plan: Plan) -> Json:
    """The JSON of `legday troubleshoot`."""
    whole, planned = plan_document(plan, (*_FIRST, *_LAST)), plan.status == "plan"
    suspects = suspicions(plan.facts, plan.findings, plan.rules) if planned else []
    advice = said(plan, "troubleshooting") if plan.session else []
    return {
        **{key: whole[key] for key in _FIRST},
        "suspects": [_document(each, plan) for each in suspects],
        "advice": [worded(each, plan).to_dict() for each in advice],
        **{key: whole[key] for key in whole if key not in _FIRST},
        "level_reasons": level_reasons(plan),
        "command": command(plan, "troubleshoot"),
    }


def _document(suspicion: Suspicion, plan: Plan) -> Json:
    leading, rules = suspicion.leading, plan.rules
    clues = (reason(rules.rules[rule], plan.facts, rules) for rule, _ in suspicion.clues)
    return {
        "suspect": suspicion.name,
        "exercise": leading.exercise,
        "score": suspicion.score,
        "reasons": [each.to_dict() for each in clues],
        "trial": leading.trial,
        "review_in_days": leading.review_in_days,
        "wrong_if": leading.wrong_if,
    }
