"""The same rules for each engine: ours, zen-engine and CLIPS.

An engine is built once for a rule base; `prepare` turns a person into what it takes (not
measured), `fired` gives the ids of the rules that fire (measured). Peers know no unknown, so the
translation tells them: negations are pushed down to the comparisons, and an unknown answer is a
value that passes no comparison, negated or not. So each condition is what "known to be true"
means, at no cost but that of the comparisons themselves.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations, compress
from typing import Protocol

import clips
import zen
from _bases import in_words

from advisor.answers import Facts, read_answers
from advisor.engine.ready import program_of
from advisor.findings import conclude
from advisor.rulebase.bits import chosen
from advisor.rulebase.shapes import (
    INTEGER,
    SET,
    YES_NO,
    All,
    Any,
    Comparison,
    Condition,
    Not,
    Question,
    RuleBase,
)
from advisor.rulebase.truth import comparisons

NOWHERE = -1  # an unknown integer: below every bound
UNKNOWN = "unknown"  # an unknown choice, or the one member of an unknown set
Test = Callable[..., str]
Join = Callable[[str, list[str]], str]


class Engine(Protocol):
    """What is measured."""

    def __init__(self, rules: RuleBase) -> None: ...

    def prepare(self, facts: Facts) -> object:
        """A person as this engine takes them."""

    def fired(self, person: object) -> list[str]:
        """The ids of the rules that fire for them."""

    def renew(self) -> None:
        """Be as new; not measured."""


class Encoded:
    """Ours, from facts, with a program of its own: what it looks up is kept for nobody else."""

    def __init__(self, rules: RuleBase) -> None:
        self.rules = replace(rules)
        self.ids = [rule.id for rule in rules.rules]
        _ = program_of(self.rules)

    def prepare(self, facts: Facts) -> Facts:
        """Facts as they are."""
        return facts

    def renew(self) -> None:
        """Nothing to do: nothing is kept."""

    def fired(self, person: Facts) -> list[str]:
        """What `conclude` calls true."""
        return chosen(conclude(person, self.rules).true, self.ids)


class FromWords(Encoded):
    """Ours, from the answers in words, which are checked and encoded first."""

    def prepare(self, facts: Facts) -> dict[str, object]:
        """The answers as JSON would have them."""
        return in_words(facts, self.rules)

    def fired(self, person: dict[str, object]) -> list[str]:
        """What `conclude` calls true."""
        facts = read_answers(person, self.rules)
        return chosen(conclude(facts, self.rules).true, self.ids)


class Zen:
    """zen-engine: all conditions in one compiled expression, a list of booleans.

    One expression for each rule was tried too: it is slower, as the person is handed over anew
    for each.
    """

    def __init__(self, rules: RuleBase) -> None:
        self.rules = rules
        self.ids = [rule.id for rule in rules.rules]
        every = (self._condition(rule.when) for rule in rules.rules)
        self.expression = zen.compile_expression(f"[{', '.join(every)}]")

    def prepare(self, facts: Facts) -> dict[str, object]:
        """The answers in words, unknown ones as values that pass nothing."""
        return _sentinels(self.rules) | in_words(facts, self.rules)

    def renew(self) -> None:
        """Nothing to do: nothing is kept."""

    def fired(self, person: dict[str, object]) -> list[str]:
        """The ids where the list says true."""
        return list(compress(self.ids, self.expression.evaluate(person)))

    def _condition(self, when: Condition) -> str:
        return _written(when, self._test, _infix)

    def _test(self, test: Comparison, *, wanted: bool) -> str:
        question = self.rules.question[test.fact]
        name = test.fact
        if question.kind == INTEGER:
            low, high = test.operand
            inside = f"({name} >= {low} and {name} <= {high})"
            outside = f"(({name} > {NOWHERE} and {name} < {low}) or {name} > {high})"
            return inside if wanted else outside
        if question.kind == SET:
            least, words = test.operand[0], json.dumps(_members(test, question))
            known = f"not ('{UNKNOWN}' in {name}) and "
            if least == 1:
                some = f"some({name}, # in {words})"
                return some if wanted else f"({known}not {some})"
            count = f"count({name}, # in {words})"
            return f"{count} >= {least}" if wanted else f"({known}{count} < {least})"
        words = [json.dumps(word) for word in _accepted(test, question, wanted=wanted)]
        return f"{name} == {words[0]}" if len(words) == 1 else f"{name} in [{', '.join(words)}]"


class Clips:
    """CLIPS: a fact of a template with a slot for each question, and a rule for each rule.

    What the parts of a conjunction say of single answers stands in the pattern, where CLIPS
    tests it first; the rest is a `test`. A rule that fires calls back with its number.
    """

    def __init__(self, rules: RuleBase) -> None:
        self.rules = rules
        self.ids = [rule.id for rule in rules.rules]
        self.numbers: list[int] = []
        self.renew()

    def renew(self) -> None:
        """Build everything anew, as what was asserted is not all given back."""
        rules = self.rules
        self.environment = clips.Environment()
        self.environment.define_function(self.numbers.append, "fires")
        slots = (f"({'multi' * (q.kind == SET)}slot {q.id})" for q in rules.questions)
        self.environment.build(f"(deftemplate person {' '.join(slots)})")
        for number, rule in enumerate(rules.rules):
            self.environment.build(self._rule(rule.when, number))
        self.template = self.environment.find_template("person")

    def prepare(self, facts: Facts) -> dict[str, object]:
        """A value for each slot, unknown ones as values that pass nothing."""
        words = _sentinels(self.rules) | in_words(facts, self.rules)
        return {name: _clips_value(value) for name, value in words.items()}

    def fired(self, person: dict[str, object]) -> list[str]:
        """The rules that called back."""
        self.numbers.clear()
        fact = self.template.assert_fact(**person)
        self.environment.run()
        fact.retract()
        ids = self.ids
        return [ids[number] for number in sorted(self.numbers)]

    def _rule(self, when: Condition, number: int) -> str:
        parts = when.parts if isinstance(when, All) else (when,)
        slots: dict[str, str] = {}
        tests: list[str] = []
        for part in parts:
            if isinstance(part, Comparison):
                slots[part.fact] = self._constraint(part)
            else:
                slots |= {test.fact: self._variable(test.fact) for test in comparisons(part, {})}
                tests.append(_written(part, self._test, _prefix))
        pattern = " ".join(f"({fact} {constraint})" for fact, constraint in slots.items())
        test = "".join(f" (test {each})" for each in tests)
        return f"(defrule rule-{number} (person {pattern}){test} => (fires {number}))"

    def _variable(self, fact: str) -> str:
        return ("$?" if self.rules.question[fact].kind == SET else "?") + fact

    def _constraint(self, test: Comparison) -> str:
        question = self.rules.question[test.fact]
        if question.kind in {SET, INTEGER}:
            return f"{self._variable(test.fact)}&:{self._test(test, wanted=True)}"
        return "|".join(str(_clips_value(word)) for word in _accepted(test, question, wanted=True))

    def _test(self, test: Comparison, *, wanted: bool) -> str:
        question, name = self.rules.question[test.fact], f"?{test.fact}"
        if question.kind == INTEGER:
            low, high = test.operand
            outside = f"(or (< {NOWHERE} {name} {low}) (> {name} {high}))"
            return f"(<= {low} {name} {high})" if wanted else outside
        if question.kind == SET:
            members = [f"(member$ {word} {name})" for word in _members(test, question)]
            enough = _at_least(test.operand[0], members)
            return enough if wanted else f"(not (or (member$ {UNKNOWN} {name}) {enough}))"
        every = _accepted(test, question, wanted=wanted)
        words = [f"(eq {name} {_clips_value(word)})" for word in every]
        return _prefix("or", words)


def _prefix(word: str, parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({word} {' '.join(parts)})"


def _infix(word: str, parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({f' {word} '.join(parts)})"


def _at_least(least: int, members: list[str]) -> str:
    """That so many of these hold: in CLIPS, that one of the groups of so many does."""
    groups = [_prefix("and", list(group)) for group in combinations(members, least)]
    return _prefix("or", groups)


def _written(when: Condition, test: Test, join: Join, *, wanted: bool = True) -> str:
    """A condition that is known to be so, with negations pushed down to the comparisons."""
    match when:
        case Comparison():
            return test(when, wanted=wanted)
        case Not(part):
            return _written(part, test, join, wanted=not wanted)
        case All(parts) | Any(parts):
            word = "and" if isinstance(when, All) is wanted else "or"
            return join(word, [_written(part, test, join, wanted=wanted) for part in parts])
    raise TypeError(when)


def _sentinels(rules: RuleBase) -> dict[str, object]:
    """For each question the value that stands for an unknown answer."""
    by_kind = {INTEGER: NOWHERE, SET: [UNKNOWN]}
    return {question.id: by_kind.get(question.kind, UNKNOWN) for question in rules.questions}


def _members(test: Comparison, question: Question) -> list[str]:
    mask = test.operand[1]
    return [choice.id for place, choice in enumerate(question.choices) if mask >> place & 1]


def _accepted(test: Comparison, question: Question, *, wanted: bool) -> list[object]:
    """The answers that pass, or those that fail: unknown is among neither."""
    every = range(2 if question.kind == YES_NO else len(question.choices))
    return [question.decode(place) for place in every if (place in test.operand) is wanted]


def _clips_value(value: object) -> object:
    if isinstance(value, bool):
        return clips.Symbol(str(value).upper())
    if isinstance(value, list):
        return [clips.Symbol(each) for each in value]
    return value if isinstance(value, int) else clips.Symbol(value)
