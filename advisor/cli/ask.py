"""`legday ask`: the questionnaire at the terminal, then the plan."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from advisor.cli.environment import Environment, Exit
from advisor.cli.plan import print_plan
from advisor.interview.asker import TerminalAsker
from advisor.interview.terminal import Interrupted
from advisor.interview.terminal import run as interview
from advisor.plan import plan_for

if TYPE_CHECKING:
    from advisor.cli.commands import Request


def run(environment: Environment, request: Request) -> int:
    """Ask what still matters and print the plan; refuse where nobody can be asked."""
    if not environment.is_terminal:
        environment.complain(["nobody to ask: standard input is no terminal (use `legday plan`)"])
        return Exit.UNUSABLE
    asker = TerminalAsker(environment.stdin, lambda: environment.console(environment.stderr))
    save = request.values.get("save")
    path = Path(str(save)) if save else None
    try:
        facts = interview(request.rules, request.person, asker, path, options=request.options)
    except Interrupted as left:
        return Exit.INTERRUPTED if left.how == "interrupt" else Exit.FAILED
    plan = replace(plan_for(facts, request.rules), options=request.options, country=request.country)
    environment.stderr.write("\n")
    environment.stderr.flush()
    return print_plan(plan, environment, request.format)
