"""Facts → what is settled of a person, and whether deciding an open rule could still show."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from advisor.answers import Facts
from advisor.engine.ready import program_of
from advisor.engine.tables import ByRule
from advisor.findings import (
    Findings,
    can_be_settled,
    can_become_true,
    finding_can_become_true,
)
from advisor.interview.reach import Bounds, DayReach, reach
from advisor.parts import WHOLE
from advisor.rulebase.bits import mask_of, positions
from advisor.rulebase.shapes import SCHEDULE, Cap, Named, RuleBase
from advisor.rulebase.truth import truth
from advisor.session import most_days, most_lines, pairs_apart, slot_weights
from advisor.verdicts import weigh

LOAD = "load_percent"
LOADS = (LOAD, "load_step_percent")


class Weights(Enum):
    """Whether a part of the usual weight is told to a person."""

    TOLD = "told"
    OPEN = "open"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class View:
    """What is settled about a person, as far as it decides which rules can show.

    `alive`: not out for certain. `limited`: a caution at best, for certain. `days` are those that
    the routine may have, `contenders` what may stand on one of them. `caps`: those that apply for
    certain.
    """

    facts: Facts
    rules: RuleBase
    alive: int
    limited: int
    days: tuple[DayReach, ...]
    contenders: int
    caps: tuple[Cap, ...]
    weights: Weights

    def can_show(self, rule: int) -> bool:
        """Whether deciding a rule one way or the other could change the plan."""
        if self._restriction_shows(rule) and can_be_settled(rule, self.facts, self.rules):
            return True
        return self._information_shows(rule) and can_become_true(rule, self.facts, self.rules)

    def _restriction_shows(self, rule: int) -> bool:
        program = program_of(self.rules)
        lines, pairs = program.lines.get(rule), program.aparts.get(rule, ())
        return (
            bool(program.avoids.get(rule, 0) & self.alive)
            or bool(program.cautions.get(rule, 0) & (self.alive & ~self.limited | self.contenders))
            or any(self._cap_shows(cap) for cap in program.caps.get(rule, ()))
            or (lines is not None and any(lines < day.most_lines for day in self.days))
            or program.days.get(rule, len(self.days)) < len(self.days)
            or (bool(pairs) and any(day.can_keep_apart(pairs) for day in self.days))
        )

    def _information_shows(self, rule: int) -> bool:
        program = program_of(self.rules)
        return any(
            any(day.can_change(effect.exercises) for day in self.days)
            or any(self._slot_in_doubt(slot) for slot in effect.slots)
            for effect in program.prefers.get(rule, ())
        ) or any(
            effect.kind == "cue" and effect.exercises & self.contenders
            for effect in program.advises.get(rule, ())
        )

    def _slot_in_doubt(self, slot: str) -> bool:
        """Whether nobody can say yet if a session has room for it."""
        return any(
            place.in_doubt for day in self.days for place in day.places if place.slot == slot
        )

    def _cap_shows(self, cap: Cap) -> bool:
        """Whether a cap is tighter than what holds anyway, for an exercise that may come up."""
        if cap.what in SCHEDULE:
            return False
        return any(
            self._tightens(cap, position) for position in positions(cap.exercises & self.contenders)
        )

    def _tightens(self, cap: Cap, position: int) -> bool:
        dose = self.rules.usual_doses[position]
        default = getattr(dose, cap.what) if dose else None
        if default is None or (cap.what in LOADS and not self._load_shows(position)):
            return False
        held = [each for each in self.caps if _alike(each, cap) and each.exercises >> position & 1]
        if cap.at_most:  # of two loads alike, the one before an episode goes first
            now = cap.amount, cap.percent_of
            return cap.amount < default and all(now < (c.amount, c.percent_of) for c in held)
        return cap.amount > default and all(cap.amount > each.amount for each in held)

    def _load_shows(self, position: int) -> bool:
        """Whether the load of an exercise may be told to this person."""
        dose = self.rules.usual_doses[position]
        if dose is None or dose.load_percent is None:
            return False
        held = (c.amount for c in self.caps if c.what == LOAD and c.exercises >> position & 1)
        most = min([dose.load_percent, *held])
        return most > 0 if self.weights is not Weights.HIDDEN else most >= WHOLE

    def lightened(self, findings: Findings) -> list[int]:
        """The rules that may ask for a part of the usual weight."""
        return [
            rule
            for rule, caps in program_of(self.rules).caps.among(findings.possible)
            if any(
                c.what == LOAD and 0 < c.amount < WHOLE and self._loads(c.exercises) for c in caps
            )
        ]

    def _loads(self, exercises: int) -> bool:
        """Whether some of these may come up and take a weight."""
        return any(self._load_shows(each) for each in positions(exercises & self.contenders))


def _alike(one: Cap, other: Cap) -> bool:
    return one.what == other.what


def view_of(facts: Facts, findings: Findings, rules: RuleBase) -> View:
    """What is settled about a person."""
    program = program_of(rules)
    certain = findings.true | mask_of(
        rule
        for rule in positions(findings.unknown & program.restricting)
        if not can_be_settled(rule, facts, rules)
    )
    everything = (1 << len(rules.exercises)) - 1
    alive = everything & ~_union(program.avoids, certain)
    certainly = Findings(certain, 0)
    bounds = Bounds(
        alive=alive,
        sure=alive & ~_union(program.avoids, findings.unknown),
        weights=weigh(findings, rules),
        open_preferences=tuple(
            (effect.exercises, effect.weight)
            for _, effects in program.prefers.among(findings.unknown)
            for effect in effects
        ),
        certain_pairs=pairs_apart(certain, rules),
        possible_pairs=pairs_apart(findings.possible, rules),
        slots_low=slot_weights(findings.true, rules),
        slots_high=slot_weights(findings.possible, rules),
        most_lines=most_lines(certainly, rules),
        fewest_lines=most_lines(findings, rules),
        days=most_days(certainly, rules),
    )
    days = reach(bounds, rules)
    contenders = 0
    for day in days:
        contenders |= day.contenders
    caps = tuple(cap for _, each in program.caps.among(certain) for cap in each)
    limited = _union(program.cautions, certain)
    weights = _weights(facts, rules)
    return View(facts, rules, alive, limited, days, contenders, caps, weights)


def _weights(facts: Facts, rules: RuleBase) -> Weights:
    if not rules.weights_when:
        return Weights.TOLD
    said = truth(Named(rules.weights_when), facts.by_name(rules), rules.finding)
    if said is None and finding_can_become_true(rules.weights_when, facts, rules):
        return Weights.OPEN
    return Weights.TOLD if said else Weights.HIDDEN


def _union(masks: ByRule[int], which: int) -> int:
    union = 0
    for _, mask in masks.among(which):
        union |= mask
    return union
