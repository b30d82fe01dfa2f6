"""The session of today, set by set at the terminal; each is kept as soon as it is said."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Timer

from rich.text import Text

from advisor.answers import AnswerError, quoted
from advisor.cli.prompting import ask
from advisor.interview.asker import TerminalAsker
from advisor.journal.recording import LogEntry, felt_value, record
from advisor.journal.records import sessions_of
from advisor.journal.scheme import instead
from advisor.journal.sets import sets_words
from advisor.journal.store import Journal
from advisor.journal.today import Today
from advisor.report.drawings import drawing_blocks
from advisor.report.text import Report
from advisor.rulebase.shapes.history import BEFORE, DURING, Session, SetDone
from advisor.session import Line

STOP, TAKEN = "stop", "taken"
HOW = "Enter as planned, a number for other reps, `hurts 3`, `taken` or `stop`"
_SAID = re.compile(r"(?:(?P<reps>[0-9]{1,3})|hurts\s+(?P<pain>[0-9]{1,2})|(?P<word>stop|taken))")
ASKED = {BEFORE: "Before this session.", DURING: "The worst during it."}


@dataclass(frozen=True)
class Walk:
    """What a walk needs: the journal, the plan of today, who walks, and the bell after a rest.

    `drawn` says whether that person sees drawings.
    """

    book: Journal
    today: Today
    person: TerminalAsker
    ring: Callable[[], None] | None
    drawn: bool = False

    def done(self) -> Session | None:
        """What was logged today so far."""
        day = self.today.now[:10]
        every = sessions_of(self.book, until=day)
        return next((each for each in every if each.date == day and not each.source), None)

    def keep(self, entry: LogEntry) -> None:
        """Keep what was said, at once."""
        record(self.book, entry, self.today.plan.rules, edit=self.done() is not None)


def walk(way: Walk) -> None:
    """Go through the session from where it stands, until its end or `stop`."""
    session = way.today.plan.session
    if session is None:
        return
    try:
        way.person.show(Text(HOW))
        _felt(way, BEFORE)
        for line in session.lines:
            if not _exercise(way, line):
                break
        _felt(way, DURING)
    except EOFError:
        pass
    way.person.show(Text("What you said so far is kept."))


def _exercise(way: Walk, line: Line) -> bool:
    """All sets of an exercise, or of another in its place; whether to go on after it."""
    rules, dose = way.today.plan.rules, line.dose
    exercise = rules.exercises[line.position]
    reps = None if dose.hold_seconds and dose.reps == 1 else dose.reps
    told = (reps, line.kg, dose.hold_seconds, dose.reps_in_reserve)
    planned = SetDone(exercise.id, 1, *told, load_percent=dose.load_percent)
    session = way.done()
    there = session.sets_of() if session else {}
    done = there.get(exercise.id, [])
    other = _instead(way, line) if len(done) < dose.sets else None
    if other is not None and rules.exercises[other.position].id in there:
        return _exercise(way, other)  # it was taken before this was broken off
    if not done and way.drawn:
        way.person.show(Report(drawing_blocks(rules, exercise.id, drawn=True)))
    while len(done) < dose.sets:
        words = sets_words([planned], way.today.plan.wishes.units).removeprefix("1x")
        said = _ask(way, f"{exercise.name}, set {len(done) + 1} of {dose.sets}: {words}")
        if said == STOP:
            return False
        if said == TAKEN:
            return _other(way, line)
        number = len(done) + 1
        done.append(_as_said(said, replace(planned, number=number)))
        way.keep(
            LogEntry(way.today.now, way.today.plan.sessions[0].day, {exercise.id: tuple(done)})
        )
        if way.ring and dose.rest_seconds and len(done) < dose.sets:
            _rest(way, dose.rest_seconds)
    return True


def _other(way: Walk, line: Line) -> bool:
    """Another exercise where the planned one is taken."""
    other = _instead(way, line)
    if other is None:
        way.person.show(Text("Nothing else fits here: on to the next one."))
        return True
    return _exercise(way, other)


def _instead(way: Walk, line: Line) -> Line | None:
    """What takes the place of an exercise that is taken."""
    day = way.today.now[:10]
    before = [each for each in sessions_of(way.book) if each.date < day]
    return instead(line, way.today.plan, before, day)


_timers: list[Timer] = []  # the one that runs, if any


def _rest(way: Walk, seconds: int) -> None:
    """Ring when the rest is over, unless the next set comes before."""
    if way.ring is not None:
        way.person.show(Text(f"Rest {seconds} s."))
        _timers[:] = [Timer(seconds, way.ring)]
        _timers[0].daemon = True
        _timers[0].start()


def _ask(way: Walk, prompt: str) -> str:
    """What was said of a set, once it can be read; nothing for Enter."""

    def read(text: str) -> str:
        if _SAID.fullmatch(said := text.casefold()):
            return said
        raise AnswerError([f"{quoted(text)}: {HOW}"])

    said = ask(way.person, prompt, "as planned", read)
    while _timers:
        _timers.pop().cancel()
    return said or ""


def _as_said(said: str, planned: SetDone) -> SetDone:
    found = _SAID.fullmatch(said)
    if found and found["reps"]:
        return replace(planned, reps=int(found["reps"]), in_reserve=None)
    return replace(planned, pain=int(found["pain"])) if found else planned


def _felt(way: Walk, moment: str) -> None:
    """Ask how it feels, where that was not said today; Enter leaves it out."""
    rules, session = way.today.plan.rules, way.done()
    if rules.journal is None or (session and moment in session.check_ins):
        return
    prompt = f"{ASKED[moment]} {rules.question[rules.journal.check_in].ask}"
    value = ask(way.person, prompt, "leave it out", lambda text: felt_value(text, rules))
    if value is not None:
        way.keep(LogEntry(way.today.now, check_ins={moment: value}))
