"""The shapes of a report: what is said, in order, before it is text or Markdown.

Text from files and people becomes text that cannot steer a terminal by `safe`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from advisor.drawing import Panel

_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # colors, the cursor
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # titles
    r"|\x1b[ -/]*[0-~]?"
)
_BLANKS = {"Zl", "Zp", "Zs"}
_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn"}  # controls, marks of direction, halves of characters
Tone = Literal["good", "care", "stop", "plain"]


@dataclass(frozen=True)
class Title:
    """The one sentence to take away; `word` is its gist, `tone` how it is meant, for color only."""

    text: str
    tone: Tone = "plain"
    word: str = ""


@dataclass(frozen=True)
class Heading:
    """What the next blocks are about."""

    text: str


@dataclass(frozen=True)
class Item:
    """Something said: `lead` stands out before it, `note` stands back after it.

    `source` is the number of the document that it stands on, in the list at the end of the page.
    """

    text: str
    note: str = ""
    lead: str = ""
    below: tuple[Item, ...] = ()
    source: int = 0


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
class Chart:
    """Numbers to draw as bars between two ends; None is what nobody said."""

    numbers: tuple[float | None, ...]
    ends: tuple[float, float]


@dataclass(frozen=True)
class Row:
    """A line of a table.

    Where there is no room for a table, `says` is what stands under the first cell; `spelled` is
    the same in whole words, for somebody who hears it. What can be drawn as a `chart` is, in
    place of the second cell.
    """

    cells: tuple[str, ...]
    says: str
    spelled: str
    below: tuple[Item, ...] = ()
    chart: Chart | None = None


@dataclass(frozen=True)
class Grid:
    """A table with numbered rows; what is `below` a row goes under it.

    One that is `bare` needs no words over its columns, but in Markdown, which has no other tables.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    bare: bool = False


@dataclass(frozen=True)
class Part:
    """A part of a page: its label, and beside or under it what is said; nothing without items.

    What is longer than `most` lines of an 80-column page is cut there; 0 is never. `heard` stands
    in place of the items where there is nobody to see signs and short forms.
    """

    label: str
    items: tuple[Item, ...]
    most: int = 0
    heard: tuple[Item, ...] | None = None


@dataclass(frozen=True)
class Divider:
    """A rule between the parts of a page."""


@dataclass(frozen=True)
class Pairs:
    """Short things, two a line; `numbered` ones are the documents that items name by number."""

    texts: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Picture:
    """Rows of characters that are a picture, and the words for where it cannot be seen.

    A page shows the `panels` that they are made of.
    """

    rows: tuple[str, ...]
    words: Bullets
    panels: tuple[Panel, ...] = ()


@dataclass(frozen=True)
class Command:
    """Command lines to copy, each as its words."""

    words: tuple[str, ...]


PageBlock = Part | Divider | Pairs | Picture
Block = Title | Heading | Say | Bullets | Grid | PageBlock | Command


def say(text: str, note: str = "", lead: str = "") -> Say:
    """A paragraph of these words."""
    return Say(Item(text, note, lead))


def section(heading: str, *blocks: Block | None) -> tuple[Block, ...]:
    """Blocks under a heading; nothing at all if there is nothing to put there."""
    real = [each for each in blocks if each and not (isinstance(each, Bullets) and not each.items)]
    return (Heading(heading), *real) if real else ()


def safe(text: object) -> str:
    """A value as one line of text without control characters, escapes or hidden marks."""
    words = str(text)
    if words.isascii() and words.isprintable():
        return words
    plain = "".join(map(_safe_character, _ESCAPES.sub("", words)))
    return re.sub(r" {2,}", " ", plain).strip()


def _safe_character(character: str) -> str:
    kind = unicodedata.category(character)
    if kind in _BLANKS or character in "\n\r\t\v\f":
        return " "
    return "" if kind in _DROPPED else character
