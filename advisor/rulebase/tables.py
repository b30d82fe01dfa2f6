"""The effects of a rule base → tables by rule, by exercise and by kind of advice.

A stage of the pipeline asks the same of every person: which exercises do these rules put out,
what do they weigh, what do they say. The answers do not depend on the person, so they are laid
out here once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from advisor.rulebase.conditions import domains, facts_of, truth
from advisor.rulebase.shapes import (
    ADVICE,
    ALWAYS,
    REFERRAL,
    RESTRICTING,
    SCHEDULE,
    Advise,
    Avoid,
    Cap,
    Caution,
    Effect,
    Level,
    Prefer,
    RuleBase,
    Suspect,
)

E = TypeVar("E", bound=Effect)


def effect_tables(rules: RuleBase) -> dict[str, object]:
    """The fields of a Program but `conclude`."""
    places = rules.question_position
    levels = {i: max(each, key=lambda e: e.level) for i, each in _table(rules, Level).items()}
    return {
        "always": tuple(i for i, rule in enumerate(rules.rules) if rule.when == ALWAYS),
        "facts": tuple(
            tuple(places[fact] for fact in facts_of(rule.when, rules.finding))
            for rule in rules.rules
        ),
        "levels": levels,
        "avoids": _avoided(rules),
        "forbidden": {i: tuple(_positions(m, rules)) for i, m in _avoided(rules).items()},
        "referrals": frozenset(i for i, each in levels.items() if each.level >= REFERRAL),
        "cautions": {i: _mask(each) for i, each in _table(rules, Caution).items()},
        "limits": _limits(rules),
        "caps": _table(rules, Cap),
        "dose_caps": _dose_caps(rules),
        "timing": tuple(each for each in _caps(rules) if each[1].what in SCHEDULE),
        "prefers": _table(rules, Prefer),
        "advises": _table(rules, Advise),
        "suspects": _table(rules, Suspect),
        "restricting": frozenset(
            i
            for i, rule in enumerate(rules.rules)
            if any(isinstance(effect, RESTRICTING) for effect in rule.effects)
        ),
        "weights": _weights(rules),
        "preferring": _preferring(rules),
        "cues": _cues(rules),
        "sayings": _sayings(rules),
    }


def _weights(rules: RuleBase) -> dict[int, tuple[tuple[int, int], ...]]:
    """What each rule adds to which exercises."""
    found: dict[int, tuple[tuple[int, int], ...]] = {}
    for place, effects in _table(rules, Prefer).items():
        added: dict[int, int] = {}
        for effect in effects:
            for position in _positions(effect.exercises, rules):
                added[position] = added.get(position, 0) + effect.weight
        found[place] = tuple(added.items())
    return found


def _preferring(rules: RuleBase) -> tuple[tuple[int, ...], ...]:
    """For each exercise, the rules that prefer it, the weightiest first."""
    found: list[list[tuple[int, int]]] = [[] for _ in rules.exercises]
    for place, added in _weights(rules).items():
        for position, weight in added:
            found[position].append((-weight, place))
    return tuple(tuple(place for _, place in sorted(each)) for each in found)


def _cues(rules: RuleBase) -> tuple[tuple[tuple[int, str], ...], ...]:
    """For each exercise, what is said about how to do it: its own cues, then those of rules."""
    found: list[list[tuple[int, str]]] = [[] for _ in rules.exercises]
    advises = _table(rules, Advise)
    for place in sorted(advises, key=lambda place: not rules.rules[place].catalogue):
        for effect in advises[place]:
            for position in _positions(effect.exercises, rules) if effect.kind == "cue" else ():
                found[position].append((place, effect.say))
    return tuple(map(tuple, found))


def _caps(rules: RuleBase) -> list[tuple[int, Cap]]:
    """Every cap with its rule, in rule order."""
    return [(place, cap) for place, caps in _table(rules, Cap).items() for cap in caps]


def _dose_caps(rules: RuleBase) -> tuple[tuple[tuple[int, Cap], ...], ...]:
    """For each exercise, what may cap its dose."""
    every = [each for each in _caps(rules) if each[1].what not in SCHEDULE]
    return tuple(
        tuple(each for each in every if each[1].exercises >> position & 1)
        for position in range(len(rules.exercises))
    )


def _limits(rules: RuleBase) -> tuple[tuple[tuple[int, str], ...], ...]:
    """For each exercise, the limits that rules may put on it."""
    found: list[list[tuple[int, str]]] = [[] for _ in rules.exercises]
    for place, effects in _table(rules, Caution).items():
        for effect in effects:
            for position in _positions(effect.exercises, rules):
                found[position].append((place, effect.limit))
    return tuple(map(tuple, found))


def _sayings(rules: RuleBase) -> dict[str, tuple[tuple[int, str], ...]]:
    """For each kind of advice but cues, who says what."""
    every = [
        (effect.kind, (place, effect.say))
        for place, effects in _table(rules, Advise).items()
        for effect in effects
    ]
    return {kind: tuple(saying for k, saying in every if k == kind) for kind in ADVICE[1:]}


def _positions(mask: int, rules: RuleBase) -> Iterator[int]:
    return (place for place in range(len(rules.exercises)) if mask >> place & 1)


def level_ranks(rules: RuleBase) -> tuple[int, ...]:
    """For each question, the highest level that one answer to it can reach alone."""
    ranks = [0] * len(rules.questions)
    for place, level in rules.program.levels.items():
        when = rules.rules[place].when
        for fact, values in domains(when, rules.finding, rules.question).items():
            if any(truth(when, {fact: value}, rules.finding) for value in values):
                question = rules.question_position[fact]
                ranks[question] = max(ranks[question], level.level)
    return tuple(ranks)


def _table(rules: RuleBase, kind: type[E]) -> dict[int, tuple[E, ...]]:
    """The effects of one kind by rule position, for the rules that have any."""
    found = (
        (place, tuple(effect for effect in rule.effects if isinstance(effect, kind)))
        for place, rule in enumerate(rules.rules)
    )
    return {place: effects for place, effects in found if effects}


def _avoided(rules: RuleBase) -> dict[int, int]:
    """The exercises each rule puts out. A referral puts out every one of them."""
    masks = {i: _mask(each) for i, each in _table(rules, Avoid).items()}
    everything = (1 << len(rules.exercises)) - 1
    referrals = (
        i for i, levels in _table(rules, Level).items() if max(e.level for e in levels) >= REFERRAL
    )
    return masks | dict.fromkeys(referrals, everything)


def _mask(effects: Sequence[Avoid | Caution]) -> int:
    mask = 0
    for effect in effects:
        mask |= effect.exercises
    return mask
