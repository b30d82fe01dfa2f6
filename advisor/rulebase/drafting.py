"""The nodes of all files -> one draft: every section merged, every entry checked for its shape.

An entry with a wrong shape is left out but its id is kept, so that others may name it
without being told that it does not exist.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar, cast

from pydantic import BaseModel

from advisor.rulebase.fields import COUNTRY, ITEM, KEBAB, SNAKE
from advisor.rulebase.models import COLLECTIONS, SINGLES, RuleFile
from advisor.rulebase.nodes import Node
from advisor.rulebase.problems import Problems, did_you_mean, quoted
from advisor.rulebase.shapes import Place
from advisor.rulebase.validating import validated

Model = TypeVar("Model", bound=BaseModel)
_FORMS = {
    "snake": (SNAKE, "snake_case", "small letters, digits and `_`, such as `two_words`"),
    "kebab": (KEBAB, "kebab-case", "small letters, digits and `-`, such as `two-words`"),
    "country": (COUNTRY, "a country", "two capitals, such as `GB`, or `anywhere`"),
    "item": (ITEM, "an item's id", "words with `-` between them, such as `1-02`"),
}


@dataclass(frozen=True)
class Entry(Generic[Model]):
    """One entry: its id, where the id stands, its nodes and its model."""

    id: str
    place: Place
    node: Node
    model: Model

    def at(self, *path: str | int) -> Place:
        """Where a part of the entry stands, or the entry itself if it has no such part."""
        found = self.node.child(*path)
        return found.place if found else self.place

    def part(self, *path: str | int) -> Node:
        """The node of a part that is known to be there."""
        found = self.node.child(*path)
        return found or Node(self.place, None)


@dataclass
class Draft:
    """Entries by section and id, and all ids ever mentioned, with the place of each.

    `lost_sections` says that a section as a whole could not be read, so that a name that
    seems to be missing may well be there.
    """

    problems: Problems
    entries: dict[str, dict[str, Entry[BaseModel]]] = field(default_factory=dict)
    places: dict[str, dict[str, Place]] = field(default_factory=dict)
    lost_sections: bool = False

    def all(self, section: str, model: type[Model]) -> dict[str, Entry[Model]]:
        """The sound entries of a section, whose model the caller knows."""
        found = self.entries.get(section, {})
        if not all(isinstance(entry.model, model) for entry in found.values()):
            raise TypeError(section)
        return cast("dict[str, Entry[Model]]", found)

    def declared(self, section: str) -> Mapping[str, Place]:
        """Every id of a section, those of broken entries too."""
        return self.places.get(section, {})


def merge(files: Mapping[str, Node], problems: Problems) -> Draft:
    """Merge the sections of all files, in the order of files."""
    draft = Draft(problems)
    for root in files.values():
        sections = root.value if isinstance(root.value, dict) else {}
        for section, node in sections.items():
            at = root.keys[section]
            if section in SINGLES:
                _add(draft, section, "", at, node)
            elif section in COLLECTIONS:
                _collect(draft, section, node, at)
            else:
                hint = did_you_mean(section, RuleFile.model_fields)
                problems.add("unknown-section", at, f"unknown section {quoted(section)}", hint)
                draft.lost_sections = True
    return draft


def _collect(draft: Draft, section: str, node: Node, at: Place) -> None:
    """Add every entry of a section that holds entries by id."""
    if not isinstance(node.value, dict):
        message = f"{node.typed()} stands where the entries of `{section}` are meant"
        draft.problems.add("wrong-type", at if node.value is None else node.place, message)
        draft.lost_sections = True
        return
    pattern, form, hint = _FORMS[COLLECTIONS[section][1]]
    for key, child in node.value.items():
        _add(draft, section, key, node.keys[key], child)
        if not re.fullmatch(pattern, key):
            message = f"{quoted(key)} in `{section}` is not {form}"
            draft.problems.add("bad-id", node.keys[key], message, hint)
            draft.entries.get(section, {}).pop(key, None)


def _add(draft: Draft, section: str, key: str, at: Place, node: Node) -> None:
    """Add one entry, unless there is one with its id already."""
    places = draft.places.setdefault(section, {})
    if key in places:
        first = f"first in {places[key].file}:{places[key].line}"
        draft.problems.add("duplicate-id", at, f"{quoted(key or section)} is defined twice", first)
        return
    places[key] = at
    model = SINGLES.get(section) or COLLECTIONS[section][0]
    checked = validated(model, node, at, draft.problems)
    if checked is not None:
        draft.entries.setdefault(section, {})[key] = Entry(key, at, node, checked)
