"""Wishes → choice: what a person wants of the sessions, among what is allowed.

Wishes come after the verdicts. They choose and leave out, and never permit: a wish for an
exercise that is out is told and not followed.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from dataclasses import dataclass

from advisor.answers import AnswerError, named_exercise, quoted
from advisor.rulebase.bits import mask_of
from advisor.rulebase.shapes import RuleBase
from advisor.session import NO_CHOICE, Choice

KG, LB = UNITS = ("kg", "lb")
LONGEST = 600  # minutes: no session takes more


@dataclass(frozen=True)
class Wishes:
    """Exercises (by id) to leave out and to have, the time there is, and the unit of weights."""

    without: frozenset[str] = frozenset()
    including: frozenset[str] = frozenset()
    minutes: int | None = None
    units: str = KG


NO_WISHES = Wishes()


def read_wishes(wishes: Wishes, rules: RuleBase) -> Wishes:
    """The same wishes with exercises by id, however they were named.

    Raises AnswerError with every problem.
    """
    if wishes == NO_WISHES:
        return wishes
    problems: list[str] = []
    without = _ids(wishes.without, rules, problems)
    including = _ids(wishes.including, rules, problems)
    both = sorted(without & including)
    problems += [f"{quoted(name)} is wished for and left out: choose one" for name in both]
    if wishes.minutes is not None and not 1 <= wishes.minutes <= LONGEST:
        problems.append(f"{quoted(wishes.minutes)} is no number of minutes from 1 to {LONGEST}")
    elif wishes.minutes is not None and rules.pace is None:
        problems.append("this rule base does not say how long an exercise takes: no minutes")
    if wishes.units not in UNITS:
        problems.append(f"{quoted(wishes.units)} is no unit of weights: `kg` or `lb`")
    if problems:
        raise AnswerError(problems)
    return Wishes(without, including, wishes.minutes, wishes.units)


def _ids(names: Iterable[str], rules: RuleBase, problems: list[str]) -> frozenset[str]:
    found: set[str] = set()
    for name in sorted(names):
        try:
            found.add(named_exercise(name, rules))
        except AnswerError as error:
            problems += error.problems
    return frozenset(found)


def choice_of(wishes: Wishes, rules: RuleBase, left_out: int = 0) -> Choice:
    """What wishes choose; `left_out` are exercises (a mask) that stay out besides."""
    if wishes is NO_WISHES and not left_out:
        return NO_CHOICE
    without, wanted = (
        mask_of(rules.position[name] for name in names) if names else 0
        for names in (wishes.without, wishes.including)
    )
    return Choice(without | left_out, wanted, wishes.minutes)


def wish_words(wishes: Wishes, rules: RuleBase) -> str:
    """The wishes as words of a command line."""
    words: list[str] = []
    for flag, names in (("--without", wishes.without), ("--with", wishes.including)):
        for name in sorted(names, key=rules.position.__getitem__):
            words += [flag, name]
    words += ["--minutes", str(wishes.minutes)] if wishes.minutes is not None else []
    words += ["--units", wishes.units] if wishes.units != KG else []
    return shlex.join(words)
