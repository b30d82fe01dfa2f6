"""Lines of YAML that are too wide → the same in more lines: texts, lists and comments."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence

WIDEST = 120
_FOLDED = re.compile(r"( *)(?:- )?[^\s#\"'][^:#\"']*: >-?$")
_PLAIN = re.compile(r"( *)([A-Za-z_][\w-]*): ([^\s\"'\[\]{}|>&*!%@`#,?-][^#]*)$")
_LIST = re.compile(r"( *)([A-Za-z_][\w-]*): \[(.*)\]$")
_COMMENT = re.compile(r"( *)# ?(.*)$")
LEFT_ALONE = "yaml-language-server"


def wrapped(lines: Sequence[str]) -> list[str]:
    """The lines, none of them wider than may be, as far as that changes no meaning."""
    return list(_wrapped(list(lines)))


def _wrapped(lines: list[str]) -> Iterator[str]:
    place = 0
    while place < len(lines):
        line = lines[place]
        place += 1
        if folded := _FOLDED.match(line):
            text = _below(lines[place:], len(folded[1]))
            place += len(text)
            yield line
            yield from _paragraph(text)
        elif len(line) <= WIDEST:
            yield line
        else:
            following = lines[place] if place < len(lines) else ""
            yield from _broken(line, following)


def _below(lines: Sequence[str], indent: int) -> list[str]:
    """The lines of a block of text: those that stand further in."""
    found: list[str] = []
    for line in lines:
        if line and len(line) - len(line.lstrip()) <= indent:
            break
        found.append(line)
    while found and not found[-1]:
        found.pop()
    return found


def _paragraph(lines: list[str]) -> list[str]:
    """A folded text: wrapped anew if a line of it is too wide and it is one plain paragraph."""
    indents = {len(line) - len(line.lstrip()) for line in lines}
    if all(len(line) <= WIDEST for line in lines) or len(indents) != 1 or "" in lines:
        return lines
    return _filled(" ".join(line.strip() for line in lines), " " * indents.pop())


def _broken(line: str, following: str) -> list[str]:
    """One line that is too wide, as several, or as it is if we do not know how."""
    if (comment := _COMMENT.match(line)) and LEFT_ALONE not in line:
        return _filled(comment[2], f"{comment[1]}# ")
    if listed := _LIST.match(line):
        items = _items(listed[3])
        if items:
            return [f"{listed[1]}{listed[2]}:", *(f"{listed[1]}  - {item}" for item in items)]
    plain = _PLAIN.match(line)
    continued = plain and len(following) - len(following.lstrip()) > len(plain[1])
    if plain and not continued and "  " not in plain[3] and ": " not in plain[3]:
        return [f"{plain[1]}{plain[2]}: >-", *_filled(plain[3], f"{plain[1]}  ")]
    return [line]


def _items(text: str) -> list[str]:
    """The items of a flow list; none if a comment or a quote makes it hard to tell."""
    if any(mark in text for mark in "\"'#"):
        return []
    items, depth = [""], 0
    for character in text:
        depth += (character in "[{") - (character in "]}")
        if character == "," and not depth:
            items.append("")
        else:
            items[-1] += character
    found = [item.strip() for item in items]
    return found if all(found) else []


def _filled(text: str, prefix: str) -> list[str]:
    return textwrap.wrap(
        text,
        WIDEST,
        initial_indent=prefix,
        subsequent_indent=prefix,
        break_long_words=False,
        break_on_hyphens=False,
    )
