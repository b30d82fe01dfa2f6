"""`legday rules explain [CODE]`: what a code of `rules check` means, and how to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from advisor.answers import AnswerError, quoted
from advisor.cli.environment import Environment, Exit
from advisor.report.rules import explanation_text, explanations_text
from advisor.rulebase.codes import CODES, explanation, explanations
from advisor.rulebase.problems import did_you_mean

if TYPE_CHECKING:
    from advisor.cli.commands import Request


def run(environment: Environment, request: Request) -> int:
    """Explain one code, or list all of them."""
    code = request.values.get("code")
    if code is None:
        every = explanations()
        if request.format == "json":
            environment.write_json(every)
        else:
            environment.write(explanations_text(every))
        return Exit.DONE
    name = str(code)
    if name not in CODES:
        hint = did_you_mean(name[:60], CODES) or "see `legday rules explain`"
        raise AnswerError([f"unknown code {quoted(name)} ({hint})"])
    if request.format == "json":
        environment.write_json(explanation(name))
    else:
        environment.write(explanation_text(explanation(name)))
    return Exit.DONE
