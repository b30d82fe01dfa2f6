"""`legday today`: the few questions that change from day to day, then the session of the day."""

from __future__ import annotations

import shlex
from dataclasses import replace
from functools import partial
from typing import Annotated, Literal

from typer import Option

from advisor.answers import AnswerError, Facts
from advisor.cli.asking import Asked
from advisor.cli.case_saving import SaveCase, save_as_case
from advisor.cli.environment import Environment
from advisor.cli.journaling import Date, JournalFile, journal_of, time_of
from advisor.cli.parameters import Report
from advisor.cli.plan import EXITS, filling, print_blocks
from advisor.cli.prompting import ask, asker, says_yes
from advisor.cli.wishing import Minutes, Units, With, Without, wishes_for
from advisor.command_line import command
from advisor.findings import conclude
from advisor.interview.conversation import Conversation
from advisor.interview.next_question import PLAN, next_step
from advisor.journal.recording import LogEntry, felt_value, keep_answers, record
from advisor.journal.records import sessions_of
from advisor.journal.store import Journal
from advisor.journal.today import Today, plan_today, told_today, unrecorded_morning
from advisor.journal.trials import HELPED, NO_HELP, finish, running
from advisor.report.blocks import Block
from advisor.report.formatting import count
from advisor.report.journal import result_words, with_today
from advisor.report.page import LINES, REFERRAL_LINES, page_blocks, yields
from advisor.report.text import Page
from advisor.rulebase.shapes import RuleBase
from advisor.rulebase.shapes.history import NEXT_MORNING
from advisor.suspects import suspicions
from advisor.wishes import Wishes


def run(
    person: Asked,
    *,
    date: Date = None,
    keep: Annotated[
        bool, Option("--keep", help="Keep what you answer today in the journal.")
    ] = False,
    trial: Annotated[
        Literal["helped", "did_not_help"] | None,
        Option(help="How the trial that is under way came out.", metavar="RESULT"),
    ] = None,
    follow: Annotated[
        bool, Option("--follow", help="Go through it set by set; each is kept as it is said.")
    ] = False,
    bell: Annotated[bool, Option("--bell/--no-bell", help="Ring when a rest is over.")] = True,
    without: Without = None,
    including: With = None,
    minutes: Minutes = None,
    units: Units = "kg",
    save_case: SaveCase = None,
    journal: JournalFile = None,
    form: Report = "text",
) -> int:
    """The next session from your journal, with what changed since last time and why."""
    environment, rules, now = person.environment, person.rules, time_of(date, person.environment)
    wishes = wishes_for(without, including, minutes, units, rules)
    asks = environment.is_terminal and form == "text"
    if follow and not asks:
        raise AnswerError(["`--follow` goes set by set at a terminal (write it down with `log`)"])
    with journal_of(journal, rules, environment) as book:
        if asks:
            _ask_morning(book, rules, now, environment)
        _finish_trial(book, now, person, trial, asks=asks)
        told = told_today(book, person.facts, now, rules, going_on=follow)
        said = person.facts
        if asks and next_step(told.facts, rules) is not None:
            facts = _interview(person, told.facts, wishes)
            said = _newly(said, told.facts, facts)
            told = replace(told, facts=facts)
            keep = keep or says_yes("Keep these answers?", environment)
        if keep and (kept := keep_answers(book, said, rules, now)) and environment.is_terminal:
            environment.stderr.write(f"kept {count(kept, 'answer')}\n")
        today = plan_today(book, told, now, wishes, rules)
        plan = replace(today.plan, options=person.options, country=person.country)
        again = command(replace(plan, facts=said, wishes=wishes), "today")
        words = ["--journal", str(journal)] * bool(journal) + ["--date", date or ""] * bool(date)
        today = replace(today, plan=plan, command=f"{again} {shlex.join(words)}".strip())
        save_as_case(save_case, plan, person)
        code = _print(today, environment, form)
        if follow and plan.session and not today.wait_until:
            _follow(book, today, environment, bell=bell)
    return code


def _follow(book: Journal, today: Today, environment: Environment, *, bell: bool) -> None:
    """Walk through the session at the terminal."""
    from advisor.cli.follow import Walk, walk

    def ring() -> None:
        environment.stderr.write("\a")
        environment.stderr.flush()

    drawn = environment.shows_pictures
    walk(Walk(book, today, asker(environment), ring if bell else None, drawn))


def _newly(said: Facts, before: Facts, after: Facts) -> Facts:
    """What was said before a conversation and in it."""
    for place, code in enumerate(after.values):
        if before.is_open(place) and not after.is_open(place):
            said = said.with_answer(place, code)
    return said


def _interview(person: Asked, facts: Facts, wishes: Wishes) -> Facts:
    """The facts after the questions that are open and still matter. Raises AnswerError."""
    from advisor.interview.terminal import Interrupted, Visit
    from advisor.interview.terminal import run as interview

    talks: list[Conversation] = []

    def report(talk: Conversation) -> bool:
        talks.append(talk)
        return False

    visit = Visit(PLAN, None, person.options, wishes, report)
    try:
        interview(person.rules, facts, asker(person.environment), visit)
    except Interrupted:
        raise KeyboardInterrupt from None
    return talks[-1].facts


def _ask_morning(book: Journal, rules: RuleBase, now: str, environment: Environment) -> None:
    """Ask for the morning after the last session, if it was not recorded."""
    day = unrecorded_morning(sessions_of(book, now[:10]), now[:10], rules)
    if day is None or rules.journal is None:
        return
    prompt = f"The morning after {day}. {rules.question[rules.journal.check_in].ask}"
    try:
        person = asker(environment)
        value = ask(person, prompt, "leave it out", lambda text: felt_value(text, rules))
    except EOFError:
        return
    if value is not None:
        record(book, LogEntry(now, check_ins={NEXT_MORNING: value}), rules)


def _finish_trial(
    book: Journal, now: str, person: Asked, result: str | None, *, asks: bool
) -> None:
    """Record how a trial came out, and say what it means; ask for it on its day."""
    trial, environment, rules = running(book, now[:10]), person.environment, person.rules
    if trial is None:
        if result:
            raise AnswerError(["`--trial`: no trial is under way (see `legday troubleshoot`)"])
        return
    if result is None and asks and trial.is_due(now[:10]):
        helped = says_yes(f"Your trial is over ({trial.suspect}). Did it help?", environment)
        result = HELPED if helped else NO_HELP
    if result is None:
        return
    finish(book, trial, result)
    facts = told_today(book, person.facts, now, rules).facts
    found = suspicions(facts, conclude(facts, rules), rules)
    following = next((each.name for each in found if each.name != trial.suspect), "")
    environment.stderr.write(f"{result_words(result, trial.suspect, following)}\n")


def _print(today: Today, environment: Environment, form: Report) -> int:
    """Print the plan of today; the exit code tells what kind of plan it is."""
    document, plan = today.document(), today.plan
    if form == "json":
        environment.write_json(document)
        return EXITS[plan.status]
    page = partial(page_blocks, document, plan.rules, filling(plan))

    def blocks(spare: int) -> list[Block]:
        return with_today(page(spare), document, plan.rules)

    if form != "text":
        print_blocks(blocks(0), environment, form)
    else:
        most = REFERRAL_LINES if plan.status == "refer" else LINES
        environment.show(Page(blocks, yields(document, plan.rules), most))
    return EXITS[plan.status]
