"""`legday rules init FOLDER`: a rule base of your own to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from advisor.answers import AnswerError
from advisor.cli.environment import Environment, Exit
from advisor.cli.parameters import TextOrJson
from advisor.cli.rules_new import write


def run(
    environment: Environment,
    *,
    folder: Annotated[Path, Argument(help="The new folder.")],
    over: Annotated[
        str, Option(help="Lay it over another base: legday, or the folder of one.", metavar="BASE")
    ] = "",
    form: TextOrJson = "text",
) -> int:
    """Begin a small rule base that runs, or one to be laid over another."""
    from advisor.authoring.new_entry import ScaffoldError, begin

    try:
        made = begin(folder, over)
    except ScaffoldError as error:
        raise AnswerError([str(error)]) from None
    write(made)
    if form == "json":
        environment.write_json({"file": str(made.path)})
    else:
        environment.write(f"{made.path}\n")
        environment.stderr.write(f"add to it with `legday rules new … --rules {folder}`\n")
    return Exit.DONE
