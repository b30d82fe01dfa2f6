"""A change and a person for whom it is one → the edited rules that are behind it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from advisor.authoring.diff.changes import HELD, Answers
from advisor.authoring.diff.entries import Edit, name_of, named, rule_called
from advisor.result import Plan
from advisor.rulebase.bits import positions
from advisor.rulebase.shapes import Avoid, Cap, Days, Level, Lines, RestUntil

DOING = ("when", "effects")  # the fields of a rule that permit and hold back
EVERY = (*DOING, "because", "short", "sources")
_LIMITS = (Cap, Days, Lines, *HELD, RestUntil)
_EFFECTS = {"level": (Level,), "exercise": (Avoid,), "dose": _LIMITS, "schedule": _LIMITS}


@dataclass(frozen=True)
class Example:
    """One change, a person for whom it is one, and the edited rules that apply to that person."""

    kind: str
    direction: str
    what: str
    was: str
    now: str
    answers: Answers | None
    rules: tuple[str, ...] = ()


def told_of(seen: Iterable[Example], edited: Iterable[Edit]) -> tuple[set[str], set[str]]:
    """The rules and the edited findings that examples are of."""
    names = {name for each in seen for name in each.rules}
    return names, {each.finding for each in edited if each.id in names} - {""}


def behind(
    kind: str, what: str, plans: tuple[Plan, Plan], edited: Sequence[Edit]
) -> tuple[str, ...]:
    """The edited rules that make a change: by an effect of its kind, a level, or any other."""
    for one in (kind, "level"):
        bearing = [each for each in edited if _bears(each.id, one, what, plans)]
        if rules := applied(plans, bearing, DOING):
            return rules
    return applied(plans, edited, DOING)


def _bears(name: str, kind: str, what: str, plans: tuple[Plan, Plan]) -> bool:
    """Whether a rule has an effect of the kind that a change is of, and on the exercise of it."""
    exercise = what.rpartition(" ")[2]
    return any(
        exercise in named(effect.reach, plan.rules) or exercise not in plan.rules.exercise
        for plan in plans
        if (rule := rule_called(name, plan.rules))
        for effect in rule.effects
        if isinstance(effect, _EFFECTS[kind])
    )


def applied(
    plans: tuple[Plan, Plan], edited: Iterable[Edit], fields: Container[str] = EVERY
) -> tuple[str, ...]:
    """The rules that were edited in some fields and decide otherwise of somebody, or apply.

    A rule of which only the condition was edited counts where it holds on one side alone. If none
    is known to hold, those count that may, or that apply on both.
    """
    before, after = (
        {
            name_of(plan.rules.rules[place]): plan.findings.true >> place & 1
            for place in positions(plan.findings.possible)
        }
        for plan in plans
    )
    ruled = [each for each in edited if each.section == "rules" and each.field in fields]
    applied = [each for each in ruled if each.id in before or each.id in after]
    deciding = [
        each
        for each in applied
        if each.field != "when" or before.get(each.id) != after.get(each.id)
    ]
    sure = [each for each in deciding if before.get(each.id) or after.get(each.id)]
    return tuple(dict.fromkeys(each.id for each in sure or deciding or applied))
