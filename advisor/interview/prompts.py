"""Where a conversation stands → what is shown: questions, help, reasons, the review."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from dataclasses import replace
from textwrap import shorten

from advisor.answers import UNSURE
from advisor.explain.verbalization import few, joined
from advisor.explain.why_asked import WhyAsked
from advisor.interview.conversation import Conversation, ReviewRow
from advisor.interview.phrases import COMMANDS
from advisor.interview.reading import LONG, choices_of, expected
from advisor.report.blocks import Block, Bullets, Command, Heading, Item, say, section
from advisor.report.formatting import answer_words, told
from advisor.rulebase.shapes import YES_NO, Question, RuleBase, SomeOf

FEW = 5  # reasons shown before "and more"
MANY = 8  # answers with an outcome of their own
ECHO = 70  # letters of an echo, which is one line

WELCOME = (
    "Answer with a number or in your own words. At every question: ? tells what it means, why "
    "tells why it is asked, unsure is an answer too, back returns, quit leaves. help lists all."
)
ONE_BY_ONE = (
    "Then we take them one by one. Answer yes, no or unsure; ? tells what it means, back begins "
    "the list again."
)
AS_FAR_AS_KNOWN = "as far as you can tell"
RIGHT = "Is that right? Enter means yes; the number of an answer changes it; quit leaves."
SLIP = "If that was a slip, type back to change the answer. Enter ends."
KEEP_WHERE = "To keep your answers, type a name for a new file, such as me. Enter leaves without."
HELP = {
    "?": "tells what the question means.",
    "why": "tells why it is asked, and what each answer would do.",
    "unsure": "means that you cannot say; the plan is then the more careful one.",
    "back": "asks the question before again; back 3 goes three back.",
    "keep": "leaves an answer as it was, after back.",
    "list": "shows what can be chosen.",
    "enough": "ends the questions, once those for safety are answered.",
    "quit": "leaves; your answers so far can be kept.",
}


def pages(question: Question) -> tuple[Question, ...]:
    """A question in the parts that it is asked in: one for each group of its choices."""
    groups = dict.fromkeys(each.group for each in question.choices)
    if len(groups) < 2 or not isinstance(question.type, SomeOf):  # noqa: PLR2004 - one is whole
        return (question,)
    return tuple(
        replace(question, choices=tuple(each for each in question.choices if each.group == group))
        for group in groups
    )


def signs(page: Question) -> tuple[Question, ...]:
    """A list of signs as a question for each; none where it is no such list."""
    if not isinstance(page.type, SomeOf) or page.concern != "more" or len(page.choices) > LONG:
        return ()
    return tuple(
        Question(each.id, YES_NO, each.label, page.theme, each.help, concern=("no", "yes"))
        for each in page.choices
    )


def words_of(question: Question) -> tuple[str, ...]:
    """What can be typed at a question, to be completed."""
    many = len(question.choices) > LONG
    names = [each.label if many else each.id for each in choices_of(question)]
    return (*names, *(word for word, _ in question.shortcuts), *COMMANDS)


def door_blocks(question: Question) -> list[Block]:
    """What somebody may come for."""
    return [say(question.ask), *list_blocks(question), say("Enter takes the first.")]


def question_blocks(talk: Conversation, question: Question) -> list[Block]:
    """A question, or a part of it, with its number and its choices."""
    blocks: list[Block] = [Heading(_heading(talk, question)), say(question.ask)]
    if (many := len(question.choices)) > LONG:
        shown = f"list shows all {many} with their numbers."
        blocks.append(say(f"Type names, with commas between them, or 0 for none. {shown}"))
    else:
        blocks += list_blocks(question)
    if question.shortcuts:
        blocks.append(say(f"Or say: {joined((word for word, _ in question.shortcuts), 'or')}."))
    if talk.reopened is not None:
        code = talk.facts.values[talk.reopened]
        whole = talk.rules.questions[talk.reopened]
        blocks.append(say(f"Your answer was: {answered(whole, code)}. (keep leaves it)"))
    return blocks


def sign_blocks(sign: Question, place: int, of: int) -> list[Block]:
    """One sign of a list, asked by itself."""
    return [say(f"{sign.ask}?", lead=f"{place} of {of}:"), *([say(sign.help)] if sign.help else [])]


def list_blocks(question: Question) -> list[Block]:
    """What there is to choose from, by number."""
    if question.is_number:
        return [say(f"Type {expected(question)}.")]
    items = tuple(Item(choice.label) for choice in choices_of(question))
    return [Bullets(items, numbered=True)]


def _heading(talk: Conversation, question: Question) -> str:
    whole = talk.rules.question[question.id]
    part = question.choices[0].group if len(question.choices) < len(whole.choices) else ""
    theme = ", ".join(filter(None, (question.theme, part[:1].lower() + part[1:])))
    if talk.reopened is not None:
        return f"Once more: {theme}" if theme else "Once more"
    more = talk.more_at_most
    left = f"at most {more} more" if more else "the last one"
    return f"Question {talk.number}, {left}" + (f": {theme}" if theme else "")


def noted_blocks(question: Question, code: int | None, note: str, *, plain: bool) -> list[Block]:
    """What an answer was taken for, in one short line."""
    words = answered(question, code)
    if isinstance(question.type, SomeOf) and code and code.bit_count() > 1:
        words = f"{code.bit_count()} picked: {words}"
    words = shorten(words, ECHO, placeholder=" …")
    return [say(f"{words} ({note})" if note else words, lead="Noted:" if plain else "→")]


def help_blocks() -> list[Block]:
    """The words that can be typed at every question."""
    items = tuple(Item(does, lead=word) for word, does in HELP.items())
    return [say("A number or the words answer the question. Besides:"), Bullets(items)]


def meaning_blocks(question: Question) -> list[Block]:
    """What a question and its choices mean."""
    found: list[Block] = [say(question.help)] if question.help else []
    items = [Item(each.help, lead=f"{each.label}:") for each in question.choices if each.help]
    found += [Bullets(tuple(items))] if items else []
    return found or [say("The question says all there is to it.")]


def why_blocks(why: WhyAsked, rules: RuleBase) -> list[Block]:
    """Why a question is asked, what is known, what waits, and what each answer would do."""
    known = (told(fact, value, rules) for fact, value in why.known[:MANY])
    reasons = [Item(each.text) for each in why.waiting[:FEW]]
    if len(why.waiting) > FEW:
        reasons.append(Item(f"and {len(why.waiting) - FEW} more"))
    labels = {each.id: each.label for each in choices_of(why.question)} | {UNSURE: "Unsure"}
    outcomes = []
    for each in why.outcomes:
        words = few([labels.get(word, word) for word in each.answers], FEW, "; ", "; and ")
        outcomes.append(Item(each.says, lead=f"{words}:"))
    if len(outcomes) > MANY:
        rest = len(outcomes) - MANY
        outcomes[MANY - 1 : -2] = [Item(f"and {rest} more of the same kind")]
    return [
        *([say(why.question.why)] if why.question.why else []),
        *section("What waits for it", Bullets(tuple(reasons))),
        *section("What we know already", Bullets(tuple(known))),
        *section("What each answer would do", Bullets(tuple(outcomes))),
    ]


def review_blocks(
    rows: Iterable[ReviewRow], aside: Iterable[ReviewRow], *, referred: bool
) -> list[Block]:
    """The answers by number, those that a referral rests on first asked to be right."""
    title = "What counts most in your answers" if referred else "Your answers"
    return [
        *section(title, Bullets(tuple(map(_row, rows)), numbered=True)),
        *section("Set aside, for they no longer matter", Bullets(tuple(map(_row, aside)))),
        say(RIGHT if referred else "Enter goes on; a number changes that answer; quit leaves."),
    ]


def _row(row: ReviewRow) -> Item:
    note = "(stated with --screened)" if row.stated_clear else ""
    return Item(answered(row.question, row.code), note, lead=row.question.ask)


def answered(question: Question, code: int | None) -> str:
    """An answer as a person would say it, with what it counts."""
    unit = f" {question.unit}" if code is not None and question.unit else ""
    return answer_words(question, UNSURE if code is None else question.decode(code)) + unit


def enough_blocks(gains: Iterable[tuple[Question, str]]) -> list[Block]:
    """What answering the questions that are left out would add."""
    items = tuple(Item(says, lead=question.ask) for question, says in gains)
    intro = (
        "No more questions. What was not asked counts as unknown, so the plan is the more "
        "careful one. What an answer could still do:"
    )
    return [say(intro), Bullets(items)] if items else [say("No more questions.")]


def not_enough_blocks(talk: Conversation) -> list[Block]:
    """Why the questions cannot stop yet."""
    open_now = len(talk.open_for_safety)
    count = "1 question is" if open_now == 1 else f"at most {open_now} questions are"
    return [say(f"`enough` is too early: {count} still needed for safety")]


def farewell_blocks(again: str, plan: str, saved: str) -> list[Block]:
    """The command that goes on with the questions, and the one that ends them here."""
    kept = "Your answers are kept." if saved else "Stopped here."
    return [
        say(f"{kept} To go on with the questions:"),
        Command(tuple(shlex.split(again))),
        say("What your answers come to so far:"),
        Command(tuple(shlex.split(plan))),
    ]
