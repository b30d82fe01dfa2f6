"""A plan → one more case beside the rule base."""

from __future__ import annotations

from typing import Annotated

from typer import Option

from advisor.answers import AnswerError
from advisor.cli.asking import Asked
from advisor.cli.parameters import own_folder
from advisor.result import Plan

SaveCase = Annotated[
    str | None,
    Option(
        "--save-case",
        metavar="NAME",
        help="Add this person, and what came of it, to the cases of the rule base.",
    ),
]


def save_as_case(name: str | None, plan: Plan, person: Asked) -> None:
    """Add a case of this name, if one is wanted, and say where. Raises AnswerError."""
    if name is None:
        return
    from advisor.authoring.cases.saving import case_text
    from advisor.authoring.new_entry import ScaffoldError, new_case
    from advisor.cli.rules_new import write

    folder = own_folder(person.folders)
    beside = folder.absolute().parent / "tests" / "cases"
    if not person.folders and not beside.is_dir():
        hint = "give `--rules` with the folder of your own rule base"
        raise AnswerError([f"`--save-case`: there is no folder for it ({hint})"])
    try:
        made = new_case(name, case_text(name, plan), folder)
    except ScaffoldError as error:
        raise AnswerError([f"`--save-case`: {error}"]) from None
    write(made)
    person.environment.stderr.write(f"kept as a case in {made.path}:{made.line}\n")
