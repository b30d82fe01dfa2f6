"""A plan's document → blocks: the whole report, in the order it is read, and its parts by name."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Iterator

from advisor.report.blocks import Block, Bullets, Command, Item, Title, Tone, say, section
from advisor.report.left_out import left_out_blocks
from advisor.report.level import why_level
from advisor.report.rules import source_entry, source_items
from advisor.report.screening import incomplete_blocks, referral_blocks
from advisor.report.session import (
    amounts_blocks,
    how_blocks,
    progress_blocks,
    schedule_blocks,
    session_blocks,
    stop_blocks,
)
from advisor.report.words import (
    Document,
    answer_words,
    asked,
    flag,
    reason_items,
    reasons_of,
    sentence,
)
from advisor.rulebase.shapes import LEVELS, RuleBase


def plan_blocks(document: Document, rules: RuleBase) -> list[Block]:
    """The whole report of a plan, of a referral, or of what is missing for either."""
    doubts = contradiction_blocks(document, rules)
    if document["status"] == "incomplete":
        return [*incomplete_blocks(document, rules), *doubts]
    if document["status"] == "refer":
        emergency = document["level"] == LEVELS[-1]
        assumed = () if emergency else _assumed(document, rules, not_asked=False)
        return [*referral_blocks(document, rules), *doubts, *assumed, *_command(document)]
    return [
        *_level(document, rules),
        *(block for part in PARTS.values() for block in part(document, rules)),
        *_command(document),
    ]


def _level(document: Document, rules: RuleBase) -> Iterator[Block]:
    """The level and why, what has to come before training, and what does not fit together."""
    tone: Tone = "good" if document["level"] == LEVELS[0] else "care"
    yield Title(document["level_says"], tone, document["level"].upper())
    if reasons := reason_items(why_level(document, rules), rules):
        yield Bullets(reasons)
    first = reasons_of(document["before"], document)
    yield from section("Before you train", Bullets(reason_items(first, rules)))
    yield from contradiction_blocks(document, rules)


def contradiction_blocks(document: Document, rules: RuleBase) -> tuple[Block, ...]:
    """Which answers do not fit together."""
    found = reasons_of(document["contradictions"], document)
    return section("Answers that do not fit together", Bullets(reason_items(found, rules)))


def _progress(document: Document, rules: RuleBase) -> Iterator[Block]:
    """How often, how to go on, and what is good to know."""
    yield from schedule_blocks(document, rules)
    yield from progress_blocks(document, rules)
    told = reasons_of(document["advice"], document)
    yield from section("Good to know", Bullets(reason_items(told, rules)))


def _watch(document: Document, rules: RuleBase) -> Iterator[Block]:
    """When to stop, and what to watch for afterward."""
    yield from stop_blocks(document, rules)
    watch = tuple(map(Item, document["safety_net"]))
    yield from section("What to watch for", Bullets(watch))


def _what_we_assumed(document: Document, rules: RuleBase) -> Iterable[Block]:
    return _assumed(document, rules, not_asked=True)


def _assumed(document: Document, rules: RuleBase, *, not_asked: bool) -> tuple[Block, ...]:
    """What no answer told: stated clear in one word, not sure, not asked."""
    matters = [question["fact"] for question in document["open_questions"]]
    groups = (
        ("You stated in one word that these are clear:", document["stated_clear"]),
        ("You were not sure, so we took the careful side:", document["not_sure"]),
        ("Not asked, so we took the careful side:", matters if not_asked else []),
    )
    blocks: list[Block] = []
    for lead, facts in groups:
        if facts:
            blocks += [say("", lead=lead), Bullets(tuple(_open(f, document, rules) for f in facts))]
    others = [flag(fact) for fact in document["not_asked"] if fact not in matters]
    if others and not_asked:
        blocks.append(
            say(f"{', '.join(others)}.", lead="Not asked either:" if matters else "Not asked:")
        )
    return section("What we assumed", *blocks)


def _open(fact: str, document: Document, rules: RuleBase) -> Item:
    """A question with its flag, and with its answer where it has one."""
    item = asked(fact, rules)
    if fact not in document["answers"]:
        return item
    clear = answer_words(rules.question[fact], document["answers"][fact])
    return Item(f"{item.text} {sentence(clear)}", item.note)


def _sources(document: Document, rules: RuleBase) -> tuple[Block, ...]:
    """The documents behind all of this, with what was read of each."""
    entries = [source_entry(rules.sources[each]) for each in document["sources"]]
    return section("Sources", Bullets(source_items(entries)))


def _command(document: Document) -> tuple[Block, ...]:
    return section("To see this again", Command(tuple(shlex.split(document["command"]))))


# The parts of the whole report in its order, by the names that they are asked for.
PARTS: dict[str, Callable[[Document, RuleBase], Iterable[Block]]] = {
    "session": session_blocks,
    "why": amounts_blocks,
    "how": how_blocks,
    "watch": _watch,
    "left-out": left_out_blocks,
    "progress": _progress,
    "assumed": _what_we_assumed,
    "sources": _sources,
}


def part_blocks(document: Document, rules: RuleBase, part: str) -> list[Block]:
    """One part of the whole report."""
    first = _level(document, rules) if part == "why" else ()
    return [*first, *PARTS[part](document, rules)]
