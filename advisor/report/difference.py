"""What changed for people between two rule bases → lines of text: who, what, by which rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from advisor.explain.verbalization import few, joined, spaced
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
    "hold": "no more than last time",
    "step_back": "a step back",
    "rest_until": "days of rest after a session",
}
ALWAYS = "always"  # how the condition of everybody reads
FEW = 3  # exercises that are told one by one
LONGEST = 160  # letters of a text that is shown
BEFORE = 40  # letters of them before the place where two texts part


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
        lines += ["", f"{people['changed']} of {people['of']} people change."]
        lines += [f"  {number} {kind}" for kind, number in people["kinds"].items()]
    if not document["exact"]:
        lines += ["", "Searched, not solved: without `z3-solver`, some changes may be missing."]
    return "\n".join(lines) + "\n"


def _section(title: str, changes: Sequence[Document]) -> Iterator[str]:
    if changes:
        yield title
    above = ""
    for _, group in groupby(changes, key=lambda each: (each["kind"], _heading(each))):
        alike = [*group]
        heading = _heading(alike[0])
        if heading != above:
            yield f"  {heading}:"
        above = heading
        yield from _change(alike[0])
        if len(alike) > FEW and alike[0]["rules"]:
            what = few([_short(each) for each in alike[1:]], FEW)
            yield f"    and so {len(alike) - 1} more: {what}"
        else:
            for each in alike[1:]:
                yield from _change(each, again=True)


def _change(each: Document, *, again: bool = False) -> Iterator[str]:
    kind = "" if each["kind"] == each["what"] else f"{each['kind']}, "
    was, now = _pair(each["was"], each["now"])
    yield f"    {kind}{_what(each['what'])}: {was} → {now}"
    if each["rules"] and not again:
        names = [
            f"{name} ({place})" for name, place in zip(each["rules"], each["places"], strict=True)
        ]
        named = f"{joined(each['findings'])}, in " if each["findings"] else ""
        yield f"    by {safe(named + few(names, FEW))}"
    if each["command_old"]:
        yield f"      old: {safe(each['command_old'])}"
        yield f"      new: {safe(each['command_new'])}"
    elif each["journal"]:
        known = ", ".join(f"{spaced(name)} {value}" for name, value in each["journal"].items())
        yield f"      in a journal with: {safe(known)}"


def _short(each: Document) -> str:
    """What a change is about in a few words; of levels, from which to which."""
    if each["kind"] == "level":
        return " → ".join(_pair(each["was"], each["now"]))
    return _what(each["what"])


def _heading(each: Document) -> str:
    """Of whom the first thing that was edited holds, and, where that is another, of whom it did."""
    if each["example"] is None:
        return "Nobody was found who is told anything else by this; it was not solved for"
    others = " (and others)" if len(each["who"]) > 1 else ""
    heading = _who(each)
    return f"{heading[0].upper()}{heading[1:]}{others}"


def _who(each: Document) -> str:
    parted = (("no longer", each["no_longer"]), ("now also", each["newly"]))
    parts = [f"{way} people with {safe(words)}" for way, words in parted if words]
    if parts:
        return "; ".join(parts)
    was, now = (_people_with(every) for every in (each["who_before"], each["who"]))
    return now if was == now else f"before, {was}; now, {now}"


def _people_with(conditions: Sequence[str]) -> str:
    first = conditions[0] if conditions else ALWAYS
    return "everybody" if first == ALWAYS else f"people with {safe(first)}"


def _what(what: str) -> str:
    number, _, exercise = what.partition(" of ")
    return safe(f"{_WHAT.get(number, number)}{f' of {exercise}' if exercise else ''}")


def _pair(*texts: str) -> tuple[str, ...]:
    """Two texts as they are shown: of long ones, what comes where they part."""
    pairs = zip(*texts, strict=False)
    same = next((n for n, (one, other) in enumerate(pairs) if one != other), 0)
    start = same - BEFORE if max(map(len, texts)) > LONGEST and same > BEFORE else 0
    return tuple(_words(text, start) for text in texts)


def _words(text: str, start: int) -> str:
    if not text:
        return "nothing"
    shown = text[start : start + LONGEST]
    more = "…" if len(text) > start + LONGEST else ""
    return f"“{'…' if start else ''}{safe(shown)}{more}”"
