"""The sessions so far and the time now → what is observed: each fact that is measured, as a number.

What a session does not hold is passed over where more of it would be worse, and ends a streak that
is better the longer it is. What the journal cannot tell is None; only without any session do counts
and streaks come to 0, and what speaks of a last time to its least number, `never`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from advisor.rulebase.shapes import Question
from advisor.rulebase.shapes.history import (
    CHANGE,
    DAYS_SINCE,
    DURING,
    HOURS_SINCE,
    NEXT_MORNING,
    OUTCOMES,
    STREAK,
    SUMMED,
    WARM_UP,
    Observation,
    Session,
)

HOURS = 24
MORNING = (NEXT_MORNING, "rise", "worst")  # still to come on the day of a session


def measure(
    questions: Sequence[Question],
    sessions: Sequence[Session],
    now: str,
    outcomes: Mapping[str, int] | None = None,
) -> dict[str, int | None]:
    """What is observed, by fact, of sessions in order of time up to now, and of trials."""
    found = dict[str, int | None]()
    for question in questions:
        if (wanted := question.observation) is None:
            continue
        value = question.first
        if wanted.of in OUTCOMES:
            value = (outcomes or {}).get(wanted.of, 0)
        elif sessions:
            value = _taken(wanted, sessions, now, rising=question.concern == "rising")
        if value is not None and value != question.first:
            value = max(question.lowest, min(value, question.maximum))
        found[question.id] = value
    return found


def recorded(session: Session, of: str) -> int | None:
    """One number of a session, None where it does not hold it."""
    felt: Mapping[str, int | None] = session.check_ins
    in_it = [felt.get(DURING), *(each.pain for each in session.sets)]
    pain = max((each for each in in_it if each is not None), default=None)
    morning = felt.get(NEXT_MORNING)
    match of:
        case "sessions":
            return 1
        case "hard_sets":
            return sum(each.kind != WARM_UP for each in session.sets)
        case "pain":
            return pain
        case "rise":
            before = felt.get("before")
            return None if morning is None or before is None else morning - before
        case "worst":
            said = [pain, morning, felt.get("before", 0)]
            known = [each for each in said if each is not None]
            return max(known) if len(known) == len(said) else None
        case _:
            return felt.get(of)


def _taken(
    wanted: Observation, sessions: Sequence[Session], now: str, *, rising: bool
) -> int | None:
    today = now[:10]
    if wanted.of in MORNING and sessions[-1].date == today:
        sessions = sessions[:-1]
    held = [(each, recorded(each, wanted.of)) for each in sessions]
    if wanted.take == STREAK:
        return _streak(wanted, [value for _, value in held], rising=rising)
    if wanted.take in (DAYS_SINCE, HOURS_SINCE):
        return _since(wanted, held, now)
    inside = _window(held, wanted, today)
    match wanted.take:
        case "count":
            return sum(value for value in inside if _meets(value, wanted))
        case "maximum":
            return max(inside, default=None)
        case "change" if wanted.of in SUMMED:
            return _growth(inside, held, wanted, today)
        case _:  # the latest, or how it differs from the first
            first = inside[0] if inside and wanted.take == CHANGE else 0
            last = held[-1][1] if held else None
            return None if last is None else last - first


def _since(wanted: Observation, held: Sequence[tuple[Session, int | None]], now: str) -> int | None:
    """How long ago the last one was that meets it, or else the first one of all."""
    met = [each for each, value in held if value is not None and _meets(value, wanted)]
    if not held:
        return None
    hours = _hours(met[-1] if met else held[0][0], now)
    return hours if wanted.take == HOURS_SINCE else hours // HOURS


def _meets(value: int, wanted: Observation) -> bool:
    return wanted.where is None or wanted.where[0] <= value <= wanted.where[1]


def _streak(wanted: Observation, values: Sequence[int | None], *, rising: bool) -> int:
    """How many sessions in a row, up to the last one, meet it."""
    count = 0
    for value in reversed(values):
        if value is not None and _meets(value, wanted):
            count += 1
        elif value is not None or not rising:
            break
    return count


def _window(
    held: Sequence[tuple[Session, int | None]], wanted: Observation, today: str
) -> list[int]:
    """The numbers that are held of the last sessions or days, in order."""
    if wanted.last:
        held = held[-wanted.last :]
    begin = _days_before(today, wanted.days) if wanted.days else ""
    return [value for each, value in held if value is not None and each.date > begin]


def _growth(
    inside: Sequence[int],
    held: Sequence[tuple[Session, int | None]],
    wanted: Observation,
    today: str,
) -> int | None:
    """How much more than usual there was, in percent; None where too little is known of before.

    The days before count as far back as there are sessions.
    """
    days = wanted.days or 1
    end = _days_before(today, days)
    span = (date.fromisoformat(end) - date.fromisoformat(held[0][0].date)).days + 1
    against = min(span, wanted.against or 1)
    start = _days_before(end, against)
    before = sum(value or 0 for each, value in held if start < each.date <= end)
    if against < days or not before:
        return None
    return round(100 * sum(inside) * against / (before * days)) - 100


def _days_before(today: str, days: int) -> str:
    return (datetime.fromisoformat(today) - timedelta(days=days)).date().isoformat()


def _hours(session: Session, now: str) -> int:
    """Whole hours since a session; of one whose time is not known, since the end of its day."""
    started = session.started if len(session.started) > len(now[:10]) else f"{session.date}T23:59"
    return max(0, int((_time(now) - _time(started)) / timedelta(hours=1)))


def _time(said: str) -> datetime:
    return datetime.fromisoformat(said).replace(tzinfo=None)
