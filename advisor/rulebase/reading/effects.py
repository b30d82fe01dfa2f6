"""The effect keys of a rule -> effects, in one fixed order."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, replace
from functools import partial
from typing import Any

from advisor.rulebase import shapes
from advisor.rulebase.reading.entries import Entry, shaped
from advisor.rulebase.reading.models import AdviseEntry, RuleEntry
from advisor.rulebase.reading.names import Scope, all_or_none
from advisor.rulebase.reading.nodes import Node
from advisor.rulebase.reading.selectors import read_selector
from advisor.rulebase.reading.units import in_unit_of
from advisor.rulebase.shapes import LEVELS, OF_EXERCISES, REFERRAL, SCHEDULE, Cap, Effect

FILLED = "{this}"
# Which way each number may be capped: True is a ceiling, False a floor.
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
    "lines": True,
    "days": True,
    "rest_until": False,
}
MAY_BE_ZERO = frozenset({"load_percent", "load_step_percent"})
_CAP = re.compile(r"at (most|least) (\d{1,6})")

Read = tuple[Effect, ...] | None
ForSome = shapes.Avoid | shapes.Hold | shapes.StepBack
OfNumber = shapes.Lines | shapes.Days | shapes.RestUntil


def read_effects(entry: Entry[RuleEntry], scope: Scope, word: str) -> Read:
    """Read every effect of a rule, with `{this}` filled in; None if any is wrong."""
    given = [read(entry, scope) for key, read in READERS.items() if entry.node.child(key)]
    if not given:
        message = f"the rule `{entry.id}` has no effect"
        scope.problems.add("no-effect", entry.place, message, "one of " + ", ".join(READERS))
    _check_action(entry, scope)
    if not given or None in given:
        return None
    return tuple(_filled(effect, word) for effects in given for effect in effects or ())


def _filled(effect: Effect, word: str) -> Effect:
    """An effect with `{this}` filled in, wherever it has a text."""
    parts = {each.name: getattr(effect, each.name) for each in fields(effect)}
    texts: dict[str, Any] = {key: part for key, part in parts.items() if isinstance(part, str)}
    return replace(effect, **{key: text.replace(FILLED, word) for key, text in texts.items()})


def _check_action(entry: Entry[RuleEntry], scope: Scope) -> None:
    level = entry.model.level
    if entry.model.action and (level is None or LEVELS.index(level) < REFERRAL):
        message = "`action` goes with a level from professional up"
        scope.problems.add("needless-action", entry.at("action"), message)


def _level(entry: Entry[RuleEntry], _scope: Scope) -> Read:
    level = entry.model.level
    return (shapes.Level(LEVELS.index(level), entry.model.action),) if level else None


def _for_some(shape: type[ForSome], entry: Entry[RuleEntry], scope: Scope) -> Read:
    mask = read_selector(entry.part(shape.key), scope)
    return None if mask is None else (shape(mask),) if mask else ()


def _caution(entry: Entry[RuleEntry], scope: Scope) -> Read:
    mask = read_selector(entry.part("caution", "exercises"), scope)
    if mask is None or entry.model.caution is None:
        return None
    return (shaped(shapes.Caution, entry.model.caution, exercises=mask),) if mask else ()


def _dose(entry: Entry[RuleEntry], scope: Scope) -> Read:
    chosen, dose = entry.node.child("dose", "exercises"), entry.model.dose
    mask = read_selector(chosen, scope) if chosen else scope.everything
    named = [what for what in CEILINGS if entry.node.child("dose", what)]
    if not named:
        scope.problems.add("no-effect", entry.at("dose"), "the dose caps no number")
    caps = all_or_none(read_cap(entry.part("dose", what), what, mask or 0, scope) for what in named)
    part_of = dose.percent_of if dose else None
    if part_of and "load_percent" not in named:
        message, hint = "`percent_of` goes with `load_percent`", "add `load_percent:`"
        scope.problems.add("bad-cap", entry.at("dose", "percent_of"), message, hint)
        return None
    if mask is None or not caps:
        return None
    return tuple(
        replace(cap, percent_of=part_of) if part_of and cap.what == "load_percent" else cap
        for cap in caps
        if cap.exercises
    )


def _number(shape: type[OfNumber], entry: Entry[RuleEntry], scope: Scope) -> Read:
    amount = _amount(entry.part(shape.key), shape.key, scope)
    return None if amount is None else (shape(amount),)


def _apart(entry: Entry[RuleEntry], scope: Scope) -> Read:
    node = entry.part("apart")
    pair = node.value if isinstance(node.value, tuple) else ()
    if len(pair) != 2:  # noqa: PLR2004 - a pair
        message, hint = f"{node.typed()} is no pair of selectors", "write `[these, those]`"
        scope.problems.add("bad-selector", node.place, message, hint)
        return None
    one, other = (read_selector(each, scope) for each in pair)
    if one is None or other is None:
        return None
    return (shapes.Apart(one, other),) if one and other else ()


def read_cap(node: Node, what: str, mask: int, scope: Scope) -> Cap | None:
    """Read a ceiling or floor on one number of the dose of some exercises."""
    amount = _amount(node, what, scope)
    if amount is None:
        return None
    return Cap(scope.everything if what in SCHEDULE else mask, what, CEILINGS[what], amount)


def _amount(node: Node, what: str, scope: Scope) -> int | None:
    """The number of a cap, which has to go the careful way."""
    at_most = CEILINGS[what]
    way = "at most" if at_most else "at least"
    found = _CAP.fullmatch(node.value) if isinstance(node.value, str) else None
    if found is None:
        message = f"{node.typed()} is no cap on `{what}`"
        hint = f"write `{way} {in_unit_of(what, node.text) or 2}`"
        scope.problems.add("bad-cap", node.place, message, hint)
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


def _prefer(entry: Entry[RuleEntry], scope: Scope) -> Read:
    prefer, chosen = entry.model.prefer, entry.node.child("prefer", "exercises")
    if prefer is None:
        return None
    mask = read_selector(chosen, scope) if chosen else 0
    sound = scope.knows_all("slots", prefer.slots, entry, "prefer", "slots")
    if not chosen and not prefer.slots:
        message = "`prefer` names neither exercises nor slots"
        scope.problems.add("no-effect", entry.at("prefer"), message)
        return None
    if mask is None or not sound:
        return None
    return (shaped(shapes.Prefer, prefer, exercises=mask),) if mask or prefer.slots else ()


def _advise(entry: Entry[RuleEntry], scope: Scope) -> Read:
    advise, chosen = entry.model.advise, entry.node.child("advise", "exercises")
    if advise is None:
        return None
    mask = read_selector(chosen, scope) if chosen else 0
    if bool(chosen) is not (advise.as_ in OF_EXERCISES):
        message = f"`{advise.as_}` " + ("is for everyone" if chosen else "names its exercises")
        hint = "leave out `exercises`" if chosen else "add `exercises:`"
        scope.problems.add("bad-advice", entry.at("advise"), message, hint)
        return None
    if mask is None or not _sound_withdrawal(entry, advise, scope):
        return None
    made = shaped(shapes.Advise, advise, kind=advise.as_, exercises=mask)
    return (made,) if mask or not chosen else ()


def _sound_withdrawal(entry: Entry[RuleEntry], advise: AdviseEntry, scope: Scope) -> bool:
    """Whether what is withdrawn are questions, and by advice of a kind that may."""
    path = "advise", "withdraws"
    if advise.withdraws and advise.as_ not in ("contradiction", "recheck"):
        message = "only a `contradiction` or a `recheck` withdraws an answer"
        scope.problems.add("bad-advice", entry.at(*path), message)
        return False
    return scope.knows_all("questions", advise.withdraws, entry, *path)


def _suspect(entry: Entry[RuleEntry], scope: Scope) -> Read:
    suspect, node = entry.model.suspect, entry.node.child("suspect", "exercise")
    if suspect is None:
        return None
    exercise = scope.word(node) if node else None
    if node and (exercise is None or not scope.knows("exercises", exercise, node.place)):
        return None
    return (shaped(shapes.Suspect, suspect, exercise=exercise),)


# What reads each effect from the entry of a rule, in the order in which a rule has them. None says
# that it is wrong, and no effect that it is about nothing, as may be for one `this` of many.
READERS: dict[str, Callable[[Entry[RuleEntry], Scope], Read]] = {
    "level": _level,
    "avoid": partial(_for_some, shapes.Avoid),
    "caution": _caution,
    "dose": _dose,
    "lines": partial(_number, shapes.Lines),
    "days": partial(_number, shapes.Days),
    "apart": _apart,
    "hold": partial(_for_some, shapes.Hold),
    "step_back": partial(_for_some, shapes.StepBack),
    "rest_until": partial(_number, shapes.RestUntil),
    "prefer": _prefer,
    "advise": _advise,
    "suspect": _suspect,
}
