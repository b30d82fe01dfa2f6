"""What a lint gets and gives: a sound rule base with all its places → remarks about entries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from advisor.rulebase.reading.entries import Draft, Entry
from advisor.rulebase.reading.nodes import Node, walk
from advisor.rulebase.shapes import Place, RuleBase

if TYPE_CHECKING:
    from pydantic import BaseModel

REVIEW_YEARS = 3
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Subject:
    """A sound rule base, where each part of it stands, and what to judge its sources by."""

    rules: RuleBase
    draft: Draft
    today: date
    review_years: int = REVIEW_YEARS

    def entry(self, section: str, key: str) -> Entry[BaseModel]:
        """The entry of a section with this id."""
        return self.draft.entries[section][key]

    def section(self, section: str) -> dict[str, Entry[BaseModel]]:
        """Every entry of a section by id."""
        return self.draft.entries.get(section, {})

    def remark(  # noqa: PLR0913 - what a remark is made of, and where in the entry it stands
        self, code: str, section: str, key: str, message: str, hint: str = "", *, at: Path = ()
    ) -> Remark:
        """Something to say about an entry, or about the part of it at a path."""
        entry = self.entry(section, key)
        return Remark(code, section, key, entry.at(*at) if at else entry.place, message, hint)


@dataclass(frozen=True)
class Remark:
    """Something to say about an entry, which the entry itself may accept."""

    code: str
    section: str
    id: str
    place: Place
    message: str
    hint: str = ""


Lint = Callable[[Subject], Iterator[Remark]]


def keys(node: Node) -> Iterator[str]:
    """Every key of every mapping below a node."""
    return (name for _, each in walk(node) for name in each.keys)
