"""Rule entries -> rules, one for each value where a rule has `for_each`."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.rulebase.problems import quoted
from advisor.rulebase.reading.base import citations
from advisor.rulebase.reading.conditions import Answers, read_answers, read_when
from advisor.rulebase.reading.effects import FILLED, read_effects
from advisor.rulebase.reading.entries import Draft, Entry
from advisor.rulebase.reading.exercises import HOW_TO, lowered
from advisor.rulebase.reading.models import RuleEntry
from advisor.rulebase.reading.names import EXERCISE, THIS, Scope
from advisor.rulebase.reading.nodes import Node
from advisor.rulebase.shapes import Question, Rule


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
    values = scope.values(each, entry.at("for_each"))
    if each != EXERCISE:
        return [(value, _label(value, asked)) for value in values]
    asked_about = [name for name in values if all(name in each.positions for each in asked)]
    return [(name, lowered(scope.exercises[name].name)) for name in asked_about]


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
    return entry.shaped(
        Rule,
        when=when,
        effects=effects,
        because=model.because.replace(FILLED, word),
        short=model.short.replace(FILLED, word),
        this=this,
        sources=sources,
        fires=fires,
        silent=silent,
    )


def _example(key: str, entry: Entry[RuleEntry], scope: Scope) -> Answers | None:
    node = entry.node.child(key)
    return read_answers(node, scope) if node else None
