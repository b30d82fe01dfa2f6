"""A rule base → a program: its conditions as closures, its effects as tables.

`conclude` takes the encoded answers (None where unknown) and returns two masks: the rules that are
true, and those that are unknown. A condition that several rules share is decided once, and what
conditions of the same few questions and findings come to is kept by their values, as people's
answers repeat.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from operator import itemgetter

from advisor.engine.kept import Kept
from advisor.engine.tables import ByRule, FromRules, Reader, effect_tables
from advisor.rulebase.bits import mask_of
from advisor.rulebase.deciders import Decider, Known, decider
from advisor.rulebase.shapes import Advise, Cap, Condition, Level, Prefer, RuleBase, Suspect
from advisor.rulebase.truth import names_in

Truths = tuple[int, int]  # the rules that are true, and those that are unknown
Conclude = Callable[[Sequence[int | None]], Truths]
Decided = tuple[Decider, int]  # a condition, and the rules that have it
MOST_WAYS = 1 << 10  # in which the questions and findings of a group can be answered
_NONE: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Program:
    """A rule base made ready to run. Rules are named by their position, sets of them are masks.

    The tables hold, for each rule that has them, its effects of one kind, or for each exercise,
    what rules have for it.
    """

    conclude: Conclude
    facts: tuple[tuple[int, ...], ...]  # of each rule: the positions of the questions it reads
    read: tuple[Reader, ...]  # of each rule: what takes the answers to these
    levels: ByRule[Level]
    of_level: tuple[int, ...]  # of each level: the rules that put a person there
    avoids: ByRule[int]  # exercise masks
    forbidders: tuple[int, ...]  # of each exercise: the rules that put it out, but referrals
    referrals: int  # the rules whose level is a referral
    cautions: ByRule[int]  # exercise masks
    limits: tuple[FromRules[str], ...]  # of each exercise
    caps: ByRule[tuple[Cap, ...]]
    dose_caps: tuple[FromRules[Cap], ...]  # of each exercise: what may cap its dose
    timing: FromRules[Cap]  # what may cap the schedule
    lines: ByRule[int]  # the most lines of a session
    days: ByRule[int]  # the most days of the routine
    aparts: ByRule[tuple[tuple[int, int], ...]]  # pairs of exercise masks
    prefers: ByRule[tuple[Prefer, ...]]
    advises: ByRule[tuple[Advise, ...]]
    suspects: ByRule[tuple[Suspect, ...]]
    restricting: int
    weights: ByRule[tuple[tuple[int, int], ...]]  # exercise, weight
    slot_prefers: FromRules[tuple[str, int]]  # slot, weight
    preferring: tuple[FromRules[str], ...]  # of each exercise: no words, the weightiest rule first
    cues: tuple[FromRules[str], ...]  # of each exercise
    ramps: tuple[FromRules[str], ...]  # of each exercise: how to build up to its weight
    sayings: dict[str, FromRules[str]]  # of each kind of advice


def compile_rules(rules: RuleBase) -> Program:
    """Make a rule base ready to run."""
    return Program(concluding(rules), **effect_tables(rules))  # type: ignore[arg-type]


def concluding(rules: RuleBase) -> Conclude:
    """Make the function that decides all rules for one person."""
    names = [*rules.question, *rules.finding]
    places = {name: place for place, name in enumerate(names)}
    findings = [decider(each.when, places) for each in rules.findings]
    sizes = [each.type.count(each) for each in rules.questions] + [2] * len(rules.findings)
    groups: dict[frozenset[int], list[Decided]] = {}
    for when, which in _sharing(rules).items():
        reads = frozenset(places[name] for name in names_in(when))
        groups.setdefault(reads, []).append((decider(when, places), mask_of(which)))
    always, _ = _decided(groups.pop(frozenset(), ()), ())
    kept = [_table(sorted(reads), group) for reads, group in _joined(groups, sizes).items()]

    def conclude(values: Sequence[int | None]) -> Truths:
        known = [*values]
        for finding in findings:  # each may read those before it
            known.append(finding(known))
        true, unknown = always, 0
        for read, table in kept:
            more_true, more_unknown = table[read(known)]
            true |= more_true
            unknown |= more_unknown
        return true, unknown

    return conclude


def _sharing(rules: RuleBase) -> dict[Condition, list[int]]:
    """The rules of each condition."""
    found: dict[Condition, list[int]] = {}
    for place, rule in enumerate(rules.rules):
        found.setdefault(rule.when, []).append(place)
    return found


def _ways(reads: Iterable[int], sizes: Sequence[int]) -> int:
    """In how many ways some questions and findings can be answered, or not."""
    return prod(sizes[place] + 1 for place in reads)


def _joined(
    groups: Mapping[frozenset[int], list[Decided]], sizes: Sequence[int]
) -> dict[frozenset[int], list[Decided]]:
    """Conditions that read much the same decided together, where few answers are possible."""
    found: dict[frozenset[int], list[Decided]] = {}
    for reads in sorted(groups, key=lambda each: (-len(each), sorted(each))):
        fitting = [
            other for other in found if reads <= other or _ways(reads | other, sizes) <= MOST_WAYS
        ]
        other = min(fitting, key=lambda each: (len(reads - each), sorted(each)), default=_NONE)
        found[reads | other] = found.pop(other, []) + groups[reads]
    return found


def _decided(conditions: Iterable[Decided], known: Known) -> Truths:
    true = unknown = 0
    for decide, which in conditions:
        value = decide(known)
        if value:
            true |= which
        elif value is None:
            unknown |= which
    return true, unknown


def _table(places: Sequence[int], conditions: list[Decided]) -> tuple[Reader, Kept[object, Truths]]:
    """What tells the answers that some conditions read, and what they come to by these."""

    def decided(key: object) -> Truths:
        known: list[int | None] = [None] * (places[-1] + 1)
        values = key if isinstance(key, tuple) else (key,)
        for place, value in zip(places, values, strict=True):
            known[place] = value
        return _decided(conditions, known)

    return itemgetter(*places), Kept(decided, MOST_WAYS)
