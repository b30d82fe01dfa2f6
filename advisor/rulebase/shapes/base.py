"""A rule, and the whole rule base."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import cached_property

from advisor.rulebase.bits import union
from advisor.rulebase.shapes.conditions import Condition, Finding
from advisor.rulebase.shapes.drawings import Body, Drawing, Prop
from advisor.rulebase.shapes.effects import Effect
from advisor.rulebase.shapes.exercises import (
    Attribute,
    Day,
    Dose,
    Exercise,
    Ladder,
    Pace,
    Schedule,
    Slot,
    WeightStep,
    doses_of,
)
from advisor.rulebase.shapes.history import Scheme
from advisor.rulebase.shapes.invariants import Invariant
from advisor.rulebase.shapes.questions import Question, normal
from advisor.rulebase.shapes.sources import NOWHERE, Citation, GuidanceItem, Place, Source


@dataclass(frozen=True)
class Rule:
    """When this holds, these effects, because of this.

    A rule with `for_each` stands here once for each value, with the same id and its value in
    `this`. The catalogue's own cues stand here too, as `how-to-…` rules with `catalogue` set.
    `short` is its reason in one line, for a page; `fires` and `silent` are the author's example
    answers, encoded.
    """

    id: str
    when: Condition
    effects: tuple[Effect, ...]
    because: str
    short: str = ""
    theme: str = ""
    this: str = ""
    sources: tuple[Citation, ...] = ()
    encodes: tuple[str, ...] = ()
    fires: tuple[tuple[str, int | None], ...] | None = None
    silent: tuple[tuple[str, int | None], ...] | None = None
    catalogue: bool = False
    place: Place = NOWHERE


@dataclass(frozen=True)
class LevelWords:
    """What a level says to the person, and, for a referral, what to do.

    `in_doubt` stands for the action where only answers that are not sure lead there.
    """

    says: str
    action: str = ""
    in_doubt: str = ""


@dataclass(frozen=True)
class Helpline:
    """Whom to call in a country: its emergency number, and its line for urgent advice, if any.

    `room` is where to go in an emergency, as it is called there. The entry `anywhere` has the
    words that stand for each where no country is known.
    """

    emergency: str
    advice: str = ""
    room: str = ""
    sources: tuple[Citation, ...] = ()

    @property
    def words(self) -> dict[str, str]:
        """The words for each placeholder of a text."""
        return {
            "{emergency_number}": self.emergency,
            "{advice_line}": self.advice,
            "{emergency_room}": self.room,
        }


@dataclass(frozen=True)
class Doors:
    """What a person may come for: a plan, or the cause of a sore session; and how that is asked."""

    ask: str
    plan: str
    troubleshoot: str


@dataclass(frozen=True)
class JournalRules:
    """What a journal asks about each session: a fact, and up to which value of it all was quiet."""

    check_in: str
    quiet: int


ANYWHERE = "anywhere"
FIRST_DAY = "A"  # of a rule base that does not speak of days


@dataclass(frozen=True, repr=False)
class RuleBase:
    """Everything the program knows, in an order that does not depend on file or rule order.

    Rules are sorted by id; questions (those that are measured last), exercises and slots keep
    their author's order. What stages work out from it is kept with it, but goes neither into a
    pickle nor into a copy.
    """

    name: str
    version: str
    title: str
    sha256: str
    questions: tuple[Question, ...]
    findings: tuple[Finding, ...]  # each after those it builds on
    exercises: tuple[Exercise, ...]
    rules: tuple[Rule, ...]
    slots: tuple[Slot, ...]
    levels: tuple[LevelWords, ...]  # in the order of LEVELS
    sources: dict[str, Source]
    schedule: Schedule
    session_at_most: int
    attributes: dict[str, Attribute] = field(default_factory=dict)
    days: tuple[Day, ...] = ()  # none: one day with all slots, see `routine`
    repeat: int = 0  # what each earlier day that an exercise stands on takes off its weight
    pace: Pace | None = None
    ladders: tuple[Ladder, ...] = ()
    trial_when: str = ""  # a finding; while it is true, the likeliest suspect stays out
    weight_steps: tuple[WeightStep, ...] = ()  # of an exercise, the first that fits
    weights_when: str = ""  # a finding; only while it is true, a part of the usual weight is told
    guidance: tuple[GuidanceItem, ...] = ()
    invariants: tuple[Invariant, ...] = ()
    emergency_numbers: dict[str, Helpline] = field(default_factory=dict)  # by country
    doors: Doors | None = None
    journal: JournalRules | None = None
    scheme: Scheme | None = None
    body: Body | None = None
    props: dict[str, Prop] = field(default_factory=dict)
    drawings: dict[str, Drawing] = field(default_factory=dict)  # by exercise

    def __repr__(self) -> str:
        counts = f"{len(self.rules)} rules, {len(self.exercises)} exercises"
        return f"<RuleBase {self.name} {self.version}: {counts}>"

    def __hash__(self) -> int:
        return hash((self.name, self.version, self.sha256))

    def __getstate__(self) -> dict[str, object]:
        return {each.name: getattr(self, each.name) for each in fields(self)}

    @cached_property
    def question(self) -> dict[str, Question]:
        """Questions by id."""
        return {question.id: question for question in self.questions}

    @cached_property
    def asked(self) -> tuple[Question, ...]:
        """The questions for people; what is measured stands after them in `questions`."""
        return tuple(each for each in self.questions if each.observation is None)

    @cached_property
    def unanswered(self) -> tuple[int | None, ...]:
        """The answers to `questions` of whom nothing is known, and nothing was measured."""
        return tuple(question.first for question in self.questions)

    @cached_property
    def exercise(self) -> dict[str, Exercise]:
        """Exercises by id."""
        return {exercise.id: exercise for exercise in self.exercises}

    @cached_property
    def finding(self) -> dict[str, Finding]:
        """Findings by id."""
        return {finding.id: finding for finding in self.findings}

    @cached_property
    def effects(self) -> dict[type, dict[int, tuple[Effect, ...]]]:
        """What rules do, by the kind of effect and the place of the rule."""
        found: dict[type, dict[int, tuple[Effect, ...]]] = {}
        for place, rule in enumerate(self.rules):
            for effect in rule.effects:
                of_rules = found.setdefault(type(effect), {})
                of_rules[place] = (*of_rules.get(place, ()), effect)
        return found

    @cached_property
    def question_position(self) -> dict[str, int]:
        """The place of each question id in `questions`."""
        return {question.id: index for index, question in enumerate(self.questions)}

    @cached_property
    def exercise_names(self) -> dict[str, str]:
        """Exercise ids by id, name and alias, each written as ids are."""
        names = {}
        for exercise in self.exercises:
            for words in (exercise.id, exercise.name, *exercise.aliases, *exercise.was):
                names[normal(words)] = exercise.id
        return names

    @cached_property
    def renamed(self) -> dict[str, str]:
        """The questions and exercises that had other ids before, by those."""
        every: list[Question | Exercise] = [*self.questions, *self.exercises]
        return {old: each.id for each in every for old in each.was}

    def id_of(self, name: str) -> str:
        """A name written as ids are, and the id of today for one of before."""
        name = normal(name)
        return self.renamed.get(name, name)

    @cached_property
    def pattern_masks(self) -> dict[str, int]:
        """The exercises of each movement pattern."""
        masks: dict[str, int] = {}
        for index, exercise in enumerate(self.exercises):
            masks[exercise.pattern] = masks.get(exercise.pattern, 0) | 1 << index
        return masks

    @cached_property
    def slot_masks(self) -> dict[str, int]:
        """The exercises that may fill each slot."""
        return {
            slot.id: union(self.pattern_masks.get(pattern, 0) for pattern in slot.patterns)
            for slot in self.slots
        }

    @cached_property
    def routine(self) -> tuple[Day, ...]:
        """The days, in their order; one of all slots if the rule base does not speak of any."""
        return self.days or (Day(FIRST_DAY, "", tuple(slot.id for slot in self.slots)),)

    @cached_property
    def slots_of(self) -> tuple[tuple[tuple[Slot, int], ...], ...]:
        """For each day of the routine its slots, each with the exercises that may fill it."""
        by_id = {slot.id: slot for slot in self.slots}
        return tuple(
            tuple((by_id[slot], self.slot_masks[slot]) for slot in day.slots)
            for day in self.routine
        )

    @cached_property
    def usual_doses(self) -> tuple[Dose | None, ...]:
        """The dose of each exercise before any rule tightens it; None where no slot takes it."""
        of_slots = doses_of(self.slots)
        return tuple(
            of_slots.get(each.pattern) and (each.dose or of_slots[each.pattern])
            for each in self.exercises
        )

    @cached_property
    def weight_step(self) -> tuple[WeightStep | None, ...]:
        """The smallest step of weight that there is for each exercise, where it is known."""
        return tuple(
            next((step for step in self.weight_steps if step.exercises >> place & 1), None)
            for place in range(len(self.exercises))
        )

    @cached_property
    def rungs(self) -> dict[int, tuple[Ladder, int]]:
        """The exercises that stand on a ladder: on which, and on which rung, counted from 1."""
        return {
            self.position[name]: (ladder, at)
            for ladder in self.ladders
            for at, rung in enumerate(ladder.rungs, 1)
            for name in rung.exercises
        }

    @cached_property
    def position(self) -> dict[str, int]:
        """The bit of each exercise id in an effect's mask."""
        return {exercise.id: index for index, exercise in enumerate(self.exercises)}
