"""`legday log`: what was done and how it was taken, from flags or line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated

from rich.text import Text
from typer import Option

from advisor.answers import AnswerError
from advisor.cli.environment import Environment, Exit
from advisor.cli.journaling import Date, JournalFile, journal_of, time_of
from advisor.cli.parameters import Rules
from advisor.cli.plan import print_blocks
from advisor.cli.prompting import ask, asker
from advisor.cli.wishing import Units
from advisor.interview.asker import TerminalAsker
from advisor.journal.planned import planned_sets, with_parts
from advisor.journal.progress import sessions_documents
from advisor.journal.recording import LogEntry, felt_value, record, undo_last
from advisor.journal.records import Sets, sessions_of
from advisor.journal.sets import NOTHING, read_done, read_sets, sets_words
from advisor.journal.store import Journal
from advisor.load import load_rules
from advisor.report.blocks import safe
from advisor.report.formatting import flag
from advisor.report.journal import sessions_blocks
from advisor.rulebase.shapes import RuleBase
from advisor.rulebase.shapes.history import BEFORE, DURING, NEXT_MORNING, SetDone

Felt = str | None
LONGEST = 500  # letters of a note
MOMENTS = {
    NEXT_MORNING: "The morning after {date}",
    BEFORE: "Before this session",
    DURING: "The worst during it",
}


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
            if told or edit:
                raise AnswerError(["`--undo` stands alone: first take back, then log again"])
            days = " and ".join(dict.fromkeys(undo_last(book)))
            environment.write(f"Took back what was logged last{f', for {days}' if days else ''}.\n")
            return Exit.DONE
        if not told and not environment.is_terminal:
            raise AnswerError(["nothing to log: say what you did (`--did`, `--all-as-planned` …)"])
        entry = LogEntry(at, day, *_read(did or [], felt, base, units), note=_note(note))
        if all_as_planned:
            planned, day = planned_sets(book, base, entry)
            entry = replace(entry, day=day, sets={**planned, **entry.sets})
        entry = replace(entry, sets=with_parts(entry.sets, book, base, at))
        touched: Sequence[int]
        if told:
            touched = record(book, entry, base, edit=edit)
        else:
            touched = _line_by_line(book, base, at, environment, units, edit=edit)
        shown = [each for each in sessions_of(book) if each.id in touched]
        blocks = sessions_blocks(sessions_documents(shown, units), base)
        print_blocks(blocks, environment, "text")
    return Exit.DONE


def _note(text: str) -> str:
    if len(text) > LONGEST:
        raise AnswerError([f"`--note`: longer than {LONGEST} letters"])
    return safe(text)


def _read(
    did: list[str], felt: Mapping[str, Felt], rules: RuleBase, units: str
) -> tuple[Sets, dict[str, int]]:
    """The sets and the check-ins that flags tell of. Raises AnswerError with every problem."""
    problems, sets, found = list[str](), Sets(), dict[str, int]()
    try:
        sets = read_done(did, rules, units)
    except AnswerError as error:
        problems += error.problems
    for moment, said in felt.items():
        try:
            found |= {} if said is None else {moment: felt_value(said, rules)}
        except AnswerError as error:
            words = error.problems[0].partition(": ")[2].replace(", or unsure", "")
            problems.append(f"`{flag(moment)}`: {words}")
    if problems:
        raise AnswerError(dict.fromkeys(problems))
    return sets, found


def _line_by_line(
    book: Journal,
    rules: RuleBase,
    at: str,
    environment: Environment,
    units: str,
    *,
    edit: bool,
) -> list[int]:
    """Keep each line as soon as it is said; the sessions that they were of."""
    planned, day = planned_sets(book, rules, LogEntry(at))
    sessions, person, touched = sessions_of(book, until=at[:10]), asker(environment), list[int]()
    today = next((each for each in sessions if each.date == at[:10] and not each.source), None)
    last = next((each for each in reversed(sessions) if each.date < at[:10]), None)
    there = {*today.sets_of(), *today.check_ins} if today and not edit else set[str]()
    if not last or (NEXT_MORNING in last.check_ins and not edit):
        there.add(NEXT_MORNING)
    try:
        for what in (NEXT_MORNING, *planned, BEFORE, DURING):
            if what in there:
                continue
            if what in planned:
                done = _ask_sets(person, planned[what], rules, units)
                entry = LogEntry(at, day, {what: done} if done else {})
            else:
                words = MOMENTS[what].format(date=last and last.date)
                entry = LogEntry(at, check_ins=_ask_felt(person, what, words, rules))
            if entry.sets or entry.check_ins:
                touched += record(book, entry, rules, edit=edit and today is not None)
    except EOFError:
        person.show(Text("What you said so far is kept."))
    return touched


def _ask_sets(
    person: TerminalAsker, planned: tuple[SetDone, ...], rules: RuleBase, units: str
) -> tuple[SetDone, ...]:
    """What was done of an exercise; Enter is as planned."""
    exercise = planned[0].exercise

    def read(text: str) -> tuple[SetDone, ...]:
        return read_sets(NOTHING if text in {"-", "no"} else text, exercise, units)

    prompt = f"{rules.exercise[exercise].name}, {sets_words(planned, units)}"
    said = ask(person, prompt, "as planned", read)
    if said is None:
        return planned
    return tuple(replace(each, load_percent=planned[0].load_percent) for each in said)


def _ask_felt(person: TerminalAsker, moment: str, words: str, rules: RuleBase) -> dict[str, int]:
    """How it felt, if the rule base wants to know."""
    if rules.journal is None:
        return {}
    prompt = f"{words}. {rules.question[rules.journal.check_in].ask}"
    value = ask(person, prompt, "leave it out", lambda text: felt_value(text, rules))
    return {} if value is None else {moment: value}
