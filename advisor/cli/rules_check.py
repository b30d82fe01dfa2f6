"""`legday rules check`: everything that is wrong with a rule base, with file and line."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from advisor import __version__
from advisor.answers import AnswerError, quoted
from advisor.authoring.lint.lint import lint
from advisor.authoring.lint.remark import REVIEW_YEARS
from advisor.cli.environment import Environment, Exit
from advisor.load import bundled_rules
from advisor.report.problems import github_lines, problem_entry, problem_lines, sarif
from advisor.report.words import count
from advisor.rulebase.codes import ERROR, NOTE, severity
from advisor.rulebase.frozen import dataclass
from advisor.rulebase.problems import Problem, RuleBaseError
from advisor.rulebase.reading.build import read_with_places
from advisor.rulebase.shapes import RuleBase

if TYPE_CHECKING:
    from advisor.cli.commands import Request


@dataclass(frozen=True)
class Checked:
    """What was found: problems (errors and warnings), notes, and the rule base if it loads."""

    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    rules: RuleBase | None


def run(environment: Environment, request: Request) -> int:
    """Check a rule base, afresh from its files; with `--strict`, a warning fails it too."""
    folder = request.rules_folder or bundled_rules()
    found = _check(folder, _today(request), _years(request))
    _report(environment, request, found, _from_here(folder))
    errors = [each for each in found.problems if severity(each.code) == ERROR]
    failing = found.problems if request.values.get("strict") else errors
    return Exit.BAD_RULES if failing else Exit.DONE


def _check(folder: Path, today: date, years: int) -> Checked:
    try:
        rules, draft = read_with_places(folder)
    except RuleBaseError as error:
        return Checked(error.problems, (), None)
    found = lint(rules, draft, today, years)
    problems = tuple(each for each in found if severity(each.code) != NOTE)
    notes = tuple(each for each in found if severity(each.code) == NOTE)
    return Checked(problems, notes, rules)


def _report(environment: Environment, request: Request, found: Checked, folder: Path) -> None:
    notes = found.notes if request.values.get("notes") else ()
    told = (*found.problems, *notes)
    if request.format == "json":
        document = {"problems": [problem_entry(each) for each in found.problems]}
        environment.write_json(document | {"notes": [problem_entry(each) for each in found.notes]})
    elif request.format == "sarif":
        environment.write_json(sarif(told, folder, __version__), indented=True)
    elif request.format == "github":
        environment.write("".join(github_lines(told, folder)))
    else:
        environment.write("".join(problem_lines(told)))
        _sum_up(environment, found, shown=bool(notes))


def _sum_up(environment: Environment, found: Checked, *, shown: bool) -> None:
    """The last line: on standard error if there is something to mend, else what is there."""
    errors = sum(severity(each.code) == ERROR for each in found.problems)
    warnings = len(found.problems) - errors
    parts = [count(errors, "problem")] if errors else []
    parts += [count(warnings, "warning")] if warnings else []
    if parts:
        tell = environment.complain if errors else environment.warn
        tell([f"{' and '.join(parts)}; `legday rules explain CODE` says more"])
    elif found.rules is not None:
        rules = found.rules
        authored = len({rule.id for rule in rules.rules if not rule.catalogue})
        hint = "" if shown else ": --notes"
        notes = f" ({count(len(found.notes), 'note')}{hint})" if found.notes else ""
        environment.write(
            f"{rules.name} {rules.version}: {authored} rules, {len(rules.questions)} questions, "
            f"{len(rules.exercises)} exercises, no problems{notes}\n"
        )


def _from_here(folder: Path) -> Path:
    """A folder as seen from the working directory, where annotations are resolved."""
    here = Path.cwd()
    whole = folder.resolve()
    return whole.relative_to(here) if whole.is_relative_to(here) else folder


def _today(request: Request) -> date:
    """The day to judge review dates by. Raises AnswerError."""
    given = request.values.get("today")
    if given is None:
        return datetime.now(tz=UTC).date()
    try:
        return date.fromisoformat(str(given))
    except ValueError:
        expected = "expected a day such as 2026-11-21"
        raise AnswerError([f"`--today`: {quoted(str(given))} is no day: {expected}"]) from None


def _years(request: Request) -> int:
    """After how many years a source is due. Raises AnswerError."""
    given = request.values.get("review_years")
    if given is None:
        return REVIEW_YEARS
    if not isinstance(given, int) or not 0 < given < 100:  # noqa: PLR2004 - a lifetime
        raise AnswerError([f"`--review-years`: {quoted(str(given))} is none of 1 to 99"])
    return given
