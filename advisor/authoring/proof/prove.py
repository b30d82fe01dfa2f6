"""A rule base -> for each of its invariants, a proof over all people or a counterexample.

The answers of a person are unknowns of an SMT solver (`z3-solver`, the extra `prove`); an
invariant holds when no values of them break it. The search space is finite and the solver
complete for it, so *holds* is a proof. Every counterexample is replayed through the engine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from time import perf_counter
from typing import assert_never

import z3

from advisor.answers import Facts
from advisor.authoring.cases.condition_tree import folded
from advisor.authoring.proof import replay
from advisor.authoring.proof.by_construction import each_once, stand_ins, waits
from advisor.authoring.proof.claims import becomes, broken, concerned, grown
from advisor.authoring.proof.histories import scheme_holds
from advisor.authoring.proof.person import (
    changed,
    comparisons_of,
    facts_in,
    people,
    person,
    possible,
    solver_of,
)
from advisor.authoring.proof.replay import Counterexample, MachineryError
from advisor.authoring.proof.translation import Translation
from advisor.command_line import command
from advisor.engine.ready import program_of
from advisor.json_text import Json
from advisor.plan import plan_for
from advisor.reasons import spoken
from advisor.result import Plan
from advisor.rulebase.bits import chosen, positions
from advisor.rulebase.shapes import Question, RuleBase, SomeOf, invariants
from advisor.rulebase.shapes.conditions import Comparison, Condition
from advisor.rulebase.shapes.invariants import Invariant, NoMore
from advisor.rulebase.truth import compare, facts_of


@dataclass(frozen=True)
class Proof:
    """What became of one invariant: how it was decided, and for which `this` it does not hold."""

    invariant: str
    says: str
    people: int
    seconds: float
    decided_by: str
    this: str = ""
    counterexample: Counterexample | None = None

    @property
    def holds(self) -> bool:
        """Whether it holds for everyone."""
        return self.counterexample is None


def prove(rules: RuleBase, only: str | None = None) -> Iterator[Proof]:
    """Decide every invariant, or one, as they come. Raises MachineryError."""
    someone = person("a", rules.questions, comparisons_of(rules))
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
    how, seconds = "; ".join(ways), perf_counter() - start
    this = invariant.this if found else ""
    return Proof(name, invariant.says, people(them.rules), seconds, how, this, found)


def _single(
    invariant: Invariant, them: Translation, ways: dict[str, None]
) -> Counterexample | None:
    """Search for one person who breaks an invariant."""
    parts = [part for claim in invariant.claims if (part := broken(claim, them)) is not None]
    if not parts:
        return None
    ways["solved over all answers"] = None
    solver = solver_of(them.person)
    solver.add(concerned(invariant, them), z3.Or(parts))
    if not possible(solver):
        return None
    rules = them.rules
    facts = facts_in(solver.model(), them.person, rules.questions)

    def faults(other: Facts) -> list[str]:
        return replay.faults(invariant, plan_for(other, rules))

    _confirm(bool(faults(facts)), invariant)
    simple = replay.simplest(facts, lambda other: bool(faults(other)), rules)
    return Counterexample(plan_for(simple, rules), tuple(faults(simple)))


def _confirm(shown: bool, invariant: Invariant) -> None:  # noqa: FBT001 - it is what is confirmed
    if not shown:
        said = f"the counterexample to `{invariant.id}` does not replay"
        raise MachineryError(f"{said}: the translation is wrong")


def _pairs(invariant: Invariant, them: Translation, ways: dict[str, None]) -> Counterexample | None:
    """Search for a person to whom a change of one answer permits more."""
    claims = [each for each in invariant.claims if isinstance(each, NoMore)]
    if claims:
        ways["solved over all pairs of people that differ in one answer"] = None
    tried = (_pair(invariant, each, fact, them) for each in claims for fact in each.questions)
    return next(filter(None, tried), None)


def _pair(
    invariant: Invariant, claim: NoMore, fact: str, them: Translation
) -> Counterexample | None:
    other = changed(them.person, fact)
    then = Translation(them.rules, other, them, fact)
    solver = solver_of(them.person, other)
    solver.add(concerned(invariant, them))
    change = z3.Or([becomes(word, them.person[fact], other[fact]) for word in claim.changes])
    parts = grown(claim, them, then, _shaky(change, fact, them, then))
    solver.add(change, z3.Or(parts))
    if not parts or not possible(solver):
        return None
    rules, model = them.rules, solver.model()
    place = rules.question_position[fact]
    before = facts_in(model, them.person, rules.questions)
    after = facts_in(model, other, rules.questions)

    def follow(facts: Facts) -> Facts:
        """The second person of a pair, who differs in one answer."""
        if after.is_open(place):
            return facts.without_answer(place)
        return facts.with_answer(place, after.values[place])

    def faults(facts: Facts) -> list[str]:
        same = facts.values[place] == before.values[place]
        if not same or facts.is_open(place) is not before.is_open(place):
            return []
        one, two = plan_for(facts, rules), plan_for(follow(facts), rules)
        return replay.faults_between(invariant, claim, one, two)

    _confirm(bool(faults(before)), invariant)
    simple = replay.simplest(before, lambda facts: bool(faults(facts)), rules)
    plan = plan_for(follow(simple), rules)
    return Counterexample(plan, tuple(faults(simple)), plan_for(simple, rules))


def _shaky(change: z3.BoolRef, fact: str, them: Translation, then: Translation) -> frozenset[int]:
    """The restricting rules that may be possible before a change and not after it."""
    rules, place = them.rules, them.rules.question_position[fact]
    conditions: dict[Condition, list[int]] = {}
    for each in positions(program_of(rules).restricting):
        if place in program_of(rules).facts[each]:
            conditions.setdefault(rules.rules[each].when, []).append(each)
    found: list[int] = []
    for when, which in conditions.items():
        if _stays_possible(when, fact, rules):
            continue
        facts = facts_of(when, rules.finding)
        solver = solver_of(
            *({each: one[each] for each in facts} for one in (them.person, then.person))
        )
        solver.add(change, them.half(when, "p"), z3.Not(then.half(when, "p")))
        if possible(solver):
            found += which
    return frozenset(found)


def _stays_possible(when: Condition, fact: str, rules: RuleBase) -> bool:
    """Whether a condition that is possible stays so if the answer gets worse, unsure or none.

    This needs no solver: it says yes where that goes for each comparison of the fact; where it
    says no, the solver has to look at the condition as a whole. No answer leaves every comparison
    possible, so only worse answers have to be looked at.
    """

    def stays(test: Comparison, wanted: bool) -> bool:  # noqa: FBT001 - what it is to be
        return test.fact != fact or _stays(test, rules.question[fact], wanted=wanted)

    return folded(when, rules.finding, stays, all, all, wanted=True)


def _stays(test: Comparison, question: Question, *, wanted: bool) -> bool:
    """Whether an answer that passes (or fails) a comparison still does when it is worse."""
    if isinstance(question.type, SomeOf):
        return not question.concern or (question.concern == "more") is wanted
    said = [compare(test, value) is wanted for value in _ordered(question, test)]
    return said == sorted(said)


def _ordered(question: Question, test: Comparison) -> list[int]:
    """The answers from least to most concerning; of numbers, those where something changes."""
    ends = {question.minimum, test.operand[0], min(test.operand[-1] + 1, question.maximum)}
    return question.type.ordered(question, sorted(ends))


def _built(invariant: Invariant, them: Translation, ways: dict[str, None]) -> None:
    """Check what holds by the way sessions are built; raises MachineryError."""
    rules = them.rules
    for claim in invariant.claims:
        if isinstance(claim, NoMore) and invariants.MEASURED in claim.changes:
            ways[f"the scheme by enumeration of {scheme_holds(rules):,} histories"] = None
        match claim:
            case invariants.EachOnce():
                ways[f"by construction: the slots filled in {each_once(rules):,} ways"] = None
            case invariants.RestOf():
                ways[f"the hours to wait by enumeration of {waits(rules):,} timetables"] = None
            case NoMore() if invariants.SCHEDULE in claim.permissions:
                ways[f"the hours to wait by enumeration of {waits(rules):,} timetables"] = None
            case invariants.StandIns():
                ways[f"by construction: {stand_ins(rules):,} lists of stand-ins"] = None
                ways[_always(them)] = None
            case (
                invariants.NeverAllowed()
                | invariants.LevelWithin()
                | invariants.NoSession()
                | invariants.SessionOf()
                | invariants.DoseWithin()
                | NoMore()
            ):
                pass  # these are decided by the solver
            case _:
                assert_never(claim)


def _always(them: Translation) -> str:
    """Which patterns always have an exercise left for whoever may train."""
    rules, always, not_always = them.rules, list[str](), list[str]()
    for pattern, mask in rules.pattern_masks.items():
        solver = solver_of(them.person)
        solver.add(them.has_session, *(z3.Not(them.allowed(each)) for each in positions(mask)))
        (not_always if possible(solver) else always).append(pattern)
    words = [f"whoever may train always has one for {', '.join(always)}"] if always else []
    words += [f"not everyone has one for {', '.join(not_always)}"] if not_always else []
    return ", ".join(words)


def proof_document(proof: Proof, options: tuple[str, ...]) -> Json:
    """One invariant; `options` are the flags, besides answers, that a command line needs."""
    found = proof.counterexample
    return {
        "invariant": proof.invariant,
        "says": proof.says,
        "this": proof.this,
        "holds": proof.holds,
        "people": f"{proof.people:.1e}".replace("e+", "e"),
        "seconds": round(proof.seconds, 2),
        "decided_by": proof.decided_by,
        "counterexample": None
        if found is None
        else {
            **_person(found.plan, options),
            "wrong": list(found.faults),
            "compared_with": _person(found.before, options) if found.before else None,
        },
    }


def _person(plan: Plan, options: tuple[str, ...]) -> Json:
    """One person with what the engine says, and the command line that shows it."""
    lines = plan.session.lines if plan.session else None
    said = {each.id: spoken(each.id, plan.facts, plan.rules) for each in plan.rules.questions}
    exercises = plan.rules.exercises
    return {
        "answers": {fact: value for fact, value in said.items() if value is not None},
        "plan_level": plan.level,
        "session": None if lines is None else [exercises[each.position].id for each in lines],
        "allowed": [each.id for each in chosen(plan.verdicts.allowed, exercises)],
        "command": command(replace(plan, options=options)),
    }
