"""A slip in the shipped rules does not get through: each is caught, by the tool meant to, in place.

Every row is one edit of a copy of the shipped rule base, as a tired author would make it.
"""

# ruff: noqa: E501 - what is edited is quoted as it stands

from __future__ import annotations

import json
import shlex
import shutil
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from running import ROOT
from running import legday as in_a_shell
from well import legday

RULES = ROOT / "rules"
CASES = ROOT / "tests" / "cases"
TODAY = "2026-11-21"
LESS_THAN_CARE = """\
  disc-no-hack-squat:
    theme: Back history
    when: {disc_history: yes}
    avoid: {equipment: hack_squat}
    because: It is added.
    sources: [careful-reasoning]
    fires: {disc_history: yes}
    silent: {disc_history: no}

"""
EITHER_WAY = "any: [{core_bracing: no, hips_lift: yes}, {core_bracing: no, hips_lift: no}]"
SPINE = "themes/spine-history.yaml"
PRESS, GEAR = "themes/leg-press.yaml", "themes/equipment.yaml"

FINE = {"ok", "caution"}


class Slip(NamedTuple):
    """An edit of a file of the rule base: what stood there, once, and what stands there now."""

    file: str
    old: str
    new: str


class Place(NamedTuple):
    """A place in a file of the edited rule base, by a text that is there once."""

    file: str
    text: str


class Checked(NamedTuple):
    """A slip, and what a check tells of it: the code, where it points, and the hint."""

    name: str
    slip: Slip
    code: str
    at: str | Place  # a part of the new text, or a place elsewhere
    hint: str


def seeded(folder: Path, *slips: Slip) -> Path:
    """A copy of the shipped rule base with these edits in it."""
    copy = folder / "rules"
    shutil.copytree(RULES, copy)
    for slip in slips:
        text = (copy / slip.file).read_text()
        assert text.count(slip.old) == 1, f"{slip.file} has it {text.count(slip.old)} times"
        assert slip.old != slip.new
        (copy / slip.file).write_text(text.replace(slip.old, slip.new))
    return copy


def line_of(folder: Path, place: Place) -> int:
    text = (folder / place.file).read_text()
    assert text.count(place.text) == 1, f"{place.file} has it {text.count(place.text)} times"
    return text[: text.index(place.text)].count("\n") + 1


def problems(folder: Path) -> list[dict[str, Any]]:
    code, out, _ = legday(
        "rules", "check", "--rules", str(folder), "--format", "json", "--today", TODAY
    )
    told: list[dict[str, Any]] = json.loads(out)["problems"]
    assert (code != 0) is any(each["severity"] == "error" for each in told)
    return told


# The whole of a rule, whatever its words.
DISC_RULE = (
    "  disc-or-sciatica-no-leg-press:"
    + ((RULES / SPINE).read_text().partition("  disc-or-sciatica-no-leg-press:")[2]).partition(
        "  past-sciatica-leg-press-short:"
    )[0]
)
NEXT_RULE = "  past-sciatica-leg-press-short:\n    theme: Back history\n"
# Its items of guidance stay encoded, so that the rules still load.
WITHOUT_DISC_RULE = Slip(SPINE, DISC_RULE + NEXT_RULE, NEXT_RULE + "    encodes: [0-26, 0-27]\n")
LIGHTER_WEAKNESS = Slip(
    "themes/emergency.yaml",
    "when: {emergency_signs: leg_weakness}\n    level: emergency",
    "when: {emergency_signs: leg_weakness}\n    level: professional",
)
LIGHTER_NIGHT_PAIN = Slip(
    "themes/urgent.yaml",
    "when: {urgent_signs: night_pain}\n    level: urgent",
    "when: {urgent_signs: night_pain}\n    level: modified",
)
NO_WEIGHT_NEEDED = Slip(
    GEAR, "avoid: {hand_weight: required}", "avoid: {hand_weight: required, pattern: calf}"
)

CHECKED = [Checked(*row) for row in (
    ("flipped-condition",
     Slip(PRESS, "when: {hips_lift: yes}", "when: {hips_lift: no}"),
     "example-does-not-fire", Place(PRESS, "fires: {hips_lift: yes}"), ""),
    ("nothing-selected",
     Slip(SPINE, "{lumbar_flexion_risk: high, except: deadlift}", "{lumbar_flexion_risk: high, tier: entry}"),
     "selector-matches-nothing", "{lumb", ""),
    ("exercise-misspelled",
     Slip("themes/axial-load.yaml", "avoid: barbell_hip_thrust", "avoid: barbell_hip_trust"),
     "unknown-exercise", "barbell", "did you mean `barbell_hip_thrust`?"),
    ("shared-alias",
     Slip("exercises/hip-dominant.yaml", "hip bridge, butt lift]", "hip bridge, clamshells]"),
     "duplicate-name", "clamshells", ""),
    ("finding-cycle",
     Slip("findings.yaml", "when: {back_pain: at least 1}", "when: {back_needs_care: yes}"),
     "circular-findings", Place("findings.yaml", "  back_gives_pain:\n"), ""),
    ("key-twice",
     Slip(SPINE, "    level: modified\n    because: >-\n      A disc", "    level: modified\n    level: entry\n    because: >-\n      A disc"),
     "duplicate-key", "level: entry", ""),
    ("id-in-two-files",
     Slip("themes/urgent.yaml", "  night-pain-urgent:", "  disc-history-modified:"),
     "duplicate-id", "disc", ""),
    ("fact-misspelled",
     Slip(PRESS, "when: {hips_lift: yes}", "when: {hip_lift: yes}"),
     "unknown-fact", "hip_lift", "did you mean `hips_lift`?"),
    ("choice-misspelled",
     Slip(PRESS, "when: {hip_mobility: limited}", "when: {hip_mobility: limitd}"),
     "unknown-choice", "limitd", "did you mean `limited`?"),
    ("source-misspelled",
     Slip(SPINE, "snook-1998", "snok-1998"),
     "unknown-source", "snok", "did you mean `snook-1998`?"),
    ("no-reason",
     Slip(SPINE, "    because: The more you lean forward under a weight, the more the low back has to carry.\n", ""),
     "missing-because", Place(SPINE, "flexion-care-no-deep-lean:"), ""),
    ("no-sources",
     Slip(SPINE, "    sources: [{snook-1998: early morning bending}]\n", ""),
     "missing-sources", Place(SPINE, "disc-not-right-after-waking:"), ""),
    ("cap-upside-down",
     Slip("themes/dose.yaml", "sets: at most 2\n      reps: at most 10", "sets: at least 2\n      reps: at most 10"),
     "wrong-direction", "at least", ""),
    ("same-either-way",
     Slip(PRESS, "when: {core_bracing: no}\n    about", f"when: {{{EITHER_WAY}}}\n    about"),
     "inexact-condition", "when", ""),
    ("rule-forgotten", Slip(SPINE, DISC_RULE, ""), "guidance-not-encoded",
     Place("guidance.yaml", '"0-26":'), ""),
    ("two-doses-of-one-pattern",
     Slip("base.yaml", "name: Thighs, second move\n    patterns: [knee_dominant]\n    dose:\n      sets: 3", "name: Thighs, second move\n    patterns: [knee_dominant]\n    dose:\n      sets: 4"),
     "dose-clash", "sets: 4", ""),
    ("this-of-nothing", Slip(GEAR, "    for_each: equipment\n", ""),
     "this-outside-for-each", Place(GEAR, "when: {not: {equipment: this}}"), ""),
    ("unread-question",
     Slip("questions.yaml", "questions:\n", "questions:\n  left_handed:\n    theme: You\n    ask: Do you use your left hand?\n    type: yes/no\n"),
     "unread-question", "left_handed", ""),
    ("nothing-instead",
     Slip(SPINE, "avoid: {trunk_lean: high}\n    because: The more", "avoid: {pattern: trunk}\n    because: The more"),
     "no-stand-in", "{pattern", ""),
    ("rule-that-adds-nothing",
     Slip(SPINE, "  # How much.\n", LESS_THAN_CARE + "  # How much.\n"),
     "useless-rule", "disc-no-hack", ""),
    ("finding-nobody-uses",
     Slip("findings.yaml", "findings:\n", "findings:\n\n  stiff:\n    means: your hips are stiff\n    when: {hip_mobility: severe}\n"),
     "unused-finding", "stiff:", ""),
    ("value-of-no-exercise",
     Slip("base.yaml", "values: [no, back, side, front]", "values: [no, back, side, front, edge]"),
     "value-never-used", "values", ""),
    ("source-long-unread",
     Slip("sources.yaml", "reviewed: 2026-11-21\n    note: Names no sources.", "reviewed: 2020-11-21\n    note: Names no sources."),
     "review-due", "2020", ""),
    ("source-nobody-cites",
     Slip("themes/patterns.yaml", ", {adams-1987: stiffness in the morning}", ""),
     "source-not-cited", Place("sources.yaml", "  adams-1987:"), ""),
)]  # fmt: skip


def beside_each_other(rows: list[Checked]) -> list[Checked]:
    """Rows whose edits do not touch each other, from the first one on."""
    texts = {row.slip.file: (RULES / row.slip.file).read_text() for row in rows}
    found = []
    for row in rows:
        text, slip = texts[row.slip.file], row.slip
        if text.count(slip.old) == 1:
            texts[slip.file] = text.replace(slip.old, slip.new)
            found.append(row)
    return found


@pytest.fixture(scope="module")
def caught(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The slips that are told where they were made.

    All are made at once, and those that were told are mended before the next check, as an author
    would: what is wrong with a file comes before what the rules come to.
    """
    left, names = CHECKED, set[str]()
    while left:
        rows = beside_each_other(left)
        copy = seeded(tmp_path_factory.mktemp("slips"), *(row.slip for row in rows))
        told = {
            (each["code"], each["file"], each["line"]): [each["hint"], ""]
            for each in problems(copy)
        }
        keys = {row.name: (row.code, *place_of(row, copy)) for row in rows}
        new = {row.name for row in rows if row.hint in told.get(keys[row.name], ())}
        if not new:
            break
        names |= new
        left = [row for row in left if row.name not in names]
    return names


def place_of(row: Checked, copy: Path) -> tuple[str, int]:
    """The file and line of an edited copy that a row points at."""
    if isinstance(row.at, Place):
        return row.at.file, line_of(copy, row.at)
    below = row.slip.new[: row.slip.new.index(row.at)].count("\n")
    return row.slip.file, line_of(copy, Place(row.slip.file, row.slip.new)) + below


@pytest.mark.xdist_group("slips")
@pytest.mark.parametrize("name", [row.name for row in CHECKED])
def test_catches_by_checking(name: str, caught: set[str]) -> None:
    assert name in caught


def test_check_has_nothing_to_say_of_the_shipped_rules() -> None:
    assert problems(RULES) == []


# Name, edit, the case that fails, the file of that case.
TESTED: list[tuple[str, Slip, str, str]] = [
    ("emergency-made-light-of", LIGHTER_WEAKNESS, "foot-that-drags", "emergency.yaml"),
    ("warning-sign-overheard", LIGHTER_NIGHT_PAIN, "pain-that-keeps-one-awake",
     "warning-signs.yaml"),
    ("goblet-squat-without-a-weight", NO_WEIGHT_NEEDED, "beginner-with-nothing-but-a-floor", "healthy.yaml"),
    ("level-too-careful",
     Slip(SPINE, "when: {sciatica: past}\n    about: back\n    level: modified\n    because",
          "when: {sciatica: past}\n    about: back\n    level: entry\n    because"), "sciatica-long-gone", "history.yaml"),
    ("load-too-high",
     Slip(SPINE, "dose: {load_percent: at most 70, percent", "dose: {load_percent: at most 90, percent"),
     "disc-of-last-year", "patterns.yaml"),
    ("alarm-over-an-ache",
     Slip("themes/pain-today.yaml",
          "level: professional\n    action: >-\n      Skip leg day for now.",
          "level: urgent\n    action: >-\n      Skip leg day for now."), "ache-of-5", "sore-today.yaml"),
]  # fmt: skip


@pytest.fixture(scope="module")
def failed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """The cases that fail with all these slips made at once: none touches what another does."""
    copy = seeded(tmp_path_factory.mktemp("tested"), *(slip for _, slip, *_ in TESTED))
    code, out, err = legday(
        "rules", "test", "--rules", str(copy), "--cases", str(CASES), "--format", "json"
    )
    assert code == 1, err
    return {each["name"]: each for each in json.loads(out)["failed"]}


@pytest.mark.xdist_group("slips")
@pytest.mark.parametrize(("case", "file"), [row[2:] for row in TESTED], ids=[r[0] for r in TESTED])
def test_catches_by_testing(case: str, file: str, failed: dict[str, dict[str, Any]]) -> None:
    assert (case in failed, failed[case]["kind"], failed[case]["file"]) == (True, "case", file)
    assert failed[case]["line"] == line_of(CASES, Place(file, f"\n{case}:\n")) + 1


def test_catches_a_forgotten_rule_by_the_cases_that_name_it(tmp_path: Path) -> None:
    copy = seeded(tmp_path, WITHOUT_DISC_RULE)
    code, _, err = legday("rules", "test", "--rules", str(copy), "--cases", str(CASES))
    assert code == 2
    assert "history.yaml:" in err
    assert "no rule is called `disc-or-sciatica-no-leg-press`" in err


# The solver may show any of the people who break an invariant, so a level is one of several.
TRAINS = {"go", "modified", "entry"}
# Name, edit, the invariant that fails, the levels its person may get, what is wrongly allowed.
PROVED: list[tuple[str, Slip, str, set[str], str]] = [
    ("disc-rule-forgotten", WITHOUT_DISC_RULE, "disc-history-never-leg-press", TRAINS,
     "leg_press_calf_raise"),
    ("emergency-made-light-of", LIGHTER_WEAKNESS, "emergency-sign-is-an-emergency",
     {"professional"}, ""),
    ("warning-sign-overheard", LIGHTER_NIGHT_PAIN, "urgent-signs-are-never-overheard",
     TRAINS, ""),
    ("goblet-squat-without-a-weight", NO_WEIGHT_NEEDED, "no-hand-weight-no-loaded-exercise",
     TRAINS, "goblet_squat"),
    # What a finding loses, no invariant loses along with it.
    ("finding-loses-an-answer",
     Slip("findings.yaml", "        - soreness_onset: [next_day, hours_after, during]\n", ""),
     "a-sore-back-carries-nothing-heavy", TRAINS, ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("slip", "invariant", "levels", "allowed"),
    [row[1:] for row in PROVED],
    ids=[row[0] for row in PROVED],
)
def test_catches_by_proving(
    tmp_path: Path, slip: Slip, invariant: str, levels: set[str], allowed: str
) -> None:
    copy = seeded(tmp_path, slip)
    code, out, _ = legday(
        *("rules", "prove", "--only", invariant, "--rules", str(copy), "--format", "json")
    )
    assert code == 1
    found = {each["invariant"]: each for each in json.loads(out) if not each["holds"]}
    shown = found[invariant]["counterexample"]
    # Pasted into a shell, the command line shows the same person.
    program, *words = shlex.split(shown["command"])
    assert program == "legday"
    assert words[words.index("--rules") + 1] == str(copy)
    plan = json.loads(in_a_shell(*words, "--format", "json").stdout)
    assert plan["level"] == shown["plan_level"]
    assert plan["level"] in levels
    assert sorted(fine(plan)) == sorted(shown["allowed"])
    assert not allowed or allowed in fine(plan)


def fine(plan: dict[str, Any]) -> list[str]:
    """The exercises that a plan allows."""
    return [name for name, each in plan["verdicts"].items() if each["verdict"] in FINE]
