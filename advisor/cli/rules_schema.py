"""`legday rules schema`: the JSON Schema of a rule file, for editors; or every key in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from advisor.authoring.schema import reference, rule_file_schema
from advisor.cli.environment import Environment, Exit

if TYPE_CHECKING:
    from advisor.cli.commands import Request


def run(environment: Environment, request: Request) -> int:
    """Print the schema, or the same for people."""
    if request.format == "markdown":
        environment.write(reference())
    else:
        environment.write_json(rule_file_schema(), indented=True)
    return Exit.DONE
