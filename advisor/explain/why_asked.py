"""One question → why it is asked: what is known, what waits for it, what each answer would do.

Each answer is tried on the whole pipeline, so that what is said of it is what would happen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import assert_never

from advisor.answers import NONE, UNSURE, Facts
from advisor.engine.ready import program_of
from advisor.explain.verbalization import exercise_names, few, joined
from advisor.findings import waits_for
from advisor.plan import plan_for
from advisor.reasons import Reason, reason, spoken
from advisor.result import Plan
from advisor.rulebase import shapes
from advisor.rulebase.bits import positions, union
from advisor.rulebase.shapes import LEVELS, REFERRAL, Question, RuleBase
from advisor.rulebase.truth import comparisons

NAMES = 4  # exercises named before "and more"


@dataclass(frozen=True)
class Outcome:
    """What some answers to a question would do, in words, `nothing` where they do nothing."""

    answers: tuple[str, ...]
    does: tuple[str, ...]

    @property
    def says(self) -> str:
        """What they would do, as one clause."""
        return "; ".join(self.does) or "nothing changes"


@dataclass(frozen=True)
class WhyAsked:
    """Why a question is asked.

    `known` are the answers that bear on it (`unsure` among them), `waiting` the rules that
    cannot be decided without it, `outcomes` what each answer would do.
    """

    question: Question
    known: tuple[tuple[str, object], ...]
    waiting: tuple[Reason, ...]
    outcomes: tuple[Outcome, ...]


def why_asked(facts: Facts, question: Question, rules: RuleBase) -> WhyAsked:
    """Say why a question that is not answered yet is asked."""
    now, place = plan_for(facts, rules), rules.question_position[question.id]
    waiting = _waiting(now, place)
    order = sorted(waiting, key=lambda rule: (-_level(rule, rules), rule))
    reasons = (reason(rules.rules[rule], facts, rules) for rule in order)
    # Each text once: a rule for each piece of equipment says its reason many times.
    once = tuple({each.text: each for each in reasons}.values())
    read = {place for rule in waiting for place in program_of(rules).facts[rule]}
    asked = (place for place in sorted(read) if place < len(rules.asked))
    names = [rules.questions[each].id for each in asked if not facts.is_open(each)]
    known = tuple((name, spoken(name, facts, rules)) for name in names)
    return WhyAsked(question, known, once, tuple(_outcomes(now, place, waiting)))


def _level(rule: int, rules: RuleBase) -> int:
    effect = program_of(rules).levels.get(rule)
    return effect.level if effect else -1


def _waiting(now: Plan, place: int) -> list[int]:
    """The open rules that cannot be decided without a question and may still show."""
    rules, avoids = now.rules, program_of(now.rules).avoids
    open_rules = [
        rule
        for rule in positions(now.findings.unknown)
        if waits_for(rule, now.facts, rules) >> place & 1
    ]
    if now.careful.level >= REFERRAL:
        return [rule for rule in open_rules if _level(rule, rules) > now.careful.level]
    out = now.verdicts.avoid
    return [rule for rule in open_rules if rule not in avoids or avoids[rule] & ~out]


def _outcomes(now: Plan, place: int, waiting: list[int]) -> Iterator[Outcome]:
    """What each answer would do; answers that do the same stand together."""
    question = now.rules.questions[place]
    tried = [(words, _effects(now, place, code)) for words, code in _samples(now, place, waiting)]
    if question.is_number:
        for does, group in groupby(tried, key=lambda each: each[1]):
            ends = [word for words, _ in group for word in words]
            low, high = ends[0], ends[-1]
            yield Outcome((low if low == high else f"{low} to {high}",), does)
    else:
        same: dict[tuple[str, ...], list[str]] = {}
        for words, does in tried:
            same.setdefault(does, []).extend(words)
        yield from (Outcome(tuple(answers), does) for does, answers in same.items())
    yield Outcome((UNSURE,), _effects(now, place, None))


def _samples(now: Plan, place: int, waiting: list[int]) -> Iterator[tuple[tuple[str, ...], int]]:
    """Answers to try, each with the words for it; of a set, each choice alone.

    Of numbers, the stretches that no waiting rule tells apart: the first and last, and the first.
    """
    rules, question = now.rules, now.rules.questions[place]
    kind = question.type
    match kind:
        case shapes.YesNo():
            yield from ((("yes",), 1), (("no",), 0))
        case shapes.Number():
            tests = (
                test
                for rule in waiting
                for test in comparisons(rules.rules[rule].when, rules.finding)
                if test.fact == question.id
            )
            ends = {end for test in tests for end in (test.operand[0], test.operand[-1] + 1)}
            for low, end in pairwise(kind.edges(question, ends)):
                yield (kind.text(question, low), kind.text(question, end - 1)), low
        case shapes.SomeOf():
            yield from (((each.id,), 1 << code) for code, each in enumerate(question.choices))
            yield (NONE,), 0
        case shapes.OneOf():
            yield from (((each.id,), code) for code, each in enumerate(question.choices))
        case _:
            assert_never(kind)


def _effects(now: Plan, place: int, code: int | None) -> tuple[str, ...]:
    """What one answer would change, in words."""
    then = plan_for(now.facts.with_answer(place, code), now.rules)
    level = then.careful.level
    if level > now.careful.level:
        says = now.rules.levels[level].says.rstrip(".")
        if level >= REFERRAL:
            return (f"no session ({LEVELS[level]}): {says}",)
        return (f"at least `{LEVELS[level]}`: {says}", *_exercises(now, then))
    return (*_exercises(now, then), *_smaller(now, then)) or tuple(_nearer(now, then))


def _exercises(now: Plan, then: Plan) -> Iterator[str]:
    """The exercises that an answer puts out, lets in, or frees of a limit."""
    before, after = now.verdicts, then.verdicts
    for word, mask in (
        ("leaves out", after.avoid & ~before.avoid),
        ("lets in", after.allowed & ~before.allowed),
        ("lifts a limit on", after.ok & before.caution),
    ):
        if mask:
            yield f"{word} {_named(mask, now.rules)}"


def _nearer(now: Plan, then: Plan) -> Iterator[str]:
    """Of the exercises still open: those for which one thing in the way no longer is."""
    gone = now.findings.unknown & ~then.findings.possible
    avoided = union(mask for _, mask in program_of(now.rules).avoids.among(gone))
    mask = avoided & then.verdicts.unresolved
    if mask:
        every = mask == then.verdicts.unresolved | then.verdicts.allowed
        where = "a session" if every else _named(mask, now.rules)
        yield f"one thing less stands in the way of {where}"


def _named(mask: int, rules: RuleBase) -> str:
    names = exercise_names(mask, rules)
    if len(names) == len(rules.exercises):
        return "every exercise"
    return few(names, NAMES) if len(names) > NAMES + 1 else joined(names)


def _smaller(now: Plan, then: Plan) -> Iterator[str]:
    """What an answer changes besides the level and which exercises there are."""
    program = program_of(now.rules)
    new = then.findings.true & ~now.findings.true
    if now.findings.unknown & ~then.findings.possible & program.caps.mask:
        yield "allows a fuller dose"
    liked = union(
        effect.exercises for _, effects in program.prefers.among(new) for effect in effects
    )
    if 0 < liked.bit_count() <= NAMES + 1:
        yield f"prefers {_named(liked, now.rules)}"
    elif new & program.prefers.mask:
        yield "changes what comes first"
    if new & program.advises.mask:
        yield "adds advice"


def gains(facts: Facts, places: Iterable[int], rules: RuleBase) -> Iterator[tuple[Question, str]]:
    """What answering each of these questions could add to the plan, as a clause."""
    plan, found = plan_for(facts, rules), dict.fromkeys(places, 0)
    for rule, exercises in program_of(rules).avoids.among(plan.findings.unknown):
        for place in positions(waits_for(rule, facts, rules)):
            if place in found:
                found[place] |= exercises & plan.verdicts.unresolved
    for place, mask in found.items():
        names = exercise_names(mask, rules)
        told = few(names, NAMES) if len(names) > NAMES else joined(names)
        yield rules.questions[place], f"may let in {told}" if mask else "would fit the plan to you"
