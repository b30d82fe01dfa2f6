"""`legday journal forget`: the journal, gone."""

from __future__ import annotations

from typing import Annotated

from typer import Option

from advisor.answers import AnswerError, quoted
from advisor.cli.environment import Environment, Exit
from advisor.cli.journaling import JournalFile, journal_path, says_yes


def run(
    environment: Environment,
    *,
    yes: Annotated[bool, Option("--yes", help="Do not ask first.")] = False,
    journal: JournalFile = None,
) -> int:
    """Delete the journal, and what was left beside it."""
    from advisor.journal.store import forget

    path = journal_path(journal, environment)
    if not yes and not says_yes(f"Delete all of {quoted(str(path))}, for good?", environment):
        raise AnswerError(["nothing was deleted (say yes, or give `--yes`)"])
    forget(path)
    environment.write(f"Deleted {quoted(str(path))}.\n")
    return Exit.DONE
