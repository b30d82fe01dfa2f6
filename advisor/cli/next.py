"""`legday next`: the conversation one stateless step at a time, for scripts and chat bots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from advisor.cli.asking import Asked
from advisor.cli.environment import Exit
from advisor.cli.parameters import Door, TextOrJson
from advisor.parts import question_document

if TYPE_CHECKING:
    from advisor.answers import Facts
    from advisor.interview.next_question import Step
    from advisor.rulebase.shapes import RuleBase


def run(person: Asked, *, door: Door = None, form: TextOrJson = "text") -> int:
    """The next question worth asking."""
    from advisor.interview.next_question import PLAN, next_step
    from advisor.report.catalogue import next_text

    step = next_step(person.facts, person.rules, door or PLAN)
    document = next_document(step, person.facts, person.rules)
    person.environment.answer(form, document, lambda: next_text(document))
    return Exit.DONE


def next_document(step: Step | None, facts: Facts, rules: RuleBase) -> dict[str, object]:
    """Put the next question as JSON."""
    answered = sum(not facts.is_open(place) for place in range(len(rules.asked)))
    if step is None:
        return {"question": None, "answered": answered, "remaining_at_most": 0}
    question = question_document(step.question) | {
        "help": step.question.help,
        "why": [reason.to_dict() for reason in step.why],
    }
    return {"question": question, "answered": answered, "remaining_at_most": step.remaining_at_most}
