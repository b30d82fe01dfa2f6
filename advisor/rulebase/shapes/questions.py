"""What is asked, in which words, and what can be chosen."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from advisor.rulebase.shapes.answer_types import TYPES, AnswerType, Number
from advisor.rulebase.shapes.conditions import Comparison
from advisor.rulebase.shapes.history import COUNTING, Observation


def normal(word: str) -> str:
    """A word as ids are written: lower case, `_` for dashes and blanks."""
    return "_".join(word.lower().replace("-", " ").replace("_", " ").split())


@dataclass(frozen=True)
class Choice:
    """One thing that can be chosen: its id, the words for it, and what they mean.

    A long list is asked group by group where a person is asked.
    """

    id: str
    label: str
    help: str = ""
    group: str = ""


@dataclass(frozen=True)
class Question:
    """A fact, with the words to ask for it.

    `clear` is the encoded all-clear answer of a screening question, None for the others.
    `concern` is how answers get worse: one of the words of its type, or its answers from least to
    most, or empty where there is no order. The bounds of a number are encoded as its answers are.
    `shortcuts` are words that stand for an answer; `if_unsure` is what doubt comes to in a
    conversation, where only what is known is asked for. A kept answer is good for `good_for`
    days (0: this one; None: always), and goes up by one a year if it `grows`. Of what `lasts`, one
    word for all never undoes trouble that was kept, however old. What is `observed`,
    or a test of it for a yes or no, answers it too. One with an `observation` is never asked.
    """

    id: str
    kind: str  # a name of TYPES
    ask: str
    theme: str = ""
    help: str = ""
    why: str = ""
    choices: tuple[Choice, ...] = ()
    minimum: int = 0
    maximum: int = 1
    step: Decimal = Decimal(1)
    unit: str = ""
    clear: int | None = None
    concern: str | tuple[str, ...] = ""
    changeable: bool = False  # whether a person can do something about the answer
    shortcuts: tuple[tuple[str, int], ...] = ()
    if_unsure: int | None = None
    good_for: int | None = 0
    grows: bool = False
    lasts: bool = False
    was: tuple[str, ...] = ()  # the ids that it had before
    observed: str | Comparison = ""
    observation: Observation | None = None

    @cached_property
    def type(self) -> AnswerType:
        """What its type knows."""
        return TYPES[self.kind]

    @cached_property
    def labels(self) -> dict[str, str]:
        """The words for each choice, by its id."""
        return {choice.id: choice.label for choice in self.choices}

    @cached_property
    def positions(self) -> dict[str, int]:
        """The place of each choice id in `choices`."""
        return {choice.id: index for index, choice in enumerate(self.choices)}

    @cached_property
    def bits(self) -> dict[str, int]:
        """The bit of each choice id in the encoded answer of a set."""
        return {choice.id: 1 << index for index, choice in enumerate(self.choices)}

    @cached_property
    def shortcut(self) -> dict[str, int]:
        """The answer that each shortcut stands for, written as ids are."""
        return {normal(word): code for word, code in self.shortcuts}

    @property
    def first(self) -> int | None:
        """What it is before anything was said or measured: not known, or of what was never."""
        return None if self.observation is None else self.minimum

    @property
    def lowest(self) -> int:
        """The least number; of what speaks of a last time, one less says that there was none."""
        return self.minimum + int(self.speaks_of_last_time)

    @property
    def speaks_of_last_time(self) -> bool:
        """Whether it is measured, and not known as 0 where there was no session."""
        return self.observation is not None and self.observation.take not in COUNTING

    @property
    def is_number(self) -> bool:
        """Whether it is answered with a number."""
        return isinstance(self.type, Number)

    @property
    def bounds(self) -> dict[str, int | float]:
        """The least and the greatest number that can be answered, as people see them."""
        ends = {"minimum": self.lowest, "maximum": self.maximum}
        type_ = self.type
        return {
            name: type_.decode(self, end) for name, end in ends.items() if isinstance(type_, Number)
        }

    def encode(self, value: object) -> int:
        """Turn a well-typed answer (bool, number, str, or ids) into its integer.

        Raises KeyError for an unknown choice.
        """
        return self.type.encode(self, value)

    def decode(self, code: int) -> bool | int | float | str | list[str]:
        """Turn an encoded answer back into what JSON and Python users see."""
        return self.type.decode(self, code)

    def text(self, code: int) -> str:
        """An encoded answer as it is typed on a command line."""
        return self.type.text(self, code)
