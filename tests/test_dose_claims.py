"""Invariants about doses: proved for everyone, or broken by somebody who can be shown."""

from __future__ import annotations

from dataclasses import replace

from advisor import load_rules
from advisor.authoring.proof.prove import Proof, prove
from advisor.rulebase.shapes import Cap
from advisor.rulebase.shapes.invariants import DoseWithin, Invariant

RULES = load_rules()
EVERY = (1 << len(RULES.exercises)) - 1


def proof(*caps: Cap) -> Proof:
    claim = Invariant("some-dose", "Some dose is held.", (DoseWithin(caps),))
    (found,) = prove(replace(RULES, invariants=(claim,)))
    return found


def test_proves_a_dose_that_nobody_goes_beyond() -> None:
    assert proof(Cap(EVERY, "sets", at_most=True, amount=3)).holds


def test_shows_somebody_who_goes_beyond_a_dose() -> None:
    shown = proof(Cap(EVERY, "sets", at_most=True, amount=2)).counterexample
    assert shown is not None
    assert any("sets of" in fault for fault in shown.faults)


def test_rejects_small_steps_that_a_rule_forgot() -> None:
    young = next(each for each in RULES.invariants if each.id == "young-lifters-small-steps")
    loose = tuple(rule for rule in RULES.rules if rule.id != "young-lifters")
    (found,) = prove(replace(RULES, rules=loose, invariants=(young,)))
    assert found.counterexample is not None
