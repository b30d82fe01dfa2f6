"""`legday troubleshoot`: a back that was sore after leg day, and one change to try at a time."""

from __future__ import annotations

from typing import Annotated

from typer import Option

from advisor.answers import AnswerError
from advisor.cli.asking import Asked
from advisor.cli.environment import Environment
from advisor.cli.journaling import Date, JournalFile, journal_of, time_of
from advisor.cli.parameters import Report
from advisor.cli.plan import EXITS, filling, print_blocks, print_plan
from advisor.result import Plan
from advisor.suspects import suspicions


def run(
    person: Asked,
    *,
    start: Annotated[
        bool, Option("--start", help="Begin the trial of the likeliest cause in the journal.")
    ] = False,
    date: Date = None,
    journal: JournalFile = None,
    form: Report = "text",
) -> int:
    """A back that was sore after leg day: likely causes, and one change to try at a time."""
    plan, environment = person.plan(), person.environment
    if start and plan.status == "plan":
        from advisor.journal.trials import start as begin

        found = suspicions(plan.facts, plan.findings, plan.rules)
        if not found:
            raise AnswerError(["nothing is suspected, so there is no trial to begin"])
        today = time_of(date, environment)[:10]
        with journal_of(journal, plan.rules, environment) as book:
            trial = begin(book, found[0], plan.rules, today)
        environment.stderr.write(f"trial begun: {trial.suspect}, until {trial.review_on}\n")
    return print_causes(plan, environment, form)


def print_causes(
    plan: Plan, environment: Environment, form: Report, *, command: bool = False
) -> int:
    """Print likely causes in one of the report formats; the exit code is that of the plan.

    Somebody who should be seen first gets the page that says so. With `command`, the words that
    give the causes again stand at the end.
    """
    if plan.status == "refer" and form != "json":
        return print_plan(plan, environment, form, command=True)
    from advisor.explain.troubleshooting import troubleshoot_document

    document = troubleshoot_document(plan)
    if form == "json":
        environment.write_json(document)
    else:
        from advisor.report.checks import troubleshoot_blocks
        from advisor.report.screening import again

        causes = troubleshoot_blocks(document, plan.rules, filling(plan))
        last = again(document, "To see this again:") if command else ()
        print_blocks([*causes, *last], environment, form)
    return EXITS[plan.status]
