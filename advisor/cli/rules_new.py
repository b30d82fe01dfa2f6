"""`legday rules new KIND ID`: an entry to fill in, in the file where it belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from typer import Argument, Option

from advisor.answers import AnswerError, quoted
from advisor.cli.environment import Environment, Exit
from advisor.cli.parameters import Rules, TextOrJson, own_folder
from advisor.rulebase.problems import cause_of

if TYPE_CHECKING:
    from advisor.authoring.new_entry import Scaffold


def run(
    environment: Environment,
    *,
    kind: Annotated[
        Literal["question", "exercise", "rule", "finding", "invariant", "case"],
        Argument(metavar="KIND", help="What is new."),
    ],
    name: Annotated[
        str, Argument(metavar="ID", help="The id of what is new, such as sore-knee-no-jumps.")
    ],
    theme: Annotated[
        str, Option(help="The theme of a question, or of a rule, which goes into its file.")
    ] = "",
    form: TextOrJson = "text",
    rules: Rules = None,
) -> int:
    """Add an entry to fill in; until that is done, the check points at each TODO."""
    from advisor.authoring.new_entry import ScaffoldError, scaffold

    if not rules:
        raise AnswerError(["missing `--rules`: the folder of your own rule base"])
    try:
        made = scaffold(kind, name, theme.strip(), own_folder(rules))
    except ScaffoldError as error:
        raise AnswerError([str(error)]) from None
    write(made)
    if form == "json":
        environment.write_json({kind: name, "file": str(made.path), "line": made.line})
    else:
        environment.write(f"{made.path}:{made.line}\n")
        then = "test" if kind == "case" else "check"
        environment.stderr.write(
            f"fill in each TODO, then run `legday rules {then} --rules {own_folder(rules)}`\n"
        )
    return Exit.DONE


def write(made: Scaffold) -> None:
    """Write the file. Raises AnswerError."""
    try:
        made.path.parent.mkdir(parents=True, exist_ok=True)
        made.path.write_bytes(made.text.encode())
    except OSError as error:
        raise AnswerError([f"cannot write {quoted(str(made.path))}: {cause_of(error)}"]) from None
