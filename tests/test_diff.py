"""A change of the rules is told in words of people: who gains or loses what, with an example."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from random_bases import everyone_said, rule_bases
from running import SHOULDER, inside, legday, legday_json

from advisor import load_rules
from advisor.authoring.diff.changes import Sides
from advisor.authoring.diff.compare import Difference, compare
from advisor.rulebase.shapes import RuleBase

TEXTS = {path.name: path.read_text() for path in Path(SHOULDER).glob("*.yaml")}
BOTH = pytest.mark.parametrize("solve", [True, False], ids=["solved", "searched"])

DAY_A, DAY_B = (f"{{day: {day}, says: some, slots: [main, cuff]}}" for day in "AB")

# What is edited into what, and the changes that follow.
EDITS = [
    ("avoid: {overhead: high, except: wall_slide}", "avoid: {overhead: high}",
     {("lost", ("wall_slide",))}),
    ("avoid: {overhead: high, except: wall_slide}", "avoid: wall_slide",
     {("lost", ("wall_slide",)), ("gained", ("overhead_press",))}),
    ("    level: emergency", "    level: urgent",
     {("level_relaxed", ("emergency", "urgent"))}),
    ("sets: at most 2, reps_in_reserve: at least 3", "reps_in_reserve: at least 4",
     {("dose_relaxed", ("sets",)), ("dose_tightened", ("reps_in_reserve",))}),
    ("rest_hours: at least 72", "rest_hours: at least 60", {("dose_relaxed", ("rest_hours",))}),
    ("session: {at_most: 2}", "session: {at_most: 1}", {("dose_tightened", ("lines",))}),
    ("    avoid: {overhead: high, except: wall_slide}",
     "    avoid: {overhead: high, except: wall_slide}\n    lines: at most 1",
     {("dose_tightened", ("lines",))}),
    ("session: {at_most: 2}", f"session: {{at_most: 2}}\ndays: {{in_order: [{DAY_A}, {DAY_B}]}}",
     {("dose_relaxed", ("days",))}),
    ("because: Up high a loose shoulder is least steady.", "because: It is so.", set()),
]  # fmt: skip


def edited(folder: Path, old: str, new: str) -> Path:
    """The shoulder's rule base with one thing changed."""
    assert sum(old in text for text in TEXTS.values()) == 1
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text.replace(old, new))
    return folder


def changes(difference: Difference) -> set[tuple[str, tuple[str, ...]]]:
    return {(each.change.kind, each.change.about) for each in difference.examples}


@BOTH
@pytest.mark.parametrize("edit", EDITS, ids=[each[1] for each in EDITS])
def test_finds_what_an_edit_changes_for_people(
    tmp_path: Path, shoulder: RuleBase, edit: tuple[str, str, set[object]], *, solve: bool
) -> None:
    old, new, wanted = edit
    difference = compare(shoulder, load_rules(edited(tmp_path / "new", old, new)), solve=solve)
    assert changes(difference) == wanted
    assert difference.exact is solve


@BOTH
def test_turns_around_when_the_sides_do(tmp_path: Path, shoulder: RuleBase, *, solve: bool) -> None:
    other = load_rules(edited(tmp_path / "new", *EDITS[2][:2]))
    assert compare(shoulder, other, solve=solve).relaxed
    back = compare(other, shoulder, solve=solve)
    assert changes(back) == {("level_tightened", ("urgent", "emergency"))}
    assert not back.relaxed


def test_gives_each_change_a_person_who_meets_it(tmp_path: Path, shoulder: RuleBase) -> None:
    for place, (old, new, _) in enumerate(EDITS):
        other = load_rules(edited(tmp_path / str(place), old, new))
        difference = compare(shoulder, other)
        for each in difference.examples:
            assert each.change in Sides(shoulder, other).changes(each.answers)


def test_knows_an_exercise_and_a_question_that_are_new(tmp_path: Path, shoulder: RuleBase) -> None:
    folder = edited(tmp_path / "new", EDITS[0][0], EDITS[0][0])
    (folder / "more.yaml").write_text("""
questions:
  asleep: {ask: Is your arm asleep?, why: It must wake up., type: yes/no}
exercises:
  arm_circle:
    name: Arm circle
    attributes: {pattern: raise, overhead: low, gear: []}
    cues: {movement: [Draw a circle.]}
    sources: [plain-sense]
rules:
  asleep-wait:
    when: {asleep: yes}
    level: professional
    because: It must wake up.
    sources: [plain-sense]
    fires: {asleep: yes}
    silent: {asleep: no}
""")
    found = changes(compare(shoulder, load_rules(folder)))
    assert ("gained", ("arm_circle",)) in found
    assert ("level_tightened", ("go", "professional")) in found
    assert ("level_tightened", ("go", "")) in found
    assert not any(kind == "level_relaxed" for kind, _ in found)


@settings(max_examples=12)
@given(old=rule_bases(), new=rule_bases())
def test_finds_every_change_that_asking_everyone_finds(old: RuleBase, new: RuleBase) -> None:
    sides = Sides(old, new)
    wanted = {change for answers in everyone_said() for change in sides.changes(answers)}
    difference = compare(old, new, solve=True)
    assert {each.change for each in difference.examples} == wanted


# The command.


def test_prints_who_gains_and_who_loses(tmp_path: Path) -> None:
    folder = str(edited(tmp_path / "new", *EDITS[1][:2]))
    done = inside("rules", "diff", SHOULDER, folder)
    assert (done.returncode, done.stderr) == (0, "")
    gain, loss = done.stdout.split("Some people lose:\n")
    assert gain.startswith("Some people gain:\n  Overhead press (overhead_press)\n    legday plan ")
    assert "Wall slide (wall_slide)" in loss
    for line in done.stdout.splitlines():
        if "legday plan" in line:
            words = shlex.split(line)[1:]
            assert inside(*words, "--rules", folder).returncode in (0, 3, 4)


def test_prints_that_nothing_changed() -> None:
    done = inside("rules", "diff", SHOULDER, SHOULDER, "--fail-on", "relaxed")
    assert (done.returncode, done.stdout, done.stderr) == (0, "Nothing changed for anyone.\n", "")


def test_fails_on_what_is_more_permissive_only_if_asked(tmp_path: Path) -> None:
    folder = str(edited(tmp_path / "new", *EDITS[2][:2]))
    found = legday_json("rules", "diff", SHOULDER, folder)
    (relaxed,) = found["level_relaxed"]
    assert (relaxed["from"], relaxed["to"]) == ("emergency", "urgent")
    assert set(relaxed["example"]) >= {"alarm_signs"}
    assert found["gained"] == found["lost"] == found["level_tightened"] == []
    assert inside("rules", "diff", SHOULDER, folder, "--fail-on", "relaxed").returncode == 1
    assert inside("rules", "diff", folder, SHOULDER, "--fail-on", "relaxed").returncode == 0


def test_compares_with_a_git_revision(tmp_path: Path) -> None:
    folder = edited(tmp_path / "rules", *EDITS[1][:2])
    keep = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    person = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "."], [*person, "commit", "-q", "-m", "first"]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True, env={**os.environ, **keep})  # noqa: S607
    for name, text in TEXTS.items():
        (folder / name).write_text(text)
    found = legday_json("rules", "diff", "HEAD", "--rules", str(folder))
    assert [each["exercise"] for each in found["gained"]] == ["wall_slide"]
    assert [each["exercise"] for each in found["lost"]] == ["overhead_press"]
    done = inside("rules", "diff", "HEAD", "HEAD", "--rules", str(folder))
    assert done.stdout == "Nothing changed for anyone.\n"


@pytest.mark.parametrize("name", ["no-such-revision", "--output=stolen", "HEAD:rules"])
def test_rejects_what_is_no_rule_base(tmp_path: Path, name: str) -> None:
    done = legday("rules", "diff", name, SHOULDER, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert not (tmp_path / "stolen").exists()


def test_rejects_an_unknown_failure() -> None:
    done = inside("rules", "diff", SHOULDER, SHOULDER, "--fail-on", "anything")
    assert done.returncode == 2
    assert "`--fail-on`: `anything` is none of relaxed" in done.stderr


def test_searches_where_the_solver_is_missing(tmp_path: Path) -> None:
    (tmp_path / "z3.py").write_text("raise ModuleNotFoundError(name='z3')\n")
    folder = str(edited(tmp_path / "new", *EDITS[1][:2]))
    words = ("rules", "diff", SHOULDER, folder)
    done = legday(*words, PYTHONPATH=f"{tmp_path}{os.pathsep}{SHOULDER}/../..")
    assert done.returncode == 0
    assert "Overhead press" in done.stdout
    assert "some changes may be missing" in done.stdout
