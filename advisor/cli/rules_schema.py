"""`legday rules schema`: the JSON Schema of a rule file, for editors; or every key in Markdown."""

from __future__ import annotations

from typing import Annotated, Literal

from typer import Option

from advisor.cli.environment import Environment, Exit
from advisor.cli.parameters import Rules


def run(
    environment: Environment,
    *,
    form: Annotated[
        Literal["json", "markdown"],
        Option("--format", help="Print json or markdown.", metavar="FORM"),
    ] = "json",
    rules: Rules = None,  # noqa: ARG001 - every command takes it
) -> int:
    """The JSON Schema of a rule file, for editors; or, for people, every key in Markdown."""
    from advisor.authoring.schema import reference, rule_file_schema

    if form == "markdown":
        environment.write(reference())
    else:
        environment.write_json(rule_file_schema(), indented=True)
    return Exit.DONE
