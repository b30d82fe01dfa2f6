"""A folder, or a git revision of one -> a rule base."""

from __future__ import annotations

import io
import subprocess
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

from advisor.answers import AnswerError, quoted
from advisor.load import load_rules
from advisor.rulebase.problems import RuleBaseError
from advisor.rulebase.shapes import RuleBase


def rules_of(name: str, folder: Path) -> RuleBase:
    """The rule base in the folder of this name, or what `folder` held at this git revision.

    Raises AnswerError if it is neither, RuleBaseError if the rules cannot be used.
    """
    if Path(name).is_dir():
        return load_rules(name)
    top = _git(folder, "rev-parse", "--show-toplevel", name=name).decode().strip()
    commit = _git(
        folder, "rev-parse", "--verify", "--end-of-options", f"{name}^{{commit}}", name=name
    )
    inside = folder.resolve().relative_to(Path(top).resolve()).as_posix()
    archive = _git(
        Path(top), "archive", "--format=tar", commit.decode().strip(), "--", inside, name=name
    )
    with TemporaryDirectory() as place:
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(place, filter="data")
        return _loaded(name, Path(place, inside))


def _loaded(name: str, folder: Path) -> RuleBase:
    """The rules of a revision; its problems name the revision."""
    try:
        return load_rules(folder)
    except RuleBaseError as error:
        raise AnswerError(f"{quoted(name)}: {problem}" for problem in error.problems) from None


def _git(folder: Path, *words: str, name: str) -> bytes:
    """What git prints. Raises AnswerError if it cannot."""
    try:
        done = subprocess.run(  # noqa: S603 - a list of words, and never a shell
            ["git", "-C", str(folder), *words],  # noqa: S607 - the user's own git
            capture_output=True,
            check=False,
        )
    except OSError:
        raise AnswerError([f"{quoted(name)} is no folder, and there is no git"]) from None
    if done.returncode:
        message = f"{quoted(name)} is no folder, and no git revision with rules in it"
        raise AnswerError([message])
    return done.stdout
