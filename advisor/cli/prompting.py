"""Prompts of commands that ask a little, and not a whole conversation."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from rich.text import Text

from advisor.answers import AnswerError
from advisor.cli.environment import Environment
from advisor.interview.asker import TerminalAsker

Said = TypeVar("Said")


def asker(environment: Environment) -> TerminalAsker:
    """Somebody at the terminal."""
    return TerminalAsker(
        environment.stdin,
        lambda: environment.console(environment.stderr),
        plain=environment.plain_words,
        editing=environment.can_edit_lines,
    )


def ask(person: TerminalAsker, prompt: str, enter: str, read: Callable[[str], Said]) -> Said | None:
    """What was said, once it can be read; None for Enter alone. Raises EOFError."""
    while True:
        line = person.ask(f"{prompt} (Enter: {enter}) > ").strip()
        if not line:
            return None
        try:
            return read(line)
        except AnswerError as error:
            person.show(Text("\n".join(error.problems)))


def says_yes(question: str, environment: Environment) -> bool:
    """Whether somebody at the terminal says yes; Enter is no."""
    if not environment.is_terminal:
        return False
    try:
        return asker(environment).ask(f"{question} yes or no > ").strip().casefold() in {"y", "yes"}
    except EOFError:
        return False
