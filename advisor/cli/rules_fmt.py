"""`legday rules fmt [FILES]`: rule files in their one form."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from advisor.answers import quoted
from advisor.cli.environment import Environment, Exit
from advisor.cli.parameters import Rules, TextOrJson
from advisor.rulebase.problems import RuleBaseError, cause_of
from advisor.rulebase.reading.bundled import bundled_rules

if TYPE_CHECKING:
    from advisor.rulebase.problems import Problem


@dataclass(frozen=True)
class Formatting:
    """What became of the files: changed (or to change), no rules, not to be read or written."""

    changed: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    broken: list[Problem] = field(default_factory=list)
    unusable: list[str] = field(default_factory=list)

    @property
    def exit_code(self) -> Exit:
        """The code for what is worst; changes do not count."""
        if self.unusable:
            return Exit.UNUSABLE
        if self.broken:
            return Exit.BAD_RULES
        return Exit.FAILED if self.problems else Exit.DONE


def run(
    environment: Environment,
    *,
    files: Annotated[
        list[Path] | None, Argument(help="Files or folders (default: the rule base).")
    ] = None,
    check: Annotated[
        bool, Option("--check", help="Change nothing; fail if a file has another form.")
    ] = False,
    form: TextOrJson = "text",
    rules: Rules = None,
) -> int:
    """Put rule files in their one form: order of keys, blank lines, width. Comments stay."""
    found = Formatting()
    for path in dict.fromkeys(_paths(files or rules or [bundled_rules()])):
        _format(path, found, checking=check)
    _report(environment, found, form, checking=check)
    return found.exit_code or (Exit.FAILED if check and found.changed else Exit.DONE)


def _paths(named: Sequence[Path]) -> Iterator[Path]:
    """The files named, and those in the folders named."""
    from advisor.rulebase.reading.files import SUFFIX

    for path in named:
        if path.is_dir():
            yield from sorted(path.rglob(f"*{SUFFIX}"))
        else:
            yield path


def _format(path: Path, found: Formatting, *, checking: bool) -> None:
    """Format a file, or only look at it; what is wrong with it is no reason to leave out others."""
    from advisor.authoring.fmt import formatted

    doing = "read"
    try:
        data = path.read_bytes()
        made = formatted(data, str(path))
        found.problems.extend(made.problems)
        if made.text.encode() != data:
            doing = "write"
            if not checking:
                replace_file(path, made.text)
            found.changed.append(str(path))
    except RuleBaseError as error:
        found.broken.extend(error.problems)
    except OSError as error:
        found.unusable.append(f"cannot {doing} {quoted(str(path))}: {cause_of(error)}")


def replace_file(path: Path, text: str) -> None:
    """Write a file whole or not at all, with the rights it had."""
    path = path.resolve()
    mode = path.stat().st_mode
    try:
        with NamedTemporaryFile("wb", dir=path.parent, suffix=".part", delete=False) as part:
            part.write(text.encode())
        Path(part.name).chmod(mode)
        os.replace(part.name, path)  # noqa: PTH105 - the same, and as short
    except OSError:
        with suppress(OSError, NameError):
            Path(part.name).unlink()
        raise


def _report(environment: Environment, found: Formatting, form: str, *, checking: bool) -> None:
    from advisor.report.formatting import count
    from advisor.report.problems import problem_entry, problem_lines

    problems = [*found.broken, *found.problems]
    if form == "json":
        entries = [problem_entry(each) for each in problems]
        environment.write_json({"changed": found.changed, "problems": entries})
    else:
        verb = "would change" if checking else "changed"
        environment.write("".join(f"{verb} {name}\n" for name in found.changed))
        environment.write("".join(problem_lines(problems)))
    environment.complain(found.unusable)
    if checking and found.changed and form == "text":
        many = count(len(found.changed), "file")
        environment.complain([f"{many} to format with `legday rules fmt`"])
