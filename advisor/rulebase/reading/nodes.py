"""The bytes of a rule file → nodes: plain values that know their file, line and column.

Every bad byte is a problem. Nothing is ever constructed from a file but texts, numbers, true,
false, null, lists and mappings.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NoReturn

import yaml
from yaml import events as ev

from advisor.rulebase.problems import Problem, Problems, quoted
from advisor.rulebase.reading.files import top
from advisor.rulebase.reading.yaml_errors import note_bad_yaml
from advisor.rulebase.shapes import Place

# Only the events of a parser are used: what a plain scalar is, is decided here, as YAML 1.2 has it.
# libyaml is ten times as quick as the parser in Python, which says better what is wrong.
_IN_PYTHON = yaml.SafeLoader
_PARSER: type = getattr(yaml, "CSafeLoader", _IN_PYTHON)
# Besides its own errors, the parser lets these slip out on malformed escapes and the like.
_SLIPS = (yaml.YAMLError, ValueError, ArithmeticError, LookupError, TypeError, AttributeError)
DEEPEST = 40
LONGEST_NUMBER = 18
Scalar = str | int | float | bool | None

_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
# A comment has a space behind its #, so that this is a text that was meant to go on.
_CUT = re.compile(r"[ \t]+#[^\s#].*")
# Also the marks that turn the direction of a line, as they can make it read as another.
CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff"
    "\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]"
)


def read_file(data: bytes, file: str, problems: Problems) -> Node | None:
    """Read one rule file, or note why not and give None."""
    node, found = _read(data, file)
    problems.extend(found)
    return node


@lru_cache(maxsize=200)  # while somebody writes, only the file that was saved is read again
def _read(data: bytes, file: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """The node of a rule file, and what is wrong with it."""
    problems = Problems()
    return _root(data, file, problems), (*problems,)


def _root(data: bytes, file: str, problems: Problems) -> Node | None:
    text = _text(data, file, problems)
    if text is None:
        return None
    try:
        node = _composed(text, file, problems)
    except RefusedError:
        return None
    if node is None or node.value is None:
        problems.add("empty-file", top(file), "the file is empty", "remove it, or fill it")
        return None
    if not isinstance(node.value, dict):
        message = f"{node.typed()} stands where sections are meant"
        problems.add("wrong-type", node.place, message, "start with a section such as `rules:`")
        return None
    return node


def _composed(text: str, file: str, problems: Problems) -> Node | None:
    """The node of a text; raises RefusedError, with the problem noted, where it cannot be read."""
    with suppress(RefusedError, *_SLIPS):
        found = Problems()
        node = compose(text, _PARSER, file, found)
        problems.extend(found)
        return node
    try:
        return compose(text, _IN_PYTHON, file, problems)
    except _SLIPS as error:
        note_bad_yaml(error, text, file, problems)
        raise RefusedError from None


def _text(data: bytes, file: str, problems: Problems) -> str | None:
    """Decode UTF-8, with or without a byte order mark, without control characters."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        place = Place(file, before.count(b"\n") + 1, error.start - before.rfind(b"\n"))
        problems.add("not-utf-8", place, "not UTF-8 text", "save the file as UTF-8")
        return None
    bad = CONTROL.search(text)
    if bad is None:
        return text
    start = bad.start()
    place = Place(file, text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))
    problems.add("bad-character", place, f"the control character U+{ord(bad[0]):04X}", "remove it")
    return None


@dataclass(frozen=True)
class Node:
    """A value and its place.

    `text` is a scalar as typed, `keys` the places of a mapping's keys, and `cut` what stands
    behind a text on its line and reads as a comment, from a ` #` that no space follows.
    """

    place: Place
    value: Scalar | tuple[Node, ...] | dict[str, Node]
    text: str = ""
    keys: dict[str, Place] = field(default_factory=dict)
    cut: str = ""

    def child(self, *path: str | int) -> Node | None:
        """The node at the end of a path of keys and positions, if there is one."""
        node: Node | None = self
        for step in path:
            node = _step(node, step)
        return node

    def plain(self) -> object:
        """The value without places."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, tuple):
            return [node.plain() for node in self.value]
        return self.value

    def typed(self) -> str:
        """What was typed, as an error message names it."""
        if isinstance(self.value, dict):
            return "a mapping"
        if isinstance(self.value, tuple):
            return "a list"
        return quoted(self.text) if self.text else "nothing"


def walk(node: Node, key: str = "") -> Iterator[tuple[str, Node]]:
    """A node and everything below it, each with the key that it stands under."""
    yield key, node
    if isinstance(node.value, dict):
        for name, child in node.value.items():
            yield from walk(child, name)
    elif isinstance(node.value, tuple):
        for child in node.value:
            yield from walk(child, key)


def _step(node: Node | None, step: str | int) -> Node | None:
    value = node.value if node else None
    if isinstance(value, dict):
        return value.get(str(step))
    if isinstance(value, tuple) and isinstance(step, int) and step < len(value):
        return value[step]
    return None


class RefusedError(Exception):
    """The rest of the file cannot be read; the problem has been noted."""


def compose(text: str, parser: type, file: str, problems: Problems) -> Node | None:
    """Build the one document of a text, or None for an empty one; may raise RefusedError."""
    return _Composer(yaml.parse(text, parser), text.split("\n"), file, problems).document()


@dataclass(frozen=True)
class _Composer:
    """Takes events one by one; what cannot be read past is refused, the rest is noted."""

    events: Iterator[ev.Event]
    lines: list[str]
    file: str
    problems: Problems

    def document(self) -> Node | None:
        """The one document, if there is any."""
        root = None
        for event in self.events:
            if isinstance(event, ev.DocumentStartEvent):
                self._start(event, again=root is not None)
            elif isinstance(event, ev.NodeEvent):
                root = self._node(event, 0)
        return root

    def _start(self, event: ev.DocumentStartEvent, *, again: bool) -> None:
        if again:
            self._refuse("second-document", event, "a second document starts here")
        if event.version or event.tags:
            self._refuse("yaml-directive", event, "directives are not allowed")

    def _node(self, event: ev.Event, depth: int) -> Node:
        """What begins with an event; the events that it takes are gone."""
        if isinstance(event, ev.AliasEvent) or getattr(event, "anchor", None):
            self._refuse("yaml-anchor", event, "anchors and aliases are not allowed", "repeat it")
        tag = getattr(event, "tag", None)
        if tag is not None:
            self._refuse("yaml-tag", event, f"the tag {quoted(tag)} is not allowed")
        if isinstance(event, ev.ScalarEvent):
            return self._scalar(event)
        if depth >= DEEPEST:
            self._refuse("too-deep", event, f"nested deeper than {DEEPEST}")
        if isinstance(event, ev.MappingStartEvent):
            return self._mapping(event, depth)
        return Node(
            self._place(event), tuple(self._node(each, depth + 1) for each in self._below())
        )

    def _below(self) -> Iterator[ev.Event]:
        """The event that each part of a list or mapping begins with, until its end."""
        while not isinstance(event := next(self.events), ev.CollectionEndEvent):
            yield event

    def _mapping(self, start: ev.Event, depth: int) -> Node:
        mapped: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        for event in self._below():
            if not isinstance(event, ev.ScalarEvent | ev.AliasEvent):
                self._refuse("key-not-text", event, "a key must be a word, not a list or mapping")
            key = self._key(self._node(event, depth + 1), keys)
            node = self._node(next(self.events), depth + 1)
            if key is not None:
                mapped[key] = node
        return Node(self._place(start), mapped, keys=keys)

    def _key(self, node: Node, keys: dict[str, Place]) -> str | None:
        """The key, which joins those before it, or None if its value must be left out."""
        if not isinstance(node.value, str):
            message = f"the key {node.typed()} is not text"
            self.problems.add("key-not-text", node.place, message, "put it in quotes")
            return None
        if node.value in keys:
            first = f"first in line {keys[node.value].line}"
            message = f"the key {node.typed()} stands twice"
            self.problems.add("duplicate-key", node.place, message, first)
            return None
        keys[node.value] = node.place
        return node.value

    def _scalar(self, event: ev.ScalarEvent) -> Node:
        place, text = self._place(event), event.value
        if CONTROL.search(text):
            self._refuse("bad-character", event, "a control character is hidden in this text")
        if event.style not in (None, ""):
            return Node(place, text, text)
        end = event.end_mark
        cut = _CUT.match(self.lines[end.line], end.column) if end else None
        value = scalar(text, place, self.problems)
        return Node(place, value, text, cut=cut[0].strip() if cut else "")

    def _place(self, event: ev.Event) -> Place:
        mark = event.start_mark
        return Place(self.file, mark.line + 1, mark.column + 1) if mark else top(self.file)

    def _refuse(self, code: str, event: ev.Event, message: str, hint: str = "") -> NoReturn:
        self.problems.add(code, self._place(event), message, hint)
        raise RefusedError


def scalar(text: str, place: Place, problems: Problems) -> Scalar:
    """Resolve a plain scalar as the core schema of YAML 1.2 does (`yes` is a word)."""
    if text in _WORDS:
        return _WORDS[text]
    number: float | int
    if _INTEGER.fullmatch(text) and len(text) <= LONGEST_NUMBER:
        return int(text, 0 if text[:2] in {"0o", "0x"} else 10)
    if _INTEGER.fullmatch(text) or _NOT_FINITE.fullmatch(text):
        number = math.inf
    elif _FLOAT.fullmatch(text):
        number = float(text)
    else:
        return text
    if not math.isfinite(number):
        problems.add("bad-number", place, f"{quoted(text)} is no number that can be meant")
    return number
