"""`legday rules explain [CODE]`: what a code of `rules check` means, and how to mend it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from typer import Argument

from advisor.cli.environment import Environment, Exit
from advisor.cli.parameters import Rules, TextOrJson, must_know
from advisor.rulebase.problems import codes


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
    if code is None:
        environment.answer(form, every, lambda: explanations_text(every))
    else:
        environment.answer(form, every[0], lambda: explanation_text(every[0]))
    return Exit.DONE
