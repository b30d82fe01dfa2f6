"""What changed for people between two rule bases → lines of text, in words of people."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.report.blocks import safe
from advisor.report.words import Document

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


def difference_text(document: Document) -> str:
    """More permissive first, then what is stricter; each with somebody for whom it is so."""
    lines = [line for key, words in _SECTIONS.items() for line in _section(key, words, document)]
    if not lines:
        lines = ["Nothing changed for anyone."]
    if not document["exact"]:
        lines += ["", "Searched, not solved: without `z3-solver`, some changes may be missing."]
    return "\n".join(lines) + "\n"


_SECTIONS = {
    "gained": "Some people gain",
    "level_relaxed": "For some people the level relaxes",
    "dose_relaxed": "For some people the dose grows",
    "lost": "Some people lose",
    "level_tightened": "For some people the level tightens",
    "dose_tightened": "For some people the dose shrinks",
}


def _section(key: str, words: str, document: Document) -> Iterator[str]:
    if document[key]:
        yield f"{words}:"
    for each in document[key]:
        yield f"  {_what(key, each)}"
        yield f"    {safe(each['command'])}"


def _what(key: str, each: Document) -> str:
    if key.startswith("level"):
        return f"from {each['from'] or 'open'} to {each['to'] or 'open'}"
    if key.startswith("dose"):
        of = f" of {each['exercise']}" if each["exercise"] else ""
        return f"{_WHAT[each['what']]}{of}: from {each['from']} to {each['to']}"
    return f"{safe(each['name'])} ({each['exercise']})"
