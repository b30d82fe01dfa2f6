"""Where a conversation stands → what is shown: questions, help, reasons, the review."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from advisor.answers import UNSURE
from advisor.explain.why_asked import Gain, WhyAsked
from advisor.interview.conversation import Conversation, Row
from advisor.interview.reading import choices_of, expected
from advisor.report.blocks import Block, Bullets, Command, Heading, Item, say, section
from advisor.report.words import answer_words, told
from advisor.rulebase.shapes import Question, RuleBase

FEW = 5  # reasons shown before "and more"
MANY = 8  # answers with an outcome of their own
LONG = 20  # choices that are listed unasked

WELCOME = (
    "Answer with a number or a word. At every question: ? tells what it means, why tells why it "
    "is asked, unsure is an answer too, back returns, quit leaves. help lists them all."
)
HELP = (
    Item("tells what the question means.", lead="?"),
    Item("tells why it is asked, and what each answer would do.", lead="why"),
    Item("means that you cannot say; the plan is then the more careful one.", lead="unsure"),
    Item("asks the question before again; back 3 goes three back.", lead="back"),
    Item("leaves an answer as it was, after back.", lead="keep"),
    Item("shows what can be chosen.", lead="list"),
    Item("ends the questions, once those for safety are answered.", lead="enough"),
    Item("leaves; your answers so far can be kept.", lead="quit"),
)


def question_blocks(talk: Conversation, question: Question) -> list[Block]:
    """A question with its number and its choices."""
    blocks: list[Block] = [Heading(_heading(talk, question)), say(question.ask)]
    if question.is_number:
        blocks.append(say(f"Type {expected(question)}."))
    elif len(question.choices) > LONG:
        blocks.append(
            say(f"Type names, with commas between them, or 0 for none. {_list(question)}")
        )
    else:
        blocks += list_blocks(question)
    if talk.reopened is not None:
        code = talk.facts.values[talk.reopened]
        blocks.append(say(f"Your answer was: {_answer(question, code)}. (keep leaves it)"))
    return blocks


def _list(question: Question) -> str:
    return f"list shows all {len(question.choices)} with their numbers."


def list_blocks(question: Question) -> list[Block]:
    """What there is to choose from, by number."""
    if question.is_number:
        return [say(f"Type {expected(question)}.")]
    items = tuple(Item(choice.label) for choice in choices_of(question))
    return [Bullets(items, numbered=True)]


def _heading(talk: Conversation, question: Question) -> str:
    theme = f" · {question.theme}" if question.theme else ""
    if talk.reopened is not None:
        return f"Once more{theme}"
    more = talk.more_at_most
    left = f"at most {more} more" if more else "the last one"
    return f"Question {talk.number}, {left}{theme}"


def noted_blocks(question: Question, code: int) -> list[Block]:
    """What an answer was taken to mean, where words or numbers stand for something longer."""
    return [say(f"{_answer(question, code)}.", lead="Noted:")] if question.choices else []


def help_blocks() -> list[Block]:
    """The words that can be typed at every question."""
    return [say("A number or the words answer the question. Besides:"), Bullets(HELP)]


def meaning_blocks(question: Question) -> list[Block]:
    """What a question and its choices mean."""
    own = [say(question.help)] if question.help else []
    items = [Item(each.help, lead=f"{each.label}:") for each in question.choices if each.help]
    listed: list[Block] = [Bullets(tuple(items))] if items else []
    return [*own, *listed] or [say("The question says all there is to it.")]


def why_blocks(why: WhyAsked, rules: RuleBase) -> list[Block]:
    """Why a question is asked, what is known, what waits, and what each answer would do."""
    known = tuple(told(fact, value, rules) for fact, value in why.known)
    reasons = [Item(each.text) for each in why.waiting[:FEW]]
    if len(why.waiting) > FEW:
        reasons.append(Item(f"and {len(why.waiting) - FEW} more"))
    outcomes = [
        Item(each.says, lead=f"{_answers(why.question, each.answers)}:") for each in why.outcomes
    ]
    if len(outcomes) > MANY:
        rest = len(outcomes) - MANY
        outcomes[MANY - 1 : -2] = [Item(f"and {rest} more of the same kind")]
    return [
        *([say(why.question.why)] if why.question.why else []),
        *section("What waits for it", Bullets(tuple(reasons))),
        *section("What we know already", Bullets(known[:MANY])),
        *section("What each answer would do", Bullets(tuple(outcomes))),
    ]


def _answers(question: Question, answers: Sequence[str]) -> str:
    labels = {choice.id: choice.label for choice in choices_of(question)} | {UNSURE: "Unsure"}
    words = [labels.get(each, each) for each in answers]
    shown = "; ".join(words[:FEW])
    return f"{shown}; and {len(words) - FEW} more" if len(words) > FEW else shown


def review_blocks(rows: Sequence[Row], aside: Sequence[Row]) -> list[Block]:
    """Every answer by number, and those that no longer matter."""
    items = tuple(_row(row) for row in rows)
    return [
        *section("Your answers", Bullets(items, numbered=True)),
        *aside_blocks(aside),
        say("Enter shows the plan; a number changes that answer; quit leaves."),
    ]


def aside_blocks(aside: Sequence[Row]) -> tuple[Block, ...]:
    """The answers that no longer matter."""
    return section("Set aside, for they no longer matter", Bullets(tuple(map(_row, aside))))


def _row(row: Row) -> Item:
    note = "(stated with --screened)" if row.stated_clear else ""
    return Item(_answer(row.question, row.code), note, lead=row.question.ask)


def _answer(question: Question, code: int | None) -> str:
    return answer_words(question, UNSURE if code is None else question.decode(code))


def enough_blocks(gains: Sequence[Gain]) -> list[Block]:
    """What answering the questions that are left out would add."""
    items = tuple(Item(each.says, lead=each.question.ask) for each in gains)
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


def farewell_blocks(plan: str, saved: str, options: Sequence[str]) -> list[Block]:
    """The commands that take up the answers so far: from where they are kept, and as flags."""
    words = shlex.split(plan)
    kept: list[Block] = []
    if saved:
        again = ("legday", "ask", *options, "--answers", saved, "--save", saved)
        kept = [say("Your answers are kept. To go on with the questions:"), Command(again)]
    else:
        kept = [
            say("Stopped here. With ask in place of plan, this line goes on with the questions.")
        ]
    return [*kept, say("The plan with your answers so far:"), Command(tuple(words))]
