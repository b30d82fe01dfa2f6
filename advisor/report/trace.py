"""Traces of guidance → lines of text: a table by item, or each rule with what it carries."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from advisor.report.blocks import safe
from advisor.report.formatting import Document, count

_ITEM, _FATE = 7, 10  # the widths of the columns before what carries an item
_LEFT = " " * (_ITEM + _FATE)


def items_text(rows: Sequence[Document], width: int) -> str:
    """The table by item, one part for each document, with the sum of fates."""
    lines = [f"{count(len(rows), 'item')} of guidance: {_fates(rows)}."]
    for document, group in groupby(rows, key=lambda row: row["source"]):
        part = list(group)
        lines += ["", safe(document), f"{count(len(part), 'item')}: {_fates(part)}.", ""]
        lines.append(f"{'Item':<{_ITEM}}{'Fate':<{_FATE}}Carried by, and why")
        for row in part:
            lines += _item_lines(row, width)
    return "\n".join(lines) + "\n"


def _fates(rows: Iterable[Document]) -> str:
    counted = Counter(str(row["status"]) for row in rows)
    return ", ".join(f"{number} {fate}" for fate, number in counted.most_common())


def _item_lines(row: Document, width: int) -> Iterator[str]:
    """One item: its fate, what carries it, what it clashes with, and the note on its fate."""
    conflicts = row["conflicts"]
    below = [
        ", ".join(_carriers(row)) or "nothing",
        f"Clashes with {', '.join(conflicts)}." if conflicts else "",
        row["note"],
    ]
    first = f"{safe(row['item']):<{_ITEM}}{safe(row['status']):<{_FATE}}"
    for text in filter(None, below):
        yield from _wrapped(safe(text), width, first, _LEFT)
        first = _LEFT


def _carriers(row: Document) -> list[str]:
    """Rules and exercises; an exercise stands for the rule that gives its cues."""
    cues = {f"how-to-{each.replace('_', '-')}" for each in row["exercises"]}
    return [*(each for each in row["rules"] if each not in cues), *row["exercises"]]


def carriers_text(rows: Iterable[Document], width: int) -> str:
    """Each rule and exercise, with the items that it carries."""
    lines: list[str] = []
    for row in rows:
        lines += ["", f"{safe(row['id'])} ({row['kind']})"]
        if not row["items"]:
            lines.append("  carries no item of guidance")
        for item in row["items"]:
            first = f"  {safe(item['item']):<{_ITEM}}{safe(item['status']):<{_FATE}}"
            lines += _wrapped(safe(item["says"]), width, first, f"  {_LEFT}")
    return "\n".join(lines[1:]) + "\n"


def _wrapped(text: str, width: int, first: str, others: str) -> list[str]:
    return textwrap.wrap(
        text,
        max(width, len(others) + 20),
        initial_indent=first,
        subsequent_indent=others,
        break_on_hyphens=False,
    )
