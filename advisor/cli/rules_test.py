"""`legday rules test`: the cases and the rules' own examples; what they meet; what they notice."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from advisor.answers import AnswerError, quoted
from advisor.authoring.cases.coverage import Coverage, measure
from advisor.authoring.cases.document import testing_document
from advisor.authoring.cases.files import cases_folder, read_cases
from advisor.authoring.cases.mutation import mutate
from advisor.authoring.cases.run import Case, run_cases, run_examples
from advisor.cli.environment import Environment, Exit
from advisor.report.rule_tests import rule_tests_text
from advisor.rulebase.problems import RuleBaseError

if TYPE_CHECKING:
    from advisor.cli.commands import Request

EVERYTHING = 100


def run(environment: Environment, request: Request) -> int:
    """Run the cases; exit 1 when one fails, or the coverage is below the threshold."""
    threshold = _threshold(request)
    cases = _cases(request)
    failed = (*run_cases(cases, request.rules), *run_examples(request.rules))
    wanted = bool(request.values.get("coverage")) or threshold is not None
    coverage = measure(cases, request.rules) if wanted or request.format == "json" else None
    mutation = None
    if request.values.get("mutate") and failed:  # what fails already notices nothing
        environment.complain(["no mistakes are tried while something fails"])
    elif request.values.get("mutate"):
        mutation = mutate(cases, request.rules)
    document = testing_document(cases, failed, coverage, mutation)
    if request.format == "json":
        environment.write_json(document)
    else:
        environment.write(rule_tests_text(document, environment.width))
    return Exit.FAILED if failed or _too_low(coverage, threshold, environment) else Exit.DONE


def _threshold(request: Request) -> int | None:
    """The percentage that coverage must reach. Raises AnswerError."""
    value = request.values.get("threshold")
    if value is None:
        return None
    if not isinstance(value, int) or not 0 <= value <= EVERYTHING:
        raise AnswerError([f"`--threshold`: {quoted(value)} is no percentage: expected 0 to 100"])
    return value


def _cases(request: Request) -> tuple[Case, ...]:
    """The cases asked for, or those beside the rule base. Raises AnswerError."""
    named = request.values.get("cases")
    folder = Path(str(named)) if named is not None else cases_folder(request.rules_folder)
    if folder is None:
        return ()
    try:
        return read_cases(folder, request.rules)
    except RuleBaseError as error:
        raise AnswerError(map(str, error.problems)) from None


def _too_low(coverage: Coverage | None, threshold: int | None, environment: Environment) -> bool:
    if coverage is None or threshold is None:
        return False
    found = {"rules": coverage.rules_percent, "conditions": coverage.conditions_percent}
    low = [name for name, percent in found.items() if percent < threshold]
    environment.complain(f"coverage of {n} is {found[n]}%, below {threshold}%" for n in low)
    return bool(low)
