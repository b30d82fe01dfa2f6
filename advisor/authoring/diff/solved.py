"""Two rule bases -> a person for every change there is, found by an SMT solver.

Both are translated over one person. A question that both ask is answered once; its choices are
told apart by their ids. Where a number may differ in range, or a choice (of one) stands in one
rule base only, only answers that both can take are looked at; what one alone asks is free.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import z3

from advisor.answers import UNSURE
from advisor.authoring.diff.changes import DOSES, WHOLE, Answers, Change, Found, is_ceiling
from advisor.authoring.proof.person import (
    Person,
    SymbolicAnswer,
    comparisons_of,
    facts_in,
    person,
    possible,
    solver_of,
)
from advisor.authoring.proof.replay import MachineryError
from advisor.authoring.proof.translation import Translation
from advisor.engine.ready import program_of
from advisor.rulebase.shapes import (
    LEVELS,
    REFERRAL,
    SCHEDULE,
    Choice,
    OneOf,
    Question,
    RuleBase,
)

OPEN = len(LEVELS)


def solve_for(found: Found) -> None:
    """Add a person for every change. Raises MachineryError if a model does not replay."""
    old, new = found.sides.old, found.sides.new
    merged = _merged(old, new)
    someone = person("a", merged.values(), comparisons_of(old, new))
    before = Translation(old, _seen_by(old, someone))
    after = Translation(new, _seen_by(new, someone))
    shared = [*_shared(old, new, someone)]
    for change, formula in _goals(before, after):
        if change in found.people:
            continue
        solver = solver_of(someone)
        solver.add(*shared, formula)
        if possible(solver):
            found.note(_answers(solver.model(), someone, merged))
            if change not in found.people:
                message = f"the example of `{change.kind} {' '.join(change.about)}` does not replay"
                raise MachineryError(message)


def _merged(old: RuleBase, new: RuleBase) -> dict[str, Question]:
    """The questions of both, with the choices of both and the numbers that both can take."""
    merged = dict(old.question)
    for question in new.questions:
        other = old.question.get(question.id)
        if other is None or other.kind != question.kind:
            merged[question.id] = question
            continue
        ids = {choice.id: choice for choice in (*other.choices, *question.choices)}
        merged[question.id] = replace(
            question,
            choices=tuple(Choice(key, each.label) for key, each in ids.items()),
            minimum=max(question.minimum, other.minimum),
            maximum=min(question.maximum, other.maximum),
        )
    return merged


def _seen_by(rules: RuleBase, someone: Person) -> dict[str, SymbolicAnswer]:
    """The answers as one rule base knows them: its own choices, in its own order."""
    return {question.id: _seen(question, someone[question.id]) for question in rules.questions}


def _seen(question: Question, answer: SymbolicAnswer) -> SymbolicAnswer:
    if not question.choices or question.kind != answer.question.kind:
        return replace(answer, question=question)
    places = answer.question.positions
    bits = tuple(answer.bits[places[choice.id]] for choice in question.choices)
    return replace(answer, question=question, bits=bits)


def _shared(old: RuleBase, new: RuleBase, someone: Person) -> Iterator[z3.BoolRef]:
    """Only answers that both can take."""
    for name in old.question.keys() & new.question.keys():
        one, other, answer = old.question[name], new.question[name], someone[name]
        if one.kind != other.kind:
            yield z3.Not(answer.known)
        elif isinstance(one.type, OneOf):
            for place, choice in enumerate(answer.question.choices):
                if not (choice.id in one.positions and choice.id in other.positions):
                    yield z3.Not(answer.bits[place])


def _goals(before: Translation, after: Translation) -> Iterator[tuple[Change, z3.BoolRef]]:
    """Every change that there could be, with the formula of whoever meets it."""
    then, now = (_by_id(each) for each in (before, after))
    for name in {**then, **now}:
        one, other = (each.get(name, z3.BoolVal(val=False)) for each in (then, now))
        yield Change("gained", (name,)), z3.And(other, z3.Not(one))
        yield Change("lost", (name,)), z3.And(one, z3.Not(other))
    yield from _levels(before, after)
    for what in (*DOSES, *SCHEDULE, *WHOLE):
        yield Change("dose_relaxed", (what,)), _slacker(what, before, after, then, now)
        yield Change("dose_tightened", (what,)), _slacker(what, after, before, now, then)


def _by_id(them: Translation) -> dict[str, z3.BoolRef]:
    return {each.id: them.allowed(place) for place, each in enumerate(them.rules.exercises)}


def _levels(before: Translation, after: Translation) -> Iterator[tuple[Change, z3.BoolRef]]:
    """From each level to each other one; a level that is open compares with training only."""
    for one in range(OPEN + 1):
        for other in range(OPEN + 1):
            below = min(one, other) < REFERRAL
            if one == other or (OPEN in (one, other) and not below):
                continue
            kind = "level_relaxed" if other < one else "level_tightened"
            words = tuple("" if each == OPEN else LEVELS[each] for each in (one, other))
            yield Change(kind, words), z3.And(_at(one, before), _at(other, after))


def _at(level: int, them: Translation) -> z3.BoolRef:
    return them.incomplete if level == OPEN else them.level_within(level, level)


def _slacker(
    what: str,
    one: Translation,
    other: Translation,
    then: Mapping[str, z3.BoolRef],
    now: Mapping[str, z3.BoolRef],
) -> z3.BoolRef:
    """Whether the second holds a number less tightly, for an exercise that both allow."""
    amounts = sorted(_amounts(what, one.rules) | _amounts(what, other.rules))

    def held(amount: int, name: str | None = None) -> z3.BoolRef:
        """Whether a number is held as tightly as this by the first, and not by the second."""
        tight, loose = (_as_tight(what, amount, name, each) for each in (one, other))
        return z3.And(tight, z3.Not(loose))

    if what in (*SCHEDULE, *WHOLE):
        both = z3.And(one.has_session, other.has_session)
        return z3.And(both, z3.Or([held(each) for each in amounts]))
    return z3.Or(
        [
            z3.And(then[name], now[name], held(amount, name))
            for name in then.keys() & now.keys()
            if _default(name, what, one.rules) and _default(name, what, other.rules)
            for amount in amounts
        ]
    )


def _as_tight(what: str, amount: int, name: str | None, them: Translation) -> z3.BoolRef:
    default = _default(name, what, them.rules)
    if default is not None and _fits(what, default, amount):
        return z3.BoolVal(val=True)
    caps = _caps(what, name, them.rules)
    return them.some(dict.fromkeys(place for place, most in caps if _fits(what, most, amount)))


def _fits(what: str, amount: int, limit: int) -> bool:
    return amount <= limit if is_ceiling(what) else amount >= limit


def _amounts(what: str, rules: RuleBase) -> set[int]:
    """Every amount that a number can come to."""
    names = [None] if what in (*SCHEDULE, *WHOLE) else [*rules.exercise]
    defaults = (_default(name, what, rules) for name in names)
    capped = {most for _, most in _caps(what, None, rules)}
    return capped | {each for each in defaults if each is not None}


def _caps(what: str, name: str | None, rules: RuleBase) -> list[tuple[int, int]]:
    """The rules that hold a number, with how tightly; of one exercise, if it has a name."""
    if what in WHOLE:
        return [*(program_of(rules).days if what == "days" else program_of(rules).lines).items()]
    bit = 0 if name is None else 1 << rules.position[name]
    return [
        (place, cap.amount)
        for place, caps in program_of(rules).caps.items()
        for cap in caps
        if cap.what == what and not bit & ~cap.exercises
    ]


def _default(name: str | None, what: str, rules: RuleBase) -> int | None:
    """A number before any cap."""
    if what in WHOLE:
        return len(rules.routine) if what == "days" else rules.session_at_most
    if name is None:
        schedule = rules.schedule
        return schedule.rest_hours if what == "rest_hours" else schedule.sessions_per_week[1]
    dose = rules.usual_doses[rules.position[name]]
    return getattr(dose, what) if dose else None


def _answers(model: z3.ModelRef, someone: Person, merged: Mapping[str, Question]) -> Answers:
    """A model as answers, in the words of both rule bases."""
    questions = list(merged.values())
    facts = facts_in(model, someone, questions)
    found: Answers = {}
    for place, (question, value) in enumerate(zip(questions, facts.values, strict=True)):
        if value is not None and value != question.first:
            found[question.id] = question.decode(value)
        elif place in facts.not_sure:
            found[question.id] = UNSURE
    return found
