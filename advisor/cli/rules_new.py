"""`legday rules new ID [--theme THEME]`: a rule to fill in, in the file of its theme."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from advisor.answers import AnswerError, quoted
from advisor.authoring.new_rule import Scaffold, ScaffoldError, scaffold
from advisor.cli.environment import Environment, Exit
from advisor.rulebase.problems import RuleBaseError
from advisor.rulebase.reading.build import read_with_places

if TYPE_CHECKING:
    from advisor.cli.commands import Request


def run(environment: Environment, request: Request) -> int:
    """Add the rule and print where it stands."""
    folder = request.rules_folder
    if folder is None:
        raise AnswerError(["missing `--rules`: the folder of your own rule base"])
    try:
        rules, draft = read_with_places(folder)
        name, theme = str(request.values["id"]), str(request.values.get("theme") or "").strip()
        made = scaffold(name, theme, folder, rules, draft)
    except ScaffoldError as error:
        raise AnswerError([str(error)]) from None
    except RuleBaseError as error:
        environment.complain(map(str, error.problems))
        return Exit.BAD_RULES
    path = _write(folder, made)
    if request.format == "json":
        environment.write_json({"rule": name, "file": str(path), "line": made.line})
    else:
        environment.write(f"{path}:{made.line}\n")
        environment.stderr.write(
            f"fill in each TODO, then run `legday rules check --rules {folder}`\n"
        )
    return Exit.DONE


def _write(folder: Path, made: Scaffold) -> Path:
    """Write the file. Raises AnswerError."""
    path = folder / made.file
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made.text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise AnswerError([f"cannot write {quoted(str(path))}: {error.strerror}"]) from None
    return path
