"""`legday plan`: answers in, a plan out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Option

from advisor.cli.asking import Asked
from advisor.cli.environment import Environment, Exit
from advisor.cli.parameters import Report
from advisor.cli.wishing import Minutes, Units, With, Without, wishes_for
from advisor.result import Plan

if TYPE_CHECKING:
    from advisor.report.blocks import Block

EXITS = {"plan": Exit.DONE, "refer": Exit.REFER, "incomplete": Exit.INCOMPLETE}


def run(
    person: Asked,
    *,
    how: Annotated[
        bool,
        Option(
            "--how",
            help="Under each line, the rules behind it, the answers they rest on, their sources.",
        ),
    ] = False,
    brief: Annotated[
        bool,
        Option("--brief", help="JSON, and of it only what a chat client needs: at most 10 kB."),
    ] = False,
    without: Without = None,
    including: With = None,
    minutes: Minutes = None,
    units: Units = "kg",
    form: Report = "text",
) -> int:
    """A plan from flags and files, never a prompt."""
    wishes = wishes_for(without, including, minutes, units, person.rules)
    plan = person.plan(wishes=wishes)
    if brief:
        from advisor.brief import brief_document

        person.environment.write_json(brief_document(plan.to_dict()))
        return EXITS[plan.status]
    return print_plan(plan, person.environment, form, how=how)


def print_plan(plan: Plan, environment: Environment, form: str, *, how: bool = False) -> int:
    """Print a plan in one of the report formats; with `how`, the chain behind each line of it.

    The JSON always holds those chains. The exit code tells what kind of plan it is.
    """
    document = plan.to_dict()
    if form == "json":
        environment.write_json(document)
        return EXITS[plan.status]
    from advisor.report.how import how_blocks
    from advisor.report.plan import plan_blocks

    blocks = [
        *plan_blocks(document, plan.rules),
        *(how_blocks(document, plan.rules) if how else ()),
    ]
    print_blocks(blocks, environment, form)
    return EXITS[plan.status]


def print_blocks(blocks: list[Block], environment: Environment, form: str) -> None:
    """Print a report as text or Markdown."""
    if form == "markdown":
        from advisor.report.markdown import as_markdown

        environment.write(as_markdown(blocks))
    else:
        from advisor.report.text import Report as Text

        environment.show(Text(tuple(blocks)))
