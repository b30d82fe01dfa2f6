"""The words of a command line → values by flag and argument, with every problem noted.

Typer would build a validator for each flag, which costs more than all the rest of a warm start,
and stop at the first thing that is wrong.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from advisor.answers import quoted
from advisor.cli.commands import Command, Flag
from advisor.command_line import flag as spelled
from advisor.rulebase.frozen import dataclass
from advisor.rulebase.problems import did_you_mean


@dataclass(frozen=True)
class Typed:
    """What was typed: for each flag its values in order (True for one without), and arguments.

    `problems` has a line for each word that fits nowhere.
    """

    flags: dict[str, list[str | bool]]
    arguments: dict[str, object]
    problems: list[str]


def read_words(words: list[str], command: Command, flags: list[Flag]) -> Typed:
    """Read the words after a command's name."""
    typed = Typed({}, {}, [])
    known = {spelled(flag.name): flag for flag in flags}
    left = deque(words)
    standing: list[str] = []
    while left:
        word = left.popleft()
        if word == "--":
            standing += left
            left.clear()
        elif word.startswith("-") and word != "-":
            _read_flag(word, left, known, typed)
        else:
            standing.append(word)
    _read_arguments(standing, command, typed)
    return typed


def _read_flag(word: str, after: deque[str], known: dict[str, Flag], typed: Typed) -> None:
    """Read a flag, and take its value, if it has one, from the words after it."""
    name, equals, value = word.partition("=")
    flag = known.get(name)
    if flag is None:
        hint = did_you_mean(name, known) or "see --help"
        typed.problems.append(f"unknown flag {quoted(name)} ({hint})")
        if not equals and after and not after[0].startswith("-"):
            after.popleft()  # it looks like the value of the flag that was meant
        return
    values = typed.flags.setdefault(flag.name, [])
    if flag.kind is bool:
        if equals:
            typed.problems.append(f"{quoted(word)}: `{name}` takes no value")
        values.append(True)
    elif equals:
        values.append(value)
    elif not after or (after[0].startswith("--") and after[0].partition("=")[0] in known):
        typed.problems.append(f"`{name}`: expected a value after it")
    else:
        values.append(after.popleft())


def _read_arguments(standing: list[str], command: Command, typed: Typed) -> None:
    """Give the words that stand by themselves to the arguments, in order."""
    rest = list(standing)
    for argument in command.arguments:
        if argument.many:
            typed.arguments[argument.name] = rest or None
            rest = []
        else:
            typed.arguments[argument.name] = rest.pop(0) if rest else None
        if argument.required and typed.arguments[argument.name] is None:
            what = argument.help[:1].lower() + argument.help[1:].rstrip(".")
            typed.problems.append(f"missing {argument.name}: {what}")
    typed.problems.extend(f"unexpected word {quoted(word)}" for word in rest)


def values_of(typed: Typed, flags: list[Flag]) -> dict[str, object]:
    """The value of each flag in its kind, and of each argument; repetitions are problems."""
    return {**typed.arguments, **dict(_valued(typed, flags))}


def _valued(typed: Typed, flags: list[Flag]) -> Iterator[tuple[str, object]]:
    for flag in flags:
        given = typed.flags.get(flag.name, [])
        if flag.many:
            yield flag.name, given or flag.default
            continue
        if len(given) > 1 and flag.kind is not bool:
            problem = f"`{spelled(flag.name)}`: given {len(given)} times, expected once"
            typed.problems.append(problem)
        yield flag.name, _one(flag, given[-1], typed) if given else flag.default


def _one(flag: Flag, value: object, typed: Typed) -> object:
    """One value in its kind."""
    if flag.kind is not int or not isinstance(value, str):
        return value
    if len(value) < 10 and value.isascii() and value.isdigit():  # noqa: PLR2004 - no count is longer
        return int(value)
    typed.problems.append(f"`{spelled(flag.name)}`: {quoted(value)} is no whole number")
    return None
