"""Facts → the next question: what is still worth asking, and in which order.

A question is worth asking when some answer to it can still change the level, the session or
the verdict of an exercise this person could do. So each rule that is still open is looked at
for whether deciding it could *show*: an exercise that is out for certain needs no second
reason, a level that is reached needs no lower one, a cap that is met no looser one. The
questions that the remaining rules wait for are the candidates. Answers only ever shrink that
set, so its size is a true "at most … more".

What a question is there to change is the *outcome* of a plan: the level, the session (exercises,
order, doses, cues) and which exercises are allowed, freely or with limits. Two people with the
same outcome do the same things. Why an exercise is out, and what is said besides, is not in it:
no question is worth asking for that alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from advisor.answers import Facts, read_answers
from advisor.engine.ready import program_of, ranks_of
from advisor.findings import Findings, applies_wherever, can_be_settled, conclude, pending
from advisor.interview.view import View, Weights, view_of
from advisor.parts import load_document
from advisor.reasons import Reason, cue_sayings, reason
from advisor.result import Plan
from advisor.rulebase.bits import positions
from advisor.rulebase.shapes import (
    LEVELS,
    REFERRAL,
    Choice,
    Condition,
    Dose,
    Named,
    Question,
    RuleBase,
)
from advisor.session import NO_CHOICE, Session, build_routine

Waiting = dict[int, list[int]]  # questions, each with the rules that wait for its answer
LineOutcome = tuple[int, Dose, tuple[int, ...]]
Outcome = tuple[str, str | None, tuple[tuple[LineOutcome, ...], ...], int, int]


BY_LEVEL = LEVELS.index("entry")  # from this level on, it decides when a question comes


@dataclass(frozen=True)
class Step:
    """The next question: its place in the rule base, and the open rules that wait for it."""

    question: Question
    position: int
    waiting: tuple[int, ...]
    remaining_at_most: int
    facts: Facts
    rules: RuleBase

    @property
    def fact(self) -> str:
        """The id of the question."""
        return self.question.id

    @property
    def ask(self) -> str:
        """The words to ask it in."""
        return self.question.ask

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What can be chosen, for a choice or a set."""
        return self.question.choices

    @property
    def why(self) -> tuple[Reason, ...]:
        """The rules that wait for the answer, the weightiest first."""
        return tuple(
            reason(self.rules.rules[rule], self.facts, self.rules) for rule in self.waiting
        )


def next_question(answers: Mapping[str, object], rules: RuleBase) -> Step | None:
    """The next question worth asking, or None when no answer could change the plan.

    Raises AnswerError with every problem of the answers.
    """
    return next_step(read_answers(answers, rules), rules)


def next_step(facts: Facts, rules: RuleBase) -> Step | None:
    """The next question for facts already read."""
    return first_of(questions_left(facts, rules), facts, rules)


def first_of(waiting: Waiting, facts: Facts, rules: RuleBase) -> Step | None:
    """The one to ask first of the questions that can still matter."""
    if not waiting:
        return None
    best = min(waiting, key=lambda place: _urgency(place, waiting[place], rules))
    order = sorted(waiting[best], key=lambda rule: _weight(rule, rules))
    return Step(rules.questions[best], best, tuple(order), len(waiting), facts, rules)


def _urgency(place: int, rules_waiting: list[int], rules: RuleBase) -> tuple[int, ...]:
    """A key for questions, the most urgent first.

    Those that can be urgent alone come by the level they can reach. The others come theme by theme,
    as the author put them, so that a talk does not jump: first those that screen, in the author's
    order, then by the level they can reach with other answers, and by how many rules they decide.
    """
    rank = ranks_of(rules)[place]
    if rank >= REFERRAL:
        return (-rank, place) if rank > REFERRAL else (0, _theme(place, rules), 0, place)
    levels = program_of(rules).levels
    reached = max((levels[rule].level for rule in rules_waiting if rule in levels), default=0)
    by_level = -reached if reached >= BY_LEVEL else 0
    return 0, _theme(place, rules), 1, by_level, -len(rules_waiting), place


def _theme(place: int, rules: RuleBase) -> int:
    """Where the theme of a question begins."""
    theme = rules.questions[place].theme
    return next(at for at, each in enumerate(rules.questions) if each.theme == theme)


def _weight(rule: int, rules: RuleBase) -> tuple[int, int, int]:
    """A key for the rules that wait for an answer, the weightiest first."""
    program = program_of(rules)
    level = program.levels[rule].level if rule in program.levels else -1
    kinds: tuple[Mapping[int, object], ...] = (
        program.avoids,
        program.cautions,
        program.caps,
        program.prefers,
    )
    kind = next((i for i, table in enumerate(kinds) if rule in table), len(kinds))
    return -level, kind, rule


def questions_left(facts: Facts, rules: RuleBase) -> Waiting:
    """The questions that can still matter (by position), each with the rules that wait."""
    findings = conclude(facts, rules)
    settled = settled_level(facts, findings, rules)
    view = None if settled >= REFERRAL else view_of(facts, findings, rules)
    waiting = waited_for(_rules_that_can_show(facts, findings, settled, view, rules), facts, rules)
    if view is not None and view.weights is Weights.OPEN and (light := view.lightened(findings)):
        _add(waiting, Named(rules.weights_when), light, facts, rules)
    return waiting


def waited_for(open_rules: Iterable[int], facts: Facts, rules: RuleBase) -> Waiting:
    """The questions that open rules wait for."""
    waiting: Waiting = {}
    for rule in open_rules:
        _add(waiting, rules.rules[rule].when, [rule], facts, rules)
    return waiting


def _add(
    waiting: Waiting, when: Condition, which: list[int], facts: Facts, rules: RuleBase
) -> None:
    """Add the questions that a condition waits for, with the rules that wait for it."""
    for fact in pending(when, facts.by_name(rules), rules.finding):
        place = rules.question_position[fact]
        if facts.is_open(place):
            waiting.setdefault(place, []).extend(which)


def _rules_that_can_show(
    facts: Facts, findings: Findings, settled: int, view: View | None, rules: RuleBase
) -> Iterator[int]:
    """The unknown rules whose decision could still change the plan."""
    levels = program_of(rules).levels
    for rule in positions(findings.unknown):
        if rule in levels and levels[rule].level > settled:
            if can_be_settled(rule, facts, rules) and not (
                settled >= REFERRAL and _has_no_say(rule, facts, findings, rules)
            ):
                yield rule
        elif view is not None and view.can_show(rule):
            yield rule


def _has_no_say(rule: int, facts: Facts, findings: Findings, rules: RuleBase) -> bool:
    """Whether another open rule refers as far or further wherever this one does.

    Of two that always go together, the first one has the say.
    """
    levels = program_of(rules).levels

    def goes_first(other: int) -> bool:
        if levels[other].level > levels[rule].level or other < rule:
            return True
        return not applies_wherever(rule, other, facts, rules)

    return any(
        effect.level >= levels[rule].level
        and other != rule
        and applies_wherever(other, rule, facts, rules)
        and goes_first(other)
        for other, effect in levels.among(findings.unknown)
    )


def settled_level(facts: Facts, findings: Findings, rules: RuleBase) -> int:
    """The level that no answer can lower: of rules that are true, or that only doubt keeps open."""
    levels = program_of(rules).levels
    certain = [effect.level for _, effect in levels.among(findings.true)]
    doubtful = (
        effect.level
        for rule, effect in levels.among(findings.unknown)
        if not can_be_settled(rule, facts, rules)
    )
    return max([*certain, *doubtful], default=0)


def outcome(plan: Plan) -> Outcome:
    """What a plan comes to: status, level, lines, and the sets allowed with limits and freely."""
    days = tuple(
        tuple(
            (line.position, _told(line.dose, plan), cue_rules(plan, line.position))
            for line in day.lines
        )
        for day in _sessions(plan)
    )
    return plan.status, plan.level, days, plan.verdicts.caution, plan.verdicts.ok


def _sessions(plan: Plan) -> tuple[Session, ...]:
    """Every day, without what a person wishes: no question is asked for the sake of that."""
    if plan.choice != NO_CHOICE:
        return build_routine(plan.verdicts, plan.findings, plan.rules)
    return plan.sessions


def _told(dose: Dose, plan: Plan) -> Dose:
    """A dose as the plan tells it: not every load says something to everybody."""
    told = load_document(dose, None, None, known=plan.tells_weights)
    return dose if told else replace(dose, load_percent=None, load_step_percent=None)


def cue_rules(plan: Plan, position: int) -> tuple[int, ...]:
    """The rules that give an exercise its cues and limits."""
    return tuple(sorted({place for place, _ in cue_sayings(plan, position)}))
