"""Conditions → clauses, and where each clause of each rule stands in one long bit mask.

A condition is taken apart into clauses that must all hold, each a choice of literals: a part and
whether it is wanted or not. That is the same in strong Kleene logic, which knows De Morgan's laws
and distributes. What does not come apart without growing is left whole, as a part of its own.

All rules are decided at once: clause `c` of rule `r` is bit `c * rules + r`, an answer to a
question is the set of clauses it satisfies, and a rule is true if each of its clauses is satisfied
by some answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from advisor.rulebase.bits import mask_of
from advisor.rulebase.frozen import dataclass
from advisor.rulebase.shapes import SET, All, Any, Comparison, Condition, Not, RuleBase

MOST = 6  # clauses of one rule, as one long rule must not lengthen the mask of all
Literal = tuple[Condition, bool]  # a comparison or another part, and whether it is wanted
Bits = tuple[int, ...]


@dataclass(frozen=True)
class Layout:
    """Where the clauses of a rule base stand.

    There are `span` clauses for each of `rules` rules; `given` are the bits of those that a rule
    lacks. `facts` (by question position) and `parts` (all but comparisons) have for each part the
    bits that are satisfied where it is true, and those that are where it is false. `sets` are the
    positions of the questions of many choices.
    """

    rules: int
    span: int
    given: int
    facts: dict[int, tuple[tuple[Comparison, Bits, Bits], ...]]
    parts: tuple[tuple[Condition, Bits, Bits], ...]
    sets: frozenset[int]

    @property
    def width(self) -> int:
        """How many bits the clauses take."""
        return self.rules * self.span


def laid_out(rules: RuleBase) -> Layout:
    """Lay out the clauses of every rule."""
    every = [_at_most(clauses(rule.when)) for rule in rules.rules]
    count, span = len(every), max(map(len, every), default=1) or 1
    found: defaultdict[Condition, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    given: list[int] = []
    for place, own in enumerate(every):
        given += range(place + len(own) * count, span * count, count)
        for number, clause in enumerate(own):
            for part, wanted in clause:
                found[part][not wanted].append(place + number * count)
    facts: defaultdict[int, list[tuple[Comparison, Bits, Bits]]] = defaultdict(list)
    parts: list[tuple[Condition, Bits, Bits]] = []
    for part, (yes, no) in found.items():
        if isinstance(part, Comparison):
            facts[rules.question_position[part.fact]].append((part, tuple(yes), tuple(no)))
        else:
            parts.append((part, tuple(yes), tuple(no)))
    by_fact = {place: tuple(each) for place, each in facts.items()}
    sets = frozenset(place for place, each in enumerate(rules.questions) if each.kind == SET)
    return Layout(count, span, mask_of(given), by_fact, tuple(parts), sets)


def clauses(when: Condition, *, wanted: bool = True) -> list[list[Literal]]:
    """The clauses that must all hold for a condition to be true (or, not wanted, false)."""
    if isinstance(when, Not):
        return clauses(when.part, wanted=not wanted)
    if isinstance(when, All if wanted else Any):
        return [each for part in when.parts for each in clauses(part, wanted=wanted)]
    return [[*_literals(when, wanted=wanted)]]


def _literals(when: Condition, *, wanted: bool) -> Iterator[Literal]:
    """The literals of which one must hold."""
    if isinstance(when, Not):
        yield from _literals(when.part, wanted=not wanted)
    elif isinstance(when, Any if wanted else All):
        for part in when.parts:
            yield from _literals(part, wanted=wanted)
    else:
        yield when, wanted


def _at_most(every: list[list[Literal]]) -> list[list[Literal]]:
    """The same clauses, the last ones as one part if there are too many."""
    if len(every) <= MOST:
        return every
    rest = All(tuple(Any(tuple(_whole(*each) for each in clause)) for clause in every[MOST - 1 :]))
    return [*every[: MOST - 1], [(rest, True)]]


def _whole(part: Condition, wanted: bool) -> Condition:  # noqa: FBT001 - a Literal, unpacked
    return part if wanted else Not(part)
