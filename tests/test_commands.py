"""Every command has help, is documented, and says what it takes."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from importlib import import_module

import pytest
from running import ROOT, SHOULDER, inside, legday_json

from advisor.cli.app import Program
from advisor.cli.journal import JournalCommands
from advisor.cli.rules import RulesCommands

README = "".join(
    (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "rules/README.md")
)


COMMANDS = [
    *(name for name in Program.names if name not in {"rules", "journal"}),
    *(f"journal {name}" for name in JournalCommands.names),
    *(f"rules {name}" for name in RulesCommands.names),
]


def unboxed(text: str) -> str:
    """Help without the boxes around it, and without line breaks."""
    return " ".join(re.sub(r"[│╭╮╰╯─]", " ", text).split())


def run_of(command: str) -> Callable[..., int]:
    name = re.sub("[ -]", "_", command)
    return import_module(f"advisor.cli.{name}").run  # type: ignore[no-any-return]


@pytest.mark.parametrize("command", COMMANDS)
def test_explains_itself(command: str) -> None:
    run = run_of(command)
    done = inside(*command.split(), "--help")
    assert (done.returncode, done.stderr) == (0, "")
    text = unboxed(done.stdout)
    assert f"Usage: legday {command}" in text
    assert run.__doc__ is not None
    assert run.__doc__.endswith(".")
    assert run.__doc__ in text
    _, *parameters = inspect.signature(run, eval_str=True).parameters.values()
    for parameter in parameters:
        [typer] = parameter.annotation.__metadata__
        assert typer.help.endswith((".", "session"))
        assert unboxed(typer.help) in text


@pytest.mark.parametrize("command", COMMANDS)
def test_is_in_the_readme(command: str) -> None:
    named = f"legday {command}"
    assert re.search(rf"`{named}\b", README), f"README.md says nothing of {named}"


def test_lists_every_command_in_the_help() -> None:
    groups = ("rules", "journal")
    shown = {"": inside("--help").stdout} | {each: inside(each, "--help").stdout for each in groups}
    for command in COMMANDS:
        group, _, name = command.rpartition(" ")
        assert re.search(rf"^│ {name} ", shown[group], re.MULTILINE)


@pytest.mark.parametrize("command", ["plan", "ask", "check", "next", "troubleshoot"])
def test_groups_the_flags_by_theme_and_shows_the_choices(command: str) -> None:
    shown = inside(command, "--help").stdout
    text = unboxed(shown)
    themes = dict.fromkeys(each["theme"] for each in legday_json("questions"))
    places = [shown.index(f"╭─ {theme} ─") for theme in themes]
    assert places == sorted(places)
    for question in legday_json("questions"):
        assert question["flag"] in text
        assert question["ask"] in text
    assert "(never | past | current | chronic)" in text
    assert "(yes | no)" in text
    assert "(0 to 10)" in text
    assert "none, or one or more of: saddle_numbness, bladder_change" in text


def test_makes_flags_from_the_questions_of_another_rule_base() -> None:
    text = unboxed(inside("plan", "--rules", SHOULDER, "--help").stdout)
    assert "--shoulder-pain" in text
    assert "--back-pain" not in text


def test_runs_every_documented_command_of_the_rules_group() -> None:
    documented = set(re.findall(r"`legday rules ([a-z]+)", README))
    assert documented == {*RulesCommands.names}
