"""Cases and examples → whether they notice small mistakes in the conditions of a rule base.

The mistakes are those somebody could make: a part negated, dropped, or widened, one at a time (a
comparison turned around, a part of `all` or `any` left out, a bound shifted by one, a choice left
out of a list or added to it). Each is judged by what changes: first the examples of the rules it
touches, then the cases for which one of those rules comes out differently, which are planned
again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from math import prod
from typing import assert_never

from advisor.authoring.cases.condition_tree import Path, conditional, leaning, parts, put
from advisor.authoring.cases.run import Case, failures
from advisor.engine.ready import program_of, run_by
from advisor.engine.tables import reader
from advisor.explain.verbalization import condition_words
from advisor.plan import plan_for
from advisor.rulebase.bits import mask_of, positions
from advisor.rulebase.deciders import decider
from advisor.rulebase.exactness import domains
from advisor.rulebase.shapes import NOWHERE, Place, RuleBase
from advisor.rulebase.shapes.answer_types import Number, OneOf, SomeOf, YesNo
from advisor.rulebase.shapes.conditions import All, Any, Comparison, Condition, Finding, Named, Not
from advisor.rulebase.shapes.questions import Question
from advisor.rulebase.truth import facts_of, inlined, truth

Questions = Mapping[str, Question]
Truth = bool | None
WIDEST = 100_000  # answers to compare before two conditions are called different anyway


@dataclass(frozen=True)
class Survivor:
    """A mistake that nothing noticed."""

    owner: str  # the rule or finding
    kind: str
    words: str
    place: Place


@dataclass(frozen=True)
class Mutation:
    """How many mistakes were tried, how many noticed by examples and by cases, which by none."""

    by_example: int
    by_case: int
    survivors: tuple[Survivor, ...]

    @property
    def tried(self) -> int:
        """All of them."""
        return self.by_example + self.by_case + len(self.survivors)

    @property
    def score(self) -> float:
        """The percentage noticed, rounded down to a tenth."""
        noticed = self.by_example + self.by_case
        return noticed * 1000 // self.tried / 10 if self.tried else 100.0


@dataclass(frozen=True)
class _Change:
    """A mistake as the rule base has it: changed conditions of rules, or of one finding."""

    owner: str
    mutant: Mutant
    whens: dict[int, Condition]  # of the rules whose truth may differ
    finding: Finding | None


def mutate(cases: tuple[Case, ...], rules: RuleBase) -> Mutation:
    """Try every mistake. The cases must pass as things are."""
    tester = _Tester(cases, rules)
    noticed = {"example": 0, "case": 0}
    survivors = []
    for change in _changes(rules):
        by = tester.noticed(change)
        if by:
            noticed[by] += 1
        elif not _same(change, rules):
            survivors.append(_survivor(change, rules))
    return Mutation(noticed["example"], noticed["case"], tuple(survivors))


def _changes(rules: RuleBase) -> Iterator[_Change]:
    """Every mistake in the authored rules (in all of a `for_each` at once) and the findings."""
    for name, places in conditional(rules).items():
        made = [mutants(rules.rules[place].when, rules.question) for place in places]
        if len({len(each) for each in made}) > 1:  # not of one shape: the first stands for all
            made = made[:1]
        for together in zip(*made, strict=True):
            changed = {place: each.whole for place, each in zip(places, together, strict=False)}
            yield _Change(name, together[0], changed, None)
    for finding in rules.findings:
        touched = {place: rules.rules[place].when for place in leaning(finding, rules)}
        for mutant in mutants(finding.when, rules.question):
            yield _Change(finding.id, mutant, touched, replace(finding, when=mutant.whole))


class _Tester:
    """Knows what every rule says of every case, so that only differences are looked at."""

    def __init__(self, cases: tuple[Case, ...], rules: RuleBase) -> None:
        self.cases = cases
        self.rules = rules
        self.said: list[dict[int, Truth]] = []
        for case in cases:
            true, unknown = map(positions, program_of(rules).conclude(case.facts.values))
            known: dict[int, Truth] = {**dict.fromkeys(true, True), **dict.fromkeys(unknown)}
            self.said.append(known)

    def noticed(self, change: _Change) -> str:
        """What notices a mistake: `example`, `case`, or nothing."""
        findings = self.rules.finding
        if change.finding:
            findings = {**findings, change.finding.id: change.finding}
        for place, when in change.whens.items():
            rule = self.rules.rules[place]
            for answers, wanted in ((rule.fires, True), (rule.silent, False)):
                if answers is not None and truth(when, dict(answers), findings) is not wanted:
                    return "example"
        differing = sorted(self._differing(change.whens, findings), key=self._names_none)
        if not differing:
            return ""
        changed = self._rules(change)
        return "case" if any(self._fails(*each, changed) for each in differing) else ""

    def _differing(
        self, whens: Mapping[int, Condition], findings: Mapping[str, Finding]
    ) -> Iterator[tuple[int, dict[int, Truth]]]:
        """The cases for which some rules come out differently, with those rules."""
        which: dict[Condition, list[int]] = {}
        for place, when in whens.items():
            which.setdefault(when, []).append(place)
        places = self.rules.question_position
        every = [(decider(inlined(when, findings), places), each) for when, each in which.items()]
        for index, before in enumerate(self.said):
            values = self.cases[index].facts.values
            seen = ((decides(values), each) for decides, each in every)
            differs = {
                place: value
                for value, each in seen
                for place in each
                if value is not before.get(place, False)
            }
            if differs:
                yield index, differs

    def _names_none(self, differing: tuple[int, dict[int, Truth]]) -> bool:
        """Whether a case speaks of no rule that differs: one that does is likelier to fail."""
        index, differs = differing
        expected = self.cases[index].expected
        named = {*expected.rules, *expected.quiet}
        return named.isdisjoint(self.rules.rules[place].id for place in differs)

    def _rules(self, change: _Change) -> RuleBase:
        """The rule base with the mistake in it; its effects and everything else stay."""
        program = program_of(self.rules)
        every, facts, read = list(self.rules.rules), list(program.facts), list(program.read)
        for place, when in change.whens.items():
            every[place] = replace(every[place], when=when)
        new = change.finding
        findings = tuple(new if new and new.id == each.id else each for each in self.rules.findings)
        changed = replace(self.rules, rules=tuple(every), findings=findings)
        for place, when in change.whens.items():
            names = facts_of(when, changed.finding)
            facts[place] = tuple(self.rules.question_position[name] for name in names)
            read[place] = reader(facts[place])
        run_by(changed, replace(program, facts=tuple(facts), read=tuple(read)))
        return changed

    def _fails(self, index: int, differs: dict[int, Truth], changed: RuleBase) -> bool:
        """Whether a case fails when some rules come out differently."""
        said = {**self.said[index], **differs}
        true = mask_of(place for place, value in said.items() if value)
        unknown = mask_of(place for place, value in said.items() if value is None)
        program = replace(program_of(changed), conclude=lambda _: (true, unknown))
        run_by(changed, program)
        case = self.cases[index]
        return bool(failures(case.expected, plan_for(case.facts, changed)))


def _same(change: _Change, rules: RuleBase) -> bool:
    """Whether a mistake is none: the changed condition says the same of everyone."""
    if new := change.finding:
        return _alike(rules.finding[new.id].when, new.when, rules)
    return all(_alike(rules.rules[place].when, when, rules) for place, when in change.whens.items())


def _alike(old: Condition, new: Condition, rules: RuleBase) -> bool:
    spaces = domains(All((old, new)), rules.finding, rules.question)
    if prod(len(space) + 1 for space in spaces.values()) > WIDEST:
        return False
    people = product(*((*space, None) for space in spaces.values()))
    everyone = (dict(zip(spaces, person, strict=True)) for person in people)
    return all(
        truth(old, each, rules.finding) is truth(new, each, rules.finding) for each in everyone
    )


def _survivor(change: _Change, rules: RuleBase) -> Survivor:
    mutant = change.mutant
    new = mutant.becomes and f"`{condition_words(mutant.becomes, rules)}`"
    words = f"`{condition_words(mutant.was, rules)}` can be {new or 'left out'}"
    place = NOWHERE if change.finding else rules.rules[min(change.whens)].place
    return Survivor(change.owner, mutant.kind, words, place)


@dataclass(frozen=True)
class Mutant:
    """One mistake: what kind, what it is made of, what that becomes, and the whole with it."""

    kind: str  # negated | dropped | shifted | narrowed | widened
    was: Condition
    becomes: Condition | None  # None where it is left out
    whole: Condition


def mutants(condition: Condition, questions: Questions) -> list[Mutant]:
    """Every mistake in a condition, each different from it and from the others."""
    found: dict[Condition, Mutant] = {}
    for path, part in parts(condition):
        for each in _at(path, part, condition, questions):
            if each.whole != condition:
                found.setdefault(each.whole, each)
    return list(found.values())


def _at(path: Path, part: Condition, whole: Condition, questions: Questions) -> Iterator[Mutant]:
    match part:
        case Comparison() | Named():
            yield Mutant("negated", part, Not(part), _negated(whole, path, part))
            for kind, test in _other_tests(part, questions) if isinstance(part, Comparison) else ():
                yield Mutant(kind, part, test, put(whole, path, test))
        case Not():
            pass  # what it turns around is negated in its own turn
        case All(below) | Any(below):
            for index, left_out in enumerate(below if len(below) > 1 else ()):
                rest = (*below[:index], *below[index + 1 :])
                new = rest[0] if len(rest) == 1 else type(part)(rest)
                yield Mutant("dropped", left_out, None, put(whole, path, new))
        case _:
            assert_never(part)


def _negated(whole: Condition, path: Path, part: Condition) -> Condition:
    """The whole with one part turned around; not twice, where it is turned around already."""
    if path and dict(parts(whole))[path[:-1]] == Not(part):
        return put(whole, path[:-1], part)
    return put(whole, path, Not(part))


def _other_tests(test: Comparison, questions: Questions) -> Iterator[tuple[str, Comparison]]:
    """Tests that are a little stricter or looser."""
    question = questions[test.fact]
    kind = question.type
    match kind:
        case Number():
            yield from _shifted(test, question)
        case OneOf():
            yield from _other_lists(test, question)
        case SomeOf():
            yield from _other_counts(test, question)
        case YesNo():
            pass  # there is nothing between yes and no
        case _:
            assert_never(kind)


def _shifted(test: Comparison, question: Question) -> Iterator[tuple[str, Comparison]]:
    """A bound one further or one nearer; the question's own ends are no bounds."""
    low, high = test.operand
    bounds = [(low - 1, high), (low + 1, high)] if low > question.minimum else []
    bounds += [(low, high - 1), (low, high + 1)] if high < question.maximum else []
    for new in bounds:
        if question.minimum <= new[0] <= new[1] <= question.maximum:
            yield "shifted", replace(test, operand=new)


def _other_lists(test: Comparison, question: Question) -> Iterator[tuple[str, Comparison]]:
    """One choice fewer, one choice more."""
    accepted = test.operand
    for code in accepted if len(accepted) > 1 else ():
        yield "narrowed", replace(test, operand=tuple(c for c in accepted if c != code))
    others = [code for code in range(len(question.choices)) if code not in accepted]
    for code in others if len(others) > 1 else ():  # with one other, it would always hold
        yield "widened", replace(test, operand=tuple(sorted((*accepted, code))))


def _other_counts(test: Comparison, question: Question) -> Iterator[tuple[str, Comparison]]:
    """One choice fewer, all choices; one more or one fewer of them asked for."""
    least, mask = test.operand
    bits = [1 << place for place in range(len(question.choices)) if mask >> place & 1]
    every = (1 << len(question.choices)) - 1
    for bit in bits if least < len(bits) and mask != every else ():
        yield "narrowed", replace(test, operand=(least, mask & ~bit))
    if mask != every:
        yield "widened", replace(test, operand=(least, every))
    if least > 1:
        yield "shifted", replace(test, operand=(least - 1, mask))
    if least < len(bits):
        yield "shifted", replace(test, operand=(least + 1, mask))
