"""Answers → plan: the conductor. Each line of `advise` is one stage of the pipeline."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from advisor.answers import Facts, read_answers
from advisor.findings import Findings, conclude
from advisor.levels import CarefulLevel, careful_level
from advisor.rulebase.bits import positions
from advisor.rulebase.frozen import dataclass
from advisor.rulebase.shapes import LEVELS, REFERRAL, RuleBase
from advisor.session import Session, Timetable, build_session, timetable
from advisor.suspects import Suspicion, running_trial, trial_mask
from advisor.verdicts import Verdicts, judge


@dataclass(frozen=True)
class Plan:
    """What every stage came to for one person. `to_dict` is the JSON of the contract.

    `session` and `schedule` are None unless `status` is `plan`. `trial` is the suspicion whose
    exercise the session leaves out. `options` are flags that the
    reproducing command needs besides the answers; `country` is the two-letter code of where the
    person is, where that is known, and decides which emergency number is named.
    """

    rules: RuleBase
    facts: Facts
    findings: Findings
    careful: CarefulLevel
    verdicts: Verdicts
    session: Session | None
    schedule: Timetable | None
    trial: Suspicion | None = None
    options: tuple[str, ...] = ()
    country: str = ""

    @property
    def status(self) -> str:
        """`plan`, `refer` (see a professional), or `incomplete` (answers are missing)."""
        if self.careful.open_facts:
            return "incomplete"
        return "refer" if self.careful.level >= REFERRAL else "plan"

    @property
    def level(self) -> str | None:
        """One of LEVELS, or None while it cannot be told."""
        return None if self.careful.open_facts else LEVELS[self.careful.level]

    @cached_property
    def waiting(self) -> dict[int, tuple[str, ...]]:
        """The unknown rules that forbid exercises, each with the facts it waits for."""
        from advisor.sayings import waiting  # noqa: PLC0415 - it is built on this class

        return waiting(self)

    @cached_property
    def fired(self) -> tuple[str, ...]:
        """The ids of all rules that applied, each once, in rule order.

        Restricting rules apply unless known false, the others only when known true.
        """
        every = (self.rules.rules[place] for place in applied(self.findings, self.rules))
        return tuple(dict.fromkeys(rule.id for rule in every if not rule.catalogue))

    def to_dict(self) -> dict[str, object]:
        """The plan as plain values, ready for JSON."""
        from advisor.document import plan_document  # noqa: PLC0415 - it is built on this class

        return plan_document(self)


def advise(answers: Mapping[str, object], rules: RuleBase) -> Plan:
    """The plan for one person's answers. Raises AnswerError with every problem."""
    return plan_for(read_answers(answers, rules), rules)


def plan_for(facts: Facts, rules: RuleBase) -> Plan:
    """The pipeline: facts → findings → verdicts → session → plan."""
    findings = conclude(facts, rules)
    careful = careful_level(facts, findings, rules)
    verdicts = judge(findings, rules)
    if careful.open_facts or careful.level >= REFERRAL:
        return Plan(rules, facts, findings, careful, verdicts, None, None)
    trial = running_trial(facts, findings, rules)
    session = build_session(verdicts, findings, rules, trial_mask(trial, rules))
    schedule = timetable(findings, _hours_since(facts, rules), rules)
    return Plan(rules, facts, findings, careful, verdicts, session, schedule, trial)


def _hours_since(facts: Facts, rules: RuleBase) -> int | None:
    place = rules.question_position.get(rules.schedule.hours_since)
    return None if place is None else facts.values[place]


def applied(findings: Findings, rules: RuleBase) -> list[int]:
    """The rules with an effect on this person: all true ones, and unknown restricting ones."""
    return positions(findings.true | findings.unknown & rules.program.restricting)
