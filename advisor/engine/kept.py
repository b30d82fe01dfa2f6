"""What a function comes to, kept for the keys that come again and again."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
MOST = 1 << 12


class Kept(dict[K, T]):
    """The values of a pure function by its argument, worked out when they are first asked for.

    When there are too many it begins afresh, so that memory stays flat.
    """

    def __init__(self, work: Callable[[K], T], most: int = MOST) -> None:
        self._work, self._most = work, most

    def __missing__(self, key: K) -> T:
        if len(self) >= self._most:
            self.clear()
        self[key] = value = self._work(key)
        return value
