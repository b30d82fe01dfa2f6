"""What a condition, selector or effect can name while it is being read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

from advisor.rulebase.problems import Problems, did_you_mean, quoted
from advisor.rulebase.reading.entries import Entry, Model
from advisor.rulebase.reading.nodes import Node
from advisor.rulebase.shapes import Attribute, Exercise, Kinship, Place, Question

THIS, EXERCISE = "this", "exercise"
_NOUNS = {"questions": "fact"}  # what a section's names are called, if not as the section is
T = TypeVar("T")


def all_or_none(parts: Iterable[T | None]) -> tuple[T, ...] | None:
    """The parts, or None if any of them could not be read; each is read, for all its problems."""
    every = tuple(parts)
    found = tuple(part for part in every if part is not None)
    return found if len(found) == len(every) else None


@dataclass(frozen=True)
class Scope:
    """The known names, and where to put problems.

    `left_out` holds the ids that exist but could not be built: naming one is no mistake, but
    what names it cannot be built either. `this` is the current value of a `for_each`.
    """

    problems: Problems
    questions: Mapping[str, Question] = field(default_factory=dict)
    findings: frozenset[str] = frozenset()
    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    exercises: Mapping[str, Exercise] = field(default_factory=dict)
    slots: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    left_out: Mapping[str, frozenset[str]] = field(default_factory=dict)
    this: str | None = None
    kinship: Kinship | None = None

    @cached_property
    def position(self) -> dict[str, int]:
        """The bit of each exercise."""
        return {name: index for index, name in enumerate(self.exercises)}

    @cached_property
    def everything(self) -> int:
        """The mask of the whole catalogue."""
        return (1 << len(self.exercises)) - 1

    def standing_for(self, this: str) -> Scope:
        """The same scope, for one value of a `for_each`."""
        return replace(self, this=this)

    def with_names(self, section: str, built: Collection[str], declared: Iterable[str]) -> Scope:
        """The same scope, with one more section: what was built of it, and so what was not."""
        changes: dict[str, Any] = {section: built}
        return replace(self.leaving_out(section, built, declared), **changes)

    def leaving_out(self, section: str, built: Collection[str], declared: Iterable[str]) -> Scope:
        """The same scope, which knows what of a section could not be built."""
        lost = frozenset(declared).difference(built)
        return replace(self, left_out={**self.left_out, section: lost})

    def lost(self, *sections: str) -> bool:
        """Whether any entry of these sections was left out."""
        return any(self.left_out.get(section) for section in sections)

    def hides(self, section: str, name: str) -> bool:
        """Whether this name exists but was left out."""
        return name in self.left_out.get(section, ())

    def knows(
        self, section: str, name: str, place: Place, known: Iterable[str] = (), noun: str = ""
    ) -> bool:
        """Whether a section has this name; if it has not, nor left it out, that is a problem."""
        names: Collection[str] = getattr(self, section)
        if name not in names and not self.hides(section, name):
            noun = noun or _NOUNS.get(section, section.removesuffix("s"))
            code = "unknown-fact" if section in {"questions", "findings"} else f"unknown-{noun}"
            names_in_order = sorted(names) if isinstance(names, frozenset) else names
            self.unknown(code, place, f"no {noun} is called {{}}", name, known or names_in_order)
        return name in names

    def knows_all(
        self, section: str, names: Iterable[str], entry: Entry[Model], *path: str | int
    ) -> bool:
        """Whether a section has each of the names that stand in a list of an entry."""
        known = [self.knows(section, name, place) for name, place in entry.each(names, *path)]
        return all(known)

    def unknown(self, code: str, place: Place, what: str, name: str, known: Iterable[str]) -> None:
        """Note a name that does not exist (`{}` in `what`), and the nearest that does."""
        message = what.replace("{}", quoted(name), 1)
        self.problems.add(code, place, message, did_you_mean(name, known))

    def values(self, each: str, place: Place) -> list[str]:
        """What `this` stands for, one after the other, with this word in `for_each`."""
        if each == EXERCISE:
            return list(self.exercises)
        known = [EXERCISE, *self.attributes]
        found = self.knows("attributes", each, place, known)
        return [*self.attributes[each].values] if found else []

    def word(self, node: Node) -> str | None:
        """A single word, with `this` filled in; None (and a problem) for anything else."""
        if not isinstance(node.value, str):
            hint = "write `yes` or `no`" if isinstance(node.value, bool) else ""
            self.problems.add(
                "wrong-type", node.place, f"{node.typed()} stands where a word is meant", hint
            )
            return None
        if node.value != THIS:
            return node.value
        if self.this is None:
            message = "`this` stands for nothing here"
            hint = "only a rule with `for_each` can say `this`"
            self.problems.add("this-outside-for-each", node.place, message, hint)
        return self.this

    def words(
        self, node: Node, noun: str = "", owner: str = "", known: Collection[str] = ()
    ) -> list[tuple[str, Node]] | None:
        """One word or a list of words; None if any is none, or the list is empty.

        With a noun, such as value, they must be among those that the owner knows.
        """
        nodes = node.value if isinstance(node.value, tuple) else (node,)
        if not nodes:
            self.problems.add("empty-list", node.place, "an empty list stands here")
            return None
        words = all_or_none(map(self.word, nodes))
        found = [] if words is None else [*zip(words, nodes, strict=True)]
        strange = [(word, each) for word, each in found if noun and word not in known]
        for word, each in strange:
            what = f"`{owner}` has no {noun} {{}}"
            self.unknown(f"unknown-{noun}", each.place, what, word, known)
        return None if words is None or strange else found
