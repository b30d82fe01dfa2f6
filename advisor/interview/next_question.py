"""Facts → the next question: what is still worth asking, and in which order.

A question is worth asking when some answer to it can still change what the person came for. There
are two doors. Behind the first one that is the *outcome* of a plan: the level, the session
(exercises, order, doses, cues) and which exercises are allowed, freely or with limits. Two people
with the same outcome do the same things. Why an exercise is out, and what is said besides, is not
in it: no question is worth asking for that alone. Behind the second one it is whether there is a
referral, what is suspected, and what is advised in the search for a cause; the screening is the
same, for only somebody who may train may search.

So each rule that is still open is looked at for whether deciding it could *show*: an exercise that
is out for certain needs no second reason, a level that is reached needs no lower one, a cap that is
met no looser one. The questions that the remaining rules wait for are the candidates. Answers only
ever shrink that set, so its size is a true "at most … more".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.answers import Facts, read_answers
from advisor.engine.ready import program_of, ranks_of, table_of
from advisor.findings import (
    Findings,
    applies_wherever,
    can_be_settled,
    can_become_true,
    conclude,
    finding_can_become_true,
    pending,
    waits_for,
)
from advisor.interview.reach import Bounds
from advisor.json_text import Json
from advisor.parts import question_document
from advisor.reasons import Reason, facts_read, reason
from advisor.rulebase.bits import kept_positions, mask_of, positions
from advisor.rulebase.shapes import CHOICE, LEVELS, REFERRAL, Choice, Named, Question, RuleBase
from advisor.rulebase.truth import truth
from advisor.suspects import is_well

Waiting = dict[int, list[int]]  # questions, each with the rules that wait for its answer

PLAN, TROUBLESHOOT = "plan", "troubleshoot"  # the doors
BY_LEVEL = LEVELS.index("entry")  # from this level on, it decides when a question comes


@dataclass(frozen=True)
class Step:
    """The next question: its place in the rule base, and the open rules that wait for it.

    `left` are all the questions that can still matter, this one among them.
    """

    question: Question
    position: int
    waiting: tuple[int, ...]
    left: Waiting
    facts: Facts
    rules: RuleBase

    @property
    def remaining_at_most(self) -> int:
        """How many questions can still be asked at most, with this one."""
        return len(self.left)

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
        codes = self.facts.codes
        read, kept = program_of(self.rules).read, table_of(_reason, self.rules)
        return tuple(kept[rule, read[rule](codes)] for rule in self.waiting)


def _reason(rules: RuleBase, key: tuple[int, object]) -> Reason:
    """What a rule gives as its reason to those who answered what it reads alike."""
    rule, answers = key
    return reason(rules.rules[rule], facts_read(rule, answers, rules), rules)


def next_question(answers: Mapping[str, object], rules: RuleBase) -> Step | None:
    """The next question worth asking, or None when no answer could change the plan.

    Raises AnswerError with every problem of the answers.
    """
    return next_step(read_answers(answers, rules), rules)


def next_step(facts: Facts, rules: RuleBase, door: str = PLAN) -> Step | None:
    """The next question behind a door, for facts already read."""
    left = causes_left(facts, rules) if door == TROUBLESHOOT else questions_left(facts, rules)
    if not left:
        return None
    best = min(left, key=lambda place: _urgency(place, left[place], rules))
    order = sorted(left[best], key=lambda rule: _weight(rule, rules))
    return Step(rules.questions[best], best, tuple(order), left, facts, rules)


def next_document(step: Step | None, facts: Facts, rules: RuleBase) -> Json:
    """Put the next question as JSON."""
    answered = sum(not facts.is_open(place) for place in range(len(rules.asked)))
    if step is None:
        return {"question": None, "answered": answered, "remaining_at_most": 0}
    question = question_document(step.question) | {
        "help": step.question.help,
        "why": [reason.to_dict() for reason in step.why],
    }
    return {"question": question, "answered": answered, "remaining_at_most": step.remaining_at_most}


def door_question(rules: RuleBase) -> Question | None:
    """The question what somebody came for; None where there is only one thing to come for."""
    if rules.doors is None or not program_of(rules).suspects:
        return None
    choices = (Choice(PLAN, rules.doors.plan), Choice(TROUBLESHOOT, rules.doors.troubleshoot))
    return Question("door", CHOICE, rules.doors.ask, choices=choices)


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
    """The questions that can still matter to a plan, each with the rules that wait."""
    findings = conclude(facts, rules)
    stuck, never = _doubtful(findings, facts, rules)
    settled, higher = _levels(findings, stuck, rules)
    if settled >= REFERRAL:
        showing = mask_of(
            rule
            for rule in positions(higher & ~stuck)
            if not _has_no_say(rule, facts, findings, rules)
        )
        return _waited_for(showing, facts, rules)
    told = _tells_weights(facts, rules)
    bounds = Bounds(findings, findings.true | stuck, rules, told=told)
    lower = findings.unknown & ~higher
    showing = (higher | bounds.restricting() & lower) & ~stuck | bounds.informing() & lower & ~never
    waiting = _waited_for(showing, facts, rules)
    if told is None and (light := positions(bounds.lightening())):
        finding = Named(rules.weights_when)
        for fact in pending(finding, facts.by_name(rules), rules.finding):
            place = rules.question_position[fact]
            if facts.is_open(place):
                waiting.setdefault(place, []).extend(light)
    return waiting


def causes_left(facts: Facts, rules: RuleBase) -> Waiting:
    """The questions that can still matter to the causes, each with the rules that wait."""
    findings, program = conclude(facts, rules), program_of(rules)
    stuck, never = _doubtful(findings, facts, rules)
    settled, higher = _levels(findings, stuck, rules)
    referring = higher & program.referrals
    showing = referring & ~stuck
    if settled < REFERRAL and not is_well(facts, rules):
        search = program.suspects.mask | program.sayings["troubleshooting"].mask
        showing |= findings.unknown & search & ~referring & ~never
    return _waited_for(showing, facts, rules)


def _waited_for(showing: int, facts: Facts, rules: RuleBase) -> Waiting:
    """The questions that some open rules (a mask) wait for."""
    waiting: Waiting = {}
    for rule in positions(showing):
        for place in kept_positions(waits_for(rule, facts, rules)):
            if place not in facts.not_sure:
                waiting.setdefault(place, []).append(rule)
    return waiting


def _doubtful(findings: Findings, facts: Facts, rules: RuleBase) -> tuple[int, int]:
    """The open rules that no answer can make false, and those that none can make true: masks.

    Only what a person is not sure of keeps a rule so.
    """
    unsure = [
        rule
        for rule in (positions(findings.unknown) if facts.not_sure else ())
        if not facts.not_sure.isdisjoint(program_of(rules).facts[rule])
    ]
    stuck = (rule for rule in unsure if not can_be_settled(rule, facts, rules))
    never = (rule for rule in unsure if not can_become_true(rule, facts, rules))
    return mask_of(stuck), mask_of(never)


def _levels(findings: Findings, stuck: int, rules: RuleBase) -> tuple[int, int]:
    """The level that no answer can lower, and the open rules (a mask) that could raise it."""
    levels = program_of(rules).levels
    certain = levels.among(findings.true | stuck)
    settled = max((effect.level for _, effect in certain), default=0)
    open_rules = levels.among(findings.unknown)
    return settled, mask_of(rule for rule, effect in open_rules if effect.level > settled)


def _tells_weights(facts: Facts, rules: RuleBase) -> bool | None:
    """Whether a part of the usual weight says something to this person; None while that is open."""
    if not rules.weights_when:
        return True
    said = truth(Named(rules.weights_when), facts.by_name(rules), rules.finding)
    if said is None and finding_can_become_true(rules.weights_when, facts, rules):
        return None
    return bool(said)


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
