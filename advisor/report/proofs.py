"""What became of invariants → lines of text. Command lines stay whole, to be pasted."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from advisor.report.blocks import safe
from advisor.report.formatting import Document, count

FEW = 4


def proof_text(document: Document, width: int) -> str:
    """One invariant: that it holds, for how many and how that is known; or who breaks it."""
    return "\n".join(_lines(document, width)) + "\n"


def _lines(document: Document, width: int) -> Iterator[str]:
    name, seconds = document["invariant"], f"{document['seconds']:.2f} s"
    if document["holds"]:
        yield f"{name}: holds for all {document['people']} people ({seconds})"
        yield from _indented(document["says"], width)
        yield from _indented(f"How: {document['decided_by']}.", width)
        return
    yield f"{name}: does not hold ({seconds})"
    this = f" (`{document['this']}`)" if document["this"] else ""
    yield from _indented(document["says"] + this, width)
    found = document["counterexample"]
    if found["compared_with"]:
        yield "  This person:"
        yield from _person(found["compared_with"], width)
        yield "  is permitted less than this one, who should be permitted no more:"
        yield from _person(found, width)
    else:
        yield "  This person shows it:"
        yield from _person(found, width)
    more = [f"and {len(found['wrong']) - FEW} more"] if len(found["wrong"]) > FEW else []
    yield from _indented(f"Wrong: {', '.join([*found['wrong'][:FEW], *more])}.", width)


def _person(person: Document, width: int) -> Iterator[str]:
    yield f"    {safe(person['command'])}"
    session = person["session"]
    shown = "no session" if session is None else f"session {', '.join(session) or 'empty'}"
    yield from _indented(f"level {person['plan_level'] or 'open'}, {shown}", width, "    ")


def _indented(text: str, width: int, indent: str = "  ") -> list[str]:
    return textwrap.wrap(
        safe(text),
        max(width, 40),
        initial_indent=indent,
        subsequent_indent=indent,
        break_on_hyphens=False,
        break_long_words=False,
    )


def proofs_summary(documents: Sequence[Document]) -> str:
    """How many hold, and how long all of it took."""
    failed = sum(not each["holds"] for each in documents)
    seconds = sum(each["seconds"] for each in documents)
    fate = f"{failed} do not hold" if failed else "all hold"
    if not documents:
        return "no invariants\n"
    return f"{count(len(documents), 'invariant')}: {fate} ({seconds:.1f} s)\n"
