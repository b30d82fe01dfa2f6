"""Parsed words → a request: answers from files and flags, checked, with every problem at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from advisor.answers import AnswerError, Facts, encode, quoted, read_answers
from advisor.cli.commands import Command, Request
from advisor.interview.saving import Saved, is_saved, read_saved
from advisor.rulebase.frozen import dataclass
from advisor.rulebase.problems import did_you_mean
from advisor.rulebase.shapes import SET, Question, RuleBase
from advisor.spelling import flag

if TYPE_CHECKING:
    from pathlib import Path

    from advisor.cli.environment import Environment

_ONCE = ("format", "rules", "answers", "country")


@dataclass(frozen=True)
class Typed:
    """A command line as Typer read it.

    `given` are the values by parameter, `extra` the words that no parameter took, and `known`
    every flag that the command has.
    """

    given: dict[str, object]
    extra: list[str]
    known: list[str]


def read_request(
    command: Command, typed: Typed, environment: Environment, rules: RuleBase | None
) -> Request:
    """What was asked of a command. Raises AnswerError with every problem."""
    given = typed.given
    problems = [_extra_problem(word, typed.known) for word in _not_values(typed.extra)]
    once = {name: _single(name, given.get(name), problems) for name in _ONCE}
    facts = None
    if command.answers and rules:
        facts = _facts(once["answers"], given, environment, rules, problems)
    form = once["format"] or (command.formats or ("text",))[0]
    if command.formats and form not in command.formats:
        problems.append(f"`--format`: {quoted(form)} is none of {', '.join(command.formats)}")
    problems += _missing(command, given)
    country = _country(once["country"], environment, problems)
    if problems:
        raise AnswerError(dict.fromkeys(problems))
    return Request(command, _folder(once["rules"]), form, given, rules, facts, country)


def _facts(
    file: str | None,
    given: dict[str, object],
    environment: Environment,
    rules: RuleBase,
    problems: list[str],
) -> Facts | None:
    """The answers of a command line: those of the file, then those of the flags."""
    saved = _from_file(file, environment, rules, problems)
    answers = {**saved.answers, **_from_flags(given, rules, problems)}
    screened = bool(given.get("screened"))
    try:
        return read_answers(answers, rules, screened=screened, stated_clear=saved.stated_clear)
    except AnswerError as error:
        problems += error.problems
    return None


def _country(stated: str | None, environment: Environment, problems: list[str]) -> str:
    """The country that was stated, or else that of the locale; empty if neither tells."""
    if stated is None:
        return environment.country
    if len(stated) != 2 or not (stated.isascii() and stated.isalpha()):  # noqa: PLR2004 - ISO 3166
        problems.append(
            f"`--country`: {quoted(stated)} is no country: expected two letters, such as GB"
        )
    return stated.upper()


def _folder(text: str | None) -> Path | None:
    from pathlib import Path  # noqa: PLC0415 - most commands are given no folder

    return Path(text) if text else None


def _missing(command: Command, given: dict[str, object]) -> list[str]:
    return [
        f"missing {argument.name}: {argument.help[:1].lower()}{argument.help[1:].rstrip('.')}"
        for argument in command.arguments
        if argument.required and given.get(argument.name) is None
    ]


def _not_values(extra: list[str]) -> list[str]:
    """Words that no parameter took, without those that look like the value of an unknown flag."""
    before = [None, *extra]
    return [
        word
        for word, last in zip(extra, before, strict=False)
        if word.startswith("-") or last is None or not last.startswith("-") or "=" in last
    ]


def _extra_problem(word: str, known: list[str]) -> str:
    """A word that no parameter took."""
    if not word.startswith("-"):
        return f"unexpected word {quoted(word)}"
    name = word.split("=", maxsplit=1)[0]
    hint = did_you_mean(name, known) or "see --help"
    return f"unknown flag {quoted(name)} ({hint})"


def _single(name: str, values: object, problems: list[str]) -> str | None:
    """The value of a flag that may be given once."""
    words = values if isinstance(values, list) else []
    if len(words) > 1:
        problems.append(f"`{flag(name)}`: given {len(words)} times, expected once")
    return words[-1] if words else None


def _from_flags(
    given: dict[str, object], rules: RuleBase, problems: list[str]
) -> dict[str, object]:
    """The answers given as flags, checked one by one so that an error names its flag."""
    answers: dict[str, object] = {}
    for question in rules.questions:
        words = given.get(question.id)
        if not isinstance(words, list) or not words:
            continue
        value: object = words[0]
        if len(words) > 1:
            value = _repeated(question, words, problems)
        try:
            encode(question, value, rules)
        except AnswerError as error:
            problems += [
                each.replace(f"`{question.id}`", f"`{flag(question.id)}`", 1)
                for each in error.problems
            ]
        else:
            answers[question.id] = value
    return answers


def _repeated(question: Question, words: list[str], problems: list[str]) -> object:
    """A repeated flag: more of a set; for anything else, a contradiction to be named."""
    if question.kind == SET:
        return [item for word in words for item in word.split(",")]
    problems.append(f"`{flag(question.id)}`: given {len(words)} times, expected once")
    return words[-1]


def _from_file(
    name: str | None, environment: Environment, rules: RuleBase, problems: list[str]
) -> Saved:
    """The answers in a file, checked so that an error names the file."""
    if name is None:
        return Saved({})
    from advisor.cli.answer_files import read_answer_file  # noqa: PLC0415 - only where needed

    try:
        document = read_answer_file(name, environment)
        saved = read_saved(document, rules) if is_saved(document) else Saved(document)
        read_answers(saved.answers, rules)
    except AnswerError as error:
        problems += [f"{quoted(name)}: {each}" for each in error.problems]
        return Saved({})
    environment.warn(saved.warnings)
    return saved
