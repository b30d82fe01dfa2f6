"""Every way to answer a condition → whether it can hold, and whether it is exact.

Two answers that pass the same tests are as good as one, so there are finitely many ways, and a
search over them is a search over all people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import accumulate, product
from math import prod
from operator import mul
from typing import assert_never

from advisor.rulebase.bits import positions
from advisor.rulebase.deciders import decider
from advisor.rulebase.shapes import Comparison, Condition, Number, OneOf, Question, SomeOf, YesNo
from advisor.rulebase.truth import Findings, compare, comparisons, inlined

Questions = Mapping[str, Question]
Spaces = dict[str, tuple[int, ...]]
FALSE, TRUE = 1, 2  # what a condition can come to, as bits


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
    every = 0
    for mask in masks:
        every |= mask
    for place in positions(every):
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

    They are gone through as numbers are counted up, unknown being the last digit at each place.
    So what fills in an unknown always came before, a known number of steps ago.
    """
    places = {fact: place for place, fact in enumerate(spaces)}
    decide = decider(inlined(condition, findings), places)
    sizes = [len(space) for space in spaces.values()]
    steps = [*accumulate([size + 1 for size in reversed(sizes)], mul, initial=1)][-2::-1]
    possible = bytearray(prod(size + 1 for size in sizes))
    for index, values in enumerate(product(*((*space, None) for space in spaces.values()))):
        said = decide(values)
        if None not in values:
            possible[index] = TRUE if said else FALSE
            continue
        first = values.index(None)
        for number in range(1, sizes[first] + 1):
            possible[index] |= possible[index - number * steps[first]]
        if said is None and possible[index] != TRUE | FALSE:
            yield values
