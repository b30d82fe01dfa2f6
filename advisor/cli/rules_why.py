"""`legday rules why RULE`: whether a rule holds for somebody, part by part."""

from __future__ import annotations

from typing import Annotated

from typer import Argument

from advisor.cli.asking import Asked
from advisor.cli.completing import complete_rule
from advisor.cli.environment import Exit
from advisor.cli.parameters import TextOrJson, must_know


def run(
    person: Asked,
    *,
    rule: Annotated[str, Argument(help="The id of a rule.", autocompletion=complete_rule)],
    form: TextOrJson = "text",
) -> int:
    """Whether a rule holds for somebody, or cannot be told: part by part, with the answers."""
    from advisor.explain.why_rule import why_rule
    from advisor.report.rules import why_blocks
    from advisor.report.text import Report

    base = person.rules
    must_know("rule", rule, (each.id for each in base.rules), "see `legday rules show`")
    document = why_rule(rule, person.facts, base)
    person.environment.answer(form, document, lambda: Report(why_blocks(document, base)))
    return Exit.DONE
