"""Bases over bases: an overlay means what one base with all its entries would mean."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import ROOT, SHOULDER, inside, legday_json

from advisor import advise, load_rules
from advisor.rulebase.problems import RuleBaseError

OVERLAYS = ROOT / "examples" / "overlays"
HEAD = "rule_base: {{extends: {base}, name: mine, version: '1', title: Mine}}\n"
MOVE = """
exercises:
  arm_circle:
    {replaces}
    name: Arm circle
    attributes: {{pattern: raise, overhead: low, gear: []}}
    cues: {{movement: [Draw a circle.]}}
    sources: [plain-sense]
"""


def overlay(folder: Path, text: str, base: str = SHOULDER) -> Path:
    """A folder with one file that extends a base."""
    folder.mkdir(exist_ok=True)
    (folder / "mine.yaml").write_text(HEAD.format(base=base) + text)
    return folder


def test_adds_an_entry(tmp_path: Path) -> None:
    rules = load_rules(overlay(tmp_path / "mine", MOVE.format(replaces="per_side: no")))
    below = load_rules(SHOULDER)
    assert [*rules.exercise] == [*below.exercise, "arm_circle"]
    assert (rules.name, rules.title) == ("mine", "Mine")
    assert {each.id for each in rules.rules if not each.catalogue} == {
        each.id for each in below.rules if not each.catalogue
    }


def test_an_entry_takes_the_place_of_another(tmp_path: Path) -> None:
    text = MOVE.format(replaces="replaces: wall_slide") + (
        "rules:\n  slipped-not-overhead:\n    replaces: slipped-not-overhead\n"
        "    when: {dislocated: yes}\n    avoid: {overhead: high}\n    because: It is so.\n"
        "    sources: [plain-sense]\n    fires: {dislocated: yes}\n    silent: {dislocated: no}\n"
    )
    rules = load_rules(overlay(tmp_path / "mine", text))
    ids = [*load_rules(SHOULDER).exercise]
    assert [*rules.exercise] == ["arm_circle" if each == "wall_slide" else each for each in ids]
    assert (
        next(each for each in rules.rules if each.id == "slipped-not-overhead").because
        == "It is so."
    )


def test_takes_entries_away(tmp_path: Path) -> None:
    rules = load_rules(overlay(tmp_path / "mine", "removes: [prefer-dumbbells, band_rotation]\n"))
    assert "band_rotation" not in rules.exercise
    assert "prefer-dumbbells" not in {each.id for each in rules.rules}


def test_replaces_a_section_that_stands_once(tmp_path: Path) -> None:
    text = "session: {replaces: session, at_most: 1}\n"
    assert load_rules(overlay(tmp_path / "mine", text)).session_at_most == 1


def test_means_the_same_as_one_base_with_all_entries(tmp_path: Path) -> None:
    over = load_rules(overlay(tmp_path / "mine", MOVE.format(replaces="per_side: no")))
    whole = tmp_path / "whole"
    whole.mkdir()
    for path in Path(SHOULDER).glob("*.yaml"):
        (whole / path.name).write_text(path.read_text())
    (whole / "z.yaml").write_text(MOVE.format(replaces="per_side: no"))
    answers = {"alarm_signs": [], "shoulder_pain": 2, "dislocated": False, "gear": ["dumbbells"]}
    told = [advise(answers, rules).to_dict() for rules in (over, load_rules(whole))]
    for each in told:
        del each["rule_base"]
    assert json.dumps(told[0]) == json.dumps(told[1])


def test_lays_an_overlay_over_an_overlay(tmp_path: Path) -> None:
    overlay(tmp_path / "gym", MOVE.format(replaces="per_side: no"))
    text = "removes: [arm_circle]\n"
    assert "arm_circle" not in load_rules(overlay(tmp_path / "mine", text, "../gym")).exercise


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (MOVE.format(replaces="replaces: wall_slid"), "`wall_slid` is not in `exercises` of what"),
        ("removes: [nothing-such]\n", "`nothing-such` is not in what this extends"),
        (MOVE.format(replaces="per_side: no").replace("arm_circle:", "push_up:"),
         "`push_up` is defined twice (first in shoulder/moves.yaml:"),
        ("session: {at_most: 1}\n", "`session` is defined twice (first in shoulder/base.yaml:"),
        ("removes: [push_up]\nrules:\n  a: {when: {shoulder_pan: 1}}\n", "mine/mine.yaml:"),
    ],
)  # fmt: skip
def test_names_both_layers_of_a_problem(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(RuleBaseError) as refused:
        load_rules(overlay(tmp_path / "mine", text))
    assert says in str(refused.value)
    assert {each.file.partition("/")[0] for each in refused.value.problems} <= {"mine", "shoulder"}


def test_lays_each_folder_that_is_named_over_those_before_it(tmp_path: Path) -> None:
    first = overlay(tmp_path / "first", MOVE.format(replaces="per_side: no"))
    second = tmp_path / "second"
    second.mkdir()
    (second / "mine.yaml").write_text("removes: [arm_circle, band_rotation]\n")
    rules = load_rules([first, second])
    assert [*rules.exercise] == [e for e in load_rules(SHOULDER).exercise if e != "band_rotation"]
    words = ("--rules", str(first), "--rules", str(second))
    plan = legday_json("plan", "--screened", "--shoulder-pain", "0", *words)
    assert plan["rule_base"]["sha256"] == rules.sha256
    assert f"--rules {first} --rules {second}" in plan["command"]


def test_what_a_folder_extends_gives_way_to_those_named_before_it(tmp_path: Path) -> None:
    first = overlay(tmp_path / "first", "removes: [band_rotation]\n")
    second = overlay(tmp_path / "second", MOVE.format(replaces="per_side: no"))
    assert "band_rotation" in load_rules(second).exercise
    assert "band_rotation" not in load_rules([first, second]).exercise


def test_names_the_layers_of_a_problem_that_are_named_one_by_one(tmp_path: Path) -> None:
    again = tmp_path / "again"
    again.mkdir()
    (again / "mine.yaml").write_text(MOVE.format(replaces="").replace("arm_circle", "push_up"))
    done = inside("rules", "check", "--rules", SHOULDER, "--rules", str(again))
    assert done.returncode == 5
    assert "again/mine.yaml:3:3: `push_up` is defined twice (first in shoulder/moves" in done.stdout


def test_rejects_a_folder_that_is_named_twice() -> None:
    done = inside("rules", "check", "--rules", SHOULDER, "--rules", SHOULDER)
    assert (done.returncode, "extends itself in the end" in done.stdout) == (5, True)


def test_rejects_a_base_that_extends_itself(tmp_path: Path) -> None:
    overlay(tmp_path / "one", "", "../two")
    overlay(tmp_path / "two", "", "../one")
    with pytest.raises(RuleBaseError) as refused:
        load_rules(tmp_path / "one")
    assert "bad-layer" in {each.code for each in refused.value.problems}
    assert "extends itself in the end" in str(refused.value)


@pytest.mark.parametrize("name", ["gym", "clinic", "language"])
def test_every_overlay_of_the_examples_is_sound(name: str) -> None:
    done = inside("rules", "check", "--rules", str(OVERLAYS / name))
    assert (done.returncode, done.stderr) == (0, "")


def test_the_overlays_do_what_they_say() -> None:
    calm = {"back_pain": 4, "pain_in_lifts": 0}
    assert advise(calm, load_rules(OVERLAYS / "clinic")).level != "go"
    gym, language = load_rules(OVERLAYS / "gym"), load_rules(OVERLAYS / "language")
    assert gym.exercise["leg_press"].name == "Lying leg press"
    assert "calm-back-swing" not in {each.id for each in gym.rules}
    assert language.levels[0].says.startswith("Du kan")
    assert language.name == "legday"  # so that journals and answers go on


def test_proves_that_nobody_is_permitted_more(tmp_path: Path) -> None:
    stricter = (
        "rules:\n  no-press:\n    when: always\n    avoid: overhead_press\n"
        "    because: Not here.\n    sources: [plain-sense]\n"
    )
    folder = str(overlay(tmp_path / "mine", stricter))
    words = ("rules", "prove", "--stricter-than", SHOULDER, "--rules")
    done = inside(*words, folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert (
        done.stdout == "`mine` permits nobody more than `shoulderday` does: proved for everyone.\n"
    )
    looser = str(overlay(tmp_path / "loose", "removes: [slipped-not-overhead]\n"))
    found = legday_json(*words, looser, code=1)["changes"]
    assert {each["direction"] for each in found} == {"relaxed"}
    assert {"overhead_press"} <= {each["what"] for each in found}
    assert all(each["command_old"] and each["command_new"] for each in found)


def test_the_schema_knows_what_an_overlay_may_say() -> None:
    schema = json.loads(inside("rules", "schema").stdout)
    assert "removes" in schema["properties"]
    assert "replaces" in schema["$defs"]["RuleEntry"]["properties"]


def test_prints_paths_that_a_terminal_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = overlay(tmp_path / "mine", MOVE.format(replaces="nam: x"))
    monkeypatch.chdir(tmp_path)
    for named in (mine, Path("mine"), Path("../") / tmp_path.name / "mine"):
        out = inside("rules", "check", "--rules", str(named)).stdout
        path = out.partition(":")[0]
        assert path == "mine/mine.yaml", out
        assert Path(path).is_file()
