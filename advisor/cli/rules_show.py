"""`legday rules show RULE`: one rule in words, with what leads to it and hangs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from advisor.answers import AnswerError, quoted
from advisor.authoring.connections import connections
from advisor.cli.environment import Environment, Exit
from advisor.report.catalogue import rule_document, rule_text
from advisor.rulebase.problems import did_you_mean

if TYPE_CHECKING:
    from advisor.cli.commands import Request


def run(environment: Environment, request: Request) -> int:
    """Print a rule."""
    name = str(request.values["rule"])
    known = dict.fromkeys(rule.id for rule in request.rules.rules)
    if name not in known:
        hint = did_you_mean(name[:60], known)
        raise AnswerError([f"unknown rule {quoted(name)}" + (f" ({hint})" if hint else "")])
    more = connections(name, request.rules)
    if request.format == "json":
        environment.write_json(rule_document(name, request.rules) | more)
    else:
        environment.show(rule_text(name, request.rules, more))
    return Exit.DONE
