"""`legday exercises`: the catalogue, listed."""

from __future__ import annotations

from advisor.cli.environment import Environment, Exit
from advisor.cli.parameters import Rules, TextOrJson
from advisor.load import load_rules


def run(environment: Environment, *, form: TextOrJson = "text", rules: Rules = None) -> int:
    """The catalogue."""
    from advisor.report.catalogue import exercises_document, exercises_text

    base = load_rules(rules)
    environment.answer(form, exercises_document(base), lambda: exercises_text(base))
    return Exit.DONE
