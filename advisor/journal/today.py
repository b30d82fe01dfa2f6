"""A journal, what is said today and the time now → the plan of today, and what it goes by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from advisor.answers import Facts
from advisor.journal.observations import Past, Told, facts_today
from advisor.journal.planned import plan_then, planned_day
from advisor.journal.records import answer_rows, sessions_of
from advisor.journal.scheme import Move, moved
from advisor.journal.store import Journal
from advisor.journal.trials import Trial, outcomes, running
from advisor.json_text import Json
from advisor.plan import plan_for
from advisor.result import Plan
from advisor.rulebase.shapes import RuleBase
from advisor.rulebase.shapes.history import NEXT_MORNING, Session
from advisor.wishes import Wishes


@dataclass(frozen=True)
class Today:
    """The plan of a day with what differs from last time, and what is to be said before it.

    `unrecorded` is the day of the last session, where nobody said how the morning after it was;
    `command` is the command line that gives it again.
    """

    plan: Plan
    told: Told
    moves: tuple[Move, ...]
    lighter: bool
    wait_until: str | None
    unrecorded: str | None
    trial: Trial | None
    now: str
    command: str = ""

    def document(self) -> Json:
        """The plan as plain values, with what came of the journal."""
        return {
            **self.plan.to_dict(),
            "command": self.command,
            "since": [asdict(move) for move in self.moves],
            "lighter": self.lighter,
            "wait_until": self.wait_until,
            "unrecorded_morning": self.unrecorded,
            "asked_again": list(self.told.aged),
            "differing": [asdict(each) for each in self.told.differing],
            "running_trial": self.trial and self.trial.document(self.now[:10]),
        }


def past_of(journal: Journal, today: str, *, going_on: bool = False) -> tuple[Session, ...]:
    """The sessions up to today; without the one of today itself where that is `going_on`."""
    every = sessions_of(journal, today)
    return tuple(each for each in every if not going_on or each.date < today or each.source)


def told_today(
    journal: Journal, said: Facts, now: str, rules: RuleBase, *, going_on: bool = False
) -> Told:
    """What is known of the person of a journal now."""
    past = Past(past_of(journal, now[:10], going_on=going_on), outcomes(journal))
    return facts_today(answer_rows(journal), said, past, now, rules)


def plan_today(journal: Journal, told: Told, now: str, wishes: Wishes, rules: RuleBase) -> Today:
    """The plan for what is known now: the day that is due, with its weights."""
    sessions, trial = told.past.sessions, running(journal, now[:10])
    if trial and trial.exercise in rules.exercise:
        wishes = replace(wishes, without=wishes.without | {trial.exercise})
    plan = _from_due(plan_for(told.facts, rules, wishes), sessions, now[:10])
    found = moved(plan, sessions, now[:10])
    waiting = found.plan.schedule.ready_in_hours if found.plan.schedule else 0
    return Today(
        found.plan,
        told,
        found.moves,
        found.lighter,
        _after(now, waiting) if waiting and sessions else None,
        unrecorded_morning(sessions, now[:10], rules),
        trial,
        now,
    )


def unrecorded_morning(sessions: Sequence[Session], today: str, rules: RuleBase) -> str | None:
    """The day of the last session before today, if the morning after it was not recorded."""
    last = next((each for each in reversed(sessions) if each.date < today), None)
    missing = rules.journal and last and NEXT_MORNING not in last.check_ins
    return last.date if missing and last else None


def due(journal: Journal, sessions: Sequence[Session], now: str, rules: RuleBase) -> Json:
    """What is due: the next session and its day, and a morning that was not recorded.

    By the answers as they were kept; a session that they do not lead to is None.
    """
    plan = plan_then(journal, rules, now, sessions)
    day = planned_day(plan, [each for each in sessions if each.date < now[:10]], None)
    hours = plan.schedule.ready_in_hours if plan.schedule and sessions else 0
    return {
        "next_session": _after(now, hours) if day else None,
        "next_day": day.day if day else None,
        "unrecorded_morning": unrecorded_morning(sessions, now[:10], rules),
    }


def _from_due(plan: Plan, sessions: Sequence[Session], today: str) -> Plan:
    """The same plan with the day first whose turn it is, and the others as they follow it."""
    before = [each for each in sessions if each.date < today]
    due = planned_day(plan, before, None)
    if due is None:
        return plan
    at = plan.sessions.index(due)
    turned = (*plan.sessions[at:], *plan.sessions[:at])
    return replace(plan, session=turned[0], later=turned[1:])


def _after(now: str, hours: int) -> str:
    return (datetime.fromisoformat(now) + timedelta(hours=hours)).isoformat(timespec="minutes")
