"""A plan → a case: what somebody answered, and what came of it, as `legday rules test` reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from advisor.answers import UNSURE, read_answers
from advisor.document import open_facts
from advisor.plan import plan_for
from advisor.result import Plan
from advisor.rulebase.shapes import SomeOf


def case_text(name: str, plan: Plan) -> str:
    """The entry of a case: what somebody answered, and the plan that comes of that alone.

    Wishes and what a journal weighs besides are no part of a case, so the plan is made without
    them. Nothing in it needs quotes: all words are ids, but for the sentence that says who it is.
    """
    plan = plan_for(plan.facts, plan.rules)
    lines = [
        f"{name}:",
        "  says: Somebody from life. Say here who, and what must come of it.",
        "  answers:",
        *(f"    {fact}: {answer}" for fact, answer in _answers(plan)),
        *(["  screened: yes"] if plan.facts.stated_clear else []),
        *_expected(plan),
    ]
    return "\n".join(lines) + "\n"


def _answers(plan: Plan) -> Iterator[tuple[str, str]]:
    """Each answer as a rule author writes it; what was measured too, if there was anything."""
    silent = read_answers({}, plan.rules).values
    for place, question in enumerate(plan.rules.questions):
        code = plan.facts.values[place]
        if place in plan.facts.not_sure:
            yield question.id, UNSURE
        elif code is not None and code != silent[place] and place not in plan.facts.stated_clear:
            text = question.text(code)
            several = isinstance(question.type, SomeOf) and code
            yield question.id, f"[{text.replace(',', ', ')}]" if several else text


def _expected(plan: Plan) -> Iterator[str]:
    """What came of it."""
    yield f"  status: {plan.status}"
    if plan.level:
        yield f"  level: {plan.level}"
    names = plan.rules.exercises
    if plan.sessions:
        yield "  days:"
    for each in plan.sessions:
        yield f"    {each.day}: {_listed(names[line.position].id for line in each.lines)}"
    if plan.status == "incomplete":
        yield f"  open: {_listed(open_facts(plan))}"
    if ids := [plan.rules.rules[place].id for place in plan.careful.rules]:
        yield f"  rules: {_listed(dict.fromkeys(ids))}"


def _listed(names: Iterable[str]) -> str:
    return f"[{', '.join(names)}]"
