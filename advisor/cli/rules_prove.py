"""`legday rules prove`: what must hold for everyone, decided over everyone."""

from __future__ import annotations

from typing import Annotated

from typer import Option

from advisor.cli.completing import complete_invariant
from advisor.cli.environment import Environment, Exit
from advisor.cli.parameters import Rules, TextOrJson, must_know
from advisor.load import load_rules

MISSING = "proofs need the package `z3-solver` (pip install 'legday-advisor[prove]')"


def run(
    environment: Environment,
    *,
    only: Annotated[
        str | None, Option(help="One invariant: its id.", autocompletion=complete_invariant)
    ] = None,
    form: TextOrJson = "text",
    rules: Rules = None,
) -> int:
    """Decide over all people what must hold for everyone: a proof, or a counterexample."""
    base = load_rules(rules)
    if only is not None:
        must_know("invariant", only, (each.id for each in base.invariants))
    try:
        from advisor.authoring.proof import prove as proofs
        from advisor.authoring.proof.replay import MachineryError
    except ImportError as error:
        if (error.name or "").partition(".")[0] != "z3":
            raise
        environment.complain([MISSING])
        return Exit.FAILED
    from advisor.report.proofs import proof_text, proofs_summary

    documents = []
    options = ("--rules", str(rules)) if rules else ()
    try:
        for proof in proofs.prove(base, only):
            documents.append(proofs.proof_document(proof, options))
            if form == "text":
                environment.write(proof_text(documents[-1], environment.width))
    except MachineryError as error:
        environment.complain([f"internal error: {error}"])
        return Exit.FAILED
    if form == "json":
        environment.write_json(documents)
    else:
        environment.write(proofs_summary(documents))
    return Exit.DONE if all(each["holds"] for each in documents) else Exit.FAILED
