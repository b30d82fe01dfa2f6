"""What a rule asks of the answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Comparison:
    """One fact against fixed values.

    `operator` and `operand`, with v the encoded answer:
    `is` (accepted,…): v is one of these; `between` (low, high): low <= v <= high;
    `count` (n, mask): at least n of the choices in the bit mask are in the set v.
    """

    fact: str
    operator: str
    operand: tuple[int, ...]


@dataclass(frozen=True)
class Named:
    """The truth of a finding."""

    finding: str


@dataclass(frozen=True)
class All(Generic[T]):
    """Every part holds (no parts: always)."""

    parts: tuple[T, ...]


@dataclass(frozen=True)
class Any(Generic[T]):
    """Some part holds."""

    parts: tuple[T, ...]


@dataclass(frozen=True)
class Not(Generic[T]):
    """The part does not hold."""

    part: T


Condition = Comparison | Named | All["Condition"] | Any["Condition"] | Not["Condition"]
ALWAYS: All[Condition] = All(())


@dataclass(frozen=True)
class Finding:
    """A named condition."""

    id: str
    means: str
    when: Condition
