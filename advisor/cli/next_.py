"""`legday next`: the conversation one stateless step at a time, for scripts and chat bots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from advisor.cli.environment import Environment, Exit
from advisor.interview.next_question import Step, next_step
from advisor.parts import question_document

if TYPE_CHECKING:
    from advisor.answers import Facts
    from advisor.cli.commands import Request


def run(environment: Environment, request: Request) -> int:
    """Print the next question for the answers given, or that none is left."""
    document = next_document(next_step(request.person, request.rules), request.person)
    if request.format == "json":
        environment.write_json(document)
    else:
        from advisor.report.catalogue import next_text  # noqa: PLC0415 - Rich is slow to import

        environment.show(next_text(document))
    return Exit.DONE


def next_document(step: Step | None, facts: Facts) -> dict[str, object]:
    """The next question as JSON."""
    answered = sum(value is not None for value in facts.values) + len(facts.not_sure)
    if step is None:
        return {"question": None, "answered": answered, "remaining_at_most": 0}
    question = question_document(step.question) | {
        "help": step.question.help,
        "why": [reason.to_dict() for reason in step.why],
    }
    return {
        "question": question,
        "answered": answered,
        "remaining_at_most": step.remaining_at_most,
    }
