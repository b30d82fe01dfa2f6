"""Sets of rules, exercises and choices as bit masks: bit `n` stands for the thing at place `n`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache, reduce
from itertools import compress
from operator import or_
from typing import TypeVar

T = TypeVar("T")
FEW = 32
_IN_A_BYTE = [tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256)]
_TRUTH = bytes.maketrans(b"01", b"\0\1")


def positions(mask: int) -> list[int]:
    """The places of the bits set in a mask, ascending; one by one if they are few."""
    found = []
    if mask.bit_count() <= FEW:
        while mask:
            low = mask & -mask
            found.append(low.bit_length() - 1)
            mask ^= low
        return found
    for place, byte in enumerate(mask.to_bytes((mask.bit_length() + 7) >> 3, "little")):
        if byte:
            first = place << 3
            for bit in _IN_A_BYTE[byte]:
                found.append(first + bit)  # noqa: PERF401 - in line: this is asked very often
    return found


def lowest(mask: int) -> int:
    """The place of the first bit set in a mask."""
    return (mask & -mask).bit_length() - 1


@lru_cache(maxsize=1 << 12)
def kept_positions(mask: int) -> tuple[int, ...]:
    """The same, kept: for sets that come again and again."""
    return tuple(positions(mask))


def chosen(mask: int, things: Sequence[T]) -> list[T]:
    """The things whose bits are set in a mask, in their order; for masks that are not sparse."""
    return [*compress(things, bin(mask)[:1:-1].encode().translate(_TRUTH))]


def mask_of(places: Iterable[int]) -> int:
    """The mask with the bits at these places set."""
    every = [*places]
    bits = bytearray(max(every, default=0) // 8 + 1)
    for place in every:
        bits[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(bits, "little")


def union(masks: Iterable[int]) -> int:
    """All that is in any of some masks."""
    return reduce(or_, masks, 0)
