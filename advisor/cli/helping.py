"""The name of a command → its help, in columns and panels.

Typer knows how to print that. It takes long to import, so it is asked for nothing else: commands
run without it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import typer

from advisor.cli.commands import COMMANDS, HELP, Command, Flag, find

if TYPE_CHECKING:
    from advisor.rulebase.shapes import RuleBase

ABOUT = (
    "A leg session that spares the back, with the reason and the source of every choice; "
    "or a clear word that somebody should look at it first."
)
Parameter = inspect.Parameter


def print_help(name: list[str], rules: RuleBase | None) -> None:
    """Print the help of a command, of the group `rules`, or (no name) of the whole."""
    program = typer.main.get_command(_program(find(name), rules))
    program.main(args=[*name, HELP], prog_name="legday", standalone_mode=False)


def _program(named: Command | None, rules: RuleBase | None) -> typer.Typer:
    """The program as far as its help needs it."""
    app = typer.Typer(name="legday", help=ABOUT, add_completion=False)
    app.callback()(_nothing)
    group = typer.Typer(help="For the people who write rules.")
    app.add_typer(group, name="rules")
    for command in [named] if named else COMMANDS:
        where = group if command.group else app
        where.command(command.name, help=command.help)(_function(named, rules))
    return app


def _nothing() -> None:
    """Keep a program of one command a program of commands."""


def _function(command: Command | None, rules: RuleBase | None) -> Callable[..., None]:
    """A command as Typer wants it: a function, whose signature lists what the help shows."""

    def call(**_: object) -> None:
        """Only shown."""

    parameters = [*_parameters(command, rules)] if command else []
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
