"""What a rule asks of the answers."""

from __future__ import annotations

from dataclasses import dataclass


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
class All:
    """Every part holds (no parts: always)."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Any:
    """Some part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Not:
    """The part does not hold."""

    part: Condition


Condition = Comparison | Named | All | Any | Not
ALWAYS = All(())


@dataclass(frozen=True)
class Finding:
    """A named condition."""

    id: str
    means: str
    when: Condition
