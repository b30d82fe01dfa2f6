"""Half a word on a command line → the words it may become, for the shell.

What is not offered here, a shell completes with the names of files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress

from typer import Context

from advisor.answers import NONE, UNSURE
from advisor.load import load_rules
from advisor.rulebase.problems import RuleBaseError
from advisor.rulebase.shapes import Question, RuleBase, SomeOf

Offer = list[tuple[str, str]]  # words, each with what it means
FEW = 20  # numbers that are worth offering


def answer_completer(question: Question) -> Callable[[str], Offer]:
    """Make what offers the answers to a question; of a set, the ones that are not yet in it."""

    def complete(incomplete: str) -> Offer:
        several = isinstance(question.type, SomeOf)
        before, comma, _ = incomplete.rpartition(",") if several else ("", "", "")
        words = [each for each in _answers(question) if each not in before.split(",")]
        words += question.shortcut if not comma else ()
        words += [] if comma else [NONE] * several + [UNSURE]
        return [(f"{before}{comma}{word}", question.labels.get(word, "")) for word in words]

    return complete


def _answers(question: Question) -> Iterable[str]:
    if not question.is_number:
        return question.type.words(question)
    numbers = range(question.minimum, question.maximum + 1)
    return map(question.text, numbers if len(numbers) <= FEW else ())


def complete_change(ctx: Context, incomplete: str) -> Offer:
    """Offer the questions for `FACT=VALUE`; of the only one that fits, the answers."""
    name, equals, value = incomplete.partition("=")
    questions = rules.asked if (rules := _rules(ctx)) else ()
    fitting = [each for each in questions if each.id.startswith(name) and name]
    exact = [each for each in questions if each.id == name] if equals else []
    if len(only := exact or fitting) != 1:
        return [(f"{each.id}=", each.ask) for each in questions]
    answers = answer_completer(only[0])(value)
    return [(f"{only[0].id}={word}", label) for word, label in answers]


def _offering(words: Callable[[RuleBase], Iterable[str]]) -> Callable[[Context], list[str]]:
    """Make what offers some words of a rule base, each of them once."""

    def complete(ctx: Context) -> list[str]:
        return [*dict.fromkeys(words(rules))] if (rules := _rules(ctx)) else []

    return complete


def _rules(ctx: Context) -> RuleBase | None:
    """The rule base of a command line, if it can be read: a shell is told no errors."""
    found: RuleBase | None = ctx.meta.get("rules")
    with suppress(RuleBaseError):
        return found or load_rules(ctx.params.get("rules"))
    return None


complete_exercise = _offering(lambda rules: rules.exercise)
complete_rule = _offering(lambda rules: (each.id for each in rules.rules))
complete_id = _offering(
    lambda rules: [
        *rules.question,
        *rules.finding,
        *(each.id for each in rules.rules),
        *rules.exercise,
        *rules.sources,
        *(each.id for each in rules.invariants),
        *(each.id for each in rules.guidance),
    ]
)
complete_carrier = _offering(lambda rules: [*(each.id for each in rules.rules), *rules.exercise])
complete_node = _offering(
    lambda rules: [*(each.id for each in rules.rules), *rules.finding, *rules.question]
)
complete_invariant = _offering(lambda rules: (each.id for each in rules.invariants))
