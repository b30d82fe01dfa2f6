"""Answers as people say them: a table of phrases, each with what it is taken for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from advisor import load_rules
from advisor.answers import encode
from advisor.interview import phrases
from advisor.interview.amounts import CAREFUL, Answer
from advisor.interview.reading import Mistake, choices_of, read_reply
from advisor.interview.spoken import Word, negations, plain, said
from advisor.rulebase.problems import Problems
from advisor.rulebase.reading.nodes import read_file
from advisor.rulebase.shapes import Question

RULES = load_rules()
TABLE = Path(__file__).parent / "phrases.yaml"
CAREFULLY = "careful "


def table() -> Iterator[tuple[str, str, str]]:
    """Each phrase with its question and what it is taken for."""
    node = read_file(TABLE.read_bytes(), TABLE.name, Problems())
    assert node
    for question, meanings in node.plain().items():  # type: ignore[union-attr]
        for meaning, said_so in meanings.items():
            yield from ((question, str(meaning), str(phrase)) for phrase in said_so)


ROWS = list(table())


def code_of(question: Question, words: str) -> int | None:
    whole = (1 << len(question.choices)) - 1
    return whole if words == "everything" else encode(question, words, RULES)


@pytest.mark.parametrize(("fact", "meaning", "phrase"), ROWS)
def test_takes_a_phrase_for_what_it_means(fact: str, meaning: str, phrase: str) -> None:
    question = RULES.question[fact]
    reply = read_reply(phrase, question, RULES)
    match meaning:
        case "refused":
            assert isinstance(reply, Mistake)
            assert "which?" not in reply.says
        case "which":
            assert isinstance(reply, Mistake)
            assert "which?" in reply.says
        case "unsure":
            assert reply == Word("unsure")
        case _:
            careful = meaning.startswith(CAREFULLY)
            assert isinstance(reply, Answer), reply
            assert reply.code == code_of(question, meaning.removeprefix(CAREFULLY))
            assert bool(reply.note) is careful


def test_holds_enough_phrases_of_each_kind() -> None:
    assert len(ROWS) >= 300
    assert len({phrase for _, meaning, phrase in ROWS if meaning == "refused"}) >= 50
    assert {RULES.question[fact].kind for fact, *_ in ROWS} == {
        "yes/no",
        "choice",
        "integer",
        "set",
    }


def test_says_that_it_took_the_careful_end() -> None:
    reply = read_reply("2-3", RULES.question["back_pain"], RULES)
    assert reply == Answer(3, CAREFUL)


NEGATED = ["not {}", "no {}", "never {}", "{} not", "without {}", "not the {}"]


@pytest.mark.parametrize("form", NEGATED)
def test_never_takes_a_denial_for_the_thing_denied(form: str) -> None:
    """Whatever is denied, the answer is not the choice that is named."""
    for question in {each.choices: each for each in RULES.asked}.values():  # a list of choices once
        for place, choice in enumerate(choices_of(question)):
            reply = read_reply(form.format(choice.label), question, RULES)
            if negations(plain(choice.label)) or said(form.format(choice.label)):
                continue
            if isinstance(reply, Answer):
                assert question.type.name == "choice", (question.id, choice.label)
                assert reply.code != place, (question.id, choice.label)


@pytest.mark.parametrize("question", RULES.asked, ids=lambda each: each.id)
def test_takes_no_bare_no_for_a_choice_of_another_meaning(question: Question) -> None:
    for word in phrases.SAID[phrases.NO].split("|"):
        reply = read_reply(word, question, RULES)
        if isinstance(reply, Answer) and word not in question.shortcut:
            label = [*choices_of(question), None][reply.code] if question.kind == "choice" else None
            assert label is None or label.id in phrases.NO_CHOICE, word
            assert question.kind == "choice" or reply.code == 0, word


@pytest.mark.parametrize(
    ("fact", "typed"),
    [("hip_mobility", "not wel"), ("back_surgery", "not cleard"), ("pain_trend", "not bettr")],
)
def test_suggests_nothing_that_turns_the_meaning_round(fact: str, typed: str) -> None:
    reply = read_reply(typed, RULES.question[fact], RULES)
    assert isinstance(reply, Mistake)
    suggested = reply.says.partition("did you mean `")[2]
    assert not suggested or "not" in suggested


def test_lists_each_phrase_under_one_meaning() -> None:
    every = [each for many in phrases.SAID.values() for each in many.split("|")]
    assert len(every) == len(set(every))
    assert all(plain(each) == each for each in every)
    commands = {each for many in phrases.COMMANDS.values() for each in many.split("|")}
    assert not commands & set(every)
