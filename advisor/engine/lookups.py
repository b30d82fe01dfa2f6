"""Answers → the clauses they satisfy: one table for each question, filled as answers come.

A table is asked far more often than it is filled, and people's answers repeat; but sets of choices
are many, so those are put together from what each choice does by itself.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain

from advisor.engine.clauses import Bits, Layout
from advisor.rulebase.bits import mask_of, positions
from advisor.rulebase.shapes import Comparison
from advisor.rulebase.truth import compare

Test = tuple[Comparison, Bits, Bits]
Tests = tuple[Test, ...]
STEP = 4  # choices looked up at once
LAST = (1 << STEP) - 1
FEW = 4  # tests that are quicker tried alone
MOST_KEPT = 256  # answers to one question; then it begins afresh, so that memory stays flat


class Lookup(dict[int | None, int]):
    """Encoded answer → the bits of the clauses it satisfies.

    The unknown answer, None, satisfies none for certain; the bits of those that it leaves possible
    stand above all others, `width` higher.
    """

    def __init__(self, tests: Tests, width: int) -> None:
        self.tests = tests
        self.unknown = mask_of(bit for _, yes, no in tests for bit in (*yes, *no)) << width
        self[None] = self.unknown

    def __missing__(self, value: int) -> int:
        if len(self) > MOST_KEPT:
            self.clear()
            self[None] = self.unknown
        self[value] = bits = self._satisfied(value)
        return bits

    def _satisfied(self, value: int) -> int:
        satisfied = (yes if compare(test, value) else no for test, yes, no in self.tests)
        return mask_of(chain.from_iterable(satisfied))


class SetLookup(Lookup):
    """The same for a set of choices, from what each choice adds, for all tests at once.

    All tests that ask for the same number of choices count together, each in a bit of its own: in
    the first mask of a count are those that have met one of their choices, in the second those
    that have met two, and so on. Most ask for one; for those, a few choices are looked up at once.
    A test that is wanted false is satisfied until it has met enough. Few tests are tried alone.
    """

    def __init__(self, tests: Tests, width: int) -> None:
        super().__init__(tests, width)
        alone: list[Test] = []
        counts = {least: _Count() for least in _asked_often(tests)}
        for each in tests:
            least = each[0].operand[0] if each[0].operator == "count" else 0
            if least not in counts or not counts[least].takes(*each):
                alone.append(each)
        self.alone = [(test, mask_of(yes), mask_of(no)) for test, yes, no in alone]
        masks, self.unless_one = counts.pop(1, _Count()).masks()
        last = max(masks, default=-1)
        self.ones = [(first, _or_table(masks, first)) for first in range(0, last + 1, STEP)]
        self.counts = [(least, *count.masks()) for least, count in counts.items()]

    def _satisfied(self, value: int) -> int:
        met = 0
        for first, table in self.ones:
            met |= table[value >> first & LAST]
        satisfied = met ^ self.unless_one
        for test, yes, no in self.alone:
            satisfied |= yes if compare(test, value) else no
        for least, masks, unless in self.counts:
            satisfied |= _met(least, masks, value) ^ unless
        return satisfied


def _asked_often(tests: Tests) -> list[int]:
    """The numbers of choices that are worth counting for many tests at once."""
    every = Counter(test.operand[0] for test, _, _ in tests if test.operator == "count")
    return [least for least, count in every.items() if least == 1 or count > FEW]


def _or_table(masks: dict[int, int], first: int) -> list[int]:
    """For each set of a few choices, from `first` on, all their masks in one."""
    table = [0]
    for choice in range(first, first + STEP):
        table += [each | masks.get(choice, 0) for each in table]
    return table


def _met(least: int, masks: dict[int, int], value: int) -> int:
    """The tests that have met so many of their choices."""
    met = [0] * least
    for choice in positions(value):
        mask = masks.get(choice, 0)
        for number in range(least - 1, 0, -1):
            met[number] |= met[number - 1] & mask
        met[0] |= mask
    return met[-1]


class _Count:
    """The bits of tests that ask for the same number of choices, by choice."""

    def __init__(self) -> None:
        self.by_choice: defaultdict[int, list[int]] = defaultdict(list)
        self.bits: set[int] = set()
        self.unless: list[int] = []

    def takes(self, test: Comparison, yes: Bits, no: Bits) -> bool:
        """Take a test, if no other (nor its own opposite) stands in one of its clauses."""
        own = (*yes, *no)
        if len({*own}) < len(own) or not self.bits.isdisjoint(own):
            return False
        self.bits.update(own)
        self.unless += no
        for choice in positions(test.operand[1]):
            self.by_choice[choice] += own
        return True

    def masks(self) -> tuple[dict[int, int], int]:
        """The mask of each choice, and of the tests that are wanted false."""
        return {each: mask_of(bits) for each, bits in self.by_choice.items()}, mask_of(self.unless)


def lookups(layout: Layout) -> dict[int, Lookup]:
    """For each question that is read, by position, its table."""
    return {
        place: (SetLookup if place in layout.sets else Lookup)(where, layout.width)
        for place, where in layout.facts.items()
    }


def states(layout: Layout) -> list[tuple[int, int, int]]:
    """For each part that is no comparison: the bits it satisfies false, unknown and true."""
    return [
        (mask_of(no), mask_of((*yes, *no)) << layout.width, mask_of(yes))
        for _, yes, no in layout.parts
    ]
