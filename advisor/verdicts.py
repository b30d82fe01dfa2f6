"""Findings → verdicts: for each exercise, out, unresolved, allowed with care, or fine.

The first line that holds decides: some `avoid` is true; some `avoid` is unknown; some
`caution` applies; otherwise it is fine. Sets of exercises are bit masks over the catalogue.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from advisor.engine.ready import program_of
from advisor.engine.tables import ByRule
from advisor.findings import Findings
from advisor.rulebase.bits import kept_positions, positions, union
from advisor.rulebase.shapes import RuleBase

AVOID, UNRESOLVED, CAUTION, OK = "avoid", "unresolved", "caution", "ok"
SUBSTITUTES = 3  # as many as a person can weigh up; the rest is one command away


@dataclass(frozen=True)
class Verdicts:
    """Four disjoint sets that cover the catalogue, and each exercise's preference weight."""

    avoid: int
    unresolved: int
    caution: int
    ok: int
    weights: tuple[int, ...]

    @property
    def allowed(self) -> int:
        """The exercises that may enter a session."""
        return self.caution | self.ok

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The verdict of each exercise, in the catalogue's order."""
        words = [OK] * len(self.weights)
        for mask, word in (
            (self.avoid, AVOID),
            (self.unresolved, UNRESOLVED),
            (self.caution, CAUTION),
        ):
            for position in positions(mask):
                words[position] = word
        return tuple(words)

    def of(self, position: int) -> str:
        """The verdict of the exercise at a position of the catalogue."""
        return self.words[position]


def judge(findings: Findings, rules: RuleBase) -> Verdicts:
    """Give every exercise its verdict."""
    program = program_of(rules)
    avoid = _union(program.avoids, findings.true)
    unresolved = _union(program.avoids, findings.unknown) & ~avoid
    caution = _union(program.cautions, findings.possible) & ~(avoid | unresolved)
    everything = (1 << len(rules.exercises)) - 1
    ok = everything & ~(avoid | unresolved | caution)
    return Verdicts(avoid, unresolved, caution, ok, weigh(findings, rules))


def _union(masks: ByRule[int], which: int) -> int:
    return union([masks[rule] for rule in positions(which & masks.mask)])


def weigh(findings: Findings, rules: RuleBase) -> tuple[int, ...]:
    """How much each exercise is preferred: the sum of the true preferences that name it."""
    weights = [0] * len(rules.exercises)
    added = program_of(rules).weights
    for rule in positions(findings.true & added.mask):
        for position, weight in added[rule]:
            weights[position] += weight
    return tuple(weights)


def preferred(mask: int, weights: tuple[int, ...]) -> list[int]:
    """Exercises of a set, the most preferred first; ties in the catalogue's order."""
    return sorted(kept_positions(mask), key=weights.__getitem__, reverse=True)


def substitutes(position: int, verdicts: Verdicts, rules: RuleBase) -> list[str]:
    """What to do instead: allowed, same movement pattern, best preferred first."""
    same = rules.pattern_masks[rules.exercises[position].pattern]
    return stand_ins(position, preferred(same & verdicts.allowed, verdicts.weights), rules)


def stand_ins(position: int, best: list[int], rules: RuleBase) -> list[str]:
    """The first few of a list of exercises besides this one, by id."""
    others = [each for each in best[: SUBSTITUTES + 1] if each != position]
    return [rules.exercises[each].id for each in others[:SUBSTITUTES]]
