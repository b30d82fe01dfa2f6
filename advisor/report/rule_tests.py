"""What came of testing a rule base → lines of text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from advisor.report.blocks import safe
from advisor.report.formatting import Document, count

_LEAST = 20


def rule_tests_text(document: Document, width: int) -> str:
    """Failures first, then what was not met, then the mistakes that nothing noticed."""
    lines = [*_failures(document)]
    if document["coverage"]:
        lines += ["", *_coverage(document["coverage"])]
    if "people" in document:
        lines += ["", *_people(document["people"])]
    if document["mutation"]:
        lines += ["", *_mutation(document["mutation"])]
    return "\n".join(_wrapped(lines, width)) + "\n"


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


def _wrapped(lines: Iterable[str], width: int) -> Iterator[str]:
    for line in lines:
        indent = " " * (len(line) - len(line.lstrip()))
        yield from textwrap.wrap(
            safe(line.strip()),
            max(width, _LEAST),
            initial_indent=indent,
            subsequent_indent=f"{indent}  ",
            break_on_hyphens=False,
            break_long_words=False,
        ) or [""]
