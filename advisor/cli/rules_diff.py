"""`legday rules diff OLD NEW`: what changed for people between two rule bases."""

from __future__ import annotations

import io
import shlex
import subprocess
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Literal

from typer import Argument, Option

from advisor.answers import AnswerError, quoted
from advisor.cli.environment import Environment, Exit
from advisor.cli.parameters import Rules, TextOrJson, naming, own_folder
from advisor.cli.people_on_file import people_on_file
from advisor.load import load_rules
from advisor.rulebase.problems import RuleBaseError

if TYPE_CHECKING:
    from advisor.authoring.diff.document import Where
    from advisor.rulebase.shapes import RuleBase


def run(
    environment: Environment,
    *,
    old: Annotated[str, Argument(help="A folder of rules, or a git revision of the rule base.")],
    new: Annotated[
        str | None, Argument(help="Another one; without it, the rule base as it is now.")
    ] = None,
    fail_on: Annotated[
        Literal["relaxed"] | None, Option(help="Exit 1 when anything became more permissive.")
    ] = None,
    people: Annotated[
        str | None, Option(help="Count how many people of a file of JSON Lines change.")
    ] = None,
    form: TextOrJson = "text",
    rules: Rules = None,
) -> int:
    """What changed for people between two rule bases: who gains or loses what, with an example."""
    from advisor.authoring.diff.compare import compare
    from advisor.authoring.diff.document import difference_document, people_document
    from advisor.authoring.proof.replay import MachineryError
    from advisor.report.difference import difference_text

    before, old_side = _rules_of(old, rules)
    after, new_side = _now(rules) if new is None else _rules_of(new, rules)
    them = None if people is None else people_on_file(people, after)
    try:
        difference = compare(before, after)
    except MachineryError as error:
        environment.complain([f"internal error: {error}"])
        return Exit.FAILED
    document = difference_document(difference, old_side, new_side)
    if them is not None:
        document["people"] = people_document(difference, them)
    environment.answer(form, document, lambda: difference_text(document))
    return Exit.FAILED if fail_on and difference.relaxed else Exit.DONE


def _now(rules: Rules) -> tuple[RuleBase, Where]:
    """The rule base as it is now."""
    from advisor.authoring.diff.document import Where

    return load_rules(rules), Where(naming(rules))


def _rules_of(name: str, rules: Rules) -> tuple[RuleBase, Where]:
    """The rule base in the folder of this name, or at this git revision of the folder of rules.

    Raises AnswerError if it is neither, RuleBaseError if the rules cannot be used.
    """
    from advisor.authoring.diff.document import Where

    if Path(name).is_dir():
        return load_rules(name), Where(("--rules", name))
    folder = own_folder(rules)
    try:
        top = _git(folder, "rev-parse", "--show-toplevel").decode().strip()
        commit = _git(folder, "rev-parse", "--verify", "--end-of-options", f"{name}^{{commit}}")
        inside = folder.resolve().relative_to(Path(top).resolve()).as_posix()
        words = ("archive", "--format=tar", commit.decode().strip(), "--", inside)
        archive = _git(Path(top), *words)
    except FileNotFoundError:
        raise AnswerError([f"{quoted(name)} is no folder, and there is no git"]) from None
    except subprocess.CalledProcessError:
        message = f"{quoted(name)} is no folder, and no git revision with rules in it"
        hint = "" if rules else " (missing `--rules`: the folder whose revision it is)"
        raise AnswerError([message + hint]) from None
    with TemporaryDirectory() as place:
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(place, filter="data")
        found = _loaded(name, Path(place, inside))
    checkout = Path(top, ".git", f"rules-{commit.decode()[:12]}")
    begin = shlex.join(["git", "-C", top, "worktree", "add", "--detach", str(checkout), name])
    return found, Where(("--rules", str(checkout / inside)), f"{begin}; ")


def _loaded(name: str, folder: Path) -> RuleBase:
    """The rules of a revision; its problems name the revision."""
    try:
        return load_rules(folder)
    except RuleBaseError as error:
        raise AnswerError(f"{quoted(name)}: {problem}" for problem in error.problems) from None


def _git(folder: Path, *words: str) -> bytes:
    """What git prints. Raises CalledProcessError if it cannot, FileNotFoundError without git."""
    return subprocess.run(  # noqa: S603 - a list of words, and never a shell
        ["git", "-C", str(folder), *words],  # noqa: S607 - the user's own git
        capture_output=True,
        check=True,
    ).stdout
