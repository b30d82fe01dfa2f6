"""Answers, one after another → where a conversation stands: what is asked next, what is known.

A conversation is its answers; everything else follows from them. After each change it is held
again from the start with the answers at hand, so that a revised conversation and a fresh one
with the same answers are the same. What is never asked on that way no longer matters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from advisor.answers import Facts, read_answers
from advisor.findings import conclude
from advisor.interview.next_question import PLAN, Step, next_step
from advisor.levels import CarefulLevel, careful_level
from advisor.reasons import answers_behind
from advisor.rulebase.shapes import LEVELS, REFERRAL, Question, RuleBase

Code = int | None  # an encoded answer; None is `unsure`
EMERGENCY = len(LEVELS) - 1
_NOTHING = Facts(())


@dataclass(frozen=True)
class ReviewRow:
    """A line of the review: one answer, and how we came by it."""

    position: int
    question: Question
    code: Code
    stated_clear: bool = False


@dataclass(frozen=True)
class Conversation:
    """Where a conversation stands.

    `given` was known before the first question; `said` holds every answer since, by position.
    `asked` are the questions that were met on the way to `step`, the next one (None: nothing
    is left to ask), and `facts` is what is known there. `reopened` is a question that is being
    asked again. With `enough`, only what safety depends on is still asked. `door` is what the
    person came for.
    """

    rules: RuleBase
    given: Facts
    said: Mapping[int, Code] = field(default_factory=dict)
    asked: tuple[int, ...] = ()
    facts: Facts = _NOTHING
    step: Step | None = None
    reopened: int | None = None
    enough: bool = False
    door: str = PLAN

    @property
    def position(self) -> int | None:
        """The question to ask now; None when there is none."""
        if self.reopened is not None:
            return self.reopened
        return None if self.step is None else self.step.position

    @property
    def here(self) -> Facts:
        """What is known apart from the question asked now."""
        return self.facts if self.reopened is None else self.facts.without_answer(self.reopened)

    @property
    def number(self) -> int:
        """The how manieth question this is."""
        if self.reopened in self.asked:
            return self.asked.index(self.reopened) + 1
        return len(self.asked) + 1

    @property
    def more_at_most(self) -> int:
        """How many questions can follow this one, not counting those answered before."""
        if self.step is None:
            return 0
        wanted = self.open_for_safety if self.enough else self.left
        return sum(each not in self.said and each != self.position for each in wanted)

    @property
    def careful(self) -> CarefulLevel:
        """How careful the person must be, as far as that is certain."""
        return _careful(self.facts, self.rules)

    @property
    def open_for_safety(self) -> tuple[int, ...]:
        """The questions without which there can be no plan."""
        return _safety(self.facts, self.rules)

    @property
    def left(self) -> tuple[int, ...]:
        """The questions whose answers could still change the plan."""
        step = self.step or next_step(self.facts, self.rules, self.door)
        return tuple(step.left) if step else ()

    @property
    def referred(self) -> bool:
        """Whether it is certain that somebody should be seen first."""
        return self.careful.level >= REFERRAL

    @property
    def emergency(self) -> bool:
        """Whether it is certain that help is needed now."""
        return self.careful.level == EMERGENCY

    @property
    def led_here(self) -> tuple[ReviewRow, ...]:
        """The answers that the level rests on, in the author's order."""
        rules = self.rules
        every = (answers_behind(rules.rules[i], self.facts, rules) for i in self.careful.rules)
        behind = {fact for answers in every for fact, _ in answers}
        return tuple(row for row in review(self) if row.question.id in behind)

    @property
    def set_aside(self) -> tuple[ReviewRow, ...]:
        """The answers that no longer matter (or, while questions are left, not yet)."""
        aside = {place: code for place, code in self.said.items() if place not in self.asked}
        return tuple(ReviewRow(place, self.rules.questions[place], aside[place]) for place in aside)

    @property
    def everything_said(self) -> Facts:
        """What to keep when a conversation is broken off: all of it, unless it was at its end."""
        facts = self.facts
        if self.step is not None:
            for row in self.set_aside:
                facts = facts.with_answer(row.position, row.code)
        return facts


def begin(rules: RuleBase, given: Facts | None = None, door: str = PLAN) -> Conversation:
    """A conversation with what is known already."""
    known = given or read_answers({}, rules)
    return _held(Conversation(rules, known, door=door))


def resume(
    rules: RuleBase,
    said: Mapping[int, Code],
    asked: Sequence[int] = (),
    *,
    door: str = PLAN,
    enough: bool = False,
) -> Conversation:
    """A conversation taken up where it stood: at the end of what was `asked`, in that order.

    `said` are all answers, those set aside too; with nothing asked, it is held from the start.
    """
    given = facts = read_answers({}, rules)
    for place in asked:
        facts = facts.with_answer(place, said[place])
    talk = Conversation(rules, given, dict(said), tuple(asked), facts, enough=enough, door=door)
    return _held_on(talk)


def answer(talk: Conversation, code: Code) -> Conversation:
    """Answer the question asked now; None is `unsure`. Raises LookupError if there is none."""
    if talk.position is None:
        raise LookupError("no question is open")
    if talk.reopened is not None:
        return change(talk, talk.reopened, code)
    return _held_on(replace(talk, said={**talk.said, talk.position: code}))


def change(talk: Conversation, position: int, code: Code) -> Conversation:
    """Give another answer to any question."""
    if talk.given.is_open(position):
        said = {**talk.said, position: code}
        return _held(replace(talk, said=said, reopened=None))
    return _held(replace(talk, given=talk.given.with_answer(position, code), reopened=None))


def back(talk: Conversation, steps: int = 1) -> Conversation:
    """Ask an earlier question again. Beyond the first one, it stays at the first."""
    before = talk.asked[: max(1, talk.number - steps)]
    return reopen(talk, before[-1]) if before else talk


def reopen(talk: Conversation, position: int) -> Conversation:
    """Ask this question again; its answer stays until there is another."""
    return replace(talk, reopened=position)


def keep(talk: Conversation) -> Conversation:
    """Leave the answer to a question that is asked again as it was."""
    return replace(talk, reopened=None)


def enough(talk: Conversation) -> Conversation:
    """Ask nothing more than safety needs. Raises LookupError while it needs something."""
    if talk.open_for_safety:
        raise LookupError("safety depends on open questions")
    return _held(replace(talk, enough=True, reopened=None))


def review(talk: Conversation) -> tuple[ReviewRow, ...]:
    """Every answer that counts, in the author's order."""
    facts = talk.facts
    return tuple(
        ReviewRow(place, question, facts.values[place], place in facts.stated_clear)
        for place, question in enumerate(talk.rules.asked)
        if not facts.is_open(place)
    )


def level_after(talk: Conversation, position: int, code: Code) -> int:
    """The level that is certain with this answer."""
    return _careful(talk.facts.with_answer(position, code), talk.rules).level


def _held(talk: Conversation) -> Conversation:
    """Hold a conversation from its start, as far as the answers at hand go."""
    return _held_on(replace(talk, facts=talk.given, asked=()))


def _held_on(talk: Conversation) -> Conversation:
    """Hold a conversation from where it stands, as far as the answers at hand go."""
    facts, asked = talk.facts, list(talk.asked)
    while True:
        step = _wanted(facts, talk)
        if step is None or step.position not in talk.said:
            return replace(talk, facts=facts, asked=tuple(asked), step=step)
        facts = facts.with_answer(step.position, talk.said[step.position])
        asked.append(step.position)


def _wanted(facts: Facts, talk: Conversation) -> Step | None:
    """The next question; after `enough`, only one that was answered or that safety needs."""
    step = next_step(facts, talk.rules, talk.door)
    if step is None or not talk.enough or step.position in talk.said:
        return step
    answered = (place for place in step.left if place in talk.said)
    needed = (place for place in _safety(facts, talk.rules) if place in step.left)
    place = next(chain(answered, needed), None)
    if place is None:
        return None
    question, waiting = talk.rules.questions[place], tuple(step.left[place])
    return replace(step, question=question, position=place, waiting=waiting)


def _careful(facts: Facts, rules: RuleBase) -> CarefulLevel:
    return careful_level(facts, conclude(facts, rules), rules)


def _safety(facts: Facts, rules: RuleBase) -> tuple[int, ...]:
    return tuple(rules.question_position[fact] for fact in _careful(facts, rules).open_facts)
