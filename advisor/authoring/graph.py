"""A rule base, or one thing in it → what leads to what: facts → findings → rules → outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advisor.explain.verbalization import condition_words, spaced
from advisor.rulebase.bits import chosen
from advisor.rulebase.shapes import Comparison, Condition, Finding, Named, Rule, RuleBase, effects
from advisor.rulebase.truth import leaves

FACT, FINDING, RULE, LEVEL = "fact", "finding", "rule", "level"
EXERCISE, SLOT, SCHEDULED, SAID = "exercise", "slot", "schedule", "advice"
MANY = 12  # of one rule: more exercises than this stand together by pattern


@dataclass(frozen=True)
class Node:
    """One thing: its kind, its id and the words for it."""

    kind: str
    id: str
    label: str


@dataclass(frozen=True)
class Edge:
    """One thing that leads to another, and how."""

    start: Node
    end: Node
    label: str = ""


def graph(rules: RuleBase, name: str | None = None) -> tuple[Edge, ...]:
    """Every edge around a rule, finding or question, or of the whole rule base.

    Raises KeyError if there is nothing of this name.
    """
    authored = [rule for rule in rules.rules if not rule.catalogue]
    named = [rule for rule in rules.rules if rule.id == name]
    if named:
        found = _around(named, rules, single=True)
    elif name is None:
        found = _around(authored, rules, single=False)
    elif name in rules.finding or name in rules.question:
        found = _from(name, authored, rules)
    else:
        raise KeyError(name)
    return tuple(dict.fromkeys(found))


def _around(which: Iterable[Rule], rules: RuleBase, *, single: bool) -> Iterator[Edge]:
    """What leads to rules, and what they do."""
    for rule in which:
        end = _rule(rule)
        yield from _causes(rule.when, end, rules)
        for effect in rule.effects:
            yield from _outcomes(effect, end, rules, single=single)


def _causes(when: Condition, end: Node, rules: RuleBase) -> Iterator[Edge]:
    """The facts and findings that a condition names, and what leads to those findings."""
    for leaf in leaves(when):
        yield _cause(leaf, end, rules)
        if isinstance(leaf, Named):
            finding = rules.finding[leaf.finding]
            yield from _causes(finding.when, _finding(finding), rules)


def _cause(leaf: Comparison | Named, end: Node, rules: RuleBase) -> Edge:
    if isinstance(leaf, Named):
        return Edge(_finding(rules.finding[leaf.finding]), end)
    return Edge(Node(FACT, leaf.fact, spaced(leaf.fact)), end, condition_words(leaf, rules))


def _from(name: str, authored: list[Rule], rules: RuleBase) -> Iterator[Edge]:
    """What leads to a finding, and all that follows from a finding or a question."""
    reached = {name}
    if name in rules.finding:
        finding = rules.finding[name]
        yield from _causes(finding.when, _finding(finding), rules)
    for finding in rules.findings:  # each stands after those that it builds on
        edges = list(_direct(finding.when, reached, _finding(finding), rules))
        reached |= {finding.id} if edges else set()
        yield from edges
    for rule in authored:
        edges = list(_direct(rule.when, reached, _rule(rule), rules))
        yield from edges
        for effect in rule.effects if edges else ():
            yield from _outcomes(effect, _rule(rule), rules, single=False)


def _direct(when: Condition, reached: set[str], end: Node, rules: RuleBase) -> Iterator[Edge]:
    """The edges to one thing from those of its causes that have been reached."""
    for leaf in leaves(when):
        if (leaf.finding if isinstance(leaf, Named) else leaf.fact) in reached:
            yield _cause(leaf, end, rules)


def _outcomes(
    effect: effects.Effect, start: Node, rules: RuleBase, *, single: bool
) -> Iterator[Edge]:
    """What an effect leads to: exercises, slots, and what it says or sets."""
    verb = spaced(effect.key)
    match effect:
        case effects.Level(level):
            yield Edge(start, Node(LEVEL, effects.LEVELS[level], f"level {effects.LEVELS[level]}"))
        case effects.Advise(kind) if kind not in effects.OF_EXERCISES:
            yield Edge(start, Node(SAID, kind, spaced(kind)), "says")
        case effects.Advise(kind, _, mask):
            yield from _exercises(mask, start, kind, rules, single=single)
        case effects.Suspect(name):
            yield Edge(start, Node(SAID, name, name), "suspects")
        case effects.Cap(_, what) if what in effects.SCHEDULE:
            yield Edge(start, Node(SCHEDULED, what, spaced(what)), effect.bound)
        case effects.Prefer(mask, slots):
            for slot in slots:
                yield Edge(start, Node(SLOT, slot, f"part: {spaced(slot)}"), verb)
            yield from _exercises(mask, start, verb, rules, single=single)
        case _ if effect.masks:
            yield from _exercises(effect.reach, start, verb, rules, single=single)
        case _:
            yield Edge(start, Node(SCHEDULED, effect.key, verb), effect.bound)


def _exercises(
    mask: int, start: Node, verb: str, rules: RuleBase, *, single: bool
) -> Iterator[Edge]:
    """The exercises of a bit mask; together by pattern, where they are many."""
    if mask == (1 << len(rules.exercises)) - 1:
        yield Edge(start, Node(EXERCISE, "everything", "every exercise"), verb)
        return
    if single and mask.bit_count() <= MANY:
        for exercise in chosen(mask, rules.exercises):
            yield Edge(start, Node(EXERCISE, exercise.id, exercise.name), verb)
        return
    for pattern, members in rules.pattern_masks.items():
        if count := (mask & members).bit_count():
            node = Node(EXERCISE, pattern, f"exercises: {spaced(pattern)}")
            yield Edge(start, node, f"{verb} {count} of {members.bit_count()}")


def _finding(finding: Finding) -> Node:
    return Node(FINDING, finding.id, finding.means)


def _rule(rule: Rule) -> Node:
    return Node(RULE, rule.id, rule.id)
