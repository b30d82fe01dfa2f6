"""Two rule bases → what changed for people: who is permitted, given or told what, with an example.

Levels, exercises, doses and the schedule are exact where an SMT solver is at hand: then no change
is overlooked, over all answers that can be given to both. What people are told and what is picked
for them is looked for among those who meet what was edited; an edit of which nobody was found is
told as that. Every example is what the two engines say, never what the solver believes.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from math import inf

from advisor.answers import read_answers
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
from advisor.authoring.diff.entries import Edit, edits, name_of, named, rule_called
from advisor.authoring.diff.renames import called, renames
from advisor.authoring.diff.told import asked, differing, direction, told
from advisor.authoring.diff.witnesses import meeting_all, nobody_special
from advisor.findings import conclude
from advisor.result import Plan
from advisor.rulebase.bits import positions
from advisor.rulebase.shapes import (
    SCHEDULE,
    Advise,
    Avoid,
    Cap,
    Caution,
    Days,
    Level,
    Lines,
    RestUntil,
    RuleBase,
)

KINDS = ("level_relaxed", "gained", "dose_relaxed", "level_tightened", "lost", "dose_tightened")
DOING = ("when", "effects")  # the fields of a rule that permit and hold back
EVERY = (*DOING, "because", "short", "sources")
# What decides what a journal adds, and whom to call. Nobody is looked for whom it changes, so any
# edit of it may be one that guards less, as with the words of a referral.
UNSOLVED = {("base", name) for name in ("scheme", "journal", "emergency_numbers", "weight_steps")}
NAMED = ("questions", "exercises", "slots")  # whose changes are told with their id
MOST = 400  # people tried for one edited rule
_LIMITS = (Cap, Days, Lines, *HELD, RestUntil)
_GUARDING = (Level, Caution, Advise)
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
    wording = _Wording(found.sides, edited)
    examples += wording.questions()
    examples += wording.examples()
    examples += _unseen(edited, examples)
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
    names, findings = _told_of(seen, edited)
    for each in edited:
        if not each.when or each.id in names or each.finding in findings:
            continue
        for answers in islice(meeting_all(each.when, sides.old, sides.new), MOST):
            changed = sides.changes(answers)
            if changed and each.id in _rules(sides.plans(answers), edited, DOING):
                first = min(changed, key=lambda one: (KINDS.index(one.kind), one.order))
                yield _permitted(first, answers, sides, edited, each.id)
                break


def _told_of(seen: Iterable[Example], edited: Iterable[Edit]) -> tuple[set[str], set[str]]:
    """The rules and the edited findings that examples are of."""
    names = {name for each in seen for name in each.rules}
    return names, {each.finding for each in edited if each.id in names} - {""}


def _permitted(
    change: Change, answers: Answers, sides: Sides, edited: Sequence[Edit], by: str = ""
) -> Example:
    """A change of a level, an exercise, a dose or the schedule, made, among others, by one rule."""

    def shown(less: Answers) -> bool:
        return change in sides.changes(less) and (
            not by or by in _rules(sides.plans(less), edited, DOING)
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
    return Example(kind, way, what, was, now, answers, _behind(kind, what, plans, edited))


def _amount(what: str, amount: int) -> str:
    """A number of a dose in words; of what may be done to an exercise, whether it is."""
    return ("no", "yes")[amount] if what in {each.key for each in HELD} else str(amount)


def _behind(
    kind: str, what: str, plans: tuple[Plan, Plan], edited: Sequence[Edit]
) -> tuple[str, ...]:
    """The edited rules that make a change: by an effect of its kind, a level, or any other."""
    for one in (kind, "level"):
        bearing = [each for each in edited if _bears(each.id, one, what, plans)]
        if rules := _rules(plans, bearing, DOING):
            return rules
    return _rules(plans, edited, DOING)


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


def _rules(
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


@dataclass
class _Wording:
    """What people are told and what is picked for them, looked for among those who meet edits."""

    sides: Sides
    edited: tuple[Edit, ...]
    met: dict[tuple[str, str], Example] = field(default_factory=dict)

    def questions(self) -> Iterator[Example]:
        """The questions that were added, are gone, or say something else."""
        before, after = asked(self.sides.old), asked(self.sides.new)
        for (kind, name), gone, come in differing(before, after):
            way = "relaxed" if self._kept_longer(name) else "other"
            yield Example(kind, way, name, " | ".join(gone), " | ".join(come), {})

    def _kept_longer(self, name: str) -> bool:
        """Whether an answer to a question is taken for longer without asking again."""
        old, new = self.sides.old.question.get(name), self.sides.new.question.get(name)
        if old is None or new is None:
            return False
        days = (inf if each.good_for is None else each.good_for for each in (old, new))
        return next(days) < next(days)

    def examples(self) -> list[Example]:
        """One example for each part that is told otherwise."""
        for answers in nobody_special(self.sides.old, self.sides.new):
            self._note(answers)
        for edit in {each.id: each for each in self.edited if each.when}.values():
            for answers in islice(meeting_all(edit.when, self.sides.old, self.sides.new), MOST):
                names, findings = _told_of(self.met.values(), self.edited)
                # Of one finding in many rules, those that guard are looked at each by itself.
                if edit.id in names or (edit.finding in findings and not self._guards(edit.id)):
                    break
                if edit.id in _rules(self.sides.plans(answers), self.edited):
                    self._note(answers)
        return [self._shortened(each) for each in self.met.values()]

    def _guards(self, name: str) -> bool:
        """Whether a rule has anything to say that may hold somebody back."""
        rule = rule_called(name, self.sides.new)
        return rule is None or any(isinstance(each, _GUARDING) for each in rule.effects)

    def _note(self, answers: Answers) -> None:
        for example in self.changes(answers):
            self.met.setdefault((example.kind, example.what), example)

    def changes(self, answers: Answers) -> Iterator[Example]:
        """What is told otherwise to one person, and does not follow from what is permitted."""
        plans = before, after = self.sides.plans(answers)
        if permitted(before, after):
            return
        rules: tuple[str, ...] | None = None
        for part, gone, come in differing(told(before), told(after)):
            rules = _rules(plans, self.edited) if rules is None else rules
            was, now = " | ".join(gone), " | ".join(come)
            yield Example(part[0], direction(part, gone, come), part[1], was, now, answers, rules)

    def _shortened(self, example: Example) -> Example:
        """The same change with as few answers as show it."""

        def shown(answers: Answers) -> Iterator[Example]:
            same = (example.kind, example.what)
            return (each for each in self.changes(answers) if (each.kind, each.what) == same)

        answers = simplest(example.answers or {}, lambda less: any(shown(less)), self.sides)
        return next(shown(answers))


def _unseen(edited: Sequence[Edit], seen: Sequence[Example]) -> Iterator[Example]:
    """The edits of which nobody was found who is told anything else by them."""
    names, findings = _told_of(seen, edited)
    about = " ".join(f"{each.what} {each.was} {each.now}" for each in seen)
    unnamed = any(not each.rules and each.kind != "question" for each in seen)
    for each in edited:
        marks = (each.was, each.now, *([each.id] if each.section in NAMED else []))
        met = any(mark and mark in about for mark in marks) or each.finding in findings
        met = met or (each.section == "rules" and each.id in names)
        unsolved = (each.section, each.id) in UNSOLVED
        if not met and not (unnamed and each.section == "base" and not unsolved):
            what = " ".join(filter(None, (each.section, each.id, each.field)))
            way = "relaxed" if unsolved else "other"
            yield Example("text", way, what, each.was, each.now, None)
