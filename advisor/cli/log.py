"""`legday log`: what was done and how it was taken, from flags or line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

from typer import Option

from advisor.answers import AnswerError
from advisor.cli.environment import Environment, Exit
from advisor.cli.journaling import Date, JournalFile, journal_of, sessions_documents, time_of
from advisor.cli.parameters import Rules
from advisor.cli.wishing import Units
from advisor.load import load_rules
from advisor.rulebase.shapes import RuleBase

if TYPE_CHECKING:
    from advisor.journal.records import SetDone
    from advisor.journal.store import Journal

Felt = str | None
LONGEST = 500  # letters of a note


def run(
    environment: Environment,
    *,
    date: Date = None,
    day: Annotated[str | None, Option(help="The day of the routine, such as A.")] = None,
    did: Annotated[
        list[str] | None,
        Option(
            help="What you did: EXERCISE=SETSxREPS, with @WEIGHT and /REPS LEFT. May be repeated.",
            metavar="SETS",
        ),
    ] = None,
    all_as_planned: Annotated[
        bool, Option("--all-as-planned", help="All of the session, just as it was planned.")
    ] = False,
    before: Annotated[Felt, Option(help="How it felt before, as a number.", metavar="N")] = None,
    during: Annotated[Felt, Option(help="The worst during the session.", metavar="N")] = None,
    next_morning: Annotated[
        Felt, Option(help="The morning after the last session.", metavar="N")
    ] = None,
    note: Annotated[str, Option(help="A note about the session.", metavar="TEXT")] = "",
    edit: Annotated[
        bool, Option("--edit", help="Put what you say in place of what was logged that day.")
    ] = False,
    undo: Annotated[bool, Option("--undo", help="Take back what was logged last.")] = False,
    units: Units = "kg",
    journal: JournalFile = None,
    rules: Rules = None,
) -> int:
    """What you did and how you took it: line by line, or from flags."""
    base, at = load_rules(rules), time_of(date, environment)
    felt = {"before": before, "during": during, "next_morning": next_morning}
    told = any((day, did, all_as_planned, note, *(each is not None for each in felt.values())))
    with journal_of(journal, base, environment) as book:
        if undo:
            return _undo(book, environment, alone=not (told or edit))
        if not told and not environment.is_terminal:
            raise AnswerError(["nothing to log: say what you did (`--did`, `--all-as-planned` …)"])
        from advisor.journal.planned import planned_sets
        from advisor.journal.recording import Entry, record
        from advisor.journal.records import sessions_of

        if told:
            entry = Entry(at, day, *_read(did or [], felt, base, units), note=_note(note))
            if all_as_planned:
                planned, day = planned_sets(book, base, entry)
                entry = replace(entry, day=day, sets={**planned, **entry.sets})
            touched = record(book, entry, base, edit=edit)
        else:
            from advisor.cli.log_lines import line_by_line

            touched = line_by_line(book, base, Entry(at), environment, units, edit=edit)
        shown = [each for each in sessions_of(book) if each.id in touched]
        _print(sessions_documents(shown, units), base, environment)
    return Exit.DONE


def _print(
    sessions: Sequence[Mapping[str, object]], rules: RuleBase, environment: Environment
) -> None:
    from advisor.cli.plan import print_blocks
    from advisor.report.progress import sessions_blocks

    print_blocks(sessions_blocks(sessions, rules), environment, "text")


def _note(text: str) -> str:
    from advisor.report.blocks import safe

    if len(text) > LONGEST:
        raise AnswerError([f"`--note`: longer than {LONGEST} letters"])
    return safe(text)


def _undo(book: Journal, environment: Environment, *, alone: bool) -> int:
    from advisor.journal.recording import undo

    if not alone:
        raise AnswerError(["`--undo` stands alone: first take back, then log again"])
    days = " and ".join(dict.fromkeys(undo(book)))
    environment.write(f"Took back what was logged last{f', for {days}' if days else ''}.\n")
    return Exit.DONE


def _read(
    did: list[str], felt: Mapping[str, Felt], rules: RuleBase, units: str
) -> tuple[dict[str, tuple[SetDone, ...]], dict[str, int]]:
    """The sets and the check-ins that flags tell of. Raises AnswerError with every problem."""
    from advisor.journal.recording import felt_value
    from advisor.journal.sets import read_done

    problems, sets, found = list[str](), {}, dict[str, int]()
    try:
        sets = read_done(did, rules, units)
    except AnswerError as error:
        problems += error.problems
    for moment, said in felt.items():
        try:
            found |= {} if said is None else {moment: felt_value(said, rules)}
        except AnswerError as error:
            flag = f"`--{moment.replace('_', '-')}`: "
            problems += [
                flag + each.partition(": ")[2].replace(", or unsure", "") for each in error.problems
            ]
    if problems:
        raise AnswerError(dict.fromkeys(problems))
    return sets, found
