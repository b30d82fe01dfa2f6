"""Answers → plan: the conductor. Each line of `plan_for` is one stage of the pipeline."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.answers import Facts, read_answers
from advisor.doses import timetable
from advisor.findings import conclude
from advisor.levels import careful_level
from advisor.result import Plan
from advisor.rulebase.shapes import REFERRAL, RuleBase
from advisor.session import build_routine
from advisor.suspects import running_trial, trial_mask
from advisor.verdicts import judge
from advisor.wishes import NO_WISHES, Wishes, choice_of, read_wishes


def advise(answers: Mapping[str, object], rules: RuleBase, wishes: Wishes = NO_WISHES) -> Plan:
    """The plan for one person's answers. Raises AnswerError with every problem."""
    return plan_for(read_answers(answers, rules), rules, read_wishes(wishes, rules))


def plan_for(facts: Facts, rules: RuleBase, wishes: Wishes = NO_WISHES) -> Plan:
    """The pipeline: facts → findings → verdicts → sessions → plan."""
    findings = conclude(facts, rules)
    careful = careful_level(facts, findings, rules)
    verdicts = judge(findings, rules)
    if careful.open_facts or careful.level >= REFERRAL:
        return Plan(rules, facts, findings, careful, verdicts, None, None, wishes=wishes)
    trial = running_trial(facts, findings, rules)
    choice = choice_of(wishes, rules, trial_mask(trial, rules))
    session, *later = build_routine(verdicts, findings, rules, choice)
    schedule = timetable(findings, _hours_since(facts, rules), rules)
    return Plan(
        *(rules, facts, findings, careful, verdicts, session, schedule, trial),
        later=tuple(later),
        choice=choice,
        wishes=wishes,
    )


def _hours_since(facts: Facts, rules: RuleBase) -> int | None:
    place = rules.question_position.get(rules.schedule.hours_since)
    return None if place is None else facts.values[place]
