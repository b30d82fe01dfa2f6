"""`legday rules explain [CODE]`: what a code of `rules check` means, and how to mend it."""

from __future__ import annotations

from typing import Annotated

from typer import Argument

from advisor.cli.environment import Environment, Exit
from advisor.cli.parameters import Rules, TextOrJson, must_know
from advisor.rulebase.codes import CODES, explanation, explanations


def run(
    environment: Environment,
    *,
    code: Annotated[
        str | None, Argument(help="A code, such as unknown-fact.", autocompletion=lambda: [*CODES])
    ] = None,
    form: TextOrJson = "text",
    rules: Rules = None,  # noqa: ARG001 - every command takes it
) -> int:
    """What a code of `rules check` means, with an example and a way out; or all codes."""
    from advisor.report.rules import explanation_text, explanations_text

    if code is not None:
        must_know("code", code, CODES, "see `legday rules explain`")
    if form == "json":
        environment.write_json(explanations() if code is None else explanation(code))
    elif code is None:
        environment.write(explanations_text(explanations()))
    else:
        environment.write(explanation_text(explanation(code)))
    return Exit.DONE
