"""Lints of what a talk can ask: what no script can state clear, and what nobody is ever asked."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.answers import read_answers
from advisor.authoring.lint.remark import Remark, Subject
from advisor.authoring.lint.unused import tests_of
from advisor.engine.ready import program_of, ranks_of
from advisor.findings import conclude, waits_for
from advisor.interview.next_question import causes_left, questions_left
from advisor.rulebase.bits import kept_positions
from advisor.rulebase.shapes import LEVELS, REFERRAL

AT_ONCE = LEVELS.index("urgent")


def lint_no_clear(subject: Subject) -> Iterator[Remark]:
    """Questions that keep a plan from who states everything clear, as they have no such answer."""
    rules = subject.rules
    facts = read_answers({}, rules, screened=True)
    waiting: dict[int, str] = {}
    for rule, effect in program_of(rules).levels.among(conclude(facts, rules).unknown):
        if effect.level >= REFERRAL:
            for place in kept_positions(waits_for(rule, facts, rules)):
                waiting.setdefault(place, rules.rules[rule].id)
    for place, waits in sorted(waiting.items()):
        name = rules.questions[place].id
        message = f"`{waits}` waits for `{name}`, which `--screened` cannot state clear"
        hint = "say `clear:` and the answer with which all is well"
        yield subject.remark("no-clear-answer", "questions", name, message, hint)


def lint_kept_alarms(subject: Subject) -> Iterator[Remark]:
    """Questions of which one answer sends to a doctor at once, and that are not asked each time."""
    rules = subject.rules
    for question, rank in zip(rules.questions, ranks_of(rules), strict=True):
        if rank >= AT_ONCE and question.good_for != 0:
            alone = f"an answer to `{question.id}` alone can make it {LEVELS[rank]}"
            message = f"{alone}, and it is kept"
            hint = "leave `good_for` out, so that it is asked each time"
            yield subject.remark("kept-alarm", "questions", question.id, message, hint)


def lint_never_asked(subject: Subject) -> Iterator[Remark]:
    """Questions that rules read, and that are not worth asking even before anything is known.

    Answers only ever take questions from those that are left, so that nobody is asked them later.
    """
    rules = subject.rules
    nothing, read = read_answers({}, rules), tests_of(rules)
    left = {*questions_left(nothing, rules), *causes_left(nothing, rules)}
    for place, question in enumerate(rules.questions):
        measured = question.observation or question.id == rules.schedule.hours_since
        if question.id in read and place not in left and not measured:
            message = f"rules read `{question.id}`, and no talk ever asks it"
            hint = "let a rule that reads it change a level, an exercise or a dose"
            yield subject.remark("never-asked", "questions", question.id, message, hint)
