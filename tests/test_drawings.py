"""Drawings: poses that can be, that show what they say, and pictures nobody can misuse."""

from __future__ import annotations

import io
import math
import re
import shutil
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from running import ROOT
from terminal_session import Session

from advisor import load_rules
from advisor.cli.app import run
from advisor.cli.environment import Environment
from advisor.drawing import STYLE, braille, panels
from advisor.drawing.checks import faults
from advisor.drawing.geometry import apart
from advisor.drawing.solver import solved
from advisor.rulebase.problems import RuleBaseError
from advisor.rulebase.shapes import Drawing, Pose, RuleBase

RULES = load_rules()
DRAWN = [name for name, drawing in RULES.drawings.items() if drawing.poses]
SHOULDER = ROOT / "tests" / "shoulder"
RAISE = """
drawings:
  lateral_raise:
    view: front
    anchor: left sole
    x: -5
    work: [left arm, right arm]
    paths: [{point: right.hand, from: down, to: up}]
    poses:
      - name: down
        say: Start
        shows: {trunk: upright, right arm: upright}
        left: {abd: 0}
        right: {abd: 0}
      - name: up
        of: down
        say: "SAID"
        shows: {trunk: upright, right arm: level}
        arms: {shoulder: 85, elbow: 5}
"""


def shoulder_base(folder: Path, drawing: str) -> Path:
    """The rule base about shoulders with a drawing, and the body that all drawings have."""
    shutil.copytree(SHOULDER, folder, dirs_exist_ok=True)
    body = (ROOT / "rules" / "drawings" / "body.yaml").read_text(encoding="utf-8")
    (folder / "body.yaml").write_text(body, encoding="utf-8")
    (folder / "drawings.yaml").write_text(drawing, encoding="utf-8")
    return folder


def with_pose(exercise: str, place: int, pose: Pose) -> RuleBase:
    """The rules with one pose of a drawing changed."""
    drawing = RULES.drawings[exercise]
    poses = (*drawing.poses[:place], pose, *drawing.poses[place + 1 :])
    changed = replace(drawing, poses=poses)
    return replace(RULES, drawings={**RULES.drawings, exercise: changed})


def legday(*words: str, **variables: str) -> tuple[int, str]:
    out = io.StringIO()
    code = run(list(words), Environment(io.StringIO(), out, out, variables))
    return int(code), out.getvalue()


@pytest.mark.parametrize("exercise", DRAWN)
def test_finds_no_fault_in_any_drawing(exercise: str) -> None:
    assert faults(RULES, exercise) == []


@pytest.mark.parametrize("exercise", DRAWN)
def test_keeps_the_length_of_every_leg(exercise: str) -> None:
    body, drawing = RULES.body, RULES.drawings[exercise]
    assert body is not None
    for figure in solved(drawing, body):
        for side in drawing.sides:
            knee = figure.at("knee", side)
            thigh, shin = apart(figure.at("hip", side), knee), apart(figure.at("ankle", side), knee)
            assert math.isclose(thigh, body.lengths["thigh"], abs_tol=1e-6)
            assert math.isclose(shin, body.lengths["shin"], abs_tol=1e-6)


@pytest.mark.parametrize("exercise", DRAWN)
def test_draws_pictures_that_are_well_formed_and_have_a_description(exercise: str) -> None:
    for panel in panels(RULES, exercise):
        root = ET.fromstring(panel.svg)  # noqa: S314 - it is our own
        assert root.get("role") == "img"
        names = [child.tag.rpartition("}")[2] for child in root]
        assert names[:3] == ["title", "desc", "style"]
        labelled = {child.get("id") for child in root if child.get("id")}
        assert set((root.get("aria-labelledby") or "").split()) <= labelled
        assert panel.say in panel.alt


def edits(pose: Pose, drawing: Drawing) -> list[Pose]:
    """One wrong number at a time: 30 degrees off, the sign turned, and what is left of 180."""

    def wrong(number: float) -> list[float]:
        others = [number + 30, number - 30, -number, 180 - number]
        return [each for each in others if abs(each - number) > 1]

    found = [replace(pose, trunk=each) for each in wrong(pose.trunk)]
    for side in drawing.sides:
        for joint in ("hip", "knee"):
            leg = pose.legs.get(side)
            said = getattr(leg, joint) if leg else None
            for each in wrong(said) if said is not None else []:
                bent = replace(leg, **{joint: each})
                found.append(replace(pose, legs={**pose.legs, side: bent}))
    return found


def caught() -> tuple[int, int]:
    """How many wrong numbers in the side views there are, and how many are noticed."""
    tried = noticed = 0
    for exercise in DRAWN:
        drawing = RULES.drawings[exercise]
        if drawing.view != "side":
            continue
        for place, pose in enumerate(drawing.poses):
            for edit in [] if pose.mistake else edits(pose, drawing):
                tried += 1
                noticed += bool(faults(with_pose(exercise, place, edit), exercise))
    return tried, noticed


def test_catches_nine_of_ten_wrong_numbers() -> None:
    tried, noticed = caught()
    assert tried > 100
    assert noticed / tried > 0.9


def test_rejects_a_rounded_back_outside_a_mistake() -> None:
    place, pose = 1, RULES.drawings["goblet_squat"].poses[1]
    found = faults(with_pose("goblet_squat", place, replace(pose, back=42)), "goblet_squat")
    assert any("outside a mistake" in each.message for each in found)


def test_draws_shoulders_with_the_same_code(tmp_path: Path) -> None:
    base = load_rules(shoulder_base(tmp_path, RAISE))
    assert [panel.name for panel in panels(base, "lateral_raise")] == ["down", "up"]
    assert faults(base, "lateral_raise") == []
    assert len(braille(base, "lateral_raise", 80)) > 5


def test_puts_no_tag_of_a_rule_base_into_a_picture(tmp_path: Path) -> None:
    evil = RAISE.replace("SAID", "</desc><script>alert(1)</script><i onload='x'>&")
    drawn = panels(load_rules(shoulder_base(tmp_path, evil)), "lateral_raise")[1]
    tags = {each.tag.rpartition("}")[2] for each in ET.fromstring(drawn.svg).iter()}  # noqa: S314 - that is the question
    assert tags <= {"svg", "title", "desc", "style", "path", "circle", "ellipse"}
    assert "alert(1)" in drawn.alt


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("left sole", "left shoe", "no anchor is called `left shoe`"),
        ("of: down", "of: dwon", "no pose or posture is called `dwon` (did you mean `down`?)"),
        ("right.hand", "right.hnd", "no point is called `right.hnd`"),
        ("from: down", "from: rest", "no pose is called `rest`"),
        ("work: [left arm", "work: [left ear", "no part is called `left ear`"),
        ("left: {abd: 0}", "left: {abd: 0}\n        arms: wings", "no position of the arms"),
        ("lateral_raise", "lateral_rise", "no exercise is called `lateral_rise`"),
        ("x: -5", "x: -5\n    props: [anvil]", "no prop is called `anvil`"),
        ("x: -5", "x: -5\n    words: it is so", "either `poses` or `words`"),
    ],
)
def test_rejects_names_that_there_are_not(tmp_path: Path, old: str, new: str, says: str) -> None:
    with pytest.raises(RuleBaseError) as error:
        load_rules(shoulder_base(tmp_path, RAISE.replace(old, new)))
    assert says in str(error.value)
    assert {each.code for each in error.value.problems} <= {"bad-drawing", "unknown-exercise"}
    assert re.search(r"drawings\.yaml:[0-9]+:", str(error.value))


CODES = {
    "pose-limits": ("elbow: 5}", "elbow: 200}"),
    "pose-contact": ("arms: {shoulder: 85, elbow: 5}", "right_arm: [90, 40]"),
    "pose-words": ("right arm: level", "right arm: upright"),
    "pose-unseen": (
        "right arm: level}\n        arms: {shoulder: 85, elbow: 5}",
        "right arm: upright}\n        arms: side",
    ),
    "pose-catalogue": ("right: {abd: 0}", "right: {abd: 0}\n        trunk: 30"),
}


@pytest.mark.parametrize("code", CODES)
def test_rules_check_refuses_a_pose_that_cannot_be(code: str, tmp_path: Path) -> None:
    assert RAISE.count(CODES[code][0]) == 1, "one place"
    folder = shoulder_base(tmp_path, RAISE.replace(*CODES[code]))
    if code == "pose-catalogue":
        moves = (folder / "moves.yaml").read_text()
        body = (folder / "body.yaml").read_text()
        claim = "{attribute: overhead, value: level, measure: lean, most: 15, says: upright}"
        (folder / "body.yaml").write_text(
            body.replace("  claims:\n", f"  claims:\n    - {claim}\n")
        )
        assert "overhead: level" in moves
    _, told = legday("rules", "check", "--rules", str(folder))
    assert f"[{code}]" in told, told


def test_tells_a_word_that_the_numbers_belie_at_its_line(tmp_path: Path) -> None:
    folder = shoulder_base(tmp_path, RAISE.replace("right arm: level", "right arm: upright"))
    code, out = legday("rules", "check", "--rules", str(folder))
    assert code == 5
    line = next(i for i, each in enumerate(RAISE.splitlines(), 1) if "level" in each)
    assert f"drawings.yaml:{line}:" in out
    assert "`right arm` is not upright" in out


def test_says_in_words_what_cannot_be_seen() -> None:
    seen = legday("rules", "draw", "split_squat")[1]
    heard = legday("rules", "draw", "split_squat", ACCESSIBLE="1")[1]
    dots = re.compile("[\u2801-\u28ff]")
    assert dots.search(seen)
    assert not dots.search(heard)
    assert "working shin upright" in heard
    assert not dots.search(legday("exercises", "split squat")[1])  # no terminal


def test_writes_pictures_into_files(tmp_path: Path) -> None:
    for name, begins in (("a.svg", "<svg"), ("a.html", "<!doctype html>")):
        assert (
            legday("rules", "draw", "split_squat", "leg_press", "--out", str(tmp_path / name))[0]
            == 0
        )
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)
    assert legday("rules", "draw", "--out", str(tmp_path / "a.png"))[0] == 2


def test_needs_no_picture_of_the_network() -> None:
    every = STYLE + "".join(panel.svg for name in DRAWN for panel in panels(RULES, name))
    assert not re.search(r"url\(|href|@import", every)


def test_draws_the_session_in_the_whole_report_at_a_terminal() -> None:
    words = ("plan", "--full", "--screened", "--back-pain", "0", "--equipment", "none")
    with Session(*words, width=110, LC_ALL="C.UTF-8") as seen:
        seen.end()
    with Session(*words, width=110, LC_ALL="C.UTF-8", ACCESSIBLE="1") as heard:
        heard.end()
    dots = re.compile("[\u2801-\u28ff]")
    assert "How each looks" in seen.text
    assert dots.search(seen.text)
    assert not dots.search(heard.text)
    assert not dots.search(legday(*words)[1])  # no terminal
