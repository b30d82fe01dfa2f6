"""The commands by name: what each is for, and which arguments and flags it takes.

Nothing is imported here that a command may not need; `run` finds a command's own module when
it is its turn.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from advisor.rulebase.frozen import dataclass, field

if TYPE_CHECKING:
    from pathlib import Path

    from advisor.answers import Facts
    from advisor.cli.environment import Environment
    from advisor.rulebase.shapes import RuleBase

HELP = "--help"
TEXT_AND_JSON = ("text", "json")
REPORTS = ("text", "json", "markdown")


@dataclass(frozen=True)
class Flag:
    """A flag; `kind` is str, bool or int, `panel` the part of the help it stands in."""

    name: str
    help: str
    kind: type = str
    default: object = None
    many: bool = False
    panel: str = ""


@dataclass(frozen=True)
class Argument:
    """A word that stands by itself on the command line."""

    name: str
    help: str
    required: bool = True
    many: bool = False


@dataclass(frozen=True)
class Command:
    """One command: `module` is below `advisor.cli` and has `run(environment, request)`.

    With `answers` it takes a person's answers as flags and files; with `rules` it needs a
    valid rule base. `formats` are the values of `--format`, the first being the default.
    """

    name: str
    help: str
    module: str
    answers: bool = False
    rules: bool = True
    formats: tuple[str, ...] = ()
    arguments: tuple[Argument, ...] = ()
    flags: tuple[Flag, ...] = ()
    group: str = ""

    @property
    def run(self) -> Callable[[Environment, Request], int]:
        """The function that does it and returns the exit code."""
        return import_module(f"advisor.cli.{self.module}").run  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Request:
    """What was asked of a command. `facts` are None for commands that take no answers."""

    command: Command
    rules_folder: Path | None
    format: str
    values: dict[str, object] = field(default_factory=dict)
    loaded: RuleBase | None = None
    facts: Facts | None = None
    country: str = ""

    @property
    def rules(self) -> RuleBase:
        """The rule base, for a command that has one."""
        if self.loaded is None:
            raise LookupError(self.command.name)
        return self.loaded

    @property
    def person(self) -> Facts:
        """The answers, for a command that takes them."""
        if self.facts is None:
            raise LookupError(self.command.name)
        return self.facts

    @property
    def options(self) -> tuple[str, ...]:
        """The flags, besides answers, that a reproducing command line needs."""
        rules = ("--rules", str(self.rules_folder)) if self.rules_folder else ()
        return (*rules, *(("--country", self.country) if self.values.get("country") else ()))


COUNTRY = Flag(
    "country",
    "Where you are, in two letters (such as GB), for the emergency number; or from the locale.",
)
EXERCISE = Argument("exercise", "An exercise: its id, its name or another name for it.")

COMMANDS = (
    Command(
        "ask",
        "Answer a few questions and get a plan (the same as no command at all).",
        "ask",
        answers=True,
        formats=REPORTS,
        flags=(Flag("save", "Keep the answers in this file, so that you can go on later."),),
    ),
    Command(
        "plan",
        "A plan from flags and files, never a prompt.",
        "plan",
        answers=True,
        formats=REPORTS,
        flags=(
            Flag(
                "how",
                "Under each line, the rules behind it, the answers they rest on, their sources.",
                bool,
                default=False,
            ),
            Flag(
                "brief",
                "JSON, and of it only what a chat client needs: at most 10 kB.",
                bool,
                default=False,
            ),
        ),
    ),
    Command(
        "check",
        "One exercise for this person: verdict, reasons, how to do it, what to do instead.",
        "check",
        answers=True,
        formats=REPORTS,
        arguments=(EXERCISE,),
    ),
    Command(
        "what-if",
        "The plan now beside the plan with other answers: what changes, and which rules do it.",
        "what_if",
        answers=True,
        formats=REPORTS,
        flags=(
            Flag(
                "change",
                "An answer to change, as FACT=VALUE, named as its flag is. May be repeated.",
                many=True,
            ),
        ),
    ),
    Command(
        "troubleshoot",
        "A back that was sore after leg day: likely causes, and one change to try at a time.",
        "troubleshoot",
        answers=True,
        formats=REPORTS,
    ),
    Command(
        "next", "The next question worth asking.", "next_", answers=True, formats=TEXT_AND_JSON
    ),
    Command(
        "batch",
        "Many people: JSON Lines (or CSV) of answers in, JSON Lines of plans out.",
        "batch",
        arguments=(
            Argument(
                "file",
                "A file with one JSON object of answers a line, or a .csv file whose first line "
                "names the questions, either of them also as .gz; - is standard input.",
            ),
        ),
        flags=(
            Flag(
                "fields",
                "Only these keys of each plan, with commas, and no reasons: level,session",
            ),
            Flag("jobs", "How many processes to use (default: one for each core).", int),
            Flag("csv", "The input is CSV, whatever its name.", bool, default=False),
            Flag(
                "delimiter",
                "What stands between the columns of CSV (default: as its first line has it).",
            ),
            Flag(
                "id",
                "A column or key to carry to the output as it is, as id and name are. "
                "May be repeated.",
                many=True,
            ),
            Flag(
                "screened",
                "State for every person that open screening questions are clear.",
                bool,
                default=False,
            ),
            COUNTRY,
        ),
    ),
    Command("questions", "What can be answered.", "listings", formats=TEXT_AND_JSON),
    Command("exercises", "The catalogue.", "listings", formats=TEXT_AND_JSON),
    Command("sources", "The documents behind the rules.", "listings", formats=TEXT_AND_JSON),
    Command("schema", "The JSON Schema of the plan.", "schema", rules=False),
    Command(
        "check",
        "Read a rule base and list everything that is wrong with it, or might be.",
        "rules_check",
        rules=False,
        formats=("text", "json", "sarif", "github"),
        flags=(
            Flag("strict", "Fail for warnings too.", bool, default=False),
            Flag(
                "notes", "Show what is good to know, though nothing is wrong.", bool, default=False
            ),
            Flag("review_years", "A source is due for review after so many years (3).", int),
            Flag("today", "The day to judge that by, such as 2026-11-21 (today)."),
        ),
        group="rules",
    ),
    Command(
        "explain",
        "What a code of `rules check` means, with an example and a way out; or all codes.",
        "rules_explain",
        rules=False,
        formats=TEXT_AND_JSON,
        arguments=(Argument("code", "A code, such as unknown-fact.", required=False),),
        group="rules",
    ),
    Command(
        "test",
        "Run the cases and the rules' own examples; measure what they cover and what they notice.",
        "rules_test",
        formats=TEXT_AND_JSON,
        flags=(
            Flag("cases", "The folder of the cases (default: tests/cases beside the rule base)."),
            Flag(
                "coverage", "Show which rules and comparisons nothing meets.", bool, default=False
            ),
            Flag("threshold", "Fail when coverage is below this percentage.", int),
            Flag(
                "mutate",
                "Make small mistakes in the rules and see which ones nothing notices.",
                bool,
                default=False,
            ),
        ),
        group="rules",
    ),
    Command(
        "prove",
        "Decide over all people what must hold for everyone: a proof, or a counterexample.",
        "rules_prove",
        formats=TEXT_AND_JSON,
        flags=(Flag("only", "One invariant: its id."),),
        group="rules",
    ),
    Command(
        "diff",
        "What changed for people between two rule bases: who gains or loses what, with an example.",
        "rules_diff",
        rules=False,
        formats=TEXT_AND_JSON,
        arguments=(
            Argument("old", "A folder of rules, or a git revision of the rule base."),
            Argument("new", "Another one; without it, the rule base as it is now.", required=False),
        ),
        flags=(Flag("fail_on", "relaxed: exit 1 when anything became more permissive."),),
        group="rules",
    ),
    Command(
        "show",
        "One rule in words: when, what, why, on whose word, and how it stands to others.",
        "rules_show",
        formats=TEXT_AND_JSON,
        arguments=(Argument("rule", "The id of a rule."),),
        group="rules",
    ),
    Command(
        "trace",
        "Where each item of guidance went: its fate, and the rules and exercises that carry it.",
        "rules_trace",
        formats=TEXT_AND_JSON,
        flags=(
            Flag("by_rule", "Show each rule and exercise with its items.", bool, default=False),
            Flag("rule", "Show the items of one rule or exercise: its id."),
        ),
        group="rules",
    ),
    Command(
        "graph",
        "What leads to what, from facts to exercises and levels, as Mermaid text.",
        "rules_graph",
        formats=TEXT_AND_JSON,
        arguments=(Argument("name", "A rule, a finding or a question: its id.", required=False),),
        group="rules",
    ),
    Command(
        "new",
        "Add a rule to fill in, with its examples, to the file of its theme.",
        "rules_new",
        rules=False,
        formats=TEXT_AND_JSON,
        arguments=(Argument("id", "The id of the new rule, such as sore-knee-no-jumps."),),
        flags=(Flag("theme", "The theme that it belongs to; without it, a file of its own."),),
        group="rules",
    ),
    Command(
        "fmt",
        "Put rule files in their one form: order of keys, blank lines, width. Comments stay.",
        "rules_fmt",
        rules=False,
        formats=TEXT_AND_JSON,
        arguments=(
            Argument(
                "files", "Files or folders (default: the rule base).", required=False, many=True
            ),
        ),
        flags=(
            Flag("check", "Change nothing; fail if a file has another form.", bool, default=False),
        ),
        group="rules",
    ),
    Command(
        "schema",
        "The JSON Schema of a rule file, for editors; or, for people, every key in Markdown.",
        "rules_schema",
        rules=False,
        formats=("json", "markdown"),
        group="rules",
    ),
)


def find(words: list[str]) -> Command | None:
    """The command that a command line names, looking past flags of the program itself."""
    named = [word for word in words if not word.startswith("-")]
    group = "rules" if named[:1] == ["rules"] else ""
    name = named[1:2] if group else named[:1]
    return next((c for c in COMMANDS if [c.name] == name and c.group == group), None)
