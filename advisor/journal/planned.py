"""Kept answers and past sessions → the sets that are planned for a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from advisor.answers import AnswerError, quoted, read_answers
from advisor.doses import capped_dose
from advisor.findings import Findings
from advisor.journal.observations import Past, facts_today
from advisor.journal.recording import LogEntry
from advisor.journal.records import Sets, answer_rows, sessions_of
from advisor.journal.scheme import moved
from advisor.journal.store import Journal
from advisor.plan import plan_for
from advisor.result import Plan
from advisor.rulebase.shapes import RuleBase
from advisor.rulebase.shapes.history import Session, SetDone
from advisor.session import Line
from advisor.session import Session as Planned


def planned_sets(journal: Journal, rules: RuleBase, entry: LogEntry) -> tuple[Sets, str]:
    """What the kept answers plan for the day of an entry, and which day of the routine that is.

    Raises AnswerError if they lead to no session.
    """
    date = entry.at[:10]
    every = sessions_of(journal, until=date)
    today = next((each.day for each in every if each.date == date), None)
    before = [each for each in every if each.date < date]
    plan = plan_then(journal, rules, entry.at, before)
    session = planned_day(plan, before, entry.day or today)
    if session is None:
        hint = "see `legday plan`; say what you did with `--did`"
        raise AnswerError([f"the answers that were kept lead to no session ({hint})"])
    session = moved(replace(plan, session=session), before, date).plan.session or session
    # The heaviest weight of each exercise in the last session that had it.
    weights = {
        exercise: max((each.kg for each in sets if each.kg), default=None)
        for each in before
        for exercise, sets in each.sets_of().items()
    }
    sets = (_line_sets(line, rules, weights) for line in session.lines)
    return {each[0].exercise: each for each in sets if each}, session.day


def with_parts(
    sets: Mapping[str, tuple[SetDone, ...]], journal: Journal, rules: RuleBase, at: str
) -> Sets:
    """The same sets, each with the part of the usual weight that was planned for it then."""
    before = [each for each in sessions_of(journal, until=at[:10]) if each.date < at[:10]]
    findings = plan_then(journal, rules, at, before).findings
    return {
        exercise: tuple(
            replace(each, load_percent=_part(rules.position[exercise], findings, rules))
            for each in done
        )
        for exercise, done in sets.items()
    }


def _part(position: int, findings: Findings, rules: RuleBase) -> int | None:
    takes = rules.usual_doses[position] is not None
    return capped_dose(position, findings, rules)[0].load_percent if takes else None


def plan_then(journal: Journal, rules: RuleBase, at: str, before: Sequence[Session]) -> Plan:
    """The plan by the answers as they were kept, however long ago that was."""
    kept = {fact: {**row, "since": at[:10]} for fact, row in answer_rows(journal).items()}
    told = facts_today(kept, read_answers({}, rules), Past(before, {}), at, rules)
    return plan_for(told.facts, rules)


def planned_day(plan: Plan, sessions: Sequence[Session], day: str | None) -> Planned | None:
    """The session of a plan that is meant: of the day that is named, or the next in its turn.

    Raises AnswerError for a day that the plan does not have.
    """
    by_day = {each.day: each for each in plan.sessions}
    if day is not None and by_day and day not in by_day:
        known = ", ".join(f"`{each}`" for each in by_day)
        raise AnswerError([f"`--day`: the plan has no day {quoted(day)} (known: {known})"])
    days = [*by_day]
    last = next((each.day for each in reversed(sessions) if each.day in by_day), None)
    turn = days[(days.index(last) + 1) % len(days)] if last else next(iter(days), "")
    return by_day.get(day or turn)


def _line_sets(
    line: Line, rules: RuleBase, weights: Mapping[str, float | None]
) -> tuple[SetDone, ...]:
    exercise, dose = rules.exercises[line.position].id, line.dose
    reps = dose.reps if dose.hold_seconds is None or dose.reps > 1 else None
    said = (reps, line.kg or weights.get(exercise), dose.hold_seconds, dose.reps_in_reserve)
    part = dose.load_percent
    return tuple(
        SetDone(exercise, number, *said, load_percent=part) for number in range(1, dose.sets + 1)
    )
