"""A number as people say it → its code: in words, with units, out of ten, or from here to there.

Of a range, and of what lies between two answers, the end of more concern is taken, and a note says
so. Where the author gives no order of concern, only an exact number will do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor
from typing import NamedTuple

from advisor.interview import phrases
from advisor.interview.spoken import without_apostrophes
from advisor.rulebase.shapes import Question
from advisor.rulebase.shapes.questions import LONGEST

CAREFUL = "to be on the careful side"
_TOKEN = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+(?:\.[0-9]+)?|[^\W\d_]+|\S")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_SHAPE = re.compile(
    r"(?P<bound>[<>] )?(?P<low>N)(?: (?P<low_unit>U))?"
    r"(?: (?:-|T) (?P<high>N)(?: (?P<high_unit>U))?)?(?: O (?P<whole>N))?"
)


@dataclass(frozen=True)
class Amount:
    """The code of a number, and what was done to it, if anything."""

    code: int
    note: str = ""


class _Parts(NamedTuple):
    """What was said: one number or two, each times a unit, and whether more or less was meant."""

    values: tuple[Decimal, ...]
    bound: str
    converted: bool


def read_amount(text: str, question: Question) -> Amount | None:
    """The number in a line; None if there is none, or it is no answer."""
    parts = _parts(text, question)
    end = None if parts is None else _careful_end(parts, question)
    if parts is None or end is None:
        return None
    steps = end / question.step
    code = floor(steps) if question.concern == "falling" else ceil(steps)
    if steps != code and not question.concern:
        return None
    far = parts.converted and question.concern == "falling" and code > question.maximum
    code = question.maximum if far else code
    exact = len(parts.values) == 1 and not parts.bound and steps == code
    if not question.minimum <= code <= question.maximum:
        return None
    return Amount(code, "" if exact else "the most that counts" if far else CAREFUL)


def _careful_end(parts: _Parts, question: Question) -> Decimal | None:
    """The end of more concern; None where that is not known or has no end."""
    if len(parts.values) == 1 and not parts.bound:
        return parts.values[0]
    pick, open_end = {"rising": (max, ">"), "falling": (min, "<")}.get(
        str(question.concern), (None, "")
    )
    return None if pick is None or parts.bound == open_end else pick(parts.values)


def _parts(text: str, question: Question) -> _Parts | None:
    """Take a line apart; None if it is not made of one amount and what may stand around it."""
    words = _words(text, question)
    kinds = " ".join(_kind(word) for word in words)
    shape = _SHAPE.fullmatch(kinds)
    if shape is None:
        return None
    numbers = [Decimal(word) for word in words if _NUMBER.fullmatch(word)]
    if shape["whole"] and numbers.pop() != question.maximum * question.step:
        return None
    units = [word for word in words if _kind(word) == "U"]
    factor = _factor(units, question)
    if factor is None or len(set(units)) > 1:
        return None
    return _Parts(
        tuple(each * factor for each in numbers), (shape["bound"] or "").strip(), bool(units)
    )


def _factor(units: list[str], question: Question) -> Decimal | None:
    """By what to multiply; None if the question does not count in anything of the kind."""
    if not units:
        return Decimal(1)
    own = _singular(question.unit)
    return Decimal(phrases.UNITS[units[0]]) / phrases.UNITS[own] if own in phrases.UNITS else None


def _kind(word: str) -> str:
    """What a word is in a shape: number, unit, `to`, `out of`, or itself."""
    if _NUMBER.fullmatch(word):
        return "N"
    if word in phrases.UNITS:
        return "U"
    if word in phrases.TO.split("|"):
        return "T"
    return "O" if word in ("of", "/") else word


def _words(text: str, question: Question) -> list[str]:
    """A line as numbers, units and the few words that matter."""
    line = without_apostrophes(text.lower()).translate(_DASHES)
    line = re.sub(r"(?<=[0-9])[.)]$|(?<=[a-z])-(?=[a-z])", " ", line.strip())
    line = " ".join(each for each in _TOKEN.findall(line) if each not in ",.~!?")
    if _too_long(line):
        return []
    line = _put(line, dict.fromkeys(phrases.OUT_OF.split("|"), "of"))
    if question.unit:
        line = re.sub(rf" {re.escape(question.unit.lower())}$", "", line)
    line = " ".join(_with_numbers(_put(line, _MARKS).split()))
    words = _put(line, dict.fromkeys(phrases.ABOUT.split("|"), "")).split()
    rate = question.unit.split()  # a question that counts by the week is answered "3 per week"
    if len(words) > 1 and rate[:1] and rate[0] in phrases.ARTICLES and words[-1] == rate[-1]:
        words.pop()
    return words


_DASHES = str.maketrans(dict.fromkeys("\u2013\u2014\u2212", "-"))


def _too_long(line: str) -> bool:
    return any(len(each) > LONGEST for each in re.findall(r"[0-9]+", line))


def _put(line: str, meant: Mapping[str, str]) -> str:
    """The line with other words in place of these, the longest first."""
    said = "|".join(map(re.escape, sorted(meant, key=len, reverse=True)))
    pattern = rf"(?<![^\W_])(?:{said})(?![^\W_])"
    return " ".join(re.sub(pattern, lambda found: f" {meant[found[0]]} ", line).split())


_MARKS = {
    **phrases.MOMENTS,
    phrases.HALF: ".5",
    **dict.fromkeys(phrases.MORE.split("|"), ">"),
    **dict.fromkeys(phrases.LESS.split("|"), "<"),
}


def _with_numbers(words: list[str]) -> Iterable[str]:
    """The same words with numbers in place of their names; units lose their plural."""
    total: Decimal | None = None
    for word, following in zip(words, [*words[1:], ""], strict=False):
        value = _value(word, following)
        if value is not None and (total is None or _joins(total, value)):
            total = (total or Decimal(0)) + value
        elif word in phrases.TIMES:
            total = (Decimal(1) if total is None else total) * phrases.TIMES[word]
        else:
            if total is not None:
                yield f"{total:f}"
            total = value
            if value is None and not (word in phrases.ARTICLES and _is_number(following)):
                yield _singular(word)
    if total is not None:
        yield f"{total:f}"


def _is_number(word: str) -> bool:
    return _value(word, "") is not None or word in phrases.TIMES


def _value(word: str, following: str) -> Decimal | None:
    """The number that a word is."""
    if _NUMBER.fullmatch(word.replace(",", "")) or word == ".5":
        return Decimal(word.replace(",", ""))
    if word in phrases.ARTICLES and _singular(following) in phrases.UNITS:
        return Decimal(1)
    return Decimal(phrases.NUMBERS[word]) if word in phrases.NUMBERS else None


def _joins(total: Decimal, value: Decimal) -> bool:
    """Whether a number goes on with the next: twenty five, a hundred twenty, three and a half."""
    half = value == Decimal("0.5") and total == int(total)
    after_tens = total >= 20 and total % 10 == 0 and 0 < value < 10  # noqa: PLR2004
    after_hundreds = total >= 100 > value > 0  # noqa: PLR2004
    return half or after_tens or after_hundreds


def _singular(word: str) -> str:
    word = word.lower()
    return word[:-1] if word.endswith("s") and word[:-1] in phrases.UNITS else word
