"""`legday troubleshoot`: a back that was sore after leg day, and one change to try at a time."""

from __future__ import annotations

from advisor.cli.asking import Asked
from advisor.cli.environment import Environment
from advisor.cli.parameters import Report
from advisor.cli.plan import EXITS, filling, print_blocks, print_plan
from advisor.result import Plan


def run(person: Asked, *, form: Report = "text") -> int:
    """A back that was sore after leg day: likely causes, and one change to try at a time."""
    return print_causes(person.plan(), person.environment, form)


def print_causes(plan: Plan, environment: Environment, form: str, *, command: bool = False) -> int:
    """Print likely causes in one of the report formats; the exit code is that of the plan.

    Somebody who should be seen first gets the page that says so. With `command`, the words that
    give the causes again stand at the end.
    """
    if plan.status == "refer" and form != "json":
        return print_plan(plan, environment, form, command=True)
    from advisor.explain.troubleshooting import troubleshoot_document

    document = troubleshoot_document(plan)
    if form == "json":
        environment.write_json(document)
    else:
        from advisor.report.checks import troubleshoot_blocks
        from advisor.report.screening import again

        causes = troubleshoot_blocks(document, plan.rules, filling(plan))
        last = again(document, "To see this again:") if command else ()
        print_blocks([*causes, *last], environment, form)
    return EXITS[plan.status]
