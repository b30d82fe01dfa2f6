"""`legday check EXERCISE`: one exercise for one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from advisor.answers import AnswerError, find_exercise, quoted
from advisor.cli.environment import Environment, Exit
from advisor.cli.plan import plan_of
from advisor.explain.one_exercise import check_document
from advisor.rulebase.problems import did_you_mean
from advisor.rulebase.shapes import RuleBase, normal

if TYPE_CHECKING:
    from advisor.cli.commands import Request


def run(environment: Environment, request: Request) -> int:
    """Print the verdict on an exercise."""
    exercise = named_exercise(str(request.values["exercise"]), request.rules)
    document = check_document(plan_of(request), exercise)
    if request.format == "json":
        environment.write_json(document)
    elif request.format == "markdown":
        from advisor.report.checks import check_blocks  # noqa: PLC0415 - one format is enough
        from advisor.report.markdown import as_markdown  # noqa: PLC0415 - the same

        environment.write(as_markdown(check_blocks(document, request.rules)))
    else:
        from advisor.report.catalogue import check_text  # noqa: PLC0415 - Rich is slow to import

        environment.show(check_text(document, request.rules, width=environment.width))
    return Exit.DONE


def named_exercise(words: str, rules: RuleBase) -> str:
    """The id of the exercise that was named. Raises AnswerError if there is none."""
    exercise = find_exercise(words, rules)
    if exercise is None:
        hint = did_you_mean(normal(words[:60]), rules.exercise_names)
        hint = hint or "see `legday exercises`"
        raise AnswerError([f"unknown exercise {quoted(words)} ({hint})"])
    return exercise
