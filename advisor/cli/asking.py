"""Commands about a person: a flag for each question of the rule base, and a file of answers.

The values of those flags stay as they were typed until they are checked all together, so that
every problem is told at once, with the flag or the file that it is in.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, assert_never

from typer import Option, TyperException

from advisor.answers import AnswerError, Facts, encode, quoted, read_answers
from advisor.cli.completing import answer_completer
from advisor.cli.environment import Environment
from advisor.cli.parameters import Command, Country, Rules, naming, parameters
from advisor.command_line import flag
from advisor.load import load_rules
from advisor.plan import plan_for
from advisor.result import Plan
from advisor.rulebase.problems import RuleBaseError
from advisor.rulebase.shapes import Number, OneOf, Question, RuleBase, SomeOf, YesNo
from advisor.wishes import NO_WISHES, Wishes

LONGEST = 400  # letters: a catalogue in a help text helps nobody


@dataclass(frozen=True)
class Asked:
    """A person, as a command line tells of them, and where to print what is found."""

    environment: Environment
    rules: RuleBase
    facts: Facts
    country: str
    options: tuple[str, ...]  # what a command line for the same person needs besides answers
    folders: tuple[Path, ...] = ()  # of the rule base, if any is named

    def plan(self, facts: Facts | None = None, wishes: Wishes = NO_WISHES) -> Plan:
        """The plan for this person, or for the same person with other answers."""
        plan = plan_for(facts or self.facts, self.rules, wishes)
        return replace(plan, options=self.options, country=self.country)


def shared(
    *,
    rules: Rules = None,
    answers: Annotated[
        str | None, Option(help="Answers from a YAML or JSON file; - is standard input.")
    ] = None,
    screened: Annotated[
        bool,
        Option(
            "--screened",
            help="State in one word that every screening question you do not answer is all clear.",
        ),
    ] = False,
    country: Country = None,
) -> None:
    """Show the parameters that all commands about a person have, besides the questions."""


class Asking(Command):
    """A command about a person. Its own parameters reach its function, the others make `Asked`."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.own, self.shared = self.params, parameters(shared)
        self.params = [*self.own, *self.shared]

    def flags(self, ctx: Any) -> list[str]:
        """Name every flag: those of questions too, whether they are made already or not."""
        questions = ctx.meta["rules"].asked if "rules" in ctx.meta else ()
        return [*super().flags(ctx), *(flag(each.id) for each in questions)]

    def prepare(self, ctx: Any, args: list[str], ahead: dict[str, Any]) -> None:
        """Read the rule base that is named, and make flags of its questions."""
        with suppress(*((RuleBaseError,) if ctx.resilient_parsing else ())):
            ctx.meta["rules"] = rules = load_rules(ahead.get("rules"))
            # A parameter takes a while to make: where nobody looks at all of them, only a few.
            every = ctx.resilient_parsing or ahead.get("help")
            words = {word.partition("=")[0] for word in args}
            questions = (q for q in rules.asked if every or not words.isdisjoint(flags_of(q)))
            self.params = [*self.own, *self.shared, *question_flags(questions)]

    def take(self, ctx: Any) -> list[str]:
        """Check the answers, and keep the person for the command."""
        own = {each.name for each in self.own}
        given = {name: ctx.params.pop(name) for name in [*ctx.params] if name not in own}
        problems: list[str] = []
        ctx.meta["asked"] = _asked(given, ctx.meta["rules"], ctx.obj, problems)
        return problems

    def besides(self, ctx: Any, args: list[str]) -> list[str]:
        """Tell what is wrong with the answers among words that Typer cannot read."""
        problems: list[str] = []
        with suppress(TyperException):
            given = dict.fromkeys(each.name for each in self.params) | self._ahead(ctx, args)
            _asked(given, ctx.meta["rules"], ctx.obj, problems)
        return problems


def question_flags(questions: Iterable[Question]) -> list[Any]:
    """Make the flags that questions become."""

    def answered(**_: object) -> None:
        """Stand for all questions: the signature says which."""

    flags = map(_question_flag, questions)
    answered.__signature__ = inspect.Signature([*flags])  # type: ignore[attr-defined]
    return parameters(answered)


def flags_of(question: Question) -> list[str]:
    """The flag of a question, and those that it had under other names."""
    return [flag(name) for name in (question.id, *question.was)]


def _question_flag(question: Question) -> inspect.Parameter:
    """A question as a parameter: a list, as a set may be given piece by piece."""
    option = Option(
        *flags_of(question),
        help=_without_markup(f"{question.ask} ({_answers_in_words(question)})"),
        rich_help_panel=_without_markup(question.theme),
        metavar="",
        autocompletion=answer_completer(question),
    )
    kind = Annotated[list[str] | None, option]
    keyword = inspect.Parameter.KEYWORD_ONLY
    return inspect.Parameter(_parameter(question), keyword, default=None, annotation=kind)


def _parameter(question: Question) -> str:
    """The name of a question's parameter, which no other parameter has."""
    return f"answer_{question.id}"


def _answers_in_words(question: Question) -> str:
    match question.type:
        case YesNo():
            return "yes | no"
        case Number():
            return " to ".join(map(question.text, (question.minimum, question.maximum)))
        case OneOf():
            words = " | ".join(question.positions)
        case SomeOf():
            words = "none, or one or more of: " + ", ".join(question.positions)
        case _:
            assert_never(question.type)
    words += "".join(f" | {word}" for word in question.shortcut)
    return words if len(words) <= LONGEST else "none, or ids from `legday exercises`, with commas"


def _without_markup(text: str) -> str:
    """A text in which Rich, which prints the help, can find no markup."""
    return text.replace("[", "(").replace("]", ")")


def _asked(
    given: Mapping[str, Any], rules: RuleBase, environment: Environment, problems: list[str]
) -> Asked | None:
    """The person whom the values of parameters tell of; None if there are problems."""
    answers, stated_clear = _from_file(given["answers"], rules, environment, problems)
    answers |= _from_flags(given, rules, problems)
    country, folders = environment.country, given["rules"]
    try:
        if given["country"] is not None:
            from advisor.cli.countries import country_code

            country = country_code(given["country"])
        facts = read_answers(answers, rules, screened=given["screened"], stated_clear=stated_clear)
    except AnswerError as error:
        problems += error.problems
    if problems:
        return None
    options = (
        *naming(folders),
        *(("--country", country) if given["country"] is not None else ()),
    )
    return Asked(environment, rules, facts, country, options, (*(folders or ()),))


def _from_flags(
    given: Mapping[str, Any], rules: RuleBase, problems: list[str]
) -> dict[str, object]:
    """The answers given as flags, checked one by one so that an error names its flag."""
    answers: dict[str, object] = {}
    for question in rules.asked:
        words = given.get(_parameter(question))
        if not words:
            continue
        named, value = f"`{flag(question.id)}`", words[-1]
        if len(words) > 1 and isinstance(question.type, SomeOf):
            value = [item for word in words for item in word.split(",")]
        elif len(words) > 1:
            problems.append(f"{named}: given {len(words)} times, expected once")
        try:
            encode(question, value, rules)
        except AnswerError as error:
            problems += [each.replace(f"`{question.id}`", named, 1) for each in error.problems]
        else:
            answers[question.id] = value
    return answers


def _from_file(
    name: str | None, rules: RuleBase, environment: Environment, problems: list[str]
) -> tuple[dict[str, object], tuple[str, ...]]:
    """The answers in a file, and what was declared clear; an error in it names the file."""
    if name is None:
        return {}, ()
    from advisor.cli.answer_files import read_answer_file

    stated_clear: tuple[str, ...] = ()
    try:
        answers = read_answer_file(name, environment)
        if "schema" in answers:
            from advisor.interview.saving import is_saved, read_saved, refuse_newer

            refuse_newer(answers)
            if is_saved(answers):
                saved = read_saved(answers, rules)
                environment.warn(saved.warnings)
                answers, stated_clear = saved.answers, saved.stated_clear
        read_answers(answers, rules)
    except AnswerError as error:
        problems += [f"{quoted(name)}: {each}" for each in error.problems]
        return {}, ()
    return answers, stated_clear
