"""A folder of rules that extends another → the nodes of both as one rule base.

`extends` in `rule_base` names the program's own base, or a folder from there; several folders named
one after the other are laid over each other in the same way. A new entry adds to
it; one with `replaces: ID` takes the place of an entry, and `removes` takes some away. What comes
out is the same as one base with all entries, so nothing that reads it knows of layers; only the
names of files tell which layer they are of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from advisor.rulebase.problems import Problems, did_you_mean, quoted
from advisor.rulebase.reading.bundled import bundled_rules
from advisor.rulebase.reading.files import gather, top
from advisor.rulebase.reading.models import COLLECTIONS, SINGLES
from advisor.rulebase.reading.nodes import Node, read_file
from advisor.rulebase.shapes import Place

OWN = "legday"  # the base that comes with the program
EXTENDS, REPLACES, REMOVES, HEAD = "extends", "replaces", "removes", "rule_base"
ENCODES = "encodes"  # the items of the documents that an entry stands for
Sections = dict[str, Node]
Folders = Sequence[Path]  # each to be laid over those before it; at least one


@dataclass(frozen=True)
class Layers:
    """The bytes and the nodes of a rule base by file; a file that cannot be read has no node."""

    data: dict[str, bytes]
    nodes: dict[str, Node]

    @property
    def is_whole(self) -> bool:
        """Whether every file was read."""
        return len(self.nodes) == len(self.data)


def read_layers(folders: Folders, problems: Problems, above: tuple[Path, ...] = ()) -> Layers:
    """Read a folder of rules and what lies below it; every problem is noted.

    Below it are the folders named before it, or else what it extends.
    """
    *others, folder = folders
    data, found = gather(folder)
    problems.extend(found)
    read = {name: read_file(data[name], name, problems) for name in data}
    own = Layers(data, {name: node for name, node in read.items() if node is not None})
    head = next((each for root in own.nodes.values() if (each := root.child(HEAD, EXTENDS))), None)
    if others:
        named, at, below = str(others[-1]), top("."), others
    elif head is not None:
        named, at = head.text, head.place
        below = [bundled_rules() if named == OWN else folder / named]
    else:
        return own
    if below[-1].resolve() in {each.resolve() for each in (folder, *above)}:
        problems.add("bad-layer", at, f"{quoted(named)} extends itself in the end")
        return own
    under = read_layers(below, problems, (*above, folder))
    if not (under.is_whole and own.is_whole and under.nodes):
        return Layers({**own.data, "": b""}, own.nodes)
    return _laid(
        _named(OWN if named == OWN else below[-1].resolve().name, under),
        _named(folder.resolve().name, own),
        problems,
    )


def _named(name: str, layer: Layers) -> Layers:
    """The same layer with its own name before those of its files."""
    return Layers(
        {f"{name}/{file}": each for file, each in layer.data.items()},
        {f"{name}/{file}": _moved(node, f"{name}/{file}") for file, node in layer.nodes.items()},
    )


def _moved(node: Node, file: str) -> Node:
    """The same node in a file of another name."""
    value = node.value
    if isinstance(value, dict):
        value = {key: _moved(each, file) for key, each in value.items()}
    elif isinstance(value, tuple):
        value = tuple(_moved(each, file) for each in value)
    keys = {key: replace(place, file=file) for key, place in node.keys.items()}
    return replace(node, place=replace(node.place, file=file), value=value, keys=keys)


def _laid(under: Layers, over: Layers, problems: Problems) -> Layers:
    """One layer over another."""
    below = _Below(
        {file: dict(_mapping(node)) for file, node in under.nodes.items()}, under, problems
    )
    left = {file: _rest(node, below) for file, node in over.nodes.items()}
    nodes = {file: replace(under.nodes[file], value=each) for file, each in below.sections.items()}
    return Layers({**under.data, **over.data}, {**nodes, **left})


def _rest(root: Node, below: _Below) -> Node:
    """What a file of the upper layer adds, once it has replaced and removed."""
    kept = Sections()
    for section, node in _mapping(root).items():
        if section == REMOVES:
            below.remove_all(node)
        elif section in SINGLES:
            named = node.child(REPLACES)
            bare = _without(node, REPLACES, EXTENDS)
            if section != HEAD or bare.value:
                if section == HEAD or (named and below.has(section, named.text, named.place)):
                    below.drop(section)
                kept[section] = bare
        elif section in COLLECTIONS:
            kept[section] = _entries(section, node, below)
        else:
            kept[section] = node
    return replace(root, value=kept)


def _entries(section: str, node: Node, below: _Below) -> Node:
    """The entries of a section that are new; the others take the place of what they replace."""
    new = dict[str, Node]()
    for key, entry in _mapping(node).items():
        named = entry.child(REPLACES)
        if named is None:
            new[key] = entry
        elif below.has(section, named.text, named.place):
            below.put(section, named.text, key, node.keys[key], _without(entry, REPLACES))
    return replace(node, value=new) if isinstance(node.value, dict) else node


@dataclass(frozen=True)
class _Below:
    """The sections of the lower layer by file, as they change."""

    sections: dict[str, Sections]
    layer: Layers
    problems: Problems

    def has(self, section: str, name: str, at: Place) -> bool:
        """Whether there is such an entry; a section that stands once goes by its own name."""
        known = [section] if section in SINGLES else [*self._ids(section)]
        if name in known and any(section in each for each in self.sections.values()):
            return True
        hint = did_you_mean(name, known)
        message = f"{quoted(name)} is not in `{section}` of what this extends"
        self.problems.add("bad-layer", at, message, hint)
        return False

    def _ids(self, section: str) -> Iterator[str]:
        for sections in self.sections.values():
            yield from _mapping(sections[section]) if section in sections else ()

    def put(self, section: str, old: str, key: str, at: Place, entry: Node) -> None:
        """Put an entry in the place of another."""
        for sections in self.sections.values():
            node = sections.get(section)
            if node is not None and old in _mapping(node):
                new = {old: (key, at, _encoding(entry, _mapping(node)[old]))}
                every = [
                    new.get(name, (name, node.keys[name], each))
                    for name, each in _mapping(node).items()
                ]
                value = {name: each for name, _, each in every}
                keys = {name: place for name, place, _ in every}
                sections[section] = replace(node, value=value, keys=keys)

    def drop(self, section: str, key: str = "") -> None:
        """Take an entry away, or a section that stands once."""
        for sections in self.sections.values():
            node = sections.get(section)
            if node is not None and section in SINGLES:
                del sections[section]
            elif node is not None and key in _mapping(node):
                sections[section] = _without(node, key)

    def remove_all(self, node: Node) -> None:
        """Take away what a list names; an id that stands in several sections is refused."""
        for each in node.value if isinstance(node.value, tuple) else (node,):
            found = [section for section in COLLECTIONS if each.text in self._ids(section)]
            if len(found) == 1:
                self.drop(found[0], each.text)
            else:
                every = [name for section in COLLECTIONS for name in self._ids(section)]
                where = f"stands in {', '.join(found)}" if found else "is not in what this extends"
                message = f"{quoted(each.text)} {where}, so it cannot be removed"
                self.problems.add("bad-layer", each.place, message, did_you_mean(each.text, every))


def _encoding(entry: Node, before: Node) -> Node:
    """An entry, which encodes what the one before it did unless it says otherwise."""
    encodes = before.child(ENCODES)
    if encodes is None or not isinstance(entry.value, dict) or ENCODES in entry.value:
        return entry
    return replace(entry, value={**entry.value, ENCODES: encodes})


def _mapping(node: Node) -> dict[str, Node]:
    return node.value if isinstance(node.value, dict) else {}


def _without(node: Node, *names: str) -> Node:
    """The same mapping without some keys."""
    if not isinstance(node.value, dict):
        return node
    value = {key: each for key, each in node.value.items() if key not in names}
    keys = {key: each for key, each in node.keys.items() if key not in names}
    return replace(node, value=value, keys=keys)
