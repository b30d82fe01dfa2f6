"""A rule file → the same in the one form, or the problems for which it is left alone.

Before a new text is given, both are read, and it must say the very same.
"""

from __future__ import annotations

from dataclasses import dataclass

from advisor.authoring.layout import laid_out
from advisor.authoring.wrapping import LEFT_ALONE, WIDEST
from advisor.rulebase.models import COLLECTIONS
from advisor.rulebase.nodes import Node
from advisor.rulebase.problems import Problem, Problems, RuleBaseError
from advisor.rulebase.reading import read_file
from advisor.rulebase.shapes import Place

Said = object


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
        return Formatted(data.decode("utf-8-sig"), (unusual,))
    return Formatted(text, _too_wide(text, name))


def _too_wide(text: str, name: str) -> tuple[Problem, ...]:
    """The lines that are still too wide, for the author to break."""
    found = Problems()
    for place, line in enumerate(text.splitlines(), 1):
        if len(line) > WIDEST and LEFT_ALONE not in line:
            message = f"the line is wider than {WIDEST}"
            found.add("line-too-wide", Place(name, place, WIDEST + 1), message, "break it")
    return tuple(found)


def said(node: Node) -> Said:
    """What a file says: values and the order of everything but the keys of an entry."""
    sections = node.value if isinstance(node.value, dict) else {}
    return tuple((name, _section(name, each)) for name, each in sections.items())


def _section(name: str, node: Node) -> Said:
    if name not in COLLECTIONS or not isinstance(node.value, dict):
        return _exactly(node)
    return tuple((key, _entry(each)) for key, each in node.value.items())


def _entry(node: Node) -> Said:
    if not isinstance(node.value, dict):
        return _exactly(node)
    return frozenset((key, _exactly(each)) for key, each in node.value.items())


def _exactly(node: Node) -> Said:
    """A value with the order of its keys."""
    if isinstance(node.value, dict):
        return "mapping", tuple((key, _exactly(each)) for key, each in node.value.items())
    if isinstance(node.value, tuple):
        return "list", tuple(_exactly(each) for each in node.value)
    if isinstance(node.value, str) and "\n" not in node.value:
        return " ".join(node.value.split())  # a folded text may end its lines with blanks
    return type(node.value).__name__, node.value
