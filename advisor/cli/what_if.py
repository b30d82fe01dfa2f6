"""`legday what-if --change FACT=VALUE`: the plan now beside the plan then."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from typer import Option

from advisor.answers import AnswerError, Facts, encode, quoted
from advisor.cli.asking import Asked
from advisor.cli.completing import complete_change
from advisor.cli.environment import Exit
from advisor.cli.parameters import Report
from advisor.cli.plan import print_blocks
from advisor.explain.one_exercise import with_changes
from advisor.rulebase.problems import did_you_mean
from advisor.rulebase.shapes import RuleBase, normal


def run(
    person: Asked,
    *,
    change: Annotated[
        list[str] | None,
        Option(
            help="An answer to change, as FACT=VALUE, named as its flag is. May be repeated.",
            metavar="FACT=VALUE",
            autocompletion=complete_change,
        ),
    ] = None,
    form: Report = "text",
) -> int:
    """The plan now beside the plan with other answers: what changes, and which rules do it."""
    from advisor.explain.what_if import comparison_document

    changed = changed_facts(person.facts, change or (), person.rules)
    document = comparison_document(person.plan(), person.plan(changed))
    if form == "json":
        person.environment.write_json(document)
        return Exit.DONE
    from advisor.report.comparison import comparison_blocks

    print_blocks(comparison_blocks(document, person.rules), person.environment, form)
    return Exit.DONE


def changed_facts(facts: Facts, changes: Sequence[str], rules: RuleBase) -> Facts:
    """Make the same person with the changes of the command line. Raises AnswerError."""
    if not changes:
        raise AnswerError(["missing `--change`: expected FACT=VALUE, such as a flag without `--`"])
    problems: list[str] = []
    codes: dict[int, int | None] = {}
    for word in changes:
        name, equals, value = word.partition("=")
        place = rules.question_position.get(rules.id_of(name))
        if not equals:
            problems.append(f"`--change`: {quoted(word)}: expected FACT=VALUE")
        elif place is None:
            near = did_you_mean(normal(name[:60]), rules.question)
            hint = near or "`legday questions` lists them"
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
