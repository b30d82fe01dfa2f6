"""What is asked, and how an answer becomes a small integer and back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

YES_NO = "yes/no"
CHOICE = "choice"
INTEGER = "integer"
SET = "set"


def normal(word: str) -> str:
    """A word as ids are written: lower case, `_` for dashes and blanks."""
    return "_".join(word.lower().replace("-", " ").replace("_", " ").split())


@dataclass(frozen=True)
class Choice:
    """One thing that can be chosen: its id, the words for it, and what they mean."""

    id: str
    label: str
    help: str = ""


@dataclass(frozen=True)
class Question:
    """A fact, with the words to ask for it.

    `clear` is the encoded all-clear answer of a screening question, None for the others.
    `concern` is how answers get worse: `rising` or `falling` (integer), `more` or `fewer`
    (set), choice ids from least to most, or empty where there is no order.
    """

    id: str
    kind: str
    ask: str
    theme: str = ""
    help: str = ""
    why: str = ""
    choices: tuple[Choice, ...] = ()
    minimum: int = 0
    maximum: int = 1
    unit: str = ""
    clear: int | None = None
    concern: str | tuple[str, ...] = ""
    changeable: bool = False  # whether a person can do something about the answer

    @cached_property
    def positions(self) -> dict[str, int]:
        """The place of each choice id in `choices`."""
        return {choice.id: index for index, choice in enumerate(self.choices)}

    @cached_property
    def bits(self) -> dict[str, int]:
        """The bit of each choice id in the encoded answer of a set."""
        return {choice.id: 1 << index for index, choice in enumerate(self.choices)}

    def encode(self, value: object) -> int:
        """Turn a well-typed answer (bool, int, str, or ids) into its integer.

        yes/no: 0 or 1; integer: itself; choice: its place; set: one bit for each choice.
        Raises KeyError for an unknown choice.
        """
        if self.kind == CHOICE:
            return self.positions[str(value)]
        if self.kind == SET:
            return sum(1 << self.positions[item] for item in set(value))  # type: ignore[call-overload, misc]
        return int(value)  # type: ignore[call-overload, no-any-return]

    def decode(self, code: int) -> bool | int | str | list[str]:
        """Turn an encoded answer back into what JSON and Python users see."""
        if self.kind == YES_NO:
            return bool(code)
        if self.kind == CHOICE:
            return self.choices[code].id
        if self.kind == SET:
            return [choice.id for index, choice in enumerate(self.choices) if code >> index & 1]
        return code
