"""Parsed words → a request: answers from files and flags, checked, with every problem at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from advisor.answers import AnswerError, Facts, encode, quoted, read_answers
from advisor.cli.commands import Command, Request
from advisor.cli.flags import flags_of
from advisor.cli.words import read_words, values_of
from advisor.command_line import flag
from advisor.rulebase.shapes import SET, Question, RuleBase

if TYPE_CHECKING:
    from pathlib import Path

    from advisor.cli.environment import Environment
    from advisor.interview.saving import Saved


def perform(
    command: Command, words: list[str], environment: Environment, rules: RuleBase | None
) -> int:
    """Run a command with the words after its name, and return its exit code.

    Raises AnswerError with every problem of the words.
    """
    return command.run(environment, read_request(command, words, environment, rules))


def read_request(
    command: Command,
    words: list[str],
    environment: Environment,
    rules: RuleBase | None,
) -> Request:
    """What was asked of a command by the words after its name.

    Raises AnswerError with every problem.
    """
    flags = flags_of(command, rules)
    typed = read_words(words, command, flags)
    values, problems = values_of(typed, flags), typed.problems
    facts = None
    if command.answers and rules:
        facts = _facts(values, environment, rules, problems)
    form = str(values.get("format") or (command.formats or ("text",))[0])
    if command.formats and form not in command.formats:
        problems.append(f"`--format`: {quoted(form)} is none of {', '.join(command.formats)}")
    country = _country(values.get("country"), environment, problems)
    if problems:
        raise AnswerError(dict.fromkeys(problems))
    return Request(command, _folder(values.get("rules")), form, values, rules, facts, country)


def _facts(
    values: dict[str, object], environment: Environment, rules: RuleBase, problems: list[str]
) -> Facts | None:
    """The answers of a command line: those of the file, then those of the flags."""
    saved = _from_file(values.get("answers"), environment, rules, problems)
    answers = {**saved.answers, **_from_flags(values, rules, problems)}
    screened = bool(values.get("screened"))
    try:
        return read_answers(answers, rules, screened=screened, stated_clear=saved.stated_clear)
    except AnswerError as error:
        problems += error.problems
    return None


def _country(stated: object, environment: Environment, problems: list[str]) -> str:
    """The country that was stated, or else that of the locale; empty if neither tells."""
    if not isinstance(stated, str):
        return environment.country
    if len(stated) != 2 or not (stated.isascii() and stated.isalpha()):  # noqa: PLR2004 - ISO 3166
        problems.append(
            f"`--country`: {quoted(stated)} is no country: expected two letters, such as GB"
        )
    return stated.upper()


def _folder(text: object) -> Path | None:
    from pathlib import Path  # noqa: PLC0415 - most commands are given no folder

    return Path(str(text)) if text else None


def _from_flags(
    values: dict[str, object], rules: RuleBase, problems: list[str]
) -> dict[str, object]:
    """The answers given as flags, checked one by one so that an error names its flag."""
    answers: dict[str, object] = {}
    for question in rules.questions:
        words = values.get(question.id)
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
    name: object, environment: Environment, rules: RuleBase, problems: list[str]
) -> Saved:
    """The answers in a file, checked so that an error names the file."""
    from advisor.interview.saving import Saved, is_saved, read_saved  # noqa: PLC0415 - the same

    if not isinstance(name, str):
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
