"""`legday schema`: the JSON Schema of the plan."""

from __future__ import annotations

from advisor.cli.environment import Environment, Exit
from advisor.cli.parameters import Rules


def run(environment: Environment, *, rules: Rules = None) -> int:  # noqa: ARG001 - every command takes it
    """The JSON Schema of the plan."""
    from advisor.report.schema import plan_schema

    environment.write_json(plan_schema(), indented=True)
    return Exit.DONE
