"""`legday next`: the conversation one stateless step at a time, for scripts and chat bots."""

from __future__ import annotations

from advisor.cli.asking import Asked
from advisor.cli.environment import Exit
from advisor.cli.parameters import Door, TextOrJson


def run(person: Asked, *, door: Door = None, form: TextOrJson = "text") -> int:
    """The next question worth asking."""
    from advisor.interview.next_question import PLAN, next_document, next_step
    from advisor.report.catalogue import next_text

    step = next_step(person.facts, person.rules, door or PLAN)
    document = next_document(step, person.facts, person.rules)
    person.environment.answer(form, document, lambda: next_text(document))
    return Exit.DONE
