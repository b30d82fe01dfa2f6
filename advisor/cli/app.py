"""Words of a command line → one command run, and its exit code."""

from __future__ import annotations

from contextlib import redirect_stderr, redirect_stdout
from typing import Annotated

from typer import Context, Exit, Option, Typer, TyperException
from typer.main import get_command

from advisor import __version__
from advisor.answers import AnswerError
from advisor.cli import environment as world
from advisor.cli.commands import Commands
from advisor.cli.errors import usage_problem
from advisor.rulebase.problems import RuleBaseError


class Program(Commands):
    """All commands."""

    place = "advisor.cli."
    names = (
        "ask",
        "plan",
        "check",
        "what-if",
        "troubleshoot",
        "next",
        "today",
        "log",
        "progress",
        "sheet",
        "serve",
        "mcp",
        "journal",
        "batch",
        "questions",
        "exercises",
        "sources",
        "schema",
        "rules",
    )


def _version(ctx: Context, asked: bool) -> None:  # noqa: FBT001 - as Typer calls it
    if asked:
        ctx.obj.write(f"legday {__version__}\n")
        raise Exit


ABOUT = (
    "A leg session that spares the back, with the reason and the source of every choice; "
    "or a clear word that somebody should look at it first."
)
app = Typer(cls=Program, help=ABOUT, no_args_is_help=True)


@app.callback(context_settings={"help_option_names": ["--help", "-h"]})
def legday(
    *,
    version: Annotated[
        bool,
        Option("--version", help="Show the version and exit.", is_eager=True, callback=_version),
    ] = False,
) -> None:
    """Keep a place for the flags of the program itself."""


def run(words: list[str], environment: world.Environment) -> int:
    """Run a command line; every error becomes lines on standard error and an exit code."""
    if not words and environment.is_terminal:
        words = ["ask"]
    elif not words and "_LEGDAY_COMPLETE" not in environment.variables:
        environment.warn(["no terminal to ask questions at, so here is the help (see `plan`)"])
    try:
        with redirect_stdout(environment.stdout), redirect_stderr(environment.stderr):
            program = get_command(app)
            code = program.main(words, "legday", standalone_mode=False, obj=environment)
    except RuleBaseError as error:
        environment.complain(map(str, error.problems))
        return world.Exit.BAD_RULES
    except AnswerError as error:
        environment.complain(dict.fromkeys(error.problems))
        return world.Exit.UNUSABLE
    except TyperException as error:
        environment.complain(filter(None, [usage_problem(error)]))
        return world.Exit.UNUSABLE
    return int(code or world.Exit.DONE)
