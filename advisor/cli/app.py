"""Words of a command line → one command run, and its exit code.

Only the command that was named is run, with one flag for each question of its rule base. What is
wrong with the words is told by us, all at once.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from advisor import __version__
from advisor.cli.commands import find
from advisor.cli.environment import Environment, Exit

if TYPE_CHECKING:
    from advisor.rulebase.shapes import RuleBase

HELP = "--help"
VERSION = "--version"


def run(words: list[str], environment: Environment) -> int:
    """Run a command line; every error becomes lines on standard error and an exit code."""
    words = [HELP if word == "-h" else word for word in words]
    if words == [VERSION]:
        environment.write(f"legday {__version__}\n")
        return Exit.DONE
    if not words and not environment.is_terminal:
        _consult([HELP], environment, None)
        return Exit.UNUSABLE
    return _run(words or ["ask"], environment)


def _run(words: list[str], environment: Environment) -> int:
    command = find(words)
    if command is None:
        return _consult(words, environment, None)
    # These are light, but not for the help of the whole.
    from advisor.answers import AnswerError  # noqa: PLC0415 - see above
    from advisor.cli.request import perform  # noqa: PLC0415 - see above
    from advisor.rulebase.problems import RuleBaseError  # noqa: PLC0415 - see above

    name = [*filter(None, (command.group, command.name))]
    try:
        rules = _rules(words) if command.rules else None
        if HELP in words or words[: len(name)] != name:
            return _consult(words, environment, rules)
        return perform(command, words[len(name) :], environment, rules)
    except RuleBaseError as error:
        environment.complain(str(problem) for problem in error.problems)
        return Exit.BAD_RULES
    except AnswerError as error:
        environment.complain(error.problems)
        return Exit.UNUSABLE


def _consult(words: list[str], environment: Environment, rules: RuleBase | None) -> int:
    from advisor.cli.helping import consult  # noqa: PLC0415 - Typer is slow to import

    return consult(words, environment, rules)


def _rules(words: list[str]) -> RuleBase:
    from advisor.rulebase.cache import load_rules  # noqa: PLC0415 - only where needed

    return load_rules(rules_folder(words))


def rules_folder(words: list[str]) -> Path | None:
    """The folder after `--rules`, before anything else is parsed; the last one wins."""
    folder = None
    for word, following in zip(words, [*words[1:], None], strict=True):
        if word == "--rules" and following is not None:
            folder = Path(following)
        elif word.startswith("--rules="):
            folder = Path(word.removeprefix("--rules="))
    return folder
