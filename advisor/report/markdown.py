"""Blocks → Markdown (CommonMark, with the tables of GitHub).

Every string passes `safe` and is escaped, so that what a person or a file says stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

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
from advisor.report.formatting import command_parts, lowered

_SPECIAL = re.compile(r"([\\`*\[\]<>|~])|(?<!\w)(_)|(_)(?!\w)|(&)(?=#?\w+;)")
_MARKER = re.compile(r"^(#{1,6}(?=\s|$)|[-+](?=\s|$)|=+\s*$|-{2,}\s*$|\d+(?=[.)](?:\s|$)))")


def as_markdown(blocks: Iterable[Block]) -> str:
    """A report as Markdown."""
    some = (block for block in blocks if not isinstance(block, Part) or block.items)
    return "\n\n".join("\n".join(_block(block)) for block in some) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Title(text, word=word):
            yield f"# {escaped(f'{word}: {text}' if word else text)}"
        case Heading(text):
            yield f"## {escaped(text)}"
        case Say(item):
            yield from _paragraph(item)
        case Bullets(items, numbered):
            for number, item in enumerate(items, 1):
                yield from _item(item, f"{number}. " if numbered else "- ", "")
        case Grid(columns, rows):
            yield from _table(columns, rows)
        case Part() | Divider() | Pairs() | Picture():
            yield from _of_page(block)
        case Command(words):
            yield from ("```sh", " ".join(command_parts(words)), "```")
        case _:
            assert_never(block)


def _of_page(block: PageBlock) -> Iterator[str]:
    match block:
        case Part(label, items):
            yield from (f"## {escaped(lowered(label))}", "") if label else ()
            for item in items:
                yield from _item(item, "- ", "")
        case Divider():
            yield "---"
        case Pairs(texts, numbered):
            for number, text in enumerate(texts, 1):
                yield f"{f'{number}.' if numbered else '-'} {escaped(text)}"
        case Picture(words=words):
            yield from _block(words)
        case _:
            assert_never(block)


def _paragraph(item: Item) -> Iterator[str]:
    yield _line(item)
    if item.below:
        yield ""
    for below in item.below:
        yield from _item(below, "- ", "")


def _item(item: Item, marker: str, indent: str) -> Iterator[str]:
    yield f"{indent}{marker}{_line(item)}"
    for below in item.below:
        yield from _item(below, "- ", indent + " " * len(marker))


def _line(item: Item) -> str:
    lead = f"**{escaped(item.lead)}**" if item.lead else ""
    note = f"*{escaped(item.note)}*" if item.note else ""
    source = escaped(f"[{item.source}]") if item.source else ""
    return " ".join(filter(None, (lead, escaped(item.text), note, source)))


def _table(columns: Sequence[str], rows: Sequence[Row]) -> Iterator[str]:
    yield _cells(columns)
    yield _cells(["---"] * len(columns))
    for number, row in enumerate(rows, 1):
        first, *others = map(escaped, row.cells)
        below = "".join(f"<br>{_line(each)}" for each in row.below)
        yield _cells([f"**{number}. {first}**{below}", *others])


def _cells(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def escaped(text: object) -> str:
    """A value as one line of Markdown that shows its text, whatever is in it."""
    words = _SPECIAL.sub(r"\\\g<0>", safe(text))
    return _MARKER.sub(_escaped_marker, words)


def _escaped_marker(match: re.Match[str]) -> str:
    marker = match[0]
    return f"{marker}\\" if marker.isdigit() else f"\\{marker}"
