"""A plan's document → entries for a calendar: sessions, mornings after them, ends of trials.

An entry has the same UID in every calendar of a rule base, so that a second import moves it and
adds nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from advisor.report.blocks import safe
from advisor.report.formatting import Document, lowered, name, reasons_of, sentence
from advisor.report.journal import trial_words
from advisor.report.session import day_name, days, spelled
from advisor.rulebase.shapes import RuleBase

WEEKS = 4
EVENING, MORNING = time(18), time(8)
NOTICE = -timedelta(hours=1)  # of a session
AT_NINE = timedelta(hours=9)  # on a day that is meant as a whole
CHECK = timedelta(minutes=5)
DAY, WEEK = 24, 7  # hours, days


@dataclass(frozen=True)
class Appointment:
    """An entry; `key` is what it is called in its UID, `reminder` counts from its start."""

    key: str
    start: datetime | date
    takes: timedelta
    reminder: timedelta
    title: str
    text: str


def calendar_text(document: Document, rules: RuleBase, now: datetime, until: date | None) -> bytes:
    """The calendar of a plan with a session, in iCalendar's form; `until` the answers are good."""
    made = Calendar()
    made.add("prodid", "-//legday//legday-advisor//EN")
    made.add("version", "2.0")
    for entry in _entries(document, rules, now, until):
        made.add_component(_event(entry, rules, now))
    return bytes(made.to_ical())


def _event(entry: Appointment, rules: RuleBase, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{entry.key}@{rules.name}.legday")
    event.add("dtstamp", now.replace(tzinfo=UTC))
    event.add("sequence", int(now.replace(tzinfo=UTC).timestamp()) // 60)
    event.add("dtstart", entry.start)
    event.add("duration", entry.takes)
    event.add("summary", safe(entry.title))
    event.add("description", "\n".join(map(safe, entry.text.splitlines())))
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", safe(entry.title))
    alarm.add("trigger", entry.reminder)
    event.add_component(alarm)
    return event


def _entries(
    document: Document, rules: RuleBase, now: datetime, until: date | None
) -> Iterator[Appointment]:
    every = [day for day in days(document) if day["exercises"]]
    for place, start in enumerate(starts(document["schedule"], now) if every else ()):
        day = every[place % len(every)]
        title = lowered(day_name(day, document))
        takes = timedelta(minutes=day["minutes"] or DAY)
        yield Appointment(
            f"session-{place + 1}", start, takes, NOTICE, title, _session_text(day, document)
        )
        if rules.journal:
            morning = datetime.combine(start.date() + timedelta(1), MORNING)
            ask = rules.question[rules.journal.check_in].ask
            text = f"{ask}\nlegday log --date {start.date()} --next-morning N"
            head = f"The morning after: {title}"
            yield Appointment(f"morning-{place + 1}", morning, CHECK, timedelta(), head, text)
    yield from _trial(document, rules, now)
    if until:
        text = f"Some of your answers grow old.\n{document['command']}"
        yield Appointment(
            "answers", until, timedelta(1), AT_NINE, "Answer again for a new plan", text
        )


def _session_text(day: Document, document: Document) -> str:
    """The lines of a session in whole words, and when to stop."""
    lines = [f"{line['name']}: {spelled(line)}." for line in day["exercises"]]
    signs = [each["text"] for each in reasons_of(day["stop_if"], document)]
    return "\n".join([*lines, *signs])


def _trial(document: Document, rules: RuleBase, now: datetime) -> Iterator[Appointment]:
    """The day on which a trial ends: one that is under way, or one that would begin now."""
    if running := document.get("running_trial"):
        ends, text = date.fromisoformat(running["review_on"]), trial_words(running, rules)
        yield Appointment("trial", ends, timedelta(1), AT_NINE, "Your trial ends today", text)
    elif trial := document["trial"]:
        ends = now.date() + timedelta(trial["review_in_days"])
        text = f"{name(trial['exercise'], rules)}: {sentence(trial['trial'])}"
        yield Appointment("trial", ends, timedelta(1), AT_NINE, "Your trial ends today", text)


def starts(schedule: Document, now: datetime) -> Iterator[datetime]:
    """The evenings of the sessions of four weeks, spread evenly, with the rest between them kept.

    The first is when there was enough rest.
    """
    ready = now + timedelta(hours=schedule["ready_in_hours"])
    first = datetime.combine(ready.date(), EVENING)
    first += timedelta(int(first < ready))
    often = schedule["sessions_per_week"][0]
    least = -(-schedule["rest_hours"] // DAY)  # whole days
    at = 0
    for place in range(WEEKS * often):
        at = max(place * WEEK // often, at + least if place else 0)
        if at < WEEKS * WEEK:
            yield first + timedelta(at)
