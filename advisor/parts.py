"""A rule base → the parts that documents are made of, those that many people share kept.

A rule speaks alike to all people whose answers to its questions are alike, an exercise is done in
one way, an answer is written in one way. So such a part is put into JSON when it is first needed,
and kept with the rule base as a fragment that goes into document after document as it is. Nobody
can change a fragment, so sharing it is safe.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from orjson import Fragment

from advisor.command_line import answered
from advisor.engine.ready import program_of
from advisor.json_text import Json, json_text
from advisor.reasons import (
    FEW,
    Saying,
    answers_behind,
    cited,
    ground_of,
    level_rules,
    name_helplines,
    rule_name,
    slot_name,
)
from advisor.rulebase.bits import chosen, mask_of, positions
from advisor.rulebase.shapes import YES_NO, Citation, Dose, Question, WeightStep
from advisor.rulebase.truth import facts_of
from advisor.verdicts import OK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from advisor.result import Plan
    from advisor.rulebase.shapes import RuleBase
    from advisor.session import Line

    Codes = Sequence[int | None]

MOST_KEPT = 1 << 15  # parts that depend on answers; then they begin afresh, so that memory is flat
NOT_SURE = -1  # among codes
CUES = ("set_up", "movement", "breathing", "feel", "avoid")
_PARTS = "parts"
WHOLE = 100  # percent
SOURCES = 2  # of a rule: the one that carries it, and the first that supports it


class Answer(NamedTuple):
    """An answer: its question, the value (None for `unsure`), and the words of a command line."""

    fact: str
    value: Fragment | None
    words: str


class Spoken(NamedTuple):
    """A part in which rules speak, with those that do, the rules and the slots: masks.

    `line` is that of a session, told apart by the identity of its dose: it is kept alive here.
    """

    json: Fragment
    rules: int
    slots: int
    line: Line | None = None


class _RuleRow(NamedTuple):
    """A rule by name, with what tells the answers that it rests on and its entries by them.

    `cites` are the sources that it names, a mask.
    """

    name: str
    place: int
    read: Callable[[Codes], object]
    kept: dict[object, Fragment]
    cites: int


class _Shelf(dict[str, "Parts"]):
    """What is kept with a rule base, by country. It is quick to make again, and does not travel."""

    def __reduce__(self) -> tuple[type, tuple[()]]:
        """Pickle as an empty shelf."""
        return _Shelf, ()


def parts_of(plan: Plan) -> Parts:
    """What is kept for the rule base of a plan, and its country."""
    shelf: _Shelf = plan.rules.__dict__.setdefault(_PARTS, _Shelf())
    country = plan.country if plan.country in plan.rules.emergency_numbers else ""
    if country not in shelf:
        shelf[country] = Parts(plan.rules, country)
    return shelf[country]


class Parts:
    """The parts of documents for one rule base and one country.

    `rows` has for each exercise its id, its pattern, and the rules that may forbid or limit it;
    `speakers` the rules that may limit it, have cues for it, and prefer it: masks.
    """

    def __init__(self, rules: RuleBase, country: str) -> None:
        self.rules, self.country = rules, country
        program, exercises = program_of(rules), list(enumerate(rules.exercises))
        self.rule_names = [rule_name(rule) for rule in rules.rules]
        self.rows = [
            (each.id, each.pattern, program.forbidders[n], program.limits[n].mask)
            for n, each in exercises
        ]
        # The cues of the catalogue are told with the exercise.
        self.catalogue = mask_of(n for n, rule in enumerate(rules.rules) if rule.catalogue)
        cues = [each.mask & ~self.catalogue for each in program.cues]
        self.speakers = [
            (program.limits[n].mask, cues[n], program.preferring[n].mask) for n, _ in exercises
        ]
        self.sources = [(name, _source(name, rules)) for name in rules.sources]
        self._bits = {name: 1 << bit for bit, name in enumerate(rules.sources)}
        self._rule_rows = [
            _RuleRow(
                name,
                n,
                _reader(program.facts[n]),
                {},
                self._cited(rules.rules[n].sources[:SOURCES]),
            )
            for n, name in enumerate(self.rule_names)
        ]
        self._at_hand, self._breadth = _at_hand(rules), program.avoids
        self.patterns = {slot.id: slot.patterns for slot in rules.slots}
        self.slot_names = {slot.id: slot.name for slot in rules.slots}
        self.slots = [_slot(place, rules) for place in range(len(rules.slots))]
        self.slot_sources = [self._cited(slot.sources) for slot in rules.slots]
        self.questions = [fragment(question_document(each)) for each in rules.questions]
        self.base = fragment({"name": rules.name, "version": rules.version, "sha256": rules.sha256})
        fine = fragment({"verdict": OK, "reasons": [], "needs": [], "instead": []})
        self.all_fine: Json = dict.fromkeys(rules.position, fine)
        self._exercises: dict[int, tuple[Fragment, int]] = {}
        self._begin()

    def _begin(self) -> None:
        """Forget what depends on the person."""
        self.size = 0
        self.lines: dict[object, Spoken] = {}
        for row in self._rule_rows:
            row.kept.clear()
        self._texts: dict[Saying, str] = {}
        self._said: dict[tuple[Saying, ...], Spoken] = {}
        self.answers: dict[tuple[int, int | None], Answer] = {}
        self._verdicts: dict[object, Fragment] = {}
        self._levels: dict[object, tuple[int, ...]] = {}
        self._telling: dict[int, int] = {}

    def count(self) -> None:
        """Count a part that is about to be kept."""
        if self.size >= MOST_KEPT:
            self._begin()
        self.size += 1

    def _cited(self, citations: Iterable[Citation]) -> int:
        return sum({self._bits[each.source] for each in citations})

    def rules_told(self, named: int, codes: Codes, plan: Plan) -> tuple[Json, int]:
        """The entries of some rules (a mask), and the sources that they name (another).

        An entry depends on the answers to the rule's questions.
        """
        told: Json = {}
        sources = 0
        for name, place, read, kept, cites in chosen(named, self._rule_rows):
            answers = read(codes)
            known = kept.get(answers)
            if known is None:
                known = kept[answers] = self._rule(place, plan)
            told[name] = known
            sources |= cites
        return told, sources

    def _rule(self, place: int, plan: Plan) -> Fragment:
        self.count()
        rule = self.rules.rules[place]
        return fragment(
            {
                "because": rule.because,
                "answers": dict(answers_behind(rule, plan.facts, self.rules)),
                "sources": cited(rule.sources[:SOURCES]),
                "ground": ground_of(rule.sources, self.rules),
            }
        )

    def level_rules(self, codes: Codes, plan: Plan) -> tuple[int, ...]:
        """The rules that tell why the level is what it is."""
        every, rows = plan.careful.rules, self._rule_rows
        key = every, *[rows[place].read(codes) for place in every]
        known = self._levels.get(key)
        if known is None:
            self.count()
            known = self._levels[key] = level_rules(plan)
        return known

    def text(self, saying: Saying) -> str:
        """The words of a saying."""
        text = self._texts.get(saying)
        if text is None:
            self.count()
            place, words = saying
            if place < 0:
                text = self.rules.slots[~place].because
            else:
                text = words or self.rules.rules[place].because
                text = name_helplines(text, self.country, self.rules.emergency_numbers)
            self._texts[saying] = text
        return text

    def said(self, sayings: tuple[Saying, ...]) -> Spoken:
        """Some sayings, each with the rule that speaks."""
        known = self._said.get(sayings)
        if known is None:
            self.count()
            told = [{"rule": self._speaker(each[0]), "say": self.text(each)} for each in sayings]
            rules = mask_of(place for place, _ in sayings if place >= 0)
            slots = mask_of(~place for place, _ in sayings if place < 0)
            known = self._said[sayings] = Spoken(fragment(told), rules, slots)
        return known

    def _speaker(self, place: int) -> str:
        return self.rule_names[place] if place >= 0 else slot_name(self.rules.slots[~place])

    def answer(self, place: int, code: int | None) -> Answer:
        """An answer as it stands among the answers, and as it stands in the command."""
        known = self.answers.get((place, code))
        if known is None:
            self.count()
            question = self.rules.questions[place]
            value = None if code is None else fragment(question.decode(code))
            known = Answer(question.id, value, answered(question, code))
            self.answers[place, code] = known
        return known

    def telling(self, forbidders: int) -> int:
        """Of the rules that put an exercise out, those that a plan names: masks.

        First one for what is not at hand, then those that put out most, as they are told once for
        many. `legday check` tells all.
        """
        known = self._telling.get(forbidders)
        if known is None:
            self.count()
            lacking = positions(forbidders & self._at_hand)
            others = positions(forbidders & ~self._at_hand)
            others.sort(key=lambda place: -self._breadth[place].bit_count())
            known = self._telling[forbidders] = mask_of([*lacking[:1], *others][:FEW])
        return known

    def verdict(
        self, word: str, rules: int, instead: tuple[str, ...] = (), needs: tuple[str, ...] = ()
    ) -> Fragment:
        """A verdict with the rules that it rests on (a mask), and what to do instead."""
        key = word, rules, instead, needs
        known = self._verdicts.get(key)
        if known is None:
            self.count()
            names = [self.rule_names[place] for place in positions(rules)]
            entry = {"verdict": word, "reasons": names, "needs": needs, "instead": instead}
            known = self._verdicts[key] = fragment(entry)
        return known

    def exercise(self, position: int) -> tuple[Fragment, int]:
        """An exercise's entry among `exercises`, and the sources that it names, a mask."""
        known = self._exercises.get(position)
        if known is None:
            exercise = self.rules.exercises[position]
            how: dict[str, list[str]] = {kind: [] for kind in CUES}
            for kind, cue in exercise.cues:
                how[kind].append(cue)
            entry = {
                "name": exercise.name,
                "how": how,
                "sources": cited(exercise.sources),
                "ground": ground_of(exercise.sources, self.rules),
            }
            known = self._exercises[position] = fragment(entry), self._cited(exercise.sources)
        return known


def fragment(value: object) -> Fragment:
    """A value that goes into many documents: its JSON, to be put into theirs as it is."""
    return Fragment(json_text(value))


def _reader(facts: tuple[int, ...]) -> Callable[[Codes], object]:
    """What tells the answers that a rule rests on."""
    return itemgetter(*facts) if facts else lambda _: None


def _at_hand(rules: RuleBase) -> int:
    """The rules that ask only for what exercises have an attribute of, too: what is at hand."""
    read = ({*facts_of(rule.when, rules.finding)} for rule in rules.rules)
    return mask_of(n for n, facts in enumerate(read) if facts and facts <= {*rules.attributes})


def _source(name: str, rules: RuleBase) -> Fragment:
    source = rules.sources[name]
    return fragment({"title": source.title, "year": source.year, "kind": source.kind})


def _slot(place: int, rules: RuleBase) -> Fragment:
    """A slot's entry among `rules`: why a session has it at all."""
    slot = rules.slots[place]
    return fragment(
        {
            "because": slot.because,
            "answers": {},
            "sources": cited(slot.sources),
            "ground": ground_of(slot.sources, rules),
        }
    )


def line_document(line: Line, plan: Plan) -> Json:
    """What to do at one line of a session."""
    exercise, dose = plan.rules.exercises[line.position], line.dose
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
        "load": load_document(
            dose, plan.rules.weight_step[line.position], line.kg, known=plan.tells_weights
        ),
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
        "choices": answer_words(question),
        "labels": {choice.id: choice.label for choice in question.choices},
    }
    document |= question.bounds
    return document


def answer_words(question: Question) -> list[str]:
    """The words a question can be answered with (none for a number)."""
    return ["yes", "no"] if question.kind == YES_NO else [each.id for each in question.choices]
