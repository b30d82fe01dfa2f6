"""The verdicts of a plan → blocks: what is left out, why, and what to do instead."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from advisor.explain.verbalization import joined
from advisor.report.blocks import Block, Bullets, Item, say
from advisor.report.formatting import Document, asked, flag, name, names, reasons_of
from advisor.report.voice import Voice
from advisor.rulebase.shapes import RuleBase

NOTHING = "nothing like it for now"
_FEW, _MANY = 3, 6  # names in a group on a page


@dataclass(frozen=True)
class Group:
    """Exercises that are out for one reason, and what to do instead."""

    reason: Document
    exercises: list[str]
    instead: list[str]


def groups_out(document: Document, rules: RuleBase, *, everything: bool = False) -> list[Group]:
    """What is out for a reason about the person, each exercise once.

    It stands with the reason that keeps out most, those that were spoken of first. Unless it is to
    be `everything`, what this person lacks the means for is passed over.
    """
    verdicts = _whole(document)
    spoken = _spoken_of(document, rules)
    kinds, at_hand = _sort(verdicts, rules), at_hand_facts(rules)
    left = {
        each: [reason for reason in verdicts[each]["reasons"] if not _about(reason, at_hand)]
        for each in (*kinds["avoid", False], *kinds["unresolved", False])
        if everything
        or each in spoken
        or not any(_about(why, at_hand) for why in verdicts[each]["reasons"])
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
    """The exercises among the answers and the wishes."""
    values = (*document["answers"].values(), document["wishes"]["with"])
    given = (value for value in values if isinstance(value, list))
    return {each for value in given for each in value if each in rules.exercise}


def _whole(document: Document) -> Document:
    """The verdicts with their reasons in whole."""
    return {
        name: {**each, "reasons": reasons_of(each["reasons"], document)}
        for name, each in document["verdicts"].items()
    }


def left_out_items(groups: list[Group], voice: Voice) -> tuple[Item, ...]:
    """Why some exercises are out, which, and what to do instead."""
    return tuple(_group(each, voice) for each in groups)


def _group(group: Group, voice: Voice) -> Item:
    new, rules = voice.is_new(group.reason), voice.rules
    why = voice.reason(group.reason)
    shown = group.exercises
    if not voice.whole and len(shown) > _MANY:
        shown = shown[:_FEW]
    more = len(group.exercises) - len(shown)
    out = joined([*(name(each, rules) for each in shown), *([f"{more} more"] if more else [])])
    instead = names(group.instead[:2], rules) or NOTHING
    which = f"{out}. Instead: {instead}."
    return replace(why, below=(Item(which),)) if new else replace(why, lead="", text=which)


def other_reasons(document: Document, rules: RuleBase) -> Iterator[Block]:
    """What would settle what is open, and what is out only for lack of something."""
    verdicts = _whole(document)
    kinds = _sort(verdicts, rules)
    if unresolved := kinds["unresolved", False]:
        yield say("", lead="These answers would settle what is open:")
        yield Bullets(tuple(asked(fact, rules) for fact in _needs(unresolved, verdicts)))
    if not_at_hand := kinds["avoid", True]:
        lead = "Out only because you do not have what they need:"
        yield say(f"{names(not_at_hand, rules)}.", lead=lead)
    if maybe_at_hand := kinds["unresolved", True]:
        flags = joined(map(flag, _needs(maybe_at_hand, verdicts)))
        lead = "Out only because we do not know what you have:"
        yield say(f"{names(maybe_at_hand, rules)}.", f"(say so with {flags})", lead)


def _sort(verdicts: Document, rules: RuleBase) -> defaultdict[tuple[str, bool], list[str]]:
    """Exercises by their verdict, and by whether it is only for want of what they need."""
    kinds: defaultdict[tuple[str, bool], list[str]] = defaultdict(list)
    at_hand = at_hand_facts(rules)
    for exercise, verdict in verdicts.items():
        only = all(_about(reason, at_hand) for reason in verdict["reasons"])
        kinds[verdict["verdict"], only].append(exercise)
    return kinds


def at_hand_facts(rules: RuleBase) -> set[str]:
    """The facts that tell what is at hand: those exercises have an attribute of, too."""
    return {fact for fact in rules.question if fact in rules.attributes}


def _about(reason: Document, facts: set[str]) -> bool:
    return bool(reason["because"]) and set(reason["because"]) <= facts


def _needs(exercises: Iterable[str], verdicts: Document) -> list[str]:
    return list(dict.fromkeys(fact for each in exercises for fact in verdicts[each]["needs"]))
