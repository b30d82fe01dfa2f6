"""`legday rules rename`: another id wherever it is named, and answers of before go on working."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from running import ROOT, SHOULDER, inside, legday_json

from advisor import advise, load_rules

CASE = """\
sore-shoulder-no-press:
  says: A sore shoulder does not press overhead.
  answers: {alarm_signs: none, shoulder_pain: 4, dislocated: no, sore_after: [push_up]}
  out: [push_up]
"""
ANSWERS = {"alarm_signs": [], "shoulder_pain": 4, "dislocated": True, "sore_after": ["push_up"]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    cases = tmp_path / "tests" / "cases"
    cases.mkdir(parents=True)
    (cases / "a.yaml").write_text(CASE)
    return Path(shutil.copytree(SHOULDER, tmp_path / "mine"))


def texts(folder: Path) -> dict[Path, str]:
    return {each: each.read_text() for each in folder.parent.rglob("*.yaml")}


@pytest.mark.parametrize(
    ("old", "new"),
    [("shoulder_pain", "ache"), ("push_up", "press_up"), ("sore_after", "sore_from")],
)
def test_goes_on_with_the_old_name_of_what_people_name(folder: Path, old: str, new: str) -> None:
    before = advise(ANSWERS, load_rules(folder)).to_dict()
    assert inside("rules", "rename", old, new, "--rules", str(folder)).returncode == 0
    rules = load_rules(folder)
    assert advise(ANSWERS, rules).level == before["level"]
    assert rules.renamed == {old: new}
    assert old not in {**rules.question, **rules.exercise}
    left = [line for text in texts(folder).values() for line in text.splitlines() if old in line]
    assert [line.strip() for line in left] == [f"was: [{old}]"]
    assert inside("rules", "check", "--rules", str(folder)).returncode == 0
    assert inside("rules", "test", "--rules", str(folder)).returncode == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("plain-sense", "horse-sense"),
        ("slipped-not-overhead", "after-it-slipped"),
        ("cuff", "little_muscles"),
        ("overhead", "height"),
        ("setbacks", "bad_days"),
    ],
)
def test_renames_whatever_has_an_id(folder: Path, old: str, new: str) -> None:
    before = advise(ANSWERS, load_rules(folder)).to_dict()
    made = legday_json("rules", "rename", old, new, "--rules", str(folder))
    assert made["files"]
    after = advise(ANSWERS, load_rules(folder)).to_dict()
    assert list(after["verdicts"]) == list(before["verdicts"])  # type: ignore[call-overload]
    assert after["level"] == before["level"]
    assert f" {old}:" not in "".join(texts(folder).values())


def test_tells_an_exercise_from_other_things_of_the_same_name(tmp_path: Path) -> None:
    made = Path(shutil.copytree(ROOT / "rules", tmp_path / "mine"))
    done = inside("rules", "rename", "leg_press", "sled_press", "--rules", str(made))
    assert "say `exercises:leg_press` or `props:leg_press`" in done.stderr
    done = inside("rules", "rename", "exercises:leg_press", "sled_press", "--rules", str(made))
    assert done.returncode == 0
    rules = load_rules(made)
    assert "leg_press" in rules.attributes["equipment"].values
    assert "leg_press" in rules.props
    assert rules.exercise["sled_press"].attributes["equipment"] == ("leg_press",)
    assert "sled_press" in rules.drawings


def test_a_second_name_keeps_the_first_in_mind(folder: Path) -> None:
    for old, new in (("shoulder_pain", "ache"), ("ache", "soreness")):
        assert inside("rules", "rename", old, new, "--rules", str(folder)).returncode == 0
    rules = load_rules(folder)
    assert set(rules.question["soreness"].was) == {"shoulder_pain", "ache"}
    assert advise({"shoulder_pain": 3}, rules).to_dict() == advise({"soreness": 3}, rules).to_dict()


def test_renames_in_an_overlay_what_is_its_own(folder: Path) -> None:
    over = folder.parent / "over"
    over.mkdir()
    (over / "o.yaml").write_text(
        "rule_base: {extends: ../mine, name: over, version: '1', title: Over}\n"
        "questions:\n  lefty: {ask: Are you left-handed?, type: yes/no}\n"
        "rules:\n  left:\n    when: {lefty: yes}\n    dose: {sets: at most 1}\n"
        "    because: It is so.\n    sources: [plain-sense]\n"
        "    fires: {lefty: yes}\n    silent: {lefty: no}\n"
    )
    assert inside("rules", "rename", "lefty", "left_handed", "--rules", str(over)).returncode == 0
    assert load_rules(over).question["left_handed"].was == ("lefty",)
    done = inside("rules", "rename", "push_up", "press_up", "--rules", str(over))
    assert (done.returncode, "rename it there" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("shoulder_pian", "ache", 2, "did you mean `shoulder_pain`?"),
        ("shoulder_pain", "dislocated", 2, "stands in `questions` already"),
        ("shoulder_pain", "a b", 2, "cannot be an id"),
        ("shoulder_pain", "sore-shoulder", 5, "is not snake_case"),
    ],
)
def test_rejects_what_cannot_be_and_writes_nothing(
    folder: Path, old: str, new: str, code: int, said: str
) -> None:
    before = texts(folder)
    done = inside("rules", "rename", old, new, "--rules", str(folder))
    assert (done.returncode, said in done.stdout + done.stderr) == (code, True), done
    assert texts(folder) == before
    assert sorted(each.name for each in folder.parent.iterdir()) == ["mine", "tests"]
