"""A trial that is under way: leave one thing out for so many days, and see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from advisor.answers import AnswerError
from advisor.journal.store import Journal, Row
from advisor.rulebase.shapes import RuleBase
from advisor.rulebase.shapes.history import OUTCOMES
from advisor.suspects import Suspicion

HELPED, NO_HELP = RESULTS = ("helped", "did_not_help")


@dataclass(frozen=True)
class Trial:
    """What is left out, since when, and when to look at it; how it came out, once that is known."""

    id: int
    suspect: str
    exercise: str | None
    begun: str
    review_on: str
    result: str | None = None

    def day(self, today: str) -> int:
        """Which day of it this is, counted from 1."""
        return (date.fromisoformat(today) - date.fromisoformat(self.begun)).days + 1

    def is_due(self, today: str) -> bool:
        """Whether it is time to say how it came out."""
        return today >= self.review_on

    def document(self, today: str) -> dict[str, object]:
        """The trial as plain values, ready for JSON."""
        kept = {key: each for key, each in vars(self).items() if key != "id"}
        return {**kept, "day": self.day(today), "due": self.is_due(today)}


def trials_of(journal: Journal) -> tuple[Trial, ...]:
    """Every trial, the oldest first."""
    query = "SELECT id, suspect, exercise, begun, review_on, result FROM trial ORDER BY begun, id"
    return tuple(Trial(**row) for row in journal.rows(query))


def running(journal: Journal, today: str) -> Trial | None:
    """The trial that is under way on a day."""
    every = (each for each in trials_of(journal) if each.result is None and each.begun <= today)
    return next(every, None)


def outcomes(journal: Journal) -> dict[str, int]:
    """How many trials helped, and how many missed."""
    results = [each.result for each in trials_of(journal)]
    counted = zip(OUTCOMES, RESULTS, strict=True)
    return {name: results.count(result) for name, result in counted}


def start(journal: Journal, suspicion: Suspicion, rules: RuleBase, today: str) -> Trial:
    """Begin the trial of a likely cause. Raises AnswerError while another one is under way."""
    with journal.writing():
        if there := running(journal, today):
            message = f"a trial is under way until {there.review_on}: {there.suspect}"
            raise AnswerError([f"{message} (one change at a time: say how it came out first)"])
        leading = suspicion.leading
        review = date.fromisoformat(today) + timedelta(days=leading.review_in_days)
        keys: Row = {
            "rule_base": rules.name,
            "suspect": suspicion.name,
            "exercise": leading.exercise,
        }
        times = {"begun": today, "review_on": review.isoformat()}
        journal.insert("trial", keys | times)
    return trials_of(journal)[-1]


def finish(journal: Journal, trial: Trial, result: str) -> None:
    """Record how a trial came out, one of RESULTS."""
    with journal.writing():
        journal.run("UPDATE trial SET result = ? WHERE id = ?", [result, trial.id])
