"""What a person came for → which questions are worth asking: for a plan, or for a cause.

Both doors ask the same screening, for only somebody who may train may search for a cause. Behind
the second one a question is worth asking when some answer to it can still change whether there
is a referral, what is suspected, or what is advised in the search.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from advisor.answers import Facts
from advisor.engine.ready import program_of
from advisor.findings import can_be_settled, can_become_true, conclude
from advisor.interview.next_question import (
    Step,
    Waiting,
    first_of,
    questions_left,
    settled_level,
    waited_for,
)
from advisor.rulebase.bits import positions
from advisor.rulebase.shapes import CHOICE, REFERRAL, Choice, Question, RuleBase
from advisor.suspects import is_well

PLAN, TROUBLESHOOT = "plan", "troubleshoot"


def door_question(rules: RuleBase) -> Question | None:
    """The question what somebody came for; None where there is only one thing to come for."""
    if rules.doors is None or not program_of(rules).suspects:
        return None
    choices = (Choice(PLAN, rules.doors.plan), Choice(TROUBLESHOOT, rules.doors.troubleshoot))
    return Question("door", CHOICE, rules.doors.ask, choices=choices)


def left_behind(door: str) -> Callable[[Facts, RuleBase], Waiting]:
    """What tells the questions that can still matter behind a door."""
    return causes_left if door == TROUBLESHOOT else questions_left


def step_behind(door: str, facts: Facts, rules: RuleBase) -> Step | None:
    """The next question behind a door."""
    return first_of(left_behind(door)(facts, rules), facts, rules)


def causes_left(facts: Facts, rules: RuleBase) -> Waiting:
    """The questions that can still matter to the causes, each with the rules that wait."""
    return waited_for(_rules_that_can_show(facts, rules), facts, rules)


def _rules_that_can_show(facts: Facts, rules: RuleBase) -> Iterator[int]:
    """The unknown rules that could still refer, suspect, or advise in the search."""
    findings, program = conclude(facts, rules), program_of(rules)
    settled = settled_level(facts, findings, rules)
    search = settled < REFERRAL and not is_well(facts, rules)
    said = program.sayings["troubleshooting"].mask
    for rule in positions(findings.unknown):
        level = program.levels[rule].level if rule in program.levels else 0
        if level >= REFERRAL and level > settled:
            if can_be_settled(rule, facts, rules):
                yield rule
        elif (
            search
            and (rule in program.suspects or said >> rule & 1)
            and can_become_true(rule, facts, rules)
        ):
            yield rule
