"""How a plan came about → blocks: under each line its rules, their answers and their sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from advisor.report.blocks import Block, Bullets, Item, section
from advisor.report.formatting import Document, answer_words, reasons_of, sentence
from advisor.rulebase.shapes import RuleBase


def how_blocks(document: Document, rules: RuleBase) -> list[Block]:
    """The chain behind each line of a plan, or behind a referral."""
    return [
        *section("How the level came about", _chains(document["level_reasons"], document, rules)),
        *_lines(document, rules),
        *_schedule(document, rules),
    ]


def _lines(document: Document, rules: RuleBase) -> Iterator[Block]:
    session = document["session"] or {"exercises": ()}
    for line in session["exercises"]:
        yield from section(
            f"How {line['name']} {line['notation']} came about",
            _chains([*line["reasons"], *line["dose_reasons"]], document, rules),
        )


def _schedule(document: Document, rules: RuleBase) -> tuple[Block, ...]:
    reasons = (document["schedule"] or {"reasons": ()})["reasons"]
    return section("How the schedule came about", _chains(reasons, document, rules))


def _chains(named: Iterable[str | Document], document: Document, rules: RuleBase) -> Bullets:
    return Bullets(tuple(_chain(reason, rules) for reason in reasons_of(named, document)))


def _chain(reason: Document, rules: RuleBase) -> Item:
    """A rule, the answers it rests on, and its sources."""
    answers = tuple(
        Item(f"{rules.question[fact].ask} {sentence(answer_words(rules.question[fact], value))}")
        for fact, value in reason["because"].items()
    )
    sources = tuple(
        Item(
            rules.sources[source["id"]].title
            + (f", {source['section']}" if source["section"] else ""),
            lead="Read:",
        )
        for source in reason["sources"]
    )
    text = reason["why"] or reason["text"]
    return Item(text, lead=f"{reason['rule']}:", below=(*answers, *sources))
