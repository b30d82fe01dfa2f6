"""How things are spelled: doses, questions, answers, and the command line of a plan."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from advisor.answers import UNSURE
from advisor.rulebase.shapes import YES_NO, Dose, Question

if TYPE_CHECKING:
    from advisor.result import Plan

Json = dict[str, object]


def notation(dose: Dose, *, per_side: bool) -> str:
    """A dose in short: `2x10/side`, `2x20s` for one hold a set, `2x5x10s` for several."""
    if dose.hold_seconds is None:
        work = f"{dose.reps}"
    elif dose.reps == 1:
        work = f"{dose.hold_seconds}s"
    else:
        work = f"{dose.reps}x{dose.hold_seconds}s"
    return f"{dose.sets}x{work}{'/side' if per_side else ''}"


def question_document(question: Question) -> Json:
    """A question as JSON: `choices` are the ids to answer with, `labels` the words for them."""
    document: Json = {
        "fact": question.id,
        "ask": question.ask,
        "type": question.kind,
        "choices": answer_words(question),
        "labels": {choice.id: choice.label for choice in question.choices},
    }
    document |= question.bounds
    return document


def answer_words(question: Question) -> list[str]:
    """The words a question can be answered with (none for a number)."""
    return ["yes", "no"] if question.kind == YES_NO else [each.id for each in question.choices]


def command(plan: Plan, name: str = "plan") -> str:
    """The command line that gives this plan again, or another command for the same person."""
    facts = plan.facts
    said = (
        answered(question, facts.values[place])
        for place, question in enumerate(plan.rules.questions)
        if place not in facts.stated_clear and not facts.is_open(place)
    )
    return " ".join((command_start(plan, name), *said))


def command_start(plan: Plan, name: str) -> str:
    """The beginning of a command line, up to the answers."""
    screened = ["--screened"] if plan.facts.stated_clear else []
    return shlex.join(["legday", name, *plan.options, *screened])


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
