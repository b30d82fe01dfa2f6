"""A condition → a function that tells its truth for any answers: true, false, or None, unknown.

Answers stand in a list, and `places` says where: the encoded answer to each question, None where
it is unknown, and the truth of each finding. So a finding is worked out once, however many
conditions name it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import assert_never

from advisor.rulebase.shapes import All, Any, Comparison, Condition, Named, Not

Known = Sequence[int | None]
Decider = Callable[[Known], bool | None]
Places = Mapping[str, int]


def decider(condition: Condition, places: Places) -> Decider:
    """Make the function of a condition, from the functions of its parts."""
    match condition:
        case Comparison():
            return _comparing(condition, places[condition.fact])
        case Named(finding):
            return itemgetter(places[finding])
        case Not(part):
            return _negating(decider(part, places))
        case All(parts):
            return _joining([decider(part, places) for part in parts], decides=False)
        case Any(parts):
            return _joining([decider(part, places) for part in parts], decides=True)
        case _:
            assert_never(condition)


def _comparing(test: Comparison, place: int) -> Decider:
    if test.operator == "is":
        return _among(place, frozenset(test.operand))
    low, high = test.operand
    return _between(place, low, high) if test.operator == "between" else _of(place, low, high)


def _among(place: int, accepted: frozenset[int]) -> Decider:
    def decide(known: Known) -> bool | None:
        value = known[place]
        return None if value is None else value in accepted

    return decide


def _between(place: int, low: int, high: int) -> Decider:
    def decide(known: Known) -> bool | None:
        value = known[place]
        return None if value is None else low <= value <= high

    return decide


def _of(place: int, least: int, mask: int) -> Decider:
    def one(known: Known) -> bool | None:
        value = known[place]
        return None if value is None else value & mask != 0

    def some(known: Known) -> bool | None:
        value = known[place]
        return None if value is None else (value & mask).bit_count() >= least

    return one if least == 1 else some


def _negating(inner: Decider) -> Decider:
    def decide(known: Known) -> bool | None:
        value = inner(known)
        return None if value is None else not value

    return decide


def _joining(parts: Sequence[Decider], *, decides: bool) -> Decider:
    """The deciding value if any part has it, else unknown if any is, else the other value."""

    def decide(known: Known) -> bool | None:
        joined: bool | None = not decides
        for part in parts:
            value = part(known)
            if value is decides:
                return decides
            if value is None:
                joined = None
        return joined

    return decide
