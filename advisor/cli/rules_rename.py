"""`legday rules rename OLD NEW`: another id, wherever the rules and their cases name it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from advisor.answers import AnswerError, quoted
from advisor.cli.environment import Environment, Exit
from advisor.cli.parameters import Rules, TextOrJson, own_folder
from advisor.cli.rules_fmt import replace_file
from advisor.rulebase.problems import cause_of


def run(
    environment: Environment,
    *,
    old: Annotated[str, Argument(help="The id as it is, or SECTION:ID if several have it.")],
    new: Annotated[str, Argument(help="The id as it shall be.")],
    cases: Annotated[
        Path | None,
        Option(help="The folder of the cases (default: tests/cases beside the rule base)."),
    ] = None,
    form: TextOrJson = "text",
    rules: Rules = None,
) -> int:
    """Rename a question, an exercise or another entry; answers and journals of before go on."""
    from advisor.authoring.rename import RenameError, rename
    from advisor.report.formatting import count

    if not rules:
        raise AnswerError(["missing `--rules`: the folder of your own rule base"])
    try:
        made = rename(old, new, own_folder(rules), cases)
    except RenameError as error:
        raise AnswerError([str(error)]) from None
    for path, text in made.texts.items():
        try:
            replace_file(path, text)
        except OSError as error:
            raise AnswerError([f"cannot write {quoted(str(path))}: {cause_of(error)}"]) from None
    if form == "json":
        files = [{"file": str(path), "places": each} for path, each in made.places.items()]
        environment.write_json({"section": made.section, "old": old, "new": new, "files": files})
    else:
        for path, each in made.places.items():
            environment.write(f"{path}: {count(each, 'place')}\n")
    return Exit.DONE
