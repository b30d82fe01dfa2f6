"""Rule entries -> rules, one for each value where a rule has `for_each`."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.rulebase.problems import quoted
from advisor.rulebase.reading.base import citations
from advisor.rulebase.reading.conditions import Answers, read_answers, read_when
from advisor.rulebase.reading.effects import filled, read_effects
from advisor.rulebase.reading.entries import Draft, Entry
from advisor.rulebase.reading.exercises import lowered
from advisor.rulebase.reading.models import RuleEntry
from advisor.rulebase.reading.names import THIS, Scope
from advisor.rulebase.reading.nodes import Node
from advisor.rulebase.shapes import Question, Rule

EXERCISE = "exercise"
HOW_TO = "how-to-"


def build_rules(draft: Draft, scope: Scope) -> list[Rule]:
    """Every sound rule, sorted by id; values of a `for_each` stay in their order."""
    entries = draft.all("rules", RuleEntry)
    return [rule for key in sorted(entries) for rule in _rules(entries[key], scope)]


def _rules(entry: Entry[RuleEntry], scope: Scope) -> list[Rule]:
    """The rule, once or once for each value."""
    if entry.id.startswith(HOW_TO):
        message = f"the id {quoted(entry.id)} belongs to the catalogue"
        scope.problems.add("reserved-word", entry.place, message)
    if entry.model.for_each is None:
        return [rule for rule in [_rule(entry, scope, "", "")] if rule]
    before = len(scope.problems)
    values = _values(entry, scope)
    made = [_rule(entry, scope.standing_for(value), value, word) for value, word in values]
    found = [rule for rule in made if rule]
    if not found and len(scope.problems) == before and not scope.lost(*scope.left_out):
        message = f"the rule `{entry.id}` matches no exercise for any value"
        scope.problems.add("selector-matches-nothing", entry.place, message)
    return found


def _values(entry: Entry[RuleEntry], scope: Scope) -> list[tuple[str, str]]:
    """The values that `this` stands for, and the words for each."""
    each, asked = entry.model.for_each or "", _asked(entry, scope)
    if not any(node.value == THIS for _, node in _leaves("", entry.node)):
        message = f"the rule `{entry.id}` never says `this`"
        scope.problems.add("this-not-used", entry.at("for_each"), message)
        return []
    if each == EXERCISE:
        exercises = [
            exercise
            for exercise in scope.exercises
            if all(exercise.id in question.positions for question in asked)
        ]
        return [(exercise.id, lowered(exercise.name)) for exercise in exercises]
    attribute = scope.attributes.get(each)
    if attribute is None:
        if not scope.hides("attributes", each):
            known = [EXERCISE, *scope.attributes]
            what = "no attribute is called {}"
            scope.unknown("unknown-attribute", entry.at("for_each"), what, each, known)
        return []
    return [(value, _label(value, asked)) for value in attribute.values]


def _asked(entry: Entry[RuleEntry], scope: Scope) -> list[Question]:
    """The questions whose answers the condition compares with `this`."""
    leaves = _leaves("", entry.part("when"))
    names = dict.fromkeys(key for key, node in leaves if node.value == THIS)
    return [scope.questions[name] for name in names if name in scope.questions]


def _leaves(key: str, node: Node) -> Iterator[tuple[str, Node]]:
    """Every scalar below a node, with the key it belongs to (`of` belongs to its fact)."""
    if isinstance(node.value, dict):
        for name, child in node.value.items():
            yield from _leaves(key if name == "of" and key else name, child)
    elif isinstance(node.value, tuple):
        for child in node.value:
            yield from _leaves(key, child)
    else:
        yield key, node


def _label(value: str, asked: list[Question]) -> str:
    """The words for a value: those of its choice, where a question has it as a choice."""
    for question in asked:
        if value in question.positions:
            return question.choices[question.positions[value]].label
    return value.replace("_", " ")


def _rule(entry: Entry[RuleEntry], scope: Scope, this: str, word: str) -> Rule | None:
    """One rule, or None if a part of it is wrong or it does nothing for this value."""
    model = entry.model
    when = read_when(entry.part("when"), scope)
    effects = read_effects(entry, scope, word)
    fires, silent = _example("fires", entry, scope), _example("silent", entry, scope)
    sources = citations(entry, scope)
    if when is None or not effects:
        return None
    return Rule(
        id=entry.id,
        when=when,
        effects=effects,
        because=filled(model.because, word),
        short=filled(model.short, word),
        theme=model.theme,
        this=this,
        sources=sources,
        encodes=tuple(model.encodes),
        fires=fires,
        silent=silent,
        place=entry.place,
    )


def _example(key: str, entry: Entry[RuleEntry], scope: Scope) -> Answers | None:
    node = entry.node.child(key)
    return read_answers(node, scope) if node else None
