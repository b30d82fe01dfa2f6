"""A rule file → the same in the one form, or the problems for which it is left alone.

The form is an order of keys, blank lines and a width; line ends are the author's own. Lines are
moved and wrapped, never written anew, so every comment stays with what it is about. Before a new
text is given, both are read, and it must say the very same.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from advisor.rulebase.problems import Problem, Problems, RuleBaseError
from advisor.rulebase.reading.models import COLLECTIONS
from advisor.rulebase.reading.nodes import Node, read_file

Said = object
WIDEST = 120
_FOLDED = re.compile(r"( *)(?:- )?[^\s#\"'][^:#\"']*: >-?$")
_PLAIN = re.compile(r"( *)([A-Za-z_][\w-]*): ([^\s\"'\[\]{}|>&*!%@`#,?-][^#]*)$")
_LIST = re.compile(r"( *)([A-Za-z_][\w-]*): \[(.*)\]$")
_COMMENT = re.compile(r"( *)# ?(.*)$")
LEFT_ALONE = "yaml-language-server"
# Sections whose entries are so long that a blank line sets them apart.
SPACED = frozenset(
    {"sources", "questions", "findings", "exercises", "rules", "guidance", "invariants"}
)
_KEY = re.compile(r"""( *)("[^"]*"|'[^']*'|[^\s#"'\[\]{}&*!|>%@`,-][^:#]*):(?=\s|$)""")


@dataclass(frozen=True)
class Formatted:
    """The text in the one form, and what its author has to do."""

    text: str
    problems: tuple[Problem, ...] = ()


def formatted(data: bytes, name: str) -> Formatted:
    """A rule file in the one form. Raises RuleBaseError if it cannot be read."""
    problems = Problems()
    before = read_file(data, name, problems)
    if before is None or len(problems):
        raise RuleBaseError(problems)
    text = laid_out(data.decode("utf-8-sig"))
    after = read_file(text.encode(), name, problems)
    if after is None or len(problems) or said(before) != said(after):
        message = "written in an unusual way, so it is left as it is"
        unusual = Problem("unusual-form", name, 1, 1, message, "write each entry below its key")
        return Formatted(data.decode(), (unusual,))
    return Formatted(text.replace("\n", line_end(data)), _too_wide(text, name))


def line_end(data: bytes) -> str:
    """How most lines of a file end."""
    return "\r\n" if data.count(b"\r\n") * 2 > data.count(b"\n") else "\n"


def _too_wide(text: str, name: str) -> tuple[Problem, ...]:
    """The lines that are still too wide, for the author to break."""
    message = f"the line is wider than {WIDEST}"
    return tuple(
        Problem("line-too-wide", name, place, WIDEST + 1, message, "break it")
        for place, line in enumerate(text.splitlines(), 1)
        if len(line) > WIDEST and LEFT_ALONE not in line
    )


def said(node: Node) -> Said:
    """What a file says: values and the order of everything but the keys of an entry."""
    sections = node.value if isinstance(node.value, dict) else {}
    return [
        (name, _said(each, 1 if name in COLLECTIONS else -1)) for name, each in sections.items()
    ]


def _said(node: Node, above_entries: int = -1) -> Said:
    """A value with the order of its keys; in an entry (0 levels above it) that does not count."""
    if isinstance(node.value, dict):
        said = [(key, _said(each, above_entries - 1)) for key, each in node.value.items()]
        return "mapping", tuple(said) if above_entries else frozenset(said)
    if isinstance(node.value, tuple):
        return "list", tuple(_said(each) for each in node.value)
    if isinstance(node.value, str) and "\n" not in node.value:
        return " ".join(node.value.split())  # a folded text may end its lines with blanks
    return type(node.value).__name__, node.value


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
        if found and len(found[1]) == indent:
            blocks.append(Block(waiting, found[2].strip("\"'"), [line]))
            waiting = []
        elif blocks and line and (_depth(line) > indent or line.lstrip()[0] != "#"):
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
    return next((_depth(line) for line in lines if line.strip() and line.lstrip()[0] != "#"), 0)


def _ordered(entry: Block, order: Sequence[str]) -> list[str]:
    """An entry with its keys in the order of the reference; unknown ones keep to the end."""
    head, *rest = entry.lines
    indent = _indent(rest)
    keys, tail = split(rest, indent)
    if not keys or indent <= _depth(head):
        return entry.lines
    rank = {name: place for place, name in enumerate(order)}
    keys.sort(key=lambda each: rank.get(each.key, len(rank)))
    body = [line for each in keys for line in (*filter(None, each.above), *_trimmed(each.lines))]
    return [head, *body, *filter(None, tail)]


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
    end = max((number for number, line in enumerate(lines, 1) if line), default=0)
    return [*lines[:end]]


def wrapped(lines: Sequence[str]) -> list[str]:
    """The lines, none of them wider than may be, as far as that changes no meaning."""
    found: list[str] = []
    place = 0
    while place < len(lines):
        line = lines[place]
        place += 1
        if folded := _FOLDED.match(line):
            text = _below(lines[place:], len(folded[1]))
            place += len(text)
            found += [line, *_paragraph(text)]
        elif len(line) <= WIDEST:
            found.append(line)
        else:
            found += _broken(line, lines[place] if place < len(lines) else "")
    return found


def _below(lines: Sequence[str], indent: int) -> list[str]:
    """The lines of a block of text: those that stand further in."""
    return _trimmed([*takewhile(lambda line: not line or _depth(line) > indent, lines)])


def _depth(line: str) -> int:
    """How far a line stands in."""
    return len(line) - len(line.lstrip())


def _paragraph(lines: list[str]) -> list[str]:
    """A folded text: wrapped anew if a line of it is too wide and it is one plain paragraph."""
    indents = {*map(_depth, lines)}
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
    continued = plain and _depth(following) > len(plain[1])
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
