"""`legday questions`: what can be answered, listed."""

from __future__ import annotations

from advisor.cli.environment import Environment, Exit
from advisor.cli.parameters import Rules, TextOrJson
from advisor.load import load_rules


def run(environment: Environment, *, form: TextOrJson = "text", rules: Rules = None) -> int:
    """What can be answered."""
    from advisor.report.catalogue import questions_document, questions_text

    base = load_rules(rules)
    environment.answer(form, questions_document(base), lambda: questions_text(base))
    return Exit.DONE
