"""`legday rules check`: everything that is wrong with a rule base, with file and line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from typer import Option

from advisor import __version__
from advisor.cli.environment import Environment, Exit
from advisor.cli.parameters import Rules, day, own_folder, whole
from advisor.cli.watching import saves
from advisor.rulebase.problems import ERROR, NOTE, WARNING, Problem, RuleBaseError, severity
from advisor.rulebase.reading.bundled import bundled_rules
from advisor.rulebase.reading.layers import OWN

if TYPE_CHECKING:
    from advisor.rulebase.shapes import RuleBase


@dataclass(frozen=True)
class Checked:
    """What was found, and the rule base if it loads."""

    found: tuple[Problem, ...]
    rules: RuleBase | None

    def of(self, *weights: str) -> list[Problem]:
        """What weighs so much."""
        return [each for each in self.found if severity(each.code) in weights]


def run(
    environment: Environment,
    *,
    strict: Annotated[bool, Option("--strict", help="Fail for warnings too.")] = False,
    notes: Annotated[
        bool, Option("--notes", help="Show what is good to know, though nothing is wrong.")
    ] = False,
    review_years: Annotated[
        int | None,
        Option(
            help="A source is due for review after so many years (3).",
            parser=whole(1, 99, "number of years"),
        ),
    ] = None,
    today: Annotated[
        date | None,
        Option(help="The day to judge that by, such as 2026-11-21 (today).", parser=day),
    ] = None,
    watch: Annotated[
        bool, Option("--watch", help="Check again each time a rule file is saved.")
    ] = False,
    form: Annotated[
        Literal["text", "json", "sarif", "github"],
        Option("--format", help="Print text, json, sarif or github.", metavar="FORM"),
    ] = "text",
    rules: Rules = None,
) -> int:
    """Read a rule base and list everything that is wrong with it, or might be."""
    folder = own_folder(rules)
    failing: list[Problem] = []
    for _ in saves(rules or [folder], watch=watch):
        found = _check(rules or [folder], today or environment.today, review_years)
        _report(environment, form, found, rules or [folder], notes=notes)
        failing = found.of(ERROR, WARNING) if strict else found.of(ERROR)
    return Exit.BAD_RULES if failing else Exit.DONE


def _check(folders: Sequence[Path], today: date, years: int | None) -> Checked:
    """Check a rule base, afresh from its files."""
    from advisor.authoring.lint.lint import lint
    from advisor.authoring.lint.remark import REVIEW_YEARS
    from advisor.rulebase.reading.build import read_with_places

    try:
        rules, draft = read_with_places(*folders)
    except RuleBaseError as error:
        return Checked(error.problems, None)
    return Checked(lint(rules, draft, today, years or REVIEW_YEARS), rules)


def _report(
    environment: Environment, form: str, found: Checked, folders: Sequence[Path], *, notes: bool
) -> None:
    from advisor.report.problems import github_lines, problem_entry, problem_lines, sarif

    folder = folders[-1]
    told = [*found.of(ERROR, WARNING), *(found.of(NOTE) if notes else ())]
    if form == "json":
        parts = {"problems": found.of(ERROR, WARNING), "notes": found.of(NOTE)}
        environment.write_json({key: [*map(problem_entry, part)] for key, part in parts.items()})
    elif form == "sarif":
        found_here = sarif(told, _from_here(folder), __version__)
        environment.write_json(found_here, indented=True)
    elif form == "github":
        environment.write("".join(github_lines(told, _from_here(folder))))
    else:
        environment.write("".join(problem_lines(_to_open(each, folders) for each in told)))
        _sum_up(environment, found, shown=notes)


def _sum_up(environment: Environment, found: Checked, *, shown: bool) -> None:
    """The last line: on standard error if there is something to mend, else what is there."""
    from advisor.report.formatting import count

    counted = {weight: len(found.of(weight)) for weight in (ERROR, WARNING, NOTE)}
    errors, notes = counted[ERROR], counted[NOTE]
    parts = [count(errors, "problem")] if errors else []
    parts += [count(counted[WARNING], "warning")] if counted[WARNING] else []
    if parts:
        tell = environment.complain if errors else environment.warn
        tell([f"{' and '.join(parts)}; `legday rules explain CODE` says more"])
    elif found.rules is not None:
        rules = found.rules
        authored = len({rule.id for rule in rules.rules if not rule.catalogue})
        hint = "" if shown else ": --notes"
        noted = f" ({count(notes, 'note')}{hint})" if notes else ""
        environment.write(
            f"{rules.name} {rules.version}: {authored} rules, {len(rules.asked)} questions, "
            f"{len(rules.exercises)} exercises, no problems{noted}\n"
        )


def _to_open(problem: Problem, folders: Sequence[Path]) -> Problem:
    """The same with the path of its file, as a terminal opens it.

    Where bases lie over each other, the name of a file begins with that of its layer.
    """
    layer, _, inside = problem.file.partition("/")
    own = bundled_rules() / inside if layer == OWN else None
    paths = [own, *(each / problem.file for each in folders)]
    paths += [each.resolve().parent / problem.file for each in folders]
    found = next((each for each in paths if each and each.is_file()), None)
    return replace(problem, file=str(_from_here(found))) if found else problem


def _from_here(folder: Path) -> Path:
    """A folder as seen from the working directory, where annotations are resolved."""
    here = Path.cwd()
    whole = folder.resolve()
    return whole.relative_to(here) if whole.is_relative_to(here) else folder
