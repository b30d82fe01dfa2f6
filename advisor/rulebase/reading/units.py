"""An amount in another unit than a key takes → the same in its own, for the cure of a mistake."""

from __future__ import annotations

import re
from collections.abc import Mapping

_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800}
_AMOUNT = re.compile(r"(\d{1,6})\s*(%|[a-z]*)")


def in_unit_of(key: str, text: str) -> int | None:
    """The first number of a text, as a key such as `rest_seconds` takes it; None without any."""
    found = _AMOUNT.search(text)
    if found is None:
        return None
    number, (given, wanted) = int(found[1]), (_seconds(found[2]), _seconds(key.rsplit("_", 1)[-1]))
    return _converted(number, given or wanted, wanted)


def same_in_another_unit(key: str, text: str, known: Mapping[str, str]) -> str:
    """The key that says the same in another unit, with its amount; empty if there is none.

    `rest_minutes: 2` is `rest_seconds: at least 120`; what is known has the words before a number.
    """
    stem, _, unit = key.rpartition("_")
    found = _AMOUNT.search(text)
    for other, way in known.items() if _seconds(unit) and found else ():
        other_stem, _, other_unit = other.rpartition("_")
        if other_stem == stem and found and _seconds(other_unit):
            amount = _converted(int(found[1]), _seconds(unit), _seconds(other_unit))
            if amount:
                return f"{other}: {way}{amount}"
    return ""


def _seconds(unit: str) -> int:
    """The seconds in a unit of time; 0 for any other."""
    return _SECONDS.get(unit.removesuffix("s"), 0)


def _converted(number: int, given: int, wanted: int) -> int | None:
    """A number of one unit in another, if it is whole there."""
    if given == wanted:
        return number
    whole, rest = divmod(number * given, wanted or 1)
    return None if rest or not wanted else whole
