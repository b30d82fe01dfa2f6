"""A typed line → what it means at a prompt: an answer, a word to us, or a mistake.

A line is an answer only if it can be nothing else: a number that is shown, a word or label in
full, or a beginning that fits one choice alone and stands in no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from advisor.answers import NONE, UNSURE, AnswerError, encode, find_exercise, quoted
from advisor.rulebase.problems import did_you_mean
from advisor.rulebase.shapes import Choice, Number, OneOf, Question, RuleBase, SomeOf, YesNo

YES_OR_NO = (Choice("yes", "Yes"), Choice("no", "No"))
NONE_OF_THESE = Choice(NONE, "None of these")
WORDS = ("?", "why", "unsure", "back", "keep", "list", "enough", "quit", "help")
_ALSO = {"not sure": UNSURE, "exit": "quit", "q": "quit", "h": "help"}
_FEW = 4
_NUMBER = re.compile(r"([0-9]{1,9})[.)]?")


@dataclass(frozen=True)
class Answer:
    """An encoded answer."""

    code: int


@dataclass(frozen=True)
class Word:
    """A word to the program, with the number that may follow it."""

    word: str
    number: int = 1


@dataclass(frozen=True)
class Mistake:
    """A line that is neither; `says` is what to print."""

    says: str


Reply = Answer | Word | Mistake


def choices_of(question: Question) -> tuple[Choice, ...]:
    """What a question lists to choose from, in the order of the numbers."""
    kind = question.type
    match kind:
        case YesNo():
            return YES_OR_NO
        case SomeOf():
            return (*question.choices, NONE_OF_THESE)
        case OneOf() | Number():
            return question.choices
        case _:
            assert_never(kind)


def expected(question: Question) -> str:
    """What can be typed for an answer."""
    if isinstance(question.type, Number):
        return question.type.expected(question)
    last = len(choices_of(question))
    if isinstance(question.type, SomeOf):
        return f"one or more numbers from 1 to {last}, or 0 for none"
    return f"a number from 1 to {last} or its words"


def read_reply(line: str, question: Question, rules: RuleBase) -> Reply:
    """What a line typed at a question means."""
    text = line.strip()
    if len(text.splitlines()) > 1:
        return Mistake("several lines came at once and none was used: expected one answer")
    if not text:
        return Mistake(f"nothing was typed: expected {expected(question)}, or `unsure`")
    word = read_word(text)
    if word:
        return word
    try:
        return Answer(_code(text, question, rules))
    except AnswerError as error:
        return Mistake(error.problems[0])


def read_word(text: str) -> Word | None:
    """One of our words, written in full, `back` perhaps with a number."""
    plain = " ".join(text.lower().split())
    plain = _ALSO.get(plain, plain)
    if plain in WORDS:
        return Word(plain)
    match = re.fullmatch(r"back ([0-9]{1,3})", plain)
    return Word("back", max(1, int(match[1]))) if match else None


def _code(text: str, question: Question, rules: RuleBase) -> int:
    """The encoded answer. Raises AnswerError with one problem."""
    kind = question.type
    match kind:
        case Number():
            return _number(text, question, rules)
        case SomeOf():
            return _several(text, question, rules)
        case OneOf():
            return _one(text, question, rules)
        case YesNo():
            return 1 - _one(text, question, rules)
        case _:
            assert_never(kind)


def _number(text: str, question: Question, rules: RuleBase) -> int:
    try:
        code = encode(question, re.sub(r"[.)]$", "", text), rules)
    except AnswerError:
        code = None
    if code is None:
        raise _wrong(text, question)
    return code


def _several(text: str, question: Question, rules: RuleBase) -> int:
    """The choices named in a line: one in many words, or several with commas or blanks."""
    try:
        places = {_one(text, question, rules)}
    except AnswerError:
        parts = [part.strip() for part in text.split(",") if part.strip()]
        if not parts:
            raise
        places = {place for part in parts for place in _few(part, question, rules)}
    none = len(question.choices)
    if none in places and len(places) > 1:
        problem = f"{quoted(text)} says both none and some: expected one or the other"
        raise AnswerError([problem])
    return sum(1 << place for place in places if place != none)


def _few(part: str, question: Question, rules: RuleBase) -> list[int]:
    """The choices between two commas: one, or several with blanks between them."""
    try:
        return [_one(part, question, rules)]
    except AnswerError:
        words = part.split()
        if len(words) == 1:
            raise
    return [_one(word, question, rules) for word in words]


def _one(text: str, question: Question, rules: RuleBase) -> int:
    """The place of one choice. Raises AnswerError unless it is one choice and no other."""
    choices = choices_of(question)
    digits = _NUMBER.fullmatch(text)
    if digits:
        number = int(digits[1])
        if isinstance(question.type, SomeOf) and number == 0:
            return len(question.choices)
        if not 1 <= number <= len(choices):
            raise _wrong(text, question)
        return number - 1
    exact, begun = _fitting(plain(text), question)
    if isinstance(question.type, SomeOf) and not exact and (exercise := find_exercise(text, rules)):
        exact = [question.positions[exercise]] if exercise in question.positions else []
    if len(exact) == 1:
        return exact[0]
    could = list(dict.fromkeys([*exact, *begun, *_holding(plain(text), choices)]))
    if begun == could and len(begun) == 1:
        return begun[0]
    raise _wrong(text, question, could)


def _fitting(word: str, question: Question) -> tuple[list[int], list[int]]:
    """The places of the choices that a word names in full, and of those it begins."""
    names = [{plain(choice.id), plain(choice.label)} for choice in choices_of(question)]
    if isinstance(question.type, SomeOf):
        names[-1].add("no")
    exact = [place for place, each in enumerate(names) if word in each]
    begun = [
        place for place, each in enumerate(names) if word and any(n.startswith(word) for n in each)
    ]
    return exact, begun


def _holding(word: str, choices: tuple[Choice, ...]) -> list[int]:
    """The places of the choices with this word in them, which a beginning may well mean too."""
    names = [f" {plain(each.label)} " for each in choices]
    return [place for place, each in enumerate(names) if word and f" {word} " in each]


def plain(text: str) -> str:
    """Words without case, dashes and other marks."""
    return " ".join(re.sub(r"[^\w]|_", " ", text.lower()).split())


def _wrong(text: str, question: Question, found: Iterable[int] = ()) -> AnswerError:
    several = [f"{place + 1} ({choices_of(question)[place].label})" for place in found]
    if several:
        more = ", …" if len(several) > _FEW else ""
        could = ", ".join(several[:_FEW]) + more
        return AnswerError([f"{quoted(text)} could be {could}: expected a number"])
    hint = _hint(text, question)
    return AnswerError([f"{quoted(text)} is no answer here: expected {expected(question)}{hint}"])


def _hint(text: str, question: Question) -> str:
    """A near word, if there is one."""
    labels = [choice.label.lower() for choice in choices_of(question)]
    words = [*WORDS[1:], *labels] if not question.is_number else WORDS[1:]
    hint = did_you_mean(plain(text)[:60], words)
    return f" ({hint})" if hint.startswith("did") else " (or `help`)"
