"""`legday rules diff OLD NEW`: what changed for people between two rule bases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from advisor.answers import AnswerError, quoted
from advisor.authoring.diff.compare import compare
from advisor.authoring.diff.document import difference_document
from advisor.authoring.proof.replay import MachineryError
from advisor.cli.environment import Environment, Exit
from advisor.cli.revisions import rules_of
from advisor.load import bundled_rules, load_rules
from advisor.report.difference import difference_text

if TYPE_CHECKING:
    from advisor.cli.commands import Request

RELAXED = "relaxed"


def run(environment: Environment, request: Request) -> int:
    """Print what changed; with `--fail-on relaxed`, exit 1 if anything became more permissive."""
    fail_on, new = request.values.get("fail_on"), request.values.get("new")
    if fail_on not in (None, RELAXED):
        raise AnswerError([f"`--fail-on`: {quoted(fail_on)} is not `{RELAXED}`"])
    folder = request.rules_folder or bundled_rules()
    before = rules_of(str(request.values["old"]), folder)
    after = load_rules(folder) if new is None else rules_of(str(new), folder)
    try:
        difference = compare(before, after)
    except MachineryError as error:
        environment.complain([f"internal error: {error}"])
        return Exit.FAILED
    document = difference_document(difference)
    if request.format == "json":
        environment.write_json(document)
    else:
        environment.write(difference_text(document))
    return Exit.FAILED if fail_on and difference.relaxed else Exit.DONE
