"""A rule base and a person of unknowns -> what the engine would conclude, as formulas.

Node by node, as the engine does it: each condition has two halves, `t` for known to be true and
`p` for still possible; restricting effects apply by `p`, informing ones by `t`. The level, what
is allowed, how far caps go and how many slots are filled follow the modules of the pipeline.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from typing import assert_never

import z3

from advisor.authoring.cases.condition_tree import folded
from advisor.authoring.proof.days import KNOWN, POSSIBLE, DayOf, days_of
from advisor.authoring.proof.person import Person, SymbolicAnswer
from advisor.authoring.proof.replay import beyond
from advisor.engine.ready import program_of, table_of
from advisor.rulebase.exactness import cells
from advisor.rulebase.shapes import LEVELS, REFERRAL, Cap, RuleBase
from advisor.rulebase.shapes.conditions import All, Any, Comparison, Condition, Named, Not
from advisor.rulebase.truth import compare, comparisons

AS_IT_IS = -1
OTHER = {KNOWN: POSSIBLE, POSSIBLE: KNOWN}


class Translation:
    """What a rule base concludes about a person. Formulas are made once, when first asked for.

    With `base`, the person is that of another translation but for one answer, and whatever does
    not read that answer is taken from there.
    """

    def __init__(
        self, rules: RuleBase, someone: Person, base: Translation | None = None, fact: str = ""
    ) -> None:
        self.rules = rules
        self.person = someone
        self.base = base
        self.place = rules.question_position.get(fact, -1)
        self.half = cache(self._half)
        self.rule = cache(self._rule)
        self.settled = cache(self._settled)
        self.level_of = cache(self._level_of)
        self.allowed = cache(self._allowed)

    def _half(self, when: Condition, half: str) -> z3.BoolRef:
        """One half of a condition."""
        match when:
            case Comparison(fact):
                return _compare(self.person[fact], when, half)
            case Named(finding):
                return self.half(self.rules.finding[finding].when, half)
            case Not(part):
                return z3.Not(self.half(part, OTHER[half]))
            case All(parts):
                return z3.And([self.half(part, half) for part in parts])
            case Any(parts):
                return z3.Or([self.half(part, half) for part in parts])
            case _:
                assert_never(when)

    def same(self, place: int) -> Translation | None:
        """The base, if what it makes of a rule is true of this person, too."""
        return None if self.place in program_of(self.rules).facts[place] else self.base

    def _rule(self, place: int, half: str) -> z3.BoolRef:
        """One half of a rule's condition."""
        if base := self.same(place):
            return base.rule(place, half)
        return self.half(self.rules.rules[place].when, half)

    def some(self, places: Iterable[int], half: str = POSSIBLE) -> z3.BoolRef:
        """Whether one half of some of these rules holds."""
        return z3.Or([self.rule(place, half) for place in places])

    def _settled(self, place: int) -> z3.BoolRef:
        """Whether answers to questions not asked yet could make a rule false."""
        if base := self.same(place):
            return base.settled(place)
        return could_be_false(self.rules.rules[place].when, self.person, self.rules)

    def _level_of(self, place: int) -> z3.BoolRef:
        """Whether the level of a rule applies: true, or unknown and not to be settled."""
        if base := self.same(place):
            return base.level_of(place)
        possible = self.rule(place, POSSIBLE)
        if program_of(self.rules).levels[place].level < REFERRAL:
            return possible
        certain = self.rule(place, KNOWN)
        return z3.Or(certain, z3.And(possible, z3.Not(self.settled(place))))

    @cached_property
    def reaches(self) -> tuple[z3.BoolRef, ...]:
        """For each level, whether what applies joins to it or to more."""
        reached = [z3.BoolVal(val=False)]
        for level in reversed(range(1, len(LEVELS))):
            every = program_of(self.rules).levels.items()
            here = [self.level_of(place) for place, each in every if each.level == level]
            reached.append(z3.Or([reached[-1], *here]))
        return (z3.BoolVal(val=True), *reached[:0:-1])

    @cached_property
    def incomplete(self) -> z3.BoolRef:
        """Whether a rule that questions could settle would raise the level to a referral."""
        waiting = [
            z3.And(
                self.rule(place, POSSIBLE),
                z3.Not(self.rule(place, KNOWN)),
                self.settled(place),
                z3.Not(self.reaches[effect.level]),
            )
            for place, effect in program_of(self.rules).levels.items()
            if effect.level >= REFERRAL
        ]
        return z3.Or(waiting)

    def level_within(self, low: int, high: int) -> z3.BoolRef:
        """Whether the level is known and lies from one index to another."""
        parts = [z3.Not(self.incomplete), self.reaches[low]]
        if high + 1 < len(LEVELS):
            parts.append(z3.Not(self.reaches[high + 1]))
        return z3.And(parts)

    @cached_property
    def has_session(self) -> z3.BoolRef:
        """Whether there is a session."""
        return self.level_within(0, REFERRAL - 1)

    def _allowed(self, position: int) -> z3.BoolRef:
        """Whether an exercise is ok or a caution: nothing that is out for it applies."""
        return z3.Not(self.some(_naming(program_of(self.rules).avoids, position)))

    def limited(self, position: int) -> z3.BoolRef:
        """Whether an exercise is not plainly ok."""
        limits = self.some(_naming(program_of(self.rules).cautions, position))
        return z3.Or(z3.Not(self.allowed(position)), limits)

    @cached_property
    def days(self) -> tuple[DayOf, ...]:
        """Every day of the routine."""
        return days_of(self)

    def fills(self, at_least: int) -> z3.BoolRef:
        """Whether the slots make a session of so many exercises, on every day that there is."""
        if at_least > self.rules.session_at_most:
            return z3.BoolVal(val=False)
        if not at_least:
            return z3.BoolVal(val=True)
        lines = program_of(self.rules).lines
        fewer = self.some(place for place, most in lines.items() if most < at_least)
        enough = [z3.Or(z3.Not(day.exists), day.fills(at_least)) for day in self.days]
        return z3.And(z3.Not(fewer), *enough)


def _compare(answer: SymbolicAnswer, comparison: Comparison, half: str) -> z3.BoolRef:
    passes = answer.passes(comparison)
    if half == KNOWN:
        return z3.And(answer.known, passes)
    return z3.Or(z3.Not(answer.known), passes)


def _naming(masks: Mapping[int, int], position: int) -> list[int]:
    """The rules whose mask has an exercise."""
    return [place for place, mask in masks.items() if mask >> position & 1]


def capping(cap: Cap, position: int | None, rules: RuleBase) -> frozenset[int]:
    """The rules that hold a number as tightly as a cap does (of one exercise, or the schedule)."""
    return table_of(_capping, rules)[cap, position]


def _capping(rules: RuleBase, key: tuple[Cap, int | None]) -> frozenset[int]:
    cap, position = key
    bit = 0 if position is None else 1 << position
    return frozenset(
        place
        for place, caps in program_of(rules).caps.items()
        if any(
            each.what == cap.what and not beyond(each.amount, cap) and bit & ~each.exercises == 0
            for each in caps
        )
    )


def could_be_false(when: Condition, someone: Person, rules: RuleBase) -> z3.BoolRef:
    """Whether some answers to the questions not asked would make a condition false.

    Doubts stay doubts. A fact that is compared once can be chosen where it stands, because
    `there is` passes through `or`, and through `and` of parts that do not share the fact; one
    that is compared several times is tried with an answer for each way to pass or fail them.
    """
    counts = Counter(test.fact for test in comparisons(when, rules.finding))
    return _try([fact for fact, count in counts.items() if count > 1], {}, when, someone, rules)


def _try(
    often: list[str], given: dict[str, int], when: Condition, someone: Person, rules: RuleBase
) -> z3.BoolRef:
    """The same, with an answer for some of the facts; the others of `often` are to be tried."""
    if often:
        fact, *rest = often
        tests = [test for test in comparisons(when, rules.finding) if test.fact == fact]
        values = cells(rules.question[fact], tuple(dict.fromkeys(tests)))
        tried = [_try(rest, {**given, fact: value}, when, someone, rules) for value in values]
        as_it_is = _try(rest, {**given, fact: AS_IT_IS}, when, someone, rules)
        return z3.If(someone[fact].open, z3.Or(tried), as_it_is)

    def choosing(test: Comparison, wanted: bool) -> z3.BoolRef:  # noqa: FBT001 - what it is to be
        """Whether a comparison can be made true (or false)."""
        answer, fixed = someone[test.fact], given.get(test.fact)
        passes = answer.passes(test)
        now = z3.And(answer.known, passes if wanted else z3.Not(passes))
        if fixed == AS_IT_IS:
            return now
        if fixed is not None:
            return z3.BoolVal(compare(test, fixed) is wanted)
        values = cells(rules.question[test.fact], (test,))
        possible = any(compare(test, value) is wanted for value in values)
        return z3.Or(now, answer.open) if possible else now

    return folded(when, rules.finding, choosing, z3.And, z3.Or, wanted=False)
