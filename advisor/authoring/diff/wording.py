"""Edited rules → what people are told and what is picked for them otherwise, each with somebody.

It is looked for among those who meet what was edited; an edit of which nobody was found is told as
that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from math import inf

from advisor.authoring.diff.behind import Example, applied, told_of
from advisor.authoring.diff.changes import Answers, Sides, permitted, simplest
from advisor.authoring.diff.entries import Edit, rule_called
from advisor.authoring.diff.told import asked, differing, direction, told
from advisor.authoring.diff.witnesses import meeting_all, nobody_special
from advisor.rulebase.shapes import Advise, Caution, Level

MOST = 400  # people tried for one edited rule
# What decides what a journal adds, and whom to call. Nobody is looked for whom it changes, so any
# edit of it may be one that guards less, as with the words of a referral.
UNSOLVED = {("base", name) for name in ("scheme", "journal", "emergency_numbers", "weight_steps")}
NAMED = ("questions", "exercises", "slots")  # whose changes are told with their id
_GUARDING = (Level, Caution, Advise)


@dataclass
class Wording:
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
                names, findings = told_of(self.met.values(), self.edited)
                # Of one finding in many rules, those that guard are looked at each by itself.
                if edit.id in names or (edit.finding in findings and not self._guards(edit.id)):
                    break
                if edit.id in applied(self.sides.plans(answers), self.edited):
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
            rules = applied(plans, self.edited) if rules is None else rules
            was, now = " | ".join(gone), " | ".join(come)
            yield Example(part[0], direction(part, gone, come), part[1], was, now, answers, rules)

    def _shortened(self, example: Example) -> Example:
        """The same change with as few answers as show it."""

        def shown(answers: Answers) -> Iterator[Example]:
            same = (example.kind, example.what)
            return (each for each in self.changes(answers) if (each.kind, each.what) == same)

        answers = simplest(example.answers or {}, lambda less: any(shown(less)), self.sides)
        return next(shown(answers))


def unseen(edited: Sequence[Edit], seen: Sequence[Example]) -> Iterator[Example]:
    """The edits of which nobody was found who is told anything else by them."""
    names, findings = told_of(seen, edited)
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
