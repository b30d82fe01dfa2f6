"""`legday exercises [EXERCISE]`: the catalogue, listed; or one exercise and how it looks."""

from __future__ import annotations

from typing import Annotated

from typer import Argument

from advisor.answers import named_exercise
from advisor.cli.completing import complete_exercise
from advisor.cli.environment import Environment, Exit
from advisor.cli.parameters import Rules, TextOrJson
from advisor.load import load_rules


def run(
    environment: Environment,
    *,
    exercise: Annotated[
        str | None,
        Argument(
            help="An exercise: its id, its name or another name for it.",
            autocompletion=complete_exercise,
        ),
    ] = None,
    form: TextOrJson = "text",
    rules: Rules = None,
) -> int:
    """The catalogue; or one exercise: how it looks and how it is done."""
    from advisor.report import catalogue

    base = load_rules(rules)
    if exercise is None:
        document = catalogue.exercises_document(base)
        environment.answer(form, document, lambda: catalogue.exercises_text(base))
        return Exit.DONE
    name, drawn = named_exercise(exercise, base), environment.shows_pictures
    one = catalogue.exercise_document(name, base)
    environment.answer(form, one, lambda: catalogue.exercise_text(name, base, drawn=drawn))
    return Exit.DONE
