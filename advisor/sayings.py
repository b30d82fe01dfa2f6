"""Plan → sayings: which rules speak about each part of a plan, and what they say there.

A saying is the position of a rule and the words it has for the place (empty: its own reason).
The words themselves are made by `reasons.py`; here it is only decided who speaks. A negative
position `~n` stands for the slot `n`, which speaks for a line that no rule prefers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from advisor.findings import grounds, pending
from advisor.helplines import name_helplines
from advisor.reasons import Reason, reason, slot_reason
from advisor.rulebase.shapes import REFERRAL
from advisor.verdicts import AVOID, UNRESOLVED

if TYPE_CHECKING:
    from advisor.plan import Plan
    from advisor.session import Line

Saying = tuple[int, str]


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


def said(plan: Plan, kind: str) -> list[Saying]:
    """What the true rules have to say of one kind."""
    true = plan.findings.true_set
    return [each for each in plan.rules.program.sayings.get(kind, ()) if each[0] in true]


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


def cue_sayings(plan: Plan, position: int) -> list[Saying]:
    """How to do an exercise: its limits for this person, its own cues, then those of rules."""
    true = plan.findings.true_set
    cues = plan.rules.program.cues[position]
    return caution_sayings(plan, position) + [each for each in cues if each[0] in true]


def caution_sayings(plan: Plan, position: int) -> list[Saying]:
    """The limits that apply to an exercise."""
    possible = plan.findings.possible_set
    return [each for each in plan.rules.program.limits[position] if each[0] in possible]


def choice_sayings(plan: Plan, line: Line) -> list[Saying]:
    """What an exercise was preferred for; if nothing, why its slot is in the session."""
    true = plan.findings.true_set
    preferring = plan.rules.program.preferring[line.position]
    slots = plan.rules.slots
    slot = next(place for place, slot in enumerate(slots) if slot.id == line.slot)
    return [(place, "") for place in preferring if place in true] or [(~slot, "")]


def standing_in_the_way(plan: Plan, position: int) -> tuple[int, ...]:
    """The rules that decide a verdict: those that forbid it, or else leave it unresolved."""
    word = plan.verdicts.words[position]
    if word not in plan.forbidding:
        return ()
    own = plan.forbidding[word][position]
    return tuple(own) or (plan.careful.rules if word == AVOID else ())


def forbidding(plan: Plan) -> dict[str, list[list[int]]]:
    """By verdict, for each exercise the rules that forbid it, apart from referrals."""
    found = {AVOID: plan.findings.true, UNRESOLVED: plan.findings.unknown}
    return {word: _by_exercise(places, plan) for word, places in found.items()}


def _by_exercise(places: tuple[int, ...], plan: Plan) -> list[list[int]]:
    levels, forbidden = plan.rules.program.levels, plan.rules.program.forbidden
    lists: list[list[int]] = [[] for _ in plan.rules.exercises]
    for place in places:
        if place in forbidden and (place not in levels or levels[place].level < REFERRAL):
            for position in forbidden[place]:
                lists[position].append(place)
    return lists


def needs(plan: Plan, position: int) -> list[str]:
    """The facts that would settle an unresolved exercise, in the author's order."""
    return needs_of(plan, tuple(plan.forbidding[UNRESOLVED][position]))


def needs_of(plan: Plan, forbidders: tuple[int, ...]) -> list[str]:
    """The facts that unknown rules wait for, and those that the level waits for."""
    wanted = set(plan.careful.open_facts)
    waiting = plan.waiting
    for place in (*forbidders, *(plan.rules.program.referrals & waiting.keys())):
        wanted.update(waiting[place])
    return [fact for fact in plan.rules.question_position if fact in wanted]


def waiting(plan: Plan) -> dict[int, tuple[str, ...]]:
    """The unknown rules that forbid exercises, each with the facts it waits for."""
    rules, answers = plan.rules, plan.facts.by_name(plan.rules)
    return {
        place: pending(rules.rules[place].when, answers, rules.finding)
        for place in plan.findings.unknown
        if place in rules.program.avoids
    }
