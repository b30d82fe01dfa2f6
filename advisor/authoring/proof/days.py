"""A rule base and a person of unknowns -> which slots of each day are filled, as formulas.

Slots that take from the very same exercises are filled as far as these go, however they choose.
Where slots share only some of their exercises, or what one takes may keep another from its own,
it matters what is chosen, so the choice itself is written down: the highest preference, then the
catalogue's order. On a later day it also matters what stands on the days before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import z3

from advisor.engine.ready import program_of
from advisor.rulebase.bits import positions
from advisor.rulebase.shapes import Prefer, RuleBase

if TYPE_CHECKING:
    from advisor.authoring.proof.translation import Translation

KNOWN, POSSIBLE = "t", "p"
Taken = dict[int, z3.BoolRef]  # for each exercise that fits a slot, whether it fills it
Weights = Mapping[int, z3.BitVecRef]
NO, YES = z3.BoolVal(val=False), z3.BoolVal(val=True)


class DayOf:
    """One day of a person's routine. `before` are the days before it."""

    def __init__(self, place: int, them: Translation, before: tuple[DayOf, ...]) -> None:
        self.place, self.them, self.before = place, them, before
        self.rules = them.rules
        self.slots = [(slot.id, mask) for slot, mask in them.rules.slots_of[place]]

    @property
    def exists(self) -> z3.BoolRef:
        """Whether the routine has so many days."""
        caps = program_of(self.rules).days.items()
        return z3.Not(self.them.some(rule for rule, most in caps if most <= self.place))

    @cached_property
    def filled(self) -> list[z3.BoolRef]:
        """For each slot, whether an exercise is left for it."""
        found: dict[int, z3.BoolRef] = {}
        for chain in chains(self.place, self.rules):
            masks = {self.slots[number][1] for number in chain}
            if len(masks) == 1 and not _linked(chain, self.slots, self.rules):
                those = [self.them.allowed(position) for position in positions(masks.pop())]
                for count, number in enumerate(chain, 1):
                    found[number] = z3.AtLeast(*those, count) if count <= len(those) else NO
            else:
                found |= {number: z3.Or([*self.taken[number].values()]) for number in chain}
        return [found[number] for number in range(len(self.slots))]

    @cached_property
    def taken(self) -> list[Taken]:
        """For each slot, in order, whether an exercise is the best that is left for it."""
        every = sorted({each for _, mask in self.slots for each in positions(mask)})
        left = {position: self.them.allowed(position) for position in every}
        weights = self._weights(every)
        found: list[Taken] = []
        for _, mask in self.slots:
            fitting = positions(mask)
            free = {each: z3.And(left[each], z3.Not(self._barred(each, found))) for each in fitting}
            taken = {each: _takes(each, free, weights) for each in fitting}
            left |= {each: z3.And(left[each], z3.Not(taken[each])) for each in fitting}
            found.append(taken)
        return found

    def _barred(self, position: int, before: list[Taken]) -> z3.BoolRef:
        """Whether an exercise is kept apart from one that stands in a slot before."""
        parts = []
        for rule, pairs in program_of(self.rules).aparts.items():
            for pair in pairs:
                for one, other in (pair, pair[::-1]):
                    there = [
                        taken[each]
                        for taken in before
                        for each in taken
                        if each != position and one >> each & 1 and other >> position & 1
                    ]
                    if there:
                        parts.append(z3.And(self.them.rule(rule, POSSIBLE), z3.Or(there)))
        return z3.Or(parts)

    def _weights(self, every: list[int]) -> dict[int, z3.BitVecRef]:
        """How much each exercise is preferred; what stands on no day before has more left."""
        prefers, repeat = _prefers(self.rules), self.rules.repeat
        most = sum(effect.weight for _, effect in prefers) + repeat * len(self.before)
        weights = {}
        for position in every:
            parts = [
                (self.them.rule(rule, KNOWN), effect.weight)
                for rule, effect in prefers
                if effect.exercises >> position & 1
            ]
            parts += [(z3.Not(day.stands(position)), repeat) for day in self.before if repeat]
            weights[position] = _sum(parts, most)
        return weights

    def stands(self, position: int) -> z3.BoolRef:
        """Whether an exercise has a line on this day."""
        return z3.Or(
            [
                z3.And(taken[position], self.has_room[number])
                for number, taken in enumerate(self.taken)
                if position in taken
            ]
        )

    @cached_property
    def has_room(self) -> list[z3.BoolRef]:
        """For each slot, whether fewer than there are lines come before it."""
        prefers = _prefers(self.rules)
        most = sum(effect.weight * len(effect.slots) for _, effect in prefers)
        weights = {}
        for number, (slot, _) in enumerate(self.slots):
            weighed = [
                (rule, effect.weight * effect.slots.count(slot))
                for rule, effect in prefers
                if slot in effect.slots
            ]
            weights[number] = _sum([(self.them.rule(r, KNOWN), w) for r, w in weighed], most)
        return [self._room(number, weights) for number in range(len(self.slots))]

    def _room(self, number: int, weights: Weights) -> z3.BoolRef:
        first = _ahead(number, dict(enumerate(self.filled)), weights)
        room = [_fewer(first, self.rules.session_at_most)]
        for rule, most in program_of(self.rules).lines.items():
            room.append(z3.Or(z3.Not(self.them.rule(rule, POSSIBLE)), _fewer(first, most)))
        return z3.And(room)

    def fills(self, at_least: int) -> z3.BoolRef:
        """Whether there is an exercise for so many slots."""
        return z3.AtLeast(*self.filled, at_least) if at_least <= len(self.slots) else NO


def days_of(them: Translation) -> tuple[DayOf, ...]:
    """Every day of a person's routine."""
    found: tuple[DayOf, ...] = ()
    for place in range(len(them.rules.routine)):
        found = *found, DayOf(place, them, found)
    return found


def chains(place: int, rules: RuleBase, *, linked: bool = True) -> list[list[int]]:
    """The slots of a day by number; those that share exercises (through others, too) together.

    With `linked`, those too of which one may keep another from what it would take.
    """
    slots = [(slot.id, mask) for slot, mask in rules.slots_of[place]]

    def near_to(number: int, other: int) -> bool:
        shared = slots[number][1] & slots[other][1]
        return bool(shared) or (linked and _linked([other, number], slots, rules))

    groups: list[list[int]] = []
    for number in range(len(slots)):
        near = [group for group in groups if any(near_to(number, other) for other in group)]
        apart = [group for group in groups if group not in near]
        groups = [*apart, [*sorted(other for group in near for other in group), number]]
    return groups


def _linked(chain: list[int], slots: list[tuple[str, int]], rules: RuleBase) -> bool:
    """Whether what one of these slots takes may keep another from taking its own."""
    masks = [slots[number][1] for number in chain]
    return any(
        mask & one and other_mask & other
        for pairs in program_of(rules).aparts.values()
        for one, other in pairs
        for number, mask in enumerate(masks)
        for other_number, other_mask in enumerate(masks)
        if number != other_number
    )


def _takes(position: int, free: Mapping[int, z3.BoolRef], weights: Weights) -> z3.BoolRef:
    """Whether an exercise is the best that is free."""
    return z3.And(free[position], z3.Not(z3.Or(_ahead(position, free, weights))))


def _ahead(place: int, there: Mapping[int, z3.BoolRef], weights: Weights) -> list[z3.BoolRef]:
    """For each other place, whether it is there and comes first: of equal weights, the lower."""
    return [
        z3.And(there[each], (z3.UGE if each < place else z3.UGT)(weights[each], weights[place]))
        for each in there
        if each != place
    ]


def _prefers(rules: RuleBase) -> list[tuple[int, Prefer]]:
    """Every preference with its rule."""
    every = program_of(rules).prefers.items()
    return [(rule, effect) for rule, effects in every for effect in effects]


def _sum(parts: Iterable[tuple[z3.BoolRef, int]], most: int) -> z3.BitVecRef:
    """The sum of the weights whose condition holds; it never comes to more than `most`."""
    width = max(1, most.bit_length())
    none = z3.BitVecVal(0, width)
    return sum((z3.If(holds, z3.BitVecVal(weight, width), none) for holds, weight in parts), none)


def _fewer(some: list[z3.BoolRef], than: int) -> z3.BoolRef:
    """Whether fewer than so many of these hold."""
    return z3.AtMost(*some, than - 1) if len(some) >= than else YES
