"""Which slots of a session are filled, as formulas.

Slots that take from the very same exercises are filled as far as these go, however they choose.
Where two slots share only some of their exercises it matters what the first one takes, so the
choice itself is written down: the highest preference, then the catalogue's order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import z3

from advisor.rulebase.bits import positions
from advisor.rulebase.shapes import RuleBase

Allowed = Callable[[int], z3.BoolRef]
Chosen = Callable[[int], z3.BoolRef]


def filled_slots(rules: RuleBase, allowed: Allowed, true: Chosen) -> list[z3.BoolRef]:
    """For each slot, in some order, whether it is filled. `true` says whether a rule is true."""
    found: list[z3.BoolRef] = []
    for masks in chains(rules):
        if len(set(masks)) == 1:
            those = [allowed(position) for position in positions(masks[0])]
            counts = range(1, min(len(masks), len(those)) + 1)
            found += [z3.AtLeast(*those, count) for count in counts]
        else:
            found += _one_by_one(masks, rules, allowed, true)
    return found


def chains(rules: RuleBase) -> list[list[int]]:
    """The exercises of each slot, slots that share some (through others, too) together."""
    groups: list[list[int]] = []
    for slot in rules.slots:
        mask = rules.slot_masks[slot.id]
        sharing = [group for group in groups if any(other & mask for other in group)]
        apart = [group for group in groups if group not in sharing]
        groups = [*apart, [*(other for group in sharing for other in group), mask]]
    order = [rules.slot_masks[slot.id] for slot in rules.slots]
    return [[mask for mask in order if mask in group] for group in groups]


def _one_by_one(
    masks: list[int], rules: RuleBase, allowed: Allowed, true: Chosen
) -> list[z3.BoolRef]:
    """Fill the slots in their order; each takes the best that is left."""
    every = sorted({position for mask in masks for position in positions(mask)})
    left = {position: allowed(position) for position in every}
    weights = _weights(every, rules, true)
    found = []
    for mask in masks:
        fitting = positions(mask)
        found.append(z3.Or([left[position] for position in fitting]))
        taken = {each: _takes(each, fitting, left, weights) for each in fitting}
        left |= {each: z3.And(left[each], z3.Not(taken[each])) for each in fitting}
    return found


def _takes(
    position: int,
    fitting: list[int],
    left: Mapping[int, z3.BoolRef],
    weights: Mapping[int, z3.BitVecRef],
) -> z3.BoolRef:
    """Whether an exercise is the best that is left."""
    better = [
        z3.And(
            left[other],
            z3.UGE(weights[other], weights[position])
            if other < position
            else z3.UGT(weights[other], weights[position]),
        )
        for other in fitting
        if other != position
    ]
    return z3.And(left[position], z3.Not(z3.Or(better)))


def _weights(every: list[int], rules: RuleBase, true: Chosen) -> dict[int, z3.BitVecRef]:
    """How much each exercise is preferred."""
    prefers = [
        (rule, effect.exercises, effect.weight)
        for rule, effects in rules.program.prefers.items()
        for effect in effects
    ]
    width = max(1, sum(weight for *_, weight in prefers).bit_length())
    none = z3.BitVecVal(0, width)
    return {
        position: sum(
            (
                z3.If(true(rule), z3.BitVecVal(weight, width), none)
                for rule, mask, weight in prefers
                if mask >> position & 1
            ),
            none,
        )
        for position in every
    }
