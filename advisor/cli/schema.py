"""`legday schema`: the JSON Schema of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from advisor.cli.environment import Environment, Exit
from advisor.report.schema import plan_schema

if TYPE_CHECKING:
    from advisor.cli.commands import Request


def run(environment: Environment, _: Request) -> int:
    """Print the schema."""
    environment.write_json(plan_schema(), indented=True)
    return Exit.DONE
