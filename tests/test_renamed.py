"""A name that changed: answers, flags, files, tables and journals of before go on working."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from running import SHOULDER, inside, legday_json

from advisor import AnswerError, RuleBaseError, advise, load_rules
from advisor.interview.saving import marks, read_saved

OLD = {"alarm_signs": [], "ache": 4, "dislocated": False, "sore_after": ["pushing_up"]}
NEW = {"alarm_signs": [], "shoulder_pain": 4, "dislocated": False, "sore_after": ["push_up"]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shoulder base, in which a question and an exercise had other ids before."""
    made = Path(shutil.copytree(SHOULDER, tmp_path / "mine"))
    for name, entry, old in (
        ("base.yaml", "  shoulder_pain:\n", "ache"),
        ("moves.yaml", "  push_up:\n", "pushing_up"),
    ):
        text = (made / name).read_text()
        assert entry in text
        (made / name).write_text(text.replace(entry, f"{entry}    was: [{old}]\n", 1))
    return made


def test_takes_answers_under_the_old_names(folder: Path) -> None:
    rules = load_rules(folder)
    assert advise(OLD, rules).to_dict() == advise(NEW, rules).to_dict()
    with pytest.raises(AnswerError, match="answered twice"):
        advise({"ache": 1, "shoulder_pain": 2}, rules)


def test_takes_flags_changes_and_exercises_under_the_old_names(folder: Path) -> None:
    told = [
        legday_json("plan", "--rules", str(folder), flag, "4", "--screened")["answers"]
        for flag in ("--ache", "--shoulder-pain")
    ]
    assert told[0] == told[1]
    assert told[0]["shoulder_pain"] == 4
    changed = legday_json("what-if", "--rules", str(folder), "--change", "ache=9")
    assert "shoulder_pain" in json.dumps(changed)
    checked = legday_json("check", "pushing_up", "--rules", str(folder))
    assert checked["exercise"] == "push_up"


def test_takes_tables_under_the_old_names(folder: Path, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("ache,dislocated\n4,no\n")
    done = inside("batch", str(people), "--rules", str(folder))
    assert json.loads(done.stdout)["answers"] == {"shoulder_pain": 4, "dislocated": False}


@pytest.fixture
def before(folder: Path, tmp_path: Path) -> Path:
    """The same base with the ids of before."""
    before = Path(shutil.copytree(folder, tmp_path / "before"))
    for name, old, new in (
        ("base.yaml", "shoulder_pain", "ache"),
        ("moves.yaml", "shoulder_pain", "ache"),
        ("moves.yaml", "push_up", "pushing_up"),
    ):
        text = (before / name).read_text().replace(f"    was: [{new}]\n", "")
        (before / name).write_text(text.replace(old, new))
    return before


def test_keeps_saved_answers_of_before(folder: Path, before: Path) -> None:
    then, now = load_rules(before), load_rules(folder)
    base = {"name": then.name, "version": then.version, "sha256": then.sha256}
    answers = {"ache": 2, "dislocated": True}
    saved = {"answers": answers, "rule_base": base, "marks": marks(then), "stated_clear": ["ache"]}
    read = read_saved(saved, now)
    assert read.answers == {"shoulder_pain": 2, "dislocated": True}
    assert read.stated_clear == ("shoulder_pain",)
    assert not [each for each in read.warnings if "shoulder_pain" in each or "ache" in each]


def test_keeps_journals_of_before(folder: Path, before: Path, tmp_path: Path) -> None:
    book = str(tmp_path / "j.sqlite")
    kept = ["--journal", book]
    answers = ["--ache", "1", "--dislocated", "no", "--gear", "none", "--alarm-signs", "none"]
    inside("plan", "--rules", str(before), *answers, *kept, "--keep")
    did = ["--did", "pushing_up=2x8", "--before", "1"]
    assert inside("log", "--rules", str(before), *kept, *did).returncode == 0
    shown = legday_json("journal", "show", "--rules", str(folder), *kept)
    told = json.dumps(shown)
    assert "push_up" in told
    assert "pushing_up" not in told
    assert "ache" not in {each["fact"] for each in shown["answers"]}


@pytest.mark.parametrize("was", ["dislocated", "shoulder_pain"])
def test_rejects_a_name_of_before_that_is_one_of_now(folder: Path, was: str) -> None:
    text = (folder / "base.yaml").read_text()
    (folder / "base.yaml").write_text(text.replace("was: [ache]", f"was: [{was}]"))
    with pytest.raises(RuleBaseError, match="already"):
        load_rules(folder)
