"""A plan and the sessions so far → the same session with weights, and what moved since last time.

Nothing goes up but by the scheme of the rule base, for an exercise that was done as it asks, and
nothing where a rule that holds may apply; nothing ever goes beyond the dose of the plan.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil, floor, inf

from advisor.answers import Facts
from advisor.doses import LOAD
from advisor.findings import conclude
from advisor.journal.progress import quiet_in_a_row, was_quiet
from advisor.journal.records import KG_OF_LB
from advisor.journal.sets import weight_words
from advisor.result import Plan
from advisor.rulebase.measures import measure
from advisor.rulebase.shapes import Cap, Dose, Hold, RuleBase, StepBack
from advisor.rulebase.shapes.history import NORMAL, Scheme, Session, SetDone
from advisor.session import Line, apart_masks, line_of, timed
from advisor.verdicts import preferred
from advisor.wishes import LB

# A day, the sets of an exercise on it, and whether the day and the morning after it were quiet.
Done = tuple[str, Sequence[SetDone], bool | None]
SCHEME = "scheme"  # stands for a rule where it is the scheme that moves something
PERCENT = 100
ROUNDING = 1e-6  # so that what is a whole number of steps is not one less
FINEST = 0.1  # kilograms: what is lighter than its step, or has none, is told so finely


@dataclass(frozen=True)
class Move:
    """One line that differs from last time: how it was and is, the rule behind it, and why."""

    exercise: str
    was: str
    now: str
    rule: str
    why: str


@dataclass(frozen=True)
class Moved:
    """A plan with the weights of today, what differs, and whether it is a lighter one."""

    plan: Plan
    moves: tuple[Move, ...]
    lighter: bool = False


@dataclass(frozen=True)
class _Now:
    """What is the same for every line."""

    plan: Plan
    sessions: Sequence[Session]
    scheme: Scheme
    quiet: int
    lighter: bool
    breaks: tuple[str, ...]  # the days that the next session came long after
    units: str


def moved(plan: Plan, sessions: Sequence[Session], today: str) -> Moved:
    """The session of a plan as the scheme has it today; the plan itself without a scheme."""
    scheme, rules = plan.rules.scheme, plan.rules
    if scheme is None or plan.session is None or not sessions:
        return Moved(plan, ())
    lighter = _is_lighter(scheme, [each.date for each in sessions])
    quiet = quiet_in_a_row(sessions, rules, today)
    breaks = _breaks(scheme, [*(each.date for each in sessions), today])
    now = _Now(plan, sessions, scheme, quiet, lighter, breaks, plan.wishes.units)
    lines, moves = list[Line](), list[Move]()
    for line in plan.session.lines:
        taken = {each.position for each in (*plan.session.lines, *lines)}
        made, move = _line(line, now, taken)
        lines.append(timed(made, rules))
        moves += [move] if move else []
    session = replace(plan.session, lines=tuple(lines))
    return Moved(replace(plan, session=session), tuple(moves), lighter)


def _applying(kind: type[Hold | StepBack], plan: Plan, position: int) -> tuple[int, ...]:
    """The rules that hold an exercise, or step it back; those that are true first."""
    found = [
        rule
        for rule, effects in plan.rules.effects.get(kind, {}).items()
        if plan.findings.possible >> rule & 1
        and any(isinstance(each, kind) and each.exercises >> position & 1 for each in effects)
    ]
    return tuple(sorted(found, key=lambda rule: not plan.findings.true >> rule & 1))


def _breaks(scheme: Scheme, dates: Sequence[str]) -> tuple[str, ...]:
    """The days of sessions after which there was none for long."""
    days = [date.fromisoformat(each) for each in dates]
    return tuple(
        each
        for each, before, after in zip(dates, days, days[1:], strict=False)
        if (after - before).days >= scheme.break_days
    )


def _is_lighter(scheme: Scheme, dates: Sequence[str]) -> bool:
    """Whether it is the turn of a lighter session, by those since the last break."""
    if scheme.lighter_after is None:
        return False
    days = [date.fromisoformat(each) for each in dict.fromkeys(dates)]
    row = 1
    for before, after in zip(days[-2::-1], days[:0:-1], strict=True):
        if (after - before).days >= scheme.break_days:
            break
        row += 1
    return row % (scheme.lighter_after + scheme.lighter_for) >= scheme.lighter_after


def work_sets(session: Session, exercise: str) -> tuple[SetDone, ...]:
    """The sets of an exercise that count."""
    return tuple(each for each in session.sets if each.exercise == exercise and each.kind == NORMAL)


def _line(line: Line, now: _Now, taken: set[int]) -> tuple[Line, Move | None]:
    """One line as it is today, and how it differs from last time."""
    rules = now.plan.rules
    exercise = rules.exercises[line.position]
    done = [
        (each.date, sets, was_quiet(each, rules))
        for each in now.sessions
        if (sets := work_sets(each, exercise.id))
    ]
    if not done:
        return line, None
    last_sets = done[-1][1]
    back = _applying(StepBack, now.plan, line.position)
    easier = _easier(line, now, taken) if back and now.scheme.easier_move else None
    if easier is not None:
        name = rules.exercises[easier.position].name
        return easier, Move(exercise.id, exercise.name, name, *_said(back[0], rules))
    kg = max((each.kg for each in last_sets if each.kg), default=None)
    most = _most(line, now.sessions, exercise.id)
    last = _with(line, min((each.reps for each in last_sets if each.reps), default=0), kg)
    start = last._replace(kg=_at_most(kg, most, line, now)) if kg and most else last
    if most is None:
        start = last._replace(kg=None)  # the plan tells a part of the usual weight then
    made, rule_id, why = _next(line, start, done, now, back)
    if made.kg and most and made.kg > most:
        made = made._replace(kg=start.kg)
    if kg and start.kg and made.kg == start.kg < kg:
        rule_id, why = next(_capping(line, (LOAD,), rules), (rule_id, why))
    was, is_now = _sets_words(last_sets, now.units), _words(made, now.units)
    return made, None if was == is_now else Move(exercise.id, was, is_now, rule_id, why)


def _most(line: Line, sessions: Sequence[Session], exercise: str) -> float | None:
    """The most that the plan's part of the usual weight is today, in kilograms.

    What is usual follows from the last sets, as the part of it that they were planned to be is kept
    with them; those of another app count as usual. None where that is not known, or no weight told.
    """
    part_today = line.dose.load_percent
    if part_today == PERCENT:
        return inf
    if not part_today:
        return None
    for each in reversed(sessions):
        whole = PERCENT if each.source else None
        usual = [
            done.kg * PERCENT / part
            for done in work_sets(each, exercise)
            if done.kg and (part := done.load_percent or whole)
        ]
        if usual:
            return max(usual) * part_today / PERCENT
    return None


def _capping(line: Line, whats: Collection[str], rules: RuleBase) -> Iterator[tuple[str, str]]:
    """The rules that make such numbers of the plan's dose what they are, each with its reason."""
    caps = rules.effects.get(Cap, {})
    for rule in line.capped_by:
        if any(isinstance(each, Cap) and each.what in whats for each in caps.get(rule, ())):
            yield _said(rule, rules)


def _at_most(kg: float, most: float, line: Line, now: _Now) -> float:
    """A weight, or the heaviest there is below the most that it may be."""
    return kg if kg <= most else _rounded(most, _step(line, now.plan.rules, now.units))


def _next(
    line: Line, last: Line, done: Sequence[Done], now: _Now, back: Sequence[int]
) -> tuple[Line, str, str]:
    """The line of today, the rule behind it, and why it is so."""
    scheme, dose, rules = now.scheme, line.dose, now.plan.rules
    same = _with(line, min(last.dose.reps or dose.reps, dose.reps), last.kg)
    date, sets, _ = done[-1]
    back = back or _owed(line.position, date, now)
    if back or any(each >= date for each in now.breaks):
        less = _less(same, scheme.step_back_percent, rules, now.units)
        return less, *(_said(back[0], rules) if back else (SCHEME, "less, after a break"))
    if now.lighter:
        fewer = ceil(dose.sets * scheme.lighter_sets_percent / PERCENT)
        light = same._replace(dose=replace(same.dose, sets=fewer))
        return light, SCHEME, "a lighter session after many in a row"
    if holds := _applying(Hold, now.plan, line.position):
        held = same._replace(dose=replace(same.dose, sets=min(dose.sets, len(sets))))
        return held, *_said(holds[0], rules)
    return _on(line, same, done, now)


def _on(line: Line, same: Line, done: Sequence[Done], now: _Now) -> tuple[Line, str, str]:
    """The line of today where nothing holds it, from the same as last time."""
    dose, (_, sets, quiet) = line.dose, done[-1]
    if step := _heavier(line, same.kg, done, now):
        heavier, extra = step
        return heavier, SCHEME, _well_done(dose, extra, now.scheme)
    if quiet and now.quiet and same.dose.reps < dose.reps and _met(sets, dose, same.dose.reps):
        why = "all sets done with enough in reserve, and a quiet morning"
        return _with(line, same.dose.reps + 1, same.kg), SCHEME, why
    if len(sets) < dose.sets:
        return same, SCHEME, "all the sets of the plan"
    planned = SCHEME, "as the plan has it today"
    return same, *next(_capping(line, ("sets", "reps"), now.plan.rules), planned)


def _owed(position: int, last: str, now: _Now) -> tuple[int, ...]:
    """The rules that stepped an exercise back after its last day, where others came in between."""
    rules, sessions = now.plan.rules, now.sessions
    after = next((each.started for each in sessions if each.date > last), None)
    if after is None:
        return ()
    known = measure(rules.questions, [each for each in sessions if each.date <= last], after)
    values = [known.get(name, code) for name, code in now.plan.facts.by_name(rules).items()]
    then = replace(now.plan, findings=conclude(Facts(tuple(values)), rules))
    found = _applying(StepBack, then, position)
    return tuple(rule for rule in found if then.findings.true >> rule & 1)


def _said(rule: int, rules: RuleBase) -> tuple[str, str]:
    """A rule and its reason."""
    found = rules.rules[rule]
    return found.id, found.short or found.because


def _with(line: Line, reps: int, kg: float | None) -> Line:
    return line._replace(dose=replace(line.dose, reps=reps), kg=kg)


def _met(sets: Sequence[SetDone], dose: Dose, reps: int, extra: int = 0) -> bool:
    """Whether all sets were done, with so many repetitions and as many in reserve as is asked.

    With `extra`, so many more of both together.
    """
    return len(sets) >= dose.sets and all(
        (each.reps or 0) >= reps
        and each.in_reserve is not None
        and each.in_reserve >= dose.reps_in_reserve
        and (each.reps or 0) + each.in_reserve >= reps + dose.reps_in_reserve + extra
        for each in sets
    )


def _step(line: Line, rules: RuleBase, units: str) -> float | None:
    """The smallest step of weight that there is, in kilograms."""
    step = rules.weight_step[line.position]
    if step is None:
        return None
    return step.lb * KG_OF_LB if units == LB and step.lb else step.kg


def _heavier(
    line: Line, kg: float | None, done: Sequence[Done], now: _Now
) -> tuple[Line, int] | None:
    """The next weight, and how many more than asked were left for it; None where it is not due.

    Where the smallest step that there is comes to more than a weight may grow by, it takes more in
    reserve, and begins with fewer repetitions.
    """
    scheme, dose = now.scheme, line.dose
    step = _step(line, now.plan.rules, now.units)
    lately = done[-scheme.times :]
    well = all(quiet and _met(sets, dose, dose.reps) for _, sets, quiet in lately)
    enough = len(lately) == scheme.times and now.quiet >= scheme.quiet_mornings
    if not (kg and step and well and enough):
        return None
    low, high = scheme.step_percent
    rise = max(1, ceil(kg * low / PERCENT / step)) * step
    beyond, extra = rise * PERCENT / kg - min(high, dose.load_step_percent or high), 0
    if beyond > 0:
        if scheme.smallest_step_percent is None or (dose.load_step_percent or high) < high:
            return None
        rise = step
        over = rise * PERCENT / kg - scheme.smallest_step_percent
        extra = max(0, ceil(over / scheme.percent_per_rep))
        if not all(_met(sets, dose, dose.reps, extra) for _, sets, _ in lately):
            return None
    fewer = scheme.reps_below + max(0, ceil(beyond / scheme.percent_per_rep))
    return _with(line, max(1, dose.reps - fewer), kg + rise), extra


def _less(line: Line, percent: int, rules: RuleBase, units: str) -> Line:
    """Less weight, down to a step that there is; of what has none, fewer repetitions."""
    if line.kg is None:
        return _with(line, max(1, line.dose.reps * percent // PERCENT), None)
    kg = _rounded(line.kg * percent / PERCENT, _step(line, rules, units))
    return _with(line, line.dose.reps, kg)


def _rounded(kg: float, step: float | None) -> float:
    """A weight, down to a step that there is."""
    step = step if step and step <= kg else FINEST
    return round(floor(kg / step + ROUNDING) * step, 1)


def _easier(line: Line, now: _Now, taken: set[int]) -> Line | None:
    """An easier move for the slot of a line."""
    rules = now.plan.rules
    names = rules.exercises[line.position].easier
    return _in_its_place(line, [rules.position[each] for each in names], now.plan, taken)


def _in_its_place(
    line: Line, candidates: Sequence[int], plan: Plan, taken: set[int]
) -> Line | None:
    """The first that is allowed in the slot of a line, and that nothing keeps from the others."""
    slot = next(each for each in plan.rules.slots if each.id == line.slot)
    apart = apart_masks(plan.findings.possible, plan.rules)
    barred = plan.choice.without | 1 << line.position
    for other in taken - {line.position}:
        barred |= apart[other] | 1 << other
    fits = plan.verdicts.allowed & plan.rules.slot_masks[slot.id] & ~barred
    place = next((each for each in candidates if fits >> each & 1), None)
    return None if place is None else line_of(slot, place, plan.findings, plan.rules)


def instead(line: Line, plan: Plan, sessions: Sequence[Session], today: str) -> Line | None:
    """Another allowed exercise for the slot of a line, the most preferred, as the scheme has it."""
    taken = {each.position for each in plan.session.lines} if plan.session else set()
    ranked = preferred(plan.verdicts.allowed, plan.verdicts.weights)
    other = _in_its_place(line, ranked, plan, taken)
    if other is None or plan.session is None:
        return None
    alone = replace(plan, session=replace(plan.session, lines=(other,)))
    found = moved(alone, sessions, today).plan.session
    return found.lines[0] if found else None


def _words(line: Line, units: str) -> str:
    """A line as it is told: `3 x 12 at 16 kg`."""
    dose = line.dose
    return _work_words(dose.sets, dose.reps, dose.hold_seconds, line.kg, units)


def _sets_words(sets: Sequence[SetDone], units: str) -> str:
    """Sets that were done, told as a line is, by the least of each number and the most weight."""
    reps = min((each.reps for each in sets if each.reps), default=None)
    seconds = min((each.seconds for each in sets if each.seconds), default=None)
    kg = max((each.kg for each in sets if each.kg), default=None)
    return _work_words(len(sets), reps, seconds, kg, units)


def _work_words(
    sets: int, reps: int | None, seconds: int | None, kg: float | None, units: str
) -> str:
    held = f"{seconds} s" if seconds else ""
    least = "" if held and reps == 1 else str(reps or "")
    work = " x ".join(filter(None, [str(sets), least, held]))
    return f"{work} at {weight_words(kg, units)}" if kg else work


def _well_done(dose: Dose, extra: int, scheme: Scheme) -> str:
    left = (
        f" with {dose.reps_in_reserve + extra} in reserve" if dose.reps_in_reserve + extra else ""
    )
    often = {1: "once", 2: "twice"}.get(scheme.times, f"{scheme.times} times in a row")
    mornings = f"{scheme.quiet_mornings} quiet morning{'s' if scheme.quiet_mornings > 1 else ''}"
    return f"{dose.reps} reps{left} {often}, and {mornings}"
