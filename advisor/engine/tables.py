"""The effects of a rule base → tables by rule, by exercise and by kind of advice.

A stage of the pipeline asks the same of every person: which exercises do these rules put out,
what do they weigh, what do they say. The answers do not depend on the person, so they are laid
out here once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from operator import itemgetter
from typing import Any, TypeVar, cast

from advisor.engine.kept import Kept
from advisor.rulebase.bits import mask_of, positions, union
from advisor.rulebase.shapes import (
    ADVICE,
    LEVELS,
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
    Level,
    Lines,
    Prefer,
    Restriction,
    RuleBase,
    Suspect,
)
from advisor.rulebase.truth import facts_of

T = TypeVar("T")
MOST_KEPT = 256  # sets of rules
E = TypeVar("E", bound=Effect)
Reader = Callable[[Sequence[Any]], object]  # one answer, or a tuple of them


class ByRule(dict[int, T]):
    """What some rules have, by the position of the rule."""

    @cached_property
    def mask(self) -> int:
        """The rules that have something."""
        return mask_of(self)

    def among(self, rules: int) -> list[tuple[int, T]]:
        """What those of a set of rules have, in rule order, each with its rule."""
        return [(place, self[place]) for place in positions(rules & self.mask)]


class FromRules(tuple[tuple[int, T], ...]):  # noqa: SLOT001 - what is kept needs room
    """Pairs of a rule and a thing, in an order that says something.

    Few of them speak of one exercise, and the same sets of rules come again and again, so what is
    chosen is kept.
    """

    @cached_property
    def mask(self) -> int:
        """The rules that have something."""
        return mask_of(place for place, _ in self)

    @cached_property
    def _kept(self) -> Kept[int, tuple[tuple[int, T], ...]]:
        return Kept(self._chosen, MOST_KEPT)

    def _chosen(self, rules: int) -> tuple[tuple[int, T], ...]:
        return tuple([each for each in self if rules >> each[0] & 1])

    def among(self, rules: int) -> tuple[tuple[int, T], ...]:
        """The entries of a set of rules, in their order."""
        return self._kept[rules & self.mask]


def reader(places: tuple[int, ...]) -> Callable[[Sequence[Any]], Any]:
    """What reads the answers to some questions: one alone as it is, several as a tuple."""
    return itemgetter(*places) if places else lambda _: ()


def effect_tables(rules: RuleBase) -> dict[str, object]:
    """The fields of a Program but `conclude`."""
    places = rules.question_position
    facts = [tuple(places[fact] for fact in facts_of(r.when, rules.finding)) for r in rules.rules]
    levels = {i: max(each, key=lambda e: e.level) for i, each in _table(rules, Level).items()}
    caps = [*_every(rules, Cap)]
    return {
        "facts": tuple(facts),
        "read": tuple(map(reader, facts)),
        "levels": ByRule(levels),
        "of_level": tuple(
            mask_of(i for i, each in levels.items() if each.level == n) for n in range(len(LEVELS))
        ),
        "avoids": _avoided(rules),
        "forbidders": _forbidders(rules),
        "referrals": mask_of(_referring(rules)),
        "cautions": ByRule({i: _mask(each) for i, each in _table(rules, Caution).items()}),
        "limits": _by_exercise(
            ((each.exercises, (i, each.limit)) for i, each in _every(rules, Caution)), rules
        ),
        "caps": _table(rules, Cap),
        "dose_caps": _by_exercise(
            ((cap.exercises, (i, cap)) for i, cap in caps if cap.what not in SCHEDULE), rules
        ),
        "timing": FromRules((i, cap) for i, cap in caps if cap.what in SCHEDULE),
        "lines": _lowest(rules, Lines),
        "days": _lowest(rules, Days),
        "aparts": ByRule(
            {i: tuple((e.one, e.other) for e in each) for i, each in _table(rules, Apart).items()}
        ),
        "prefers": _table(rules, Prefer),
        "advises": _table(rules, Advise),
        "suspects": _table(rules, Suspect),
        "restricting": mask_of(
            i
            for i, rule in enumerate(rules.rules)
            if any(isinstance(effect, Restriction) for effect in rule.effects)
        ),
        "weights": _weights(rules),
        "slot_prefers": FromRules(
            (i, (slot, each.weight)) for i, each in _every(rules, Prefer) for slot in each.slots
        ),
        "preferring": _preferring(rules),
        "cues": _telling("cue", rules),
        "ramps": _telling("ramp", rules),
        "sayings": _sayings(rules),
    }


def _by_exercise(
    found: Iterable[tuple[int, tuple[int, T]]], rules: RuleBase
) -> tuple[FromRules[T], ...]:
    """FromRules by exercise, from pairs of an exercise mask and an entry."""
    lists: list[list[tuple[int, T]]] = [[] for _ in rules.exercises]
    for mask, entry in found:
        for position in positions(mask):
            lists[position].append(entry)
    return tuple(map(FromRules, lists))


def _weights(rules: RuleBase) -> ByRule[tuple[tuple[int, int], ...]]:
    """What each rule adds to which exercises."""
    found: ByRule[tuple[tuple[int, int], ...]] = ByRule()
    for place, effects in _table(rules, Prefer).items():
        added: dict[int, int] = {}
        for effect in effects:
            for position in positions(effect.exercises):
                added[position] = added.get(position, 0) + effect.weight
        found[place] = tuple(added.items())
    return found


def _preferring(rules: RuleBase) -> tuple[FromRules[str], ...]:
    """For each exercise, the rules that prefer it, the weightiest first."""
    every = [
        (-weight, place, position)
        for place, added in _weights(rules).items()
        for position, weight in added
    ]
    return _by_exercise(
        ((1 << position, (place, "")) for _, place, position in sorted(every)), rules
    )


def _telling(kind: str, rules: RuleBase) -> tuple[FromRules[str], ...]:
    """For each exercise, what is said about how to do it: what is its own, then that of rules."""
    advises = _table(rules, Advise)
    every = (
        (effect.exercises, (place, effect.say))
        for place in sorted(advises, key=lambda place: not rules.rules[place].catalogue)
        for effect in advises[place]
        if effect.kind == kind
    )
    return _by_exercise(every, rules)


def _lowest(rules: RuleBase, kind: type[Lines | Days]) -> ByRule[int]:
    """The lowest cap of one kind that each rule sets."""
    found = _table(rules, kind).items()
    return ByRule({place: min(each.at_most for each in caps) for place, caps in found})


def _sayings(rules: RuleBase) -> dict[str, FromRules[str]]:
    """For each kind of advice that is for everyone, who says what."""
    every = [*_every(rules, Advise)]
    return {
        kind: FromRules((place, each.say) for place, each in every if each.kind == kind)
        for kind in ADVICE
        if kind not in OF_EXERCISES
    }


def _table(rules: RuleBase, kind: type[E]) -> ByRule[tuple[E, ...]]:
    """The effects of one kind by rule position, for the rules that have any."""
    return ByRule(cast("dict[int, tuple[E, ...]]", rules.effects.get(kind, {})))


def _every(rules: RuleBase, kind: type[E]) -> Iterator[tuple[int, E]]:
    """Every effect of one kind with its rule, in rule order."""
    return ((place, each) for place, effects in _table(rules, kind).items() for each in effects)


def _avoided(rules: RuleBase) -> ByRule[int]:
    """The exercises each rule puts out. A referral puts out every one of them."""
    masks = {i: _mask(each) for i, each in _table(rules, Avoid).items()}
    everything = (1 << len(rules.exercises)) - 1
    return ByRule(masks | dict.fromkeys(_referring(rules), everything))


def _forbidders(rules: RuleBase) -> tuple[int, ...]:
    """For each exercise, the rules that put it out, apart from referrals."""
    referring = {*_referring(rules)}
    every = ((mask, (i, "")) for i, mask in _avoided(rules).items() if i not in referring)
    return tuple(each.mask for each in _by_exercise(every, rules))


def _referring(rules: RuleBase) -> list[int]:
    """The rules whose level is a referral."""
    every = _table(rules, Level).items()
    return [i for i, levels in every if max(each.level for each in levels) >= REFERRAL]


def _mask(effects: Iterable[Avoid | Caution]) -> int:
    return union(effect.exercises for effect in effects)
