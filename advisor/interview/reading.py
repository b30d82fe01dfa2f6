"""A typed line → what it means at a prompt: an answer, a word to us, or a mistake.

A line is an answer only if it can be nothing else: a number that is shown, a word or label in
full, words that stand in one choice alone, or short words such as "nope". What is typed and what
it is taken for always agree in the words that turn a meaning round: *no* is never *not cleared*.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from advisor.answers import NONE, AnswerError, find_exercise, quoted
from advisor.interview import phrases
from advisor.interview.amounts import CAREFUL, Answer, read_amount, read_time
from advisor.interview.spoken import Word, content, negations, plain, read_word, said
from advisor.rulebase.bits import union
from advisor.rulebase.problems import did_you_mean
from advisor.rulebase.shapes import Choice, Number, OneOf, Question, RuleBase, SomeOf, YesNo, normal

YES_OR_NO = (Choice("yes", "Yes"), Choice("no", "No"))
NONE_OF_THESE = Choice(NONE, "None of these")
LONG = 20  # choices that are listed unasked
_FEW = 20  # things that a word could be
_NUMBER = re.compile(r"(?:(?:#|number|option) ?)?([0-9]{1,9})[.)]?")
_SPAN = re.compile(f"([0-9]{{1,3}}) ?(?:-|\u2013|{phrases.TO}) ?([0-9]{{1,3}})")
_SPLIT = re.compile(rf"[,;&+]|\b(?:{phrases.AND})\b", re.IGNORECASE)
_OR = re.compile(rf"[,/-]|\b(?:{phrases.OR})\b")
_CLAUSE = re.compile(rf"[,;:()]|\b(?:{phrases.OR}|but)\b")


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
    if isinstance(question.type, YesNo):
        return "yes or no"
    last = len(choices_of(question))
    if isinstance(question.type, SomeOf):
        return f"one or more numbers from 1 to {last}, or 0 for none"
    return f"a number from 1 to {last} or its words"


def read_reply(line: str, question: Question, rules: RuleBase) -> Reply:
    """What a line typed at a question means."""
    text = line.strip()
    if not text:
        return Mistake(f"nothing was typed: expected {expected(question)}, or `unsure`")
    word = read_word(text)
    if word:
        return word
    try:
        if normal(text) in question.shortcut:
            return Answer(question.shortcut[normal(text)])
        return _answer(text, question, rules)
    except AnswerError as error:
        return Mistake(error.problems[0])


def _answer(text: str, question: Question, rules: RuleBase) -> Answer:
    """The answer in a line. Raises AnswerError with one problem."""
    kind = question.type
    match kind:
        case Number():
            return _number(text, question)
        case SomeOf():
            return Answer(_several(text, question, rules))
        case OneOf():
            return _choice(text, question, rules)
        case YesNo():
            return _yes_no(text, question, rules)
        case _:
            assert_never(kind)


def _number(text: str, question: Question) -> Answer:
    words, own = plain(text).split(), plain(question.ask).split()
    # *No pain* is *no*: the one word of the question that may stand last.
    without = words[0] if len(words) == 2 and words[1] in own else text  # noqa: PLR2004
    nothing = question.clear == 0 and phrases.NO in (said(text), said(without))
    found = Answer(0) if nothing else read_amount(text, question)
    if found is None:
        raise _wrong(text, question)
    return found


def _yes_no(text: str, question: Question, rules: RuleBase) -> Answer:
    match said(text):
        case phrases.YES:
            return Answer(1)
        case phrases.NO:
            return Answer(0)
        case phrases.PARTLY if worst := question.type.ordered(question):
            return Answer(worst[-1], CAREFUL)
        case _:
            return Answer(1 - _one(text, question, rules))


def _choice(text: str, question: Question, rules: RuleBase) -> Answer:
    """One choice, by its words or by the time that they say; of several, that of most concern."""
    order, short = question.type.ordered(question), _short(text, question)
    if len(short) == 1:
        return Answer(short[0])
    timed = _timed(text, question) if _exact(text, question, rules) is None else []
    try:
        places = timed or [_one(text, question, rules)]
    except AnswerError:
        parts = [part.strip() for part in _OR.split(text.lower())]
        if len(parts) == 1 or not order:
            raise
        places = [_one(part, question, rules) for part in parts]
    if len(places) == 1:
        return Answer(places[0])
    if not order:
        raise _wrong(text, question, places)
    return Answer(max(places, key=order.index), CAREFUL)


def _timed(text: str, question: Question) -> list[int]:
    """The choices whose words say a time that this one overlaps, where several say one."""
    time = read_time(text, question)
    spans = [read_time(each.label, question, label=True) for each in question.choices]
    if time is None or sum(map(bool, spans)) < 2:  # noqa: PLR2004 - one stands for no row of times
        return []
    return [n for n, each in enumerate(spans) if each and each[0] <= time[1] and time[0] <= each[1]]


def _several(text: str, question: Question, rules: RuleBase) -> int:
    """The choices named in a line: one in many words, or several with something between them."""
    everything = plain(text) in phrases.EVERYTHING.split("|")
    if everything and len(question.choices) <= LONG:
        return int((1 << len(question.choices)) - 1)
    try:
        masks = [_mask(text, question, rules)]
    except AnswerError:
        parts = [part.strip() for part in _SPLIT.split(text) if part.strip()]
        if len(parts) > 1 and said(parts[0]) == phrases.YES:
            parts = parts[1:]
        if not parts:
            raise
        masks = [mask for part in parts for mask in _few(part, question, rules)]
    if 0 in masks and any(masks):
        problem = f"{quoted(text)} says both none and some: expected one or the other"
        raise AnswerError([problem])
    return union(masks)


def _few(part: str, question: Question, rules: RuleBase) -> list[int]:
    """The choices between two commas: one, a span of numbers, or several with blanks between."""
    span = _SPAN.fullmatch(part.lower())
    if span and 1 <= int(span[1]) < int(span[2]) <= len(question.choices):
        return [1 << number - 1 for number in range(int(span[1]), int(span[2]) + 1)]
    try:
        return [_mask(part, question, rules)]
    except AnswerError as whole:
        words = part.split()
        numbers = sum(bool(_NUMBER.fullmatch(word)) for word in words)
        # A number with a noun is how many there are, and not two choices; nor is a *home gym*.
        short = any(_short(word, question) for word in words)
        if len(words) == 1 or negations(plain(part)) or 0 < numbers < len(words) or short:
            raise
        try:
            return [_mask(word, question, rules) for word in words]
        except AnswerError:
            if numbers:
                raise
            raise whole from None


def _mask(text: str, question: Question, rules: RuleBase) -> int:
    """One choice of a set, none of it, or what a shortcut stands for."""
    short = _short(text, question)
    if len(short) == 1:
        return short[0]
    place = _one(text, question, rules)
    return 1 << place if place < len(question.choices) else 0


def _short(text: str, question: Question) -> list[int]:
    """What the shortcuts that these words begin, or stand in, stand for; none if a choice might."""
    part = plain(text) if negations(plain(text)) else " ".join(content(plain(text)))
    found = (code for word, code in question.shortcuts if _fits(part, plain(word), whole=True))
    return [] if _could_be(text, question) else [*found]


def _one(text: str, question: Question, rules: RuleBase) -> int:
    """The place of one choice. Raises AnswerError unless it is one choice and no other."""
    choices = choices_of(question)
    digits = _NUMBER.fullmatch(text.strip().lower())
    refusing = [place for place, each in enumerate(choices) if each.id in phrases.NO_CHOICE]
    if digits or _is_number_word(text, question):
        number = int(digits[1]) if digits else phrases.NUMBERS[plain(text)]
        if number == 0 and len(refusing) == 1 and choices is not YES_OR_NO:
            return refusing[0]
        if not 1 <= number <= len(choices):
            raise _wrong(text, question)
        return number - 1
    exact = _exact(text, question, rules)
    if exact is not None:
        return exact
    meant = said(text)
    if meant == phrases.NO and len(refusing) == 1 and not _only_for_now(text, choices[refusing[0]]):
        return refusing[0]
    could = [] if meant in (phrases.YES, phrases.NO) else _could_be(text, question)
    if len(could) == 1 and could == _could_be(text, question, whole=True):
        return could[0]
    if meant in (phrases.YES, phrases.PARTLY) and not isinstance(question.type, YesNo):
        raise AnswerError([f"{quoted(text)}: which? expected {expected(question)}"])
    raise _wrong(text, question, could)


def _is_number_word(text: str, question: Question) -> bool:
    """Whether a line is the number of a choice, in a word. *Twice* is how often, not which."""
    word = plain(text)
    number = word in phrases.NUMBERS and word not in phrases.HOW_OFTEN
    return number and not isinstance(question.type, YesNo) and not _could_be(text, question)


def _only_for_now(text: str, choice: Choice) -> bool:
    """Whether a line says that something is not so today, where the choice is that it never was."""
    now = any(f" {each} " in f" {plain(text)} " for each in phrases.NOT_NOW.split("|"))
    return choice.id == phrases.NEVER and now


def _exact(text: str, question: Question, rules: RuleBase) -> int | None:
    """The place of the one choice that goes by this name."""
    word = plain(text)
    found = [
        place
        for place, each in enumerate(choices_of(question))
        if word in (plain(each.id), plain(each.label))
    ]
    bare = " ".join(content(word)) if not negations(word) else ""
    forms = (text, bare, *(bare.removesuffix(each) for each in phrases.ENDINGS))
    exercises = (find_exercise(each, rules) for each in forms)
    if not found and isinstance(question.type, SomeOf):
        named = (question.positions.get(each) for each in exercises if each)
        found = [place for place in named if place is not None][:1]
    return found[0] if len(found) == 1 else None


def _could_be(text: str, question: Question, *, whole: bool = False) -> list[int]:
    """The places of the choices that these words begin, or that hold them (`whole`: just so).

    A choice goes by its id, its label, and the parts of that.
    """
    word, choices = plain(text), choices_of(question)
    names = [(each.id, each.label, *_CLAUSE.split(each.label)) for each in choices]
    return [
        place
        for place, each in enumerate(names)
        if any(_fits(word, plain(name), whole=whole) for name in each)
    ]


def _fits(words: str, name: str, *, whole: bool) -> bool:
    """Whether words begin a name or all stand in it, and turn nothing round."""
    wanted = content(words)
    if not wanted or negations(words) != negations(name):
        return False
    return name.startswith(words) or all(_stands(each, name, whole=whole) for each in wanted)


def _stands(word: str, name: str, *, whole: bool) -> bool:
    """Whether a word, maybe with another ending, is one of a name, or only begins one."""
    forms = {word, *(word.removesuffix(ending) for ending in phrases.ENDINGS)}
    if whole:
        return any(each in {form, f"{form}s"} for each in name.split() for form in forms)
    return any(each.startswith(form) for each in name.split() for form in forms if form)


def _wrong(text: str, question: Question, found: Iterable[int] = ()) -> AnswerError:
    several = [f"{place + 1} ({choices_of(question)[place].label})" for place in found]
    if several:
        more = ", …" if len(several) > _FEW else ""
        could = ", ".join(several[:_FEW]) + more
        pick = "numbers" if isinstance(question.type, SomeOf) and len(several) > 1 else "a number"
        return AnswerError([f"{quoted(text)} could be {could}: expected {pick}"])
    hint = _hint(text, question)
    return AnswerError([f"{quoted(text)} is no answer here: expected {expected(question)}{hint}"])


def _hint(text: str, question: Question) -> str:
    """A near word, if there is one that turns nothing round."""
    meant = plain(text)[:60]
    own = [each for each in phrases.COMMANDS if each[0] == meant[:1]]
    labels = [choice.label.lower() for choice in choices_of(question)]
    words = [*own, *labels] if not question.is_number else own
    near = (each for each in words if negations(plain(each)) == negations(meant))
    hint = did_you_mean(meant, near)
    return f" ({hint})" if hint.startswith("did") else " (or `help`)"
