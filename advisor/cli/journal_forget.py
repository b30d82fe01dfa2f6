"""`legday journal forget`: the journal, gone."""

from __future__ import annotations

from typing import Annotated

from typer import Option

from advisor.answers import AnswerError
from advisor.cli.environment import Environment, Exit
from advisor.cli.journaling import JournalFile, journal_path
from advisor.cli.parameters import Rules
from advisor.cli.prompting import says_yes
from advisor.journal.store import file_words, forget


def run(
    environment: Environment,
    *,
    yes: Annotated[bool, Option("--yes", help="Do not ask first.")] = False,
    journal: JournalFile = None,
    rules: Rules = None,  # noqa: ARG001 - every command takes it
) -> int:
    """Delete the journal, and what was left beside it."""
    path = journal_path(journal, environment)
    if not yes and not says_yes(f"Delete all of {file_words(path)}, for good?", environment):
        raise AnswerError(["nothing was deleted (say yes, or give `--yes`)"])
    forget(path)
    environment.write(f"Deleted {file_words(path)}.\n")
    return Exit.DONE
