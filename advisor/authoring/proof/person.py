"""A person as unknowns of an SMT solver, and the solver's model -> that person's facts.

For each question: one bit for *answered*, one for *unsure* (neither: not asked), and the answer
itself as bits. A yes/no question has one bit; a choice has one for each choice, exactly one of
them set; a set has one for each choice; a number has one for each span of numbers that no
comparison tells apart, so that the search over spans is a search over all numbers. Which
comparisons can tell people apart, and how many people there are, is said here too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, compress, pairwise
from math import prod
from typing import assert_never

import z3

from advisor.answers import Facts
from advisor.authoring.proof.replay import MachineryError
from advisor.rulebase.shapes import All, Any, Comparison, Condition, Not, RuleBase, invariants
from advisor.rulebase.shapes.answer_types import Number, OneOf, SomeOf, YesNo
from advisor.rulebase.shapes.invariants import Statement
from advisor.rulebase.shapes.questions import Question
from advisor.rulebase.truth import comparisons

CLAUSES = ("simplify", "propagate-values", "card2bv", "bit-blast", "sat")  # tactics, in turn
Tests = Mapping[str, frozenset[Comparison]]


@dataclass(frozen=True, eq=False)
class SymbolicAnswer:
    """What one person says to one question. `spans` are the numbers of a number question."""

    question: Question
    known: z3.BoolRef
    unsure: z3.BoolRef
    bits: tuple[z3.BoolRef, ...]
    spans: tuple[range, ...] = ()

    @property
    def open(self) -> z3.BoolRef:
        """Not asked."""
        return z3.And(z3.Not(self.known), z3.Not(self.unsure))

    def state(self, word: str) -> z3.BoolRef:
        """Whether there is no answer in this way: unsure, or not asked."""
        return {invariants.UNSURE: self.unsure, invariants.NOT_ASKED: self.open}[word]

    @property
    def codes(self) -> list[z3.BoolRef]:
        """Whether the answer is this, for each that there is (of a number: in this span)."""
        no = [z3.Not(self.bits[0])] if isinstance(self.question.type, YesNo) else []
        return [*no, *self.bits]

    def passes(self, comparison: Comparison) -> z3.BoolRef:
        """Whether the answer, being known, passes a comparison."""
        if comparison.operator == "count":
            least, mask = comparison.operand
            counted = [bit for place, bit in enumerate(self.bits) if mask >> place & 1]
            return z3.Or(counted) if least == 1 else z3.AtLeast(*counted, least)
        if comparison.operator == "between":
            low, high = comparison.operand
            inside = [low <= span[0] <= high for span in self.spans]
            return z3.Or([*compress(self.bits, inside)])
        return z3.Or([self.codes[value] for value in comparison.operand])

    @cached_property
    def sound(self) -> list[z3.BoolRef]:
        """What holds of every answer to this question."""
        parts = [z3.Not(z3.And(self.known, self.unsure))]
        if self.question.observation is not None:
            parts.append(z3.Or(self.known, self.unsure))  # it is never an open question
        if isinstance(self.question.type, OneOf | Number):
            parts += [z3.Or(list(self.bits)), z3.AtMost(*self.bits, 1)]
        return parts

    def value(self, model: z3.ModelRef) -> int | None:
        """The encoded answer in a model, None where there is none."""
        if not z3.is_true(model.eval(self.known, model_completion=True)):
            return None
        bits = [z3.is_true(model.eval(bit, model_completion=True)) for bit in self.bits]
        kind = self.question.type
        match kind:
            case SomeOf():
                return sum(1 << place for place, bit in enumerate(bits) if bit)
            case YesNo():
                return int(bits[0])
            case OneOf():
                return bits.index(True)
            case Number():
                return self.spans[bits.index(True)][0]
            case _:
                assert_never(kind)


Person = Mapping[str, SymbolicAnswer]


def person(name: str, questions: Iterable[Question], tests: Tests) -> dict[str, SymbolicAnswer]:
    """Someone who may say anything to each question."""
    return {
        question.id: _answer(f"{name}.{question.id}", question, tests.get(question.id, frozenset()))
        for question in questions
    }


def changed(whole: Person, fact: str) -> dict[str, SymbolicAnswer]:
    """The same person, but for the answer to one question."""
    answer = whole[fact]
    names = [f"{bit}'" for bit in (answer.known, answer.unsure, *answer.bits)]
    known, unsure, *bits = map(z3.Bool, names)
    return {
        **whole,
        fact: SymbolicAnswer(answer.question, known, unsure, tuple(bits), answer.spans),
    }


def _answer(name: str, question: Question, tests: Iterable[Comparison]) -> SymbolicAnswer:
    kind, spans = question.type, tuple[range, ...]()
    if isinstance(kind, Number):  # cut wherever a comparison begins or ends
        ends = (end for test in tests for end in (test.operand[0], test.operand[1] + 1))
        spans = tuple(range(low, high) for low, high in pairwise(kind.edges(question, ends)))
    size = len(spans or question.choices) or 1
    bits = tuple(z3.Bool(f"{name}.{place}") for place in range(size))
    return SymbolicAnswer(
        question, z3.Bool(f"{name}.known"), z3.Bool(f"{name}.unsure"), bits, spans
    )


def sound(*people: Person) -> list[z3.BoolRef]:
    """What holds of everyone; people may share answers."""
    answers = {id(answer): answer for each in people for answer in each.values()}
    return [part for answer in answers.values() for part in answer.sound]


def solver_of(*people: Person) -> z3.Solver:
    """A solver that knows what holds of these people.

    All there is are bits, counts of them and sums of few bits. Made into clauses at once, they are
    decided in a third of the time that the solver for finite domains takes.
    """
    solver = z3.Then(*CLAUSES).solver()
    solver.add(sound(*people))
    return solver


def possible(solver: z3.Solver) -> bool:
    """Whether anyone meets all that was asked for. Raises MachineryError if that stays open."""
    found = solver.check()
    if found == z3.unknown:
        raise MachineryError(f"the solver gave up: {solver.reason_unknown()}")
    return bool(found == z3.sat)


def worse(before: SymbolicAnswer, after: SymbolicAnswer) -> z3.BoolRef:
    """Whether both are answers, and the second is of more concern, in the author's order."""
    known = z3.And(before.known, after.known)
    question = before.question
    if isinstance(question.type, SomeOf):
        less, more = (before, after) if question.concern == "more" else (after, before)
        grown = [z3.Implies(one, other) for one, other in zip(less.bits, more.bits, strict=True)]
        return z3.And(known, *grown, bool(question.concern))
    # That there was no last time is no number, and of no concern.
    numbers = range(int(question.speaks_of_last_time), len(before.codes))
    rising = question.type.ordered(question, numbers)
    pairs = combinations(rising, 2)
    return z3.And(known, z3.Or([z3.And(before.codes[a], after.codes[b]) for a, b in pairs]))


def measured(before: SymbolicAnswer, after: SymbolicAnswer) -> z3.BoolRef:
    """Whether what is so without a session turned into something, or into what is not known."""
    return z3.And(before.known, before.codes[0], z3.Or(after.unsure, z3.Not(after.codes[0])))


def facts_in(model: z3.ModelRef, someone: Person, order: Iterable[Question]) -> Facts:
    """The facts of a person in a model, in the order of a rule base's questions."""
    answers = [someone[question.id] for question in order]
    unsure = (z3.is_true(model.eval(each.unsure, model_completion=True)) for each in answers)
    return Facts(
        tuple(answer.value(model) for answer in answers),
        frozenset(place for place, doubt in enumerate(unsure) if doubt),
    )


def people(rules: RuleBase) -> int:
    """How many different answer sheets there are, with `unsure` and not asked among them."""
    return prod(question.type.count(question) + 2 for question in rules.asked)


def comparisons_of(*bases: RuleBase) -> Tests:
    """Every comparison that rules, findings and invariants make, by fact."""
    found: dict[str, set[Comparison]] = {}
    for rules in bases:
        conditions = {*(rule.when for rule in rules.rules), *(f.when for f in rules.findings)}
        conditions |= {when for each in rules.invariants for when in _conditions(each.when)}
        for test in comparisons(All(tuple(conditions)), rules.finding):
            found.setdefault(test.fact, set()).add(test)
    return {fact: frozenset(tests) for fact, tests in found.items()}


def _conditions(statement: Statement) -> Iterator[Condition]:
    match statement:
        case invariants.Sure(condition):
            yield condition
        case All(parts) | Any(parts):
            for part in parts:
                yield from _conditions(part)
        case Not(part):
            yield from _conditions(part)
        case invariants.State():
            pass
        case _:
            assert_never(statement)
