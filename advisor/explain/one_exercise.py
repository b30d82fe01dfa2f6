"""One exercise → its verdict for a person, what to do instead, and what would bring it back.

Of an allowed one that stands on no day: what took its place on each, and why.

Only answers a person can do something about are ever offered as a change, and each offer has
been run through the whole pipeline before it is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, product
from typing import assert_never

from advisor.answers import Facts
from advisor.document import plan_document, verdict_document
from advisor.engine.ready import program_of
from advisor.explain.what_if import changed_answers
from advisor.findings import grounds
from advisor.json_text import Json
from advisor.parts import line_document
from advisor.plan import plan_for
from advisor.reasons import cue_sayings, level_reasons, spoken, standing_in_the_way, worded
from advisor.result import Plan
from advisor.rulebase.bits import mask_of
from advisor.rulebase.shapes import (
    Comparison,
    Number,
    OneOf,
    Question,
    RuleBase,
    Slot,
    SomeOf,
    YesNo,
)
from advisor.rulebase.truth import comparisons
from advisor.session import APART, LEFT_OUT, Session, line_of

PREFERRED, ORDER, WISHED = "preferred", "order", "wished"
MOST_CHANGES = 3  # nobody weighs up more at once
# What a verdict needs of the plan around it, above all whether there is one.
_FROM_PLAN = (
    *("status", "level", "level_says", "referral", "safety_net", "open_questions", "command"),
)
_OF_A_DOSE = (
    *("notation", "sets", "reps", "hold_seconds", "per_side", "rest_seconds", "reps_in_reserve"),
    *("tempo", "load"),
)


def check_document(plan: Plan, exercise_id: str) -> Json:
    """The JSON of `legday check` for one exercise.

    How it is done is told to whom it is allowed, and to whom it would be after a change.
    """
    position = plan.rules.position[exercise_id]
    exercise = plan.rules.exercises[position]
    allowed = plan.verdicts.allowed >> position & 1
    changes = [] if allowed else would_change(plan, position)
    cues = cue_sayings(plan, position) if allowed or changes else ()
    return {
        "exercise": exercise.id,
        **verdict_document(plan, position),
        "dose": dose_document(plan, position) if allowed else None,
        "cues": [worded(each, plan).to_dict() for each in cues],
        "mistakes": list(exercise.mistakes),
        "not_picked": not_picked(plan, position),
        "would_change": changes,
        "cannot_change": [] if allowed else cannot_change(plan, position),
        "easier": list(exercise.easier),
        "harder": list(exercise.harder),
        **plan_document(plan, _FROM_PLAN),
        "level_reasons": level_reasons(plan),
    }


def dose_document(plan: Plan, position: int) -> Json | None:
    """The dose of an exercise that is allowed, and why it is no larger; None without a session.

    It is that of the first slot that takes it: the same as where it stands on a day.
    """
    slots = (slot for slot in plan.rules.slots if plan.rules.slot_masks[slot.id] >> position & 1)
    slot = next(slots, None)
    if slot is None or plan.session is None:
        return None
    line = line_of(slot, position, plan.findings, plan.rules)
    told = line_document(line, plan.rules, known=plan.tells_weights)
    return {
        **{key: told[key] for key in _OF_A_DOSE},
        "units": plan.wishes.units,
        "reasons": [worded((place, ""), plan).to_dict() for place in line.capped_by],
    }


def not_picked(plan: Plan, position: int) -> list[Json]:
    """For each slot that takes an exercise: the one that stands there, and why not this one.

    `why` is `left_out` where it is wished away or on trial; `preferred` where rules speak more for
    the other, which are the `reasons`; `order` where they speak for both alike and the catalogue's
    order decides; `wished` where the other was asked for; otherwise `apart`, as it does not go with
    a move of that day; and where nothing stands, why the slot is empty. Nothing is said of an
    exercise that is picked or not allowed, or without a session.
    """
    picked = mask_of(line.position for session in plan.sessions for line in session.lines)
    if not (plan.verdicts.allowed & ~picked) >> position & 1:
        return []
    days = {day.id: place for place, day in enumerate(plan.rules.routine)}
    return [
        _passed_over(plan, position, session, slot)
        for session in plan.sessions
        for slot, mask in plan.rules.slots_of[days[session.day]]
        if mask >> position & 1
    ]


def _passed_over(plan: Plan, position: int, session: Session, slot: Slot) -> Json:
    """What became of one slot of a day."""
    first = next((line.position for line in session.lines if line.slot == slot.id), None)
    gap = next((each.reason for each in session.empty if each.slot == slot.id), "")
    why = gap if first is None else _why(plan, first, position)
    why = LEFT_OUT if plan.choice.without >> position & 1 else why
    return {
        "day": session.day,
        "slot": slot.id,
        "picked": None if first is None else plan.rules.exercises[first].id,
        "why": why,
        "reasons": [] if first is None or why != PREFERRED else _for(first, position, plan),
    }


def _for(picked: int, position: int, plan: Plan) -> list[Json]:
    """What speaks for one exercise and not for the other."""
    preferring = program_of(plan.rules).preferring
    true = plan.findings.true
    both = {rule for rule, _ in preferring[position].among(true)}
    own = (rule for rule, _ in preferring[picked].among(true) if rule not in both)
    return [worded((rule, ""), plan).to_dict() for rule in own]


def _why(plan: Plan, first: int, position: int) -> str:
    """Why the one exercise stands where the other could; they are picked by weight, then order."""
    weights = plan.verdicts.weights
    if weights[first] > weights[position]:
        return PREFERRED
    if weights[first] == weights[position] and first < position:
        return ORDER
    return WISHED if plan.choice.wanted >> first & 1 else APART


def would_change(plan: Plan, position: int) -> list[Json]:
    """The smallest set of changes that makes an exercise allowed; empty if there is none."""
    options = _changes(plan, position)
    for size in range(1, MOST_CHANGES + 1):
        for places in combinations(options, size):
            for codes in product(*(options[place] for place in places)):
                facts = with_changes(plan.facts, zip(places, codes, strict=True))
                after = plan_for(facts, plan.rules)
                if after.session and after.verdicts.allowed >> position & 1:
                    return changed_answers(plan.facts, facts, plan.rules)
    return []


def cannot_change(plan: Plan, position: int) -> list[Json]:
    """The answers in the way that a person can do nothing about, such as a history."""
    rules, answers = plan.rules, plan.facts.by_name(plan.rules)
    facts = dict.fromkeys(
        fact
        for place in standing_in_the_way(plan, position)
        for fact in grounds(rules.rules[place].when, answers, rules.finding)
    )
    return [
        {"fact": fact, "is": spoken(fact, plan.facts, rules)}
        for fact in facts
        if not rules.question[fact].changeable and answers[fact] is not None
    ]


def with_changes(facts: Facts, changes: Iterable[tuple[int, int | None]]) -> Facts:
    """The same person with some answers (questions, each with a code) changed."""
    for place, code in changes:
        facts = facts.with_answer(place, code)
    return facts


def _changes(plan: Plan, position: int) -> dict[int, list[int]]:
    """For each changeable fact that the rules in the way read: answers worth trying."""
    rules = plan.rules
    tests: dict[int, list[Comparison]] = {}
    for rule in sorted({*standing_in_the_way(plan, position), *plan.careful.rules}):
        for test in comparisons(rules.rules[rule].when, rules.finding):
            if rules.question[test.fact].changeable:
                tests.setdefault(rules.question_position[test.fact], []).append(test)
    return {place: _answers(place, each, plan.facts, rules) for place, each in tests.items()}


def _answers(place: int, tests: list[Comparison], facts: Facts, rules: RuleBase) -> list[int]:
    """Answers that differ from the present one, the nearest first."""
    question, now = rules.questions[place], facts.values[place]
    found = dict.fromkeys(code for test in tests for code in _near(question, now, test))
    others = [code for code in found if code != now]
    if question.is_number and now is not None:
        others.sort(key=lambda code: abs(code - now))
    return others


def _near(question: Question, now: int | None, test: Comparison) -> Iterator[int]:
    """The answers nearest to the present one on the other side of a test."""
    kind = question.type
    match kind:
        case YesNo() | OneOf():
            yield from range(kind.count(question))
        case Number():
            low, high = test.operand
            edges = (low - 1, high + 1, low, high)
            yield from (edge for edge in edges if question.minimum <= edge <= question.maximum)
        case SomeOf():
            have, mask = now or 0, test.operand[1]
            yield from (have | mask, have & ~mask)
        case _:
            assert_never(kind)
