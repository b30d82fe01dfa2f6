"""`legday progress`: the journal to look at."""

from __future__ import annotations

from functools import partial

from advisor.cli.environment import Environment, Exit
from advisor.cli.journaling import Date, JournalFile, journal_of, time_of
from advisor.cli.parameters import Report, Rules
from advisor.cli.plan import print_blocks
from advisor.cli.wishing import Units
from advisor.journal.progress import progress_document
from advisor.journal.records import sessions_of
from advisor.journal.sets import weight_words
from advisor.journal.today import due
from advisor.journal.trials import running
from advisor.load import load_rules
from advisor.report.journal import progress_blocks


def run(
    environment: Environment,
    *,
    date: Date = None,
    units: Units = "kg",
    journal: JournalFile = None,
    form: Report = "text",
    rules: Rules = None,
) -> int:
    """How it goes: what you felt around each session, your weights, quiet sessions in a row."""
    base, now = load_rules(rules), time_of(date, environment)
    today = now[:10]
    with journal_of(journal, base, environment) as book:
        sessions, trial = sessions_of(book, until=today), running(book, today)
        document = progress_document(sessions, base, today)
        document["trial"] = trial and trial.document(today)
        document["due"] = due(book, sessions, now, base)
    if form == "json":
        environment.write_json(document)
    else:
        weigh = partial(weight_words, unit=units)
        blocks = progress_blocks(
            document, base, weigh, drawn=form == "html" or environment.can_draw
        )
        print_blocks(blocks, environment, form)
    return Exit.DONE
