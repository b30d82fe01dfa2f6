"""A plan's document → blocks: the whole report, in the order it is read, and its parts by name.

Besides, how it came about: under each line its rules, their answers and their sources.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from advisor.report.blocks import Block, Bullets, Divider, Item, Part, say, section
from advisor.report.formatting import Document, asked, flag, reasons_of, told
from advisor.report.left_out import groups_out, left_out_items, other_reasons
from advisor.report.page import (
    also_fine,
    below_a_line,
    later_day,
    level_blocks,
    passed_over,
    session_blocks,
    stand_ins,
    stop,
)
from advisor.report.rules import source_entry, source_items
from advisor.report.screening import again, incomplete_blocks, referral_page
from advisor.report.session import amounts_blocks, how_to_blocks, progress_blocks, schedule_blocks
from advisor.report.voice import Fill, Voice
from advisor.rulebase.shapes import LEVELS, RuleBase


def whole_blocks(document: Document, rules: RuleBase, fill: Fill) -> list[Block]:
    """The whole report of a plan, of a referral, or of what is missing for either."""
    voice = Voice(rules, fill, whole=True)
    if document["status"] == "incomplete":
        return [*incomplete_blocks(document, rules)]
    if document["status"] == "refer":
        emergency = document["level"] == LEVELS[-1]
        assumed = () if emergency else _assumed(document, voice, not_asked=False)
        return [*referral_page(document, voice), *assumed, *again(document)]
    parts = (block for name in PARTS if name != SOURCES for block in PARTS[name](document, voice))
    return [*level_blocks(document, voice), *parts, voice.sources(), *again(document)]


def part_blocks(document: Document, rules: RuleBase, fill: Fill, part: str) -> list[Block]:
    """One part of the whole report."""
    voice = Voice(rules, fill, whole=True)
    first = level_blocks(document, voice) if part == WHY else ()
    blocks = [*first, *PARTS[part](document, voice)]
    return [*blocks, *([voice.sources()] if voice.sources().texts else [])]


def _sessions(document: Document, voice: Voice) -> Iterator[Block]:
    """The session to do next, what could stand in, and the other days."""
    yield Divider()
    yield from session_blocks(document, voice)
    yield from stand_ins(document, voice.rules)
    for day in document["later"]:
        yield from later_day(day, document, voice)


def _watch(document: Document, voice: Voice) -> Iterator[Block]:
    """When to stop, and what to watch for afterward."""
    yield from below_a_line(stop(document, voice))
    yield Part("WATCH FOR", tuple(map(Item, document["safety_net"])))


def _left_out(document: Document, voice: Voice) -> Iterator[Block]:
    """What is left out, why, and what to do instead; what else is fine."""
    groups = groups_out(document, voice.rules, everything=True)
    yield from (Divider(), Part("LEFT OUT", left_out_items(groups, voice)))
    yield from other_reasons(document, voice.rules)
    yield from also_fine(document, voice.rules)
    yield from passed_over(document, voice.rules)


def _progress(document: Document, voice: Voice) -> Iterator[Block]:
    """How often, how to go on, and what is good to know."""
    yield from schedule_blocks(document, voice)
    yield from progress_blocks(document, voice)
    advice = map(voice.said, reasons_of(document["advice"], document))
    yield from section("Good to know", Bullets(tuple(advice)))


def _assumed(document: Document, voice: Voice, *, not_asked: bool = True) -> tuple[Block, ...]:
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
            asks = tuple(_open(fact, document, voice.rules) for fact in facts)
            blocks += [say("", lead=lead), Bullets(asks)]
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
    return replace(item, text=told(fact, document["answers"][fact], rules).text)


def _sources(document: Document, voice: Voice) -> tuple[Block, ...]:
    """The documents behind all of this, with what was read of each."""
    entries = [source_entry(voice.rules.sources[each]) for each in document["sources"]]
    return section("Sources", Bullets(source_items(entries)))


def how_blocks(document: Document, rules: RuleBase) -> Iterator[Block]:
    """How a plan came about: the chain behind each of its lines, or behind a referral."""
    session = document["session"] or {"exercises": ()}
    schedule = document["schedule"] or {"reasons": ()}
    for what, named in (
        ("the level", document["level_reasons"]),
        *(
            (f"{line['name']} {line['notation']}", [*line["reasons"], *line["dose_reasons"]])
            for line in session["exercises"]
        ),
        ("the schedule", schedule["reasons"]),
    ):
        chains = tuple(_chain(reason, rules) for reason in reasons_of(named, document))
        yield from section(f"How {what} came about", Bullets(chains))


def _chain(reason: Document, rules: RuleBase) -> Item:
    """A rule, the answers it rests on, and its sources."""
    answers = (told(fact, value, rules) for fact, value in reason["because"].items())
    read = (
        ", ".join(filter(None, (rules.sources[each["id"]].title, each["section"])))
        for each in reason["sources"]
    )
    below = (*answers, *(Item(each, lead="Read:") for each in read))
    return Item(reason["why"] or reason["text"], lead=f"{reason['rule']}:", below=below)


WHY, SOURCES = "why", "sources"  # the report begins with the one and ends with a list of the other
# The parts of the whole report in its order, by the names that they are asked for.
PARTS: dict[str, Callable[[Document, Voice], Iterable[Block]]] = {
    "session": _sessions,
    WHY: amounts_blocks,
    "how": how_to_blocks,
    "watch": _watch,
    "left-out": _left_out,
    "progress": _progress,
    "assumed": _assumed,
    SOURCES: _sources,
}
