"""The plan: what every stage came to for one person. Reports and explanations read it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from advisor.answers import Facts
from advisor.doses import Timetable
from advisor.engine.ready import program_of
from advisor.findings import Findings, pending
from advisor.levels import CarefulLevel
from advisor.rulebase.bits import positions
from advisor.rulebase.shapes import LEVELS, REFERRAL, Named, RuleBase
from advisor.rulebase.truth import truth
from advisor.session import NO_CHOICE, Choice, Session
from advisor.suspects import Suspicion
from advisor.verdicts import Verdicts
from advisor.wishes import NO_WISHES, Wishes


@dataclass(frozen=True, repr=False)
class Plan:
    """What every stage came to for one person. `to_dict` is the JSON of the contract.

    `session` (the day to do next) and `schedule` are None unless `status` is `plan`; `later` are
    the other days of the routine. `trial` is the suspicion whose exercise they leave out; `choice`
    is what comes of that and of `wishes`. `options` are flags that the reproducing command needs
    besides the answers; `country` is the two-letter code of where the person is, where that is
    known, and decides which emergency number is named.
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
    later: tuple[Session, ...] = ()
    wishes: Wishes = NO_WISHES
    choice: Choice = NO_CHOICE

    def __repr__(self) -> str:
        lines = len(self.session.lines) if self.session else 0
        return f"<Plan {self.status}: level {self.level}, {lines} exercises>"

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

    @property
    def sessions(self) -> tuple[Session, ...]:
        """Every day of the routine, the one to do next first; none without a session."""
        return (self.session, *self.later) if self.session else ()

    @cached_property
    def tells_weights(self) -> bool:
        """Whether a part of the usual weight says something to this person."""
        finding = self.rules.weights_when
        known = self.facts.by_name(self.rules)
        return not finding or truth(Named(finding), known, self.rules.finding) is True

    @cached_property
    def waiting(self) -> dict[int, tuple[str, ...]]:
        """The unknown rules that forbid exercises, each with the facts it waits for."""
        rules, answers = self.rules, self.facts.by_name(self.rules)
        return {
            place: pending(rules.rules[place].when, answers, rules.finding)
            for place, _ in program_of(rules).avoids.among(self.findings.unknown)
        }

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


def applied(findings: Findings, rules: RuleBase) -> list[int]:
    """The rules with an effect on this person: all true ones, and unknown restricting ones."""
    return positions(findings.true | findings.unknown & program_of(rules).restricting)
