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

from advisor.interview import phrases
from advisor.interview.spoken import without_apostrophes
from advisor.rulebase.shapes import Question
from advisor.rulebase.shapes.answer_types import LONGEST

Time = tuple[Decimal, Decimal]  # from, to, in minutes
CAREFUL = "to be on the careful side"
_TOKEN = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+(?:\.[0-9]+)?|[^\W\d_]+|\S")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_SHAPE = re.compile(r"([<>] )?N(?: U)?(?: (?:-|T) N(?: U)?)?( O N)?")
_TIME = re.compile(r"(?:^| )([<>] )?N(?: U)?(?: (?:-|T) N)? U$")
_DASHES = str.maketrans(dict.fromkeys("\u2013\u2014\u2212", "-"))
_MARKS = {
    **phrases.MOMENTS,
    phrases.HALF: ".5",
    **dict.fromkeys(phrases.MORE.split("|"), ">"),
    **dict.fromkeys(phrases.LESS.split("|"), "<"),
}


@dataclass(frozen=True)
class Answer:
    """An encoded answer; `note` is what was done to what was typed, if anything."""

    code: int
    note: str = ""


def read_amount(text: str, question: Question) -> Answer | None:
    """The number in a line; None if there is none, or it is no answer."""
    words = _words(text, question)
    shape = _SHAPE.fullmatch(" ".join(map(_kind, words)))
    if shape is None:
        return None
    values = [Decimal(word) for word in words if _NUMBER.fullmatch(word)]
    if shape[2] and values.pop() != question.maximum * question.step:
        return None
    units, own = {word for word in words if _kind(word) == "U"}, _singular(question.unit)
    if len(units) > 1 or (units and own not in phrases.UNITS):
        return None
    factor = Decimal(phrases.UNITS[units.pop()]) / phrases.UNITS[own] if units else None
    values = [each * (factor or 1) for each in values]
    return _careful(values, (shape[1] or "").strip(), question, converted=factor is not None)


def _careful(
    values: list[Decimal], bound: str, question: Question, *, converted: bool
) -> Answer | None:
    """The end of more concern; None where that is not known, has no end, or is no answer."""
    falling = question.concern == "falling"
    single = len(values) == 1 and not bound
    endless = bound == ("<" if falling else ">")
    if not single and (endless or question.concern not in ("rising", "falling")):
        return None
    steps = (min(values) if falling else max(values)) / question.step
    code = floor(steps) if falling else ceil(steps)
    if steps != code and not question.concern:
        return None
    far = converted and falling and code > question.maximum
    code = question.maximum if far else code
    if not question.minimum <= code <= question.maximum:
        return None
    exact = single and steps == code
    return Answer(code, "" if exact else "the most that counts" if far else CAREFUL)


def read_time(text: str, question: Question, *, label: bool = False) -> Time | None:
    """From how much to how much time a line says, in minutes; None if it says something else.

    A label says it at its end, and with its ends; *more than a week* is more than that.
    """
    words = _words(text, question)
    shape = _TIME.search(" ".join(map(_kind, words)))
    often = not {*text.lower().split()}.isdisjoint(phrases.RATE)
    if shape is None or often or not (label or shape.start() == 0):
        return None
    unit, found = 0, list[Decimal]()
    for word in reversed(words[-len(shape[0].split()) :]):
        unit = phrases.UNITS.get(word, unit)
        found += [Decimal(word) * unit] if _NUMBER.fullmatch(word) else []
    low, high = min(found), max(found)
    past = 0 if label else 1
    match shape[1]:
        case "< ":
            return Decimal(0), high - past
        case "> ":
            return low + past, Decimal("inf")
        case _:
            return low, high


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
    if any(len(each) > LONGEST for each in re.findall(r"[0-9]+", line)):
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


def _put(line: str, meant: Mapping[str, str]) -> str:
    """The line with other words in place of these, the longest first."""
    said = "|".join(map(re.escape, sorted(meant, key=len, reverse=True)))
    pattern = rf"(?<![^\W_])(?:{said})(?![^\W_])"
    return " ".join(re.sub(pattern, lambda found: f" {meant[found[0]]} ", line).split())


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
            number_follows = _value(following, "") is not None or following in phrases.TIMES
            if value is None and not (word in phrases.ARTICLES and number_follows):
                yield _singular(word)
    if total is not None:
        yield f"{total:f}"


def _value(word: str, following: str) -> Decimal | None:
    """The number that a word is."""
    digits = word.replace(",", "")
    if _NUMBER.fullmatch(digits) or word == ".5":
        return Decimal(digits)
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
