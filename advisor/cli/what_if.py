"""`legday what-if --change FACT=VALUE`: the plan now beside the plan then."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from advisor.answers import AnswerError, Facts, encode, quoted
from advisor.cli.environment import Environment, Exit
from advisor.cli.plan import plan_of, print_blocks
from advisor.explain.one_exercise import with_changes
from advisor.explain.what_if import comparison_document
from advisor.rulebase.problems import did_you_mean
from advisor.rulebase.shapes import RuleBase, normal

if TYPE_CHECKING:
    from advisor.cli.commands import Request


def run(environment: Environment, request: Request) -> int:
    """Print what some other answers would change."""
    before = plan_of(request)
    facts = changed_facts(before.facts, request.values.get("change"), request.rules)
    after = plan_of(replace(request, facts=facts))
    document = comparison_document(before, after)
    if request.format == "json":
        environment.write_json(document)
        return Exit.DONE
    from advisor.report.comparison import comparison_blocks  # noqa: PLC0415 - slow to import

    print_blocks(comparison_blocks(document, request.rules), environment, request.format)
    return Exit.DONE


def changed_facts(facts: Facts, changes: object, rules: RuleBase) -> Facts:
    """The same person with the changes of the command line. Raises AnswerError."""
    words = changes if isinstance(changes, list) else []
    if not words:
        raise AnswerError(["missing `--change`: expected FACT=VALUE, such as a flag without `--`"])
    problems: list[str] = []
    codes: dict[int, int | None] = {}
    for word in words:
        name, equals, value = word.partition("=")
        place = rules.question_position.get(normal(name))
        if not equals:
            problems.append(f"`--change`: {quoted(word)}: expected FACT=VALUE")
        elif place is None:
            hint = did_you_mean(normal(name[:60]), rules.question)
            problems.append(f"`--change`: unknown question {quoted(name)} ({hint})")
        elif place in codes:
            problems.append(f"`--change`: {quoted(name)}: changed twice: give one answer")
        else:
            codes[place] = _code(place, value, rules, problems)
    if problems:
        raise AnswerError(problems)
    return with_changes(facts, tuple(codes.items()))


def _code(place: int, value: str, rules: RuleBase, problems: list[str]) -> int | None:
    try:
        return encode(rules.questions[place], value, rules)
    except AnswerError as error:
        problems += [f"`--change`: {problem}" for problem in error.problems]
    return None
