"""The verdicts of a plan → blocks: what is left out, why, and what to do instead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from advisor.explain.words import joined
from advisor.report.blocks import Block, Bullets, Item, say, section
from advisor.report.words import (
    Document,
    asked,
    few_names,
    flag,
    names,
    reason_item,
    reasons_of,
    tag,
)
from advisor.rulebase.shapes import RuleBase

NOTHING = "nothing like it for now"


@dataclass(frozen=True)
class Sorted:
    """Exercises that are out, by what keeps them out."""

    out: list[str]  # a rule about the person
    unresolved: list[str]  # an answer that is missing
    not_at_hand: list[str]  # only that something they need is not there
    maybe_at_hand: list[str]  # only that it is not known whether it is there


@dataclass(frozen=True)
class Group:
    """Exercises that are out for one reason, and what to do instead."""

    reason: Document
    exercises: list[str]
    instead: list[str]


def groups_out(document: Document, rules: RuleBase) -> list[Group]:
    """What is out of all that this person has the means for, or spoke of; each exercise once.

    It stands with the reason that keeps out most, those that were spoken of first.
    """
    verdicts = _whole(document)
    spoken = _spoken_of(document, rules)
    kinds, at_hand = _sort(verdicts, rules), at_hand_facts(rules)
    left = {
        each: [reason for reason in verdicts[each]["reasons"] if not _about(reason, at_hand)]
        for each in (*kinds.out, *kinds.unresolved)
        if each in spoken or not any(_about(why, at_hand) for why in verdicts[each]["reasons"])
    }
    groups: list[Group] = []
    while any(left.values()):
        keeps = Counter(reason["text"] for reasons in left.values() for reason in reasons)
        most = max(keeps, key=lambda text: keeps[text])
        out = [each for each, why in left.items() if any(r["text"] == most for r in why)]
        reason = next(r for r in left[out[0]] if r["text"] == most)
        better = dict.fromkeys(best for each in out for best in verdicts[each]["instead"][:1])
        groups.append(Group(reason, out, [*better]))
        left = {each: why for each, why in left.items() if each not in out}
    return sorted(groups, key=lambda group: spoken.isdisjoint(group.exercises))


def _spoken_of(document: Document, rules: RuleBase) -> set[str]:
    """The exercises among the answers."""
    given = (value for value in document["answers"].values() if isinstance(value, list))
    return {each for value in given for each in value if each in rules.exercise}


def _whole(document: Document) -> Document:
    """The verdicts with their reasons in whole."""
    return {
        name: {**each, "reasons": reasons_of(each["reasons"], document)}
        for name, each in document["verdicts"].items()
    }


def left_out_blocks(document: Document, rules: RuleBase) -> Iterator[Block]:
    """Each reason once, with its exercises; what is only not at hand in one line."""
    verdicts = _whole(document)
    kinds = _sort(verdicts, rules)
    yield from section(
        "Left out, and why",
        Bullets(_reasons(kinds.out, verdicts, rules)),
        *_open(kinds.unresolved, verdicts, rules),
        *_at_hand(kinds, verdicts, rules),
    )
    if document["session"]["exercises"]:
        out = [*kinds.out, *kinds.unresolved]
        yield from section("What to do instead", Bullets(_instead(out, verdicts, rules)))


def _sort(verdicts: Document, rules: RuleBase) -> Sorted:
    kinds = Sorted([], [], [], [])
    at_hand = at_hand_facts(rules)
    for exercise, verdict in verdicts.items():
        only = all(_about(reason, at_hand) for reason in verdict["reasons"])
        if verdict["verdict"] == "avoid":
            (kinds.not_at_hand if only else kinds.out).append(exercise)
        elif verdict["verdict"] == "unresolved":
            (kinds.maybe_at_hand if only else kinds.unresolved).append(exercise)
    return kinds


def at_hand_facts(rules: RuleBase) -> set[str]:
    """The facts that tell what is at hand: those exercises have an attribute of, too."""
    return {fact for fact in rules.question if fact in rules.attributes}


def _about(reason: Document, facts: set[str]) -> bool:
    return bool(reason["because"]) and set(reason["because"]) <= facts


def _reasons(exercises: Iterable[str], verdicts: Document, rules: RuleBase) -> tuple[Item, ...]:
    """The reasons about the person, those that keep out most first, each with its exercises."""
    at_hand = at_hand_facts(rules)
    held: dict[str, list[str]] = {}
    reasons: dict[str, Document] = {}
    for exercise in exercises:
        for reason in verdicts[exercise]["reasons"]:
            if not _about(reason, at_hand):
                reasons.setdefault(reason["text"], reason)
                held.setdefault(reason["text"], []).append(exercise)
    together: dict[tuple[str, ...], list[Document]] = {}
    for text, reason in reasons.items():
        together.setdefault(tuple(held[text]), []).append(reason)
    ranked = sorted(together, key=lambda kept_out: -len(kept_out))
    return tuple(_reason(together[kept_out], kept_out, rules) for kept_out in ranked)


def _reason(reasons: list[Document], exercises: Sequence[str], rules: RuleBase) -> Item:
    """Reasons that keep the same exercises out, as one item."""
    first = " ".join(f"{each['text']} {tag(each, rules)}" for each in reasons[:-1])
    last = reason_item(reasons[-1], rules)
    unresolved = bool(last.lead)
    called = few_names(exercises, rules) if unresolved else names(exercises, rules)
    return Item(f"{first} {last.text}".strip(), last.note, last.lead, (Item(f"{called}."),))


def _open(exercises: list[str], verdicts: Document, rules: RuleBase) -> Iterator[Block]:
    if exercises:
        yield say("", lead="Left out for now, as an answer is missing or not sure:")
        yield Bullets(_reasons(exercises, verdicts, rules))
        yield say("", lead="These answers would settle it:")
        yield Bullets(tuple(asked(fact, rules) for fact in _needs(exercises, verdicts)))


def _needs(exercises: Iterable[str], verdicts: Document) -> list[str]:
    return list(dict.fromkeys(fact for each in exercises for fact in verdicts[each]["needs"]))


def _at_hand(kinds: Sorted, verdicts: Document, rules: RuleBase) -> Iterator[Block]:
    """What is out for lack of something, in a line."""
    if kinds.not_at_hand:
        lead = "Out only because you do not have what they need:"
        yield say(f"{names(kinds.not_at_hand, rules)}.", lead=lead)
    if kinds.maybe_at_hand:
        flags = joined(map(flag, _needs(kinds.maybe_at_hand, verdicts)))
        lead = "Out only because we do not know what you have:"
        yield say(f"{names(kinds.maybe_at_hand, rules)}.", f"(say so with {flags})", lead)


def _instead(exercises: Iterable[str], verdicts: Document, rules: RuleBase) -> tuple[Item, ...]:
    """What to do instead, for all exercises with the same answer at once."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for exercise in exercises:
        groups.setdefault(tuple(verdicts[exercise]["instead"]), []).append(exercise)
    return tuple(
        Item(f"{names(better, rules) or NOTHING}.", lead=f"{few_names(each, rules)}:")
        for better, each in groups.items()
    )
