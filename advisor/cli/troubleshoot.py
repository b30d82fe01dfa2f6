"""`legday troubleshoot`: a back that was sore after leg day, and one change to try at a time."""

from __future__ import annotations

from advisor.cli.asking import Asked
from advisor.cli.parameters import Report
from advisor.cli.plan import EXITS, print_blocks


def run(person: Asked, *, form: Report = "text") -> int:
    """A back that was sore after leg day: likely causes, and one change to try at a time."""
    from advisor.explain.troubleshooting import troubleshoot_document

    environment, rules = person.environment, person.rules
    plan = person.plan()
    document = troubleshoot_document(plan)
    if form == "json":
        environment.write_json(document)
    else:
        from advisor.report.checks import troubleshoot_blocks

        print_blocks(troubleshoot_blocks(document, rules), environment, form)
    return EXITS[plan.status]
