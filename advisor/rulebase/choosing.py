"""Tables of what rules have → what those of a set of rules have."""

from __future__ import annotations

from functools import cached_property
from typing import TypeVar

from advisor.rulebase.bits import mask_of, positions

T = TypeVar("T")
MOST_KEPT = 256  # sets of rules; then it begins afresh, so that memory stays flat


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
    def _kept(self) -> dict[int, tuple[tuple[int, T], ...]]:
        return {}

    def among(self, rules: int) -> tuple[tuple[int, T], ...]:
        """The entries of a set of rules, in their order."""
        wanted, kept = rules & self.mask, self._kept
        if wanted not in kept:
            if len(kept) >= MOST_KEPT:
                kept.clear()
            kept[wanted] = tuple([each for each in self if wanted >> each[0] & 1])
        return kept[wanted]
