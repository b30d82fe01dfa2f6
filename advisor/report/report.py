"""Blocks as one thing to print: Rich is only imported when it is printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from advisor.report.blocks import Block

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType


@dataclass(frozen=True)
class Report:
    """What a Rich console prints, as wide as the console or, with `width`, narrower.

    A console that is marked `plain` (see `console.py`) gets no tables.
    """

    blocks: Sequence[Block]
    width: int | None = None

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        """Yield the lines."""
        from advisor.report.text import Layout  # noqa: PLC0415 - Rich is slow to import

        width = min(self.width or options.max_width, options.max_width)
        plain = bool(getattr(console, "plain", False))
        yield from Layout(console, options.update(width=width), plain=plain).of(self.blocks)
