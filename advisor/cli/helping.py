"""Words of a command line → the help, or what is wrong with words that name no command.

Typer knows how to print help in columns and panels. It takes long to import, so it is asked for
nothing else: a command that is named plainly runs without it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import typer

from advisor.cli.app import HELP, VERSION
from advisor.cli.commands import COMMANDS, Command, Flag, find
from advisor.cli.environment import Environment, Exit

if TYPE_CHECKING:
    from advisor.rulebase.shapes import RuleBase

ABOUT = (
    "A leg session that spares the back, with the reason and the source of every choice; "
    "or a clear word that somebody should look at it first."
)
# Typer leaves the words of a command alone: they are read in `words.py`.
LENIENT = {"allow_extra_args": True, "ignore_unknown_options": True}
Parameter = inspect.Parameter


def build(words: list[str], environment: Environment, rules: RuleBase | None) -> typer.Typer:
    """The program as far as a command line needs it.

    A command that runs has no parameters for Typer, not even one for its help: with the first
    of them Typer imports Pydantic, which takes longer than all we do.
    """
    named = find(words)
    helps = HELP in words or named is None
    about: dict[str, Any] = {"no_args_is_help": True, "add_help_option": helps}
    app = typer.Typer(name="legday", help=ABOUT, add_completion=False, **about)
    app.callback()(_nothing)
    group = typer.Typer(help="For the people who write rules.", **about)
    app.add_typer(group, name="rules")
    for command in [named] if named else COMMANDS:
        where = group if command.group else app
        settings: dict[str, Any] = {"help": command.help, "add_help_option": helps}
        where.command(command.name, context_settings=dict(LENIENT), **settings)(
            _function(command, words, environment, rules)
        )
    return app


def _nothing() -> None:
    """Keep a program of one command a program of commands."""


def _function(
    command: Command, words: list[str], environment: Environment, rules: RuleBase | None
) -> Callable[..., None]:
    """A command as Typer wants it: a function, whose signature lists what the help shows."""

    def call(context: typer.Context, **_: object) -> None:
        from advisor.cli.request import perform  # noqa: PLC0415 - not for --help

        raise typer.Exit(perform(command, list(context.args), environment, rules))

    parameters = [
        Parameter("context", Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context),
        *(_parameters(command, rules) if HELP in words else ()),
    ]
    call.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    call.__annotations__ = {each.name: each.annotation for each in parameters}
    return call


def _parameters(command: Command, rules: RuleBase | None) -> Iterator[inspect.Parameter]:
    """Arguments and flags, as the help shows them: the answers by theme."""
    from advisor.cli.flags import flags_of  # noqa: PLC0415 - only for the help

    for argument in command.arguments:
        shown = typer.Argument(
            None, help=argument.help, show_default=False, metavar=argument.name.upper()
        )
        kind = list[str] | None if argument.many else str | None
        yield Parameter(argument.name, Parameter.KEYWORD_ONLY, default=shown, annotation=kind)
    for flag in flags_of(command, rules, helped=True):
        yield _shown(flag)


def _shown(flag: Flag) -> inspect.Parameter:
    """A flag as the help shows it."""
    metavar = None if flag.kind is bool else "NUMBER" if flag.kind is int else "VALUE"
    option = typer.Option(
        flag.default,
        f"--{flag.name.replace('_', '-')}",
        help=flag.help,
        rich_help_panel=flag.panel or None,
        show_default=False,
        metavar=metavar,
    )
    kind = bool if flag.kind is bool else str | None
    return Parameter(flag.name, Parameter.KEYWORD_ONLY, default=option, annotation=kind)


def consult(words: list[str], environment: Environment, rules: RuleBase | None) -> int:
    """Leave a command line to Typer: it prints help, or says what is wrong."""
    program = typer.main.get_command(build(words, environment, rules))
    try:
        code = program.main(args=words, prog_name="legday", standalone_mode=False)
    except (typer.Abort, KeyboardInterrupt):
        return Exit.INTERRUPTED
    except Exception as error:
        if not hasattr(error, "format_message"):  # not one of Typer's own
            raise
        if message := error.format_message():  # none where the help has been printed instead
            environment.complain([_reworded(message, words)])
        return int(getattr(error, "exit_code", Exit.UNUSABLE))
    return code if isinstance(code, int) else Exit.DONE


def _reworded(message: str, words: list[str]) -> str:
    """One of Typer's messages in the house style: lower case, no full stop, backticks."""
    from advisor.answers import quoted  # noqa: PLC0415 - only for errors
    from advisor.rulebase.problems import did_you_mean  # noqa: PLC0415 - only for errors

    if message.startswith("No such command"):
        group = words[0] == "rules"
        known = [c.name for c in COMMANDS if bool(c.group) == group] + ([] if group else ["rules"])
        named = [word for word in words if not word.startswith("-")]
        typed = named[1] if group and len(named) > 1 else named[0]
        hint = did_you_mean(typed, known) or "see `legday --help`"
        return f"unknown command {quoted(typed)} ({hint})"
    if message.startswith("No such option"):
        typed = next(word for word in words if word.startswith("-")).partition("=")[0]
        hint = did_you_mean(typed, (HELP, VERSION))
        if find(words):
            hint = "flags stand after the command"
        return f"unknown flag {quoted(typed)} ({hint})"
    text = message.strip().rstrip(".").replace("'", "`")
    return text[:1].lower() + text[1:]
