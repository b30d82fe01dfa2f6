"""A plan's document → blocks: the whole report, in the order it is read."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from advisor.report.blocks import Block, Bullets, Command, Item, Title, Tone, say, section
from advisor.report.left_out import left_out_blocks
from advisor.report.screening import incomplete_blocks, referral_blocks
from advisor.report.session import progress_blocks, schedule_blocks, session_blocks
from advisor.report.words import Document, answer_words, asked, flag, reason_items, sentence
from advisor.rulebase.shapes import LEVELS, RuleBase


def plan_blocks(document: Document, rules: RuleBase) -> list[Block]:
    """The report of a plan, of a referral, or of what is missing for either."""
    doubts = contradiction_blocks(document, rules)
    if document["status"] == "incomplete":
        return [*incomplete_blocks(document, rules), *doubts]
    if document["status"] == "refer":
        emergency = document["level"] == LEVELS[-1]
        assumed = () if emergency else _assumed(document, rules, not_asked=False)
        return [*referral_blocks(document, rules), *doubts, *assumed, *_command(document)]
    return [
        *_level(document, rules),
        *doubts,
        *session_blocks(document, rules),
        *left_out_blocks(document, rules),
        *schedule_blocks(document, rules),
        *progress_blocks(document, rules),
        *section("Good to know", Bullets(reason_items(document["advice"], rules))),
        *safety_net_blocks(document),
        *_assumed(document, rules, not_asked=True),
        *_command(document),
    ]


def _level(document: Document, rules: RuleBase) -> Iterator[Block]:
    tone: Tone = "good" if document["level"] == LEVELS[0] else "care"
    yield Title(document["level_says"], tone)
    if reasons := reason_items(document["level_reasons"], rules):
        yield Bullets(reasons)


def contradiction_blocks(document: Document, rules: RuleBase) -> tuple[Block, ...]:
    """Which answers do not fit together."""
    found = Bullets(reason_items(document["contradictions"], rules))
    return section("Answers that do not fit together", found)


def safety_net_blocks(document: Document) -> tuple[Block, ...]:
    """What to watch for."""
    return section("What to watch for", Bullets(tuple(map(Item, document["safety_net"]))))


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


def _command(document: Document) -> tuple[Block, ...]:
    return section("To see this again", Command(tuple(shlex.split(document["command"]))))
