"""Findings → suspects: likely causes of soreness, the likeliest first.

What points to the same cause is added up; of its clues the strongest one has the trial to try.
"""

from __future__ import annotations

from dataclasses import dataclass

from advisor.answers import Facts
from advisor.engine.ready import kept_with, program_of
from advisor.findings import Findings
from advisor.rulebase.deciders import Decider, decider
from advisor.rulebase.shapes import RuleBase, Suspect
from advisor.rulebase.truth import inlined


@dataclass(frozen=True)
class Suspicion:
    """One likely cause: the sum of what speaks for it, and its clues, the strongest first.

    A clue is the position of a rule and what it suspects; the trial to print is that of the first.
    """

    name: str
    score: int
    clues: tuple[tuple[int, Suspect], ...]

    @property
    def leading(self) -> Suspect:
        """The strongest clue."""
        return self.clues[0][1]


def suspicions(facts: Facts, findings: Findings, rules: RuleBase) -> list[Suspicion]:
    """What the true rules suspect, by score and then by name; nothing of a back that is well.

    A back is well by what was answered; what was only stated clear in one word does not count.
    """
    suspecting = program_of(rules).suspects.among(findings.true)
    if not suspecting or is_well(facts, rules):
        return []
    groups: dict[str, list[tuple[int, Suspect]]] = {}
    for rule, effects in suspecting:
        for effect in effects:
            groups.setdefault(effect.name, []).append((rule, effect))
    found = [_suspicion(name, clues) for name, clues in groups.items()]
    return sorted(found, key=lambda each: (-each.score, each.name))


def is_well(facts: Facts, rules: RuleBase) -> bool:
    """Whether answers say that what the rule base asks for is not so."""
    if not rules.trial_when:
        return False
    values = [*facts.values]
    for place in facts.stated_clear:
        values[place] = None
    return kept_with(rules, "under_trial", _under_trial)(values) is False


def _under_trial(rules: RuleBase) -> Decider:
    """What decides the finding that trials wait for."""
    when = rules.finding[rules.trial_when].when
    return decider(inlined(when, rules.finding), rules.question_position)


def running_trial(facts: Facts, findings: Findings, rules: RuleBase) -> Suspicion | None:
    """The likeliest cause, if it has an exercise: that one stays out of sessions for now."""
    found = suspicions(facts, findings, rules)
    return found[0] if found and found[0].leading.exercise is not None else None


def trial_mask(trial: Suspicion | None, rules: RuleBase) -> int:
    """The exercise that a trial leaves out, as a mask."""
    return 1 << rules.position[trial.leading.exercise] if trial and trial.leading.exercise else 0


def _suspicion(name: str, clues: list[tuple[int, Suspect]]) -> Suspicion:
    ranked = sorted(clues, key=lambda clue: (-clue[1].weight, clue[0]))
    return Suspicion(name, sum(effect.weight for _, effect in ranked), tuple(ranked))
