"""One question → why it is asked: what is known, what waits for it, what each answer would do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from advisor.answers import Facts
from advisor.engine.ready import program_of
from advisor.explain.what_answers_do import NAMES, Outcome, outcomes
from advisor.explain.words import joined
from advisor.findings import pending
from advisor.plan import plan_for
from advisor.reasons import Reason, reason, spoken
from advisor.result import Plan
from advisor.rulebase.bits import positions
from advisor.rulebase.shapes import REFERRAL, Question, RuleBase
from advisor.rulebase.truth import facts_of


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

    def to_dict(self) -> dict[str, object]:
        """The same as plain values, ready for JSON."""
        return {
            "fact": self.question.id,
            "why": self.question.why,
            "known": dict(self.known),
            "waiting": [each.to_dict() for each in self.waiting],
            "outcomes": [
                {"answers": list(each.answers), "does": list(each.does)} for each in self.outcomes
            ],
        }


def why_asked(facts: Facts, question: Question, rules: RuleBase) -> WhyAsked:
    """Say why a question that is not answered yet is asked."""
    place = rules.question_position[question.id]
    now = plan_for(facts, rules)
    waiting = _waiting(now, question)
    order = sorted(waiting, key=lambda rule: (-_level(rule, rules), rule))
    reasons = (reason(rules.rules[rule], facts, rules) for rule in order)
    tried = tuple(outcomes(now, place, waiting))
    return WhyAsked(question, _known(waiting, facts, rules), _once(reasons), tried)


def _level(rule: int, rules: RuleBase) -> int:
    effect = program_of(rules).levels.get(rule)
    return effect.level if effect else -1


def _once(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Reasons, each text once: a rule for each piece of equipment says its reason many times."""
    return tuple({each.text: each for each in reasons}.values())


def _waiting(now: Plan, question: Question) -> list[int]:
    """The open rules that cannot be decided without this question and may still show."""
    rules, answers = now.rules, now.facts.by_name(now.rules)
    open_rules = [
        rule
        for rule in positions(now.findings.unknown)
        if question.id in pending(rules.rules[rule].when, answers, rules.finding)
    ]
    if now.careful.level >= REFERRAL:
        return [rule for rule in open_rules if _level(rule, rules) > now.careful.level]
    out = now.verdicts.avoid
    avoids = program_of(rules).avoids
    return [rule for rule in open_rules if rule not in avoids or avoids[rule] & ~out]


def _known(waiting: Iterable[int], facts: Facts, rules: RuleBase) -> tuple[tuple[str, object], ...]:
    """What was answered to the other questions that the waiting rules read."""
    read = {fact for rule in waiting for fact in facts_of(rules.rules[rule].when, rules.finding)}
    return tuple(
        (question.id, spoken(question.id, facts, rules))
        for place, question in enumerate(rules.asked)
        if question.id in read and not facts.is_open(place)
    )


@dataclass(frozen=True)
class Gain:
    """What a question not asked would decide: exercises that cannot be let in without it."""

    question: Question
    exercises: tuple[str, ...]

    @property
    def says(self) -> str:
        """What answering would add, as a clause."""
        if not self.exercises:
            return "would fit the plan to you"
        shown = self.exercises[:NAMES]
        more = len(self.exercises) - len(shown)
        return "may let in " + (f"{', '.join(shown)} and {more} more" if more else joined(shown))


def gains(facts: Facts, places: Iterable[int], rules: RuleBase) -> tuple[Gain, ...]:
    """What answering each of these questions could add to the plan."""
    plan = plan_for(facts, rules)
    answers = facts.by_name(rules)
    found: dict[int, int] = dict.fromkeys(places, 0)
    for rule, exercises in program_of(rules).avoids.among(plan.findings.unknown):
        mask = exercises & plan.verdicts.unresolved
        for fact in pending(rules.rules[rule].when, answers, rules.finding) if mask else ():
            place = rules.question_position[fact]
            if place in found:
                found[place] |= mask
    return tuple(
        Gain(rules.asked[place], tuple(rules.exercises[each].name for each in positions(mask)))
        for place, mask in found.items()
    )
