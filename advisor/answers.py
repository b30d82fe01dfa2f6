"""Answers → facts: what a person said, checked and put in the engine's own numbers.

Answers come as words from flags, as values from JSON, YAML and Python, or from a prompt; all
take this road. Each is a value, the word `unsure`, or absent, and the three are kept apart.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import assert_never

from advisor.engine.ready import program_of
from advisor.rulebase.problems import did_you_mean
from advisor.rulebase.shapes import Number, OneOf, Question, RuleBase, SomeOf, YesNo, normal

UNSURE = "unsure"
NONE = "none"
MANY = 50  # problems to tell of: finding the word that was meant takes its time
_YES_NO = {"yes": 1, "no": 0, "true": 1, "false": 0, "y": 1, "n": 0}


class AnswerError(ValueError):
    """Answers that cannot be used; `problems` has one line for each."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True)
class Facts:
    """What is known of a person.

    `values` has an encoded answer for each question of the rule base, in its order, None where
    it is unknown; `not_sure` are the positions of those asked and not known; `stated_clear` of
    those that were declared clear in one word and not one by one.
    """

    values: tuple[int | None, ...]
    not_sure: frozenset[int] = frozenset()
    stated_clear: frozenset[int] = frozenset()

    def is_open(self, position: int) -> bool:
        """Whether a question was not asked: neither answered nor `unsure`."""
        return self.values[position] is None and position not in self.not_sure

    @cached_property
    def codes(self) -> tuple[int | str | None, ...]:
        """The encoded answers, with `unsure` for those that are not known."""
        codes: list[int | str | None] = [*self.values]
        for place in self.not_sure:
            codes[place] = UNSURE
        return tuple(codes)

    def with_answer(self, position: int, code: int | None) -> Facts:
        """The same person with one question answered; None is `unsure`."""
        doubt = {position} if code is None else set[int]()
        return self._changed(position, code, self.not_sure - {position} | doubt)

    def without_answer(self, position: int) -> Facts:
        """The same person with one question not asked."""
        return self._changed(position, None, self.not_sure - {position})

    def _changed(self, position: int, code: int | None, not_sure: frozenset[int]) -> Facts:
        values = (*self.values[:position], code, *self.values[position + 1 :])
        return Facts(values, not_sure, self.stated_clear - {position})

    def by_name(self, rules: RuleBase) -> dict[str, int | None]:
        """The encoded values by question id; made once, as much is asked of it."""
        own = self.__dict__
        if "_by_name" not in own:
            own["_by_name"] = dict(zip(rules.question, self.values, strict=True))
        return own["_by_name"]  # type: ignore[no-any-return]


def read_answers(
    answers: Mapping[str, object],
    rules: RuleBase,
    *,
    screened: bool = False,
    stated_clear: Iterable[str] = (),
) -> Facts:
    """Check answers by question id and encode them.

    With `screened`, each screening question that is not answered gets its all-clear answer;
    with `stated_clear`, those that it names; but what does not fit with an answer stays open.
    What is measured is as before any session, unless it is among the answers.
    Raises AnswerError with every problem at once.
    """
    values = [*rules.unanswered]
    answered, not_sure = set[int](), set[int]()
    problems: list[str] = []
    places = rules.question_position
    for name, value in answers.items():
        if len(problems) >= MANY:
            break
        place = places.get(name)
        if place is None:
            place = places.get(rules.id_of(name)) if isinstance(name, str) else None
        if place is None:
            problems.append(_unknown_question(name, rules))
        elif place in answered:
            problems.append(f"{quoted(name)}: answered twice: give one answer")
        elif value is not None:
            answered.add(place)
            try:
                values[place] = code = encode(rules.questions[place], value, rules)
            except AnswerError as error:
                problems.extend(error.problems)
                code = None
            if code is None:
                not_sure.add(place)
    if problems:
        raise AnswerError(problems)
    named = rules.question if screened else frozenset(stated_clear)
    clear = _state_clear(values, not_sure, named, rules) if named else frozenset[int]()
    return Facts(tuple(values), frozenset(not_sure), clear)


def screened(facts: Facts, rules: RuleBase) -> Facts:
    """The same person, with what is clear or open in the screening declared clear in one word.

    What does not fit with an answer stays as it is, since the one word would leave it open.
    """
    pairs = zip(facts.values, rules.questions, strict=True)
    values = [None if value == question.clear else value for value, question in pairs]
    stated = _state_clear(values, facts.not_sure, rules.question, rules)
    kept = (values[n] if n in stated else value for n, value in enumerate(facts.values))
    return Facts(tuple(kept), facts.not_sure, stated)


def _state_clear(
    values: list[int | None], not_sure: Container[int], named: Container[str], rules: RuleBase
) -> frozenset[int]:
    """Fill in the all-clear answer of each screening question named and open; return which."""
    clear = {
        place
        for place, question in enumerate(rules.questions)
        if question.clear is not None and question.id in named
        if values[place] is None and place not in not_sure
    }
    for place in clear:
        values[place] = rules.questions[place].clear
    misfits = clear & _withdrawn(values, not_sure, rules)
    for place in misfits:
        values[place] = None
    return frozenset(clear - misfits)


def _withdrawn(values: list[int | None], not_sure: Container[int], rules: RuleBase) -> set[int]:
    """The questions whose answer some rule takes back, if it was only stated clear.

    A rule that is open for nothing but doubts takes it back as well.
    """
    program = program_of(rules)
    true, unknown = program.conclude(values)
    withdrawing = program.sayings["contradiction"].mask | program.sayings["recheck"].mask
    return {
        rules.question_position[fact]
        for rule, effects in program.advises.among((true | unknown) & withdrawing)
        if true >> rule & 1
        or all(place in not_sure for place in program.facts[rule] if values[place] is None)
        for effect in effects
        for fact in effect.withdraws
    }


def encode(question: Question, value: object, rules: RuleBase) -> int | None:
    """One answer as its number; None for `unsure`. Raises AnswerError."""
    code = question.type.plain(question, value)
    if code is not None:
        return code
    word = normal(value) if isinstance(value, str) else value
    if word == UNSURE or (isinstance(question.type, SomeOf) and _said_alone(value) == UNSURE):
        return None
    if isinstance(word, str) and word in question.shortcut:
        return question.shortcut[word]
    return _spoken(question, word, value, rules)


def _spoken(question: Question, value: object, typed: object, rules: RuleBase) -> int:
    """An answer that is not written just as ids are."""
    kind = question.type
    match kind:
        case YesNo():
            return _yes_no(question, value, typed)
        case Number():
            return _number(question, kind, typed)
        case OneOf():
            return _choice(question, value, typed)
        case SomeOf():
            return _set(question, value, typed, rules)
        case _:
            assert_never(kind)


def _yes_no(question: Question, value: object, typed: object) -> int:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str) and value in _YES_NO:
        return _YES_NO[value]
    raise _bad(question, typed, "yes, no or unsure")


def _number(question: Question, kind: Number, typed: object) -> int:
    code = kind.read(question, typed.strip()) if isinstance(typed, str) else None
    if code is None or not question.minimum <= code <= question.maximum:
        raise _bad(question, typed, f"{kind.expected(question)}, or unsure")
    return code


def _choice(question: Question, value: object, typed: object) -> int:
    if isinstance(value, str) and value in question.positions:
        return question.positions[value]
    raise _bad_choice(question, typed)


def _set(question: Question, value: object, typed: object, rules: RuleBase) -> int:
    if isinstance(value, str):
        value = str(typed).split(",")
    if not isinstance(value, list | tuple | set | frozenset):
        raise _bad_choice(question, typed)
    items = [item for item in value if not isinstance(item, str) or item.strip()]
    if _said_alone(items) == NONE or not value:
        return 0
    if not items:  # an empty text is silence, and silence is no all-clear
        raise _bad_choice(question, "")
    mask = 0
    problems: list[str] = []
    for item in items:
        if len(problems) >= MANY:
            break
        place = _set_item(question, item, rules)
        if bundle := question.shortcut.get(normal(item)) if isinstance(item, str) else None:
            mask |= bundle
        elif place is None:
            problems.extend(_bad_choice(question, item).problems)
        else:
            mask |= 1 << place
    if problems:
        raise AnswerError(problems)
    return mask


def _said_alone(value: object) -> str:
    """The one word in a list of one, or the empty text."""
    alone = [*value] if isinstance(value, list | tuple | set | frozenset) else []
    return normal(alone[0]) if len(alone) == 1 and isinstance(alone[0], str) else ""


def _set_item(question: Question, item: object, rules: RuleBase) -> int | None:
    """The place of one choice, by its id, or by a name or alias if it is an exercise."""
    if not isinstance(item, str):
        return None
    word = normal(item)
    if word not in question.positions and (exercise := find_exercise(item, rules)):
        word = exercise
    return question.positions.get(word)


def find_exercise(words: str, rules: RuleBase) -> str | None:
    """The id of the exercise with this id, name or alias, or None."""
    return rules.exercise_names.get(normal(words))


def named_exercise(words: str, rules: RuleBase) -> str:
    """The id of the exercise that was named. Raises AnswerError if there is none."""
    exercise = find_exercise(words, rules)
    if exercise is None:
        hint = did_you_mean(normal(words[:60]), rules.exercise_names)
        hint = hint or "see `legday exercises`"
        raise AnswerError([f"unknown exercise {quoted(words)} ({hint})"])
    return exercise


def quoted(value: object) -> str:
    """What was typed, in backticks, short, and without anything that could steer a terminal."""
    text = value if isinstance(value, str) else _represented(value)
    shown = "".join(c if c.isprintable() and c != "`" else "?" for c in text[:60])
    return f"`{shown}{'…' if len(text) > 60 else ''}`"  # noqa: PLR2004 - the same 60


def _represented(value: object) -> str:
    """A value as Python writes it; numbers may be too long for that, and lists too deep."""
    try:
        return repr(value)
    except (ValueError, RecursionError):
        return f"a {type(value).__name__}"


def _unknown_question(name: object, rules: RuleBase) -> str:
    known = [question.id for question in rules.asked]
    hint = did_you_mean(normal(quoted(name).strip("`")), known)
    return f"unknown question {quoted(name)}" + (f": {hint}" if hint else "")


def _bad(question: Question, typed: object, expected: str) -> AnswerError:
    said = "an empty text" if isinstance(typed, str) and not typed.strip() else quoted(typed)
    return AnswerError([f"`{question.id}`: {said} is no answer: expected {expected}"])


def _bad_choice(question: Question, typed: object) -> AnswerError:
    choices = ", ".join([*question.positions][:14])
    more = ", …" if len(question.positions) > 14 else ""  # noqa: PLR2004 - the same 14
    none = ", none" if isinstance(question.type, SomeOf) else ""
    expected = f"{choices}{more}{none} or unsure"
    if none and isinstance(typed, str) and normal(typed) in {NONE, UNSURE}:
        expected = f"`{normal(typed)}` alone, or other answers without it"
    error = _bad(question, typed, expected)
    hint = did_you_mean(normal(typed[:60]), question.positions) if isinstance(typed, str) else ""
    return AnswerError([error.problems[0] + (f" ({hint})" if hint else "")])
