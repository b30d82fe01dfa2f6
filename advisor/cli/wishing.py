"""The flags of wishes, which every command that prints a plan of one person has."""

from __future__ import annotations

from typing import Annotated, Literal

from typer import Option

from advisor.cli.completing import complete_exercise
from advisor.cli.parameters import whole
from advisor.rulebase.shapes import RuleBase
from advisor.wishes import LONGEST, Wishes, read_wishes

PANEL = "Wishes"
Without = Annotated[
    list[str] | None,
    Option(
        "--without",
        help="An exercise that you do not want. May be repeated.",
        metavar="EXERCISE",
        autocompletion=complete_exercise,
        rich_help_panel=PANEL,
    ),
]
With = Annotated[
    list[str] | None,
    Option(
        "--with",
        help="An exercise that you want, if it is fine for you. May be repeated.",
        metavar="EXERCISE",
        autocompletion=complete_exercise,
        rich_help_panel=PANEL,
    ),
]
Minutes = Annotated[
    int | None,
    Option(
        "--minutes",
        help="The time you have for a session.",
        parser=whole(1, LONGEST, "number of minutes"),
        metavar="N",
        rich_help_panel=PANEL,
    ),
]
Units = Annotated[
    Literal["kg", "lb"],
    Option("--units", help="Weights in kg or lb.", metavar="UNIT", rich_help_panel=PANEL),
]


def wishes_for(
    without: list[str] | None,
    including: list[str] | None,
    minutes: int | None,
    units: str,
    rules: RuleBase,
) -> Wishes:
    """The wishes of a command line. Raises AnswerError with every problem."""
    given = Wishes(frozenset(without or ()), frozenset(including or ()), minutes, units)
    return read_wishes(given, rules)
