"""How an answer becomes a small integer and back: the types of answers.

Each type of answer is a class, with all that sets it apart from the others: how an answer is
encoded, how many there are, how they get worse. Whoever has to know the type asks one of these, or
matches them to the end; so a new type is a class here, and mypy names what is left to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from advisor.rulebase.shapes.questions import Question

YES_NO = "yes/no"
CHOICE = "choice"
INTEGER = "integer"
DECIMAL = "decimal"
SET = "set"
LONGEST = 9  # digits of a number; no bound is longer


class _Kind:
    """What an answer type is like unless it says otherwise."""

    concerns: ClassVar[tuple[str, ...]] = ()  # what `concern` can say, besides an order
    reserved: ClassVar[tuple[str, ...] | None] = None  # what cannot be a choice; None: it has none

    def ordered(self, _question: Question, _: Sequence[int] = ()) -> list[int]:
        """Answers from least to most concerning; none where they stand in no row."""
        return []

    def least(self, question: Question) -> int | None:
        """The answer of least concern, if there is one."""
        return next(iter(self.ordered(question)), None)

    def words(self, question: Question) -> list[str]:
        """The words that can be answered; none for a number."""
        return [choice.id for choice in question.choices]

    def spoken(self, question: Question, value: object) -> str:
        """An answer as a person would say it; what is no choice, as it is."""
        return f"{question.labels.get(value, value) if isinstance(value, str) else value}"


class YesNo(_Kind):
    """Yes is 1, no is 0."""

    name: ClassVar[str] = YES_NO
    test: ClassVar[str] = "write `yes` or `no`"

    def encode(self, _: Question, value: object) -> int:
        """Turn a well-typed answer into its integer."""
        return int(bool(value))

    def decode(self, _: Question, code: int) -> bool:
        """Turn an encoded answer back."""
        return bool(code)

    def plain(self, _: Question, value: object) -> int | None:
        """The integer of an answer written just as ids are; None for any other."""
        return int(value) if type(value) is bool else None

    def text(self, _: Question, code: int) -> str:
        """An answer as it is typed."""
        return "yes" if code else "no"

    def words(self, _: Question) -> list[str]:
        """Yes and no."""
        return ["yes", "no"]

    def spoken(self, _: Question, value: object) -> str:
        """Yes or no."""
        return "yes" if value else "no"

    def expected(self, _: Question) -> str:
        """What can be answered, in words."""
        return "`yes` or `no`"

    def count(self, _: Question) -> int:
        """How many answers there are."""
        return 2

    def ordered(self, question: Question, _: Sequence[int] = ()) -> list[int]:
        """Answers from least to most concerning; none where the author gives no order."""
        return [int(word == "yes") for word in question.concern]


class OneOf(_Kind):
    """A choice is its place among the choices."""

    name: ClassVar[str] = CHOICE
    reserved: ClassVar[tuple[str, ...] | None] = ("unsure", "this")
    test: ClassVar[str] = "write a choice, or a list of choices"

    def encode(self, question: Question, value: object) -> int:
        """Turn an id into its place; raises KeyError for an unknown one."""
        return question.positions[str(value)]

    def decode(self, question: Question, code: int) -> str:
        """Turn a place back into the id."""
        return question.choices[code].id

    text = decode  # as it is typed

    def plain(self, question: Question, value: object) -> int | None:
        """The place of an id; None for anything else."""
        return question.positions.get(value) if type(value) is str else None

    def expected(self, _: Question) -> str:
        """What can be answered, in words."""
        return "a choice"

    def count(self, question: Question) -> int:
        """As many as there are choices."""
        return len(question.choices)

    def ordered(self, question: Question, _: Sequence[int] = ()) -> list[int]:
        """The places in the author's order of concern."""
        return [question.positions[word] for word in question.concern]


class SomeOf(_Kind):
    """A set of choices has one bit for each."""

    name: ClassVar[str] = SET
    concerns: ClassVar[tuple[str, ...]] = ("more", "fewer")
    reserved: ClassVar[tuple[str, ...] | None] = ("unsure", "this", "none", "some")
    test: ClassVar[str] = (
        "write a choice, a list, `none`, `some`, `at least 2` or `{at_least: 2, of: […]}`"
    )

    def encode(self, question: Question, value: object) -> int:
        """Turn ids into bits; raises KeyError for an unknown one."""
        return sum(question.bits[item] for item in set(value))  # type: ignore[call-overload, misc]

    def decode(self, question: Question, code: int) -> list[str]:
        """Turn bits back into ids, in the order of the choices."""
        return [choice.id for place, choice in enumerate(question.choices) if code >> place & 1]

    def plain(self, question: Question, value: object) -> int | None:
        """The bits of a list of ids; None if any is unknown."""
        if type(value) is not list:
            return None
        code, bits = 0, question.bits
        for item in value:
            bit = bits.get(item) if type(item) is str else None
            if bit is None:
                return None
            code |= bit
        return code

    def text(self, question: Question, code: int) -> str:
        """The ids with commas between them."""
        return ",".join(self.decode(question, code)) or "none"

    def spoken(self, question: Question, value: object) -> str:
        """The labels of several."""
        if not isinstance(value, list | tuple):
            return super().spoken(question, value)
        return "; ".join(super(SomeOf, self).spoken(question, each) for each in value) or "none"

    def expected(self, _: Question) -> str:
        """What can be answered, in words."""
        return "a list of choices, or `none`"

    def count(self, question: Question) -> int:
        """As many as there are subsets."""
        return 1 << len(question.choices)

    def least(self, question: Question) -> int | None:
        """The empty set or the whole one, whichever is of less concern."""
        everything = (1 << len(question.choices)) - 1
        return {"more": 0, "fewer": everything}.get(str(question.concern))


class Number(_Kind):
    """A whole number is itself."""

    name: ClassVar[str] = INTEGER
    concerns: ClassVar[tuple[str, ...]] = ("rising", "falling")
    test: ClassVar[str] = "write `3`, `at least 3`, `at most 2` or `3 to 4`"

    def encode(self, _: Question, value: object) -> int:
        """Turn a whole number into itself."""
        return int(value)  # type: ignore[call-overload, no-any-return]

    def decode(self, _: Question, code: int) -> int | float:
        """Turn it back."""
        return code

    def plain(self, question: Question, value: object) -> int | None:
        """A number within the bounds; None for anything else."""
        within = type(value) is int and question.minimum <= value <= question.maximum
        return value if within else None  # type: ignore[return-value]

    def read(self, question: Question, text: str) -> int | None:
        """The integer of digits as they are typed, whatever the bounds; None for anything else."""
        del question
        digits = text.removeprefix("-")
        return (
            int(text) if len(digits) <= LONGEST and digits.isascii() and digits.isdigit() else None
        )

    def text(self, _: Question, code: int) -> str:
        """Its digits."""
        return str(code)

    def expected(self, question: Question) -> str:
        """What can be answered, in words."""
        return f"a whole number {self.bounds(question)}"

    def bounds(self, question: Question) -> str:
        """From where to where."""
        low, high = (self.text(question, end) for end in (question.lowest, question.maximum))
        return f"from {low} to {high}"

    def count(self, question: Question) -> int:
        """As many as lie within the bounds."""
        return question.maximum - question.minimum + 1

    def ordered(self, question: Question, codes: Sequence[int] = ()) -> list[int]:
        """These numbers, which are given in rising order, from least to most concerning."""
        rows = {"rising": list(codes), "falling": list(reversed(codes))}
        return rows.get(str(question.concern), [])

    def least(self, question: Question) -> int | None:
        """The end of least concern."""
        return {"rising": question.minimum, "falling": question.maximum}.get(str(question.concern))

    def edges(self, question: Question, bounds: Iterable[int]) -> list[int]:
        """Where stretches of numbers begin, in rising order, and one past the last number."""
        ends = {question.minimum, question.maximum + 1}
        inside = (each for each in bounds if question.minimum <= each <= question.maximum)
        return sorted(ends.union(inside))


class Steps(Number):
    """A number with a fraction counts the steps from zero: with steps of 2.5, 5 is 2."""

    name: ClassVar[str] = DECIMAL
    test: ClassVar[str] = "write `2.5`, `at least 2.5`, `at most 5` or `2.5 to 5`"

    def encode(self, question: Question, value: object) -> int:
        """Turn a number into steps."""
        return int(Decimal(str(value)) / question.step)

    def decode(self, question: Question, code: int) -> int | float:
        """Turn steps back into the number."""
        number = code * question.step
        return int(number) if number == int(number) else float(number)

    def plain(self, question: Question, value: object) -> int | None:
        """The steps of a number within the bounds; None for anything else."""
        code = self.read(question, str(value)) if type(value) in {int, float} else None
        return super().plain(question, code)

    def read(self, question: Question, text: str) -> int | None:
        """The steps of a number as it is typed; None if it is none, or lies between steps."""
        whole, _, part = text.removeprefix("-").partition(".")
        digits = f"{whole}{part}"
        if len(digits) > LONGEST or not (whole and digits.isascii() and digits.isdigit()):
            return None
        steps = Decimal(text) / question.step
        return int(steps) if steps == int(steps) else None

    def text(self, question: Question, code: int) -> str:
        """The number without needless zeros."""
        return f"{(code * question.step).normalize():f}"

    def expected(self, question: Question) -> str:
        """What can be answered, in words."""
        return f"a number {self.bounds(question)} in steps of {question.step.normalize():f}"


AnswerType = YesNo | OneOf | SomeOf | Number
TYPES: dict[str, AnswerType] = {
    each.name: each for each in (YesNo(), OneOf(), Number(), Steps(), SomeOf())
}
