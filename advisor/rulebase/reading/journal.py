"""What is measured and how doses move → observations, as facts of their own, and the scheme."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial

from advisor.rulebase.problems import Problems
from advisor.rulebase.reading.base import citations
from advisor.rulebase.reading.conditions import RESERVED, read_test
from advisor.rulebase.reading.entries import Draft, Entry
from advisor.rulebase.reading.models import ObservationEntry, QuestionEntry, SchemeEntry
from advisor.rulebase.reading.names import Scope
from advisor.rulebase.shapes import (
    ALWAYS,
    INTEGER,
    YES_NO,
    All,
    Comparison,
    Condition,
    Finding,
    Question,
    Rule,
)
from advisor.rulebase.shapes.history import (
    CHANGE,
    COUNT,
    COUNTING,
    OUTCOMES,
    SUMMED,
    Observation,
    Scheme,
)
from advisor.rulebase.truth import facts_of

LARGEST = 10**6
_BOUNDS = re.compile(
    r"at (?P<way>least|most) (?P<end>-?\d{1,6})|(?P<low>-?\d{1,6}) to (?P<high>-?\d{1,6})"
)
_OVER = re.compile(r"([1-9]\d{0,3}) (sessions?|days?)")
_GOOD_FOR = re.compile(r"([1-9]\d{0,4}) days?")


def build_observations(draft: Draft, scope: Scope) -> tuple[Question, ...]:
    """Every sound observation, in the author's order."""
    entries = draft.all("observations", ObservationEntry).values()
    asked = draft.declared("questions")
    found = []
    for entry in entries:
        if entry.id in (*RESERVED, *asked):
            message = f"`{entry.id}` cannot name an observation: it is taken"
            scope.problems.add("reserved-word", entry.place, message)
        elif question := _observation(entry, scope.problems):
            found.append(question)
    return tuple(found)


def _observation(entry: Entry[ObservationEntry], problems: Problems) -> Question | None:
    model, before = entry.model, len(problems)
    counting = model.take in COUNTING
    over = _OVER.fullmatch(model.over)
    summed = model.take == CHANGE and model.of in SUMMED
    where = _where(model.where)
    wrong = {
        "over": bool(model.over) and over is None,
        "where": bool(model.where) and where is None,
        "take": model.of in OUTCOMES and model.take != COUNT,
        "minimum": model.minimum >= model.maximum or (counting and model.minimum != 0),
        "against": summed is (model.against is None) or (summed and "day" not in model.over),
    }
    hints = {
        "over": "write `6 sessions` or `42 days`",
        "where": "write `at least 2`, `at most 2` or `2 to 4`",
        "take": "the outcomes of trials are only counted: write `count`",
        "minimum": "it is below `maximum`, and 0 for a count or a streak",
        "against": "days before `over: 7 days`, for the change of what adds up, and only there",
    }
    for key in (key for key, is_wrong in wrong.items() if is_wrong):
        message = f"`{key}` of the observation `{entry.id}` does not fit"
        problems.add("bad-observation", entry.at(key), message, hints[key])
    if len(problems) > before:
        return None
    number = int(over[1]) if over else None
    in_days = over is not None and over[2].startswith("day")
    last, days = (None, number) if in_days else (number, None)
    return Question(
        id=entry.id,
        kind=INTEGER,
        ask=model.means,
        minimum=model.minimum - int(not counting),
        maximum=model.maximum,
        unit=model.unit,
        concern=model.concern,
        observation=Observation(model.of, model.take, where, last, days, model.against),
    )


def _where(text: str) -> tuple[int, int] | None:
    found = _BOUNDS.fullmatch(text)
    if found is None:
        return None
    if found["way"] is None:
        return int(found["low"]), int(found["high"])
    end = int(found["end"])
    return (end, LARGEST) if found["way"] == "least" else (-LARGEST, end)


def build_ties(
    asked: Sequence[Question], measured: Sequence[Question], draft: Draft, scope: Scope
) -> tuple[Question, ...]:
    """All facts, each question with how long an answer is good, and with what observes it."""
    entries = draft.all("questions", QuestionEntry)
    within = replace(scope, questions={each.id: each for each in measured})
    return (*(_tied(each, entries[each.id], within) for each in asked), *measured)


def _tied(question: Question, entry: Entry[QuestionEntry], scope: Scope) -> Question:
    good, days = entry.model.good_for, _GOOD_FOR.fullmatch(entry.model.good_for)
    if days is None and good not in ("today", "always"):
        hint = "write `today`, `90 days` or `always`"
        message = f"`{good}` says not how long an answer is good"
        scope.problems.add("bad-observation", entry.at("good_for"), message, hint)
    if entry.model.grows and question.kind != INTEGER:
        message = f"`{question.id}` is no whole number that could grow"
        scope.problems.add("bad-observation", entry.at("grows"), message)
    return replace(
        question,
        good_for=int(days[1]) if days else {"always": None}.get(good, 0),
        grows=entry.model.grows is not None,
        lasts=entry.model.lasts == "yes",
        observed=_observed(question, entry, scope),
    )


def _observed(question: Question, entry: Entry[QuestionEntry], scope: Scope) -> str | Comparison:
    """What answers a question: an observation that is its number, or a test of one."""
    node = entry.node.child("observed")
    if node is None:
        return ""
    parts = node.value if isinstance(node.value, dict) else {}
    name = next(iter(parts), node.text)
    kind = YES_NO if parts else INTEGER
    if name not in scope.questions:
        if not scope.hides("observations", name):
            what = "no observation is called {}"
            scope.unknown("unknown-fact", node.place, what, name, scope.questions)
    elif question.kind != kind or not question.concern or len(parts) > 1:
        message = f"`{question.id}` cannot be observed so"
        hint = "`fact` for a whole number, `{fact: test}` for yes or no, and `concern:` for both"
        scope.problems.add("bad-observation", node.place, message, hint)
    elif not parts:
        return name
    elif isinstance(test := read_test(parts[name], scope.questions[name], scope), Comparison):
        return test
    return ""


def guarded(
    rules: Iterable[Rule], findings: Sequence[Finding], questions: Mapping[str, Question]
) -> list[Rule]:
    """The rules, each of those that speak of a last time false where there was none."""
    by_id = {finding.id: finding for finding in findings}
    guard = cache(partial(_guarded, findings=by_id, questions=questions))
    return [replace(rule, when=guard(rule.when)) for rule in rules]


def _guarded(
    when: Condition, findings: Mapping[str, Finding], questions: Mapping[str, Question]
) -> Condition:
    parts = when.parts if isinstance(when, All) else (when,)
    told = {
        part.fact
        for part in parts
        if isinstance(part, Comparison) and part.operand[0] > questions[part.fact].minimum
    }
    needed = tuple(
        Comparison(each.id, "between", (each.lowest, each.maximum))
        for each in map(questions.__getitem__, facts_of(when, findings))
        if each.speaks_of_last_time and each.id not in told
    )
    if not needed or when == ALWAYS:
        return when
    return All((*needed, *parts))


def build_scheme(draft: Draft, scope: Scope) -> Scheme | None:
    """How doses move, if the rule base says so."""
    entry = draft.one("scheme", SchemeEntry)
    if entry is None:
        return None
    model = entry.model
    low, high = model.step_percent
    if low > high:
        message = f"from {low} to {high} percent is no range"
        scope.problems.add("bad-scheme", entry.at("step_percent"), message)
    for key in ("step_back_percent", "lighter_sets_percent"):
        if getattr(model, key) > 100:  # noqa: PLR2004 - percent
            message = f"`{key}` is more than all of it"
            scope.problems.add("bad-scheme", entry.at(key), message, "100 at most")
    easier = model.step_back == "easier"
    return entry.shaped(Scheme, easier_move=easier, sources=citations(entry, scope))
