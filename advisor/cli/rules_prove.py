"""`legday rules prove`: what must hold for everyone, decided over everyone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Option

from advisor.cli.completing import complete_invariant
from advisor.cli.environment import Environment, Exit
from advisor.cli.parameters import Rules, TextOrJson, must_know, naming
from advisor.load import load_rules
from advisor.rulebase.reading.layers import OWN

if TYPE_CHECKING:
    from advisor.rulebase.shapes import RuleBase

NOBODY = "`{}` permits nobody more than `{}` does: proved for everyone.\n"
MISSING = "proofs need the package `z3-solver` (pip install 'legday-advisor[prove]')"


def run(
    environment: Environment,
    *,
    only: Annotated[
        str | None, Option(help="One invariant: its id.", autocompletion=complete_invariant)
    ] = None,
    stricter_than: Annotated[
        str | None,
        Option(help="Prove that nobody is permitted more than by this base: legday, or a folder."),
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
    from advisor.report.workshop import proof_text, proofs_summary

    if stricter_than is not None:
        return _stricter(stricter_than, base, environment, form, rules)
    documents = []
    options = naming(rules)
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


def _stricter(
    other: str, base: RuleBase, environment: Environment, form: TextOrJson, rules: Rules
) -> int:
    """Print whether nobody is permitted more by a base than by another, or somebody who is."""
    from advisor.authoring.diff.compare import compare
    from advisor.authoring.diff.document import Where, difference_document
    from advisor.report.difference import difference_text

    folder = None if other == OWN else Path(other)
    than = load_rules(folder)
    difference = compare(than, base, solve=True, permitted_alone=True)
    looser = tuple(each for each in difference.examples if each.direction == "relaxed")
    old, new = (Where(naming(each)) for each in ([folder] if folder else (), rules))
    document = difference_document(replace(difference, examples=looser), old, new)
    text = difference_text(document) if looser else NOBODY.format(base.name, than.name)
    environment.answer(form, document, lambda: text)
    return Exit.FAILED if looser else Exit.DONE
