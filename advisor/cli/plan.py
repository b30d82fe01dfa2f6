"""`legday plan`: answers in, a plan out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal, assert_never

from typer import Option

from advisor.answers import AnswerError
from advisor.cli.asking import Asked
from advisor.cli.case_saving import SaveCase, save_as_case
from advisor.cli.environment import Environment, Exit
from advisor.cli.journaling import JournalFile, keep
from advisor.cli.parameters import Report
from advisor.cli.wishing import Minutes, Units, With, Without, wishes_for
from advisor.reasons import name_helplines
from advisor.result import Plan

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from advisor.report.blocks import Block

EXITS = {"plan": Exit.DONE, "refer": Exit.REFER, "incomplete": Exit.INCOMPLETE}
PartName = Literal["session", "how", "why", "left-out", "progress", "watch", "assumed", "sources"]


def run(
    person: Asked,
    *,
    full: Annotated[bool, Option("--full", help="All of it, not only the page.")] = False,
    only: Annotated[
        PartName | None,
        Option(
            help="A part: session, how, why, left-out, progress, watch, assumed or sources.",
            metavar="PART",
        ),
    ] = None,
    how: Annotated[
        bool,
        Option(
            "--how",
            help="All of it, and for each line its rules, the answers behind them, their sources.",
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
    keep_answers: Annotated[
        bool, Option("--keep", help="Keep the answers in the journal; begin it if there is none.")
    ] = False,
    save_case: SaveCase = None,
    journal: JournalFile = None,
    form: Report = "text",
) -> int:
    """A plan from flags and files, never a prompt."""
    wishes = wishes_for(without, including, minutes, units, person.rules)
    plan = person.plan(wishes=wishes)
    if keep_answers:
        keep(plan, journal, person.environment)
    elif journal is not None:
        raise AnswerError(["`--journal`: nothing goes into it without `--keep`"])
    save_as_case(save_case, plan, person)
    if brief:
        from advisor.brief import brief_document

        person.environment.write_json(brief_document(plan.to_dict()))
        return EXITS[plan.status]
    if form == "json" or not (full or only or how):
        return print_plan(plan, person.environment, form)
    blocks = _whole(plan, only, how=how)
    if plan.sessions and form == "text" and not only and person.environment.shows_pictures:
        blocks += _drawings(plan)
    print_blocks(blocks, person.environment, form)
    return EXITS[plan.status]


def _whole(plan: Plan, only: PartName | None, *, how: bool) -> list[Block]:
    """The whole report, or a part of it; of a plan without a session, always the whole."""
    from advisor.report.plan import how_blocks, part_blocks, whole_blocks

    document = plan.to_dict()
    if only and plan.status == "plan":
        return part_blocks(document, plan.rules, filling(plan), only)
    chains = how_blocks(document, plan.rules) if how else ()
    return [*whole_blocks(document, plan.rules, filling(plan)), *chains]


def _drawings(plan: Plan) -> tuple[Block, ...]:
    """How the exercises of the routine look."""
    from advisor.report.drawings import session_drawings

    places = (line.position for session in plan.sessions for line in session.lines)
    ids = dict.fromkeys(plan.rules.exercises[place].id for place in places)
    return session_drawings(plan.rules, ids)


def filling(plan: Plan) -> Callable[[str], str]:
    """What puts the numbers to call into a text, for where this person is."""
    helplines = plan.rules.emergency_numbers
    return lambda text: name_helplines(text, plan.country, helplines)


def print_plan(plan: Plan, environment: Environment, form: Report, *, command: bool = False) -> int:
    """Print a plan: its page, or as JSON all of it. The exit code tells what kind of plan it is.

    With `command`, the words that give it again stand below the page.
    """
    document = plan.to_dict()
    if form == "json":
        environment.write_json(document)
        return EXITS[plan.status]
    from advisor.report.page import LINES, REFERRAL_LINES, page_blocks, yields

    blocks = partial(page_blocks, document, plan.rules, filling(plan), command=command)
    if form != "text":
        print_blocks(blocks(0), environment, form)
    else:
        from advisor.report.text import Page

        most = REFERRAL_LINES if plan.status == "refer" else LINES
        environment.show(Page(blocks, yields(document, plan.rules), most))
    return EXITS[plan.status]


def print_blocks(blocks: Sequence[Block], environment: Environment, form: Report) -> None:
    """Print a report as text, Markdown or HTML; as JSON, it is printed from its document."""
    match form:
        case "html":
            from advisor.report.html import as_html

            environment.write(as_html(blocks))
        case "markdown":
            from advisor.report.markdown import as_markdown

            environment.write(as_markdown(blocks))
        case "text" | "json":
            from advisor.report.text import Report as Text

            environment.show(Text(tuple(blocks)))
        case _:
            assert_never(form)
