"""Rules beside each other: which one says nothing that another does not say whenever it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import prod
from typing import assert_never

from advisor.engine.ready import kept_with
from advisor.rulebase.deciders import Decider, decider
from advisor.rulebase.exactness import domains, meeting
from advisor.rulebase.shapes import ALWAYS, All, Any, Comparison, Condition, Named, Not
from advisor.rulebase.shapes.base import Rule, RuleBase
from advisor.rulebase.shapes.effects import (
    OF_EXERCISES,
    REFERRAL,
    SCHEDULE,
    Advise,
    Apart,
    Avoid,
    Cap,
    Caution,
    Days,
    Effect,
    Hold,
    Level,
    Lines,
    Prefer,
    RestUntil,
    StepBack,
    Suspect,
)
from advisor.rulebase.truth import inlined, truth

MOST_WAYS = 5_000_000  # two conditions on more than that are not compared


def implies(narrow: Rule, wide: Rule, rules: RuleBase) -> bool:
    """Whether the second rule holds for everyone for whom the first does.

    As conditions are exact, it then also holds in doubt whenever the first is in doubt.
    """
    if ALWAYS in (narrow.when, wide.when):
        return wide.when == ALWAYS
    if narrow.when == wide.when:
        return True
    # The authors' own examples refute most pairs at once.
    if narrow.fires and truth(wide.when, dict(narrow.fires), rules.finding) is not True:
        return False
    if wide.silent and truth(narrow.when, dict(wide.silent), rules.finding) is True:
        return False
    both = All((narrow.when, Not(wide.when)))
    ways = prod(map(len, domains(both, rules.finding, rules.question).values()))
    return ways <= MOST_WAYS and never(both, rules)


def never(condition: Condition, rules: RuleBase) -> bool:
    """Whether a condition holds for nobody."""
    return meeting(condition, rules.finding, rules.question, wanted=True) is None


def may_follow(when: Condition, rules: RuleBase) -> tuple[Rule, ...]:
    """The rules that may hold whenever a condition does: no other one does.

    They are those that hold for one person of whom nothing is known but what makes the condition
    hold. As rules are exact, one that holds for everyone like that holds for this one already.
    """
    known = kept_with(rules, "following", lambda _: dict[Condition, tuple[Rule, ...]]())
    if when not in known:
        known[when] = _may_follow(when, rules)
    return known[when]


def _may_follow(when: Condition, rules: RuleBase) -> tuple[Rule, ...]:
    someone = meeting(when, rules.finding, rules.question, wanted=True)
    if someone is None:
        return rules.rules
    known = [someone.get(question.id) for question in rules.questions]
    known += [truth(finding.when, someone, rules.finding) for finding in rules.findings]
    filed = kept_with(rules, "filed", _by_needed_fact)
    every = (each for fact in ("", *someone) for each in filed.get(fact, ()))
    found = sorted(place for decide, places in every if decide(known) for place in places)
    return tuple([rules.rules[place] for place in found])


def _by_needed_fact(rules: RuleBase) -> dict[str, list[tuple[Decider, list[int]]]]:
    """Every condition with its rules, under one fact that it cannot hold without, or none."""
    places = {name: at for at, name in enumerate([*rules.question, *rules.finding])}
    sharing: dict[Condition, list[int]] = {}
    for place, rule in enumerate(rules.rules):
        sharing.setdefault(rule.when, []).append(place)
    needed = {when: _needed(inlined(when, rules.finding), wanted=True) for when in sharing}
    common = Counter(fact for facts in needed.values() for fact in facts)
    filed: dict[str, list[tuple[Decider, list[int]]]] = {}
    for when, which in sharing.items():
        fact = min(needed[when], key=lambda each: (common[each], each), default="")
        filed.setdefault(fact, []).append((decider(when, places), which))
    return filed


def _needed(when: Condition, *, wanted: bool) -> frozenset[str]:
    """The facts that have to be known for a condition to be true (or, not wanted, false)."""
    match when:
        case Comparison(fact):
            return frozenset((fact,))
        case Named():
            return frozenset()
        case Not(part):
            return _needed(part, wanted=not wanted)
        case All(parts) | Any(parts):
            each = [_needed(part, wanted=wanted) for part in parts]
            if not each:
                return frozenset()
            every_part = isinstance(when, All) is wanted
            return frozenset.union(*each) if every_part else frozenset.intersection(*each)
        case _:
            assert_never(when)


def masking(rule: Rule, rules: RuleBase) -> Iterator[Rule]:
    """The other rules that do all that a rule does, whenever it holds."""
    for other in may_follow(rule.when, rules):
        if other.id == rule.id or other.catalogue:
            continue
        if all(_covers(other, effect) for effect in rule.effects) and implies(rule, other, rules):
            yield other


def useless(rule: Rule, rules: RuleBase) -> Rule | None:
    """A rule that makes another useless; of two that do the same, the first is the one to keep."""
    for other in masking(rule, rules):
        if _speaks_for_a_level(rule) and not _speaks_for_a_level(other):
            continue
        same = all(_covers(rule, effect) for effect in other.effects)
        if not (same and other.id > rule.id and implies(other, rule, rules)):
            return other
    return None


def _speaks_for_a_level(rule: Rule) -> bool:
    """Whether a rule is there to say why a level is what it is, and does nothing else."""
    return all(isinstance(effect, Level) for effect in rule.effects)


def _covers(other: Rule, effect: Effect) -> bool:
    """Whether a rule does as much as an effect, or more."""
    return any(_as_much(mine, effect) for mine in other.effects)


def _as_much(mine: Effect, effect: Effect) -> bool:
    """Whether one effect leaves nothing for another to do."""
    if isinstance(mine, Avoid) or (isinstance(mine, Level) and mine.level >= REFERRAL):
        out = mine.exercises if isinstance(mine, Avoid) else -1
        if _gone(effect, out):
            return True
    return _does_as_much(mine, effect)


def _does_as_much(  # noqa: C901, PLR0911, PLR0912 - one for each effect
    mine: Effect, effect: Effect
) -> bool:
    """Whether an effect does what another of its kind does, or more."""
    match mine:
        case Level(level, action):
            if not isinstance(effect, Level):
                return False
            same = level == effect.level and effect.action in ("", action)
            return same or level > effect.level
        case Caution(wide, limit):
            if not isinstance(effect, Caution):
                return False
            return effect.limit == limit and not effect.exercises & ~wide
        case Lines(fewest) | Days(fewest):
            return isinstance(effect, type(mine)) and fewest <= effect.at_most
        case Apart():
            return isinstance(effect, Apart) and mine.covers(effect)
        case Cap():
            return isinstance(effect, Cap) and _caps_as_much(mine, effect)
        case Advise(kind, say, wide):
            if not isinstance(effect, Advise):
                return False
            return (effect.kind, effect.say) == (kind, say) and not effect.exercises & ~wide
        case Hold(wide) | StepBack(wide):
            return isinstance(effect, type(mine)) and not effect.exercises & ~wide
        case RestUntil(days):
            return isinstance(effect, RestUntil) and effect.days <= days
        case Avoid() | Prefer() | Suspect():
            return False
        case _:
            assert_never(mine)


def _gone(effect: Effect, out: int) -> bool:
    """Whether an effect is only about exercises that are out anyway."""
    match effect:
        case Avoid(mask) | Caution(mask) | Hold(mask) | StepBack(mask):
            return not mask & ~out
        case Cap(mask, what):
            return what not in SCHEDULE and not mask & ~out
        case Prefer(mask, slots):
            return not slots and not mask & ~out
        case Apart(one, other):
            return not one & ~out or not other & ~out
        case Advise(kind, _, mask):
            return kind in OF_EXERCISES and not mask & ~out
        case Level() | Lines() | Days() | RestUntil() | Suspect():
            return False
        case _:
            assert_never(effect)


def _caps_as_much(mine: Cap, effect: Cap) -> bool:
    tighter = mine.amount <= effect.amount if mine.at_most else mine.amount >= effect.amount
    return mine.what == effect.what and tighter and not effect.exercises & ~mine.exercises
