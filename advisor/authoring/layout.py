"""The lines of a rule file → the same in the one form: order of keys, blank lines, width.

Lines are moved and wrapped, never written anew, so every comment stays with what it is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from advisor.authoring.wrapping import wrapped
from advisor.rulebase.models import COLLECTIONS

# Sections whose entries are so long that a blank line sets them apart.
SPACED = frozenset(
    {"sources", "questions", "findings", "exercises", "rules", "guidance", "invariants"}
)
_KEY = re.compile(r"""( *)("[^"]*"|'[^']*'|[^\s#"'\[\]{}&*!|>%@`,-][^:#]*):(?=\s|$)""")


@dataclass
class Block:
    """A key with all that is below it, and the comments above it."""

    above: list[str]
    key: str
    lines: list[str]

    @property
    def short(self) -> bool:
        """Whether it is one line."""
        return len(self.lines) == 1


def laid_out(text: str) -> str:
    """The text of a rule file in the one form."""
    lines = [line.rstrip() for line in text.removeprefix("\ufeff").splitlines()]
    blocks, tail = split(lines, 0)
    found: list[str] = []
    for block in blocks:
        above, below = _squeezed(block.above), _section(block)
        if found and found[-1] and not (above and not above[0]) and len(below) > 1:
            found.append("")
        found += [*above, *below]
    whole = [*found, *_squeezed(tail)]
    return "\n".join(_trimmed(whole)) + "\n"


def split(lines: Sequence[str], indent: int) -> tuple[list[Block], list[str]]:
    """The blocks of a mapping at this indent, and the comments after the last of them."""
    blocks: list[Block] = []
    waiting: list[str] = []
    for line in lines:
        found = _KEY.match(line)
        depth = len(line) - len(line.lstrip())
        if found and len(found[1]) == indent:
            blocks.append(Block(waiting, found[2].strip("\"'"), [line]))
            waiting = []
        elif blocks and line and (depth > indent or line.lstrip()[0] != "#"):
            blocks[-1].lines += [*waiting, line]
            waiting = []
        else:
            waiting.append(line)
    return blocks, waiting


def _section(block: Block) -> list[str]:
    """A section, entry by entry."""
    head, *rest = block.lines
    if block.key not in COLLECTIONS or not rest:
        return wrapped(block.lines)
    entries, tail = split(rest, _indent(rest))
    if not entries:
        return wrapped(block.lines)
    fields = COLLECTIONS[block.key][0].model_fields
    order = [field.alias or name for name, field in fields.items()]
    found = [head]
    for place, entry in enumerate(entries):
        above = _squeezed(entry.above)
        lines = wrapped(_ordered(entry, order))
        apart = block.key in SPACED and place and not (len(lines) == 1 and entries[place - 1].short)
        if apart and not (above and not above[0]):
            above.insert(0, "")
        found += [*above, *lines]
        entry.lines = lines
    return [*found, *_squeezed(tail)]


def _indent(lines: Sequence[str]) -> int:
    """How far the entries of a section stand in."""
    first = next((line for line in lines if line.strip() and line.lstrip()[0] != "#"), "")
    return len(first) - len(first.lstrip())


def _ordered(entry: Block, order: Sequence[str]) -> list[str]:
    """An entry with its keys in the order of the reference; unknown ones keep to the end."""
    head, *rest = entry.lines
    indent = _indent(rest)
    keys, tail = split(rest, indent)
    if not keys or indent <= len(head) - len(head.lstrip()):
        return entry.lines
    rank = {name: place for place, name in enumerate(order)}
    keys.sort(key=lambda each: rank.get(each.key, len(rank)))
    body = [line for each in keys for line in (*_full(each.above), *_trimmed(each.lines))]
    return [head, *body, *_full(tail)]


def _full(lines: Sequence[str]) -> Iterator[str]:
    """Lines without the blank ones."""
    return (line for line in lines if line)


def _squeezed(lines: Sequence[str]) -> list[str]:
    """Lines with no two blank ones in a row, and comments no wider than may be."""
    kept = [
        line
        for place, line in enumerate(lines)
        if line or (place and lines[place - 1]) or not place
    ]
    return wrapped(kept)


def _trimmed(lines: Sequence[str]) -> list[str]:
    """Lines without blank ones at the end."""
    end = len(lines)
    while end and not lines[end - 1]:
        end -= 1
    return list(lines[:end])
