"""`legday rules trace`: where each item of guidance went, from both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from advisor.answers import AnswerError, quoted
from advisor.authoring.trace import Row, trace_carriers, trace_items
from advisor.cli.environment import Environment, Exit
from advisor.report.trace import carriers_text, items_text
from advisor.rulebase.problems import did_you_mean

if TYPE_CHECKING:
    from advisor.cli.commands import Request


def run(environment: Environment, request: Request) -> int:
    """Print the trace by item; with `--by-rule`, by carrier; with `--rule`, of one of them."""
    named = request.values.get("rule")
    by_rule = named is not None or bool(request.values.get("by_rule"))
    rows = trace_carriers(request.rules) if by_rule else trace_items(request.rules)
    if named is not None:
        rows = [_named(str(named), rows)]
    if request.format == "json":
        environment.write_json(rows)
    else:
        text = carriers_text if by_rule else items_text
        environment.write(text(rows, environment.width))
    return Exit.DONE


def _named(name: str, rows: list[Row]) -> Row:
    """The row of one rule or exercise. Raises AnswerError if there is none."""
    found = {str(row["id"]): row for row in rows}
    if name not in found:
        hint = did_you_mean(name[:60], found)
        raise AnswerError([f"unknown rule {quoted(name)}" + (f" ({hint})" if hint else "")])
    return found[name]
