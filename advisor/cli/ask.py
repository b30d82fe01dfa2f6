"""`legday ask`: the questionnaire at the terminal, then the plan or the likely causes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Option

from advisor.answers import AnswerError
from advisor.cli.asking import Asked
from advisor.cli.case_saving import SaveCase, save_as_case
from advisor.cli.environment import Exit
from advisor.cli.parameters import Door, Report
from advisor.cli.plan import print_plan
from advisor.cli.troubleshoot import print_causes
from advisor.cli.wishing import Minutes, Units, With, Without, wishes_for
from advisor.interview.next_question import TROUBLESHOOT

if TYPE_CHECKING:
    from advisor.interview.conversation import Conversation
    from advisor.wishes import Wishes


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
    save_case: SaveCase = None,
    door: Door = None,
    form: Report = "text",
) -> int:
    """Answer a few questions and get a plan (the same as no command at all)."""
    environment = person.environment
    wishes = wishes_for(without, including, minutes, units, person.rules)
    if not environment.is_terminal:
        raise AnswerError(["nobody to ask: standard input is no terminal (use `legday plan`)"])
    from advisor.cli.prompting import asker
    from advisor.interview.terminal import Interrupted, Visit
    from advisor.interview.terminal import run as interview

    seen = environment.stdout.isatty() and form == "text"  # else it is written once, at the end
    talks: list[Conversation] = []
    code: int = Exit.FAILED

    def report(talk: Conversation) -> bool:
        nonlocal code
        talks.append(talk)
        code = _print(person, talk, wishes, form) if seen else code
        return seen

    try:
        interview(
            person.rules,
            person.facts,
            asker(environment),
            Visit(door, save, person.options, wishes, report),
        )
    except Interrupted as left:
        return Exit.INTERRUPTED if left.how == "interrupt" else Exit.FAILED
    code = code if seen else _print(person, talks[-1], wishes, form)
    save_as_case(save_case, person.plan(talks[-1].facts, wishes), person)
    if talks[-1].door != TROUBLESHOOT and code == Exit.DONE:
        _offer_journal(person, talks[-1])
    return code


def _offer_journal(person: Asked, talk: Conversation) -> None:
    """Begin a journal with these answers, if there is none and somebody says yes to it."""
    from advisor.cli.journaling import journal_path, keep
    from advisor.cli.prompting import says_yes

    environment = person.environment
    if person.rules.journal is None or not environment.data_folder:
        return
    if journal_path(None, environment).exists():
        return
    if says_yes("Keep these answers in a journal, for `legday today`?", environment):
        keep(person.plan(talk.facts), None, environment)


def _print(person: Asked, talk: Conversation, wishes: Wishes, form: Report) -> int:
    """What the answers come to, behind the door that the person took."""
    environment, plan = person.environment, person.plan(talk.facts, wishes)
    environment.stderr.write("\n")
    environment.stderr.flush()
    if talk.door == TROUBLESHOOT:
        return print_causes(plan, environment, form, command=True)
    return print_plan(plan, environment, form, command=True)
