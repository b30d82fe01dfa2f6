"""`legday sources`: the documents behind the rules, listed."""

from __future__ import annotations

from advisor.cli.environment import Environment, Exit
from advisor.cli.parameters import Rules, TextOrJson
from advisor.load import load_rules


def run(environment: Environment, *, form: TextOrJson = "text", rules: Rules = None) -> int:
    """The documents behind the rules."""
    from advisor.report.catalogue import sources_document, sources_text

    base = load_rules(rules)
    environment.answer(form, sources_document(base), lambda: sources_text(base))
    return Exit.DONE
