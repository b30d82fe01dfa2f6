"""What became of invariants → plain values, as JSON and the report show them."""

from __future__ import annotations

from dataclasses import replace

from advisor.authoring.proof.prove import Proof
from advisor.command_line import command
from advisor.json_text import Json
from advisor.reasons import spoken
from advisor.result import Plan
from advisor.rulebase.bits import chosen


def proof_document(proof: Proof, options: tuple[str, ...]) -> Json:
    """One invariant; `options` are the flags, besides answers, that a command line needs."""
    found = proof.counterexample
    return {
        "invariant": proof.invariant,
        "says": proof.says,
        "this": proof.this,
        "holds": proof.holds,
        "people": f"{proof.people:.1e}".replace("e+", "e"),
        "seconds": round(proof.seconds, 2),
        "decided_by": proof.decided_by,
        "counterexample": None
        if found is None
        else {
            **person_document(found.plan, options),
            "wrong": list(found.faults),
            "compared_with": person_document(found.before, options) if found.before else None,
        },
    }


def person_document(plan: Plan, options: tuple[str, ...] = ()) -> Json:
    """One person with what the engine says, and the command line that shows it."""
    lines = plan.session.lines if plan.session else None
    allowed = plan.verdicts.allowed
    exercises = plan.rules.exercises
    return {
        "answers": answers_of(plan),
        "plan_level": plan.level,
        "session": None if lines is None else [exercises[each.position].id for each in lines],
        "allowed": [each.id for each in chosen(allowed, exercises)],
        "command": command(replace(plan, options=options)),
    }


def answers_of(plan: Plan) -> Json:
    """Every answer that was given, `unsure` among them."""
    said = {each.id: spoken(each.id, plan.facts, plan.rules) for each in plan.rules.questions}
    return {fact: value for fact, value in said.items() if value is not None}
