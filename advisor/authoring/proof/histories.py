"""What the scheme makes of every short history: nothing beyond the dose, and up only as it says.

That hangs on no rule but those that hold, so one person without a concern stands for all: for the
others a plan has less to move, and what holds them is decided by the solver.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

from advisor.answers import Facts
from advisor.authoring.proof.replay import MachineryError
from advisor.journal.scheme import PERCENT, moved
from advisor.plan import plan_for
from advisor.result import Plan
from advisor.rulebase.measures import measure
from advisor.rulebase.shapes import Hold, RuleBase, StepBack
from advisor.rulebase.shapes.history import BEFORE, DURING, NEXT_MORNING, Scheme, Session, SetDone
from advisor.session import Line

DAYS_APART = 3
STEPS = 25  # of weight, so that one more is a small part of it
DONE = ("all", "not said how hard", "less")
FIRST = date(2000, 1, 1)


def scheme_holds(rules: RuleBase) -> int:
    """How many histories were tried. Raises MachineryError where one of them raises too much."""
    scheme, well = rules.scheme, _well(rules)
    line = next(_with_weight(plan_for(well, rules)), None)
    if scheme is None or rules.journal is None or line is None:
        return 0
    calm = rules.question[rules.journal.check_in].minimum
    mornings = (None, calm, rules.journal.quiet, rules.journal.quiet + 1)
    tried = 0
    for count in range(1, scheme.prove_sessions + 1):
        for history in product(product(DONE, mornings), repeat=count):
            sessions = [_session(n, *each, line, rules) for n, each in enumerate(history)]
            _try(sessions, well, line, scheme, rules)
            tried += 1
    return tried


def _well(rules: RuleBase) -> Facts:
    """Somebody with nothing to report."""
    values = (
        question.first
        if question.observation
        else question.type.least(question)
        if question.clear is None
        else question.clear
        for question in rules.questions
    )
    return Facts(tuple(values))


def _with_weight(plan: Plan) -> Iterator[Line]:
    """The lines whose weight can move."""
    lines = plan.session.lines if plan.session else ()
    steps = plan.rules.weight_step
    return (
        each
        for each in lines
        if each.dose.load_percent == PERCENT and (step := steps[each.position]) and step.kg
    )


def _session(number: int, done: str, morning: int | None, line: Line, rules: RuleBase) -> Session:
    """One session of a history: how the sets went, and how the morning after was."""
    step, dose = rules.weight_step[line.position], line.dose
    kg = STEPS * (step.kg or 0) if step else None
    reps = dose.reps - (done == "less")
    left = dose.reps_in_reserve if done != "not said how hard" else None
    name = rules.exercises[line.position].id
    sets = tuple(SetDone(name, n, reps, kg, None, left) for n in range(dose.sets))
    felt = {BEFORE: 0, DURING: 0} | ({} if morning is None else {NEXT_MORNING: morning})
    day = FIRST + timedelta(days=DAYS_APART * number)
    return Session(number, None, f"{day}T12:00", "", "", sets, felt)


def _try(sessions: list[Session], well: Facts, line: Line, scheme: Scheme, rules: RuleBase) -> None:
    now = f"{FIRST + timedelta(days=DAYS_APART * len(sessions))}T12:00"
    values, doubts = [*well.values], set[int]()
    for fact, code in measure(rules.questions, sessions, now).items():
        values[place := rules.question_position[fact]] = code
        doubts |= {place} if code is None else set()
    plan = plan_for(Facts(tuple(values), frozenset(doubts)), rules)
    for each in moved(plan, sessions, now[:10]).plan.sessions[:1]:
        for now_line in each.lines:
            if now_line.position == line.position:
                _check(now_line, sessions, plan, scheme)


def _check(line: Line, sessions: list[Session], plan: Plan, scheme: Scheme) -> None:
    """Raise MachineryError for more than the dose, or more than last time without a cause."""
    dose = next(each.dose for each in _lines(plan) if each.position == line.position)
    if line.dose.reps > dose.reps or line.dose.sets > dose.sets:
        raise MachineryError(f"a history goes beyond the dose of `{_name(line, plan)}`")
    last = sessions[-1].sets[-1]
    more = (
        (line.kg or 0) > (last.kg or 0)
        or line.dose.reps > (last.reps or 0)
        or line.dose.sets > len(sessions[-1].sets)
    )
    held = any(
        plan.findings.possible >> rule & 1
        for kind in (Hold, StepBack)
        for rule in plan.rules.effects.get(kind, {})
    )
    heavier = (line.kg or 0) > (last.kg or 0)
    quiet = plan.rules.journal.quiet if plan.rules.journal else 0
    rows = [sessions[-n:] for n in (scheme.times, scheme.quiet_mornings)]
    earned = all(
        (each.sets[-1].in_reserve or 0) >= dose.reps_in_reserve
        and (each.sets[-1].reps or 0) >= dose.reps
        for each in rows[0]
    ) and all(each.check_ins.get(NEXT_MORNING, quiet + 1) <= quiet for each in rows[1])
    enough = len(sessions) >= max(scheme.times, scheme.quiet_mornings)
    if (more and held) or (heavier and not (earned and enough)):
        raise MachineryError(f"a history adds to `{_name(line, plan)}` what it should not")


def _lines(plan: Plan) -> tuple[Line, ...]:
    return plan.session.lines if plan.session else ()


def _name(line: Line, plan: Plan) -> str:
    return plan.rules.exercises[line.position].id
