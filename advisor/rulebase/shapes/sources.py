"""Where things are said: places in rule files, and documents with the strength of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

# The strength of a source, strongest first: a reason stands on the strongest it names.
SourceKind = Literal[
    "guideline",
    "review",
    "trial",
    "cohort",
    "biomechanics",
    "convention",
    "article",
    "forum",
    "reasoning",
]
KINDS: tuple[SourceKind, ...] = get_args(SourceKind)


@dataclass(frozen=True)
class Place:
    """Where something stands in the files: a path relative to the rule base, 1-based."""

    file: str
    line: int
    column: int


NOWHERE = Place("", 0, 0)  # of what stands in no file


@dataclass(frozen=True)
class Source:
    """A document behind the rules, and what we read of it."""

    id: str
    title: str
    kind: str
    author: str = ""
    year: int | None = None
    where: str = ""
    read: str = ""
    reviewed: str = ""
    note: str = ""


@dataclass(frozen=True)
class Citation:
    """A source, and the section of it that a rule leans on (empty: the whole)."""

    source: str
    section: str = ""


@dataclass(frozen=True)
class GuidanceItem:
    """One statement of a document, and what became of it."""

    id: str
    says: str
    document: str
    place: str
    status: str
    note: str = ""
    conflicts: tuple[str, ...] = ()
