from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor import load_rules
from advisor.answers import read_answers
from advisor.explain.why_asked import why_asked
from advisor.interview.conversation import (
    Conversation,
    answer,
    back,
    begin,
    change,
    enough,
    keep,
    reopen,
    review,
)
from advisor.interview.next_question import next_step
from advisor.plan import plan_for
from advisor.rulebase.shapes import CHOICE, INTEGER, YES_NO, Question, RuleBase

RULES = load_rules()
Person = Callable[[Question], int | None]


def codes(question: Question) -> st.SearchStrategy[int | None]:
    if question.kind == YES_NO:
        known = st.integers(0, 1)
    elif question.kind == INTEGER:
        known = st.integers(question.minimum, question.maximum)
    elif question.kind == CHOICE:
        known = st.integers(0, len(question.choices) - 1)
    else:
        known = st.sampled_from([0, *(1 << place for place in range(len(question.choices)))])
    return st.one_of(known, st.none())


def people() -> st.SearchStrategy[dict[str, int | None]]:
    """What somebody would answer to each question; most pass the screening."""
    return st.fixed_dictionaries(
        {
            question.id: codes(question)
            if question.clear is None
            else st.one_of(*[st.just(question.clear)] * 7, codes(question))
            for question in RULES.asked
        }
    )


def held(talk: Conversation, person: dict[str, int | None]) -> Conversation:
    """The conversation with somebody to its end."""
    while talk.position is not None:
        talk = answer(talk, person[talk.rules.questions[talk.position].id])
    return talk


def clear(question: Question) -> int | None:
    return 0 if question.clear is None else question.clear


def at_ease(rules: RuleBase) -> dict[str, int | None]:
    return {question.id: clear(question) for question in rules.asked}


@settings(max_examples=25)
@given(person=people())
def test_ends_where_nothing_is_left_to_ask(person: dict) -> None:
    talk = held(begin(RULES), person)
    assert next_step(talk.facts, RULES) is None
    assert plan_for(talk.facts, RULES).status != "incomplete"
    assert not talk.set_aside


@settings(max_examples=12)
@given(person=people(), data=st.data())
def test_ends_like_a_fresh_one_after_any_revision(person: dict, data: st.DataObject) -> None:
    talk = begin(RULES)
    for _ in range(data.draw(st.integers(1, 40))):
        if talk.position is None or (talk.asked and data.draw(st.integers(0, 4)) == 0):
            if not talk.asked:
                break
            place = data.draw(st.sampled_from(talk.asked))
            code = data.draw(codes(RULES.questions[place]))
            person = {**person, RULES.questions[place].id: code}
            talk = change(talk, place, code)
        else:
            talk = answer(talk, person[RULES.questions[talk.position].id])
    talk = held(talk, person)
    fresh = held(begin(RULES), person)
    assert talk.facts == fresh.facts
    assert talk.asked == fresh.asked
    assert plan_for(talk.facts, RULES).to_dict() == plan_for(fresh.facts, RULES).to_dict()


@settings(max_examples=12)
@given(person=people(), data=st.data())
def test_changes_nothing_in_the_plan_by_what_is_set_aside(
    person: dict, data: st.DataObject
) -> None:
    talk = held(begin(RULES), person)
    place = data.draw(st.sampled_from(talk.asked))
    talk = held(change(talk, place, data.draw(codes(RULES.questions[place]))), person)
    facts = talk.facts
    for row in talk.set_aside:
        facts = facts.with_answer(row.position, row.code)
    with_them, without = plan_for(facts, RULES), plan_for(talk.facts, RULES)
    assert with_them.level == without.level
    if without.session is not None:
        assert with_them.session == without.session
        assert with_them.verdicts.allowed == without.verdicts.allowed


@settings(max_examples=25)
@given(person=people())
def test_counts_down_to_the_last_question(person: dict) -> None:
    talk = begin(RULES)
    before = talk.more_at_most + 1
    while talk.position is not None:
        assert talk.more_at_most < before
        before = talk.more_at_most
        talk = answer(talk, person[RULES.questions[talk.position].id])


@settings(max_examples=25)
@given(person=people(), stop=st.integers(0, 30), steps=st.integers(1, 9))
def test_returns_to_where_it_was_after_back_and_the_same_answer(
    person: dict, stop: int, steps: int
) -> None:
    talk = begin(RULES)
    while talk.position is not None and len(talk.asked) < stop:
        talk = answer(talk, person[RULES.questions[talk.position].id])
    again = back(talk, steps)
    assert keep(again) == talk
    if talk.asked:
        assert again.position == talk.asked[max(0, len(talk.asked) - steps)]
        back_here = answer(again, talk.said[again.position])
        assert (back_here.facts, back_here.position) == (talk.facts, talk.position)


@settings(max_examples=25)
@given(person=people(), stop=st.integers(1, 30))
def test_gives_a_plan_after_enough(person: dict, stop: int) -> None:
    talk = begin(RULES)
    while talk.position is not None and (talk.open_for_safety or len(talk.asked) < stop):
        talk = answer(talk, person[RULES.questions[talk.position].id])
    done = enough(talk)
    assert done.position is None
    assert done.facts == talk.facts
    assert plan_for(done.facts, RULES).status != "incomplete"


def test_refuses_enough_before_the_safety_questions_are_answered(rules: RuleBase) -> None:
    with pytest.raises(LookupError):
        enough(begin(rules))


def test_asks_for_safety_again_when_a_change_after_enough_needs_it(shoulder: RuleBase) -> None:
    talk = begin(shoulder)
    while talk.open_for_safety:
        talk = answer(talk, 0)
    talk = enough(talk)
    place = talk.asked[0]
    given_up = change(talk, place, talk.said[place])
    assert given_up.position is None
    assert given_up.facts == talk.facts


def test_stops_at_once_in_an_emergency(rules: RuleBase) -> None:
    talk = answer(begin(rules), 1)
    assert talk.position is None
    assert talk.referred


def test_sets_aside_what_an_emergency_makes_moot(rules: RuleBase) -> None:
    person = at_ease(rules)
    whole = held(begin(rules), person)
    first, *others = whole.asked
    stopped = change(whole, first, 1)
    assert stopped.position is None
    assert [row.position for row in stopped.set_aside] == others
    assert change(stopped, first, 0).facts == whole.facts


def test_keeps_what_is_not_sure_apart_from_what_was_not_asked(rules: RuleBase) -> None:
    talk = answer(begin(rules), 0)
    place = talk.position
    assert place is not None
    talk = answer(talk, None)
    assert place in talk.facts.not_sure
    again = begin(rules, talk.facts).facts
    assert talk.facts.without_answer(place) == again.without_answer(place)


def test_asks_nothing_that_was_given(rules: RuleBase) -> None:
    known = read_answers({}, rules, screened=True)
    talk = held(begin(rules, known), at_ease(rules))
    assert not {*talk.asked} & known.stated_clear


def test_forgets_that_an_answer_was_stated_when_it_is_changed(rules: RuleBase) -> None:
    known = read_answers({}, rules, screened=True)
    place = min(known.stated_clear)
    talk = change(begin(rules, known), place, 1)
    assert place not in talk.facts.stated_clear
    assert talk.facts.values[place] == 1


def test_asks_a_given_answer_again_when_it_is_reopened(rules: RuleBase) -> None:
    known = read_answers({}, rules, screened=True)
    talk = begin(rules, known)
    place = review(talk)[0].position
    again = reopen(talk, place)
    assert again.position == place
    assert again.here.is_open(place)
    assert keep(again) == talk


def test_lists_every_answer_that_counts(rules: RuleBase) -> None:
    talk = held(begin(rules), at_ease(rules))
    assert sorted(talk.asked) == [row.position for row in review(talk)]


def test_keeps_everything_said_until_the_end(rules: RuleBase) -> None:
    talk = begin(rules)
    for _ in range(8):
        talk = answer(talk, clear(rules.questions[talk.position or 0]))
    reopened = back(talk, 5)
    assert reopened.everything_said == talk.facts


def test_refuses_an_answer_when_nothing_is_asked(rules: RuleBase) -> None:
    talk = answer(begin(rules), 1)
    with pytest.raises(LookupError):
        answer(talk, 0)


def test_starts_from_nothing(shoulder: RuleBase) -> None:
    assert begin(shoulder).facts == read_answers({}, shoulder)


@settings(max_examples=25)
@given(person=people(), stop=st.integers(0, 25))
def test_tells_of_every_answer_what_it_would_do(person: dict, stop: int) -> None:
    talk = begin(RULES)
    while talk.position is not None and len(talk.asked) < stop:
        talk = answer(talk, person[RULES.questions[talk.position].id])
    if talk.position is None:
        return
    question = RULES.questions[talk.position]
    why = why_asked(talk.here, question, RULES)
    assert why.waiting
    assert any(outcome.does for outcome in why.outcomes)
    told_of = [each for outcome in why.outcomes for each in outcome.answers]
    assert len(told_of) == len(set(told_of))
    if question.kind not in (INTEGER, YES_NO):
        assert {choice.id for choice in question.choices} <= set(told_of)
    assert dict(why.known).keys() <= {
        each.id for place, each in enumerate(RULES.asked) if not talk.here.is_open(place)
    }


def test_says_what_each_answer_would_do(shoulder: RuleBase) -> None:
    talk = begin(shoulder)
    why = why_asked(talk.here, shoulder.questions[0], shoulder)
    help_now = ("no session (emergency): Please get medical help now",)
    assert [(each.answers, each.does) for each in why.outcomes] == [
        (("arm_numb", "chest_tight"), help_now),
        (("none",), ("one thing less stands in the way of a session",)),
        (("unsure",), help_now),
    ]
