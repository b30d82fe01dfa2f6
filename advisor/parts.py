"""A rule base → the parts that documents are made of, those that many people share kept.

A rule speaks alike to all people whose answers to its questions are alike, an exercise is done in
one way, an answer is written in one way. So such a part is put into JSON when it is first needed,
and kept with the rule base as a fragment that goes into document after document as it is. Nobody
can change a fragment, so sharing it is safe.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from orjson import Fragment

from advisor.command_line import answered
from advisor.engine.kept import Kept
from advisor.engine.ready import program_of, table_of
from advisor.engine.tables import FromRules, Reader
from advisor.json_text import Json, json_text
from advisor.reasons import (
    FEW,
    answers_behind,
    cited,
    facts_read,
    ground_of,
    name_helplines,
    rule_name,
    slot_name,
)
from advisor.rulebase.bits import mask_of, positions
from advisor.rulebase.shapes import Citation, Dose, Question, WeightStep
from advisor.verdicts import OK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from advisor.rulebase.shapes import RuleBase
    from advisor.session import Line


MOST_SAID = 256  # ways to speak of one thing
MOST_LINES = 1 << 14
CUES = ("set_up", "movement", "breathing", "feel", "avoid")
WHOLE = 100  # percent
SOURCES = 2  # of a rule: the one that carries it, and the first that supports it


class GivenAnswer(NamedTuple):
    """An answer: its question, the value (None for `unsure`), and the words of a command line."""

    fact: str
    value: Fragment | None
    words: str


class Spoken(NamedTuple):
    """A part in which rules and slots speak, and those that do: a mask of voices."""

    json: Fragment
    voices: int


class Sayings(Kept[int, Spoken]):
    """What rules may say of one thing: by those that speak, a mask. `rules` are all of them."""

    def __init__(
        self, every: FromRules[str], work: Callable[[FromRules[str], int], Spoken]
    ) -> None:
        super().__init__(partial(work, every), MOST_SAID)
        self.rules = every.mask

    def of(self, rules: int) -> Spoken:
        """What these rules have to say of it."""
        return self[rules & self.rules]


class Voice(NamedTuple):
    """A rule, or a slot that speaks as rules do.

    `read` tells the answers that it rests on, `told` its entry by these; `cites` are the sources
    that it names, a mask.
    """

    name: str
    read: Reader
    told: Kept[object, Fragment]
    cites: int


class ExerciseRow(NamedTuple):
    """An exercise, and what speaks about it."""

    name: str
    pattern: str
    forbidders: int
    limits: Sayings
    cues: Sayings
    reasons: Sayings
    ramp: Sayings


class Head(NamedTuple):
    """What to do at a line of a session, and the rules that hold its dose.

    Lines are told apart by their identity, as that is quick: this one is kept alive here.
    """

    line: Line
    told: Json
    dose_reasons: list[str]
    voices: int


NOTHING = Spoken(Fragment(b"[]"), 0)


def parts_of(rules: RuleBase, country: str) -> Parts:
    """What is kept for a rule base and a country."""
    return table_of(Parts, rules)[country if country in rules.emergency_numbers else ""]


class Parts:
    """The parts of documents for one rule base and one country.

    Voices are named by their place: rules by that in the rule base, slots after them.
    """

    def __init__(self, rules: RuleBase, country: str) -> None:
        self.rules, self.country = rules, country
        program = program_of(rules)
        self._bits = {name: 1 << bit for bit, name in enumerate(rules.sources)}
        self.sources = [(name, _source(name, rules)) for name in rules.sources]
        self.voices = [
            *map(self._rule_voice, range(len(rules.rules))),
            *map(self._slot_voice, range(len(rules.slots))),
        ]
        self.names = [voice.name for voice in self.voices]
        self.slot_names = {slot.id: slot.name for slot in rules.slots}
        self.slots = {slot.id: self._slot_said(place) for place, slot in enumerate(rules.slots)}
        self.said = {kind: Sayings(each, self._said) for kind, each in program.sayings.items()}
        self.safety_net = Sayings(program.sayings["safety_net"], self._words)
        self.rows = [self._row(place) for place in range(len(rules.exercises))]
        self.heads: dict[tuple[int, bool], Head] = {}
        self.patterns = {slot.id: slot.patterns for slot in rules.slots}
        self.answers = [Kept(partial(self._answer, each)) for each in rules.questions]
        self._at_hand = _at_hand(rules)
        self.telling = Kept(self._telling)
        self.verdicts = Kept(self._verdict)
        fine = self.verdicts[OK, 0, (), ()]
        self.all_fine: Json = dict.fromkeys(rules.position, fine)
        self.exercises = Kept(self._exercise)
        self.questions = [fragment(question_document(each)) for each in rules.questions]
        self.base = fragment({"name": rules.name, "version": rules.version, "sha256": rules.sha256})

    # Voices.

    def _rule_voice(self, place: int) -> Voice:
        rule, read = self.rules.rules[place], program_of(self.rules).read[place]
        told = Kept(partial(self._rule, place))
        return Voice(rule_name(rule), read, told, self._cited(rule.sources[:SOURCES]))

    def _rule(self, place: int, codes: object) -> Fragment:
        """A rule's entry among `rules`, by the answers to its questions."""
        rule = self.rules.rules[place]
        because = dict(answers_behind(rule, facts_read(place, codes, self.rules), self.rules))
        return self._entry(rule.because, because, rule.sources[:SOURCES], rule.sources)

    def _slot_voice(self, place: int) -> Voice:
        slot = self.rules.slots[place]
        told = self._entry(slot.because, {}, slot.sources, slot.sources)
        return Voice(
            slot_name(slot), lambda _: None, Kept(lambda _: told), self._cited(slot.sources)
        )

    def _entry(
        self,
        because: str,
        answers: Json,
        sources: tuple[Citation, ...],
        carried_by: tuple[Citation, ...],
    ) -> Fragment:
        """An entry among `rules`."""
        ground = ground_of(carried_by, self.rules)
        shown = cited(sources)
        return fragment(
            {"because": because, "answers": answers, "sources": shown, "ground": ground}
        )

    def _cited(self, citations: Iterable[Citation]) -> int:
        return sum({self._bits[each.source] for each in citations})

    # What they say.

    def _said(self, every: FromRules[str], rules: int) -> Spoken:
        """What some rules say, each sentence with the rule that speaks."""
        return self._spoken(
            (place, self._text(place, words)) for place, words in every.among(rules)
        )

    def _reasons(self, every: FromRules[str], rules: int) -> Spoken:
        """The same, but only the first few."""
        return self._spoken((n, self._text(n, words)) for n, words in every.among(rules)[:FEW])

    def _spoken(self, sentences: Iterable[tuple[int, str]]) -> Spoken:
        every = list(sentences)
        told = [{"rule": self.names[place], "say": say} for place, say in every]
        return Spoken(fragment(told), mask_of(place for place, _ in every))

    def _words(self, every: FromRules[str], rules: int) -> Spoken:
        """What some rules say, without who says it."""
        return Spoken(fragment([self._text(*each) for each in every.among(rules)]), 0)

    def _text(self, place: int, words: str) -> str:
        text = words or self.rules.rules[place].because
        return name_helplines(text, self.country, self.rules.emergency_numbers)

    def _slot_said(self, place: int) -> Spoken:
        """Why a session has a slot at all, for a line that no preference speaks for."""
        return self._spoken([(len(self.rules.rules) + place, self.rules.slots[place].because)])

    # Exercises.

    def _row(self, place: int) -> ExerciseRow:
        program, exercise = program_of(self.rules), self.rules.exercises[place]
        # The cues of the catalogue are told with the exercise.
        own = mask_of(n for n, _ in program.cues[place] if self.rules.rules[n].catalogue)
        return ExerciseRow(
            exercise.id,
            exercise.pattern,
            program.forbidders[place],
            Sayings(program.limits[place], self._said),
            Sayings(
                FromRules(each for each in program.cues[place] if not own >> each[0] & 1),
                self._said,
            ),
            Sayings(program.preferring[place], self._reasons),
            Sayings(program.ramps[place], self._words),
        )

    def head(self, line: Line, *, known: bool) -> Head:
        """What to do at a line; `known` is whether the usual weight is."""
        found = self.heads.get((id(line), known))
        if found is None:
            if len(self.heads) >= MOST_LINES:
                self.heads.clear()
            held = [self.names[place] for place in line.capped_by]
            told = line_document(line, self.rules, known=known)
            found = Head(line, told, held, mask_of(line.capped_by))
            self.heads[id(line), known] = found
        return found

    def _exercise(self, place: int) -> tuple[Fragment, int]:
        """An exercise's entry among `exercises`, and the sources that it names, a mask."""
        exercise = self.rules.exercises[place]
        how: dict[str, list[str]] = {kind: [] for kind in CUES}
        for kind, cue in exercise.cues:
            how[kind].append(cue)
        entry = {
            "name": exercise.name,
            "how": how,
            "sources": cited(exercise.sources),
            "ground": ground_of(exercise.sources, self.rules),
        }
        return fragment(entry), self._cited(exercise.sources)

    def _telling(self, forbidders: int) -> int:
        """Of the rules that put an exercise out, those that a plan names: masks.

        First one for what is not at hand, then those that put out most, as they are told once for
        many. `legday check` tells all.
        """
        breadth = program_of(self.rules).avoids
        lacking = positions(forbidders & self._at_hand)
        others = positions(forbidders & ~self._at_hand)
        others.sort(key=lambda place: -breadth[place].bit_count())
        return mask_of([*lacking[:1], *others][:FEW])

    def _verdict(self, key: tuple[str, int, tuple[str, ...], tuple[str, ...]]) -> Fragment:
        """A verdict, the rules that it rests on (a mask), what to do instead, what it waits for."""
        word, rules, instead, needs = key
        names = [self.names[place] for place in positions(rules)]
        return fragment({"verdict": word, "reasons": names, "needs": needs, "instead": instead})

    def _answer(self, question: Question, code: int | str) -> GivenAnswer:
        """An answer as it stands among the answers, and as it stands in the command."""
        known = None if isinstance(code, str) else code
        value = None if known is None else fragment(question.decode(known))
        return GivenAnswer(question.id, value, answered(question, known))


def fragment(value: object) -> Fragment:
    """A value that goes into many documents: its JSON, to be put into theirs as it is."""
    return Fragment(json_text(value))


def _at_hand(rules: RuleBase) -> int:
    """The rules that ask only for what exercises have an attribute of, too: what is at hand."""
    at_hand = {rules.question_position.get(name) for name in rules.attributes}
    every = enumerate(program_of(rules).facts)
    return mask_of(place for place, facts in every if facts and at_hand.issuperset(facts))


def _source(name: str, rules: RuleBase) -> Fragment:
    source = rules.sources[name]
    return fragment({"title": source.title, "year": source.year, "kind": source.kind})


def line_document(line: Line, rules: RuleBase, *, known: bool) -> Json:
    """What to do at one line of a session; `known` is whether the usual weight is."""
    exercise, dose = rules.exercises[line.position], line.dose
    return {
        "slot": line.slot,
        "exercise": exercise.id,
        "name": exercise.name,
        "sets": dose.sets,
        "reps": dose.reps,
        "hold_seconds": dose.hold_seconds,
        "per_side": exercise.per_side,
        "rest_seconds": dose.rest_seconds,
        "reps_in_reserve": dose.reps_in_reserve,
        "tempo": _tempo(dose),
        "load": load_document(dose, rules.weight_step[line.position], line.kg, known=known),
        "notation": notation(dose, per_side=exercise.per_side),
    }


def _tempo(dose: Dose) -> str | None:
    """How slowly, if the dose says so."""
    if dose.lower_seconds is None or dose.hold_seconds is not None:
        return None
    return f"{dose.lower_seconds} second{'s' if dose.lower_seconds > 1 else ''} down"


def load_document(
    dose: Dose, step: WeightStep | None, kg: float | None, *, known: bool
) -> Json | None:
    """How heavy, as a part of what the person usually takes (or took before an episode).

    With the smallest step that there is. None where no weight is meant, and where only a part of
    it is and the whole is not known.
    """
    percent = dose.load_percent
    if not percent or (percent < WHOLE and not known):
        return None
    return {
        "kg": kg,
        "percent_of": dose.percent_of,
        "percent": percent,
        "step_percent": dose.load_step_percent,
        "step": step and {"kg": step.kg, "lb": step.lb, "says": step.says},
    }


def notation(dose: Dose, *, per_side: bool) -> str:
    """A dose in short: `2x10/side`, `2x20s` for one hold a set, `2x5x10s` for several."""
    if dose.hold_seconds is None:
        work = f"{dose.reps}"
    elif dose.reps == 1:
        work = f"{dose.hold_seconds}s"
    else:
        work = f"{dose.reps}x{dose.hold_seconds}s"
    return f"{dose.sets}x{work}{'/side' if per_side else ''}"


def question_document(question: Question) -> Json:
    """A question as JSON: `choices` are the ids to answer with, `labels` the words for them."""
    document: Json = {
        "fact": question.id,
        "ask": question.ask,
        "type": question.kind,
        "choices": question.type.words(question),
        "labels": {**question.labels},
    }
    document |= question.bounds
    return document
