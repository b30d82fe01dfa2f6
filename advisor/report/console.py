"""A stream → the Rich console that writes reports on it."""

from __future__ import annotations

import io
from typing import TextIO

from rich.console import Console


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
