"""The words of a command → lines to copy."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

from advisor.report.safe import safe


def command_lines(words: Sequence[str], width: int) -> Iterator[str]:
    """A command line, broken where a shell lets it be broken."""
    line = " "
    for part in command_parts(words):
        if line.strip() and len(line) + len(part) + len("  \\") > width:
            yield f"{line} \\"
            line = "   "
        line += f" {part}"
    yield line


def command_parts(words: Sequence[str]) -> list[str]:
    """The words of a command line, quoted, each flag with its value."""
    parts: list[str] = []
    for word in words:
        quoted = shlex.quote(safe(word))
        if parts and parts[-1].startswith("--") and " " not in parts[-1] and word[:2] != "--":
            parts[-1] += f" {quoted}"
        else:
            parts.append(quoted)
    return parts
