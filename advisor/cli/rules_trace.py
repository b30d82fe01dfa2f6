"""`legday rules trace`: where each item of guidance went, from both sides."""

from __future__ import annotations

from typing import Annotated

from typer import Option

from advisor.cli.completing import complete_carrier
from advisor.cli.environment import Environment, Exit
from advisor.cli.parameters import Rules, TextOrJson, must_know
from advisor.load import load_rules


def run(
    environment: Environment,
    *,
    by_rule: Annotated[
        bool, Option("--by-rule", help="Show each rule and exercise with its items.")
    ] = False,
    rule: Annotated[
        str | None,
        Option(
            help="Show the items of one rule or exercise: its id.",
            metavar="ID",
            autocompletion=complete_carrier,
        ),
    ] = None,
    form: TextOrJson = "text",
    rules: Rules = None,
) -> int:
    """Where each item of guidance went: its fate, and the rules and exercises that carry it."""
    from advisor.authoring.trace import trace_carriers, trace_items
    from advisor.report.workshop import carriers_text, items_text

    base = load_rules(rules)
    by_rule = by_rule or rule is not None
    rows = trace_carriers(base) if by_rule else trace_items(base)
    if rule is not None:
        known = {str(row["id"]): row for row in rows}
        must_know("rule", rule, known)
        rows = [known[rule]]
    text = carriers_text if by_rule else items_text
    environment.answer(form, rows, lambda: text(rows, environment.width))
    return Exit.DONE
