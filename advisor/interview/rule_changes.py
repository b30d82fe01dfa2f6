"""A rule base then and now → what changed, in a few lines.

A rule base is remembered by a short mark of each question and each rule. Marks are made of
what they say, and not of where they stand, so that a new exercise or another order is no
change to rules that read as before.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping

from advisor.answers import quoted
from advisor.explain.words import condition_words, exercise_names, findings_behind
from advisor.rulebase.shapes import Effect, Question, Rule, RuleBase

Marks = dict[str, str]
_FEW = 6


def marks(rules: RuleBase) -> dict[str, Marks]:
    """What a rule base is remembered by."""
    return {"questions": question_marks(rules), "rules": rule_marks(rules)}


def changed_base(base: Mapping[str, object], rules: RuleBase) -> str:
    """How the rule base differs as a whole."""
    name, version = base.get("name"), base.get("version")
    if name != rules.name:
        return f"these answers were given to {quoted(name)}, and this is {quoted(rules.name)}"
    if version != rules.version:
        return f"the rules changed since: version {quoted(version)}, now {quoted(rules.version)}"
    return "the rules changed since these answers were saved"


def dropped(answers: Mapping[str, object], kept: Mapping[str, object], now: Marks) -> Iterator[str]:
    """Which answers cannot be used any more, and why."""
    again = [name for name in answers if name in now and name not in kept]
    gone = [name for name in answers if name not in now]
    if again:
        yield f"asked again, for the question changed: {_names(again)}"
    if gone:
        yield f"left out, for the question is gone: {_names(gone)}"


def difference(
    what: str, before: Mapping[str, object], now: Marks, besides: Mapping[str, object] | None = None
) -> Iterator[str]:
    """What is new, gone and changed; of the answered questions that was told already."""
    told = besides or {}
    groups = (
        ("new", [name for name in now if name not in before]),
        ("gone", [name for name in before if name not in now and name not in told]),
        ("changed", [n for n in now if n in before and before[n] != now[n] and n not in told]),
    )
    for word, names in groups:
        if names:
            yield f"{word} {what}{'s' if len(names) > 1 else ''}: {_names(names)}"


def _names(names: list[str]) -> str:
    shown = ", ".join(quoted(name) for name in names[:_FEW])
    return f"{shown} and {len(names) - _FEW} more" if len(names) > _FEW else shown


def _mark(*parts: object) -> str:
    """Eight letters that change when what they stand for changes."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:8]


def question_marks(rules: RuleBase) -> Marks:
    """A mark of each question."""
    return {question.id: _question_mark(question) for question in rules.asked}


def _question_mark(question: Question) -> str:
    """A mark of what is asked: its words, and what can be answered."""
    choices = [(each.id, each.label, each.help) for each in question.choices]
    bounds = (question.minimum, question.maximum, question.unit)
    return _mark(question.kind, question.ask, question.help, choices, bounds)


def rule_marks(rules: RuleBase) -> Marks:
    """A mark of each rule, of all that stand for it if there are several."""
    found: dict[str, list[object]] = defaultdict(list)
    for rule in rules.rules:
        found[rule.id].append(_rule_parts(rule, rules))
    return {name: _mark(parts) for name, parts in found.items()}


def _rule_parts(rule: Rule, rules: RuleBase) -> object:
    behind = findings_behind(rule.when, rules)
    when = [condition_words(each, rules) for each in (rule.when, *(f.when for f in behind))]
    return rule.this, when, [_effect_parts(each, rules) for each in rule.effects], rule.because


def _effect_parts(effect: Effect, rules: RuleBase) -> object:
    """An effect by the names of its exercises, which outlive a change of the catalogue's order."""
    values = dict(vars(effect))
    if "exercises" in values:
        values["exercises"] = sorted(exercise_names(values["exercises"], rules))
    return type(effect).__name__, sorted(values.items())
