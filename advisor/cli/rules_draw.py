"""`legday rules draw [EXERCISES]`: how exercises look, and what is wrong with their drawings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from advisor.answers import AnswerError, named_exercise, quoted
from advisor.cli.completing import complete_exercise
from advisor.cli.environment import Environment, Exit
from advisor.cli.parameters import Rules
from advisor.cli.plan import print_blocks
from advisor.cli.watching import saves
from advisor.rulebase.problems import RuleBaseError, cause_of
from advisor.rulebase.reading.bundled import bundled_rules


def run(
    environment: Environment,
    *,
    exercises: Annotated[
        list[str] | None,
        Argument(help="Exercises (default: all drawn).", autocompletion=complete_exercise),
    ] = None,
    out: Annotated[
        Path | None, Option(help="Write a picture: a file that ends in .svg or .html.")
    ] = None,
    watch: Annotated[
        bool, Option("--watch", help="Draw again each time a rule file is saved.")
    ] = False,
    rules: Rules = None,
) -> int:
    """Draw exercises: on the terminal, or into a file; with everything that is wrong."""
    folders = rules or [bundled_rules()]
    if out is not None and out.suffix not in {".svg", ".html"}:
        raise AnswerError([f"cannot draw {quoted(str(out))} (end its name in .svg or .html)"])
    code: int = Exit.DONE
    for _ in saves(folders, watch=watch):
        code = _draw(environment, folders, exercises or [], out)
    return code


def _draw(
    environment: Environment, folders: Sequence[Path], named: Sequence[str], out: Path | None
) -> int:
    """Read the rules afresh, draw, and tell what is wrong."""
    from advisor.authoring.lint.drawings import drawing_problems
    from advisor.drawing import strip
    from advisor.report.blocks import Title
    from advisor.report.drawings import drawing_blocks
    from advisor.report.problems import problem_lines
    from advisor.rulebase.reading.build import read_with_places

    try:
        base, draft = read_with_places(*folders)
    except RuleBaseError as error:
        environment.write("".join(problem_lines(error.problems)))
        return Exit.BAD_RULES
    chosen = [named_exercise(each, base) for each in named] or [*base.drawings]
    missing = [each for each in chosen if each not in base.drawings]
    environment.warn(f"`{each}` has no drawing yet" for each in missing)
    drawn = [each for each in chosen if each in base.drawings]
    if out is None:
        for each in drawn:
            blocks = drawing_blocks(base, each, drawn=environment.can_draw)
            print_blocks([Title(base.exercise[each].name), *blocks], environment, "text")
    else:
        made = strip.html_page if out.suffix == ".html" else strip.svg_sheet
        try:
            out.write_text(made(base, drawn), encoding="utf-8")
        except OSError as error:
            raise AnswerError([f"cannot write {quoted(str(out))}: {cause_of(error)}"]) from error
    found = [each for name in drawn for each in drawing_problems(base, draft, name)]
    environment.write("".join(problem_lines(found)))
    return Exit.BAD_RULES if found else Exit.DONE
