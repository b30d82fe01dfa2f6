"""Findings → verdicts: for each exercise, out, unresolved, allowed with care, or fine.

The first line that holds decides: some `avoid` is true; some `avoid` is unknown; some
`caution` applies; otherwise it is fine. Sets of exercises are bit masks over the catalogue.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from functools import cached_property

from advisor.findings import Findings
from advisor.rulebase.frozen import dataclass
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
    program = rules.program
    true, possible = findings.true_set, findings.possible_set
    avoid = _union(program.avoids, true)
    unresolved = _union(program.avoids, possible) & ~avoid
    caution = _union(program.cautions, possible)
    everything = (1 << len(rules.exercises)) - 1
    ok = everything & ~(avoid | unresolved | caution)
    weights = weigh(findings, rules)
    return Verdicts(avoid, unresolved, caution & ~(avoid | unresolved), ok, weights)


def _union(masks: dict[int, int], which: AbstractSet[int]) -> int:
    union = 0
    for rule in masks.keys() & which:
        union |= masks[rule]
    return union


def weigh(findings: Findings, rules: RuleBase) -> tuple[int, ...]:
    """How much each exercise is preferred: the sum of the true preferences that name it."""
    program = rules.program
    weights = [0] * len(rules.exercises)
    for rule in program.weights.keys() & findings.true_set:
        for position, weight in program.weights[rule]:
            weights[position] += weight
    return tuple(weights)


def positions(mask: int) -> list[int]:
    """The places of the bits set in a mask, ascending."""
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found


def preferred(mask: int, weights: tuple[int, ...]) -> list[int]:
    """Exercises of a set, the most preferred first; ties in the catalogue's order."""
    return sorted(positions(mask), key=lambda position: -weights[position])


def substitutes(position: int, verdicts: Verdicts, rules: RuleBase) -> list[str]:
    """What to do instead: allowed, same movement pattern, best preferred first."""
    same = rules.pattern_masks[rules.exercises[position].pattern]
    return stand_ins(position, preferred(same & verdicts.allowed, verdicts.weights), rules)


def stand_ins(position: int, best: list[int], rules: RuleBase) -> list[str]:
    """The first few of a list of exercises besides this one, by id."""
    others = [each for each in best[: SUBSTITUTES + 1] if each != position]
    return [rules.exercises[each].id for each in others[:SUBSTITUTES]]
