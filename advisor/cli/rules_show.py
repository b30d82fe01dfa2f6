"""`legday rules show ID`: what an id names, and the rules that lean on it; or all ids."""

from __future__ import annotations

from typing import Annotated

from typer import Argument

from advisor.cli.completing import complete_id
from advisor.cli.environment import Environment, Exit
from advisor.cli.parameters import Rules, TextOrJson, must_know
from advisor.load import load_rules


def run(
    environment: Environment,
    *,
    name: Annotated[
        str | None,
        Argument(
            metavar="[ID]",
            help="Of a rule, question, finding, exercise, source, invariant or item of guidance.",
            autocompletion=complete_id,
        ),
    ] = None,
    form: TextOrJson = "text",
    rules: Rules = None,
) -> int:
    """What an id names: of a rule when, what, why, on whose word; without an id, all ids."""
    from advisor.authoring.connections import connections
    from advisor.report.catalogue import rule_document, rule_text
    from advisor.report.entries import all_ids, entry_blocks, entry_document, ids_blocks
    from advisor.report.text import Report

    base = load_rules(rules)
    ids = all_ids(base)
    if name is None:
        environment.answer(form, ids, lambda: Report(ids_blocks(ids)))
        return Exit.DONE
    of_rules = {each.id for each in base.rules}
    if name in of_rules:
        more = connections(name, base)
        document = rule_document(name, base) | more
        environment.answer(form, document, lambda: rule_text(name, base, more))
        return Exit.DONE
    kinds = {each: kind for kind, named in reversed(ids.items()) for each in named}
    must_know("id", name, [*kinds, *of_rules], "see `legday rules show`")
    entry = entry_document(kinds[name], name, base)
    environment.answer(form, entry, lambda: Report(entry_blocks(entry, base)))
    return Exit.DONE
