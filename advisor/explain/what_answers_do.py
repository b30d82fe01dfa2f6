"""One question → what each answer to it would do, in words.

Each answer is tried on the whole pipeline, so that what is said of it is what would happen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import assert_never

from advisor.answers import NONE, UNSURE
from advisor.engine.ready import program_of
from advisor.explain.words import exercise_names, joined
from advisor.plan import plan_for
from advisor.result import Plan
from advisor.rulebase.shapes import LEVELS, REFERRAL, Number, OneOf, Question, SomeOf, YesNo
from advisor.rulebase.shapes.base import RuleBase
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


def outcomes(now: Plan, place: int, waiting: list[int]) -> Iterator[Outcome]:
    """What each answer would do; answers that do the same stand together."""
    question = now.rules.questions[place]
    tried = [(words, _effects(now, place, code)) for words, code in _samples(now, place, waiting)]
    if question.is_number:
        for does, group in groupby(tried, key=lambda each: each[1]):
            ends = [word for words, _ in group for word in words]
            yield Outcome((_range(ends[0], ends[-1]),), does)
    else:
        same: dict[tuple[str, ...], list[str]] = {}
        for words, does in tried:
            same.setdefault(does, []).extend(words)
        for does, answers in same.items():
            yield Outcome(tuple(answers), does)
    yield Outcome((UNSURE,), _effects(now, place, None))


def _range(low: str, high: str) -> str:
    return low if low == high else f"{low} to {high}"


def _samples(now: Plan, place: int, waiting: list[int]) -> Iterator[tuple[tuple[str, ...], int]]:
    """Answers to try, each with the words for it; of a set, each choice alone."""
    question = now.rules.questions[place]
    kind = question.type
    match kind:
        case YesNo():
            yield from ((("yes",), 1), (("no",), 0))
        case Number():
            yield from _spans(question, kind, waiting, now.rules)
        case SomeOf():
            yield from (((each.id,), 1 << code) for code, each in enumerate(question.choices))
            yield (NONE,), 0
        case OneOf():
            yield from (((each.id,), code) for code, each in enumerate(question.choices))
        case _:
            assert_never(kind)


def _spans(
    question: Question, kind: Number, waiting: list[int], rules: RuleBase
) -> Iterator[tuple[tuple[str, str], int]]:
    """The stretches of numbers that no waiting rule tells apart: first, last, and the first."""
    ends: set[int] = set()
    for rule in waiting:
        for test in comparisons(rules.rules[rule].when, rules.finding):
            if test.fact == question.id:
                ends |= {test.operand[0], test.operand[-1] + 1}
    for low, end in pairwise(kind.edges(question, ends)):
        yield (kind.text(question, low), kind.text(question, end - 1)), low


def _effects(now: Plan, place: int, code: int | None) -> tuple[str, ...]:
    """What one answer would change, in words."""
    then = plan_for(now.facts.with_answer(place, code), now.rules)
    if then.careful.level > now.careful.level:
        says = now.rules.levels[then.careful.level].says.rstrip(".")
        if then.careful.level >= REFERRAL:
            return (f"no session ({LEVELS[then.careful.level]}): {says}",)
        return (f"at least `{LEVELS[then.careful.level]}`: {says}", *_exercises(now, then))
    changes = (*_exercises(now, then), *_smaller(now, then))
    return changes or _nearer(now, then)


def _exercises(now: Plan, then: Plan) -> tuple[str, ...]:
    """The exercises that an answer puts out, lets in, or frees of a limit."""
    before, after = now.verdicts, then.verdicts
    out = after.avoid & ~before.avoid
    let_in = after.allowed & ~before.allowed
    freed = after.ok & before.caution
    told_of = (("leaves out", out), ("lets in", let_in), ("lifts a limit on", freed))
    return tuple(f"{word} {_named(mask, now.rules)}" for word, mask in told_of if mask)


def _nearer(now: Plan, then: Plan) -> tuple[str, ...]:
    """Of the exercises still open: those for which one thing in the way no longer is."""
    mask = 0
    for _, exercises in program_of(now.rules).avoids.among(
        now.findings.unknown & ~then.findings.possible
    ):
        mask |= exercises
    mask &= then.verdicts.unresolved
    if not mask:
        return ()
    if mask == then.verdicts.unresolved | then.verdicts.allowed:
        return ("one thing less stands in the way of a session",)
    return (f"one thing less stands in the way of {_named(mask, now.rules)}",)


def _named(mask: int, rules: RuleBase) -> str:
    names = exercise_names(mask, rules)
    if len(names) == len(rules.exercises):
        return "every exercise"
    if len(names) > NAMES + 1:
        return f"{', '.join(names[:NAMES])} and {len(names) - NAMES} more"
    return joined(names)


def _smaller(now: Plan, then: Plan) -> Iterator[str]:
    """What an answer changes besides the level and which exercises there are."""
    program = program_of(now.rules)
    new = then.findings.true & ~now.findings.true
    if now.findings.unknown & ~then.findings.possible & program.caps.mask:
        yield "allows a fuller dose"
    liked = 0
    for _, effects in program.prefers.among(new):
        for effect in effects:
            liked |= effect.exercises
    if 0 < liked.bit_count() <= NAMES + 1:
        yield f"prefers {_named(liked, now.rules)}"
    elif new & program.prefers.mask:
        yield "changes what comes first"
    if new & program.advises.mask:
        yield "adds advice"
