"""Words of a command line → one command run, and its exit code.

Only the command that was named is run, with one flag for each question of its rule base. What is
wrong with the words is told by us, all at once.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from advisor import __version__
from advisor.cli.commands import COMMANDS, HELP, Command, find
from advisor.cli.environment import Environment, Exit

if TYPE_CHECKING:
    from advisor.rulebase.shapes import RuleBase

VERSION = "--version"
FLAGS = (HELP, VERSION)  # of the program itself


def run(words: list[str], environment: Environment) -> int:
    """Run a command line; every error becomes lines on standard error and an exit code."""
    words = [HELP if word == "-h" else word for word in words]
    if words == [VERSION]:
        environment.write(f"legday {__version__}\n")
        return Exit.DONE
    if not words and environment.is_terminal:
        words = ["ask"]
    command = find(words)
    named = [word for word in words if not word.startswith("-")]
    if command is None and named in ([], ["rules"]) and (HELP in words or words == named):
        _help(named, None)
        return Exit.DONE if HELP in words else Exit.UNUSABLE
    name = [*filter(None, (command.group, command.name))] if command else []
    if command is None or words[: len(name)] != name:
        environment.complain([_astray(words)])
        return Exit.UNUSABLE
    return _run(command, words[len(name) :], environment)


def _run(command: Command, words: list[str], environment: Environment) -> int:
    """Run a command with the words after its name."""
    from advisor.answers import AnswerError  # noqa: PLC0415 - light, but not for the help
    from advisor.cli.request import perform  # noqa: PLC0415 - the same
    from advisor.rulebase.problems import RuleBaseError  # noqa: PLC0415 - the same

    try:
        rules = _rules(words) if command.rules else None
        if HELP in words:
            return _help([*filter(None, (command.group, command.name))], rules)
        return perform(command, words, environment, rules)
    except RuleBaseError as error:
        environment.complain(str(problem) for problem in error.problems)
        return Exit.BAD_RULES
    except AnswerError as error:
        environment.complain(error.problems)
        return Exit.UNUSABLE


def _help(name: list[str], rules: RuleBase | None) -> int:
    from advisor.cli.helping import print_help  # noqa: PLC0415 - Typer is slow to import

    print_help(name, rules)
    return Exit.DONE


def _astray(words: list[str]) -> str:
    """What is wrong with words that do not begin with a command."""
    from advisor.answers import quoted  # noqa: PLC0415 - only for errors
    from advisor.rulebase.problems import did_you_mean  # noqa: PLC0415 - the same

    group = words[0] == "rules"
    first = words[group]
    if first.startswith("-"):
        flag = first.partition("=")[0]
        alone = all(word.startswith("-") for word in words[group:])
        hint = did_you_mean(flag, FLAGS) if alone else "flags stand after the command"
        return f"unknown flag {quoted(flag)} ({hint})"
    known = [c.name for c in COMMANDS if bool(c.group) == group] + ([] if group else ["rules"])
    hint = did_you_mean(first, known) or "see `legday --help`"
    return f"unknown command {quoted(first)} ({hint})"


def _rules(words: list[str]) -> RuleBase:
    from advisor.load import load_rules  # noqa: PLC0415 - only where needed

    return load_rules(rules_folder(words))


def rules_folder(words: list[str]) -> Path | None:
    """The folder after `--rules`, before anything else is parsed; the last one wins."""
    folder = None
    for word, following in pairwise([*words, None]):
        if word == "--rules" and following is not None:
            folder = Path(following)
        elif word and word.startswith("--rules="):
            folder = Path(word.removeprefix("--rules="))
    return folder
