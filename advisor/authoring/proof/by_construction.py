"""What holds by the way a session is built: the engine's own functions, run on enough inputs.

These claims hang on no rule, so no person is searched for. Each function here says why the
inputs it tries stand for all others; each returns how many it tried, and raises MachineryError
if one of them shows that the engine itself is at fault.
"""

from __future__ import annotations

from itertools import chain, combinations, permutations

from advisor.authoring.proof.days import chains
from advisor.authoring.proof.replay import MachineryError
from advisor.doses import timetable
from advisor.engine.ready import program_of
from advisor.findings import Findings
from advisor.rulebase.bits import positions
from advisor.rulebase.shapes import RuleBase
from advisor.session import build_routine
from advisor.verdicts import Verdicts, substitutes

NOTHING = Findings(0, 0)
MOST = 200_000


def each_once(rules: RuleBase) -> int:
    """No exercise fills two slots.

    A slot looks only at the best exercise left of those that fit it, so what k slots choose
    hangs on the order of the best k among those that some of them can share. Hence all small
    sets of exercises that fit the same slots, in every order of preference, stand for all: what is
    kept apart is for that slot as if it were out, and what stands on a day before only changes
    the order.
    """
    tried = 0
    for masks in _sharing(rules):
        fitting = sorted({position for mask in masks for position in positions(mask)})
        for size in range(1, min(len(masks), len(fitting)) + 1):
            for order in permutations(fitting, size):
                tried += 1
                _try_order(order, rules)
                if tried > MOST:
                    raise MachineryError("too many slots share their exercises to try them all")
    return tried


def _sharing(rules: RuleBase) -> list[tuple[int, ...]]:
    """The exercises of slots that share some, on any day, each such group once."""
    found = (
        tuple(rules.slots_of[place][number][1] for number in chain)
        for place in range(len(rules.routine))
        for chain in chains(place, rules, linked=False)
    )
    return list(dict.fromkeys(found))


def _try_order(order: tuple[int, ...], rules: RuleBase) -> None:
    weights = [0] * len(rules.exercises)
    for rank, position in enumerate(order):
        weights[position] = len(order) - rank
    allowed = sum(1 << position for position in order)
    verdicts = Verdicts(0, 0, 0, allowed, tuple(weights))
    for session in build_routine(verdicts, NOTHING, rules):
        chosen = [line.position for line in session.lines]
        if len(set(chosen)) < len(chosen) or any(not allowed >> each & 1 for each in chosen):
            named = ", ".join(rules.exercises[each].id for each in chosen)
            raise MachineryError(f"a session repeats an exercise or takes one that is out: {named}")


def waits(rules: RuleBase) -> int:
    """The hours to wait and those already past make up the rest that the schedule asks for.

    The rest is the longest of a few amounts, so every amount is tried with every number of
    hours that can be answered, and with none. Fewer hours past never shorten the wait.
    """
    question = rules.question.get(rules.schedule.hours_since)
    hours = range(question.minimum, question.maximum + 1) if question else range(0)
    caps = program_of(rules).caps.items()
    resting = [rule for rule, each in caps if any(cap.what == "rest_hours" for cap in each)]
    tried = 0
    for rule in (None, *resting):
        findings = NOTHING if rule is None else Findings(1 << rule, 0)
        unknown = timetable(findings, None, rules)
        last = unknown.ready_in_hours
        if last < unknown.rest_hours:
            raise MachineryError("not to know the hours since the last session shortens the wait")
        for past in hours:
            tried += 1
            ready = timetable(findings, past, rules).ready_in_hours
            if past + ready < unknown.rest_hours or ready > last:
                raise MachineryError(f"the rest of {unknown.rest_hours} hours is not waited for")
            last = ready
    return tried


def stand_ins(rules: RuleBase) -> int:
    """What is offered instead is allowed, of the same pattern, and not the exercise itself.

    The list is the allowed exercises of the pattern, sorted and cut, so whether one is rightly
    in it hangs on that one alone, and whether it is rightly empty on whether there is any:
    none, one and two allowed exercises of a pattern stand for all.
    """
    tried = 0
    for mask in rules.pattern_masks.values():
        every = positions(mask)
        sets = chain.from_iterable(combinations(every, size) for size in range(3))
        for allowed in map(frozenset, sets):
            ok = sum(1 << position for position in allowed)
            verdicts = Verdicts(mask & ~ok, 0, 0, ok, (0,) * len(rules.exercises))
            for position in every:
                tried += 1
                wanted = {rules.exercises[each].id for each in allowed - {position}}
                if set(substitutes(position, verdicts, rules)) != wanted:
                    name = rules.exercises[position].id
                    raise MachineryError(f"what stands in for `{name}` does not fit")
    return tried
