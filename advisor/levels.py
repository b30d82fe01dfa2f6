"""Findings → level: how careful this person must be, and whether that is known yet."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.answers import Facts
from advisor.engine.ready import program_of
from advisor.findings import Findings, can_be_settled, waits_for
from advisor.rulebase.bits import mask_of, positions
from advisor.rulebase.shapes import RuleBase


@dataclass(frozen=True)
class CarefulLevel:
    """The join of all level effects.

    `level` is an index of LEVELS. While questions not asked yet could raise it to a referral
    (or a referral further), it is only what is certain so far, and `open_facts` names them.
    `rules` are the rules that put it there; those that only may be true, if no true one does.
    """

    level: int
    rules: tuple[int, ...]
    open_facts: tuple[str, ...] = ()


def careful_level(facts: Facts, findings: Findings, rules: RuleBase) -> CarefulLevel:
    """Join the levels of all rules that apply: those true, and those not known to be false."""
    program = program_of(rules)
    maybe = positions(findings.unknown & program.referrals)
    waiting = [rule for rule in maybe if can_be_settled(rule, facts, rules)]
    applied = findings.possible & ~mask_of(waiting)
    every = ((n, of) for n, of in enumerate(program.of_level) if n and of & applied)
    highest, there = max(every, default=(0, 0))
    reasons = positions(there & findings.true or there & applied)
    waiting = [rule for rule in waiting if program.levels[rule].level > highest]
    return CarefulLevel(highest, tuple(reasons), _open_facts(waiting, facts, rules))


def _open_facts(waiting: list[int], facts: Facts, rules: RuleBase) -> tuple[str, ...]:
    """The questions not asked that these rules wait for, in the author's order."""
    wanted = 0
    for rule in waiting:
        wanted |= waits_for(rule, facts, rules)
    return tuple(rules.questions[place].id for place in positions(wanted) if facts.is_open(place))
