"""Rule bases of any size, and people to try them on: what `peers.py` measures with.

25 facts and conditions mixed as in the shipped rule base, fixed by a seed: a fifth of the rules
has one comparison, most two or three, some up to six; some parts are negated, some are a choice
between two. Every rule informs, so it fires when it is known to be true and only then.
"""

from __future__ import annotations

import random

from advisor.answers import Facts
from advisor.rulebase.shapes import (
    CHOICE,
    INTEGER,
    SET,
    YES_NO,
    Advise,
    All,
    Any,
    Choice,
    Comparison,
    Condition,
    Not,
    Question,
    Rule,
    RuleBase,
    Schedule,
)
from advisor.rulebase.truth import truth

KINDS = ((YES_NO, 6), (CHOICE, 9), (INTEGER, 5), (SET, 5))
UNKNOWN = 0.15
COMPARISONS = ((1, 20), (2, 40), (3, 25), (4, 9), (6, 6))
NEGATED = 0.12
EITHER = 0.12


def rule_base(size: int, seed: int = 1) -> RuleBase:
    """A rule base of so many rules."""
    chance = random.Random(seed)
    questions = tuple(
        _question(kind, number, chance) for kind, count in KINDS for number in range(count)
    )
    said = (Advise("advice", "Something to say."),)
    rules = tuple(
        Rule(f"r{number:05}", _condition(questions, chance), said, "A reason.")
        for number in range(size)
    )
    empty: dict[str, object] = {"findings": (), "exercises": (), "slots": (), "levels": ()}
    return RuleBase(
        "peers",
        "1",
        "Made for a benchmark",
        "",
        questions,
        rules=rules,
        sources={},
        schedule=Schedule((1, 7), 0),
        session_at_most=0,
        **empty,
    )


def _question(kind: str, number: int, chance: random.Random) -> Question:
    name = f"{kind.replace('/', '_')}_{number}"
    if kind == INTEGER:
        return Question(name, kind, "?", minimum=0, maximum=chance.choice([10, 10, 100]))
    count = {YES_NO: 0, CHOICE: chance.randint(3, 6), SET: chance.randint(4, 12)}[kind]
    choices = tuple(Choice(f"{name}_{letter}", "") for letter in "abcdefghijkl"[:count])
    return Question(name, kind, "?", choices=choices)


def _condition(questions: tuple[Question, ...], chance: random.Random) -> Condition:
    """A conjunction, as most are, some of whose parts are negated or a choice of two."""
    count = chance.choices(*zip(*COMPARISONS, strict=True))[0]
    tests = [_comparison(question, chance) for question in chance.sample(questions, count)]
    parts: list[Condition] = []
    while tests:
        part: Condition = tests.pop()
        if tests and chance.random() < EITHER:
            part = Any((part, tests.pop()))
        parts.append(Not(part) if chance.random() < NEGATED else part)
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _comparison(question: Question, chance: random.Random) -> Comparison:
    if question.kind == INTEGER:
        low, high = sorted(chance.sample(range(question.minimum, question.maximum + 1), 2))
        bounds = [(low, question.maximum), (question.minimum, high), (low, high)]
        return Comparison(question.id, "between", chance.choice(bounds))
    count = len(question.choices)
    if question.kind == SET:
        picked = chance.sample(range(count), chance.randint(1, 3))
        least = 2 if len(picked) > 2 and chance.random() < 0.4 else 1
        return Comparison(question.id, "count", (least, sum(1 << place for place in picked)))
    if question.kind == YES_NO:
        return Comparison(question.id, "is", (chance.randrange(2),))
    some = chance.sample(range(count), chance.randint(1, 2))
    return Comparison(question.id, "is", tuple(sorted(some)))


def population(count: int, rules: RuleBase, seed: int = 2) -> list[Facts]:
    """People with random answers, some of them unknown."""
    chance = random.Random(seed)
    return [Facts(tuple(_answer(q, chance) for q in rules.questions)) for _ in range(count)]


def _answer(question: Question, chance: random.Random) -> int | None:
    if question.observation is not None:
        return question.first
    if chance.random() < UNKNOWN:
        return None
    if question.kind == SET:
        every = range(len(question.choices))
        return sum(1 << place for place in every if chance.random() < 0.25)
    if question.kind == INTEGER:
        return chance.randint(question.minimum, question.maximum)
    return chance.randrange(max(2, len(question.choices)))


def in_words(facts: Facts, rules: RuleBase) -> dict[str, object]:
    """The answers of a person as somebody would give them: what is not known is left out."""
    answers = zip(rules.asked, facts.values, strict=False)
    return {q.id: q.decode(value) for q, value in answers if value is not None}


def expected(facts: Facts, rules: RuleBase) -> list[str]:
    """The ids of the rules that fire, by the plain definition of truth."""
    answers = facts.by_name(rules)
    return [rule.id for rule in rules.rules if truth(rule.when, answers, {}) is True]
