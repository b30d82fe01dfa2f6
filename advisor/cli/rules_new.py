"""`legday rules new ID [--theme THEME]`: a rule to fill in, in the file of its theme."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from advisor.answers import AnswerError, quoted
from advisor.cli.environment import Environment, Exit
from advisor.cli.parameters import Rules, TextOrJson

if TYPE_CHECKING:
    from advisor.authoring.new_rule import Scaffold


def run(
    environment: Environment,
    *,
    name: Annotated[
        str, Argument(metavar="ID", help="The id of the new rule, such as sore-knee-no-jumps.")
    ],
    theme: Annotated[
        str, Option(help="The theme that it belongs to; without it, a file of its own.")
    ] = "",
    form: TextOrJson = "text",
    rules: Rules = None,
) -> int:
    """Add a rule to fill in, with its examples, to the file of its theme."""
    from advisor.authoring.new_rule import ScaffoldError, scaffold
    from advisor.rulebase.reading.build import read_with_places

    if rules is None:
        raise AnswerError(["missing `--rules`: the folder of your own rule base"])
    base, draft = read_with_places(rules)
    try:
        made = scaffold(name, theme.strip(), rules, base, draft)
    except ScaffoldError as error:
        raise AnswerError([str(error)]) from None
    path = _write(rules, made)
    if form == "json":
        environment.write_json({"rule": name, "file": str(path), "line": made.line})
    else:
        environment.write(f"{path}:{made.line}\n")
        environment.stderr.write(
            f"fill in each TODO, then run `legday rules check --rules {rules}`\n"
        )
    return Exit.DONE


def _write(folder: Path, made: Scaffold) -> Path:
    """Write the file. Raises AnswerError."""
    path = folder / made.file
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made.text.encode())
    except OSError as error:
        raise AnswerError([f"cannot write {quoted(str(path))}: {error.strerror}"]) from None
    return path
