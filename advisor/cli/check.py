"""`legday check EXERCISE`: one exercise for one person."""

from __future__ import annotations

from typing import Annotated

from typer import Argument

from advisor.answers import named_exercise
from advisor.cli.asking import Asked
from advisor.cli.completing import complete_exercise
from advisor.cli.environment import Exit
from advisor.cli.parameters import Report
from advisor.cli.plan import print_blocks


def run(
    person: Asked,
    *,
    exercise: Annotated[
        str,
        Argument(
            help="An exercise: its id, its name or another name for it.",
            autocompletion=complete_exercise,
        ),
    ],
    form: Report = "text",
) -> int:
    """One exercise for this person: verdict, reasons, how to do it, what to do instead."""
    from advisor.explain.one_exercise import check_document

    environment, rules = person.environment, person.rules
    document = check_document(person.plan(), named_exercise(exercise, rules))
    if form == "json":
        environment.write_json(document)
    else:
        from advisor.report.checks import check_blocks

        drawn = form == "html" or environment.shows_pictures
        print_blocks(check_blocks(document, rules, drawn=drawn), environment, form)
    return Exit.DONE
