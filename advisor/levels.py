"""Findings → level: how careful this person must be, and whether that is known yet."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.answers import Facts
from advisor.engine.ready import program_of
from advisor.findings import Findings, can_be_settled, waits_for
from advisor.rulebase.bits import positions
from advisor.rulebase.shapes import REFERRAL, RuleBase


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
    levels = program_of(rules).levels
    applied = [(rule, effect.level) for rule, effect in levels.among(findings.true)]
    open_rules: list[int] = []
    for rule, effect in levels.among(findings.unknown):
        if effect.level >= REFERRAL and can_be_settled(rule, facts, rules):
            open_rules.append(rule)
        else:
            applied.append((rule, effect.level))
    highest = max((level for _, level in applied), default=0)
    there = sorted(rule for rule, level in applied if level == highest and level)
    sure = tuple(rule for rule in there if findings.true >> rule & 1)
    reasons = sure or tuple(there)
    waiting = [rule for rule in open_rules if levels[rule].level > highest]
    return CarefulLevel(highest, reasons, _open_facts(waiting, facts, rules))


def _open_facts(waiting: list[int], facts: Facts, rules: RuleBase) -> tuple[str, ...]:
    """The questions not asked that these rules wait for, in the author's order."""
    wanted = 0
    for rule in waiting:
        wanted |= waits_for(rule, facts, rules)
    return tuple(rules.questions[place].id for place in positions(wanted) if facts.is_open(place))
