"""What the signatures of commands are made of: shared flags, kinds of values, two checks.

Typer parses. It takes the last of a flag that is given twice and stops at the first word that is
too many; here a person hears of all of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from typer import BadParameter, Option, Typer, TyperException
from typer.core import TyperCommand, TyperOption
from typer.main import get_command

from advisor.answers import AnswerError, quoted
from advisor.cli.errors import usage_problem
from advisor.rulebase.problems import did_you_mean
from advisor.rulebase.reading.bundled import bundled_rules

Rules = Annotated[
    list[Path] | None,
    Option("--rules", help="Another rule base: its folder. Given again, one to lay over it."),
]
Country = Annotated[
    str | None,
    Option(
        "--country",
        help="Where you are, in two letters (such as GB), for the emergency number; "
        "or from the locale.",
    ),
]
TextOrJson = Annotated[
    Literal["text", "json"], Option("--format", help="Print text or json.", metavar="FORM")
]
Door = Annotated[
    Literal["plan", "troubleshoot"] | None,
    Option(help="What it is for: a plan, or the cause of a sore session.", metavar="DOOR"),
]
Report = Annotated[
    Literal["text", "json", "markdown", "html"],
    Option("--format", help="Print text, json, markdown or html.", metavar="FORM"),
]


class Command(TyperCommand):
    """A command that takes a flag with a value only once, and names every word too many."""

    allow_extra_args = True  # they are named below

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read words into the parameters. Raises AnswerError with every problem."""
        self.prepare(ctx, args, self._ahead(ctx, args))
        try:
            rest = super().parse_args(ctx, [*args])
        except TyperException as error:
            if ctx.resilient_parsing:
                raise
            raise AnswerError([usage_problem(error), *self.besides(ctx, args)]) from None
        if not ctx.resilient_parsing:
            unexpected = [f"unexpected word {quoted(word)}" for word in rest]
            if problems := [*unexpected, *self.take(ctx)]:
                raise AnswerError(problems)
        return rest

    def flags(self, ctx: Any) -> list[str]:
        """Every flag that may be given."""
        return [name for each in self.get_params(ctx) for name in each.opts if name[:1] == "-"]

    def prepare(self, ctx: Any, args: list[str], ahead: dict[str, Any]) -> None:
        """Do what has to be done before words are read; `ahead` is what can be told of them."""

    def take(self, ctx: Any) -> Sequence[str]:  # noqa: ARG002 - as Typer calls it
        """Take what was read, and give what is wrong with it."""
        return ()

    def besides(self, ctx: Any, args: list[str]) -> Sequence[str]:  # noqa: ARG002 - only some need them
        """Tell what else is wrong with words that Typer cannot read."""
        return ()

    def _ahead(self, ctx: Any, args: list[str]) -> dict[str, Any]:
        """The raw values of the flags known so far, by name. Raises AnswerError."""
        parser = self.make_parser(ctx)
        parser.ignore_unknown_options = True
        values, _, order = parser.parse_args([*args])
        once = (each for each in order if isinstance(each, TyperOption))
        given = Counter(each.opts[0] for each in once if not (each.multiple or each.is_flag))
        twice = [f"`{name}`: given {n} times, expected once" for name, n in given.items() if n > 1]
        if twice and not ctx.resilient_parsing:
            raise AnswerError(twice)
        return values


def own_folder(rules: Sequence[Path] | None) -> Path:
    """The folder that is written to and looked at: the uppermost named, or the program's own."""
    return rules[-1] if rules else bundled_rules()


def naming(rules: Sequence[Path] | None) -> tuple[str, ...]:
    """The words of a command line that name these folders."""
    return tuple(word for each in rules or () for word in ("--rules", str(each)))


def must_know(what: str, name: str, known: Iterable[str], otherwise: str = "") -> None:
    """Raise AnswerError if a name is none of those that are known; `otherwise` is the last hint."""
    names = dict.fromkeys(known)
    if name not in names:
        hint = did_you_mean(name[:60], names) or otherwise
        raise AnswerError([f"unknown {what} {quoted(name)}" + (f" ({hint})" if hint else "")])


def parameters(function: Callable[..., None]) -> list[Any]:
    """The parameters of a signature, as Typer makes them."""
    app = Typer(add_completion=False)
    app.command()(function)
    return get_command(app).params


def whole(low: int, high: int, what: str = "whole number") -> Callable[[str], int]:
    """A reader of whole numbers."""

    def number(text: str) -> int:
        plain = len(text) < 10 and text.isascii() and text.isdigit()  # noqa: PLR2004 - longer is out of any range, and slow to convert
        if not plain or not low <= int(text) <= high:
            raise BadParameter(f"{quoted(text)} is no {what} from {low} to {high}")
        return int(text)

    return number


def day(text: str) -> date:
    """Read a day such as 2026-11-21."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        expected = "expected a day such as 2026-11-21"
        raise BadParameter(f"{quoted(text)} is no day: {expected}") from None
