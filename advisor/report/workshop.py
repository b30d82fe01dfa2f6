"""What came of testing, proving and tracing a rule base → lines of text.

Command lines stay whole, to be pasted.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from advisor.explain.verbalization import few
from advisor.report.blocks import safe
from advisor.report.formatting import Document, count

FEW = 4  # wrong things of a counterexample
_LEAST = 20  # columns that a text gets
_ITEM, _FATE = 7, 10  # the widths of the columns before what carries an item
_LEFT = " " * (_ITEM + _FATE)


def _wrapped(text: str, width: int, first: str, others: str, *, whole: bool = True) -> list[str]:
    """A text as lines that begin so; with `whole`, words are never broken."""
    return textwrap.wrap(
        safe(text),
        width,
        initial_indent=first,
        subsequent_indent=others,
        break_on_hyphens=False,
        break_long_words=not whole,
    )


def rule_tests_text(document: Document, width: int) -> str:
    """Failures first, then what was not met, then the mistakes that nothing noticed."""
    lines = [*_failures(document)]
    if document["coverage"]:
        lines += ["", *_coverage(document["coverage"])]
    if "people" in document:
        lines += ["", *_people(document["people"])]
    if document["mutation"]:
        lines += ["", *_mutation(document["mutation"])]
    return "\n".join(part for line in lines for part in _hanging(line, width)) + "\n"


def _failures(document: Document) -> Iterator[str]:
    failed = document["failed"]
    for each in failed:
        what = f"{each['file']}:{each['line']}: {each['kind']} {each['name']}"
        yield f"{what}: {'; '.join(each['wrong'])}"
    cases = count(document["cases"], "case")
    yield f"{cases}, {document['passed']} passed" + (f", {len(failed)} failed" if failed else "")


def _coverage(coverage: Document) -> Iterator[str]:
    yield f"coverage: {coverage['rules']}% of rules, {coverage['conditions']}% of conditions"
    for rule in coverage["never_fired"]:
        yield f"  {rule}: nothing makes it true"
    for each in coverage["half_seen"]:
        yield f"  {each['owner']}: never {each['never']} where it matters: {each['condition']}"


def _people(people: Document) -> Iterator[str]:
    met: dict[str, int] = people["rules"]
    never = [name for name, number in met.items() if not number]
    yield f"people on file: {people['of']}; {len(never)} of {count(len(met), 'rule')} meet nobody"
    yield from (f"  {name}: nobody" for name in never)
    for name, number in sorted(met.items(), key=lambda each: -each[1]):
        if number:
            yield f"  {name}: {number}"


def _mutation(mutation: Document) -> Iterator[str]:
    tried = count(mutation["tried"], "small mistake")
    yield f"mutation: {mutation['score']}% of {tried} noticed"
    for each in mutation["survivors"]:
        where = f" ({each['file']}:{each['line']})" if each["file"] else ""
        yield f"  {each['owner']}{where}: {each['change']}"


def _hanging(line: str, width: int) -> list[str]:
    indent = " " * (len(line) - len(line.lstrip()))
    return _wrapped(line.strip(), width, indent, f"{indent}  ") or [""]


def proof_text(document: Document, width: int) -> str:
    """One invariant: that it holds, for how many and how that is known; or who breaks it."""
    return "\n".join(_proof(document, width)) + "\n"


def _proof(document: Document, width: int) -> Iterator[str]:
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
    else:
        yield "  This person shows it:"
    yield from _person(found, width)
    yield from _indented(f"Wrong: {few(found['wrong'], FEW, last=', and ')}.", width)


def _person(person: Document, width: int) -> Iterator[str]:
    yield f"    {safe(person['command'])}"
    session = person["session"]
    shown = "no session" if session is None else f"session {', '.join(session) or 'empty'}"
    yield from _indented(f"level {person['plan_level'] or 'open'}, {shown}", width, "    ")


def _indented(text: str, width: int, indent: str = "  ") -> list[str]:
    return _wrapped(text, max(width, 2 * _LEAST), indent, indent)


def proofs_summary(documents: Sequence[Document]) -> str:
    """How many hold, and how long all of it took."""
    failed = sum(not each["holds"] for each in documents)
    seconds = sum(each["seconds"] for each in documents)
    fate = f"{failed} do not hold" if failed else "all hold"
    if not documents:
        return "no invariants\n"
    return f"{count(len(documents), 'invariant')}: {fate} ({seconds:.1f} s)\n"


def items_text(rows: Sequence[Document], width: int) -> str:
    """The table by item, one part for each document, with the sum of fates."""
    lines = [f"{count(len(rows), 'item')} of guidance: {_fates(rows)}."]
    for document, group in groupby(rows, key=lambda row: row["source"]):
        part = list(group)
        lines += ["", safe(document), f"{count(len(part), 'item')}: {_fates(part)}.", ""]
        lines.append(f"{'Item':<{_ITEM}}{'Fate':<{_FATE}}Carried by, and why")
        for row in part:
            lines += _item_lines(row, width)
    return "\n".join(lines) + "\n"


def _fates(rows: Iterable[Document]) -> str:
    counted = Counter(str(row["status"]) for row in rows)
    return ", ".join(f"{number} {fate}" for fate, number in counted.most_common())


def _item_lines(row: Document, width: int) -> Iterator[str]:
    """One item: its fate, what carries it, what it clashes with, and the note on its fate."""
    conflicts = row["conflicts"]
    below = [
        ", ".join(_carriers(row)) or "nothing",
        f"Clashes with {', '.join(conflicts)}." if conflicts else "",
        row["note"],
    ]
    first = f"{safe(row['item']):<{_ITEM}}{safe(row['status']):<{_FATE}}"
    for text in filter(None, below):
        yield from _wrapped(text, max(width, _LEAST + len(_LEFT)), first, _LEFT, whole=False)
        first = _LEFT


def _carriers(row: Document) -> list[str]:
    """Rules and exercises; an exercise stands for the rule that gives its cues."""
    cues = {f"how-to-{each.replace('_', '-')}" for each in row["exercises"]}
    return [*(each for each in row["rules"] if each not in cues), *row["exercises"]]


def carriers_text(rows: Iterable[Document], width: int) -> str:
    """Each rule and exercise, with the items that it carries."""
    lines, room = list[str](), max(width, _LEAST + len(f"  {_LEFT}"))
    for row in rows:
        lines += ["", f"{safe(row['id'])} ({row['kind']})"]
        if not row["items"]:
            lines.append("  carries no item of guidance")
        for item in row["items"]:
            first = f"  {safe(item['item']):<{_ITEM}}{safe(item['status']):<{_FATE}}"
            lines += _wrapped(item["says"], room, first, f"  {_LEFT}", whole=False)
    return "\n".join(lines[1:]) + "\n"
