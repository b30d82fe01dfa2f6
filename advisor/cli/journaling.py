"""The flags of commands that use the journal, and the journal that they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import BadParameter, Option

from advisor.answers import AnswerError, quoted
from advisor.cli.environment import Environment
from advisor.rulebase.shapes import RuleBase

if TYPE_CHECKING:
    from advisor.journal.store import Journal
    from advisor.result import Plan

JournalFile = Annotated[Path | None, Option("--journal", help="Another journal: its file.")]


def moment(text: str) -> str:
    """Read a day, with or without the time."""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2})?", text):
        with suppress(ValueError):
            datetime.fromisoformat(text)
            return text.replace(" ", "T")
    expected = "expected a day such as 2026-11-21, or 2026-11-21T18:30"
    raise BadParameter(f"{quoted(text)} is no day: {expected}")


Date = Annotated[
    str | None,
    Option(
        "--date", help="The day, such as 2026-11-21; now without it.", parser=moment, metavar="DAY"
    ),
]


def time_of(date: str | None, environment: Environment) -> str:
    """The time that is meant, which may be ahead, to plan or to play through the weeks.

    Raises AnswerError for one that is so far ahead that the year is mistyped.
    """
    latest = datetime.fromisoformat(environment.now) + timedelta(days=366)
    if date is not None and datetime.fromisoformat(date) > latest:
        raise AnswerError([f"`--date`: {quoted(date)} is more than a year ahead"])
    return date or environment.now


def journal_path(given: Path | None, environment: Environment) -> Path:
    """The file of the journal that is meant."""
    if given is not None:
        return given
    folder = environment.data_folder
    if folder is None:
        raise AnswerError(["this system names no folder for a journal (give `--journal FILE`)"])
    return folder / "legday" / "journal.sqlite"


@contextmanager
def journal_of(given: Path | None, rules: RuleBase, environment: Environment) -> Iterator[Journal]:
    """The journal that is meant, if it is of this rule base; what is strange in it is told."""
    from advisor.journal.records import must_be_of, strangers, take_new_names
    from advisor.journal.store import opened

    with opened(journal_path(given, environment)) as journal:
        must_be_of(journal, rules)
        take_new_names(journal, rules)
        environment.warn(strangers(journal, rules))
        yield journal


def keep(plan: Plan, given: Path | None, environment: Environment) -> None:
    """Keep the answers of a plan in the journal, and begin it if there is none."""
    from advisor.journal.recording import keep_answers
    from advisor.journal.store import begin, file_words
    from advisor.report.formatting import count

    path = journal_path(given, environment)
    if not path.exists():
        begin(path)
    with journal_of(path, plan.rules, environment) as journal:
        kept = keep_answers(journal, plan.facts, plan.rules, environment.now)
    if environment.is_terminal:
        environment.stderr.write(f"kept {count(kept, 'answer')} in {file_words(path)}\n")
