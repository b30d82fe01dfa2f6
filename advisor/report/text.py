"""Blocks → lines for a terminal, from 40 columns up, and the Rich console they are printed on.

Lines are wrapped here and not by Rich, so that lists hang, nothing is cut off and no line ends
in blanks. Every string passes `safe`, and none is ever read as markup.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TextIO

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType
from rich.text import Text

from advisor.report.blocks import (
    Block,
    Bullets,
    Command,
    Grid,
    Heading,
    Item,
    Row,
    Say,
    Title,
    safe,
)
from advisor.report.words import command_lines

TABLE_WIDTH = 64  # a table needs this much; below, its rows are sentences
_TONES = {"good": "bold green", "care": "bold yellow", "stop": "bold red", "plain": "bold"}
GAP = "  "
_LEAST = 12  # columns that text gets, however deep it hangs


@dataclass(frozen=True)
class Report:
    """What a Rich console prints, as wide as the console or, with `width`, narrower.

    A console that is marked `plain` gets no tables.
    """

    blocks: Sequence[Block]
    width: int | None = None

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        """Yield the lines."""
        width = min(self.width or options.max_width, options.max_width)
        plain = bool(getattr(console, "plain", False))
        yield from Layout(console, options.update(width=width), plain=plain).of(self.blocks)


class Layout:
    """Turns blocks into lines of text, each ready to print."""

    def __init__(self, console: Console, options: ConsoleOptions, *, plain: bool) -> None:
        self.console = console
        self.options = options
        self.width = options.max_width
        self.tables = not plain and self.width >= TABLE_WIDTH

    def of(self, blocks: Iterable[Block]) -> Iterator[Text]:
        """The lines of a report."""
        before: Block | None = None
        for block in blocks:
            if before is not None and not _joins(before, block):
                yield Text()
            yield from self._block(block)
            before = block

    def _block(self, block: Block) -> Iterator[Text]:
        match block:
            case Title(text, tone):
                yield from self._hanging(Text(safe(text), style=_TONES[tone]))
            case Heading(text):
                yield from self._hanging(Text(safe(text), style="bold underline"))
            case Say(item):
                yield from self._item(item, "")
            case Bullets():
                yield from self._bullets(block)
            case Grid(columns, rows):
                yield from self._table(columns, rows) if self.tables else self._sentences(rows)
            case Command(words):
                for line in command_lines(words, self.width):
                    yield Text(line, style="cyan", no_wrap=True, overflow="ignore")

    def _bullets(self, bullets: Bullets) -> Iterator[Text]:
        digits = len(str(len(bullets.items)))
        for number, item in enumerate(bullets.items, 1):
            yield from self._item(item, f"{number:>{digits}}. " if bullets.numbered else "- ")

    def _sentences(self, rows: Sequence[Row]) -> Iterator[Text]:
        """A table where there is no room for one."""
        for number, row in enumerate(rows, 1):
            yield from self._hanging(Text(safe(row.says), style="bold"), f"{number}. ")
            if row.below:
                yield from self._hanging(item_text(row.below), "   ")

    def _item(self, item: Item, first: str) -> Iterator[Text]:
        yield from self._hanging(item_text(item), first)
        for below in item.below:
            yield from self._item(below, " " * len(first) + "- ")

    def _hanging(self, text: Text, first: str = "") -> Iterator[Text]:
        """Wrapped text, with something before its first line and blanks before the others."""
        room = max(self.width - len(first), _LEAST)
        for line in text.wrap(self.console, room, overflow="fold"):
            line.rstrip()
            yield Text.assemble(first, line, no_wrap=True, overflow="ignore")
            first = " " * len(first)

    def _table(self, columns: Sequence[str], rows: Sequence[Row]) -> Iterator[Text]:
        """Columns side by side, folded where they are too narrow, never cut off."""
        lines = [
            (f"{number}. {row.cells[0]}", *row.cells[1:]) for number, row in enumerate(rows, 1)
        ]
        widths = _widths([columns, *lines], self.width)
        yield from self._side_by_side(columns, widths, ["bold"] * len(columns))
        styles = ["bold", *[""] * (len(columns) - 1)]
        for row, cells in zip(rows, lines, strict=True):
            yield from self._side_by_side(cells, widths, styles)
            if row.below:
                yield from self._hanging(item_text(row.below), "   ")

    def _side_by_side(
        self, cells: Sequence[str], widths: Sequence[int], styles: Sequence[str]
    ) -> Iterator[Text]:
        folded = [
            Text(safe(cell), style=style).wrap(self.console, width, overflow="fold")
            for cell, width, style in zip(cells, widths, styles, strict=True)
        ]
        for place in range(max(map(len, folded))):
            line = Text(no_wrap=True, overflow="ignore")
            for cell, width in zip(folded, widths, strict=True):
                part = cell[place] if place < len(cell) else Text()
                part.rstrip()
                line.append_text(part)
                line.append(" " * (width - part.cell_len + len(GAP)))
            line.rstrip()
            yield line


def _widths(lines: Sequence[Sequence[str]], width: int) -> list[int]:
    """How wide each column is; the first takes what the others leave, if it needs it."""
    wants = [max(cell_len(safe(cell)) for cell in column) for column in zip(*lines, strict=True)]
    room = width - sum(wants[1:]) - len(GAP) * len(wants[1:])
    return [min(wants[0], max(room, _LEAST)), *wants[1:]]


def _joins(before: Block, block: Block) -> bool:
    """Whether a block stands right below the one before it, without a blank line."""
    if isinstance(before, Heading):
        return not isinstance(block, Heading)
    return isinstance(before, Say) and isinstance(block, Bullets | Command)


def item_text(item: Item) -> Text:
    """An item without what is below it."""
    text = Text()
    for words, style in ((item.lead, "bold"), (item.text, ""), (item.note, "dim")):
        if words:
            text.append(" " if text else "")
            text.append(safe(words), style=style)
    return text


class ReportConsole(Console):
    """A Rich console that knows whether reports on it should do without tables."""

    plain = False


def console(stream: TextIO, *, width: int, color: bool, plain: bool) -> Console:
    """A console of this width; without `color`, or with `plain`, not one escape sequence.

    A stream that cannot write every character gets `?` for those it cannot.
    """
    if isinstance(stream, io.TextIOWrapper) and not stream.encoding.lower().startswith("utf"):
        stream.reconfigure(errors="replace")
    colored = color and not plain
    made = ReportConsole(
        file=stream,
        width=width,
        color_system="standard" if colored else None,
        force_terminal=colored,
        no_color=not colored,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    made.plain = plain
    return made
