"""Reports → a terminal: what a Rich console prints, and the console it is printed on."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TextIO

from rich.console import Console, ConsoleOptions, RenderableType

from advisor.report.blocks import Block
from advisor.report.layout import PAGE, Layout


@dataclass(frozen=True)
class Report:
    """What a Rich console prints. One that is marked `plain` gets no tables and no signs."""

    blocks: Sequence[Block]

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        """Yield the lines."""
        yield from _layout(console, options.max_width).of(self.blocks)


@dataclass(frozen=True)
class Page:
    """A report that has to fit on a page of `most` lines.

    `blocks` makes it with so many of the things left out that can give way, `yields` at most. On
    fewer columns, or where somebody hears it, a page is as long as it is.
    """

    blocks: Callable[[int], Sequence[Block]]
    yields: int
    most: int

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        """Yield the lines."""
        layout = _layout(console, options.max_width)
        lines = layout.of(self.blocks(0))
        may_yield = layout.width >= PAGE and not layout.plain
        for spare in range(1, self.yields + 1 if may_yield else 1):
            if len(lines) <= self.most:
                break
            lines = layout.of(self.blocks(spare))
        yield from lines


def _layout(console: Console, width: int) -> Layout:
    line = "─" if console.encoding.lower().startswith("utf") else "-"
    return Layout(console, width, plain=bool(getattr(console, "plain", False)), line=line)


class ReportConsole(Console):
    """A Rich console that knows whether reports on it should do without tables and signs."""

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
