"""A command and a rule base → every flag that can be typed, the answers among them."""

from __future__ import annotations

from advisor.cli.commands import COUNTRY, Command, Flag
from advisor.rulebase.shapes import Question, RuleBase

ANSWERS = Flag("answers", "Answers from a YAML or JSON file; - is standard input.")
SCREENED = Flag(
    "screened",
    "State in one word that every screening question you do not answer is all clear.",
    bool,
    default=False,
)
RULES = Flag("rules", "Another rule base: the folder it is in.")


def flags_of(command: Command, rules: RuleBase | None, *, helped: bool = False) -> list[Flag]:
    """The command's own flags, those all commands share, then one for each question.

    The help of questions is only made with `helped`.
    """
    flags = list(command.flags)
    if command.formats:
        text = f"{' | '.join(command.formats)} (default {command.formats[0]})"
        flags.append(Flag("format", text))
    flags.append(RULES)
    if command.answers:
        flags += [ANSWERS, SCREENED, COUNTRY]
        for question in rules.questions if rules else ():
            text = question_help(question) if helped else ""
            flags.append(Flag(question.id, text, many=True, panel=_without_markup(question.theme)))
    return flags


def question_help(question: Question) -> str:
    """A question and what it can be answered with, on one line of help."""
    words = " | ".join(["yes", "no"] if question.kind == "yes/no" else question.positions)
    if question.is_number:
        words = " to ".join(map(question.text, (question.minimum, question.maximum)))
    if question.kind == "set":
        words = "none, or one or more of: " + ", ".join(question.positions)
    if len(words) > 400:  # noqa: PLR2004 - a catalogue in a help text helps nobody
        words = "none, or ids from `legday exercises`, with commas"
    return _without_markup(f"{question.ask} ({words})")


def _without_markup(text: str) -> str:
    """A text in which Rich, which prints the help, can find no markup."""
    return text.replace("[", "(").replace("]", ")")
