"""Plan → sayings: which rules speak about each part of a plan, and what they say there.

A saying is the position of a rule and the words it has for the place (empty: its own reason).
The words themselves are made by `reasons.py`; here it is only decided who speaks. A negative
position `~n` stands for the slot `n`, which speaks for a line that no rule prefers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from advisor.engine.ready import program_of
from advisor.findings import grounds, pending
from advisor.helplines import name_helplines
from advisor.reasons import Reason, reason, slot_reason
from advisor.rulebase.bits import positions
from advisor.verdicts import AVOID, UNRESOLVED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from advisor.result import Plan
    from advisor.session import Line

Saying = tuple[int, str]
OUT = (AVOID, UNRESOLVED)


def worded(saying: Saying, plan: Plan) -> Reason:
    """The reason that a saying stands for."""
    place, words = saying
    if place < 0:
        return slot_reason(plan.rules.slots[~place], plan.rules)
    text = name_helplines(words, plan.country, plan.rules.emergency_numbers)
    return reason(plan.rules.rules[place], plan.facts, plan.rules, text)


def level_sayings(plan: Plan) -> list[Saying]:
    """Why the level is what it is (or, while it is open, at least this)."""
    return [(place, "") for place in plan.careful.rules]


def said(plan: Plan, kind: str) -> Sequence[Saying]:
    """What the true rules have to say of one kind."""
    every = program_of(plan.rules).sayings.get(kind)
    return every.among(plan.findings.true) if every else ()


def contradictions(plan: Plan) -> list[Saying]:
    """Which answers do not fit together.

    What was stated clear in one word is no answer of its own, and is shown as such: it does not
    count here.
    """
    clear = {plan.rules.questions[place].id for place in plan.facts.stated_clear}
    answers = plan.facts.by_name(plan.rules)
    return [
        saying
        for saying in said(plan, "contradiction")
        if clear.isdisjoint(grounds(plan.rules.rules[saying[0]].when, answers, plan.rules.finding))
    ]


def cue_sayings(plan: Plan, position: int) -> Sequence[Saying]:
    """How to do an exercise: its limits for this person, its own cues, then those of rules."""
    cues = program_of(plan.rules).cues[position].among(plan.findings.true)
    return (*caution_sayings(plan, position), *cues)


def caution_sayings(plan: Plan, position: int) -> Sequence[Saying]:
    """The limits that apply to an exercise."""
    return program_of(plan.rules).limits[position].among(plan.findings.possible)


def choice_sayings(plan: Plan, line: Line) -> Sequence[Saying]:
    """What an exercise was preferred for; if nothing, why its slot is in the session."""
    preferring = program_of(plan.rules).preferring[line.position].among(plan.findings.true)
    return preferring or [(~_place(line.slot, plan), "")]


def _place(slot: str, plan: Plan) -> int:
    return next(place for place, each in enumerate(plan.rules.slots) if each.id == slot)


def standing_in_the_way(plan: Plan, position: int) -> tuple[int, ...]:
    """The rules that decide a verdict: those that forbid it, or else leave it unresolved."""
    word = plan.verdicts.words[position]
    if word not in OUT:
        return ()
    own = tuple(positions(forbidding(plan, position, word)))
    return own or (plan.careful.rules if word == AVOID else ())


def forbidding(plan: Plan, position: int, word: str) -> int:
    """The rules, apart from referrals, that give an exercise this verdict, as a mask."""
    which = plan.findings.true if word == AVOID else plan.findings.unknown
    return which & program_of(plan.rules).forbidders[position]


def needs(plan: Plan, position: int) -> list[str]:
    """The facts that would settle an unresolved exercise, in the author's order."""
    return needs_of(plan, positions(forbidding(plan, position, UNRESOLVED)))


def needs_of(plan: Plan, forbidders: Iterable[int]) -> list[str]:
    """The facts that unknown rules wait for, and those that the level waits for."""
    wanted = set(plan.careful.open_facts)
    referrals = positions(program_of(plan.rules).referrals & plan.findings.unknown)
    for place in (*forbidders, *referrals):
        wanted.update(plan.waiting[place])
    return [fact for fact in plan.rules.question_position if fact in wanted]


def waiting(plan: Plan) -> dict[int, tuple[str, ...]]:
    """The unknown rules that forbid exercises, each with the facts it waits for."""
    rules, answers = plan.rules, plan.facts.by_name(plan.rules)
    return {
        place: pending(rules.rules[place].when, answers, rules.finding)
        for place, _ in program_of(rules).avoids.among(plan.findings.unknown)
    }
