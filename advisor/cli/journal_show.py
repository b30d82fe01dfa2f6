"""`legday journal show`: all that the journal holds."""

from __future__ import annotations

import json

from advisor.cli.environment import Environment, Exit
from advisor.cli.journaling import JournalFile, journal_of
from advisor.cli.parameters import Report, Rules
from advisor.cli.plan import print_blocks
from advisor.cli.wishing import Units
from advisor.journal.progress import sessions_documents
from advisor.journal.records import answer_rows, sessions_of
from advisor.load import load_rules
from advisor.report.journal import answers_blocks, sessions_blocks


def run(
    environment: Environment,
    *,
    units: Units = "kg",
    journal: JournalFile = None,
    form: Report = "text",
    rules: Rules = None,
) -> int:
    """All that the journal holds: your answers, and each session with what you did and felt."""
    base = load_rules(rules)
    with journal_of(journal, base, environment) as book:
        sessions = sessions_documents(sessions_of(book), units)
        answers = [
            {"fact": row["fact"], "value": json.loads(row["value"]), "since": row["since"]}
            for row in answer_rows(book).values()
        ]
    if form == "json":
        environment.write_json({"answers": answers, "sessions": sessions})
    else:
        blocks = [*answers_blocks(answers, base), *sessions_blocks(sessions, base)]
        print_blocks(blocks, environment, form)
    return Exit.DONE
