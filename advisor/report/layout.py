"""Blocks → lines for a terminal, from 40 columns up.

Lines are wrapped here and not by Rich, so that lists hang, nothing is cut off and no line ends
in blanks. Every string passes `safe`, and none is ever read as markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING, assert_never

from rich.cells import cell_len
from rich.text import Text

from advisor.report.blocks import (
    Block,
    Bullets,
    Command,
    Divider,
    Grid,
    Heading,
    Item,
    PageBlock,
    Pairs,
    Part,
    Picture,
    Row,
    Say,
    Title,
    safe,
)
from advisor.report.formatting import command_lines, lowered

if TYPE_CHECKING:
    from rich.console import Console

PAGE = 80  # columns of a page; on fewer, its parts take more lines
TABLE_WIDTH = 64  # a table needs this much; below, its rows are sentences
_TONES = {"good": "bold green", "care": "bold yellow", "stop": "bold red", "plain": "bold"}
GAP = "  "
_LEAST = 12  # columns that text gets, however deep it hangs
_MORE = " …"
_GUTTER = 5  # where there is room, labels stand in so many columns of their own


class Layout:
    """Turns blocks into lines of text, each ready to print.

    A `plain` layout is for somebody who hears it, or has no more than letters: no tables, no
    rules, one thing a line, and a word for each sign. `line` is what a rule is drawn with.
    """

    def __init__(self, console: Console, width: int, *, plain: bool, line: str = "-") -> None:
        self.console = console
        self.width = width
        self.plain = plain
        self.line = line
        self.tables = not plain and self.width >= TABLE_WIDTH
        self.hang = "" if plain else " " * (_GUTTER if self.tables else len(GAP))

    def of(self, blocks: Iterable[Block]) -> list[Text]:
        """The lines of a report."""
        before: Block | None = None
        lines: list[Text] = []
        for block in blocks:
            if _is_passed_over(block, plain=self.plain):
                continue
            if before is not None and not _joins(before, block, plain=self.plain):
                lines.append(Text())
            lines += self._block(block)
            before = block
        return lines

    def _block(self, block: Block) -> Iterator[Text]:
        match block:
            case Title():
                yield from self._title(block)
            case Heading(text):
                yield from self._hanging(Text(safe(text), style="bold underline"))
            case Say(item):
                yield from self._hanging(item_text(item))
                for below in item.below:
                    yield from self._listed(below, "- ")
            case Bullets():
                yield from self._bullets(block)
            case Grid():
                yield from self._table(block) if self.tables else self._rows(block.rows)
            case Part() | Divider() | Pairs() | Picture():
                yield from self._of_page(block)
            case Command(words):
                for line in command_lines(words, self.width):
                    yield Text(line, style="cyan", no_wrap=True, overflow="ignore")
            case _:
                assert_never(block)

    def _of_page(self, block: PageBlock) -> Iterator[Text]:
        match block:
            case Part():
                yield from self._part(block)
            case Divider():
                yield Text(self.line * self.width, style="dim")
            case Pairs():
                yield from self._pairs(block)
            case Picture(rows, words) if self.plain or max(map(cell_len, rows)) > self.width:
                yield from self._bullets(words)
            case Picture(rows):
                yield from (Text(row, no_wrap=True, overflow="ignore") for row in rows)
            case _:
                assert_never(block)

    def _title(self, title: Title) -> Iterator[Text]:
        style = _TONES[title.tone]
        if not title.word:
            yield from self._hanging(Text(safe(title.text), style=style))
        elif self.plain:
            yield from self._hanging(Text(f"{safe(title.word).capitalize()}: {safe(title.text)}"))
        else:
            sentence = Text(safe(title.text), style="bold")
            yield from self._hanging(sentence, self._label(title.word, style), self.hang)

    def _label(self, label: str, style: str = "bold") -> Text:
        """A label with what keeps it apart from the words beside it."""
        words = safe(label)
        apart = " " * (len(self.hang) - len(words)) if len(words) < len(self.hang) else GAP
        return Text.assemble((words, style), apart)

    def _part(self, part: Part) -> Iterator[Text]:
        """A label, and what belongs to it, hanging under it; a long part is cut, if it may be."""
        label, items, most = part.label, part.items, part.most * -(-PAGE // self.width)
        if self.plain and part.heard is not None:
            items, most = part.heard, 0  # half of what is told line by line is of no use
        if self.plain:
            yield from self._hanging(Text(f"{lowered(safe(label))}:")) if label else ()
            label = ""
        lines: list[Text] = []
        for item in items:
            lines += self._item(item, self.hang, self._label(label) if label else Text(self.hang))
            label = ""
        yield from self._cut(lines[:most]) if 0 < most < len(lines) else lines

    def _cut(self, lines: list[Text]) -> list[Text]:
        """Lines of which the last one says that there was more."""
        last, more = lines[-1], ", and more." if self.plain else _MORE
        while last.cell_len > self.width - len(more):
            words = last.plain.rstrip().rpartition(" ")[0]
            last = Text(words.rstrip(",;") or last.plain[: self.width - len(more)])
        if self.plain and (whole := re.match(r".*(?=[,;])", last.plain)):
            last = Text(whole[0])  # half a name is no name
        return [*lines[:-1], Text(last.plain.rstrip(",;") + more, no_wrap=True, overflow="ignore")]

    def _bullets(self, bullets: Bullets) -> Iterator[Text]:
        digits = len(str(len(bullets.items)))
        for number, item in enumerate(bullets.items, 1):
            yield from self._listed(item, f"{number:>{digits}}. " if bullets.numbered else "- ")

    def _listed(self, item: Item, first: str) -> Iterator[Text]:
        yield from self._item(replace(item, below=()), " " * len(first), Text(first))
        for below in item.below:
            yield from self._listed(below, " " * len(first) + "- ")

    def _item(self, item: Item, hang: str, begun: Text) -> Iterator[Text]:
        """An item of a page: after what its first line begins with, and hanging."""
        text = item_text(item)
        if item.source and self.plain:
            text.append(f" Source {item.source}.")
        number = f"{item.source}" if item.source and not self.plain else ""
        lines = [*self._hanging(text, begun, hang)]
        if number and lines[-1].cell_len + 1 + len(number) > self.width:
            lines = [*self._hanging(text, begun, hang, len(number) + 1)]
        if number:
            lines[-1].append(" " * (self.width - lines[-1].cell_len - len(number)))
            lines[-1].append(number, style="dim")
        yield from lines
        deeper = hang if self.plain else hang + GAP
        for below in item.below:
            yield from self._item(below, deeper, Text(deeper))

    def _hanging(
        self, text: Text, first: str | Text = "", after: str | None = None, margin: int = 0
    ) -> Iterator[Text]:
        """Wrapped text, with something before its first line and blanks before the others."""
        after = " " * len(first) if after is None else after
        room = max(self.width - len(after) - margin, _LEAST)
        if len(first) > len(after):  # the first line is longer than the others
            whole = Text.assemble(first, text)
            begun, *rest = whole.wrap(self.console, self.width - margin, overflow="fold")
            for line in (begun, *rest):
                line.rstrip()
            yield Text.assemble(begun, no_wrap=True, overflow="ignore")
            text, first = Text(" ").join(rest), after
            if not rest:
                return
        for line in text.wrap(self.console, room, overflow="fold"):
            line.rstrip()
            yield Text.assemble(first, line, no_wrap=True, overflow="ignore")
            first = after

    def _rows(self, rows: Sequence[Row]) -> Iterator[Text]:
        """A table where there is no room for one, or nobody to see it."""
        digits = len(str(len(rows)))
        for number, row in enumerate(rows, 1):
            first = f"{number}. " if self.plain else f"{number:>{digits}} "
            hang = "" if self.plain else " " * len(first)
            yield from self._hanging(Text(safe(row.cells[0]), style="bold"), first)
            yield from self._hanging(Text(safe(row.spelled if self.plain else row.says)), hang)
            for each in row.below:
                yield from self._item(each, hang, Text(hang))

    def _table(self, grid: Grid) -> Iterator[Text]:
        """Columns side by side, folded where they are too narrow, never cut off."""
        digits = len(str(len(grid.rows)))
        numbers = [f"{number:>{digits}} " for number in range(1, len(grid.rows) + 1)]
        hang = " " * (digits + 1)
        heads = [] if grid.bare else [grid.columns]
        widths = _widths([*heads, *(row.cells for row in grid.rows)], self.width - len(hang))
        if not grid.bare:
            yield from self._side_by_side(hang, grid.columns, widths, ["bold"] * len(widths))
        styles = ["bold", *[""] * (len(widths) - 1)]
        for number, row in zip(numbers, grid.rows, strict=True):
            yield from self._side_by_side(number, row.cells, widths, styles)
            for each in row.below:
                yield from self._item(each, hang, Text(hang))

    def _side_by_side(
        self, first: str, cells: Sequence[str], widths: Sequence[int], styles: Sequence[str]
    ) -> Iterator[Text]:
        folded = [
            Text(safe(cell), style=style).wrap(self.console, width, overflow="fold")
            for cell, width, style in zip(cells, widths, styles, strict=True)
        ]
        for parts in zip_longest(*folded, fillvalue=Text()):
            line = Text(first, no_wrap=True, overflow="ignore")
            for part, width in zip(parts, widths, strict=True):
                part.rstrip()
                line.append_text(part)
                line.append(" " * (width - part.cell_len + len(GAP)))
            line.rstrip()
            yield line
            first = " " * len(first)

    def _pairs(self, pairs: Pairs) -> Iterator[Text]:
        """Short things, two a line where they fit."""
        if self.plain:
            lead = "Source {}: " if pairs.numbered else ""
            for number, each in enumerate(pairs.texts, 1):
                yield from self._hanging(Text(f"{lead.format(number)}{safe(each)}"))
            return
        digits = len(str(len(pairs.texts)))
        hang = " " * (digits + 1) if pairs.numbered else GAP
        waiting = ""
        for number, each in enumerate(pairs.texts, 1):
            entry = f"{number:>{digits}} {safe(each)}" if pairs.numbered else safe(each)
            both = f"{waiting.ljust((self.width - len(GAP)) // 2)}{GAP}{entry}"
            if cell_len(both) > self.width:
                both = f"{waiting}{GAP}{entry}"
            fits = waiting and cell_len(both) <= self.width
            if waiting:
                yield from self._dim(both if fits else waiting, hang)
            waiting = "" if fits else entry
        yield from self._dim(waiting, hang) if waiting else ()

    def _dim(self, text: str, hang: str) -> Iterator[Text]:
        """A line that stands back; blanks in it are kept where it need not be wrapped."""
        if cell_len(text) <= self.width:
            yield Text(text, style="dim", no_wrap=True, overflow="ignore")
        else:
            yield from self._hanging(Text(text, style="dim"), after=hang)


def _is_passed_over(block: Block, *, plain: bool) -> bool:
    """Whether there is nothing in a block, or nothing for somebody who hears it."""
    if isinstance(block, Part):
        return not (block.heard if plain and block.heard is not None else block.items)
    return plain and isinstance(block, Divider)


def _widths(lines: Sequence[Sequence[str]], width: int) -> list[int]:
    """How wide each column is; the first takes what the others leave, if it needs it."""
    wants = [max(cell_len(safe(cell)) for cell in column) for column in zip(*lines, strict=True)]
    room = width - sum(wants[1:]) - len(GAP) * len(wants[1:])
    return [min(wants[0], max(room, _LEAST)), *wants[1:]]


def _joins(before: Block, block: Block, *, plain: bool) -> bool:
    """Whether a block stands right below the one before it, without a blank line."""
    if isinstance(before, Heading) or isinstance(block, Heading):
        return not isinstance(block, Heading)
    page = (Part, Divider, Pairs)
    if isinstance(before, page) or isinstance(block, page):
        return not plain or isinstance(before, Pairs)
    return isinstance(before, Say) and isinstance(block, Bullets | Command)


def item_text(item: Item) -> Text:
    """An item without what is below it."""
    text = Text()
    for words, style in ((item.lead, "bold"), (item.text, ""), (item.note, "dim")):
        if words:
            text.append(" " if text else "")
            text.append(safe(words), style=style)
    return text
