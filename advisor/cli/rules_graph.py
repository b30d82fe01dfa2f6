"""`legday rules graph [NAME]`: what leads to what, as Mermaid text."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from typer import Argument

from advisor.cli.completing import complete_node
from advisor.cli.environment import Environment, Exit
from advisor.cli.parameters import Rules, TextOrJson, must_know
from advisor.load import load_rules


def run(
    environment: Environment,
    *,
    name: Annotated[
        str | None,
        Argument(help="A rule, a finding or a question: its id.", autocompletion=complete_node),
    ] = None,
    form: TextOrJson = "text",
    rules: Rules = None,
) -> int:
    """What leads to what, from facts to exercises and levels, as Mermaid text."""
    from advisor.authoring import graph as drawing
    from advisor.report.mermaid import graph_document, mermaid

    base = load_rules(rules)
    if name is not None:
        known = [*(rule.id for rule in base.rules), *base.finding, *base.question]
        must_know("rule, finding or question", name, known, "see `legday rules show`")
    edges = drawing.graph(base, name)
    document = graph_document((asdict(e.start), asdict(e.end), e.label) for e in edges)
    environment.answer(form, document, lambda: mermaid(document))
    return Exit.DONE
