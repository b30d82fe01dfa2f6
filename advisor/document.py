"""Plan → document: the plain values that are printed as JSON and that every report is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from advisor.command_line import command
from advisor.engine.ready import program_of
from advisor.json_text import Json
from advisor.reasons import (
    OUT,
    Saying,
    caution_sayings,
    choice_sayings,
    contradictions,
    cue_sayings,
    level_sayings,
    name_helplines,
    needs,
    needs_of,
    said,
    spoken,
    standing_in_the_way,
    worded,
)
from advisor.rulebase.bits import positions
from advisor.rulebase.shapes import LEVELS, REFERRAL, YES_NO, Dose, Exercise, Question
from advisor.verdicts import CAUTION, UNRESOLVED, preferred, stand_ins

if TYPE_CHECKING:
    from advisor.result import Plan
    from advisor.session import Line

SCHEMA = "legday.plan/1"


def plan_document(plan: Plan) -> Json:
    """The JSON of a plan, as the contract has it."""
    return PlanWriter(plan).document()


class PlanWriter:
    """Makes the document of one plan, in its order. Each reason is made once."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.told: dict[Saying, object] = {}
        self.best: dict[str, list[int]] = {}
        self.out: dict[tuple[str, tuple[int, ...]], tuple[list[object], list[str]]] = {}

    def reasons(self, sayings: Iterable[Saying]) -> list[object]:
        """The JSON of some reasons."""
        return [self.tell(saying) for saying in sayings]

    def tell(self, saying: Saying) -> object:
        """The JSON of one reason."""
        if saying not in self.told:
            self.told[saying] = worded(saying, self.plan).to_dict()
        return self.told[saying]

    def document(self) -> Json:
        """Everything, in the contract's order."""
        return {name: make(self) for name, make in FIELDS.items()}

    def answers(self) -> object:
        """What is known of the person."""
        return {
            name: spoken(name, self.plan.facts, self.plan.rules)
            for name, value in self.plan.facts.by_name(self.plan.rules).items()
            if value is not None
        }

    def command(self) -> str:
        """The command line that gives this plan again."""
        return command(self.plan)

    def verdicts(self) -> object:
        """The verdict of every exercise."""
        exercises = self.plan.rules.exercises
        return {each.id: self.verdict(place, each) for place, each in enumerate(exercises)}

    def session(self) -> Json | None:
        """The session, if there is one."""
        plan = self.plan
        if plan.session is None:
            return None
        slots = {slot.id: slot.name for slot in plan.rules.slots}
        return {
            "warm_up": _texts(plan, "warm_up"),
            "exercises": [self.line(line) for line in plan.session.lines],
            "stop_if": self.reasons(said(plan, "stop_sign")),
            "empty_slots": [{"slot": slot, "name": slots[slot]} for slot in plan.session.empty],
        }

    def line(self, line: Line) -> object:
        """A line of the session."""
        return {
            **line_document(self.plan, line),
            "cues": self.reasons(cue_sayings(self.plan, line.position)),
            "reasons": self.reasons(choice_sayings(self.plan, line)),
            "dose_reasons": self.reasons((place, "") for place in line.capped_by),
        }

    def schedule(self) -> Json | None:
        """The schedule, if there is a session."""
        schedule = self.plan.schedule
        if schedule is None:
            return None
        return {
            "sessions_per_week": list(schedule.sessions_per_week),
            "rest_hours": schedule.rest_hours,
            "ready_in_hours": schedule.ready_in_hours,
            "reasons": self.reasons((place, "") for place in schedule.capped_by),
        }

    def verdict(self, position: int, exercise: Exercise) -> Json:
        """The verdict on one exercise, with what stands in its way and what to do instead."""
        word = self.plan.verdicts.words[position]
        reasons: list[object] = []
        wanted: list[str] = []
        if word in OUT:
            reasons, wanted = self._out(word, standing_in_the_way(self.plan, position))
        elif word == CAUTION:
            reasons = self.reasons(caution_sayings(self.plan, position))
        out = word in OUT
        return {
            "verdict": word,
            "name": exercise.name,
            "reasons": reasons,
            "needs": wanted,
            "instead": self.instead(position, exercise.pattern) if out else [],
        }

    def _out(self, word: str, forbidders: tuple[int, ...]) -> tuple[list[object], list[str]]:
        """The reasons and needs of an exercise that is out; once for those that share rules."""
        key = (word, forbidders)
        if key not in self.out:
            reasons = self.reasons((place, "") for place in forbidders)
            self.out[key] = reasons, self.needs(word, forbidders)
        return self.out[key]

    def needs(self, word: str, forbidders: tuple[int, ...]) -> list[str]:
        """The facts that would settle an exercise with these rules in its way."""
        return needs_of(self.plan, forbidders) if word == UNRESOLVED else []

    def instead(self, position: int, pattern: str) -> list[str]:
        """What to do instead: allowed, same movement pattern, best preferred first."""
        plan = self.plan
        if pattern not in self.best:
            mask = plan.rules.pattern_masks[pattern] & plan.verdicts.allowed
            self.best[pattern] = preferred(mask, plan.verdicts.weights)
        return stand_ins(position, self.best[pattern], plan.rules)


def line_document(plan: Plan, line: Line) -> Json:
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
        "load_percent": dose.load_percent,
        "load_step_percent": dose.load_step_percent,
        "notation": notation(dose, per_side=exercise.per_side),
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
    if question.kind == "integer":
        document |= {"minimum": question.minimum, "maximum": question.maximum}
    return document


def answer_words(question: Question) -> list[str]:
    """The words a question can be answered with (none for a number)."""
    return ["yes", "no"] if question.kind == YES_NO else [each.id for each in question.choices]


def small_document(plan: Plan, fields: Iterable[str]) -> Json:
    """Some keys of a plan's document, without reasons: a verdict is a word, a line its dose."""
    return {name: SMALL[name](plan) if name in SMALL else _field(plan, name) for name in fields}


def _field(plan: Plan, name: str) -> object:
    return FIELDS[name](PlanWriter(plan))


def _small_session(plan: Plan) -> Json | None:
    if plan.session is None:
        return None
    return {"exercises": [line_document(plan, line) for line in plan.session.lines]}


def _small_verdicts(plan: Plan) -> Json:
    return dict(zip(plan.rules.exercise, plan.verdicts.words, strict=True))


def _fired(plan: Plan) -> list[str]:
    return list(plan.fired)


def verdict_document(plan: Plan, position: int) -> Json:
    """The verdict on one exercise by itself."""
    return PlanWriter(plan).verdict(position, plan.rules.exercises[position])


def _referral(plan: Plan) -> Json | None:
    """Whom to see and how fast: known as soon as one reason for it is."""
    level = plan.careful.level
    if level < REFERRAL:
        return None
    known = [place for place in plan.careful.rules if plan.findings.true >> place & 1]
    own = [program_of(plan.rules).levels[place].action for place in known]
    general = plan.rules.levels[level].action
    actions = " ".join(dict.fromkeys(action or general for action in own or [general]))
    text = name_helplines(actions, plan.country, plan.rules.emergency_numbers)
    return {"urgency": LEVELS[level], "action": text}


def _safety_net(plan: Plan) -> list[str]:
    """What to watch for; in an emergency there is only one thing to do."""
    return [] if plan.careful.level == len(LEVELS) - 1 else _texts(plan, "safety_net")


def _texts(plan: Plan, kind: str) -> list[str]:
    helplines = plan.rules.emergency_numbers
    return [name_helplines(words, plan.country, helplines) for _, words in said(plan, kind)]


def open_facts(plan: Plan) -> list[str]:
    """The questions that safety waits for; in a plan, those its caution rests on."""
    if plan.careful.open_facts:
        return list(plan.careful.open_facts)
    if plan.session is None:
        return []
    left = positions(plan.verdicts.unresolved)
    wanted = {fact for position in left for fact in needs(plan, position)}
    places = plan.rules.question_position
    return [fact for fact in places if fact in wanted and plan.facts.is_open(places[fact])]


def _level_says(plan: Plan) -> str:
    return "" if plan.level is None else plan.rules.levels[plan.careful.level].says


def _in_session(writer: PlanWriter, kind: str) -> list[object]:
    """What is said of one kind where there is a session."""
    return writer.reasons(said(writer.plan, kind)) if writer.plan.session else []


def _open_questions(plan: Plan) -> list[Json]:
    return [question_document(plan.rules.question[fact]) for fact in open_facts(plan)]


def _names(plan: Plan, places: Iterable[int]) -> list[str]:
    return [plan.rules.questions[place].id for place in sorted(places)]


def _not_asked(plan: Plan) -> list[str]:
    return _names(plan, filter(plan.facts.is_open, range(len(plan.facts.values))))


def _rule_base(plan: Plan) -> Json:
    rules = plan.rules
    return {"name": rules.name, "version": rules.version, "sha256": rules.sha256}


# The keys of the document, in the contract's order, each with what makes its value.
FIELDS: dict[str, Callable[[PlanWriter], object]] = {
    "schema": lambda _: SCHEMA,
    "level": lambda w: w.plan.level,
    "status": lambda w: w.plan.status,
    "level_says": lambda w: _level_says(w.plan),
    "level_reasons": lambda w: w.reasons(level_sayings(w.plan)),
    "referral": lambda w: _referral(w.plan),
    "session": lambda w: w.session(),
    "schedule": lambda w: w.schedule(),
    "progression": lambda w: _in_session(w, "progression"),
    "verdicts": lambda w: w.verdicts(),
    "advice": lambda w: _in_session(w, "advice"),
    "contradictions": lambda w: w.reasons(contradictions(w.plan)),
    "safety_net": lambda w: _safety_net(w.plan),
    "open_questions": lambda w: _open_questions(w.plan),
    "answers": lambda w: w.answers(),
    "not_sure": lambda w: _names(w.plan, w.plan.facts.not_sure),
    "not_asked": lambda w: _not_asked(w.plan),
    "stated_clear": lambda w: _names(w.plan, w.plan.facts.stated_clear),
    "command": lambda w: w.command(),
    "rule_base": lambda w: _rule_base(w.plan),
}
# The keys whose small form leaves the reasons out.
SMALL: dict[str, Callable[[Plan], object]] = {
    "level": lambda plan: plan.level,
    "status": lambda plan: plan.status,
    "session": _small_session,
    "verdicts": _small_verdicts,
    "fired": _fired,
}
