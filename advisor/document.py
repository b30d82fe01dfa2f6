"""Plan → document: the plain values that are printed as JSON and that every report is made of."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from typing import TYPE_CHECKING

from advisor.answers import UNSURE
from advisor.findings import pending
from advisor.helplines import name_helplines
from advisor.reasons import Reason, reason, slot_reason, spoken
from advisor.rulebase.shapes import LEVELS, REFERRAL, SET, YES_NO, Dose, Question
from advisor.verdicts import AVOID, CAUTION, UNRESOLVED, positions, substitutes

if TYPE_CHECKING:
    from advisor.plan import Plan
    from advisor.session import Line

SCHEMA = "legday.plan/1"
Json = dict[str, object]


def plan_document(plan: Plan) -> Json:
    """The JSON of a plan, as the contract has it."""
    facts, rules = plan.facts, plan.rules
    names = [question.id for question in rules.questions]
    known = [place for place, value in enumerate(facts.values) if value is not None]
    return {
        "schema": SCHEMA,
        "level": plan.level,
        "status": plan.status,
        "level_says": _says(plan),
        "level_reasons": _dicts(level_reasons(plan)),
        "referral": _referral(plan),
        "session": _session(plan),
        "schedule": _schedule(plan),
        "progression": _dicts(said(plan, "progression")) if plan.session else [],
        "verdicts": {
            exercise.id: verdict_document(plan, place)
            for place, exercise in enumerate(rules.exercises)
        },
        "advice": _dicts(said(plan, "advice")) if plan.session else [],
        "safety_net": _safety_net(plan),
        "open_questions": [question_document(rules.question[fact]) for fact in open_facts(plan)],
        "answers": {names[place]: spoken(names[place], facts, rules) for place in known},
        "not_sure": [name for place, name in enumerate(names) if place in facts.not_sure],
        "not_asked": [name for place, name in enumerate(names) if facts.is_open(place)],
        "stated_clear": [name for place, name in enumerate(names) if place in facts.stated_clear],
        "command": command(plan),
        "rule_base": {"name": rules.name, "version": rules.version, "sha256": rules.sha256},
    }


def _dicts(reasons: Iterable[Reason]) -> list[Json]:
    return [each.to_dict() for each in reasons]


def _says(plan: Plan) -> str:
    return "" if plan.level is None else plan.rules.levels[plan.careful.level].says


def level_reasons(plan: Plan) -> list[Reason]:
    """Why the level is what it is (or, while it is open, at least this)."""
    rules = plan.rules.rules
    return [reason(rules[place], plan.facts, plan.rules) for place in plan.careful.rules]


def _referral(plan: Plan) -> Json | None:
    """Whom to see and how fast: known as soon as one reason for it is."""
    level = plan.careful.level
    if level < REFERRAL:
        return None
    known = [place for place in plan.careful.rules if place in plan.findings.true]
    own = [plan.rules.program.levels[place].action for place in known]
    general = plan.rules.levels[level].action
    actions = dict.fromkeys(_local(action or general, plan) for action in own or [general])
    return {"urgency": LEVELS[level], "action": " ".join(actions)}


def _safety_net(plan: Plan) -> list[str]:
    """What to watch for; in an emergency there is only one thing to do."""
    if plan.careful.level == len(LEVELS) - 1:
        return []
    return [each.text for each in said(plan, "safety_net")]


def said(plan: Plan, kind: str) -> list[Reason]:
    """What the true rules have to say of one kind."""
    advises = plan.rules.program.advises
    return [
        reason(plan.rules.rules[place], plan.facts, plan.rules, _local(effect.say, plan))
        for place in plan.findings.true
        for effect in advises.get(place, ())
        if effect.kind == kind
    ]


def _local(text: str, plan: Plan) -> str:
    """A text that says whom to call, for where this person is."""
    return name_helplines(text, plan.country, plan.rules.emergency_numbers)


def _session(plan: Plan) -> Json | None:
    if plan.session is None:
        return None
    slots = {slot.id: slot.name for slot in plan.rules.slots}
    return {
        "warm_up": [each.text for each in said(plan, "warm_up")],
        "exercises": [_line(plan, line) for line in plan.session.lines],
        "stop_if": _dicts(said(plan, "stop_sign")),
        "empty_slots": [{"slot": slot, "name": slots[slot]} for slot in plan.session.empty],
    }


def _line(plan: Plan, line: Line) -> Json:
    rules = plan.rules
    exercise = rules.exercises[line.position]
    dose = line.dose
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
        "cues": _dicts(cues(plan, line.position)),
        "reasons": _dicts(choice_reasons(plan, line)),
        "dose_reasons": _dicts(reason(rules.rules[p], plan.facts, rules) for p in line.capped_by),
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


def cues(plan: Plan, position: int) -> list[Reason]:
    """How to do an exercise: its limits for this person first, then the cues."""
    rules, bit = plan.rules, 1 << position
    limits = caution_reasons(plan, position)
    spoken_cues = [
        reason(rules.rules[place], plan.facts, rules, effect.say)
        for place in plan.findings.true
        for effect in rules.program.advises.get(place, ())
        if effect.kind == "cue" and effect.exercises & bit
    ]
    own = [each for each in spoken_cues if each.rule.startswith("how-to-")]
    return limits + own + [each for each in spoken_cues if each not in own]


def caution_reasons(plan: Plan, position: int) -> list[Reason]:
    """The limits that apply to an exercise."""
    rules, cautions = plan.rules, plan.rules.program.cautions
    every = sorted((*plan.findings.true, *plan.findings.unknown))
    return [
        reason(rules.rules[place], plan.facts, rules, effect.limit)
        for place in every
        if place in cautions
        for effect in rules.program.limits[place]
        if effect.exercises >> position & 1
    ]


def choice_reasons(plan: Plan, line: Line) -> list[Reason]:
    """What an exercise was preferred for; if nothing, why its slot is in the session."""
    rules, bit = plan.rules, 1 << line.position
    for_it = [
        (effect.weight, place)
        for place in plan.findings.true
        for effect in rules.program.prefers.get(place, ())
        if effect.exercises & bit
    ]
    for_it.sort(key=lambda each: -each[0])
    reasons = [reason(rules.rules[place], plan.facts, rules) for _, place in for_it]
    return reasons or [slot_reason(line.slot, rules)]


def verdict_document(plan: Plan, position: int) -> Json:
    """The verdict on one exercise, with what stands in its way and what to do instead."""
    word = plan.verdicts.of(position)
    out = word in (AVOID, UNRESOLVED)
    return {
        "verdict": word,
        "name": plan.rules.exercises[position].name,
        "reasons": _dicts(verdict_reasons(plan, position)),
        "needs": verdict_needs(plan, position) if word == UNRESOLVED else [],
        "instead": substitutes(position, plan.verdicts, plan.rules) if out else [],
    }


def standing_in_the_way(plan: Plan, position: int) -> tuple[int, ...]:
    """The rules that decide a verdict: those that forbid it, or else leave it unresolved."""
    word, bit = plan.verdicts.of(position), 1 << position
    which = {AVOID: plan.findings.true, UNRESOLVED: plan.findings.unknown}.get(word, ())
    avoids, levels = plan.rules.program.avoids, plan.rules.program.levels
    every = [place for place in which if avoids.get(place, 0) & bit]
    own = [place for place in every if place not in levels or levels[place].level < REFERRAL]
    return tuple(own or (plan.careful.rules if word == AVOID else ()))


def verdict_reasons(plan: Plan, position: int) -> list[Reason]:
    """Why an exercise has its verdict. An exercise that is fine needs no reason."""
    if plan.verdicts.of(position) == CAUTION:
        return caution_reasons(plan, position)
    which = standing_in_the_way(plan, position)
    return [reason(plan.rules.rules[place], plan.facts, plan.rules) for place in which]


def verdict_needs(plan: Plan, position: int) -> list[str]:
    """The facts that would settle an unresolved exercise, in the author's order."""
    rules, answers = plan.rules, plan.facts.by_name(plan.rules)
    needs = set(plan.careful.open_facts)
    for place in plan.findings.unknown:
        if rules.program.avoids.get(place, 0) >> position & 1:
            needs.update(pending(rules.rules[place].when, answers, rules.finding))
    return [question.id for question in rules.questions if question.id in needs]


def open_facts(plan: Plan) -> list[str]:
    """The questions that safety waits for; in a plan, those its caution rests on."""
    if plan.careful.open_facts:
        return list(plan.careful.open_facts)
    if plan.session is None:
        return []
    left = positions(plan.verdicts.unresolved)
    needs = {fact for position in left for fact in verdict_needs(plan, position)}
    places = plan.rules.question_position
    return [fact for fact in places if fact in needs and plan.facts.is_open(places[fact])]


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


def _schedule(plan: Plan) -> Json | None:
    if plan.schedule is None:
        return None
    rules = plan.rules
    return {
        "sessions_per_week": list(plan.schedule.sessions_per_week),
        "rest_hours": plan.schedule.rest_hours,
        "ready_in_hours": plan.schedule.ready_in_hours,
        "reasons": _dicts(
            reason(rules.rules[place], plan.facts, rules) for place in plan.schedule.capped_by
        ),
    }


def command(plan: Plan, name: str = "plan") -> str:
    """The command line that gives this plan, or what another command says, again."""
    facts, words = plan.facts, ["legday", name, *plan.options]
    if facts.stated_clear:
        words.append("--screened")
    for place, question in enumerate(plan.rules.questions):
        if place in facts.stated_clear or facts.is_open(place):
            continue
        words += [flag(question.id), answer_text(question, facts.values[place])]
    return shlex.join(words)


def flag(fact: str) -> str:
    """The command-line flag of a question."""
    return f"--{fact.replace('_', '-')}"


def answer_text(question: Question, code: int | None) -> str:
    """An encoded answer as it is written on a command line."""
    if code is None:
        return UNSURE
    value = question.decode(code)
    if question.kind == YES_NO:
        return "yes" if value else "no"
    if question.kind == SET:
        return ",".join(value) or "none"  # type: ignore[arg-type]
    return str(value)
