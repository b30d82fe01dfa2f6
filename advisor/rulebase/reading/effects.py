"""The effect keys of a rule -> effects, in one fixed order."""

from __future__ import annotations

import re
from dataclasses import replace

from advisor.rulebase.reading.entries import Entry
from advisor.rulebase.reading.models import RuleEntry
from advisor.rulebase.reading.names import Scope
from advisor.rulebase.reading.nodes import Node
from advisor.rulebase.reading.selectors import read_selector
from advisor.rulebase.shapes import (
    LEVELS,
    OF_EXERCISES,
    REFERRAL,
    SCHEDULE,
    USUAL,
    Advise,
    Apart,
    Avoid,
    Cap,
    Caution,
    Days,
    Effect,
    Hold,
    Level,
    Lines,
    Prefer,
    RestUntil,
    StepBack,
    Suspect,
)

EFFECTS = (
    "level",
    "avoid",
    "caution",
    "dose",
    "lines",
    "days",
    "apart",
    "hold",
    "step_back",
    "rest_until",
    "prefer",
    "advise",
    "suspect",
)
# Which way each number of a dose may be capped: True is a ceiling, False a floor.
CEILINGS = {
    "sets": True,
    "reps": True,
    "reps_in_reserve": False,
    "rest_seconds": False,
    "hold_seconds": True,
    "load_percent": True,
    "load_step_percent": True,
    "lower_seconds": False,
    "sessions_per_week": True,
    "rest_hours": False,
}
MAY_BE_ZERO = frozenset({"load_percent", "load_step_percent"})
_CAP = re.compile(r"at (most|least) (\d{1,6})")

Read = tuple[Effect, ...] | None


def read_effects(entry: Entry[RuleEntry], scope: Scope, word: str) -> Read:
    """Read every effect of a rule, with `{this}` filled in; None if any is wrong."""
    readers = (
        *(_level, _avoid, _caution, _dose, _lines, _days, _apart, _hold, _step_back, _rest_until),
        *(_prefer, _advise, _suspect),
    )
    given = [
        reader(entry, scope, word)
        for key, reader in zip(EFFECTS, readers, strict=True)
        if entry.node.child(key) is not None
    ]
    if not given:
        message = f"the rule `{entry.id}` has no effect"
        scope.problems.add("no-effect", entry.place, message, "one of " + ", ".join(EFFECTS))
    _check_action(entry, scope)
    if not given or None in given:
        return None
    return tuple(effect for effects in given for effect in effects or ())


def filled(text: str, word: str) -> str:
    """A text with `{this}` filled in."""
    return text.replace("{this}", word)


def _check_action(entry: Entry[RuleEntry], scope: Scope) -> None:
    level = entry.model.level
    if entry.model.action and (level is None or LEVELS.index(level) < REFERRAL):
        message = "`action` goes with a level from professional up"
        scope.problems.add("needless-action", entry.at("action"), message)


def _mask(entry: Entry[RuleEntry], scope: Scope, *path: str) -> int | None:
    """The exercises at the end of a path, if the path is there and sound."""
    return read_selector(entry.part(*path), scope)


def _level(entry: Entry[RuleEntry], _scope: Scope, word: str) -> Read:
    level = entry.model.level
    return (Level(LEVELS.index(level), filled(entry.model.action, word)),) if level else None


def _avoid(entry: Entry[RuleEntry], scope: Scope, _word: str) -> Read:
    mask = _mask(entry, scope, "avoid")
    return None if mask is None else (Avoid(mask),) if mask else ()


def _caution(entry: Entry[RuleEntry], scope: Scope, word: str) -> Read:
    mask, caution = _mask(entry, scope, "caution", "exercises"), entry.model.caution
    if mask is None or caution is None:
        return None
    return (Caution(mask, filled(caution.limit, word)),) if mask else ()


def _dose(entry: Entry[RuleEntry], scope: Scope, _word: str) -> Read:
    everything = entry.node.child("dose", "exercises") is None
    mask = scope.everything if everything else _mask(entry, scope, "dose", "exercises")
    named = [what for what in CEILINGS if entry.node.child("dose", what) is not None]
    if not named:
        scope.problems.add("no-effect", entry.at("dose"), "the dose caps no number")
    caps = [_cap(entry, what, mask or 0, scope) for what in named]
    percent_of = entry.model.dose.percent_of if entry.model.dose else None
    if percent_of and "load_percent" not in named:
        message, hint = "`percent_of` goes with `load_percent`", "add `load_percent:`"
        scope.problems.add("bad-cap", entry.at("dose", "percent_of"), message, hint)
        return None
    if mask is None or not caps or None in caps:
        return None
    made = (cap for cap in caps if cap is not None and cap.exercises)
    return tuple(
        replace(cap, percent_of=percent_of or USUAL) if cap.what == "load_percent" else cap
        for cap in made
    )


def _lines(entry: Entry[RuleEntry], scope: Scope, _word: str) -> Read:
    amount = _amount(entry.part("lines"), "lines", scope, at_most=True)
    return None if amount is None else (Lines(amount),)


def _days(entry: Entry[RuleEntry], scope: Scope, _word: str) -> Read:
    amount = _amount(entry.part("days"), "days", scope, at_most=True)
    return None if amount is None else (Days(amount),)


def _apart(entry: Entry[RuleEntry], scope: Scope, _word: str) -> Read:
    node = entry.part("apart")
    pair = node.value if isinstance(node.value, tuple) else ()
    if len(pair) != 2:  # noqa: PLR2004 - a pair
        message, hint = f"{node.typed()} is no pair of selectors", "write `[these, those]`"
        scope.problems.add("bad-selector", node.place, message, hint)
        return None
    one, other = (read_selector(each, scope) for each in pair)
    if one is None or other is None:
        return None
    return (Apart(one, other),) if one and other else ()


def _hold(entry: Entry[RuleEntry], scope: Scope, _word: str) -> Read:
    mask = _mask(entry, scope, "hold")
    return None if mask is None else (Hold(mask),) if mask else ()


def _step_back(entry: Entry[RuleEntry], scope: Scope, _word: str) -> Read:
    mask = _mask(entry, scope, "step_back")
    return None if mask is None else (StepBack(mask),) if mask else ()


def _rest_until(entry: Entry[RuleEntry], scope: Scope, _word: str) -> Read:
    amount = _amount(entry.part("rest_until"), "rest_until", scope, at_most=False)
    return None if amount is None else (RestUntil(amount),)


def _cap(entry: Entry[RuleEntry], what: str, mask: int, scope: Scope) -> Cap | None:
    return read_cap(entry.part("dose", what), what, mask, scope)


def read_cap(node: Node, what: str, mask: int, scope: Scope) -> Cap | None:
    """Read a ceiling or floor on one number of the dose of some exercises."""
    at_most = CEILINGS[what]
    amount = _amount(node, what, scope, at_most=at_most)
    if amount is None:
        return None
    return Cap(scope.everything if what in SCHEDULE else mask, what, at_most, amount)


def _amount(node: Node, what: str, scope: Scope, *, at_most: bool) -> int | None:
    """The number of a cap, which has to go the careful way."""
    way = "at most" if at_most else "at least"
    found = _CAP.fullmatch(node.value) if isinstance(node.value, str) else None
    if found is None:
        message = f"{node.typed()} is no cap on `{what}`"
        scope.problems.add("bad-cap", node.place, message, f"write `{way} 2`")
        return None
    if (found[1] == "most") is not at_most:
        message = f"{node.typed()} would make `{what}` less careful"
        scope.problems.add("wrong-direction", node.place, message, f"write `{way}`")
        return None
    amount = int(found[2])
    if not amount and what not in MAY_BE_ZERO:
        message = f"{node.typed()} makes no sense for `{what}`"
        scope.problems.add("out-of-bounds", node.place, message, "1 at least")
        return None
    return amount


def _prefer(entry: Entry[RuleEntry], scope: Scope, _word: str) -> Read:
    prefer = entry.model.prefer
    if prefer is None:
        return None
    some = entry.node.child("prefer", "exercises") is not None
    mask = _mask(entry, scope, "prefer", "exercises") if some else 0
    sound = _known_slots(entry, prefer.slots, scope)
    if not some and not prefer.slots:
        message = "`prefer` names neither exercises nor slots"
        scope.problems.add("no-effect", entry.at("prefer"), message)
        return None
    if mask is None or not sound:
        return None
    return (Prefer(mask, tuple(prefer.slots), prefer.weight),) if mask or prefer.slots else ()


def _known_slots(entry: Entry[RuleEntry], slots: list[str], scope: Scope) -> bool:
    for index, slot in enumerate(slots):
        if slot not in scope.slots and not scope.hides("slots", slot):
            place = entry.at("prefer", "slots", index)
            what = "no slot is called {}"
            scope.unknown("unknown-slot", place, what, slot, sorted(scope.slots))
    return all(slot in scope.slots for slot in slots)


def _advise(entry: Entry[RuleEntry], scope: Scope, word: str) -> Read:
    advise = entry.model.advise
    if advise is None:
        return None
    some = entry.node.child("advise", "exercises") is not None
    mask = _mask(entry, scope, "advise", "exercises") if some else 0
    if some is not (advise.as_ in OF_EXERCISES):
        message = f"`{advise.as_}` " + ("is for everyone" if some else "names its exercises")
        hint = "leave out `exercises`" if some else "add `exercises:`"
        scope.problems.add("bad-advice", entry.at("advise"), message, hint)
        return None
    if mask is None:
        return None
    withdraws = tuple(advise.withdraws)
    if not _sound_withdrawal(entry, withdraws, scope):
        return None
    made = Advise(advise.as_, filled(advise.say, word), mask, withdraws, filled(advise.short, word))
    return (made,) if mask or not some else ()


def _sound_withdrawal(entry: Entry[RuleEntry], facts: tuple[str, ...], scope: Scope) -> bool:
    """Whether what a contradiction withdraws are questions, and it is a contradiction."""
    if facts and entry.model.advise and entry.model.advise.as_ != "contradiction":
        message = "only a `contradiction` withdraws an answer"
        scope.problems.add("bad-advice", entry.at("advise", "withdraws"), message)
        return False
    for index, fact in enumerate(facts):
        if fact not in scope.questions and not scope.hides("questions", fact):
            place = entry.at("advise", "withdraws", index)
            scope.unknown("unknown-fact", place, "no fact is called {}", fact, scope.questions)
    return all(fact in scope.questions for fact in facts)


def _suspect(entry: Entry[RuleEntry], scope: Scope, word: str) -> Read:
    suspect = entry.model.suspect
    if suspect is None:
        return None
    node = entry.node.child("suspect", "exercise")
    exercise = scope.word(node) if node else None
    if node and exercise not in scope.position:
        if exercise is not None and not scope.hides("exercises", exercise):
            what = "no exercise is called {}"
            scope.unknown("unknown-exercise", node.place, what, exercise, scope.position)
        return None
    found = Suspect(
        name=filled(suspect.name, word),
        weight=suspect.weight,
        trial=filled(suspect.trial, word),
        review_in_days=suspect.review_in_days,
        exercise=exercise,
        wrong_if=filled(suspect.wrong_if, word),
    )
    return (found,)
