"""Rules beside each other: which one says nothing that another does not say whenever it holds."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from advisor.rulebase.conditions import domains, meeting, truth
from advisor.rulebase.shapes import (
    ALWAYS,
    REFERRAL,
    SCHEDULE,
    Advise,
    All,
    Avoid,
    Cap,
    Caution,
    Condition,
    Effect,
    Level,
    Lines,
    Not,
    Prefer,
    Rule,
    RuleBase,
)

MOST_WAYS = 5_000_000  # two conditions on more than that are not compared


def implies(narrow: Rule, wide: Rule, rules: RuleBase) -> bool:
    """Whether the second rule holds for everyone for whom the first does.

    As conditions are exact, it then also holds in doubt whenever the first is in doubt.
    """
    if ALWAYS in (narrow.when, wide.when):
        return wide.when == ALWAYS
    if narrow.when == wide.when:
        return True
    # The author's own example refutes most pairs at once.
    if narrow.fires and truth(wide.when, dict(narrow.fires), rules.finding) is not True:
        return False
    both = All((narrow.when, Not(wide.when)))
    ways = prod(map(len, domains(both, rules.finding, rules.question).values()))
    return ways <= MOST_WAYS and never(both, rules)


def never(condition: Condition, rules: RuleBase) -> bool:
    """Whether a condition holds for nobody."""
    return meeting(condition, rules.finding, rules.question, wanted=True) is None


def masking(rule: Rule, rules: RuleBase) -> Iterator[Rule]:
    """The other rules that do all that a rule does, whenever it holds."""
    for other in rules.rules:
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


def _as_much(mine: Effect, effect: Effect) -> bool:  # noqa: PLR0911 - one for each effect
    """Whether one effect leaves nothing for another to do."""
    if isinstance(mine, Avoid) or (isinstance(mine, Level) and mine.level >= REFERRAL):
        out = mine.exercises if isinstance(mine, Avoid) else -1
        if _gone(effect, out):
            return True
    match mine, effect:
        case Level(level, action), Level(less, said):
            return level > less or (level == less and said in ("", action))
        case Caution(wide, limit), Caution(narrow, same):
            return limit == same and not narrow & ~wide
        case Lines(fewest), Lines(few):
            return fewest <= few
        case Cap(), Cap():
            return _caps_as_much(mine, effect)
        case Advise(kind, say, wide), Advise(same_kind, same, narrow):
            return (kind, say) == (same_kind, same) and not narrow & ~wide
    return False


def _gone(effect: Effect, out: int) -> bool:
    """Whether an effect is only about exercises that are out anyway."""
    match effect:
        case Avoid(mask) | Caution(mask):
            return not mask & ~out
        case Cap(mask, what):
            return what not in SCHEDULE and not mask & ~out
        case Prefer(mask, slots):
            return not slots and not mask & ~out
        case Advise("cue", _, mask):
            return not mask & ~out
    return False


def _caps_as_much(mine: Cap, effect: Cap) -> bool:
    tighter = mine.amount <= effect.amount if mine.at_most else mine.amount >= effect.amount
    return mine.what == effect.what and tighter and not effect.exercises & ~mine.exercises
