"""`legday rules`: the commands for the people who write rules."""

from __future__ import annotations

from typer import Typer

from advisor.cli.commands import Commands


class RulesCommands(Commands):
    """The commands for rules."""

    place = "advisor.cli.rules_"
    names = (
        "check",
        "explain",
        "test",
        "prove",
        "diff",
        "show",
        "why",
        "trace",
        "graph",
        "init",
        "new",
        "rename",
        "draw",
        "fmt",
        "schema",
    )


app = Typer(name="rules", cls=RulesCommands, no_args_is_help=True, add_completion=False)


@app.callback()
def rules() -> None:
    """For the people who write rules."""
