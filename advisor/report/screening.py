"""What a level rests on, and a plan without a session → blocks: whom to see, or what is missing."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator

from advisor.explain.verbalization import joined
from advisor.report.blocks import (
    Block,
    Bullets,
    Command,
    Divider,
    Item,
    Pairs,
    Part,
    Title,
    say,
    section,
)
from advisor.report.formatting import (
    FEW,
    MANY,
    UNSURE,
    Document,
    answer_words,
    doubt,
    flag,
    reason_items,
    reasons_of,
    sentence,
    told,
)
from advisor.report.voice import Voice
from advisor.rulebase.counting import CountingAnswer, counting_answers
from advisor.rulebase.shapes import LEVELS, SET, Level, Rule, RuleBase

FIRST = "Please see to this first."
POINTS = 5  # to read out, each on a line of its own; more run together
_NOTES = (
    Item("Where several things fit, list them with commas: one,two. If none fits: none."),
    Item("If you cannot say, answer unsure. Then the careful side counts."),
    Item(
        "For scripts: --screened states in one word that every screening question"
        " that is not answered has its all-clear answer."
    ),
)
MOST_REASONS = 4  # for a level: more are not read


def why_level(document: Document) -> list[Document]:
    """Why this level: of the reasons, one for each answer that counts, some."""
    return reasons_of(document["level_reasons"][:MOST_REASONS], document)


def answers_behind(reasons: list[Document], rules: RuleBase) -> list[CountingAnswer]:
    """The answers that reasons rest on, in the order of the questions."""
    place = rules.question_position
    found = {
        answer: None
        for reason in reasons
        for answer in counting_answers(rule_named(reason["rule"], rules), reason["because"], rules)
        if answer[0] in place
    }
    return sorted(found, key=lambda answer: place[answer[0]])


def own_actions(document: Document, rules: RuleBase) -> set[str]:
    """What the rules behind a referral have to say of what to do; nothing for what is general.

    Rules that only may be true have no say in it.
    """
    sure = (
        why["rule"] for why in reasons_of(document["level_reasons"], document) if not doubt(why)
    )
    effects = (effect for name in sure for effect in rule_named(name, rules).effects)
    return {effect.action for effect in effects if isinstance(effect, Level)}


def rule_named(name: str, rules: RuleBase) -> Rule:
    """The rule that a plan names; one that stands for many things has its own after a colon."""
    first, _, this = name.partition(":")
    return next(rule for rule in rules.rules if (rule.id, rule.this) == (first, this))


def referral_page(document: Document, voice: Voice, spare: int = 0) -> list[Block]:
    """What to do and how fast, why, what to say, and what to watch for; on one screen.

    `spare` is how many reasons less it gives, but the first.
    """
    why = why_level(document)
    doubts = tuple(map(voice.said, reasons_of(document["contradictions"], document)))
    points = _points(why, voice.rules)
    if len(points) > POINTS:
        points = [" ".join(points)]
    return [
        Title(document["level_says"], "stop", document["level"].upper()),
        Divider(),
        Part("DO THIS", (Item(_action(document, voice)),)),
        Part("WHY", tuple(map(voice.reason, why[: max(1, len(why) - spare)]))),
        Part("TELL THEM", tuple(map(Item, points))),
        Part("CHECK", doubts),
        Part("WATCH FOR", voice.short_texts(document["safety_net"])),
        Divider(),
        voice.sources(),
        Pairs(("This is not a diagnosis.", *(() if voice.whole else ("All of it: add --full",)))),
    ]


def _action(document: Document, voice: Voice) -> str:
    """What to do; where several rules have their own words for it, those that hold for all."""
    if voice.whole or len(own_actions(document, voice.rules)) <= 1:
        return str(document["referral"]["action"])
    level = LEVELS.index(document["referral"]["urgency"])
    return voice.fill(voice.rules.levels[level].action)


def _points(why: list[Document], rules: RuleBase) -> list[str]:
    """The answers that reasons rest on, in few words, to be read out to whoever helps."""
    given = {fact: value for reason in why for fact, value in reason["because"].items()}
    return [
        sentence(answer_words(rules.question[fact], [choice]))
        if choice
        else told(fact, given[fact], rules).text
        for fact, choice in answers_behind(why, rules)
        if choice or given[fact] != []
    ]


def referral_blocks(document: Document, rules: RuleBase) -> Iterator[Block]:
    """The same for a smaller answer, in which reasons stand whole. Nothing else."""
    level = (document.get("level") or "").upper()
    yield from (Title(document.get("level_says") or FIRST, "stop", level), Divider())
    yield from _what_to_do(document, rules)
    yield Part("WATCH FOR", tuple(map(Item, document.get("safety_net", ()))))


def _what_to_do(document: Document, rules: RuleBase) -> Iterator[Block]:
    reasons = reasons_of(document.get("level_reasons", ()), document)
    yield Part("DO THIS", (Item(document["referral"]["action"]),))
    yield Part("WHY", reason_items(reasons, rules))
    yield Part("TELL THEM", _told(reasons, rules))


def _told(reasons: Iterable[Document], rules: RuleBase) -> tuple[Item, ...]:
    """The answers that reasons rest on, to be read out to whoever helps."""
    answers: dict[str, object] = {}
    for fact, value in (each for reason in reasons for each in reason["because"].items()):
        before = answers.get(fact)
        if isinstance(value, list) and isinstance(before, list):
            before += [each for each in value if each not in before]
        else:
            answers[fact] = [*value] if isinstance(value, list) else value
    return tuple(told(fact, value, rules) for fact, value in answers.items())


def incomplete_blocks(
    document: Document, rules: RuleBase, *, whole: bool = True
) -> Iterator[Block]:
    """What is missing, as flags, in whole with their choices; first what is known to be urgent."""
    if document["referral"]:
        yield from (Title(FIRST, "stop"), Divider())
        yield from _what_to_do(document, rules)
    else:
        yield Title("Your safety depends on a few more answers.", "care", "NO PLAN YET")
    if doubts := reasons_of(document.get("contradictions", ()), document):
        yield Part("CHECK", tuple(Item(each["text"]) for each in doubts))
    yield Divider()
    asks = (question_item(each, choices=whole) for each in document["open_questions"])
    yield Part("TO ANSWER", tuple(asks))
    yield Divider()
    yield from section("How to answer", Bullets(_NOTES)) if whole else ()
    where = () if whole else ("All that can be chosen: add --full",)
    name = shlex.split(document["command"])[1].replace("plan", "")  # without a name, legday asks
    yield Pairs((f"One by one: legday {name}".rstrip(), *where))
    yield from (say("", lead="To copy, with your answers for unsure:"), _skeleton(document))


def question_item(
    question: Document, note: str = "", *, whole: bool = False, choices: bool = True
) -> Item:
    """A question with its flag, how an answer is written, and what can be chosen."""
    usage = f"({flag(question['fact'])} {_usage(question)}{note})"
    below = choice_items(question, whole=whole) if choices else ()
    return Item(question["ask"], usage, below=below)


def choice_items(question: Document, *, whole: bool) -> tuple[Item, ...]:
    """What can be chosen, each with its meaning; of a lot, some ids or (`whole`) all in a line."""
    labels: dict[str, str] = question.get("labels", {})
    if len(labels) <= MANY:
        return tuple(Item(label, lead=f"{choice}:") for choice, label in labels.items())
    if whole:
        return (Item(f"{', '.join(labels)}."),)
    return (Item(f"{', '.join([*labels][:FEW])}, … (legday questions lists them all)"),)


def _usage(question: Document) -> str:
    """How an answer is written after the flag, in words."""
    if "minimum" in question:
        return f"{question['minimum']} to {question['maximum']}"
    if question["type"] == SET:
        return "none, or any of its choices"
    return joined(question["choices"], "or")


def again(document: Document, lead: str = "To see this again, or all of it:") -> tuple[Block, ...]:
    """The command that gives this plan again."""
    return say("", lead=lead), Command(tuple(shlex.split(document["command"])))


def _skeleton(document: Document) -> Command:
    """The command so far and a flag for each missing answer, which says nothing yet."""
    missing = (flag(question["fact"]) for question in document["open_questions"])
    words = [word for each in missing for word in (each, UNSURE)]
    return Command((*shlex.split(document["command"]), *words))
