"""The two promises of the next question, by brute force on a small rule base and by search on ours.

No question is asked that could not change the plan; no answer to a question that was not asked
would have changed it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from itertools import product

import pytest
from _outcomes import Outcome, outcome
from hypothesis import given, settings
from hypothesis import strategies as st
from people import answers
from random_bases import rule_bases

from advisor import load_rules, next_question
from advisor.answers import Facts, read_answers
from advisor.interview.next_question import Step, next_step, questions_left
from advisor.plan import plan_for
from advisor.rulebase.exactness import cells
from advisor.rulebase.shapes import INTEGER, SET, Comparison, Question, RuleBase
from advisor.rulebase.truth import comparisons

OPEN, UNSURE = "open", "unsure"
State = tuple[int | str, ...]
RULES = load_rules()


def facts_of(state: State, rules: RuleBase) -> Facts:
    values = tuple(value if isinstance(value, int) else None for value in state)
    values += tuple(each.first for each in rules.questions[len(values) :])
    unsure = (place for place, value in enumerate(state) if value == UNSURE)
    return Facts(values, frozenset(unsure))


def spaces(rules: RuleBase) -> list[tuple[int, ...]]:
    """For each question one answer for each way it can matter to any rule."""
    conditions = [each.when for each in (*rules.findings, *rules.rules)]
    every = {test for when in conditions for test in comparisons(when, rules.finding)}
    return [
        cells(question, tuple(test for test in every if test.fact == question.id))
        for question in rules.asked
    ]


class Brute:
    """Every state of a small rule base, and by trying everything, what can still matter in it."""

    def __init__(self, rules: RuleBase) -> None:
        self.rules = rules
        self.spaces = spaces(rules)
        self.outcome, self.decides = cache(self._outcome), cache(self._decides)

    def _outcome(self, state: State) -> Outcome:
        return outcome(plan_for(facts_of(state, self.rules), self.rules))

    def states(self) -> Iterator[State]:
        return product(*((OPEN, UNSURE, *space) for space in self.spaces))

    def matters(self, state: State, place: int) -> bool:
        """Whether two answers to a question differ, however the other open ones are answered."""
        choices = [
            (OPEN, UNSURE, *space) if value == OPEN and other != place else (value,)
            for other, (value, space) in enumerate(zip(state, self.spaces, strict=True))
        ]
        before, after = choices[:place], choices[place + 1 :]
        return any(self.decides(*others) for others in product(product(*before), product(*after)))

    def _decides(self, before: State, after: State) -> bool:
        """Whether two answers to the question between these differ."""
        mine = (OPEN, UNSURE, *self.spaces[len(before)])
        return len({self.outcome((*before, value, *after)) for value in mine}) > 1


def test_asks_exactly_what_can_matter_in_every_state_of_a_small_rule_base(
    shoulder: RuleBase,
) -> None:
    brute = Brute(shoulder)
    seen = 0
    for state in brute.states():
        left = questions_left(facts_of(state, shoulder), shoulder)
        open_places = [place for place, value in enumerate(state) if value == OPEN]
        assert set(left) == {place for place in open_places if brute.matters(state, place)}, state
        seen += 1
    assert seen > 10_000


@settings(max_examples=100)
@given(rules=rule_bases(), seed=st.integers(0, 2**32))
def test_leaves_nothing_unasked_that_can_matter_in_random_rule_bases(
    rules: RuleBase, seed: int
) -> None:
    """With days, repeats, pairs to keep apart, and caps on lines and days."""
    brute, chance = Brute(rules), random.Random(seed)
    states = list(brute.states())
    for state in chance.sample(states, min(12, len(states))):
        left = questions_left(facts_of(state, rules), rules)
        for place, value in enumerate(state):
            if value == OPEN and place not in left:
                assert not brute.matters(state, place), (state, rules.questions[place].id)


def some_answer(question: Question, chance: random.Random) -> int:
    if question.kind == SET:
        bits = [1 << place for place in range(len(question.choices))]
        return sum(chance.sample(bits, chance.choice([0, 0, 1, 2, len(bits)])))
    if question.kind == INTEGER:
        top = min(question.maximum, 100)
        return chance.choice([question.minimum, chance.randint(question.minimum, top)])
    return chance.randrange(max(2, len(question.choices)))


def completed(facts: Facts, rules: RuleBase, chance: random.Random) -> Facts:
    """Somebody who goes on to answer every question that is still open.

    Who it is does not depend on the order of the questions, so that they can be moved.
    """
    drawn = {name: some_answer(rules.question[name], chance) for name in sorted(rules.question)}
    values = [
        drawn[question.id] if facts.is_open(place) else facts.values[place]
        for place, question in enumerate(rules.questions)
    ]
    return Facts(tuple(values), facts.not_sure)


def with_answer(facts: Facts, place: int, value: int) -> Facts:
    values = (*facts.values[:place], value, *facts.values[place + 1 :])
    return Facts(values, facts.not_sure - {place})


def conversation(person: Facts, rules: RuleBase) -> list[Facts]:
    """The facts after each question, answered as this person would."""
    states = [read_answers({}, rules)]
    while step := next_step(states[-1], rules):
        states.append(with_answer(states[-1], step.position, person.values[step.position] or 0))
    return states


@settings(max_examples=60)
@given(seed=st.integers(0, 2**32))
def test_answers_to_questions_not_asked_would_change_nothing(seed: int) -> None:
    chance = random.Random(seed)
    person = completed(read_answers({}, RULES), RULES, chance)
    if chance.random() < 0.8:
        person = mostly_clear(person, chance)
    end = conversation(person, RULES)[-1]
    plan = outcome(plan_for(end, RULES))
    for _ in range(20):
        assert outcome(plan_for(completed(end, RULES, chance), RULES)) == plan


def mostly_clear(person: Facts, chance: random.Random) -> Facts:
    """The same person with most of the screening all clear, as most people are."""
    usual = {name: chance.random() < 0.9 for name in sorted(RULES.question)}
    values = [
        question.clear if question.clear is not None and usual[question.id] else value
        for value, question in zip(person.values, RULES.questions, strict=True)
    ]
    return Facts(tuple(values))


@pytest.mark.parametrize("seed", range(15))
def test_asks_only_what_could_change_the_plan(seed: int) -> None:
    chance = random.Random(seed)
    nobody = read_answers({}, RULES)
    person = mostly_clear(completed(nobody, RULES, chance), chance)
    for facts in conversation(person, RULES)[:-1]:
        step = next_step(facts, RULES)
        assert step is not None
        assert has_witness(facts, step, chance), f"{step.fact} after {facts}"


def has_witness(facts: Facts, step: Step, chance: random.Random) -> bool:
    """Whether some way to go on makes two answers to a question differ.

    Half of the ways to go on are led by a rule that waits for the answer: they answer what else
    it reads in the ways that it tells apart, as an answer often counts only with another one
    (when a disc gave trouble, once there was a disc). Of the others, half leave all clear but one.
    """
    for turn in range(600):
        rest = mostly_clear_where_open(facts, completed(facts, RULES, chance), chance)
        if turn % 2:
            rest = led_by(chance.choice(step.waiting), facts, rest, chance)
        elif turn % 4:
            rest = clear_but_for_one(facts, rest, chance)
        answers = [some_answer(step.question, chance), some_answer(step.question, chance)]
        if turn % 2:
            tests = read_by(chance.choice(step.waiting), step.fact)
            answers = [*answers, *cells(step.question, tests)]
        plans = (plan_for(with_answer(rest, step.position, each), RULES) for each in answers)
        if len({outcome(plan) for plan in plans}) > 1:
            return True
    return False


def read_by(rule: int, fact: str) -> tuple[Comparison, ...]:
    """The tests of one fact that a rule builds on."""
    tests = comparisons(RULES.rules[rule].when, RULES.finding)
    return tuple(dict.fromkeys(test for test in tests if test.fact == fact))


def led_by(rule: int, facts: Facts, rest: Facts, chance: random.Random) -> Facts:
    """The same person with open answers that a rule tells apart."""
    for fact in dict.fromkeys(
        test.fact for test in comparisons(RULES.rules[rule].when, RULES.finding)
    ):
        place = RULES.question_position[fact]
        if facts.is_open(place) and chance.random() < 0.8:
            value = chance.choice(cells(RULES.questions[place], read_by(rule, fact)))
            rest = with_answer(rest, place, value)
    return rest


def clear_but_for_one(facts: Facts, rest: Facts, chance: random.Random) -> Facts:
    """The same person with all clear in what is open, but for one answer."""
    places = [place for place in range(len(RULES.questions)) if facts.is_open(place)]
    one = chance.choice(places)
    for place in places:
        question = RULES.questions[place]
        if place == one:
            rest = with_answer(rest, place, some_answer(question, chance))
        elif question.clear is not None:
            rest = with_answer(rest, place, question.clear)
    return rest


def mostly_clear_where_open(facts: Facts, rest: Facts, chance: random.Random) -> Facts:
    clear = mostly_clear(rest, chance).values
    values = [
        clear[place] if facts.is_open(place) else value for place, value in enumerate(rest.values)
    ]
    return Facts(tuple(values), facts.not_sure)


@settings(max_examples=12)
@given(person=answers(RULES))
def test_remaining_at_most_is_never_exceeded(person: dict) -> None:
    facts = read_answers(person, RULES)
    chance = random.Random(0)
    step = next_step(facts, RULES)
    left = step.remaining_at_most if step else 0
    asked = 0
    while step := next_step(facts, RULES):
        asked += 1
        assert step.remaining_at_most <= left - asked + 1
        facts = with_answer(facts, step.position, some_answer(step.question, chance))


def test_asks_the_screening_in_its_order_first() -> None:
    nobody = read_answers({}, RULES)
    person = Facts(tuple(question.clear or 0 for question in RULES.questions))
    states = conversation(person, RULES)
    asked = [step.fact for facts in states[:3] if (step := next_step(facts, RULES))]
    assert states[0] == nobody
    assert asked == ["emergency_signs", "urgent_signs", "health_flags"]


def test_stops_at_once_when_nothing_can_change_the_level() -> None:
    assert next_question({"emergency_signs": ["chest_pain"]}, RULES) is None


def test_goes_on_while_a_referral_could_become_more_urgent() -> None:
    step = next_question({"back_surgery": "not_cleared"}, RULES)
    assert step is not None
    assert step.fact == "emergency_signs"
    assert step.why
