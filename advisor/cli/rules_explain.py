"""`legday rules explain [CODE]`: what a code of `rules check` means, and how to mend it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from typer import Argument

from advisor.cli.environment import Environment, Exit
from advisor.cli.parameters import Rules, TextOrJson, must_know
from advisor.rulebase.codes import codes


def run(
    environment: Environment,
    *,
    code: Annotated[
        str | None,
        Argument(help="A code, such as unknown-fact.", autocompletion=lambda: [*codes()]),
    ] = None,
    form: TextOrJson = "text",
    rules: Rules = None,  # noqa: ARG001 - every command takes it
) -> int:
    """What a code of `rules check` means, with an example and a way out; or all codes."""
    from advisor.report.rules import explanation_text, explanations_text

    if code is not None:
        must_know("code", code, codes(), "see `legday rules explain`")
    every = [asdict(each) for each in codes().values() if code in (None, each.code)]
    document = every if code is None else every[0]
    if form == "json":
        environment.write_json(document)
    else:
        text = explanations_text(every) if code is None else explanation_text(every[0])
        environment.write(text)
    return Exit.DONE
