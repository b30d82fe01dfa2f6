"""An error of the YAML parser → the place, what is wrong and the cure, in our words.

The parser speaks of tokens and blocks, so what is told is read off the line it stopped at.
"""

from __future__ import annotations

import re

from advisor.rulebase.problems import Problems, quoted
from advisor.rulebase.shapes import Place

_VALUE = re.compile(r"^ *(?:- +)*(?:[\w-]+: +)?(?P<value>.*?) *$")
_NEVER_CLOSED = ("the quotes that open here never close", "close them, or take the other kind")
_DOES_NOT_FIT = (
    "the line does not fit here",
    "line it up with the line above, and put a colon and a space behind each key",
)
_NOT_FIRST = re.compile(r"[{}\[\]@`%*&!|>?,]|[-?:] ")


def note_bad_yaml(error: Exception, text: str, file: str, problems: Problems) -> None:
    """Note what is wrong with the text of a file that the parser could not read."""
    lines = text.splitlines() or [""]
    marks = [
        (min(mark.line, len(lines) - 1), mark.column)
        for mark in (getattr(error, name, None) for name in ("problem_mark", "context_mark"))
        if mark is not None
    ] or [(0, 0)]
    opened = "quoted scalar" in str(getattr(error, "context", ""))
    for line, column in marks[opened:]:
        said = _NEVER_CLOSED if opened else _said(lines[line], column)
        if said:
            break
    else:
        (line, column), said = marks[0], _DOES_NOT_FIT
    place = Place(file, line + 1, column + 1)
    problems.add("bad-yaml", place, f"not well-formed YAML: {said[0]}", said[1])


def _said(line: str, column: int) -> tuple[str, str] | None:
    """What is wrong with a line and its cure, as far as the line shows it."""
    found = _VALUE.match(line)
    value = found["value"] if found else ""
    if "\t" in line[: len(line) - len(line.lstrip())] or line[column : column + 1] == "\t":
        return "a tab stands where spaces are meant", "use spaces"
    for quote, other in (("'", '"'), ('"', "'")):
        if value.startswith(quote):
            cure = f"put the whole text in {other} quotes"
            return f"the text goes on after its closing {quote}", cure
    if value == "*":
        return "`*` stands for nothing here", "for every exercise, write `everything`"
    whole = value[:1] + value[-1:] in ("[]", "{}")  # a list or a mapping, which needs none
    if not whole and (_NOT_FIRST.match(value) or ": " in value):
        return f"{quoted(value)} cannot stand without quotes", "put the whole text in quotes"
    return None
