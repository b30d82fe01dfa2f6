"""Two rule bases → what changed for people: who is permitted, given or told what, with an example.

Levels, exercises, doses and the schedule are exact where an SMT solver is at hand: then no change
is overlooked, over all answers that can be given to both. What people are told and what is picked
for them is looked for among those who meet what was edited; an edit of which nobody was found is
told as that. Every example is what the two engines say, never what the solver believes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from advisor.answers import read_answers
from advisor.authoring.diff.behind import DOING, Example, applied, behind, told_of
from advisor.authoring.diff.changes import (
    HELD,
    WHOLE,
    Answers,
    Change,
    Found,
    Sides,
    doses,
    permitted,
    simplest,
    understood,
)
from advisor.authoring.diff.entries import Edit, edits, name_of
from advisor.authoring.diff.renames import called, renames
from advisor.authoring.diff.told import differing, direction, told
from advisor.authoring.diff.witnesses import meeting_all
from advisor.authoring.diff.wording import MOST, Wording, unseen
from advisor.findings import conclude
from advisor.rulebase.bits import positions
from advisor.rulebase.shapes import SCHEDULE, RestUntil, RuleBase

KINDS = ("level_relaxed", "gained", "dose_relaxed", "level_tightened", "lost", "dose_tightened")


@dataclass(frozen=True)
class Difference:
    """Every change with its example; `exact` says whether a solver found those that can be."""

    sides: Sides
    exact: bool
    examples: tuple[Example, ...]
    edited: tuple[Edit, ...] = ()

    @property
    def relaxed(self) -> bool:
        """Whether anything became more permissive for anyone, or guards less."""
        return any(each.direction == "relaxed" for each in self.examples)


def compare(
    old: RuleBase, new: RuleBase, *, solve: bool | None = None, permitted_alone: bool = False
) -> Difference:
    """Find what changed for people. With `solve` None, the solver is used if there is one.

    With `permitted_alone`, only levels, exercises, doses and the schedule are looked at.

    Raises ImportError if a solver is asked for and missing.
    """
    new_names = renames(old, new)
    sides = _sides(old, new, {was: now for each in new_names.values() for was, now in each.items()})
    old = sides.old
    found = Found(sides)
    exact = solve is not False and _solve(found, needed=bool(solve))
    if not exact:
        from advisor.authoring.diff.sampled import people  # noqa: PLC0415 - only here

        for answers in people(old, new):
            found.note(answers)
    edited = edits(old, new)
    permitted = sorted(found.people, key=lambda each: (KINDS.index(each.kind), each.order))
    examples = [*_renamed(new_names)]
    examples += (_permitted(each, found.people[each], sides, edited) for each in permitted)
    examples += _of_others(examples, sides, edited)
    if permitted_alone:
        return Difference(found.sides, exact, tuple(examples), edited)
    wording = Wording(found.sides, edited)
    examples += wording.questions()
    examples += wording.examples()
    examples += unseen(edited, examples)
    return Difference(found.sides, exact, tuple(examples), edited)


def _sides(old: RuleBase, new: RuleBase, names: Mapping[str, str]) -> Sides:
    """Both bases with the same name for the same thing."""
    if not names:
        return Sides(old, new)
    return Sides(called(old, names), new, old, {now: was for was, now in names.items()})


def _renamed(named: Mapping[str, Mapping[str, str]]) -> Iterator[Example]:
    """What people name has another name; of rules, only authors see it."""
    for section, kind in (("questions", "question"), ("exercises", "text")):
        for was, now in named[section].items():
            yield Example(kind, "other", f"name of {now}", was, now, {})


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


def _of_others(seen: Sequence[Example], sides: Sides, edited: Sequence[Edit]) -> Iterator[Example]:
    """Of each edit that no example is of, somebody who is permitted otherwise by it.

    The same change may have come by another edit, and have been seen by that alone.
    """
    names, findings = told_of(seen, edited)
    for each in edited:
        if not each.when or each.id in names or each.finding in findings:
            continue
        for answers in islice(meeting_all(each.when, sides.old, sides.new), MOST):
            changed = sides.changes(answers)
            if changed and each.id in applied(sides.plans(answers), edited, DOING):
                first = min(changed, key=lambda one: (KINDS.index(one.kind), one.order))
                yield _permitted(first, answers, sides, edited, each.id)
                break


def _permitted(
    change: Change, answers: Answers, sides: Sides, edited: Sequence[Edit], by: str = ""
) -> Example:
    """A change of a level, an exercise, a dose or the schedule, made, among others, by one rule."""

    def shown(less: Answers) -> bool:
        return change in sides.changes(less) and (
            not by or by in applied(sides.plans(less), edited, DOING)
        )

    answers = simplest(answers, shown, sides)
    plans = before, after = sides.plans(answers)
    kind, way = _kind(change)
    what, was, now = kind, before.level or "open", after.level or "open"
    if kind in ("dose", "schedule"):
        then, since = doses(before), doses(after)
        both = (key for key in sorted(then.keys() & since.keys()) if key[1] == change.about[0])
        exercise, number = next(key for key in both if then[key] != since[key])
        what = f"{number} of {exercise}" if exercise else number
        was, now = (_amount(number, each[exercise, number]) for each in (then, since))
    elif kind == "exercise":
        what = change.about[0]
        was, now = ("left out", "allowed") if way == "relaxed" else ("allowed", "left out")
    return Example(kind, way, what, was, now, answers, behind(kind, what, plans, edited))


def _amount(what: str, amount: int) -> str:
    """A number of a dose in words; of what may be done to an exercise, whether it is."""
    return ("no", "yes")[amount] if what in {each.key for each in HELD} else str(amount)


def told_apart(answers: Answers, sides: Sides) -> set[tuple[str, str]]:
    """The kinds of change for one person, each with its direction."""
    before, after = sides.plans(answers)
    found = {_kind(each) for each in permitted(before, after)}
    if found:
        return found
    parts = differing(told(before), told(after))
    return {(part[0], direction(part, gone, come)) for part, gone, come in parts}


def may_change(answers: Answers, difference: Difference) -> bool:
    """Whether an edit can reach a person; quick, as most people on file meet no edited rule."""
    if any(each.section != "rules" for each in difference.edited):
        return True
    names = {each.id for each in difference.edited}
    for rules in (difference.sides.old, difference.sides.new):
        facts = read_answers(understood(answers, rules), rules)
        possible = positions(conclude(facts, rules).possible)
        if any(name_of(rules.rules[place]) in names for place in possible):
            return True
    return False


def _kind(change: Change) -> tuple[str, str]:
    """The kind and the direction of a change of what is permitted."""
    kind, _, way = change.kind.partition("_")
    if not way:
        return "exercise", "relaxed" if kind == "gained" else "tightened"
    if kind == "dose" and change.about[0] in (*SCHEDULE, *WHOLE, RestUntil.key):
        return "schedule", way
    return kind, way
