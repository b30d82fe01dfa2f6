"""`legday rules graph [NAME]`: what leads to what, as Mermaid text."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from advisor.answers import AnswerError, quoted
from advisor.authoring.graph import graph
from advisor.cli.environment import Environment, Exit
from advisor.report.mermaid import graph_document, mermaid
from advisor.rulebase.problems import did_you_mean

if TYPE_CHECKING:
    from advisor.cli.commands import Request


def run(environment: Environment, request: Request) -> int:
    """Print the graph of a rule, finding or question, or of all of them."""
    given, rules = request.values.get("name"), request.rules
    name = None if given is None else str(given)
    known = dict.fromkeys([*(rule.id for rule in rules.rules), *rules.finding, *rules.question])
    if name is not None and name not in known:
        hint = did_you_mean(name[:60], known) or "see `legday rules show`"
        message = f"unknown rule, finding or question {quoted(name)} ({hint})"
        raise AnswerError([message])
    edges = graph(rules, name)
    document = graph_document((asdict(e.start), asdict(e.end), e.label) for e in edges)
    if request.format == "json":
        environment.write_json(document)
    else:
        environment.write(mermaid(document))
    return Exit.DONE
