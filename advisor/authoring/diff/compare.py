"""Two rule bases -> what changed for people: who gains or loses what, with an example of each.

Exact where an SMT solver is at hand: then no change is overlooked, over all answers that can be
given to both. Without one, the people who meet what was edited are tried, which may miss some.
Every example is what the two engines say, never what the solver believes.
"""

from __future__ import annotations

from dataclasses import dataclass

from advisor.authoring.diff.changes import Answers, Change, Found, Sides, doses, simplest
from advisor.authoring.proof.replay import screened
from advisor.command_line import command
from advisor.json_text import Json
from advisor.plan import plan_for
from advisor.result import Plan
from advisor.rulebase.shapes import RuleBase

RELAXED = ("gained", "level_relaxed", "dose_relaxed")
KINDS = ("gained", "lost", "level_relaxed", "level_tightened", "dose_relaxed", "dose_tightened")


@dataclass(frozen=True)
class Example:
    """One change, and a person for whom it is one."""

    change: Change
    answers: Answers


@dataclass(frozen=True)
class Difference:
    """Every change with its example, by kind; `exact` says whether all of them were found."""

    sides: Sides
    exact: bool
    examples: tuple[Example, ...]

    def of(self, kind: str) -> list[Example]:
        """The examples of one kind."""
        return [each for each in self.examples if each.change.kind == kind]

    @property
    def relaxed(self) -> bool:
        """Whether anything became more permissive for anyone."""
        return any(each.change.kind in RELAXED for each in self.examples)


def compare(old: RuleBase, new: RuleBase, *, solve: bool | None = None) -> Difference:
    """Find what changed for people. With `solve` None, the solver is used if there is one.

    Raises ImportError if a solver is asked for and missing.
    """
    found = Found(Sides(old, new))
    exact = solve is not False and _solve(found, needed=bool(solve))
    if not exact:
        from advisor.authoring.diff.sampled import people  # noqa: PLC0415 - only here

        for answers in people(old, new):
            found.note(answers)
    changes = sorted(found.people, key=lambda each: (KINDS.index(each.kind), each.order))
    examples = (Example(each, simplest(found.people[each], each, found.sides)) for each in changes)
    return Difference(found.sides, exact, tuple(examples))


def _solve(found: Found, *, needed: bool) -> bool:
    """Use the solver; whether there is one."""
    try:
        from advisor.authoring.diff.solved import solve_for  # noqa: PLC0415 - an extra
    except ImportError as error:
        if needed or (error.name or "").partition(".")[0] != "z3":
            raise
        return False
    solve_for(found)
    return True


def difference_document(difference: Difference) -> Json:
    """Every change with an example: the answers, and the command line that gives them."""
    sides = difference.sides
    changes = {kind: [_example(each, sides) for each in difference.of(kind)] for kind in KINDS}
    return {"exact": difference.exact, **changes}


def _example(each: Example, sides: Sides) -> Json:
    before, after = sides.plans(each.answers)
    return {
        **_what(each.change, before, after),
        "example": each.answers,
        "level": {"old": before.level, "new": after.level},
        "command": command(_short(after)),
    }


def _short(plan: Plan) -> Plan:
    """The same plan, with screening answers stated in one word where that says the same."""
    facts = screened(plan.facts, plan.rules)
    return plan_for(facts, plan.rules) if facts.values == plan.facts.values else plan


def _what(change: Change, before: Plan, after: Plan) -> Json:
    """What a change is about, for its kind."""
    what, *_ = change.about
    if change.kind.startswith("level"):
        old, new = (word or None for word in change.about)
        return {"from": old, "to": new}
    if change.kind.startswith("dose"):
        then, now = doses(before), doses(after)
        both = (key for key in sorted(then.keys() & now.keys()) if key[1] == what)
        key = next(key for key in both if then[key] != now[key])
        return {"what": what, "exercise": key[0] or None, "from": then[key], "to": now[key]}
    exercises = {**before.rules.exercise, **after.rules.exercise}
    return {"exercise": what, "name": exercises[what].name}
