"""A rule base → its listings: each as plain values (`…_document`) and as a report (`…_text`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from types import MappingProxyType

from advisor.explain.verbalization import (
    condition_words,
    effect_words,
    exercise_names,
    findings_behind,
    spaced,
    touched,
)
from advisor.json_text import Json
from advisor.report.blocks import Block, Bullets, Heading, Item, Say, Title, section
from advisor.report.checks import next_blocks
from advisor.report.drawings import drawing_blocks
from advisor.report.formatting import Document, sentence
from advisor.report.rules import rule_blocks, source_entry, source_items
from advisor.report.screening import question_item
from advisor.report.text import Report
from advisor.rulebase.shapes import Citation, Exercise, Question, Rule, RuleBase
from advisor.rulebase.truth import facts_of


def questions_document(rules: RuleBase) -> list[Json]:
    """Every question, in the order it is asked."""
    return [question_entry(question) for question in rules.asked]


def question_entry(question: Question) -> Json:
    """One question with everything that helps to answer it."""
    entry: Json = {
        "fact": question.id,
        "flag": f"--{question.id.replace('_', '-')}",
        "ask": question.ask,
        "help": question.help,
        "why": question.why,
        "theme": question.theme,
        "type": question.kind,
        "choices": question.type.words(question),
        "labels": {**question.labels},
        "choice_help": {each.id: each.help for each in question.choices if each.help},
        "clear": None if question.clear is None else question.decode(question.clear),
    }
    if question.is_number:
        entry |= {**question.bounds, "unit": question.unit}
    return entry


def exercises_document(rules: RuleBase) -> list[Json]:
    """The whole catalogue."""
    return [exercise_document(exercise.id, rules) for exercise in rules.exercises]


def exercise_document(exercise_id: str, rules: RuleBase) -> Json:
    """One exercise: what it is, how it is done, what it is based on."""
    exercise = rules.exercise[exercise_id]
    cues: dict[str, list[str]] = {}
    for kind, cue in exercise.cues:
        cues.setdefault(kind, []).append(cue)
    return {
        "exercise": exercise.id,
        "name": exercise.name,
        "aliases": list(exercise.aliases),
        "attributes": {key: _attribute(key, exercise, rules) for key in exercise.attributes},
        "per_side": exercise.per_side,
        "cues": cues,
        "mistakes": list(exercise.mistakes),
        "easier": list(exercise.easier),
        "harder": list(exercise.harder),
        "free_exercise_db": exercise.free_exercise_db or None,
        "sources": _citations(exercise.sources, rules),
        "encodes": list(exercise.encodes),
    }


def _attribute(name: str, exercise: Exercise, rules: RuleBase) -> str | list[str] | None:
    values = list(exercise.attributes[name])
    declared = rules.attributes.get(name)
    if len(values) > 1 or (declared and declared.many):
        return values
    return values[0] if values else None


def sources_document(rules: RuleBase) -> list[Json]:
    """Every document, with what was read of it and the rules that lean on it."""
    return [
        source_entry(source) | {"rules": leaning("source", name, rules)}
        for name, source in rules.sources.items()
    ]


def leaning(kind: str, name: str, rules: RuleBase) -> list[str]:
    """The rules that lean on what an id names."""
    bit = 1 << rules.position[name] if kind == "exercise" else 0

    def leans(rule: Rule) -> bool:
        match kind:
            case "question":
                return name in facts_of(rule.when, rules.finding)
            case "finding":
                return any(each.id == name for each in findings_behind(rule.when, rules))
            case "exercise":
                return bool(touched(rule.effects) & bit)
            case "source":
                return any(each.source == name for each in rule.sources)
            case _:
                return name in rule.encodes

    return list(dict.fromkeys(each.id for each in rules.rules if leans(each)))


def _citations(citations: tuple[Citation, ...], rules: RuleBase) -> list[Json]:
    return [
        source_entry(rules.sources[each.source]) | {"section": each.section} for each in citations
    ]


def rule_document(rule_id: str, rules: RuleBase) -> Json:
    """One rule in words. Raises KeyError if there is none with this id."""
    every = [rule for rule in rules.rules if rule.id == rule_id]
    if not every:
        raise KeyError(rule_id)
    first = every[0]
    findings = dict.fromkeys(each for rule in every for each in findings_behind(rule.when, rules))
    items = {item.id: item for item in rules.guidance}
    encoded = [items[each] for each in first.encodes if each in items]
    return {
        "rule": first.id,
        "theme": first.theme,
        "file": first.place.file,
        "line": first.place.line,
        "when": condition_words(first.when, rules),
        "findings": {each.means: condition_words(each.when, rules) for each in findings},
        "effects": [effect_words(effect, rules) for effect in first.effects],
        "because": first.because,
        "stands_for": [_instance(rule, rules) for rule in every] if first.this else [],
        "exercises": exercise_names(
            touched(effect for rule in every for effect in rule.effects), rules
        ),
        "sources": _citations(first.sources, rules),
        "guidance": [
            {"id": each.id, "says": each.says, "status": each.status, "note": each.note}
            for each in encoded
        ],
    }


def _instance(rule: Rule, rules: RuleBase) -> Json:
    """One of the rules that a `for_each` stands for."""
    return {
        "this": spaced(rule.this),
        "when": condition_words(rule.when, rules),
        "exercises": exercise_names(touched(rule.effects), rules),
    }


def next_text(document: Document) -> Report:
    """The next question."""
    return Report(next_blocks(document))


def questions_text(rules: RuleBase) -> Report:
    """Every question by theme, with its flag and its answers."""
    blocks: list[Block] = []
    for theme, questions in groupby(rules.asked, key=lambda each: each.theme):
        blocks.append(Heading(theme or "Questions"))
        for question in questions:
            entry = question_entry(question)
            clear = "" if question.clear is None else "; screening"
            blocks.append(Say(question_item(entry, clear, whole=True)))
    return Report(blocks)


def exercises_text(rules: RuleBase) -> Report:
    """The catalogue by movement pattern: each exercise with its id."""
    groups: dict[str, list[Item]] = {}
    for exercise in rules.exercises:
        item = Item("", f"({exercise.id})", exercise.name)
        groups.setdefault(spaced(exercise.pattern), []).append(item)
    return Report(grouped(groups))


def grouped(groups: Mapping[str, Iterable[Item]]) -> list[Block]:
    """Items under what each group of them is called."""
    return [
        block
        for name, items in groups.items()
        for block in section(sentence(name)[:-1], Bullets(tuple(items)))
    ]


def exercise_text(exercise_id: str, rules: RuleBase, *, drawn: bool) -> Report:
    """One exercise: how it looks and how it is done."""
    return Report(exercise_blocks(exercise_id, rules, drawn=drawn))


def exercise_blocks(exercise_id: str, rules: RuleBase, *, drawn: bool) -> list[Block]:
    """One exercise: how it looks and how it is done."""
    exercise = rules.exercise[exercise_id]
    cues = tuple(Item(cue) for _, cue in exercise.cues)
    return [
        Title(f"{exercise.name} ({exercise.id})"),
        *drawing_blocks(rules, exercise_id, drawn=drawn),
        *section("How to do it", Bullets(cues)),
        *section("Common mistakes", Bullets(tuple(map(Item, exercise.mistakes)))),
    ]


def sources_text(rules: RuleBase) -> Report:
    """Every document, by kind, with what was read of it."""
    kinds: dict[str, list[Json]] = {}
    for entry in sources_document(rules):
        kinds.setdefault(str(entry["kind"]), []).append(entry)
    return Report(grouped({kind: source_items(entries) for kind, entries in kinds.items()}))


def rule_text(rule_id: str, rules: RuleBase, more: Document = MappingProxyType({})) -> Report:
    """One rule in words, with more about it. Raises KeyError if there is none with this id."""
    return Report(rule_blocks({**rule_document(rule_id, rules), **more}))
