"""A rule base → plain values: its questions, exercises, documents and rules, for JSON."""

from __future__ import annotations

from advisor.explain.wording import (
    condition_words,
    effect_words,
    exercise_names,
    findings_behind,
    spaced,
)
from advisor.rulebase.shapes import (
    INTEGER,
    YES_NO,
    Advise,
    Avoid,
    Cap,
    Caution,
    Citation,
    Exercise,
    Prefer,
    Question,
    Rule,
    RuleBase,
    Source,
)

Json = dict[str, object]


def questions_document(rules: RuleBase) -> list[Json]:
    """Every question, in the order it is asked."""
    return [question_entry(question) for question in rules.questions]


def question_entry(question: Question) -> Json:
    """One question with everything that helps to answer it."""
    ids = [choice.id for choice in question.choices]
    entry: Json = {
        "fact": question.id,
        "flag": f"--{question.id.replace('_', '-')}",
        "ask": question.ask,
        "help": question.help,
        "why": question.why,
        "theme": question.theme,
        "type": question.kind,
        "choices": ["yes", "no"] if question.kind == YES_NO else ids,
        "labels": {choice.id: choice.label for choice in question.choices},
        "choice_help": {each.id: each.help for each in question.choices if each.help},
        "clear": None if question.clear is None else question.decode(question.clear),
    }
    if question.kind == INTEGER:
        entry |= {"minimum": question.minimum, "maximum": question.maximum, "unit": question.unit}
    return entry


def exercises_document(rules: RuleBase) -> list[Json]:
    """The whole catalogue."""
    return [exercise_document(exercise.id, rules) for exercise in rules.exercises]


def exercise_document(exercise_id: str, rules: RuleBase) -> Json:
    """One exercise: what it is, how it is done, what it is based on."""
    exercise = rules.exercise[exercise_id]
    cues: dict[str, list[str]] = {}
    for kind, sentence in exercise.cues:
        cues.setdefault(kind, []).append(sentence)
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
    cited = _cited(rules)
    return [
        source_entry(source) | {"rules": cited.get(name, [])}
        for name, source in rules.sources.items()
    ]


def source_entry(source: Source) -> Json:
    """One document."""
    return {
        "id": source.id,
        "title": source.title,
        "author": source.author,
        "year": source.year,
        "where": source.where,
        "kind": source.kind,
        "read": source.read,
        "reviewed": source.reviewed,
        "note": source.note,
    }


def _cited(rules: RuleBase) -> dict[str, list[str]]:
    """The rules that lean on each source."""
    cited: dict[str, dict[str, None]] = {}
    for rule in rules.rules:
        for citation in rule.sources:
            cited.setdefault(citation.source, {})[rule.id] = None
    return {source: list(ids) for source, ids in cited.items()}


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
        "exercises": exercise_names(_touched(every), rules),
        "sources": _citations(first.sources, rules),
        "guidance": [
            {
                "id": each,
                "says": items[each].says,
                "status": items[each].status,
                "note": items[each].note,
            }
            for each in first.encodes
            if each in items
        ],
    }


def _instance(rule: Rule, rules: RuleBase) -> Json:
    """One of the rules that a `for_each` stands for."""
    names = exercise_names(_touched([rule]), rules)
    return {
        "this": spaced(rule.this),
        "when": condition_words(rule.when, rules),
        "exercises": names,
    }


def _touched(every: list[Rule]) -> int:
    """The exercises that rules are about, as a bit mask."""
    mask = 0
    for rule in every:
        for effect in rule.effects:
            if isinstance(effect, Avoid | Caution | Cap | Prefer | Advise):
                mask |= effect.exercises
    return mask
