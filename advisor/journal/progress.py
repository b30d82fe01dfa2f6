"""Sessions → how it goes: what was felt, the weights, and the quiet sessions in a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import itemgetter

from advisor.journal.sets import sets_words
from advisor.json_text import Json
from advisor.rulebase.shapes import RuleBase
from advisor.rulebase.shapes.history import DURING, MOMENTS, NEXT_MORNING, WARM_UP, Session
from advisor.wishes import KG


def progress_document(sessions: Sequence[Session], rules: RuleBase, today: str) -> Json:
    """The journal as plain values, ready for JSON."""
    fact = rules.journal.check_in if rules.journal else None
    return {
        "sessions": [session_document(each) for each in sessions],
        "check_ins": [
            {"date": each.date, "fact": fact, **dict.fromkeys(MOMENTS), **each.check_ins}
            for each in sessions
            if each.check_ins
        ],
        "exercises": _weights(sessions),
        "quiet_in_a_row": quiet_in_a_row(sessions, rules, today),
        "rungs": _rungs(sessions, rules),
        "trial": None,
        "due": None,
    }


def session_document(session: Session, unit: str = KG) -> Json:
    """One session, with the sets of each exercise in short."""
    return {
        "date": session.started,
        "day": session.day,
        "exercises": {name: sets_words(sets, unit) for name, sets in session.sets_of().items()},
        "note": session.note,
        "source": session.source or None,
    }


def sessions_documents(sessions: Iterable[Session], unit: str) -> list[Json]:
    """Sessions with the check-ins of each."""
    return [session_document(each, unit) | {"check_ins": each.check_ins} for each in sessions]


def _weights(sessions: Sequence[Session]) -> dict[str, list[Json]]:
    """For each exercise the heaviest set of each session, warm-up sets apart."""
    found: dict[str, list[Json]] = {}
    for session in sessions:
        for exercise, sets in session.sets_of().items():
            if work := [each for each in sets if each.kind != WARM_UP]:
                best = max(work, key=lambda each: (each.kg or 0, each.reps or 0))
                entry: Json = {"date": session.date, "kg": best.kg, "reps": best.reps}
                found.setdefault(exercise, []).append(entry)
    return found


def _rungs(sessions: Sequence[Session], rules: RuleBase) -> list[Json]:
    """The rung of each ladder that was trained last, counted from the easiest, 1."""
    found: dict[str, tuple[str, int, Json]] = {}
    for session in sessions:
        for exercise in session.sets_of():
            place = rules.position.get(exercise)
            if place is not None and place in rules.rungs:
                ladder, at = rules.rungs[place]
                told: Json = {"ladder": ladder.id, "rung": at, "of": len(ladder.rungs)}
                told |= {"exercise": exercise, "date": session.date}
                found[ladder.id] = max(
                    found.get(ladder.id, ("", 0, told)),
                    (session.date, at, told),
                    key=itemgetter(0, 1),
                )
    return [told for _, _, told in found.values()]


def quiet_in_a_row(sessions: Sequence[Session], rules: RuleBase, today: str) -> int:
    """The quiet sessions up to now, without one before another.

    The morning after the session of today is still to come, so that one neither counts nor ends
    the row as long as all was quiet in it.
    """
    count = 0
    for session in reversed(sessions):
        quiet = was_quiet(session, rules)
        if quiet:
            count += 1
        elif quiet is False or session.date != today or NEXT_MORNING in session.check_ins:
            break
    return count


def was_quiet(session: Session, rules: RuleBase) -> bool | None:
    """Whether all was quiet in a session and the morning after it; None where that was not said."""
    felt = session.check_ins
    if rules.journal is None or any(value > rules.journal.quiet for value in felt.values()):
        return None if rules.journal is None else False
    return True if DURING in felt and NEXT_MORNING in felt else None
