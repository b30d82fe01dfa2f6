"""`legday troubleshoot`: a back that was sore after leg day, and one change to try at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from advisor.cli.environment import Environment
from advisor.cli.plan import EXITS, plan_of
from advisor.explain.troubleshooting import troubleshoot_document

if TYPE_CHECKING:
    from advisor.cli.commands import Request


def run(environment: Environment, request: Request) -> int:
    """Print the likely causes, or what has to be seen to first; exit codes as for a plan."""
    plan = plan_of(request)
    document = troubleshoot_document(plan)
    if request.format == "json":
        environment.write_json(document)
    elif request.format == "markdown":
        from advisor.report.checks import troubleshoot_blocks  # noqa: PLC0415 - one is enough
        from advisor.report.markdown import as_markdown  # noqa: PLC0415 - the same

        environment.write(as_markdown(troubleshoot_blocks(document, request.rules)))
    else:
        from advisor.report.catalogue import troubleshoot_text  # noqa: PLC0415 - Rich is slow

        environment.show(troubleshoot_text(document, request.rules, width=environment.width))
    return EXITS[plan.status]
