"""The shapes of a report: what is said, in order, before it is text or Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tone = Literal["good", "care", "stop", "plain"]


@dataclass(frozen=True)
class Title:
    """The one sentence to take away; `tone` is how it is meant, for color only."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True)
class Heading:
    """What the next blocks are about."""

    text: str


@dataclass(frozen=True)
class Item:
    """Something said: `lead` stands out before it, `note` stands back after it."""

    text: str
    note: str = ""
    lead: str = ""
    below: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Say:
    """A paragraph."""

    item: Item


@dataclass(frozen=True)
class Bullets:
    """A list; with `numbered`, one whose order matters."""

    items: tuple[Item, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Row:
    """A line of a table. `says` is the line in one sentence where there is no room for a table."""

    cells: tuple[str, ...]
    says: str
    below: Item | None = None


@dataclass(frozen=True)
class Grid:
    """A table with numbered rows; what is `below` a row goes under it."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Command:
    """Command lines to copy, each as its words."""

    words: tuple[str, ...]


Block = Title | Heading | Say | Bullets | Grid | Command


def say(text: str, note: str = "", lead: str = "") -> Say:
    """A paragraph of these words."""
    return Say(Item(text, note, lead))


def section(heading: str, *blocks: Block | None) -> tuple[Block, ...]:
    """Blocks under a heading; nothing at all if there is nothing to put there."""
    real = [each for each in blocks if each and not (isinstance(each, Bullets) and not each.items)]
    return (Heading(heading), *real) if real else ()
