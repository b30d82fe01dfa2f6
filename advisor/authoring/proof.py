"""A rule base -> for each of its invariants, a proof over all people or a counterexample.

The answers of a person are unknowns of an SMT solver (`z3-solver`, the extra `prove`); an
invariant holds when no values of them break it. The search space is finite and the solver
complete for it, so *holds* is a proof. Every counterexample is replayed through the engine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from math import prod
from time import perf_counter

import z3

from advisor.answers import Facts
from advisor.authoring import proof_replay as replay
from advisor.authoring.proof_build import MachineryError, each_once, stand_ins, waits
from advisor.authoring.proof_claims import becomes, broken, concerned, grown
from advisor.authoring.proof_people import (
    Person,
    Tests,
    changed,
    facts_in,
    person,
    sound,
)
from advisor.authoring.proof_replay import Counterexample
from advisor.authoring.proof_rules import Translation
from advisor.rulebase.claims import (
    SCHEDULE,
    EachOnce,
    Every,
    Except,
    Invariant,
    NoMore,
    RestOf,
    Some,
    StandIns,
    Statement,
    Sure,
)
from advisor.rulebase.conditions import comparisons
from advisor.rulebase.shapes import CHOICE, INTEGER, SET, Comparison, Condition, Question, RuleBase
from advisor.verdicts import positions


@dataclass(frozen=True)
class Proof:
    """What became of one invariant. `decided_by` says how, in one sentence without a stop."""

    invariant: str
    says: str
    people: int
    seconds: float
    decided_by: str
    counterexample: Counterexample | None = None

    @property
    def holds(self) -> bool:
        """Whether it holds for everyone."""
        return self.counterexample is None


def people(rules: RuleBase) -> int:
    """How many different answer sheets there are, with `unsure` and not asked among them."""
    return prod(_answers(question) + 2 for question in rules.questions)


def _answers(question: Question) -> int:
    if question.kind == INTEGER:
        return question.maximum - question.minimum + 1
    if question.kind == SET:
        return 1 << len(question.choices)
    return len(question.choices) if question.kind == CHOICE else 2


def tests_of(*bases: RuleBase) -> Tests:
    """Every comparison that rules, findings and invariants make, by fact."""
    found: dict[str, set[Comparison]] = {}
    for rules in bases:
        conditions = [*(rule.when for rule in rules.rules), *(f.when for f in rules.findings)]
        conditions += [when for each in rules.invariants for when in _conditions(each.when)]
        for when in dict.fromkeys(conditions):
            for test in comparisons(when, rules.finding):
                found.setdefault(test.fact, set()).add(test)
    return {fact: frozenset(tests) for fact, tests in found.items()}


def _conditions(statement: Statement) -> Iterator[object]:
    match statement:
        case Sure(condition):
            yield condition
        case Every(parts) | Some(parts):
            for part in parts:
                yield from _conditions(part)
        case Except(part):
            yield from _conditions(part)


def prove(rules: RuleBase, only: str | None = None) -> Iterator[Proof]:
    """Decide every invariant, or one, as they come. Raises MachineryError."""
    someone = person("a", rules.questions, tests_of(rules))
    them = Translation(rules, someone)
    for name, each in groupby(rules.invariants, key=lambda invariant: invariant.id):
        if only is None or only == name:
            yield _proof(name, list(each), them)


def _proof(name: str, each: list[Invariant], them: Translation) -> Proof:
    """Decide one invariant, for every value of its `for_each`."""
    start = perf_counter()
    ways: dict[str, None] = {}
    found = None
    for invariant in each:
        found = _single(invariant, them, ways) or _pairs(invariant, them, ways)
        if found:
            break
        _built(invariant, them, ways)
    says = invariant.says if found or len(each) == 1 else each[0].says
    return Proof(name, says, people(them.rules), perf_counter() - start, "; ".join(ways), found)


def _solver(*everyone: Person) -> z3.Solver:
    solver = z3.SolverFor("QF_FD")
    solver.add(sound(*everyone))
    return solver


def _single(
    invariant: Invariant, them: Translation, ways: dict[str, None]
) -> Counterexample | None:
    """Search for one person who breaks an invariant."""
    parts = [part for claim in invariant.claims if (part := broken(claim, them)) is not None]
    if not parts:
        return None
    ways["solved over all answers"] = None
    solver = _solver(them.person)
    solver.add(concerned(invariant, them), z3.Or(parts))
    if solver.check() == z3.unsat:
        return None
    rules = them.rules
    facts = facts_in(solver.model(), them.person, rules.questions)

    def breaks(other: Facts) -> bool:
        return replay.breaks(invariant, replay.replayed(other, rules))

    _confirm(breaks(facts), invariant)
    return Counterexample(replay.replayed(replay.shortest(facts, breaks, rules), rules))


def _confirm(shown: bool, invariant: Invariant) -> None:  # noqa: FBT001 - it is what is confirmed
    if not shown:
        message = (
            f"the counterexample to `{invariant.id}` does not replay: the translation is wrong"
        )
        raise MachineryError(message)


def _pairs(invariant: Invariant, them: Translation, ways: dict[str, None]) -> Counterexample | None:
    """Search for a person to whom a change of one answer permits more."""
    for claim in invariant.claims:
        if isinstance(claim, NoMore):
            ways["solved over all pairs of people that differ in one answer"] = None
            for fact in claim.questions:
                if found := _pair(invariant, claim, fact, them):
                    return found
    return None


def _pair(
    invariant: Invariant, claim: NoMore, fact: str, them: Translation
) -> Counterexample | None:
    other = changed(them.person, fact)
    then = Translation(them.rules, other, them, fact)
    solver = _solver(them.person, other)
    solver.add(concerned(invariant, them))
    solver.add(z3.Or([becomes(word, them.person[fact], other[fact]) for word in claim.changes]))
    solver.add(lemmas(fact, them, then, solver))
    solver.add(grown(claim, fact, them, then))
    if solver.check() == z3.unsat:
        return None
    rules, model = them.rules, solver.model()
    place = rules.question_position[fact]
    before = facts_in(model, them.person, rules.questions)
    after = facts_in(model, other, rules.questions)

    def follow(facts: Facts) -> Facts:
        """The second person of a pair, who differs in one answer."""
        doubts = (facts.not_sure - {place}) | (after.not_sure & {place})
        return replace(replay.with_value(facts, place, after.values[place]), not_sure=doubts)

    def breaks(facts: Facts) -> bool:
        same = facts.values[place] == before.values[place]
        if not same or facts.is_open(place) is not before.is_open(place):
            return False
        one, two = (replay.replayed(each, rules) for each in (facts, follow(facts)))
        return replay.breaks_by(invariant, claim, one, two)

    _confirm(breaks(before), invariant)
    short = replay.shortest(before, breaks, rules)
    return Counterexample(replay.replayed(follow(short), rules), replay.replayed(short, rules))


def lemmas(
    fact: str, them: Translation, then: Translation, solver: z3.Solver
) -> list[z3.BoolRef]:
    """What each rule that reads the fact keeps of the change, proved one rule at a time.

    If a rule that is possible before is possible after, that follows from what the solver has
    been told, so to add it takes no person away; it only spares the solver the search.
    """
    rules, place = them.rules, them.rules.question_position[fact]
    found: list[z3.BoolRef] = []
    seen: set[Condition] = set()
    for each in rules.program.restricting:
        when = rules.rules[each].when
        if place in rules.program.facts[each] and when not in seen:
            seen.add(when)
            before, after = them.half(when, "p"), then.half(when, "p")
            solver.push()
            solver.add(before, z3.Not(after))
            if solver.check() == z3.unsat:
                found.append(z3.Implies(before, after))
            solver.pop()
    return found


def _built(invariant: Invariant, them: Translation, ways: dict[str, None]) -> None:
    """Check what holds by the way sessions are built; raises MachineryError."""
    rules = them.rules
    for claim in invariant.claims:
        match claim:
            case EachOnce():
                ways[f"by construction: the slots filled in {each_once(rules):,} ways"] = None
            case RestOf():
                ways[f"the hours to wait by enumeration of {waits(rules):,} timetables"] = None
            case NoMore() if SCHEDULE in claim.permissions:
                ways[f"the hours to wait by enumeration of {waits(rules):,} timetables"] = None
            case StandIns():
                ways[f"by construction: {stand_ins(rules):,} lists of stand-ins"] = None
                ways[_always(them)] = None


def _always(them: Translation) -> str:
    """Which patterns always have an exercise left for whoever may train."""
    rules, always, not_always = them.rules, [], []
    for pattern, mask in rules.pattern_masks.items():
        solver = _solver(them.person)
        solver.add(them.has_session, *(z3.Not(them.allowed(each)) for each in positions(mask)))
        (always if solver.check() == z3.unsat else not_always).append(pattern)
    words = [f"whoever may train always has one for {', '.join(always)}"] if always else []
    words += [f"not everyone has one for {', '.join(not_always)}"] if not_always else []
    return ", ".join(words)
