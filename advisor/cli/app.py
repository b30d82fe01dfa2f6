"""Words of a command line → one command run, and its exit code.

Only the command that was named is built, with one flag for each question of its rule base.
Typer parses and prints the help; what is wrong with the words is told by us, all at once.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from advisor.cli.commands import COMMANDS, COUNTRY, Argument, Command, Flag, find
from advisor.cli.environment import Environment, Exit

if TYPE_CHECKING:
    from advisor.rulebase.shapes import Question, RuleBase

ABOUT = (
    "A leg session that spares the back, with the reason and the source of every choice; "
    "or a clear word that somebody should look at it first."
)
LENIENT = {"allow_extra_args": True, "ignore_unknown_options": True}
Parameter = inspect.Parameter


def build(words: list[str], environment: Environment, rules: RuleBase | None) -> typer.Typer:
    """The program as far as a command line needs it."""
    app = typer.Typer(name="legday", help=ABOUT, add_completion=False, no_args_is_help=True)
    app.callback()(_nothing)
    group = typer.Typer(help="For the people who write rules.", no_args_is_help=True)
    app.add_typer(group, name="rules")
    named = find(words)
    for command in [named] if named else COMMANDS:
        where = group if command.group else app
        where.command(command.name, help=command.help, context_settings=dict(LENIENT))(
            _function(command, words, environment, rules)
        )
    return app


def _nothing() -> None:
    """Keep a program of one command a program of commands."""


def _function(
    command: Command, words: list[str], environment: Environment, rules: RuleBase | None
) -> Callable[..., None]:
    """A command as Typer wants it: a function whose signature lists the parameters.

    Typer builds a validator for each flag, which costs more than everything else we do. So
    only the flags that are on the command line are declared, or all of them for the help.
    """
    every = list(_parameters(command, rules))
    used = {word.split("=")[0] for word in words}
    shown = [each for each in every if "--help" in used or _flag_of(each) in {"", *used}]

    def call(context: typer.Context, **given: Any) -> None:  # noqa: ANN401 - Typer decides
        from advisor.cli.request import Typed, read_request  # noqa: PLC0415 - not for --help

        typed = Typed(given, list(context.args), [_flag_of(each) for each in every])
        request = read_request(command, typed, environment, rules)
        raise typer.Exit(command.run(environment, request))

    parameters = [
        Parameter("context", Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context),
        *shown,
    ]
    call.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    call.__annotations__ = {each.name: each.annotation for each in parameters}
    return call


def _parameters(command: Command, rules: RuleBase | None) -> Iterator[inspect.Parameter]:
    """Arguments, the command's own flags, then the answers by theme."""
    for argument in command.arguments:
        yield _argument(argument)
    for flag in command.flags:
        yield _flag(flag)
    if command.formats:
        yield _option("format", f"{' | '.join(command.formats)} (default {command.formats[0]})")
    yield _option("rules", "Another rule base: the folder it is in.")
    if command.answers:
        yield _option("answers", "Answers from a YAML or JSON file; - is standard input.")
        yield _flag(
            Flag(
                "screened",
                "State in one word that every screening question you do not answer is all clear.",
                bool,
                default=False,
            )
        )
        yield _flag(COUNTRY)
        for question in rules.questions if rules else ():
            yield _option(question.id, question_help(question), panel=question.theme, many=True)


def _flag_of(parameter: inspect.Parameter) -> str:
    """How a parameter is written on the command line; empty for one without a flag."""
    return next(iter(parameter.default.param_decls or ()), "")


def _argument(argument: Argument) -> inspect.Parameter:
    default = typer.Argument(
        None, help=argument.help, show_default=False, metavar=argument.name.upper()
    )
    return Parameter(argument.name, Parameter.KEYWORD_ONLY, default=default, annotation=str | None)


def _flag(flag: Flag) -> inspect.Parameter:
    name = f"--{flag.name.replace('_', '-')}"
    default = typer.Option(flag.default, name, help=flag.help, show_default=False)
    annotation = (
        list[str] | None if flag.many else flag.kind if flag.kind is bool else flag.kind | None
    )
    return Parameter(flag.name, Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _option(
    name: str, text: str, *, panel: str | None = None, many: bool = True
) -> inspect.Parameter:
    """A flag with a value. It may be repeated here, so that a repetition can be named."""
    option = typer.Option(
        None,
        f"--{name.replace('_', '-')}",
        help=text,
        rich_help_panel=panel,
        show_default=False,
        metavar="VALUE",
    )
    annotation = list[str] | None if many else str | None
    return Parameter(name, Parameter.KEYWORD_ONLY, default=option, annotation=annotation)


def question_help(question: Question) -> str:
    """A question and what it can be answered with, on one line of help."""
    words = " | ".join(["yes", "no"] if question.kind == "yes/no" else question.positions)
    if question.kind == "integer":
        words = f"{question.minimum} to {question.maximum}"
    if question.kind == "set":
        words = "none, or one or more of: " + ", ".join(question.positions)
    if len(words) > 400:  # noqa: PLR2004 - a catalogue in a help text helps nobody
        words = "none, or ids from `legday exercises`, with commas"
    return f"{question.ask} ({words})".replace("[", "(").replace("]", ")")


def rules_folder(words: list[str]) -> Path | None:
    """The folder after `--rules`, before anything else is parsed; the last one wins."""
    folder = None
    for word, following in zip(words, [*words[1:], None], strict=True):
        if word == "--rules" and following is not None:
            folder = Path(following)
        elif word.startswith("--rules="):
            folder = Path(word.removeprefix("--rules="))
    return folder


def run(words: list[str], environment: Environment) -> int:
    """Run a command line; every error becomes lines on standard error and an exit code."""
    if not words:
        if not environment.is_terminal:
            words = ["--help"]
            _invoke(words, environment, None)
            return Exit.UNUSABLE
        words = ["ask"]
    from advisor.rulebase.problems import RuleBaseError  # noqa: PLC0415 - light, but not for --help

    command = find(words)
    try:
        rules = None
        if command is not None and command.rules:
            from advisor.rulebase.cache import load_rules  # noqa: PLC0415 - only where needed

            rules = load_rules(rules_folder(words))
        return _invoke(words, environment, rules)
    except RuleBaseError as error:
        environment.complain(str(problem) for problem in error.problems)
        return Exit.BAD_RULES


def _invoke(words: list[str], environment: Environment, rules: RuleBase | None) -> int:
    from advisor.answers import AnswerError  # noqa: PLC0415 - light, but not for --help

    program = typer.main.get_command(build(words, environment, rules))
    try:
        code = program.main(args=words, prog_name="legday", standalone_mode=False)
    except AnswerError as error:
        environment.complain(error.problems)
        return Exit.UNUSABLE
    except (typer.Abort, KeyboardInterrupt):
        return Exit.INTERRUPTED
    except Exception as error:
        if not hasattr(error, "format_message"):  # not one of Typer's own
            raise
        environment.complain([_reworded(error.format_message(), words)])
        return int(getattr(error, "exit_code", Exit.UNUSABLE))
    return code if isinstance(code, int) else Exit.DONE


def _reworded(message: str, words: list[str]) -> str:
    """One of Typer's messages in the house style: lower case, no full stop, backticks."""
    if message.startswith("No such command"):
        from advisor.rulebase.problems import did_you_mean  # noqa: PLC0415 - only for errors

        group = words[0] == "rules"
        known = [c.name for c in COMMANDS if bool(c.group) == group] + ([] if group else ["rules"])
        named = [word for word in words if not word.startswith("-")]
        typed = named[1] if group and len(named) > 1 else named[0]
        hint = did_you_mean(typed, known) or "see `legday --help`"
        return f"unknown command `{typed[:60]}` ({hint})"
    text = message.strip().rstrip(".").replace("'", "`")
    return text[:1].lower() + text[1:]
