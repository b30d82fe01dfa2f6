"""`legday rules test`: the cases and the rules' own examples; what they meet; what they notice."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Option

from advisor.answers import AnswerError, read_answers
from advisor.cli.environment import Environment, Exit
from advisor.cli.parameters import Rules, TextOrJson, whole
from advisor.cli.people_on_file import people_on_file
from advisor.load import load_rules
from advisor.rulebase.problems import RuleBaseError

if TYPE_CHECKING:
    from advisor.authoring.cases.coverage import Coverage
    from advisor.authoring.cases.run import Case
    from advisor.rulebase.shapes import RuleBase


def run(
    environment: Environment,
    *,
    cases: Annotated[
        Path | None,
        Option(help="The folder of the cases (default: tests/cases beside the rule base)."),
    ] = None,
    coverage: Annotated[
        bool, Option("--coverage", help="Show which rules and comparisons nothing meets.")
    ] = False,
    threshold: Annotated[
        int | None,
        Option(
            help="Fail when coverage is below this percentage.", parser=whole(0, 100, "percentage")
        ),
    ] = None,
    mutate: Annotated[
        bool,
        Option(
            "--mutate", help="Make small mistakes in the rules and see which ones nothing notices."
        ),
    ] = False,
    people: Annotated[
        str | None,
        Option(
            help="For how many people of a file of JSON Lines each rule is true.", metavar="FILE"
        ),
    ] = None,
    form: TextOrJson = "text",
    rules: Rules = None,
) -> int:
    """Run the cases and the rules' own examples; measure what they cover and what they notice."""
    from advisor.authoring.cases.coverage import measure, met_by
    from advisor.authoring.cases.document import testing_document
    from advisor.authoring.cases.mutation import mutate as mutations
    from advisor.authoring.cases.run import run_cases, run_examples
    from advisor.report.workshop import rule_tests_text

    base = load_rules(rules)
    found = _cases(cases, rules, base)
    if not found:
        environment.warn(["no cases beside the rules: only their examples were run (`--cases`)"])
    failed = (*run_cases(found, base), *run_examples(base))
    wanted = coverage or threshold is not None or form == "json"
    measured = measure(found, base) if wanted else None
    mutation = None
    if mutate and failed:  # what fails already notices nothing
        environment.complain(["no mistakes are tried while something fails"])
    elif mutate:
        mutation = mutations(found, base)
    met = None
    if people is not None:
        answers = people_on_file(people, base)
        met = met_by((read_answers(each, base) for each in answers), base)
    document = testing_document(found, failed, measured, mutation, met)
    environment.answer(form, document, lambda: rule_tests_text(document, environment.width))
    return Exit.FAILED if failed or _too_low(measured, threshold, environment) else Exit.DONE


def _cases(named: Path | None, folders: Rules, rules: RuleBase) -> tuple[Case, ...]:
    """Read the cases asked for, or those beside the rule base. Raises AnswerError."""
    from advisor.authoring.cases.files import cases_folder, read_cases

    found = named or cases_folder(folders[-1] if folders else None)
    if found is None:
        return ()
    try:
        return read_cases(found, rules)
    except RuleBaseError as error:
        raise AnswerError(map(str, error.problems)) from None


def _too_low(coverage: Coverage | None, threshold: int | None, environment: Environment) -> bool:
    if coverage is None or threshold is None:
        return False
    found = {"rules": coverage.rules_percent, "conditions": coverage.conditions_percent}
    low = [name for name, percent in found.items() if percent < threshold]
    environment.complain(f"coverage of {n} is {found[n]}%, below {threshold}%" for n in low)
    return bool(low)
