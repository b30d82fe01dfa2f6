"""What was edited → people who may be told otherwise: those who meet it, and some of every kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice, product

from advisor.answers import UNSURE
from advisor.authoring.diff.changes import Answers
from advisor.rulebase.exactness import domains
from advisor.rulebase.shapes import All, Condition, Level, Question, RuleBase
from advisor.rulebase.truth import inlined


def nobody_special(old: RuleBase, new: RuleBase) -> Iterator[Answers]:
    """Someone with nothing to report, someone of whom nothing is known, and one of each level."""
    well = well_of(old, new)
    questions = {**old.question, **new.question}
    yield well
    yield {}
    for rules in (old, new):
        seen = set[int]()
        for rule in rules.rules:
            for effect in rule.effects:
                if isinstance(effect, Level) and effect.level not in seen:
                    seen.add(effect.level)
                    when = inlined(rule.when, rules.finding)
                    yield from islice(meeting(when, questions, well), 8)


def meeting_all(
    conditions: tuple[Condition, ...], old: RuleBase, new: RuleBase
) -> Iterator[Answers]:
    """One person for each way to pass or fail the comparisons of some conditions."""
    return meeting(All(conditions), {**old.question, **new.question}, well_of(old, new))


def well_of(old: RuleBase, new: RuleBase) -> Answers:
    """Someone with nothing to report: each answer is all clear, or of least concern."""
    found: Answers = {}
    for question in (*old.asked, *new.asked):
        code = question.clear if question.clear is not None else question.type.least(question)
        if code is not None:
            found[question.id] = question.decode(code)
    return found


def meeting(when: Condition, questions: Mapping[str, Question], well: Answers) -> Iterator[Answers]:
    """People for each way to answer what a condition asks, well or not known otherwise."""
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
