"""`legday journal`: the journal as a whole."""

from __future__ import annotations

from typer import Typer

from advisor.cli.commands import Commands


class JournalCommands(Commands):
    """The commands for the journal as a whole."""

    place = "advisor.cli.journal_"
    names = ("show", "export", "import", "forget")


app = Typer(name="journal", cls=JournalCommands, no_args_is_help=True, add_completion=False)


@app.callback()
def journal() -> None:
    """The journal as a whole: look at it, take it along, bring in others, forget it."""
