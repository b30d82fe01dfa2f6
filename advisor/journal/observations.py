"""A journal and the time now → facts: the kept answers that are still good, and what is observed.

What is said today comes before what was kept; what was kept too long ago counts as not asked. Where
an observation and an answer tell of the same and differ, the one of more concern counts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from advisor.answers import UNSURE, Facts, read_answers
from advisor.journal.records import answer_problem
from advisor.journal.store import Row
from advisor.reasons import spoken
from advisor.rulebase.measures import measure
from advisor.rulebase.shapes import Comparison, Question, RuleBase
from advisor.rulebase.shapes.history import Session
from advisor.rulebase.truth import compare

DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class Past:
    """The sessions in order of time, and how many trials came out in which way."""

    sessions: Sequence[Session]
    outcomes: Mapping[str, int]


@dataclass(frozen=True)
class Differing:
    """An answer and an observation that do not agree, in words; `counts` is the careful one."""

    fact: str
    answered: str
    observed: str
    counts: str


@dataclass(frozen=True)
class Told:
    """What is known today; the questions whose answer was kept too long ago, and what differs.

    `past` is what was observed.
    """

    facts: Facts
    aged: tuple[str, ...]
    differing: tuple[Differing, ...]
    past: Past


def facts_today(
    kept: Mapping[str, Row], said: Facts, past: Past, now: str, rules: RuleBase
) -> Told:
    """What is known of a person now: what is said today, what was kept, and what is observed."""
    answers, clear, aged = dict[str, object](), set[str](), list[str]()
    lasting = {name for name, row in kept.items() if outweighs_one_word(row, now, rules)}
    for question in rules.asked:
        row = kept.get(question.id)
        if row is None or answer_problem(row, rules):
            continue
        if not is_good(question, row["since"], now):
            aged.append(question.id)
        elif row["stated_clear"]:
            clear.add(question.id)
        else:
            answers[question.id] = _grown(question, json.loads(row["value"]), row["since"], now)
    names = [each.id for each in rules.questions]
    stated = {names[place] for place in said.stated_clear}
    for place, name in enumerate(names[: len(rules.asked)]):
        if not said.is_open(place) and name not in stated:
            answers[name] = spoken(name, said, rules)
    observed = measure(rules.questions, past.sessions, now, past.outcomes)
    answers |= {fact: UNSURE if code is None else code for fact, code in observed.items()}
    differing = [*_tie(answers, observed, rules)]
    clear = (clear | stated) - answers.keys() - lasting
    facts = read_answers(answers, rules, stated_clear=clear)
    open_now = (each for each in aged if facts.is_open(rules.question_position[each]))
    return Told(facts, tuple(open_now), tuple(differing), past)


def outweighs_one_word(row: Row, now: str, rules: RuleBase) -> bool:
    """Whether a kept answer is not undone by one word for all: trouble that was told, and still is.

    It is while the answer is good, and where such trouble lasts: then it is asked again.
    """
    question = rules.question.get(str(row["fact"]))
    if question is None or row["stated_clear"] or question.clear is None:
        return False
    trouble = bool(json.loads(row["value"]) != question.decode(question.clear))
    return trouble and (question.lasts or is_good(question, row["since"], now))


def is_good(question: Question, since: str, now: str) -> bool:
    """Whether an answer of that time still counts."""
    return question.good_for is None or _days(since, now) <= question.good_for


def _days(since: str, now: str) -> int:
    return (date.fromisoformat(now[:10]) - date.fromisoformat(since[:10])).days


def _grown(question: Question, value: object, since: str, now: str) -> object:
    """A kept answer, older by the years since then if it grows."""
    if not question.grows or not isinstance(value, int):
        return value
    return min(value + int(_days(since, now) / DAYS_A_YEAR), question.maximum)


def _tie(
    answers: dict[str, object], observed: Mapping[str, int | None], rules: RuleBase
) -> Iterable[Differing]:
    """Answer the questions that are observed, and tell where that differs from what was said."""
    for question in rules.asked:
        seen = _seen(question, observed, rules)
        if seen is None:
            continue
        said = answers.get(question.id)
        if said is None:
            answers[question.id] = question.decode(seen)
        elif said != UNSURE and (code := question.encode(said)) != seen:
            counts = max((code, seen), key=_concern(question, (code, seen)).index)
            answers[question.id] = question.decode(counts)
            yield Differing(question.id, *map(question.text, (code, seen, counts)))


def _concern(question: Question, codes: tuple[int, int]) -> list[int]:
    """These answers, the more concerning one last."""
    return question.type.ordered(question, sorted(codes))


def _seen(question: Question, observed: Mapping[str, int | None], rules: RuleBase) -> int | None:
    """What is observed of a question, if anything is."""
    tie = question.observed
    fact = tie.fact if isinstance(tie, Comparison) else tie
    code = observed.get(fact)
    if code is None or code < rules.question[fact].lowest:
        return None
    return int(compare(tie, code)) if isinstance(tie, Comparison) else code
