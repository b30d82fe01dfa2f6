"""Question entries -> questions, with their choices, bounds, all-clear answer and concern."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal
from typing import assert_never

from advisor.rulebase.problems import Problems, quoted
from advisor.rulebase.reading.conditions import RESERVED, UNSURE, read_answer
from advisor.rulebase.reading.entries import Draft, Entry, shaped, validated
from advisor.rulebase.reading.models import ChoiceEntry, ExerciseEntry, QuestionEntry
from advisor.rulebase.reading.names import Scope
from advisor.rulebase.reading.nodes import Node
from advisor.rulebase.shapes import TYPES, Choice, Number, OneOf, Question, SomeOf, YesNo
from advisor.rulebase.shapes.answer_types import DECIMAL
from advisor.rulebase.shapes.questions import normal


def build_questions(draft: Draft, problems: Problems) -> tuple[Question, ...]:
    """Every sound question, in the author's order."""
    entries = draft.all("questions", QuestionEntry)
    catalogue = _catalogue(draft)
    found = [_question(entry, catalogue, problems) for entry in entries.values()]
    return tuple(question for question in found if question is not None)


def _catalogue(draft: Draft) -> tuple[Choice, ...]:
    """All exercises as choices; a broken one goes by its id."""
    entries = draft.all("exercises", ExerciseEntry)
    return tuple(
        Choice(key, entries[key].model.name if key in entries else key)
        for key in draft.declared("exercises")
    )


def _question(
    entry: Entry[QuestionEntry], catalogue: tuple[Choice, ...], problems: Problems
) -> Question | None:
    before, model = len(problems), entry.model
    if entry.id in RESERVED:
        problems.add("reserved-word", entry.place, f"`{entry.id}` cannot name a fact")
    choices = _choices(entry, catalogue, problems)
    _check_bounds(entry, problems)
    if len(problems) > before:
        return None
    step = Decimal(1) if model.step is None else Decimal(str(model.step))
    question = entry.shaped(
        Question,
        kind=model.type,
        choices=choices,
        minimum=int((model.minimum or 0) / step),
        maximum=1 if model.maximum is None else int(model.maximum / step),
        step=step,
        clear=None,
        if_unsure=None,
        shortcuts=(),
        concern="",
    )
    return replace(
        question,
        clear=_answer(question, problems, entry.node.child("clear")),
        if_unsure=_answer(question, problems, entry.node.child("if_unsure")),
        shortcuts=_shortcuts(entry, question, problems),
        concern=_concern(entry, question, problems),
    )


def _choices(
    entry: Entry[QuestionEntry], catalogue: tuple[Choice, ...], problems: Problems
) -> tuple[Choice, ...]:
    node, kind = entry.node.child("choices"), entry.model.type
    reserved = TYPES[kind].reserved
    if reserved is None:
        if node is not None:
            message = f"a question of type {kind} takes no choices"
            problems.add("bad-question", entry.node.keys["choices"], message)
        return ()
    if node is not None and node.value == "exercises":
        return catalogue
    if node is None or not isinstance(node.value, dict) or not node.value:
        message = f"a question of type {kind} lists its choices"
        hint = "write `choices: {id: label}` or `choices: exercises`"
        problems.add("bad-question", node.place if node else entry.place, message, hint)
        return ()
    for key, place in node.keys.items():
        if key in reserved:
            problems.add("reserved-word", place, f"`{key}` cannot be a choice")
    found = [_choice(key, child, node, problems) for key, child in node.value.items()]
    return tuple(choice for choice in found if choice is not None)


def _choice(key: str, node: Node, inside: Node, problems: Problems) -> Choice | None:
    place = inside.keys[key]
    if isinstance(node.value, str) and node.value.strip():
        return Choice(key, node.value.strip())
    if isinstance(node.value, dict):
        model = validated(ChoiceEntry, node, place, problems)
        return shaped(Choice, model, id=key) if model else None
    message = f"{node.typed()} stands where the words of a choice are meant"
    problems.add("wrong-type", place, message, "write `id: label`")
    return None


def _check_bounds(entry: Entry[QuestionEntry], problems: Problems) -> None:
    """A number has both bounds, in order, and one with a fraction a step; nothing else has any."""
    model, number = entry.model, isinstance(TYPES[entry.model.type], Number)
    low, high, step = model.minimum, model.maximum, model.step
    decimal = model.type == DECIMAL
    for key, given, meant in (
        *(("minimum", low, number), ("maximum", high, number)),
        ("step", step, decimal),
    ):
        if (given is None) is meant:
            verb = "lacks" if given is None else "takes no"
            message = f"a question of type {model.type} {verb} `{key}`"
            problems.add("bad-question", entry.at(key), message)
    if low is not None and high is not None and low > high:
        message = f"no number lies from {low} to {high}"
        problems.add("out-of-bounds", entry.at("maximum"), message)
    if step is not None and decimal and any((end or 0) % Decimal(str(step)) for end in (low, high)):
        message = f"the bounds of `{entry.id}` are no multiples of its step"
        problems.add("bad-question", entry.at("step"), message)


def _shortcuts(
    entry: Entry[QuestionEntry], question: Question, problems: Problems
) -> tuple[tuple[str, int], ...]:
    """The words that stand for an answer, none of which is a word for an answer already."""
    node = entry.node.child("shortcuts")
    keys = node.keys if node else {}
    for key, place in keys.items():
        if normal(key) in {*question.positions, *(question.type.reserved or ()), UNSURE}:
            problems.add("reserved-word", place, f"{quoted(key)} cannot be a shortcut")
    codes = ((key, _answer(question, problems, node.child(key))) for key in keys) if node else ()
    return tuple((key, code) for key, code in codes if code is not None)


def _answer(question: Question, problems: Problems, node: Node | None) -> int | None:
    """An answer that an author gives, which must be a legal one."""
    if node is None:
        return None
    sound, code = read_answer(node, question, Scope(Problems()))
    if not sound or code is None:
        message = f"{node.typed()} is no answer to `{question.id}`"
        hint = f"write {question.type.expected(question)}"
        problems.add("bad-clear", node.place, message, hint)
    return code


def _concern(
    entry: Entry[QuestionEntry], question: Question, problems: Problems
) -> str | tuple[str, ...]:
    """How answers get worse, if the author says so."""
    node = entry.node.child("concern")
    if node is None:
        return ""
    if isinstance(node.value, str) and node.value in question.type.concerns:
        return node.value
    words = node.plain() if isinstance(node.value, tuple) else None
    known, hint = _orders(question)
    if isinstance(words, list) and _distinct(words, known):
        return tuple(words)
    message = f"{quoted(node.typed().strip('`'))} does not order the answers to `{question.id}`"
    problems.add("bad-concern", node.place, message, hint)
    return ""


def _orders(question: Question) -> tuple[Collection[str], str]:
    """The words that can be put in an order of concern, if any, and a hint at what to write."""
    kind = question.type
    match kind:
        case YesNo():
            hint = "write `[no, yes]` or `[yes, no]`, the more concerning one last"
            return ("no", "yes"), hint
        case OneOf():
            return question.positions, "list its choices, from least to most concerning, each once"
        case Number() | SomeOf():
            return (), " or ".join(f"`{word}`" for word in kind.concerns)
        case _:
            assert_never(kind)


def _distinct(words: list[str], known: Collection[str]) -> bool:
    """Whether these are known words, each once."""
    named = [word for word in words if isinstance(word, str) and word in known]
    return len(words) == len(named) == len(set(named)) > 0
