"""`legday journal export`: every row of the journal, to keep or to take along."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Option

from advisor.cli.environment import Environment, Exit
from advisor.cli.journaling import JournalFile, journal_path
from advisor.cli.opening import written_to
from advisor.cli.parameters import Rules
from advisor.journal.exchange import as_csv, as_json_lines
from advisor.journal.store import opened


def run(
    environment: Environment,
    *,
    out: Annotated[
        Path | None, Option("--out", help="A new file to write; `.csv` makes it CSV.")
    ] = None,
    journal: JournalFile = None,
    rules: Rules = None,  # noqa: ARG001 - every command takes it
) -> int:
    """Every row of the journal, as JSON Lines or CSV; `legday journal import` reads both."""
    with opened(journal_path(journal, environment)) as book:
        text = as_csv(book) if out and out.suffix.lower() == ".csv" else as_json_lines(book)
    if out is None:
        environment.write(text)
    else:
        written_to(out, text.encode(), new=True)
    return Exit.DONE
