"""`legday rules show RULE`: one rule in words, with what leads to it and hangs on it."""

from __future__ import annotations

from typing import Annotated

from typer import Argument

from advisor.cli.completing import complete_rule
from advisor.cli.environment import Environment, Exit
from advisor.cli.parameters import Rules, TextOrJson, must_know
from advisor.load import load_rules


def run(
    environment: Environment,
    *,
    rule: Annotated[str, Argument(help="The id of a rule.", autocompletion=complete_rule)],
    form: TextOrJson = "text",
    rules: Rules = None,
) -> int:
    """One rule in words: when, what, why, on whose word, and how it stands to others."""
    from advisor.authoring.connections import connections
    from advisor.report.catalogue import rule_document, rule_text

    base = load_rules(rules)
    must_know("rule", rule, (each.id for each in base.rules))
    more = connections(rule, base)
    document = rule_document(rule, base) | more
    environment.answer(form, document, lambda: rule_text(rule, base, more))
    return Exit.DONE
