"""Plan → the command line that gives it again, and how its answers are written there."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from advisor.answers import UNSURE
from advisor.wishes import NO_WISHES, wish_words

if TYPE_CHECKING:
    from advisor.result import Plan
    from advisor.rulebase.shapes import Question

_WITH_WISHES = ("plan", "ask", "today", "sheet")  # the commands that take them


def command(plan: Plan, name: str = "plan") -> str:
    """The command line that gives this plan again, or another command for the same person."""
    facts = plan.facts
    said = (
        answered(question, facts.values[place])
        for place, question in enumerate(plan.rules.asked)
        if place not in facts.stated_clear and not facts.is_open(place)
    )
    return " ".join((command_start(plan, name), *said))


def command_start(plan: Plan, name: str) -> str:
    """The beginning of a command line, up to the answers."""
    screened = ["--screened"] if plan.facts.stated_clear else []
    words = [shlex.join(["legday", name, *plan.options, *screened])]
    if name in _WITH_WISHES and plan.wishes != NO_WISHES:
        words.append(wish_words(plan.wishes, plan.rules))
    return " ".join(filter(None, words))


def answered(question: Question, code: int | None) -> str:
    """An answer as the words of a command line; None is `unsure`."""
    return shlex.join([flag(question.id), answer_text(question, code)])


def flag(fact: str) -> str:
    """The command-line flag of a question."""
    return f"--{fact.replace('_', '-')}"


def answer_text(question: Question, code: int | None) -> str:
    """An encoded answer as it is written on a command line."""
    if code is None:
        return UNSURE
    return question.text(code)
