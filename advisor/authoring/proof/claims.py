"""An invariant -> the formula of whoever breaks it."""

from __future__ import annotations

from typing import assert_never

import z3

from advisor.authoring.proof.person import Answer, measured, worse
from advisor.authoring.proof.translation import Translation
from advisor.engine.ready import program_of
from advisor.rulebase.bits import positions
from advisor.rulebase.shapes import SCHEDULE as OF_THE_SCHEDULE
from advisor.rulebase.shapes import Apart, Cap, RuleBase
from advisor.rulebase.shapes.invariants import (
    DOSE,
    EXERCISES,
    LEVEL,
    LIMITS,
    LOAD,
    LOADS,
    MEASURED,
    SCHEDULE,
    WORSE,
    Claim,
    DoseWithin,
    EachOnce,
    Every,
    Except,
    Invariant,
    LevelWithin,
    NeverAllowed,
    NoMore,
    NoSession,
    RestOf,
    SessionOf,
    Some,
    StandIns,
    State,
    Statement,
    Sure,
)

Dosed = dict[frozenset[int], int]  # which rules hold a number down, and for which exercises


def said(statement: Statement, them: Translation) -> z3.BoolRef:
    """Whether a statement is about a person."""
    match statement:
        case Sure(condition):
            return them.half(condition, "t")
        case State(fact, word):
            return them.person[fact].state(word)
        case Every(parts):
            return z3.And([said(part, them) for part in parts])
        case Some(parts):
            return z3.Or([said(part, them) for part in parts])
        case Except(part):
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
        case NeverAllowed(mask):
            return z3.Or([them.allowed(position) for position in positions(mask)])
        case LevelWithin(low, high):
            return z3.Not(them.level_within(low, high))
        case NoSession():
            return them.has_session
        case SessionOf(at_least):
            return z3.Not(z3.And(them.has_session, them.fills(at_least)))
        case RestOf(hours):
            return z3.And(them.has_session, z3.Not(_rests(hours, them)))
        case DoseWithin(caps):
            return z3.Or([_beyond(cap, them) for cap in caps])
        case EachOnce() | StandIns() | NoMore():
            return None
        case _:
            assert_never(claim)


def _beyond(cap: Cap, them: Translation) -> z3.BoolRef:
    """Whether an allowed exercise has more than a cap would leave it."""
    rules = them.rules
    return z3.Or(
        [
            z3.And(
                them.allowed(position),
                z3.Not(
                    them.some(
                        rule
                        for rule, caps in program_of(rules).caps.items()
                        if any(
                            tighter(each, cap) and each.exercises >> position & 1 for each in caps
                        )
                    )
                ),
            )
            for position in positions(cap.exercises)
            if _binds(cap, position, rules)
        ]
    )


def _rests(hours: int, them: Translation) -> z3.BoolRef:
    """Whether so many hours are asked for between two sessions."""
    if them.rules.schedule.rest_hours >= hours:
        return z3.BoolVal(val=True)
    return them.capped(Cap(0, "rest_hours", at_most=False, amount=hours))


def becomes(change: str, before: Answer, after: Answer) -> z3.BoolRef:
    """Whether an answer turned worse, unsure, into none, or a first thing was measured."""
    if change == WORSE:
        return worse(before, after)
    if change == MEASURED:
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
        if word in (EXERCISES, LIMITS):
            tables = [program.avoids] if word == EXERCISES else [program.avoids, program.cautions]
            whole = 0
            for table in tables:
                for rule in shaky & table.keys():
                    whole |= table[rule]
            found += [_more(word, place, before, after) for place in positions(whole)]
        elif word == LEVEL and shaky & program.levels.keys():
            found += _lower(before, after)
        elif word in (DOSE, LOAD):
            for which, mask in _dosed(shaky, rules, LOADS if word == LOAD else None).items():
                allowed = z3.Or([after.allowed(place) for place in positions(mask)])
                found.append(z3.And(before.some(which), z3.Not(after.some(which)), allowed))
        if word in (DOSE, SCHEDULE):
            whole_plan = _planned if word == DOSE else _scheduled
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
    if word == EXERCISES:
        return z3.And(after.allowed(place), z3.Not(before.allowed(place)))
    return z3.And(before.limited(place), z3.Not(after.limited(place)))


def _lower(before: Translation, after: Translation) -> list[z3.BoolRef]:
    """Whether the level, known both times, has fallen below each of the levels."""
    told = z3.And(z3.Not(before.incomplete), z3.Not(after.incomplete))
    pairs = zip(before.reaches, after.reaches, strict=True)
    return [z3.And(told, one, z3.Not(other)) for one, other in pairs]


def _dosed(shaky: frozenset[int], rules: RuleBase, whats: tuple[str, ...] | None) -> Dosed:
    """For each number of each exercise and each cap on it: the rules that cap it as tightly.

    Caps no tighter than the default cannot show, nor can rules none of which is shaky.
    """
    found = Dosed()
    for cap in _caps(rules, whats):
        for position in positions(cap.exercises):
            if not _binds(cap, position, rules):
                continue
            which = frozenset(
                rule
                for rule, caps in program_of(rules).caps.items()
                if any(tighter(each, cap) and each.exercises >> position & 1 for each in caps)
            )
            if which & shaky:
                found[which] = found.get(which, 0) | 1 << position
    return found


def _caps(rules: RuleBase, whats: tuple[str, ...] | None) -> list[Cap]:
    every = (cap for caps in program_of(rules).caps.values() for cap in caps)
    return [
        cap
        for cap in dict.fromkeys(every)
        if cap.what not in OF_THE_SCHEDULE and (whats is None or cap.what in whats)
    ]


def _binds(cap: Cap, position: int, rules: RuleBase) -> bool:
    """Whether a cap takes anything off the default dose of an exercise."""
    own = rules.exercises[position].dose
    slots = (slot for slot in rules.slots if rules.slot_masks[slot.id] >> position & 1)
    dose = next((own or slot.dose for slot in slots), None)
    default = getattr(dose, cap.what) if dose else None
    if default is None:
        return False
    return bool(cap.amount < default if cap.at_most else cap.amount > default)


def tighter(each: Cap, cap: Cap) -> bool:
    """Whether one cap is as tight as another, or tighter."""
    if each.what != cap.what:
        return False
    return each.amount <= cap.amount if cap.at_most else each.amount >= cap.amount


def _scheduled(shaky: frozenset[int], rules: RuleBase) -> set[frozenset[int]]:
    """For each cap on the schedule that shows: its rules and those as tight, if any is shaky."""
    usual = {
        "rest_hours": rules.schedule.rest_hours,
        "sessions_per_week": rules.schedule.sessions_per_week[1],
    }
    caps = [
        cap
        for each in program_of(rules).caps.values()
        for cap in each
        if cap.what in usual
        and (cap.amount < usual[cap.what] if cap.at_most else cap.amount > usual[cap.what])
    ]
    sets = {
        frozenset(
            rule
            for rule, each in program_of(rules).caps.items()
            if any(tighter(other, cap) for other in each)
        )
        for cap in caps
    }
    return {which for which in sets if which & shaky}
