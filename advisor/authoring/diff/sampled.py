"""Two rule bases -> people who meet what was edited, where there is no solver.

For each rule that is not the same in both, one person for each way to pass or fail its
comparisons, on top of someone with nothing to report and of someone of whom nothing is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice, product

from advisor.answers import UNSURE
from advisor.authoring.diff.changes import Answers
from advisor.rulebase.bits import positions
from advisor.rulebase.exactness import domains
from advisor.rulebase.shapes import (
    INTEGER,
    SET,
    YES_NO,
    All,
    Any,
    Condition,
    Effect,
    Level,
    Lines,
    Named,
    Not,
    Question,
    RuleBase,
    Suspect,
)

MOST = 3000  # people tried for one rule


def people(old: RuleBase, new: RuleBase) -> Iterator[Answers]:
    """People who meet what was edited, and the one with nothing to report."""
    well = {**_well(old), **_well(new)}
    questions = {**old.question, **new.question}
    yield well
    for when in _edited(old, new):
        yield from islice(_meeting(when, questions, well), MOST)


def _well(rules: RuleBase) -> Answers:
    """Someone with nothing to report: each answer is all clear, or of least concern."""
    found: Answers = {}
    for question in rules.questions:
        code = question.clear if question.clear is not None else _least(question)
        if code is not None:
            found[question.id] = question.decode(code)
    return found


def _least(question: Question) -> int | None:
    """The answer of least concern, if the author orders the answers."""
    if question.kind == SET:
        every = (1 << len(question.choices)) - 1
        return {"more": 0, "fewer": every}.get(str(question.concern))
    if question.kind == INTEGER:
        ends = {"rising": question.minimum, "falling": question.maximum}
        return ends.get(str(question.concern))
    first = next(iter(question.concern), None)
    if first is None:
        return None
    return int(first == "yes") if question.kind == YES_NO else question.positions[first]


def _edited(old: RuleBase, new: RuleBase) -> list[Condition]:
    """The conditions, before and after, of each rule that is not the same in both."""
    before, after = _meanings(old), _meanings(new)
    return [
        All((*before.get(key, {}).values(), *after.get(key, {}).values()))
        for key in {**before, **after}
        if before.get(key) != after.get(key)
    ]


def _meanings(rules: RuleBase) -> dict[tuple[str, str], dict[str, Condition]]:
    """For each rule, what it does, and its condition with findings spelled out."""
    return {
        (rule.id, rule.this): {
            repr([_spelled(effect, rules) for effect in rule.effects]): _inlined(rule.when, rules)
        }
        for rule in rules.rules
        if not rule.catalogue
    }


def _inlined(when: Condition, rules: RuleBase) -> Condition:
    """A condition with every finding replaced by what it names."""
    match when:
        case Named(finding):
            return _inlined(rules.finding[finding].when, rules)
        case Not(part):
            return Not(_inlined(part, rules))
        case All(parts):
            return All(tuple(_inlined(part, rules) for part in parts))
        case Any(parts):
            return Any(tuple(_inlined(part, rules) for part in parts))
        case _:
            return when


def _spelled(effect: Effect, rules: RuleBase) -> tuple[object, ...]:
    """An effect with its exercises by name, as their places may differ."""
    if isinstance(effect, Level | Lines | Suspect):
        return (effect,)
    names = [rules.exercises[place].id for place in positions(effect.exercises)]
    return replace(effect, exercises=0), names


def _meeting(
    when: Condition, questions: Mapping[str, Question], well: Answers
) -> Iterator[Answers]:
    spaces = domains(when, {}, questions)
    options = [
        [*(questions[fact].decode(value) for value in values), UNSURE, None]
        for fact, values in spaces.items()
    ]
    for values in product(*options):
        given = dict(zip(spaces, values, strict=True))
        for start in (well, Answers()):
            whole = {**start, **given}
            yield {fact: value for fact, value in whole.items() if value is not None}
