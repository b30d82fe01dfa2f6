"""Every command has help, is documented, and says what it takes."""

from __future__ import annotations

import re

import pytest
from running import ROOT, SHOULDER, legday, legday_json

from advisor.cli.commands import COMMANDS, Command

README = (ROOT / "README.md").read_text(encoding="utf-8")


def words_of(command: Command) -> list[str]:
    return [*([command.group] if command.group else []), command.name]


def named(command: Command) -> str:
    return " ".join(["legday", *words_of(command)])


def unboxed(text: str) -> str:
    """Help without the boxes around it, and without line breaks."""
    return " ".join(re.sub(r"[│╭╮╰╯─]", " ", text).split())


@pytest.mark.parametrize("command", COMMANDS, ids=named)
def test_explains_itself(command: Command) -> None:
    assert command.help.endswith(".")
    assert all(flag.help for flag in command.flags)
    assert all(argument.help for argument in command.arguments)
    done = legday(*words_of(command), "--help")
    assert (done.returncode, done.stderr) == (0, "")
    text = unboxed(done.stdout)
    assert f"Usage: {named(command)}" in text
    assert command.help in text
    for flag in command.flags:
        assert f"--{flag.name.replace('_', '-')}" in text
        assert unboxed(flag.help) in text


@pytest.mark.parametrize("command", COMMANDS, ids=named)
def test_is_in_the_readme(command: Command) -> None:
    assert re.search(rf"`{named(command)}\b", README), f"README.md says nothing of {named(command)}"


def test_lists_every_command_in_the_help() -> None:
    shown = {"": legday("--help").stdout, "rules": legday("rules", "--help").stdout}
    for command in COMMANDS:
        assert re.search(rf"^│ {command.name} ", shown[command.group], re.MULTILINE)


@pytest.mark.parametrize("command", ["plan", "ask", "check", "next", "troubleshoot"])
def test_groups_the_flags_by_theme_and_shows_the_choices(command: str) -> None:
    shown = legday(command, "--help").stdout
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
    text = unboxed(legday("plan", "--rules", SHOULDER, "--help").stdout)
    assert "--shoulder-pain" in text
    assert "--back-pain" not in text


def test_runs_every_documented_command_of_the_rules_group() -> None:
    documented = set(re.findall(r"`legday rules ([a-z]+)", README))
    assert documented == {command.name for command in COMMANDS if command.group == "rules"}
