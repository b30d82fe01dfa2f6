"""What a condition says: its truth under strong Kleene logic, its facts, and its exactness.

Findings are looked up by name and evaluated in place, so a condition always reduces to
comparisons of facts. A fact without an answer is unknown, written None.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from advisor.rulebase.shapes import (
    CHOICE,
    INTEGER,
    YES_NO,
    All,
    Any,
    Comparison,
    Condition,
    Finding,
    Named,
    Not,
    Question,
)

Answers = Mapping[str, int | None]
Findings = Mapping[str, Finding]


def compare(comparison: Comparison, value: int) -> bool:
    """Whether an encoded answer passes a comparison."""
    if comparison.operator == "is":
        return value in comparison.operand
    low, high = comparison.operand
    if comparison.operator == "between":
        return low <= value <= high
    return (value & high).bit_count() >= low


def truth(condition: Condition, answers: Answers, findings: Findings) -> bool | None:
    """True, False, or None for unknown (strong Kleene logic)."""
    match condition:
        case Comparison(fact):
            value = answers.get(fact)
            return None if value is None else compare(condition, value)
        case Named(finding):
            return truth(findings[finding].when, answers, findings)
        case Not(part):
            inner = truth(part, answers, findings)
            return None if inner is None else not inner
        case All(parts):
            return _join((truth(part, answers, findings) for part in parts), decides=False)
        case Any(parts):
            return _join((truth(part, answers, findings) for part in parts), decides=True)


def _join(values: Iterator[bool | None], *, decides: bool) -> bool | None:
    """The deciding value if any part has it, else unknown if any is, else the other value."""
    unknown = False
    for value in values:
        if value is decides:
            return decides
        unknown = unknown or value is None
    return None if unknown else not decides


def comparisons(condition: Condition, findings: Findings) -> Iterator[Comparison]:
    """Every comparison a condition leans on, through the findings it names."""
    match condition:
        case Comparison():
            yield condition
        case Named(finding):
            yield from comparisons(findings[finding].when, findings)
        case Not(part):
            yield from comparisons(part, findings)
        case All(parts) | Any(parts):
            for part in parts:
                yield from comparisons(part, findings)


def named(condition: Condition) -> Iterator[str]:
    """The findings that a condition names itself."""
    match condition:
        case Comparison():
            pass
        case Named(finding):
            yield finding
        case Not(part):
            yield from named(part)
        case All(parts) | Any(parts):
            for part in parts:
                yield from named(part)


def facts_of(condition: Condition, findings: Findings) -> tuple[str, ...]:
    """The facts a condition leans on, each once, in the order they are met."""
    return tuple(dict.fromkeys(each.fact for each in comparisons(condition, findings)))


def cells(question: Question, tests: tuple[Comparison, ...]) -> tuple[int, ...]:
    """One encoded answer for each way the answers to a question can pass or fail the tests.

    Two answers that pass exactly the same tests lie in the same cell; each cell is named by
    its first answer, so that a finite search over cells is a search over all answers.
    """
    seen: dict[tuple[bool, ...], int] = {}
    for value in _candidates(question, tests):
        seen.setdefault(tuple(compare(test, value) for test in tests), value)
    return tuple(seen.values())


def _candidates(question: Question, tests: tuple[Comparison, ...]) -> Iterator[int]:
    """Enough answers to meet every cell."""
    if question.kind == YES_NO:
        return iter((0, 1))
    if question.kind == CHOICE:
        return iter(range(len(question.choices)))
    if question.kind == INTEGER:
        edges = {question.minimum}
        for test in tests:
            low, high = test.operand[0], test.operand[-1]
            edges |= {low, high + 1}
        return iter(sorted(e for e in edges if question.minimum <= e <= question.maximum))
    return _subsets(question, tests)


def _subsets(question: Question, tests: tuple[Comparison, ...]) -> Iterator[int]:
    """Sets of choices, one for each vector of counts (each up to what its test asks for)."""
    reached: dict[tuple[int, ...], int] = {(0,) * len(tests): 0}
    for index in range(len(question.choices)):
        bit = 1 << index
        for counts, value in list(reached.items()):
            more = tuple(
                min(count + bool(test.operand[1] & bit), test.operand[0])
                for count, test in zip(counts, tests, strict=True)
            )
            reached.setdefault(more, value | bit)
    return iter(reached.values())


def domains(
    condition: Condition, findings: Findings, questions: Mapping[str, Question]
) -> dict[str, tuple[int, ...]]:
    """For each fact of a condition, one answer for each way it can matter to it."""
    tests: dict[str, list[Comparison]] = {}
    for each in comparisons(condition, findings):
        tests.setdefault(each.fact, []).append(each)
    return {
        fact: cells(questions[fact], tuple(dict.fromkeys(each))) for fact, each in tests.items()
    }


def meeting(
    condition: Condition, findings: Findings, questions: Mapping[str, Question], *, wanted: bool
) -> dict[str, int] | None:
    """Answers for which a condition is known to be true (or false), or None if there are none.

    Facts are answered one by one, and a branch ends as soon as the condition is decided.
    """
    spaces = domains(condition, findings, questions)

    def search(answers: dict[str, int], facts: tuple[str, ...]) -> dict[str, int] | None:
        said = truth(condition, answers, findings)
        if said is not None:
            return answers if said is wanted else None
        for value in spaces[facts[0]]:
            found = search({**answers, facts[0]: value}, facts[1:])
            if found is not None:
                return found
        return None

    return search({}, tuple(spaces))


def inexact(
    condition: Condition, findings: Findings, questions: Mapping[str, Question]
) -> dict[str, int | None] | None:
    """A partial assignment the condition calls unknown although all completions agree.

    None when there is none: the condition is exact. The search is over cells, so it is finite.
    """
    spaces = domains(condition, findings, questions)
    facts = tuple(spaces)
    possible: dict[Assignment, frozenset[bool]] = {}
    for values in _assignments(tuple(spaces.values())):
        said = truth(condition, dict(zip(facts, values, strict=True)), findings)
        possible[values] = _completions(values, tuple(spaces.values()), possible, said=said)
        if said is None and len(possible[values]) == 1:
            return dict(zip(facts, values, strict=True))
    return None


Assignment = tuple[int | None, ...]


def _assignments(spaces: tuple[tuple[int, ...], ...]) -> list[Assignment]:
    """Every way to answer or leave open each fact, those with fewer unknowns first."""
    every = product(*((*space, None) for space in spaces))
    return sorted(every, key=lambda values: values.count(None))


def _completions(
    values: Assignment,
    spaces: tuple[tuple[int, ...], ...],
    possible: Mapping[Assignment, frozenset[bool]],
    *,
    said: bool | None,
) -> frozenset[bool]:
    """What a condition can come to when the unknown facts are filled in."""
    if None not in values:
        return frozenset((bool(said),))
    first = values.index(None)
    return frozenset().union(
        *(possible[(*values[:first], value, *values[first + 1 :])] for value in spaces[first])
    )
