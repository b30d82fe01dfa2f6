"""`legday journal export`: every row of the journal, to keep or to take along."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

from typer import Option

from advisor.answers import AnswerError, quoted
from advisor.cli.environment import Environment, Exit
from advisor.cli.journaling import JournalFile, journal_path
from advisor.cli.parameters import Rules


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
    from advisor.journal.exchange import as_csv, as_json_lines
    from advisor.journal.store import opened

    with opened(journal_path(journal, environment)) as book:
        as_table = out is not None and out.suffix.lower() == ".csv"
        text = as_csv(book) if as_table else as_json_lines(book)
    if out is None:
        environment.write(text)
        return Exit.DONE
    try:
        handle = os.open(out, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
    except OSError as error:
        cause = (error.strerror or "no cause given").lower()
        raise AnswerError([f"cannot write {quoted(str(out))}: {cause}"]) from None
    return Exit.DONE
