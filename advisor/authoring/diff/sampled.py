"""Two rule bases -> people who meet what was edited, where there is no solver.

For each rule that is not the same in both, one person for each way to pass or fail its
comparisons, on top of someone with nothing to report and of someone of whom nothing is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice, product
from typing import assert_never

from advisor.answers import UNSURE
from advisor.authoring.diff.changes import Answers
from advisor.rulebase.bits import positions
from advisor.rulebase.exactness import domains
from advisor.rulebase.shapes import All, Condition, Question, RuleBase, effects
from advisor.rulebase.truth import inlined

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
    for question in rules.asked:
        code = question.clear if question.clear is not None else question.type.least(question)
        if code is not None:
            found[question.id] = question.decode(code)
    return found


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
    found = {}
    for rule in rules.rules:
        if not rule.catalogue:
            does = repr([_spelled(effect, rules) for effect in rule.effects])
            found[rule.id, rule.this] = {does: inlined(rule.when, rules.finding)}
    return found


def _spelled(effect: effects.Effect, rules: RuleBase) -> tuple[object, ...]:
    """An effect with its exercises by name, as their places may differ."""
    match effect:
        case (
            effects.Level()
            | effects.Lines()
            | effects.Days()
            | effects.RestUntil()
            | effects.Suspect()
        ):
            return (effect,)
        case effects.Apart(one, other):
            return "apart", _named(one, rules), _named(other, rules)
        case (
            effects.Avoid()
            | effects.Caution()
            | effects.Cap()
            | effects.Hold()
            | effects.StepBack()
            | effects.Prefer()
            | effects.Advise()
        ):
            return replace(effect, exercises=0), _named(effect.exercises, rules)
        case _:
            assert_never(effect)


def _named(exercises: int, rules: RuleBase) -> list[str]:
    return [rules.exercises[place].id for place in positions(exercises)]


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
