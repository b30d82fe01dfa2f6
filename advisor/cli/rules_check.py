"""`legday rules check`: everything that is wrong with a rule base, with file and line."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from advisor.cli.environment import Environment, Exit
from advisor.rulebase.building import read_rule_base
from advisor.rulebase.cache import bundled_rules
from advisor.rulebase.problems import RuleBaseError

if TYPE_CHECKING:
    from advisor.cli.commands import Request


def run(environment: Environment, request: Request) -> int:
    """Check a rule base, afresh from its files."""
    folder = request.rules_folder or bundled_rules()
    try:
        rules = read_rule_base(folder)
    except RuleBaseError as error:
        return _report(environment, request, error)
    if request.format == "json":
        environment.write_json({"problems": []})
    else:
        authored = len({rule.id for rule in rules.rules if not rule.catalogue})
        environment.write(
            f"{rules.name} {rules.version}: {authored} rules, {len(rules.questions)} questions, "
            f"{len(rules.exercises)} exercises, no problems\n"
        )
    return Exit.DONE


def _report(environment: Environment, request: Request, error: RuleBaseError) -> int:
    if request.format == "json":
        environment.write_json({"problems": [asdict(problem) for problem in error.problems]})
    else:
        for problem in error.problems:
            environment.write(f"{problem}\n")
        environment.complain([f"{len(error.problems)} problems"])
    return Exit.BAD_RULES
