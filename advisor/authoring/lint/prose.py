"""Lints of the words: what is hard to read, unfinished, missing, old, or claims too much.

How hard a text is, is the school grade that can read it (Flesch-Kincaid), by simple counts of our
own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files

import yaml

from advisor.authoring.cases.condition_tree import authored
from advisor.authoring.lint.remark import Remark, Subject
from advisor.rulebase.problems import quoted
from advisor.rulebase.reading.models import SourceEntry
from advisor.rulebase.reading.nodes import Node, walk
from advisor.rulebase.shapes import LEVELS, Rule, RuleBase

_SENTENCE = re.compile(r"[.!?]+[\"”'’)]*(?=\s|$)")  # noqa: RUF001 - every mark that may close one
_WORD = re.compile(r"[A-Za-z0-9]+(?:['’][A-Za-z]+)?")  # noqa: RUF001 - both apostrophes are in use
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouyschgxz]es|[^aeioudty]ed|[^aeiouyl]e|[aeiouy]le)$")
_SPLIT = re.compile(r"i[ao](?!us|n)|(?<!q)ua|[aeiouy]ing")
_DIGITS_SPOKEN = 1
HARDEST, LONGEST = 10, 35  # a school grade, and words in a sentence
FEWEST = 5  # words that say something about a grade
REASONING = "reasoning"
STUDIES = ("guideline", "review", "trial", "cohort", "biomechanics")
# What is of another kind than custom and own thought, so that these must not hide behind it.
_ABOVE = {"convention": STUDIES, REASONING: (*STUDIES, "convention", "article", "forum")}
_CLAIM = re.compile(
    r"\b(stud(y|ies)|trials?|research|evidence)\b|\d ?(%|percent\b)|\b1 in \d", re.IGNORECASE
)
_TO_CALL = "{emergency_number}"  # what a text says in place of the number
_TO_DO = re.compile(r"\bTODO\b")
# The keys that sentences stand under, one by one or in a list.
_TOLD = ("action", "because", "in_doubt", "limit", "opens", "say", "short", "trial", "wrong_if")
_CUES = ("set_up", "movement", "breathing", "feel", "avoid", "mistakes")
_CAPTIONS = "drawings"  # these say in a few words what a picture shows
_SENTENCES = frozenset((*_TOLD, *_CUES, "ask", "help", "why"))
_READ = ("ask", "help", "why")


def _sentences(subject: Subject) -> Iterator[tuple[str, str, str, Node]]:
    """Every text that a person is told or asked: section, id, key, and where it stands."""
    for section, entries in subject.draft.entries.items():
        for key, entry in entries.items() if section != _CAPTIONS else ():
            for name, node in walk(entry.node):
                if name in _SENTENCES and isinstance(node.value, str):
                    yield section, key, name, node


def lint_reading(subject: Subject) -> Iterator[Remark]:
    """Texts that take more than ten years of school, and sentences that are too long."""
    for section, key, name, node in _sentences(subject):
        if len(_WORD.findall(node.text)) >= FEWEST and (found := grade(node.text)) > HARDEST:
            message = f"`{name}` of `{key}` reads at school grade {found:.0f}, above {HARDEST}"
            hint = "use shorter sentences and shorter words"
            yield Remark("hard-to-read", section, key, node.place, message, hint)
        longest = max(len(_WORD.findall(each)) for each in _SENTENCE.split(node.text))
        if longest > LONGEST:
            message = f"a sentence in `{name}` of `{key}` has {longest} words, above {LONGEST}"
            yield Remark("long-sentence", section, key, node.place, message, "make two of it")


def lint_number_to_call(subject: Subject) -> Iterator[Remark]:
    """Words for an emergency that name no number to call, where the rule base knows one."""
    worst: str = LEVELS[-1]
    if not subject.rules.emergency_numbers:
        return
    words = subject.entry("levels", worst).node
    told = [("levels", worst, words.child(name)) for name in ("action", "in_doubt")]
    for key, entry in subject.section("rules").items():
        level = entry.node.child("level")
        if level is not None and level.text == worst:
            told.append(("rules", key, entry.node.child("action")))
    for section, key, node in told:
        if node is not None and _TO_CALL not in node.text:
            message = f"what to do in an emergency, in `{key}`, names no number to call"
            hint = f"say `{_TO_CALL}` in it"
            yield Remark("no-number-to-call", section, key, node.place, message, hint)


def lint_words(subject: Subject) -> Iterator[Remark]:
    """Promises, words that frighten, and names of medicine in what is told as advice."""
    for section, key, name, node in _sentences(subject):
        for code, pattern in _unwanted().items():
            found = pattern.search(node.text)
            if found and (code != "medicine-advice" or name not in _READ):
                message = f"`{name}` of `{key}` says {quoted(found[0])}"
                hint = f"`legday rules explain {code}` has what to say instead"
                yield Remark(code, section, key, node.place, message, hint)


@cache
def _unwanted() -> dict[str, re.Pattern[str]]:
    """The words that each code is about."""
    text = files(__package__).joinpath("words.yaml").read_text("utf-8")
    lists: dict[str, list[str]] = yaml.safe_load(text)
    return {
        code: re.compile(rf"(?<!\w)({'|'.join(words)})(?!\w)", re.IGNORECASE)
        for code, words in lists.items()
    }


def lint_to_do(subject: Subject) -> Iterator[Remark]:
    """Texts that are still to be written."""
    for section, entries in subject.draft.entries.items():
        for key, entry in entries.items():
            for name, node in walk(entry.node):
                if isinstance(node.value, str) and _TO_DO.search(node.text):
                    message = f"`{name}` of `{key or section}` is still to be written"
                    yield Remark("to-do", section, key, node.place, message, "replace the TODO")


def lint_lost_texts(subject: Subject) -> Iterator[Remark]:
    """Texts that YAML cut short, and sentences that look as if it had."""
    quotes = "put the whole text in quotes"
    for section, entries in subject.draft.entries.items():
        for key, entry in entries.items():
            for name, node in walk(entry.node):
                if node.cut:
                    message = f"{quoted(node.cut)} is lost from `{name}` of `{key}`"
                    yield Remark("text-cut", section, key, node.place, message, quotes)
                elif name in _SENTENCES and section != _CAPTIONS and _is_half(node.text):
                    message = f"{quoted(node.text)} in `{name}` of `{key}` is no whole sentence"
                    hint = f"begin it large and end it with a stop; with a comma in it, {quotes}"
                    yield Remark("half-sentence", section, key, node.place, message, hint)


def _is_half(text: str) -> bool:
    """Whether words neither begin nor end as sentences do."""
    begun, ended = text.strip().lstrip("\"'“‘("), text.strip().rstrip("\"'”’)")  # noqa: RUF001
    return " " in text and (begun[:1].islower() or not ended.endswith((".", "?", "!", ":")))


def lint_short(subject: Subject) -> Iterator[Remark]:
    """Reasons that a page prints and that have no short line, where others have one."""
    rules = subject.rules.rules
    if not any(rule.short for rule in rules):
        return
    for key, rule in _first(subject.rules).items():
        if not rule.short and any(effect.on_a_page for effect in rule.effects):
            message = f"`{key}` has no `short`, and a page prints its reason"
            hint = "say the reason in one line"
            yield subject.remark("missing-short", "rules", key, message, hint)


def _first(rules: RuleBase) -> dict[str, Rule]:
    """The authored rules by id; of a `for_each`, the first stands for all."""
    return {key: rules.rules[places[0]] for key, places in authored(rules).items()}


def lint_grounds(subject: Subject) -> Iterator[Remark]:
    """Reasons that speak of studies that are not there, and those that rest on reasoning alone."""
    for key, rule in _first(subject.rules).items():
        kinds = {subject.rules.sources[each.source].kind for each in rule.sources}
        claim = _CLAIM.search(rule.because)
        if claim and not kinds & {*STUDIES}:
            said = f"the reason of `{key}` speaks of “{claim[0]}”, but no source of it is a study"
            hint = "name the study, or say it as your own reasoning"
            yield subject.remark("reason-without-ground", "rules", key, said, hint, at=("because",))
        elif kinds == {REASONING}:
            message = f"`{key}` rests on our own reasoning alone"
            yield subject.remark("reasoning-only", "rules", key, message, at=("sources",))


def lint_first_sources(subject: Subject) -> Iterator[Remark]:
    """Reasons printed with a ground that only a part of the sentence can stand on."""
    for key, rule in _first(subject.rules).items():
        first, *others = [subject.rules.sources[each.source].kind for each in rule.sources]
        weaker = next((kind for kind in others if first in _ABOVE.get(kind, ())), None)
        if weaker:
            message = f"`{key}` is printed as {first}, and {weaker} stands behind it"
            hint = "put first what carries the whole sentence"
            yield subject.remark("weaker-source", "rules", key, message, hint, at=("sources",))


def lint_reviews(subject: Subject) -> Iterator[Remark]:
    """Sources that nobody has looked at for years; reasoning of one's own does not age."""
    oldest = _years_before(subject.today, subject.review_years)
    for key, entry in subject.draft.all("sources", SourceEntry).items():
        reviewed = entry.model.reviewed
        if entry.model.kind == REASONING or (reviewed and reviewed >= oldest.isoformat()):
            continue
        when = f"was last looked at on {reviewed}" if reviewed else "has no day of review"
        message = f"the source `{key}` {when}"
        hint = "look at it again, and set `reviewed` to that day"
        yield subject.remark("review-due", "sources", key, message, hint, at=("reviewed",))


def _years_before(day: date, years: int) -> date:
    """The same day some years earlier; the day before, for the end of a leap February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=day.day - 1)


@lru_cache(maxsize=20_000)  # while somebody writes, most texts stay
def grade(text: str) -> float:
    """The school grade of a text; 0 for one without words."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = max(1, len(_SENTENCE.findall(text)))
    spoken = sum(syllables(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * spoken / len(words) - 15.59


def syllables(word: str) -> int:
    """About how many syllables an English word has."""
    letters = re.sub(r"[^a-z]", "", word.lower().split("'")[0].split("’")[0])  # noqa: RUF001 - the same
    if not letters:
        return _DIGITS_SPOKEN
    spoken = len(_VOWELS.findall(letters)) + len(_SPLIT.findall(letters))
    return max(1, spoken - bool(_SILENT.search(letters)))
