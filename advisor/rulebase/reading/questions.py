"""Question entries -> questions, with their choices, bounds, all-clear answer and concern."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from advisor.rulebase.problems import Problems, quoted
from advisor.rulebase.reading.conditions import JOINS, UNSURE, read_answer
from advisor.rulebase.reading.entries import Draft, Entry, validated
from advisor.rulebase.reading.models import ChoiceEntry, ExerciseEntry, QuestionEntry
from advisor.rulebase.reading.names import THIS, Scope
from advisor.rulebase.reading.nodes import Node
from advisor.rulebase.shapes import CHOICE, INTEGER, SET, YES_NO, Choice, Question

RESERVED_FACTS = (*JOINS, "always", THIS, UNSURE)
RESERVED_CHOICES = {CHOICE: (UNSURE, THIS), SET: (UNSURE, THIS, "none", "some")}
CONCERNS = {INTEGER: ("rising", "falling"), SET: ("more", "fewer")}


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
    if entry.id in RESERVED_FACTS:
        problems.add("reserved-word", entry.place, f"`{entry.id}` cannot name a fact")
    choices = _choices(entry, catalogue, problems)
    _check_bounds(entry, problems)
    if len(problems) > before:
        return None
    question = Question(
        id=entry.id,
        kind=model.type,
        ask=model.ask,
        theme=model.theme,
        help=model.help,
        why=model.why,
        choices=choices,
        minimum=model.minimum or 0,
        maximum=1 if model.maximum is None else model.maximum,
        unit=model.unit,
        changeable=model.changeable == "yes",
    )
    return replace(
        question,
        clear=_clear(entry, question, problems),
        concern=_concern(entry, question, problems),
    )


def _choices(
    entry: Entry[QuestionEntry], catalogue: tuple[Choice, ...], problems: Problems
) -> tuple[Choice, ...]:
    node, kind = entry.node.child("choices"), entry.model.type
    if kind not in RESERVED_CHOICES:
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
        if key in RESERVED_CHOICES[kind]:
            problems.add("reserved-word", place, f"`{key}` cannot be a choice")
    found = [_choice(key, child, node, problems) for key, child in node.value.items()]
    return tuple(choice for choice in found if choice is not None)


def _choice(key: str, node: Node, inside: Node, problems: Problems) -> Choice | None:
    place = inside.keys[key]
    if isinstance(node.value, str) and node.value.strip():
        return Choice(key, node.value.strip())
    if isinstance(node.value, dict):
        model = validated(ChoiceEntry, node, place, problems)
        return Choice(key, model.label, model.help) if model else None
    message = f"{node.typed()} stands where the words of a choice are meant"
    problems.add("wrong-type", place, message, "write `id: label`")
    return None


def _check_bounds(entry: Entry[QuestionEntry], problems: Problems) -> None:
    """An integer has both bounds, in order; nothing else has any."""
    model = entry.model
    for key, bound in (("minimum", model.minimum), ("maximum", model.maximum)):
        if (bound is None) is (model.type == INTEGER):
            verb = "lacks" if bound is None else "takes no"
            message = f"a question of type {model.type} {verb} `{key}`"
            problems.add("bad-question", entry.at(key), message)
    if model.minimum is not None and model.maximum is not None and model.minimum > model.maximum:
        message = f"no number lies from {model.minimum} to {model.maximum}"
        problems.add("out-of-bounds", entry.at("maximum"), message)


def _clear(entry: Entry[QuestionEntry], question: Question, problems: Problems) -> int | None:
    """The all-clear answer, which must be a legal one."""
    node = entry.node.child("clear")
    if node is None:
        return None
    sound, code = read_answer(node, question, Scope(Problems()))
    if not sound or code is None:
        message = f"{node.typed()} is no answer to `{question.id}`"
        problems.add("bad-clear", node.place, message)
    return code


def _concern(
    entry: Entry[QuestionEntry], question: Question, problems: Problems
) -> str | tuple[str, ...]:
    """How answers get worse, if the author says so."""
    node = entry.node.child("concern")
    if node is None:
        return ""
    if isinstance(node.value, str) and node.value in CONCERNS.get(question.kind, ()):
        return node.value
    words = node.plain() if isinstance(node.value, tuple) else None
    known = {"no": 0, "yes": 1} if question.kind == YES_NO else question.positions
    ordered = question.kind in (CHOICE, YES_NO)
    if ordered and isinstance(words, list) and _distinct(words, known):
        return tuple(words)
    hint = " or ".join(f"`{word}`" for word in CONCERNS.get(question.kind, ()))
    if question.kind == YES_NO:
        hint = "write `[no, yes]` or `[yes, no]`, the more concerning one last"
    if question.kind == CHOICE:
        hint = "list its choices, from least to most concerning, each once"
    message = f"{quoted(node.typed().strip('`'))} does not order the answers to `{question.id}`"
    problems.add("bad-concern", node.place, message, hint)
    return ""


def _distinct(words: list[str], known: Mapping[str, int]) -> bool:
    """Whether these are known words, each once."""
    named = [word for word in words if isinstance(word, str) and word in known]
    return len(words) == len(named) == len(set(named)) > 0
