"""The listings: each as plain values (`…_document`) and as a report to print (`…_text`)."""

from __future__ import annotations

from itertools import groupby
from types import MappingProxyType

from advisor.explain.wording import joined, spaced
from advisor.report.blocks import Block, Bullets, Heading, Item, Title, say, section
from advisor.report.catalogue import (
    Json,
    exercise_document,
    exercises_document,
    question_entry,
    questions_document,
    rule_document,
    sources_document,
)
from advisor.report.checks import check_blocks, next_blocks, troubleshoot_blocks
from advisor.report.report import Report
from advisor.report.rules import rule_blocks, source_items
from advisor.report.screening import question_block
from advisor.report.words import Document, names, sentence
from advisor.rulebase.shapes import RuleBase

__all__ = [
    "check_text",
    "exercise_document",
    "exercise_text",
    "exercises_document",
    "exercises_text",
    "next_text",
    "questions_document",
    "questions_text",
    "rule_document",
    "rule_text",
    "sources_document",
    "sources_text",
    "troubleshoot_text",
]


def check_text(document: Document, rules: RuleBase, *, width: int | None = None) -> Report:
    """The report on one exercise."""
    return Report(check_blocks(document, rules), width)


def next_text(document: Document) -> Report:
    """The next question."""
    return Report(next_blocks(document))


def troubleshoot_text(document: Document, rules: RuleBase, *, width: int | None = None) -> Report:
    """The report on a sore session."""
    return Report(troubleshoot_blocks(document, rules), width)


def questions_text(rules: RuleBase) -> Report:
    """Every question by theme, with its flag and its answers."""
    return Report(questions_blocks(rules))


def questions_blocks(rules: RuleBase) -> list[Block]:
    """Every question by theme, with its flag and its answers."""
    blocks: list[Block] = []
    for theme, questions in groupby(rules.questions, key=lambda each: each.theme):
        blocks.append(Heading(theme or "Questions"))
        for question in questions:
            entry = question_entry(question)
            clear = "" if question.clear is None else "; screening"
            blocks.append(question_block(entry, clear, whole=True))
    return blocks


def exercises_text(rules: RuleBase) -> Report:
    """The catalogue by movement pattern: each exercise with its id and what it needs."""
    return Report(exercises_blocks(rules))


def exercises_blocks(rules: RuleBase) -> list[Block]:
    """The catalogue by movement pattern: each exercise with its id."""
    groups: dict[str, list[Item]] = {}
    for exercise in rules.exercises:
        item = Item("", f"({exercise.id})", exercise.name)
        groups.setdefault(exercise.pattern, []).append(item)
    return [
        block
        for pattern, items in groups.items()
        for block in section(sentence(spaced(pattern))[:-1], Bullets(tuple(items)))
    ]


def exercise_text(exercise_id: str, rules: RuleBase) -> Report:
    """One exercise, whoever does it."""
    return Report(exercise_blocks(exercise_id, rules))


def exercise_blocks(exercise_id: str, rules: RuleBase) -> list[Block]:
    """One exercise: how it is done, common mistakes, its kin, and what it is."""
    exercise = rules.exercise[exercise_id]
    known = ((rules.attributes.get(key), values) for key, values in exercise.attributes.items())
    about = (
        Item(f"{joined(map(spaced, values))}.", lead=f"{sentence(declared.label)[:-1]}:")
        for declared, values in known
        if declared and values
    )
    kin = (("Easier:", exercise.easier), ("Harder:", exercise.harder))
    return [
        Title(exercise.name),
        *(
            [say(f"{', '.join(exercise.aliases)}.", lead="Also called:")]
            if exercise.aliases
            else []
        ),
        *section("How to do it", Bullets(tuple(Item(text) for _, text in exercise.cues))),
        *section("Common mistakes", Bullets(tuple(map(Item, exercise.mistakes)))),
        *(say(f"{names(each, rules)}.", lead=lead) for lead, each in kin if each),
        *section("About it", Bullets(tuple(about))),
        *section(
            "Based on", Bullets(source_items(exercise_document(exercise_id, rules)["sources"]))
        ),
    ]


def sources_text(rules: RuleBase) -> Report:
    """Every document, by kind, with what was read of it."""
    return Report(sources_blocks(rules))


def sources_blocks(rules: RuleBase) -> list[Block]:
    """Every document, by kind, with what was read of it."""
    kinds: dict[str, list[Json]] = {}
    for entry in sources_document(rules):
        kinds.setdefault(str(entry["kind"]), []).append(entry)
    return [
        block
        for kind, entries in kinds.items()
        for block in section(sentence(kind)[:-1], Bullets(source_items(entries)))
    ]


def rule_text(rule_id: str, rules: RuleBase, more: Document = MappingProxyType({})) -> Report:
    """One rule in words, with more about it. Raises KeyError if there is none with this id."""
    return Report(rule_blocks({**rule_document(rule_id, rules), **more}))
