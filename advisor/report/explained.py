"""What codes mean → lines of text."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.report.words import Document

_GAP = 2


def explanation_text(document: Document) -> str:
    """One code: what is wrong, an example, how to mend it."""
    indented = "\n".join(f"  {line}" for line in str(document["example"]).splitlines())
    accepts = f"  accepts: {{{document['code']}: …}}\n"
    accept = f"\nIf it is meant to be so, the entry can say why:\n\n{accepts}"
    return (
        f"{document['code']} ({document['severity']})\n\n{document['says']}\n\n"
        f"For example:\n\n{indented}\n\n{document['remedy']}\n"
        f"{accept if document['acceptable'] else ''}"
    )


def explanations_text(documents: Iterable[Document]) -> str:
    """Every code with its one sentence."""
    every = list(documents)
    width = max(len(str(each["code"])) for each in every) + _GAP
    lines = [f"{each['code']:<{width}}{each['says']}" for each in every]
    return "\n".join([*lines, "", "`legday rules explain CODE` has an example and a way out.", ""])
