"""What is wrong with a rule base: problems as data, collected and told all at once.

Every kind of problem has a code, as `codes.yaml` explains them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import attrgetter

from advisor.rulebase.shapes import Place

ERROR, WARNING, NOTE = "error", "warning", "note"
FEW = 8
LONGEST = 60
_READING_ORDER = attrgetter("file", "line", "column", "code", "message")


@dataclass(frozen=True)
class Code:
    """One kind of problem: how much it weighs, what it says, an example, and how to mend it.

    What is acceptable an entry may accept with a reason: the lints, but not those about that.
    """

    code: str
    says: str
    example: str
    remedy: str
    severity: str = ERROR
    acceptable: bool = False


@cache
def codes() -> dict[str, Code]:
    """Every code by its name, in the order of reading a rule base."""
    import yaml  # noqa: PLC0415 - only where something is wrong

    text = files("advisor.rulebase").joinpath("codes.yaml").read_bytes()
    entries = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    return {name: Code(name, **entry) for name, entry in entries.items()}


def severity(code: str) -> str:
    """How much a problem weighs: `error`, `warning` or `note`."""
    return codes()[code].severity


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: a stable code, where it stands, what it is, and a way out."""

    code: str
    file: str
    line: int
    column: int
    message: str
    hint: str = ""

    def __post_init__(self) -> None:
        """Refuse a code that nobody explained."""
        if self.code not in codes():
            raise KeyError(self.code)

    def __str__(self) -> str:
        """One line, as editors and people read it."""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.file}:{self.line}:{self.column}: {self.message}{hint}"


class RuleBaseError(Exception):
    """A rule base that cannot be used, with everything that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep each problem once, in reading order."""
        self.problems = tuple(sorted(set(problems), key=_READING_ORDER))
        super().__init__(self.problems)

    def __str__(self) -> str:
        """One line for each problem."""
        return "\n".join(str(problem) for problem in self.problems)


class Problems:
    """The problems met so far; the readers and builders add to it and carry on."""

    def __init__(self, found: Iterable[Problem] = ()) -> None:
        """Start from what others have found."""
        self._found = list(found)

    def add(self, code: str, place: Place, message: str, hint: str = "") -> None:
        """Note one problem."""
        self._found.append(Problem(code, place.file, place.line, place.column, message, hint))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note the problems that someone else found."""
        self._found.extend(problems)

    def __iter__(self) -> Iterator[Problem]:
        """Give every problem in the order found."""
        return iter(self._found)

    def __len__(self) -> int:
        """Count the problems."""
        return len(self._found)


def quoted(text: object) -> str:
    """Text as it was typed, in backticks, on one line and not too long."""
    line = " ".join(str(text).split())
    return f"`{line[:LONGEST]}…`" if len(line) > LONGEST else f"`{line}`"


def cause_of(error: OSError) -> str:
    """Why the system refused, in lower case."""
    return (error.strerror or "no cause given").lower()


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Name the nearest known word, or all of them if they are few, or nothing."""
    words = list(dict.fromkeys(known))
    from difflib import get_close_matches  # noqa: PLC0415 - only where something is wrong

    near = get_close_matches(word, words, n=1, cutoff=0.6)
    if near:
        return f"did you mean `{near[0]}`?"
    if 0 < len(words) <= FEW:
        return "known: " + ", ".join(f"`{each}`" for each in words)
    return ""
