"""A plan's document → blocks: the whole report, in the order it is read."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from advisor.report.blocks import Block, Bullets, Command, Item, Title, Tone, say, section
from advisor.report.left_out import left_out_blocks
from advisor.report.screening import incomplete_blocks, referral_blocks
from advisor.report.session import (
    later_blocks,
    progress_blocks,
    schedule_blocks,
    session_blocks,
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
from advisor.rulebase.shapes import LEVELS, Level, Rule, RuleBase
from advisor.rulebase.truth import comparisons

MOST_REASONS = 4  # for a level: more are not read


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
        *_before(document, rules),
        *doubts,
        *_level(document, rules),
        *_wishes(document),
        *session_blocks(document, rules),
        *later_blocks(document),
        *left_out_blocks(document, rules),
        *schedule_blocks(document, rules),
        *progress_blocks(document, rules),
        *_advice(document, rules),
        *safety_net_blocks(document),
        *_assumed(document, rules, not_asked=True),
        *_command(document),
    ]


def _level(document: Document, rules: RuleBase) -> Iterator[Block]:
    tone: Tone = "good" if document["level"] == LEVELS[0] else "care"
    yield Title(document["level_says"], tone)
    if reasons := reason_items(_why(document, rules), rules):
        yield Bullets(reasons)


def _wishes(document: Document) -> Iterator[Block]:
    """What was wished for and cannot be, in a line each."""
    for wish in document["wishes"]["not_followed"]:
        yield say(wish["say"])


def _why(document: Document, rules: RuleBase) -> list[Document]:
    """Why this level: one reason for each answer that counts, and of all answers, some.

    Where several rules rest on an answer, one that has nothing but the level to say puts it best.
    """
    named = [(_named(name, rules), name) for name in document["level_reasons"]]
    by_answer: dict[tuple[str, str], list[str]] = {}
    for rule, name in sorted(named, key=lambda each: not _only_level(each[0])):
        for answer in _answers(rule, document["rules"][name]["answers"], rules):
            by_answer.setdefault(answer, []).append(name)
    best = {names[0] for names in by_answer.values()}
    chosen = [name for name in document["level_reasons"] if name in best]
    return reasons_of(chosen[:MOST_REASONS], document)


def _named(name: str, rules: RuleBase) -> Rule:
    """The rule that a plan names; one that stands for many things has its own after a colon."""
    first, _, this = name.partition(":")
    return next(rule for rule in rules.rules if (rule.id, rule.this) == (first, this))


def _only_level(rule: Rule) -> bool:
    return all(isinstance(effect, Level) for effect in rule.effects)


def _answers(rule: Rule, facts: Document, rules: RuleBase) -> Iterator[tuple[str, str]]:
    """The answers that a rule rests on; of a set, each choice that it asks for."""
    asked_for: dict[str, int] = {}
    for test in comparisons(rule.when, rules.finding):
        if test.operator == "count":
            asked_for[test.fact] = asked_for.get(test.fact, 0) | test.operand[1]
    for fact, value in facts.items():
        bits = rules.question[fact].bits
        chosen = value if isinstance(value, list) else []
        counting = [each for each in chosen if asked_for.get(fact, 0) & bits[each]]
        yield from ((fact, each) for each in counting or [""])
    if not facts:
        yield rule.id, rule.this


def _before(document: Document, rules: RuleBase) -> tuple[Block, ...]:
    """What has to come before any training."""
    first = reasons_of(document["before"], document)
    return section("Before you train", Bullets(reason_items(first, rules)))


def contradiction_blocks(document: Document, rules: RuleBase) -> tuple[Block, ...]:
    """Which answers do not fit together."""
    found = reasons_of(document["contradictions"], document)
    return section("Answers that do not fit together", Bullets(reason_items(found, rules)))


def _advice(document: Document, rules: RuleBase) -> tuple[Block, ...]:
    told = reasons_of(document["advice"], document)
    return section("Good to know", Bullets(reason_items(told, rules)))


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
