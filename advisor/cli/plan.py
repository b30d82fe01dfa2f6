"""`legday plan`: answers in, a plan out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from advisor.cli.environment import Environment, Exit
from advisor.plan import Plan, plan_for

if TYPE_CHECKING:
    from advisor.cli.commands import Request

EXITS = {"plan": Exit.DONE, "refer": Exit.REFER, "incomplete": Exit.INCOMPLETE}


def run(environment: Environment, request: Request) -> int:
    """Print the plan for a person; the exit code tells what kind it is."""
    plan = plan_of(request)
    return print_plan(plan, environment, request.format)


def plan_of(request: Request) -> Plan:
    """The plan for the person of a request, with what its words and command line depend on."""
    plan = plan_for(request.person, request.rules)
    return replace(plan, options=request.options, country=request.country)


def print_plan(plan: Plan, environment: Environment, form: str) -> int:
    """Print a plan in one of the report formats."""
    document = plan.to_dict()
    if form == "json":
        environment.write_json(document)
    elif form == "markdown":
        from advisor.report.markdown import plan_markdown  # noqa: PLC0415 - one format is enough

        environment.write(plan_markdown(document, plan.rules))
    else:
        from advisor.report.text import plan_text  # noqa: PLC0415 - Rich is slow to import

        environment.show(plan_text(document, plan.rules, width=environment.width))
    return EXITS[plan.status]
