"""An invariant -> the formula of whoever breaks it."""

from __future__ import annotations

from collections.abc import Collection
from typing import assert_never

import z3

from advisor.authoring.proof.person import SymbolicAnswer, measured, worse
from advisor.authoring.proof.replay import CEILINGS, FLOORS, beyond
from advisor.authoring.proof.translation import Translation, capping
from advisor.engine.ready import program_of
from advisor.rulebase.bits import positions
from advisor.rulebase.shapes import All, Any, Apart, Cap, Not, RuleBase, invariants
from advisor.rulebase.shapes.invariants import Claim, Invariant, NoMore, Statement

Dosed = dict[frozenset[int], int]  # which rules hold a number down, and for which exercises


def said(statement: Statement, them: Translation) -> z3.BoolRef:
    """Whether a statement is about a person."""
    match statement:
        case invariants.Sure(condition):
            return them.half(condition, "t")
        case invariants.State(fact, word):
            return them.person[fact].state(word)
        case All(parts):
            return z3.And([said(part, them) for part in parts])
        case Any(parts):
            return z3.Or([said(part, them) for part in parts])
        case Not(part):
            return z3.Not(said(part, them))
        case _:
            assert_never(statement)


def concerned(invariant: Invariant, them: Translation) -> z3.BoolRef:
    """Whether an invariant speaks of a person."""
    spoken = said(invariant.when, them)
    if invariant.levels is None:
        return spoken
    return z3.And(spoken, them.level_within(invariant.levels.low, invariant.levels.high))


def broken(  # noqa: PLR0911 - one for each claim
    claim: Claim, them: Translation
) -> z3.BoolRef | None:
    """Whether a claim is false of a person; None for one that is about no single person."""
    match claim:
        case invariants.NeverAllowed(mask):
            return z3.Or([them.allowed(position) for position in positions(mask)])
        case invariants.LevelWithin(low, high):
            return z3.Not(them.level_within(low, high))
        case invariants.NoSession():
            return them.has_session
        case invariants.SessionOf(at_least):
            return z3.Not(z3.And(them.has_session, them.fills(at_least)))
        case invariants.RestOf(hours):
            return z3.And(them.has_session, z3.Not(_rests(hours, them)))
        case invariants.DoseWithin(caps):
            return z3.Or([_beyond(cap, them) for cap in caps])
        case invariants.EachOnce() | invariants.StandIns() | NoMore():
            return None
        case _:
            assert_never(claim)


def _beyond(cap: Cap, them: Translation) -> z3.BoolRef:
    """Whether an allowed exercise has more than a cap would leave it."""
    rules = them.rules
    return z3.Or(
        [
            z3.And(them.allowed(each), z3.Not(them.some(sorted(capping(cap, each, rules)))))
            for each in positions(cap.exercises)
            if _binds(cap, each, rules)
        ]
    )


def _rests(hours: int, them: Translation) -> z3.BoolRef:
    """Whether so many hours are asked for between two sessions."""
    if them.rules.schedule.rest_hours >= hours:
        return z3.BoolVal(val=True)
    rest = Cap(0, "rest_hours", at_most=False, amount=hours)
    return them.some(sorted(capping(rest, None, them.rules)))


def becomes(change: str, before: SymbolicAnswer, after: SymbolicAnswer) -> z3.BoolRef:
    """Whether an answer turned worse, unsure, into none, or a first thing was measured."""
    if change == invariants.WORSE:
        return worse(before, after)
    if change == invariants.MEASURED:
        return measured(before, after)
    return z3.And(after.state(change), z3.Not(before.state(change)))


def grown(
    claim: NoMore, before: Translation, after: Translation, shaky: frozenset[int]
) -> list[z3.BoolRef]:
    """The ways in which something may be permitted after that was not before.

    The answer to one question was changed, and only the rules in `shaky` can be possible before
    and not after. Whatever is permitted hangs on a set of rules, none of which may be possible,
    so a set without shaky rules permits no more. That goes for levels too: if a level applied
    before, its rule is possible after, and then it applies, or a higher one does, or the plan
    waits for answers and has no level.
    """
    rules, program = before.rules, program_of(before.rules)
    found: list[z3.BoolRef] = []
    for word in claim.permissions:
        if word in (invariants.EXERCISES, invariants.LIMITS):
            tables = (
                [program.avoids]
                if word == invariants.EXERCISES
                else [program.avoids, program.cautions]
            )
            whole = 0
            for table in tables:
                for rule in shaky & table.keys():
                    whole |= table[rule]
            found += [_more(word, place, before, after) for place in positions(whole)]
        elif word == invariants.LEVEL and shaky & program.levels.keys():
            found += _lower(before, after)
        elif word in (invariants.DOSE, invariants.LOAD):
            whats = invariants.LOADS if word == invariants.LOAD else (*CEILINGS, *FLOORS)
            for which, mask in _dosed(shaky, rules, whats).items():
                allowed = z3.Or([after.allowed(place) for place in positions(mask)])
                found.append(z3.And(before.some(which), z3.Not(after.some(which)), allowed))
        if word in (invariants.DOSE, invariants.SCHEDULE):
            whole_plan = _planned if word == invariants.DOSE else _scheduled
            both = z3.And(before.has_session, after.has_session)
            found += [
                z3.And(before.some(which), z3.Not(after.some(which)), both)
                for which in whole_plan(shaky, rules)
            ]
    return found


def _planned(shaky: frozenset[int], rules: RuleBase) -> set[frozenset[int]]:
    """For each limit on what days hold: its rules and those as tight, if any is shaky.

    The limits are caps on lines and on days, and what is to be kept apart.
    """
    program = program_of(rules)
    sets = {
        frozenset(rule for rule, other in caps.items() if other <= most)
        for caps, usual in (
            (program.lines, rules.session_at_most),
            (program.days, len(rules.routine)),
        )
        for most in {*caps.values()}
        if most < usual
    }
    aparts = {rule: [Apart(*pair) for pair in pairs] for rule, pairs in program.aparts.items()}
    sets |= {
        frozenset(
            rule for rule, pairs in aparts.items() if any(each.covers(pair) for each in pairs)
        )
        for every in aparts.values()
        for pair in every
    }
    return {which for which in sets if which & shaky}


def _more(word: str, place: int, before: Translation, after: Translation) -> z3.BoolRef:
    """Whether an exercise is allowed, or plainly ok, that was not before."""
    if word == invariants.EXERCISES:
        return z3.And(after.allowed(place), z3.Not(before.allowed(place)))
    return z3.And(before.limited(place), z3.Not(after.limited(place)))


def _lower(before: Translation, after: Translation) -> list[z3.BoolRef]:
    """Whether the level, known both times, has fallen below each of the levels."""
    told = z3.And(z3.Not(before.incomplete), z3.Not(after.incomplete))
    pairs = zip(before.reaches, after.reaches, strict=True)
    return [z3.And(told, one, z3.Not(other)) for one, other in pairs]


def _dosed(shaky: frozenset[int], rules: RuleBase, whats: tuple[str, ...]) -> Dosed:
    """For each number of each exercise and each cap on it: the rules that cap it as tightly.

    Caps no tighter than the default cannot show, nor can rules none of which is shaky.
    """
    found = Dosed()
    for cap in _caps(rules, whats):
        for position in positions(cap.exercises):
            if _binds(cap, position, rules) and shaky & (which := capping(cap, position, rules)):
                found[which] = found.get(which, 0) | 1 << position
    return found


def _caps(rules: RuleBase, whats: Collection[str]) -> list[Cap]:
    """The different caps on these numbers."""
    every = (cap for caps in program_of(rules).caps.values() for cap in caps)
    return [cap for cap in dict.fromkeys(every) if cap.what in whats]


def _binds(cap: Cap, position: int, rules: RuleBase) -> bool:
    """Whether a cap takes anything off the default dose of an exercise."""
    dose = rules.usual_doses[position]
    default = getattr(dose, cap.what) if dose else None
    return default is not None and beyond(default, cap)


def _scheduled(shaky: frozenset[int], rules: RuleBase) -> set[frozenset[int]]:
    """For each cap on the schedule that shows: its rules and those as tight, if any is shaky."""
    usual = {
        "rest_hours": rules.schedule.rest_hours,
        "sessions_per_week": rules.schedule.sessions_per_week[1],
    }
    caps = (cap for cap in _caps(rules, usual) if beyond(usual[cap.what], cap))
    return {which for cap in caps if shaky & (which := capping(cap, None, rules))}
