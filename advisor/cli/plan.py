"""`legday plan`: answers in, a plan out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from advisor.brief import brief_document
from advisor.cli.environment import Environment, Exit
from advisor.plan import plan_for
from advisor.result import Plan
from advisor.rulebase.frozen import replace

if TYPE_CHECKING:
    from advisor.cli.commands import Request
    from advisor.report.blocks import Block

EXITS = {"plan": Exit.DONE, "refer": Exit.REFER, "incomplete": Exit.INCOMPLETE}


def run(environment: Environment, request: Request) -> int:
    """Print the plan for a person; the exit code tells what kind it is."""
    plan = plan_of(request)
    if request.values.get("brief"):
        environment.write_json(brief_document(plan.to_dict()))
        return EXITS[plan.status]
    return print_plan(plan, environment, request.format, how=bool(request.values.get("how")))


def plan_of(request: Request) -> Plan:
    """The plan for the person of a request, with what its words and command line depend on."""
    plan = plan_for(request.person, request.rules)
    return replace(plan, options=request.options, country=request.country)


def print_plan(plan: Plan, environment: Environment, form: str, *, how: bool = False) -> int:
    """Print a plan in one of the report formats; with `how`, the chain behind each line of it.

    The JSON always holds those chains.
    """
    document = plan.to_dict()
    if form == "json":
        environment.write_json(document)
        return EXITS[plan.status]
    from advisor.report.how import how_blocks  # noqa: PLC0415 - reports are slow to import
    from advisor.report.plan import plan_blocks  # noqa: PLC0415 - the same

    blocks = [
        *plan_blocks(document, plan.rules),
        *(how_blocks(document, plan.rules) if how else ()),
    ]
    print_blocks(blocks, environment, form)
    return EXITS[plan.status]


def print_blocks(blocks: list[Block], environment: Environment, form: str) -> None:
    """Print a report as text or Markdown."""
    if form == "markdown":
        from advisor.report.markdown import as_markdown  # noqa: PLC0415 - one format is enough

        environment.write(as_markdown(blocks))
    else:
        from advisor.report.text import Report  # noqa: PLC0415 - Rich is slow to import

        environment.show(Report(tuple(blocks)))
