"""`legday rules prove`: what must hold for everyone, decided over everyone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from advisor.answers import AnswerError, quoted
from advisor.cli.environment import Environment, Exit
from advisor.rulebase.problems import did_you_mean

if TYPE_CHECKING:
    from advisor.cli.commands import Request

MISSING = "proofs need the package `z3-solver` (pip install 'legday-advisor[prove]')"


def run(environment: Environment, request: Request) -> int:
    """Prove every invariant, or one; exit 1 when one does not hold."""
    only = _only(request)
    try:
        from advisor.authoring.proof.document import proof_document  # noqa: PLC0415 - the same
        from advisor.authoring.proof.prove import prove  # noqa: PLC0415 - it needs an extra
        from advisor.authoring.proof.replay import MachineryError  # noqa: PLC0415 - the same
    except ImportError as error:
        if (error.name or "").partition(".")[0] != "z3":
            raise
        environment.complain([MISSING])
        return Exit.FAILED
    from advisor.report.proofs import proof_text, proofs_summary  # noqa: PLC0415 - late, as above

    documents = []
    try:
        for proof in prove(request.rules, only):
            documents.append(proof_document(proof, request.options))
            if request.format == "text":
                environment.write(proof_text(documents[-1], environment.width))
    except MachineryError as error:
        environment.complain([f"internal error: {error}"])
        return Exit.FAILED
    if request.format == "json":
        environment.write_json(documents)
    else:
        environment.write(proofs_summary(documents))
    return Exit.DONE if all(each["holds"] for each in documents) else Exit.FAILED


def _only(request: Request) -> str | None:
    """The one invariant that was asked for. Raises AnswerError if there is none."""
    only = request.values.get("only")
    known = dict.fromkeys(each.id for each in request.rules.invariants)
    if only is None or str(only) in known:
        return None if only is None else str(only)
    hint = did_you_mean(str(only)[:60], known)
    raise AnswerError([f"unknown invariant {quoted(only)}" + (f" ({hint})" if hint else "")])
