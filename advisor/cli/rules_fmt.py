"""`legday rules fmt [FILES]`: rule files in their one form."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from advisor.answers import AnswerError, quoted
from advisor.authoring.fmt import formatted
from advisor.cli.environment import Environment, Exit
from advisor.load import bundled_rules
from advisor.report.problems import problem_entry, problem_lines
from advisor.report.words import count
from advisor.rulebase.problems import Problem, RuleBaseError
from advisor.rulebase.reading.files import SUFFIX

if TYPE_CHECKING:
    from advisor.cli.commands import Request


def run(environment: Environment, request: Request) -> int:
    """Format files; with `--check`, only say which have another form, and fail if any has."""
    checking = bool(request.values.get("check"))
    changed: list[str] = []
    problems: list[Problem] = []
    broken = False
    for path in dict.fromkeys(_paths(request)):
        data = _read(path)
        try:
            found = formatted(data, str(path))
        except RuleBaseError as error:
            problems += error.problems
            broken = True
            continue
        problems += found.problems
        if found.text.encode() != data:
            changed.append(str(path))
            if not checking:
                _replace(path, found.text)
    _report(environment, request, changed, problems)
    if broken:
        return Exit.BAD_RULES
    return Exit.FAILED if problems or (checking and changed) else Exit.DONE


def _paths(request: Request) -> Iterator[Path]:
    """The files named, those in the folders named, or the whole rule base."""
    given = request.values.get("files")
    named = [Path(str(each)) for each in given] if isinstance(given, list) else []
    for path in named or [request.rules_folder or bundled_rules()]:
        if path.is_dir():
            yield from sorted(path.rglob(f"*{SUFFIX}"))
        else:
            yield path


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise AnswerError([f"cannot read {quoted(str(path))}: {error.strerror}"]) from None


def _replace(path: Path, text: str) -> None:
    """Write a file whole or not at all, with the rights it had."""
    path = path.resolve()
    mode = path.stat().st_mode
    try:
        with NamedTemporaryFile("wb", dir=path.parent, suffix=".part", delete=False) as part:
            part.write(text.encode())
        Path(part.name).chmod(mode)
        os.replace(part.name, path)  # noqa: PTH105 - the same, and as short
    except OSError as error:
        with suppress(OSError, NameError):
            Path(part.name).unlink()
        raise AnswerError([f"cannot write {quoted(str(path))}: {error.strerror}"]) from None


def _report(
    environment: Environment, request: Request, changed: list[str], problems: list[Problem]
) -> None:
    checking = request.values.get("check")
    if request.format == "json":
        entries = [problem_entry(each) for each in problems]
        environment.write_json({"changed": changed, "problems": entries})
        return
    verb = "would change" if checking else "changed"
    environment.write("".join(f"{verb} {name}\n" for name in changed))
    environment.write("".join(problem_lines(problems)))
    if checking and changed:
        environment.complain([f"{count(len(changed), 'file')} to format with `legday rules fmt`"])
