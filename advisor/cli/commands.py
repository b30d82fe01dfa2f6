"""The name of a command → a Typer command, from the file that is named after it.

Such a file has a function `run`: its docstring is the help, its parameters are the arguments and
flags, and what it returns is the exit code.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from importlib import import_module
from typing import Any, ClassVar

from typer import Context, Typer
from typer.core import TyperArgument, TyperGroup
from typer.main import get_command

from advisor.answers import AnswerError, quoted
from advisor.cli.asking import Asked, Asking
from advisor.cli.parameters import Command
from advisor.rulebase.problems import did_you_mean


class Commands(TyperGroup):
    """Commands by name; the file of each is read when it is its turn."""

    place: ClassVar[str]  # how the names of the modules begin
    names: ClassVar[tuple[str, ...]]

    def flags(self, ctx: Any) -> list[str]:
        """Name every flag that may stand before a command."""
        return [name for each in self.get_params(ctx) for name in each.opts]

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - as Typer calls it
        """Name the commands, in the order of the help."""
        return [*self.names]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - as Typer calls it
        """Give the command of this name, or None."""
        if cmd_name in self.names and cmd_name not in self.commands:
            module = import_module(self.place + cmd_name.replace("-", "_"))
            group = hasattr(module, "app")
            made = get_command(module.app) if group else command(cmd_name, module.run)
            self.add_command(made)
        return self.commands.get(cmd_name)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that words begin with. Raises AnswerError if there is none."""
        name = args[0]
        if name not in self.names and not ctx.resilient_parsing:
            hint = did_you_mean(name[:60], self.names) or f"see `{ctx.command_path} --help`"
            raise AnswerError([f"unknown command {quoted(name)} ({hint})"])
        return super().resolve_command(ctx, args)


def command(name: str, run: Callable[..., int]) -> Any:
    """Make a Typer command of a function.

    Its first parameter is given by us: the environment, or the person that was asked about, who
    has flags of their own. The others are read from the command line.
    """
    signature = inspect.signature(run, eval_str=True)
    first, *others = signature.parameters.values()
    about_person = first.annotation is Asked

    def call(ctx: Context, **typed: object) -> int:
        return run(ctx.meta["asked"] if about_person else ctx.obj, **typed)

    context = inspect.Parameter("ctx", inspect.Parameter.KEYWORD_ONLY, annotation=Context)
    call.__signature__ = signature.replace(parameters=[context, *others])  # type: ignore[attr-defined]
    app = Typer(add_completion=False)
    app.command(name, cls=Asking if about_person else Command, help=run.__doc__)(call)
    made = get_command(app)
    for argument in (each for each in made.params if isinstance(each, TyperArgument)):
        argument.metavar = argument.metavar or argument.name.upper()
    return made
