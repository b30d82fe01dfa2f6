"""The shapes of a rule base: what YAML becomes once it was read and checked.

Everything here is frozen and plain, so that a rule base can be shared, hashed, cached and
sent to another process. Answers are kept as small integers (see `Question.encode`), which is
what the generated code compares; the words come back with `Question.decode`.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from advisor.rulebase.frozen import dataclass, field

if TYPE_CHECKING:
    from advisor.rulebase.claims import Invariant
    from advisor.rulebase.compiled import Program

LEVELS = ("go", "modified", "entry", "professional", "urgent", "emergency")
REFERRAL = LEVELS.index("professional")

YES_NO = "yes/no"
CHOICE = "choice"
INTEGER = "integer"
SET = "set"

# The strength of a source, strongest first: a reason stands on the strongest it names.
KINDS = (
    "guideline",
    "review",
    "trial",
    "cohort",
    "biomechanics",
    "convention",
    "article",
    "forum",
    "reasoning",
)


def normal(word: str) -> str:
    """A word as ids are written: lower case, `_` for dashes and blanks."""
    return "_".join(word.lower().replace("-", " ").replace("_", " ").split())


@dataclass(frozen=True)
class Place:
    """Where something stands in the files: a path relative to the rule base, 1-based."""

    file: str
    line: int
    column: int


@dataclass(frozen=True)
class Source:
    """A document behind the rules, and what we read of it."""

    id: str
    title: str
    kind: str
    author: str = ""
    year: int | None = None
    where: str = ""
    read: str = ""
    reviewed: str = ""
    note: str = ""


@dataclass(frozen=True)
class Citation:
    """A source, and the section of it that a rule leans on (empty: the whole)."""

    source: str
    section: str = ""


@dataclass(frozen=True)
class Choice:
    """One thing that can be chosen: its id, the words for it, and what they mean."""

    id: str
    label: str
    help: str = ""


@dataclass(frozen=True)
class Question:
    """A fact, with the words to ask for it.

    `clear` is the encoded all-clear answer of a screening question, None for the others.
    `concern` is how answers get worse: `rising` or `falling` (integer), `more` or `fewer`
    (set), choice ids from least to most, or empty where there is no order.
    """

    id: str
    kind: str
    ask: str
    theme: str = ""
    help: str = ""
    why: str = ""
    choices: tuple[Choice, ...] = ()
    minimum: int = 0
    maximum: int = 1
    unit: str = ""
    clear: int | None = None
    concern: str | tuple[str, ...] = ""
    changeable: bool = False  # whether a person can do something about the answer

    @cached_property
    def positions(self) -> dict[str, int]:
        """The place of each choice id in `choices`."""
        return {choice.id: index for index, choice in enumerate(self.choices)}

    @cached_property
    def bits(self) -> dict[str, int]:
        """The bit of each choice id in the encoded answer of a set."""
        return {choice.id: 1 << index for index, choice in enumerate(self.choices)}

    def encode(self, value: object) -> int:
        """Turn a well-typed answer (bool, int, str, or ids) into its integer.

        yes/no: 0 or 1; integer: itself; choice: its place; set: one bit for each choice.
        Raises KeyError for an unknown choice.
        """
        if self.kind == CHOICE:
            return self.positions[str(value)]
        if self.kind == SET:
            return sum(1 << self.positions[item] for item in set(value))  # type: ignore[call-overload, misc]
        return int(value)  # type: ignore[call-overload, no-any-return]

    def decode(self, code: int) -> bool | int | str | list[str]:
        """Turn an encoded answer back into what JSON and Python users see."""
        if self.kind == YES_NO:
            return bool(code)
        if self.kind == CHOICE:
            return self.choices[code].id
        if self.kind == SET:
            return [choice.id for index, choice in enumerate(self.choices) if code >> index & 1]
        return code


@dataclass(frozen=True)
class Comparison:
    """One fact against fixed values.

    `operator` and `operand`, with v the encoded answer:
    `is` (accepted,…): v is one of these; `between` (low, high): low <= v <= high;
    `count` (n, mask): at least n of the choices in the bit mask are in the set v.
    """

    fact: str
    operator: str
    operand: tuple[int, ...]


@dataclass(frozen=True)
class Named:
    """The truth of a finding."""

    finding: str


@dataclass(frozen=True)
class All:
    """Every part holds (no parts: always)."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Any:
    """Some part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Not:
    """The part does not hold."""

    part: Condition


Condition = Comparison | Named | All | Any | Not
ALWAYS = All(())


@dataclass(frozen=True)
class Finding:
    """A named condition."""

    id: str
    means: str
    when: Condition


@dataclass(frozen=True)
class Dose:
    """How much of an exercise; every field is a ceiling or a floor that rules may tighten."""

    sets: int = 3
    reps: int = 10
    reps_in_reserve: int = 2
    rest_seconds: int = 90
    hold_seconds: int | None = None
    load_percent: int = 100
    load_step_percent: int = 10


@dataclass(frozen=True)
class Exercise:
    """One entry of the catalogue. `attributes` holds a tuple of values for each name."""

    id: str
    name: str
    attributes: dict[str, tuple[str, ...]]
    aliases: tuple[str, ...] = ()
    per_side: bool = False
    dose: Dose | None = None
    easier: tuple[str, ...] = ()
    harder: tuple[str, ...] = ()
    free_exercise_db: str = ""
    cues: tuple[
        tuple[str, str], ...
    ] = ()  # (set_up | movement | breathing | feel | avoid, sentence)
    mistakes: tuple[str, ...] = ()
    sources: tuple[Citation, ...] = ()
    encodes: tuple[str, ...] = ()

    @property
    def pattern(self) -> str:
        """The movement pattern: what it may stand in for, and which slots it fills."""
        return self.attributes["pattern"][0]


# Effects. `exercises` is a bit mask over the catalogue's order.


@dataclass(frozen=True)
class Level:
    """At least this careful (an index of LEVELS), and what to do about it."""

    level: int
    action: str = ""


@dataclass(frozen=True)
class Avoid:
    """These exercises are out."""

    exercises: int


@dataclass(frozen=True)
class Caution:
    """These exercises are allowed with this limit."""

    exercises: int
    limit: str


@dataclass(frozen=True)
class Cap:
    """A ceiling (`at_most`) or floor on one number of the dose or of the schedule."""

    exercises: int
    what: str  # a field of Dose, or sessions_per_week, rest_hours
    at_most: bool
    amount: int


@dataclass(frozen=True)
class Prefer:
    """These exercises, or slots, weigh this much more."""

    exercises: int
    slots: tuple[str, ...]
    weight: int


@dataclass(frozen=True)
class Advise:
    """Something to say, of one of the kinds in ADVICE; a cue is for some exercises only."""

    kind: str
    say: str
    exercises: int = 0


@dataclass(frozen=True)
class Suspect:
    """A likely cause of soreness, with one change to try and what would prove it wrong."""

    name: str
    weight: int
    trial: str
    review_in_days: int
    exercise: str | None = None
    wrong_if: str = ""


Effect = Level | Avoid | Caution | Cap | Prefer | Advise | Suspect
RESTRICTING = (Level, Avoid, Caution, Cap)
ADVICE = (
    "cue",
    "stop_sign",
    "advice",
    "progression",
    "warm_up",
    "safety_net",
    "troubleshooting",
    "contradiction",
)
SCHEDULE = ("sessions_per_week", "rest_hours")


@dataclass(frozen=True)
class Rule:
    """When this holds, these effects, because of this.

    A rule with `for_each` stands here once for each value, with the same id and its value in
    `this`. The catalogue's own cues stand here too, as `how-to-…` rules with `catalogue` set.
    `fires` and `silent` are the author's example answers, encoded.
    """

    id: str
    when: Condition
    effects: tuple[Effect, ...]
    because: str
    theme: str = ""
    this: str = ""
    sources: tuple[Citation, ...] = ()
    encodes: tuple[str, ...] = ()
    fires: tuple[tuple[str, int | None], ...] | None = None
    silent: tuple[tuple[str, int | None], ...] | None = None
    catalogue: bool = False
    place: Place = Place("", 0, 0)


@dataclass(frozen=True)
class LevelWords:
    """What a level says to the person, and, for a referral, what to do."""

    says: str
    action: str = ""


@dataclass(frozen=True)
class Slot:
    """A place in the session: the movement patterns that fill it, and its default dose."""

    id: str
    name: str
    patterns: tuple[str, ...]
    dose: Dose
    because: str
    sources: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class Attribute:
    """A property of exercises that rules may select by."""

    id: str
    label: str
    values: tuple[str, ...]
    many: bool = False


@dataclass(frozen=True)
class Schedule:
    """How often, how far apart (hours), and the fact that tells the hours since the last."""

    sessions_per_week: tuple[int, int] = (2, 3)
    rest_hours: int = 48
    hours_since: str = ""


@dataclass(frozen=True)
class Helpline:
    """Whom to call in a country: its emergency number, and its line for urgent advice, if any.

    The entry `anywhere` has the words that stand for both where no country is known.
    """

    emergency: str
    advice: str = ""
    sources: tuple[Citation, ...] = ()


ANYWHERE = "anywhere"


@dataclass(frozen=True)
class GuidanceItem:
    """One statement of a document, and what became of it."""

    id: str
    says: str
    document: str
    place: str
    status: str
    note: str = ""
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True)
class RuleBase:
    """Everything the program knows, in an order that does not depend on file or rule order.

    Rules are sorted by id; questions, exercises and slots keep their author's order.
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
    attributes: dict[str, Attribute] = field(default_factory=dict)
    schedule: Schedule = Schedule()
    session_at_most: int = 7
    guidance: tuple[GuidanceItem, ...] = ()
    invariants: tuple[Invariant, ...] = ()
    emergency_numbers: dict[str, Helpline] = field(default_factory=dict)  # by country

    @cached_property
    def program(self) -> Program:
        """The rule base made ready to run."""
        from advisor.rulebase.compiled import compile_rules  # noqa: PLC0415 - it needs this module

        return compile_rules(self)

    def spaces(self, rule: int) -> dict[str, tuple[int, ...]]:
        """For each fact a rule reads, one answer for each way it can matter; kept once made."""
        from advisor.rulebase.conditions import domains  # noqa: PLC0415 - it needs this module

        if rule not in self._spaces:
            self._spaces[rule] = domains(self.rules[rule].when, self.finding, self.question)
        return self._spaces[rule]

    @cached_property
    def _spaces(self) -> dict[int, dict[str, tuple[int, ...]]]:
        return {}

    @cached_property
    def ranks(self) -> tuple[int, ...]:
        """For each question, the highest level that one answer to it can reach alone."""
        from advisor.rulebase.tables import level_ranks  # noqa: PLC0415 - it needs this module

        return level_ranks(self)

    @cached_property
    def question(self) -> dict[str, Question]:
        """Questions by id."""
        return {question.id: question for question in self.questions}

    @cached_property
    def exercise(self) -> dict[str, Exercise]:
        """Exercises by id."""
        return {exercise.id: exercise for exercise in self.exercises}

    @cached_property
    def finding(self) -> dict[str, Finding]:
        """Findings by id."""
        return {finding.id: finding for finding in self.findings}

    @cached_property
    def question_position(self) -> dict[str, int]:
        """The place of each question id in `questions`."""
        return {question.id: index for index, question in enumerate(self.questions)}

    @cached_property
    def exercise_names(self) -> dict[str, str]:
        """Exercise ids by id, name and alias, each written as ids are."""
        names = {}
        for exercise in self.exercises:
            for words in (exercise.id, exercise.name, *exercise.aliases):
                names[normal(words)] = exercise.id
        return names

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
        masks = dict.fromkeys((slot.id for slot in self.slots), 0)
        for slot in self.slots:
            for pattern in slot.patterns:
                masks[slot.id] |= self.pattern_masks.get(pattern, 0)
        return masks

    @cached_property
    def position(self) -> dict[str, int]:
        """The bit of each exercise id in an effect's mask."""
        return {exercise.id: index for index, exercise in enumerate(self.exercises)}
