"""`legday sheet`: the plan as a page to take along, or as entries for a calendar."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from datetime import date as calendar_day
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import BadParameter, Option

from advisor.answers import AnswerError, quoted
from advisor.cli.asking import Asked
from advisor.cli.journaling import Date, JournalFile, journal_of, journal_path, time_of
from advisor.cli.opening import written_to
from advisor.cli.plan import EXITS, filling, print_plan
from advisor.cli.wishing import Minutes, Units, With, Without, wishes_for
from advisor.command_line import command

if TYPE_CHECKING:
    from advisor.result import Plan
    from advisor.wishes import Wishes

CALENDAR, PAGE = ".ics", (".html", ".htm")


def _file(text: str) -> Path:
    """Read the name of a file, whose ending says what it is to be."""
    if Path(text).suffix.lower() not in (CALENDAR, *PAGE):
        raise BadParameter(f"{quoted(text)}: expected a name that ends in .html or .ics")
    return Path(text)


@dataclass(frozen=True)
class Known:
    """A plan, its document, since when each answer holds, and what gives it again."""

    plan: Plan
    document: dict[str, object]
    since: dict[str, calendar_day]
    command: str


def run(
    person: Asked,
    *,
    out: Annotated[
        Path | None,
        Option(
            help="The file to write: a page (.html), or entries for a calendar (.ics).",
            parser=_file,
            metavar="FILE",
        ),
    ] = None,
    date: Date = None,
    without: Without = None,
    including: With = None,
    minutes: Minutes = None,
    units: Units = "kg",
    journal: JournalFile = None,
) -> int:
    """The plan to take along: a page with drawings and boxes to fill in, or calendar entries."""
    environment, now = person.environment, time_of(date, person.environment)
    wishes = wishes_for(without, including, minutes, units, person.rules)
    kept = _journal(person, journal)
    known = _from_journal(person, wishes, now, kept) if kept else _from_answers(person, wishes, now)
    calendar = out is not None and out.suffix.lower() == CALENDAR
    if known.plan.status == "incomplete" or (calendar and known.plan.status != "plan"):
        return print_plan(known.plan, environment, "text")
    at = datetime.fromisoformat(now)
    made = _calendar(known, at) if calendar else _page(known, at)
    if out:
        written_to(out, made)
    else:
        environment.write_bytes(made)
    return EXITS[known.plan.status]


def _journal(person: Asked, given: Path | None) -> Path | None:
    """The journal that is meant: the one named, or the usual one where nothing was answered."""
    facts = person.facts
    said = facts.stated_clear or not all(map(facts.is_open, range(len(person.rules.asked))))
    if given is None and (said or person.environment.data_folder is None):
        return None
    path = journal_path(given, person.environment)
    return path if given or path.exists() else None


def _from_answers(person: Asked, wishes: Wishes, now: str) -> Known:
    plan = person.plan(wishes=wishes)
    document = plan.to_dict()
    today = calendar_day.fromisoformat(now[:10])
    since = dict.fromkeys(person.rules.question, today)
    return Known(plan, document, since, command(plan, "sheet"))


def _from_journal(person: Asked, wishes: Wishes, now: str, path: Path) -> Known:
    """The plan of today, as `legday today` has it."""
    from advisor.journal.records import answer_rows
    from advisor.journal.today import plan_today, told_today

    rules, said = person.rules, person.facts
    with journal_of(path, rules, person.environment) as book:
        rows = answer_rows(book)
        today = plan_today(book, told_today(book, said, now, rules), now, wishes, rules)
    plan = replace(today.plan, options=person.options, country=person.country)
    since = dict.fromkeys(rules.question, calendar_day.fromisoformat(now[:10]))
    since |= {
        fact: calendar_day.fromisoformat(row["since"][:10])
        for fact, row in rows.items()
        if fact in since and said.is_open(rules.question_position[fact])
    }
    again = command(replace(plan, facts=said, wishes=wishes), "sheet")
    words = f"{again} --journal {shlex.quote(str(path))}"
    return Known(plan, replace(today, plan=plan).document(), since, words)


def _page(known: Known, now: datetime) -> bytes:
    from advisor.report.html import as_html
    from advisor.report.sheet import Written, sheet_blocks

    plan, words = known.plan, tuple(shlex.split(known.command))
    written = Written(now.date(), known.since, words)
    blocks = sheet_blocks(known.document, plan.rules, filling(plan), written)
    return as_html(blocks, kind="sheet").encode()


def _calendar(known: Known, now: datetime) -> bytes:
    from advisor.report.sheet import good_until

    try:
        from advisor.report.calendar import calendar_text
    except ImportError:
        hint = "pip install 'legday-advisor[calendar]'"
        raise AnswerError([f"`--out`: entries for a calendar need `icalendar` ({hint})"]) from None
    until, _ = good_until(known.document, known.plan.rules, known.since)
    return calendar_text(known.document, known.plan.rules, now, until)
