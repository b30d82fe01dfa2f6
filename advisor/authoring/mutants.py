"""A condition → the small mistakes somebody could make in it, each as another condition.

Negated, dropped, or widened, one part at a time: a comparison turned around, a part of `all`
or `any` left out, a bound shifted by one, a choice left out of a list or added to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from advisor.authoring.parts import Path, parts, put
from advisor.rulebase.frozen import dataclass
from advisor.rulebase.shapes import (
    CHOICE,
    INTEGER,
    SET,
    All,
    Any,
    Comparison,
    Condition,
    Named,
    Not,
    Question,
)

Questions = Mapping[str, Question]


@dataclass(frozen=True)
class Mutant:
    """One mistake: what kind, what it is made of, what that becomes, and the whole with it."""

    kind: str  # negated | dropped | shifted | narrowed | widened
    was: Condition
    becomes: Condition | None  # None where it is left out
    whole: Condition


def mutants(condition: Condition, questions: Questions) -> list[Mutant]:
    """Every mistake in a condition, each different from it and from the others."""
    found: dict[Condition, Mutant] = {}
    for path, part in parts(condition):
        for each in _at(path, part, condition, questions):
            if each.whole != condition:
                found.setdefault(each.whole, each)
    return list(found.values())


def _at(path: Path, part: Condition, whole: Condition, questions: Questions) -> Iterator[Mutant]:
    match part:
        case Comparison():
            yield Mutant("negated", part, Not(part), _negated(whole, path, part))
            for kind, test in _other_tests(part, questions[part.fact]):
                yield Mutant(kind, part, test, put(whole, path, test))
        case Named():
            yield Mutant("negated", part, Not(part), _negated(whole, path, part))
        case All(below) | Any(below) if len(below) > 1:
            for index, left_out in enumerate(below):
                rest = (*below[:index], *below[index + 1 :])
                new = rest[0] if len(rest) == 1 else type(part)(rest)
                yield Mutant("dropped", left_out, None, put(whole, path, new))


def _negated(whole: Condition, path: Path, part: Condition) -> Condition:
    """The whole with one part turned around; not twice, where it is turned around already."""
    if path and dict(parts(whole))[path[:-1]] == Not(part):
        return put(whole, path[:-1], part)
    return put(whole, path, Not(part))


def _other_tests(test: Comparison, question: Question) -> Iterator[tuple[str, Comparison]]:
    """Tests that are a little stricter or looser."""
    if question.kind == INTEGER and test.operator == "between":
        yield from _shifted(test, question)
    elif question.kind == CHOICE:
        yield from _other_lists(test, question)
    elif question.kind == SET:
        yield from _other_counts(test, question)


def _shifted(test: Comparison, question: Question) -> Iterator[tuple[str, Comparison]]:
    """A bound one further or one nearer; the question's own ends are no bounds."""
    low, high = test.operand
    bounds = [(low - 1, high), (low + 1, high)] if low > question.minimum else []
    bounds += [(low, high - 1), (low, high + 1)] if high < question.maximum else []
    for new in bounds:
        if question.minimum <= new[0] <= new[1] <= question.maximum:
            yield "shifted", replace(test, operand=new)


def _other_lists(test: Comparison, question: Question) -> Iterator[tuple[str, Comparison]]:
    """One choice fewer, one choice more."""
    accepted = test.operand
    for code in accepted if len(accepted) > 1 else ():
        yield "narrowed", replace(test, operand=tuple(c for c in accepted if c != code))
    others = [code for code in range(len(question.choices)) if code not in accepted]
    for code in others if len(others) > 1 else ():  # with one other, it would always hold
        yield "widened", replace(test, operand=tuple(sorted((*accepted, code))))


def _other_counts(test: Comparison, question: Question) -> Iterator[tuple[str, Comparison]]:
    """One choice fewer, all choices; one more or one fewer of them asked for."""
    least, mask = test.operand
    bits = [1 << place for place in range(len(question.choices)) if mask >> place & 1]
    every = (1 << len(question.choices)) - 1
    for bit in bits if least < len(bits) and mask != every else ():
        yield "narrowed", replace(test, operand=(least, mask & ~bit))
    if mask != every:
        yield "widened", replace(test, operand=(least, every))
    if least > 1:
        yield "shifted", replace(test, operand=(least - 1, mask))
    if least < len(bits):
        yield "shifted", replace(test, operand=(least + 1, mask))
