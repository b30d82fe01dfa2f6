"""An id and a new one → the files of a rule base and its cases that change, as they then read.

Nobody lists here what may name what. The entry gets its new name, the rules are read, and each
problem points at a place that still has the old one; so it goes on until there is no problem left.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar

from advisor.authoring.cases.files import cases_folder, read_cases
from advisor.authoring.fmt import formatted
from advisor.rulebase.problems import Problem, RuleBaseError, did_you_mean, quoted
from advisor.rulebase.reading.build import read_rule_base, read_with_places
from advisor.rulebase.reading.entries import Draft, Entry
from advisor.rulebase.reading.files import gather, in_folder
from advisor.rulebase.reading.models import COLLECTIONS
from advisor.rulebase.shapes import Place

if TYPE_CHECKING:
    from pydantic import BaseModel

T = TypeVar("T")
REMEMBERED = ("questions", "exercises")  # what people and their journals name
_BY_EXERCISE = "drawings"  # it has the ids of another section


class RenameError(Exception):
    """Why something cannot be renamed, with a hint."""


@dataclass(frozen=True)
class Renamed:
    """The section of what has a new name; the new text and the number of places, by file."""

    section: str
    texts: dict[Path, str]
    places: dict[Path, int]


def rename(old: str, new: str, folder: Path, cases: Path | None = None) -> Renamed:
    """Give an entry another id, wherever it is named; `SECTION:ID` is of that section.

    Raises RenameError, or RuleBaseError for rules or cases that have problems before or after.
    """
    draft = read_with_places(folder)[1]
    wanted, _, old = old.rpartition(":")
    section = _section(old, new, wanted, draft)
    cases = cases or cases_folder(folder)
    parent = folder.resolve().parent  # what the rules extend is named from there
    with TemporaryDirectory(prefix=".", dir=parent) as beside, TemporaryDirectory() as aside:
        entry, rules = draft.entries[section][old], _Files(folder, Path(beside), old, new)
        if section in REMEMBERED:
            rules.remember(entry)
        if not rules.take(replace(entry.place, file=rules.name(entry.place))):
            raise RenameError(f"{quoted(old)} is of the base below: rename it there")
        base, every = rules.follow(read_rule_base), [rules]
        if cases is not None:
            every.append(_Files(cases, Path(aside), old, new))
            every[1].follow(lambda made: read_cases(made, base))
    changed = {each.source / name: text for each in every for name, text in each.changed().items()}
    counts = {each.source / name: number for each in every for name, number in each.found.items()}
    return Renamed(section, changed, counts)


def _section(old: str, new: str, wanted: str, draft: Draft) -> str:
    """The section that an id is of. Raises RenameError."""
    sections = [each for each in COLLECTIONS if each != _BY_EXERCISE and wanted in ("", each)]
    having = [each for each in sections if old in draft.declared(each)]
    if not having:
        every = [name for each in COLLECTIONS for name in draft.declared(each)]
        hint = did_you_mean(old[:60], every)
        raise RenameError(f"nothing is called {quoted(old)}" + (f" ({hint})" if hint else ""))
    if len(having) > 1:
        ways = " or ".join(f"`{each}:{old}`" for each in having)
        raise RenameError(f"{quoted(old)} stands in several sections: say {ways}")
    if new in draft.declared(having[0]):
        raise RenameError(f"{quoted(new)} stands in `{having[0]}` already")
    if not re.fullmatch(r"[A-Za-z0-9]+([_-][A-Za-z0-9]+)*", new):
        raise RenameError(f"{quoted(new)} cannot be an id (letters, digits, and `_` or `-`)")
    return having[0]


class _Files:
    """Rule files as they come to read, in a copy of their folder, and how often each changed."""

    def __init__(self, source: Path, copy: Path, old: str, new: str) -> None:
        self.source, self.copy, self.old, self.new = source, copy, old, new
        self.before = gather(source)[0]
        self.texts = {name: data.decode("utf-8-sig") for name, data in self.before.items()}
        self.found = Counter[str]()

    def follow(self, read: Callable[[Path], T]) -> T:
        """Read the files, and put the new name wherever a problem names the old one, to the end."""
        while True:
            for name, text in self.texts.items():
                path = self.copy / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(text.encode())
            try:
                return read(self.copy)
            except RuleBaseError as error:
                naming = [each for each in error.problems if f"`{self.old}`" in each.message]
                # From right to left, as a new name moves what is behind it.
                if not sum(map(self.take, reversed(naming))):
                    raise

    def take(self, at: Problem | Place) -> bool:
        """Put the new name in place of the old one, the first from there on its line."""
        name = in_folder(at.file, self.copy, self.texts)
        lines = self.texts.get(name, "").split("\n")
        if len(lines) < at.line:
            return False
        line, start = lines[at.line - 1], at.column - 1
        word = rf"(?<![\w-]){re.escape(self.old)}(?![\w-])"
        rest, times = re.subn(word, self.new, line[start:], count=1)
        lines[at.line - 1] = line[:start] + rest
        self.texts[name] = "\n".join(lines)
        self.found[name] += times
        return times > 0

    def remember(self, entry: Entry[BaseModel]) -> None:
        """Say in an entry what it was called."""
        was = entry.node.child("was")
        place = was.place if was else entry.node.place
        name = self.name(place)
        if name in self.texts:
            lines = self.texts[name].split("\n")
            line, start = lines[place.line - 1], place.column - 1
            if line[start] in "[{":
                added = f"{self.old}, " if was else f"was: [{self.old}], "
                lines[place.line - 1] = line[: start + 1] + added + line[start + 1 :]
            else:
                added = f"- {self.old}" if was else f"was: [{self.old}]"
                end = "\r" if line.endswith("\r") else ""
                lines.insert(place.line - 1, " " * start + added + end)
            self.texts[name] = "\n".join(lines)

    def name(self, at: Place) -> str:
        """The file of a place in the rules as they were."""
        return in_folder(at.file, self.source, self.texts)

    def changed(self) -> dict[str, str]:
        """The files that changed, in the one form where they had it before."""
        found = {}
        for name in self.found:
            data, text = self.before[name], self.texts[name]
            kept = formatted(data, name).text.encode() == data
            found[name] = formatted(text.encode(), name).text if kept else text
        return found
