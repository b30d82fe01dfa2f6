"""`legday rules schema`: the JSON Schema of rule files, for editors; or every key in Markdown."""

from __future__ import annotations

from typing import Annotated, Literal

from typer import Option

from advisor.cli.environment import Environment, Exit
from advisor.cli.parameters import Rules
from advisor.load import load_rules


def run(
    environment: Environment,
    *,
    cases: Annotated[bool, Option("--cases", help="Of files of cases.")] = False,
    form: Annotated[
        Literal["json", "markdown"],
        Option("--format", help="Print json or markdown.", metavar="FORM"),
    ] = "json",
    rules: Rules = None,
) -> int:
    """The JSON Schema of rule files; with --rules, one that knows all words of that base."""
    from advisor.authoring.own_schema import own_schema
    from advisor.authoring.schema import case_file_schema, reference, rule_file_schema

    if form == "markdown":
        environment.write(reference())
        return Exit.DONE
    general = case_file_schema if cases else rule_file_schema
    made = own_schema(general(), load_rules(rules)) if rules else general()
    environment.write_json(made, indented=True)
    return Exit.DONE
