"""Facts → likely causes of soreness, the likeliest first, each with one change to try.

The screening comes first: for somebody who should see a professional, or whose answers do not
tell that yet, there are no suspects, but the referral or the questions still open.
"""

from __future__ import annotations

from dataclasses import dataclass

from advisor.document import plan_document
from advisor.plan import Plan
from advisor.reasons import Reason, reason
from advisor.rulebase.shapes import Rule, Suspect
from advisor.sayings import said, worded
from advisor.spelling import command

Document = dict[str, object]


@dataclass(frozen=True)
class Suspicion:
    """One likely cause: the sum of what speaks for it, and why.

    `leading` is the effect that weighs most; its trial is the one to print.
    """

    name: str
    score: int
    leading: Suspect
    reasons: tuple[Reason, ...]


def suspicions(plan: Plan) -> list[Suspicion]:
    """What the true rules suspect, by score and then by name; nothing unless there is a plan."""
    if plan.status != "plan":
        return []
    groups: dict[str, list[tuple[Rule, Suspect]]] = {}
    for place, effects in plan.rules.program.suspects.among(plan.findings.true):
        for effect in effects:
            groups.setdefault(effect.name, []).append((plan.rules.rules[place], effect))
    found = [_suspicion(plan, name, clues) for name, clues in groups.items()]
    return sorted(found, key=lambda each: (-each.score, each.name))


def _suspicion(plan: Plan, name: str, clues: list[tuple[Rule, Suspect]]) -> Suspicion:
    """Everything that points to one cause, the strongest clue first."""
    ranked = sorted(clues, key=lambda clue: (-clue[1].weight, clue[0].id))
    score = sum(effect.weight for _, effect in ranked)
    reasons = tuple(reason(rule, plan.facts, plan.rules) for rule, _ in ranked)
    return Suspicion(name, score, ranked[0][1], reasons)


def troubleshoot_document(plan: Plan) -> Document:
    """The JSON of `legday troubleshoot`."""
    whole = plan_document(plan)
    advice = said(plan, "troubleshooting") if plan.session else []
    return {
        "level": whole["level"],
        "status": whole["status"],
        "suspects": [_document(each) for each in suspicions(plan)],
        "advice": [worded(each, plan).to_dict() for each in advice],
        **{key: whole[key] for key in _OF_THE_PLAN},
        "command": command(plan, "troubleshoot"),
    }


# What is the same as in the plan for this person.
_OF_THE_PLAN = (
    "safety_net",
    "level_says",
    "level_reasons",
    "referral",
    "open_questions",
    "answers",
    "not_sure",
    "not_asked",
    "stated_clear",
)


def _document(suspicion: Suspicion) -> Document:
    leading = suspicion.leading
    return {
        "suspect": suspicion.name,
        "exercise": leading.exercise,
        "score": suspicion.score,
        "reasons": [each.to_dict() for each in suspicion.reasons],
        "trial": leading.trial,
        "review_in_days": leading.review_in_days,
        "wrong_if": leading.wrong_if,
    }
