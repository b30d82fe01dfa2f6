"""`legday journal import`: the history of another app, or an export of a journal."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from typing import Annotated, Literal

from typer import Argument, Option

from advisor.answers import AnswerError, named_exercise, quoted
from advisor.cli.environment import Environment, Exit
from advisor.cli.journaling import JournalFile, journal_of, journal_path
from advisor.cli.opening import opened
from advisor.cli.parameters import Rules
from advisor.cli.prompting import ask, asker
from advisor.journal.exchange import is_export, read_export, restore
from advisor.journal.importing import add_history, kept_names, nearest, read_maps, unmatched
from advisor.journal.layouts import History, read_history, text_of
from advisor.journal.store import Journal, begin
from advisor.load import load_rules
from advisor.report.blocks import safe
from advisor.report.formatting import count
from advisor.rulebase.shapes import RuleBase

LARGEST = 50 << 20


def run(
    environment: Environment,
    *,
    file: Annotated[
        str, Argument(help="A CSV file of Hevy, Strong, FitNotes or LiftLog, or an export.")
    ],
    maps: Annotated[
        list[str] | None,
        Option(
            "--map",
            help="What a name in the file stands for (none: leave it out). May be repeated.",
            metavar="NAME=EXERCISE",
        ),
    ] = None,
    units: Annotated[
        Literal["kg", "lb"] | None,
        Option("--units", help="The unit of weights, where the file has none.", metavar="UNIT"),
    ] = None,
    keep: Annotated[bool, Option("--keep", help="Begin a journal if there is none.")] = False,
    journal: JournalFile = None,
    rules: Rules = None,
) -> int:
    """Bring in the history of another app, or an export; the same file twice adds nothing."""
    base, path = load_rules(rules), journal_path(journal, environment)
    try:
        text = text_of(_data(file))
        history = None if is_export(text) else read_history(text, units)
    except AnswerError as error:
        raise AnswerError([f"{quoted(file)}: {each}" for each in error.problems]) from None
    if keep and not path.exists():
        begin(path)
    with journal_of(path, base, environment) as book:
        if history is None:
            new = restore(book, read_export(text, book, base))
            added = count(new, "row")
        else:
            new, added = _bring_in(book, history, maps or [], base, environment)
    environment.write(f"Added {added}.\n" if new else "Nothing in it is new.\n")
    return Exit.DONE


def _data(file: str) -> bytes:
    with opened(file) as stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise AnswerError([f"larger than {LARGEST} bytes"])
    return data


def _bring_in(
    book: Journal,
    history: History,
    maps: list[str],
    rules: RuleBase,
    environment: Environment,
) -> tuple[int, str]:
    """Add what is new in the history of another app; how many sets, and what to say of them."""
    chosen = read_maps(maps, history, rules)
    known = kept_names(book, rules) | chosen
    strange = unmatched(history, known, rules)
    if strange and environment.is_terminal:
        chosen |= _ask(strange, rules, environment)
        strange = {}
    done = add_history(book, history, chosen, rules, environment.now)
    environment.warn(_left_out(name, strange[name], rules) for name in strange)
    sets, sessions = count(done.sets, "set"), count(done.sessions, "new session")
    return done.sets, f"{sets}, {sessions}, from {history.app}"


def _left_out(name: str, sets: int, rules: RuleBase) -> str:
    near = ", ".join(f"`{each}`" for each in nearest(name, rules))
    told = f"left out {quoted(name)} ({count(sets, 'set')})"
    return f"{told}: no exercise has this name (nearest: {near}; or none: `--map NAME=EXERCISE`)"


def _ask(
    strange: Mapping[str, int], rules: RuleBase, environment: Environment
) -> dict[str, str | None]:
    """Ask once for each name what it stands for; Enter leaves it out, and that is kept too."""
    person, chosen = asker(environment), dict[str, str | None]()
    with suppress(EOFError):
        for name in strange:
            near = {str(n): exercise for n, exercise in enumerate(nearest(name, rules), 1)}
            offers = ", ".join(f"{n} {rules.exercise[each].name}" for n, each in near.items())
            read = partial(_choice, near=near, rules=rules)
            chosen[name] = ask(person, f"{safe(name)}: {offers}, another", "leave it out", read)
    return chosen


def _choice(text: str, near: Mapping[str, str], rules: RuleBase) -> str:
    """The exercise that is meant by its number or name. Raises AnswerError."""
    return near.get(text) or named_exercise(text, rules)
