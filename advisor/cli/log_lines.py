"""`legday log` line by line: each planned exercise, then how it felt; Enter is *as planned*."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from rich.text import Text

from advisor.cli.prompting import ask, asker
from advisor.journal.planned import planned_sets
from advisor.journal.recording import Entry, felt_value, record
from advisor.journal.records import BEFORE, DURING, NEXT_MORNING, SetDone, sessions_of
from advisor.journal.sets import NOTHING, read_sets, sets_words

if TYPE_CHECKING:
    from advisor.cli.environment import Environment
    from advisor.interview.asker import TerminalAsker
    from advisor.journal.store import Journal
    from advisor.rulebase.shapes import RuleBase

MOMENTS = {
    NEXT_MORNING: "The morning after {date}",
    BEFORE: "Before this session",
    DURING: "The worst during it",
}


def line_by_line(
    book: Journal,
    rules: RuleBase,
    entry: Entry,
    environment: Environment,
    units: str,
    *,
    edit: bool,
) -> tuple[int, ...]:
    """Keep each line as soon as it is said; the sessions that they were of."""
    planned, day = planned_sets(book, rules, entry)
    sessions, person = sessions_of(book, until=entry.at[:10]), asker(environment)
    today = next(
        (each for each in sessions if each.date == entry.at[:10] and not each.source), None
    )
    last = next((each for each in reversed(sessions) if each.date < entry.at[:10]), None)
    there = {*today.sets_of(), *dict(today.check_ins)} if today and not edit else set[str]()
    touched: list[int] = []

    def keep(**said: object) -> None:
        told = replace(entry, **said)  # type: ignore[arg-type]
        touched.extend(record(book, told, rules, edit=edit and today is not None))

    try:
        if last and (edit or NEXT_MORNING not in dict(last.check_ins)):
            _feel(person, NEXT_MORNING, last.date, rules, keep)
        for exercise in (each for each in planned if each not in there):
            sets = planned[exercise]
            prompt = f"{rules.exercise[exercise].name}, {sets_words(sets, units)}"
            read = partial(_sets, exercise=exercise, units=units)
            said = ask(person, prompt, "as planned", read)
            if sets := sets if said is None else said:
                keep(day=day, sets={exercise: sets})
        for moment in (each for each in (BEFORE, DURING) if each not in there):
            _feel(person, moment, "", rules, keep)
    except EOFError:
        person.show(Text("What you said so far is kept."))
    return tuple(touched)


def _sets(text: str, exercise: str, units: str) -> tuple[SetDone, ...]:
    return read_sets(NOTHING if text in {"-", "no"} else text, exercise, units)


def _feel(
    person: TerminalAsker,
    moment: str,
    date: str,
    rules: RuleBase,
    keep: Callable[..., None],
) -> None:
    """Ask how it felt, if the rule base wants to know."""
    if rules.journal is None:
        return
    prompt = f"{MOMENTS[moment].format(date=date)}. {rules.question[rules.journal.check_in].ask}"
    value = ask(person, prompt, "leave it out", lambda text: felt_value(text, rules))
    if value is not None:
        keep(check_ins={moment: value})
