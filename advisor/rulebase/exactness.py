"""Every way to answer a condition → whether it can hold, and whether it is exact.

Two answers that pass the same tests are as good as one, so there are finitely many ways, and a
search over them is a search over all people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import prod
from typing import assert_never

from advisor.rulebase.bits import positions, union
from advisor.rulebase.deciders import decider
from advisor.rulebase.shapes import (
    All,
    Any,
    Comparison,
    Condition,
    Named,
    Not,
    Number,
    OneOf,
    Question,
    SomeOf,
    YesNo,
)
from advisor.rulebase.truth import Findings, compare, comparisons, inlined

Questions = Mapping[str, Question]
Spaces = dict[str, tuple[int, ...]]


def cells(question: Question, tests: tuple[Comparison, ...]) -> tuple[int, ...]:
    """One encoded answer for each way the answers to a question can pass or fail the tests.

    Two answers that pass exactly the same tests lie in the same cell; each cell is named by
    its first answer.
    """
    seen: dict[tuple[bool, ...], int] = {}
    for value in _candidates(question, tests):
        seen.setdefault(tuple([compare(test, value) for test in tests]), value)
    return tuple(seen.values())


def _candidates(question: Question, tests: tuple[Comparison, ...]) -> Iterable[int]:
    """Enough answers to meet every cell."""
    kind = question.type
    match kind:
        case YesNo() | OneOf():
            return range(kind.count(question))
        case Number():
            ends = (end for test in tests for end in (test.operand[0], test.operand[-1] + 1))
            return kind.edges(question, ends)[:-1]
        case SomeOf():
            return _subsets(tests)
        case _:
            assert_never(kind)


@lru_cache(maxsize=10_000)
def _subsets(tests: tuple[Comparison, ...]) -> tuple[int, ...]:
    """Sets of choices, one for each vector of counts (each up to what its test asks for)."""
    reached: dict[tuple[int, ...], int] = {(0,) * len(tests): 0}
    masks = [test.operand[1] for test in tests]
    most = [test.operand[0] for test in tests]
    for place in positions(union(masks)):
        bit = 1 << place
        adds = [mask >> place & 1 for mask in masks]
        for counts, value in list(reached.items()):
            more = tuple([min(n + add, m) for n, add, m in zip(counts, adds, most, strict=True)])
            reached.setdefault(more, value | bit)
    return tuple(reached.values())


def domains(condition: Condition, findings: Findings, questions: Questions) -> Spaces:
    """For each fact of a condition, one answer for each way it can matter to it."""
    tests = _tests(condition, findings)
    return {fact: cells(questions[fact], tuple(each)) for fact, each in tests.items()}


def _tests(condition: Condition, findings: Findings) -> dict[str, dict[Comparison, None]]:
    """The different comparisons of each fact."""
    tests: dict[str, dict[Comparison, None]] = {}
    for each in comparisons(condition, findings):
        tests.setdefault(each.fact, {})[each] = None
    return tests


def ways(condition: Condition, findings: Findings, questions: Questions) -> int:
    """How many combinations of answers a condition can tell apart, the unknown ones among them."""
    spaces = (
        2 if len(tests) == 1 else len(cells(questions[fact], tuple(tests)))
        for fact, tests in _tests(condition, findings).items()
    )
    return prod(space + 1 for space in spaces)


def meeting(
    condition: Condition, findings: Findings, questions: Questions, *, wanted: bool
) -> dict[str, int] | None:
    """Answers for which a condition is known to be true (or false), or None if there are none.

    Facts are answered one by one, and a branch ends as soon as the condition is decided.
    """
    spaces = domains(condition, findings, questions)
    places = {fact: place for place, fact in enumerate(spaces)}
    decide = decider(inlined(condition, findings), places)
    known: list[int | None] = [None] * len(spaces)
    values = tuple(spaces.values())

    def found(place: int) -> bool:
        said = decide(known)
        if said is not None:
            return said is wanted
        for value in values[place]:
            known[place] = value
            if found(place + 1):
                return True
        known[place] = None
        return False

    if not found(0):
        return None
    return {fact: code for fact, code in zip(spaces, known, strict=True) if code is not None}


def inexact(
    condition: Condition, findings: Findings, questions: Questions
) -> dict[str, int | None] | None:
    """A partial assignment the condition calls unknown although all completions agree.

    None when there is none: the condition is exact. Of several, one with the fewest unknowns.
    """
    if _reads_once(condition, findings, questions):
        return None
    spaces = domains(condition, findings, questions)
    found = _undecided(condition, spaces, findings)
    first = min(found, key=lambda values: values.count(None), default=None)
    return None if first is None else dict(zip(spaces, first, strict=True))


def _reads_once(condition: Condition, findings: Findings, questions: Questions) -> bool:
    """Whether each fact is tested once, by a test that some answers pass and others fail.

    Then the condition is exact: its parts have no fact in common, so each unknown part can still
    come out either way whatever the others do.
    """
    every = list(comparisons(condition, findings))
    if len({each.fact for each in every}) < len(every):
        return False
    return all(len(cells(questions[each.fact], (each,))) > 1 for each in every)


def _undecided(
    condition: Condition, spaces: Spaces, findings: Findings
) -> Iterator[tuple[int | None, ...]]:
    """The partial assignments that are called unknown although all their completions agree.

    An assignment is a number whose digits, one for each fact, are the places of its answers,
    unknown the last of them. A set of assignments is a bit for each, so that a condition is
    decided for all of them at once.
    """
    grid = _Grid([*spaces.values()])
    places = {fact: place for place, fact in enumerate(spaces)}
    true, false = _decided(inlined(condition, findings), grid, places)
    unknown = grid.every & ~(true | false)
    known = grid.every & ~union(map(grid.unknown, places.values()))
    doubtful = unknown & (grid.widened(true & known) ^ grid.widened(false & known))
    return (grid.values(index) for index in positions(doubtful))


@dataclass(frozen=True)
class _Grid:
    """All partial assignments of some facts, each of which can be answered in a few ways."""

    spaces: Sequence[tuple[int, ...]]

    @cached_property
    def steps(self) -> list[int]:
        """How far apart two neighboring answers to each fact are."""
        sizes = [len(space) + 1 for space in self.spaces]
        return [prod(sizes[place + 1 :]) for place in range(len(sizes))]

    @cached_property
    def every(self) -> int:
        """All assignments."""
        return (1 << prod(len(space) + 1 for space in self.spaces)) - 1

    @cached_property
    def firsts(self) -> list[int]:
        """For each fact, the assignments with the first of its answers."""
        sizes = [len(space) + 1 for space in self.spaces]
        return [
            ((1 << step) - 1) * (self.every // ((1 << step * size) - 1))
            for step, size in zip(self.steps, sizes, strict=True)
        ]

    def digit(self, place: int, digit: int) -> int:
        """The assignments with one answer to a fact, by its place among the answers."""
        return self.firsts[place] << digit * self.steps[place]

    def unknown(self, place: int) -> int:
        """The assignments without an answer to a fact."""
        return self.digit(place, len(self.spaces[place]))

    def widened(self, some: int) -> int:
        """Some assignments, and all that can be completed to one of them."""
        for place, space in enumerate(self.spaces):
            for digit in range(len(space)):
                away = (len(space) - digit) * self.steps[place]
                some |= (some & self.digit(place, digit)) << away
        return some

    def values(self, index: int) -> tuple[int | None, ...]:
        """The answers of an assignment."""
        digits = zip(self.steps, self.spaces, strict=True)
        return tuple([(*space, None)[index // step % (len(space) + 1)] for step, space in digits])


def _decided(condition: Condition, grid: _Grid, places: Mapping[str, int]) -> tuple[int, int]:
    """The assignments for which a condition is true, and those for which it is false."""
    match condition:
        case Comparison(fact):
            place, sides = places[fact], [0, 0]
            for digit, value in enumerate(grid.spaces[place]):
                sides[compare(condition, value)] |= grid.digit(place, digit)
            return sides[True], sides[False]
        case Not(part):
            true, false = _decided(part, grid, places)
            return false, true
        case All(parts) | Any(parts):
            both, either = grid.every, 0
            swap = isinstance(condition, Any)
            for part in parts:
                true, false = _decided(part, grid, places)
                both &= false if swap else true
                either |= true if swap else false
            return (either, both) if swap else (both, either)
        case Named():
            raise TypeError(condition)
        case _:
            assert_never(condition)
