"""`legday ask`: the questionnaire at the terminal, then the plan."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Option

from advisor.answers import AnswerError
from advisor.cli.asking import Asked
from advisor.cli.environment import Exit
from advisor.cli.parameters import Report
from advisor.cli.plan import print_plan
from advisor.cli.wishing import Minutes, Units, With, Without, wishes_for


def run(
    person: Asked,
    *,
    save: Annotated[
        Path | None, Option(help="Keep the answers in this file, so that you can go on later.")
    ] = None,
    without: Without = None,
    including: With = None,
    minutes: Minutes = None,
    units: Units = "kg",
    form: Report = "text",
) -> int:
    """Answer a few questions and get a plan (the same as no command at all)."""
    environment = person.environment
    wishes = wishes_for(without, including, minutes, units, person.rules)
    if not environment.is_terminal:
        raise AnswerError(["nobody to ask: standard input is no terminal (use `legday plan`)"])
    from advisor.interview.asker import TerminalAsker
    from advisor.interview.terminal import Interrupted
    from advisor.interview.terminal import run as interview

    asker = TerminalAsker(environment.stdin, lambda: environment.console(environment.stderr))
    try:
        facts = interview(person.rules, person.facts, asker, save, options=person.options)
    except Interrupted as left:
        return Exit.INTERRUPTED if left.how == "interrupt" else Exit.FAILED
    environment.stderr.write("\n")
    environment.stderr.flush()
    return print_plan(person.plan(facts, wishes), environment, form, command=True)
