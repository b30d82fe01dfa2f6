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

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from advisor.answers import Facts, read_answers
from advisor.engine.ready import program_of, ranks_of
from advisor.findings import Findings, can_be_settled, can_become_true, conclude, pending
from advisor.reasons import Reason, cue_sayings, reason
from advisor.result import Plan
from advisor.rulebase.bits import mask_of, positions
from advisor.rulebase.shapes import (
    LEVELS,
    REFERRAL,
    SCHEDULE,
    Cap,
    Choice,
    Dose,
    Question,
    RuleBase,
)
from advisor.session import Session, build_routine, slot_weights
from advisor.verdicts import weigh

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
    waiting = questions_left(facts, rules)
    if not waiting:
        return None
    best = min(waiting, key=lambda place: _urgency(place, waiting[place], rules))
    order = sorted(waiting[best], key=lambda rule: _weight(rule, rules))
    return Step(rules.questions[best], best, tuple(order), len(waiting), facts, rules)


def _urgency(place: int, rules_waiting: list[int], rules: RuleBase) -> tuple[int, int, int, int]:
    """A key for questions, the most urgent first.

    Those that screen come by the level they can reach alone, in the author's order; the others by
    the level they can reach together with other answers, and by how many rules they decide.
    """
    rank = ranks_of(rules)[place]
    if rank >= REFERRAL:
        return -rank, 0, 0, place
    levels = program_of(rules).levels
    reached = max((levels[rule].level for rule in rules_waiting if rule in levels), default=0)
    return 0, -reached if reached >= BY_LEVEL else 0, -len(rules_waiting), place


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


def questions_left(facts: Facts, rules: RuleBase) -> dict[int, list[int]]:
    """The questions that can still matter (by position), each with the rules that wait."""
    findings = conclude(facts, rules)
    answers = facts.by_name(rules)
    waiting: dict[int, list[int]] = {}
    for rule in _rules_that_can_show(facts, findings, rules):
        for fact in pending(rules.rules[rule].when, answers, rules.finding):
            place = rules.question_position[fact]
            if facts.is_open(place):
                waiting.setdefault(place, []).append(rule)
    return waiting


def _rules_that_can_show(facts: Facts, findings: Findings, rules: RuleBase) -> Iterator[int]:
    """The unknown rules whose decision could still change the plan."""
    levels = program_of(rules).levels
    settled = _settled_level(facts, findings, rules)
    view = None if settled >= REFERRAL else _view(facts, findings, rules)
    for rule in positions(findings.unknown):
        if rule in levels and levels[rule].level > settled:
            if can_be_settled(rule, facts, rules):
                yield rule
        elif view is not None and view.can_show(rule):
            yield rule


def _settled_level(facts: Facts, findings: Findings, rules: RuleBase) -> int:
    """The level that no answer can lower: of rules that are true, or that only doubt keeps open."""
    levels = program_of(rules).levels
    certain = [effect.level for _, effect in levels.among(findings.true)]
    doubtful = (
        effect.level
        for rule, effect in levels.among(findings.unknown)
        if not can_be_settled(rule, facts, rules)
    )
    return max([*certain, *doubtful], default=0)


@dataclass(frozen=True)
class _View:
    """What is settled about the exercises, as far as it decides which rules can show.

    `alive`: not out for certain. `limited`: a caution at best, for certain. `contenders`: alive,
    and able to win a slot. `low` and `high` bound each exercise's preference weight. `caps`: those
    that apply for certain.
    """

    facts: Facts
    rules: RuleBase
    alive: int
    limited: int
    contenders: int
    low: tuple[int, ...]
    high: tuple[int, ...]
    caps: tuple[Cap, ...]
    slots_in_doubt: frozenset[str]
    most: int  # the lines that the session has at most, whatever the open rules come to

    def can_show(self, rule: int) -> bool:
        """Whether deciding a rule one way or the other could change the plan."""
        program = program_of(self.rules)
        lifted = (
            program.avoids.get(rule, 0) & self.alive
            or program.cautions.get(rule, 0) & (self.alive & ~self.limited | self.contenders)
            or any(self._cap_shows(cap) for cap in program.caps.get(rule, ()))
            or program.lines.get(rule, self.most) < self.most
        )
        if lifted and can_be_settled(rule, self.facts, self.rules):
            return True
        informed = any(
            self._preference_shows(effect.exercises) or self.slots_in_doubt & {*effect.slots}
            for effect in program.prefers.get(rule, ())
        ) or any(
            effect.kind == "cue" and effect.exercises & self.contenders
            for effect in program.advises.get(rule, ())
        )
        return bool(informed) and can_become_true(rule, self.facts, self.rules)

    def _cap_shows(self, cap: Cap) -> bool:
        """Whether a cap is tighter than what holds anyway, for an exercise that may come up."""
        if cap.what in SCHEDULE:
            return False
        for position in positions(cap.exercises & self.contenders):
            dose = self.rules.usual_doses[position]
            default = getattr(dose, cap.what) if dose else None
            same = [each for each in self.caps if each.what == cap.what]
            if default is None:
                continue
            held = [default, *(each.amount for each in same if each.exercises >> position & 1)]
            if cap.amount < min(held) if cap.at_most else cap.amount > max(held):
                return True
        return False

    def _preference_shows(self, exercises: int) -> bool:
        """Whether weighing these up could change who wins a slot."""
        for slot in self.rules.slots:
            rivals = self.contenders & self.rules.slot_masks[slot.id]
            others = positions(rivals & ~exercises)
            for one in positions(rivals & exercises):
                if any(not self._beats(one, o) and not self._beats(o, one) for o in others):
                    return True
        return False

    def _beats(self, one: int, other: int) -> bool:
        """Whether an exercise is preferred to another however the open preferences turn out."""
        return (self.low[one], -one) > (self.high[other], -other)


def _view(facts: Facts, findings: Findings, rules: RuleBase) -> _View:
    program = program_of(rules)
    out = 0
    in_doubt = 0
    caps: list[Cap] = [cap for _, each in program.caps.among(findings.true) for cap in each]
    for _, mask in program.avoids.among(findings.true):
        out |= mask
    for rule in positions(findings.unknown):
        mask = program.avoids.get(rule, 0)
        if (mask & ~out or rule in program.caps) and not can_be_settled(rule, facts, rules):
            out |= mask
            caps += program.caps.get(rule, ())
        else:
            in_doubt |= mask
    alive = ((1 << len(rules.exercises)) - 1) & ~out
    low = weigh(findings, rules)
    high = _highest_weights(low, findings, rules)
    contenders = _contenders(alive, alive & ~in_doubt, low, high, rules)
    fillable = sum(bool(alive & rules.slot_masks[slot.id]) for slot in rules.slots)
    most = min([fillable, rules.session_at_most, *_certain_lines(facts, findings, rules)])
    doubt, given_up = _slots_open(alive, alive & ~in_doubt, most, findings, rules)
    kept = [slot for slot in rules.slots if slot.id not in given_up]
    contenders &= mask_of(place for slot in kept for place in positions(rules.slot_masks[slot.id]))
    limited = _certain_limits(facts, findings, rules)
    return _View(facts, rules, alive, limited, contenders, low, high, tuple(caps), doubt, most)


def _slots_open(
    alive: int, sure: int, most: int, findings: Findings, rules: RuleBase
) -> tuple[frozenset[str], frozenset[str]]:
    """The slots of which nobody can say yet whether the session keeps them; and those given up.

    A slot is kept for certain when fewer others than there are lines may come before it, and given
    up for certain when as many come before it whatever is answered.
    """
    program = program_of(rules)
    fewest = min([most, *(lines for _, lines in program.lines.among(findings.possible))])
    slots = [slot for slot in rules.slots if alive & rules.slot_masks[slot.id]]
    low, high = (slot_weights(which, rules) for which in (findings.true, findings.possible))
    found, given_up = set[str](), set[str]()
    for place, slot in enumerate(slots):
        may = must = 0
        for other_place, other in enumerate(slots):
            first = -place, -other_place
            if other is not slot:
                may += (high.get(other.id, 0), first[1]) > (low.get(slot.id, 0), first[0])
                must += bool(sure & rules.slot_masks[other.id]) and (
                    (low.get(other.id, 0), first[1]) > (high.get(slot.id, 0), first[0])
                )
        if must >= most:
            given_up.add(slot.id)
        elif may >= fewest:
            found.add(slot.id)
    return frozenset(found), frozenset(given_up)


def _certain_limits(facts: Facts, findings: Findings, rules: RuleBase) -> int:
    """The exercises that some caution is about which no answer can lift."""
    found = 0
    for rule, mask in program_of(rules).cautions.among(findings.possible):
        if findings.true >> rule & 1 or not can_be_settled(rule, facts, rules):
            found |= mask
    return found


def _certain_lines(facts: Facts, findings: Findings, rules: RuleBase) -> Iterator[int]:
    """The caps on the lines of a session that no answer can lift."""
    for rule, most in program_of(rules).lines.among(findings.possible):
        if findings.true >> rule & 1 or not can_be_settled(rule, facts, rules):
            yield most


def _highest_weights(low: tuple[int, ...], findings: Findings, rules: RuleBase) -> tuple[int, ...]:
    """What each exercise weighs if every open preference comes true."""
    high = list(low)
    for _, effects in program_of(rules).prefers.among(findings.unknown):
        for effect in effects:
            for position in positions(effect.exercises):
                high[position] += effect.weight
    return tuple(high)


def _contenders(
    alive: int, sure: int, low: tuple[int, ...], high: tuple[int, ...], rules: RuleBase
) -> int:
    """The exercises that may still win a slot: not beaten for certain by as many as it has.

    One exercise beats another for certain when it is sure to be allowed and weighs more at its
    least than the other at its most (or as much, and stands earlier in the catalogue).
    """
    contenders = 0
    for pattern, mask in rules.pattern_masks.items():
        places = sum(pattern in slot.patterns for slot in rules.slots)
        for position in positions(mask & alive):
            better = sum(
                (low[other], -other) > (high[position], -position)
                for other in positions(mask & sure)
                if other != position
            )
            if better < places:
                contenders |= 1 << position
    return contenders


def outcome(plan: Plan) -> Outcome:
    """What a plan comes to: status, level, lines, and the sets allowed with limits and freely."""
    days = tuple(
        tuple((line.position, line.dose, cue_rules(plan, line.position)) for line in day.lines)
        for day in _sessions(plan)
    )
    return plan.status, plan.level, days, plan.verdicts.caution, plan.verdicts.ok


def _sessions(plan: Plan) -> tuple[Session, ...]:
    """Every day, without what a person wishes: no question is asked for the sake of that."""
    if plan.session and plan.trial:
        return build_routine(plan.verdicts, plan.findings, plan.rules)
    return plan.sessions


def cue_rules(plan: Plan, position: int) -> tuple[int, ...]:
    """The rules that give an exercise its cues and limits."""
    return tuple(sorted({place for place, _ in cue_sayings(plan, position)}))
