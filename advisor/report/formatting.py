"""The small words of a report: grounds, answers, amounts, lists, and commands to copy."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from advisor.explain.verbalization import joined, spaced
from advisor.report.blocks import Item, safe
from advisor.rulebase.shapes import Question, RuleBase, Source

Document = Mapping[str, Any]
UNSURE = "unsure"
_MINUTE = 60
_WEEK = 7
_WEEKS = ("a week", "two weeks", "three weeks", "four weeks")
MANY, FEW = 14, 8  # a list longer than this is cut to so many, where it only gives an idea

GROUNDS = {
    "convention": "common custom",
    "article": "article",
    "reasoning": "our own caution",
}


def reasons_of(named: Iterable[str | Document], document: Document) -> list[Document]:
    """Reasons in whole: rules that a plan names, alone or with what they say, with its tables."""
    return [_whole(each, document) for each in named]


def _whole(named: str | Document, document: Document) -> Document:
    """One reason; one that stands whole already, as in the smaller answers, stays as it is."""
    if isinstance(named, str):
        named = {"rule": named, "say": document["rules"][named]["because"]}
    if "text" in named:
        return named
    rule = document["rules"][named["rule"]]
    return {
        "rule": named["rule"],
        "text": named["say"],
        "why": rule["because"] if rule["because"] != named["say"] else "",
        "because": rule["answers"],
        "sources": rule["sources"],
        "ground": rule["ground"],
    }


def tag(reason: Document, rules: RuleBase) -> str:
    """What a reason stands on, in brackets: `(guideline: NICE 2016)`, `(our own caution)`."""
    ground = str(reason.get("ground", "reasoning"))
    if ground in GROUNDS:
        return f"({GROUNDS[ground]})"
    first = next((rules.sources.get(source["id"]) for source in reason["sources"]), None)
    return f"({ground}: {source_name(first)})" if first else f"({ground})"


def source_name(source: Source) -> str:
    """A source in short: who, or else what, and when."""
    who = source.author.split(",")[0].split(";")[0].split(" (")[0]
    name = who or source.title
    return f"{name} {source.year}" if source.year else name


def reason_item(reason: Document, rules: RuleBase) -> Item:
    """A reason as a line: its text, and what it stands on; first, whether it is in doubt."""
    return Item(reason["text"], tag(reason, rules), doubt(reason))


def doubt(reason: Document) -> str:
    """That a reason only counts because an answer is missing or not sure; empty if it is known."""
    values = list(reason["because"].values())
    if UNSURE in values:
        return "You were not sure, so in case:"
    return "Not answered, so in case:" if None in values else ""


def reason_items(reasons: Iterable[Document], rules: RuleBase) -> tuple[Item, ...]:
    """Reasons as lines, each text once; those in doubt come last, under one lead."""
    once = {reason["text"]: reason for reason in reasons}
    doubts: dict[str, list[Item]] = {"": []}
    for text, reason in once.items():
        doubts.setdefault(doubt(reason), []).append(Item(text, tag(reason, rules)))
    known = doubts.pop("")
    for lead, items in doubts.items():
        alone = len(items) == 1
        known.append(replace(items[0], lead=lead) if alone else Item("", "", lead, tuple(items)))
    return tuple(known)


def answer_words(question: Question, value: object) -> str:
    """An answer as a person would say it."""
    if value is None:
        return "not asked"
    if value == UNSURE:
        return "not sure"
    return question.type.spoken(question, value)


def told(fact: str, value: object, rules: RuleBase) -> Item:
    """A question with its answer."""
    question = rules.question.get(fact)
    if question is None:
        return Item(f"{value}", lead=spaced(fact))
    return Item(f"{question.ask} {sentence(answer_words(question, value))}")


def asked(fact: str, rules: RuleBase) -> Item:
    """A question, with its flag."""
    question = rules.question.get(fact)
    return Item(question.ask if question else spaced(fact), f"({flag(fact)})")


def flag(fact: str) -> str:
    """The command-line flag of a question."""
    return f"--{fact.replace('_', '-')}"


def names(exercises: Iterable[str], rules: RuleBase) -> str:
    """Exercises by name, as a list in words."""
    return joined(name(each, rules) for each in exercises)


def name(exercise: str, rules: RuleBase) -> str:
    """The name of an exercise (its id, should the rule base not have it)."""
    known = rules.exercise.get(exercise)
    return known.name if known else exercise


def sentence(words: str) -> str:
    """Words with a capital and a full stop."""
    start = words[:1].upper() + words[1:]
    return start if start.endswith((".", "!", "?")) or not start else f"{start}."


def lowered(label: str) -> str:
    """A label in capitals as a heading: `DAY A` is `Day A`."""
    words = re.sub(r"[A-Z]{2,}", lambda found: found[0].lower(), label)
    return words[:1].upper() + words[1:]


def seconds(amount: int) -> str:
    """A rest, in words."""
    if amount >= _MINUTE * 2 and amount % _MINUTE == 0:
        return f"{amount // _MINUTE} min"
    return f"{amount} s"


def span(days: int) -> str:
    """A time in words: `10 days`, `two weeks`."""
    weeks, more = divmod(days, _WEEK)
    if more or not 0 < weeks <= len(_WEEKS):
        return count(days, "day")
    return _WEEKS[weeks - 1]


def times(low: int, high: int) -> str:
    """How often: `once`, `2 times`, `2 or 3 times`, `2 to 4 times`."""
    if low == high:
        return "once" if low == 1 else f"{low} times"
    return f"{low} {'or' if high == low + 1 else 'to'} {high} times"


def count(amount: int, one: str) -> str:
    """A number of things: `1 set`, `2 sets`."""
    return f"{amount} {one}{'' if amount == 1 else 's'}"


def people(amount: int) -> str:
    """How many people: `1 person`, `2 people`."""
    return f"{amount} {'person' if amount == 1 else 'people'}"


def command_lines(words: Sequence[str], width: int) -> Iterator[str]:
    """A command line, broken where a shell lets it be broken."""
    line = " "
    for part in command_parts(words):
        if line.strip() and len(line) + len(part) + len("  \\") > width:
            yield f"{line} \\"
            line = "   "
        line += f" {part}"
    yield line


def command_parts(words: Sequence[str]) -> list[str]:
    """The words of a command line, quoted, each flag with its value."""
    parts: list[str] = []
    for word in words:
        quoted = shlex.quote(safe(word))
        if parts and parts[-1].startswith("--") and " " not in parts[-1] and word[:2] != "--":
            parts[-1] += f" {quoted}"
        else:
            parts.append(quoted)
    return parts
