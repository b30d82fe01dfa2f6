"""What changed for people between two rule bases → lines of text: who, what, by which rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from advisor.report.blocks import safe
from advisor.report.formatting import Document

_TITLES = {"relaxed": "LESS CAREFUL", "tightened": "MORE CAREFUL", "other": "OTHERWISE"}
_WHAT = {
    "sets": "sets",
    "reps": "repetitions in a set",
    "hold_seconds": "seconds of a hold",
    "load_percent": "percent of the usual weight",
    "load_step_percent": "percent of the biggest step up",
    "reps_in_reserve": "repetitions left in reserve",
    "rest_seconds": "seconds of rest between sets",
    "sessions_per_week": "sessions a week",
    "rest_hours": "hours between sessions",
    "days": "days of the routine",
    "lines": "exercises of a session",
}
ALWAYS = "always"  # how the condition of everybody reads
FEW = 3  # exercises that are told one by one
LONGEST = 160  # letters of a text that is shown


def difference_text(document: Document) -> str:
    """Less careful first; each change with somebody for whom it is so, seen from both sides."""
    lines = [
        line
        for way, title in _TITLES.items()
        for line in _section(title, [one for one in document["changes"] if one["direction"] == way])
    ]
    if not lines:
        lines = ["Nothing changed for anyone."]
    if people := document["people"]:
        lines += ["", *_people(people)]
    if not document["exact"]:
        lines += ["", "Searched, not solved: without `z3-solver`, some changes may be missing."]
    return "\n".join(lines) + "\n"


def _section(title: str, changes: Sequence[Document]) -> Iterator[str]:
    if changes:
        yield title
    for (_, rules), group in groupby(changes, key=lambda each: (each["kind"], each["rules"])):
        alike = [*group]
        yield from _change(alike[0])
        if len(alike) > FEW and rules:
            what = ", ".join(safe(each["what"]) for each in alike[1 : FEW + 1])
            yield f"    and so {len(alike) - 1} more: {what} …"
        else:
            for each in alike[1:]:
                yield from _change(each, again=True)


def _change(each: Document, *, again: bool = False) -> Iterator[str]:
    if not again:
        who = each["who"][0] if each["who"] else ALWAYS
        yield "  Everybody:" if who == ALWAYS else f"  People with {safe(who)}:"
    kind = "" if each["kind"] == each["what"] else f"{each['kind']}, "
    yield f"    {kind}{_what(each['what'])}: {_words(each['was'])} → {_words(each['now'])}"
    if each["rules"] and not again:
        names = (
            f"{name} ({place})" for name, place in zip(each["rules"], each["places"], strict=True)
        )
        yield f"    by {safe(', '.join(names))}"
    if each["example"] is None:
        yield "    Nobody was found who is told anything else by this; it was not solved for."
    else:
        yield f"      old: {safe(each['command_old'])}"
        yield f"      new: {safe(each['command_new'])}"


def _what(what: str) -> str:
    number, _, exercise = what.partition(" of ")
    return safe(f"{_WHAT.get(number, number)}{f' of {exercise}' if exercise else ''}")


def _words(text: str) -> str:
    if not text:
        return "nothing"
    return f"“{safe(text[:LONGEST])}{'…' if len(text) > LONGEST else ''}”"


def _people(people: Document) -> Iterator[str]:
    yield f"{people['changed']} of {people['of']} people change."
    for kind, number in people["kinds"].items():
        yield f"  {number} {kind}"
