"""A change of the rules is told in words of people: who gains or loses what, with an example."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from random_bases import everyone_said, rule_bases
from running import SHOULDER, inside, legday, legday_json

from advisor import load_rules
from advisor.authoring.diff.changes import Found, Sides
from advisor.authoring.diff.compare import Difference, compare, may_change, told_apart
from advisor.authoring.diff.entries import edits
from advisor.authoring.diff.solved import solve_for
from advisor.rulebase.shapes import RuleBase

TEXTS = {path.name: path.read_text() for path in Path(SHOULDER).glob("*.yaml")}
BOTH = pytest.mark.parametrize("solve", [True, False], ids=["solved", "searched"])

DAY_A, DAY_B = (f"{{day: {day}, says: some, slots: [main, cuff]}}" for day in "AB")

# What is edited into what, and the changes of what people are permitted.
EDITS = [
    ("avoid: {overhead: high, except: wall_slide}", "avoid: {overhead: high}",
     {("exercise", "tightened", "wall_slide")}),
    ("avoid: {overhead: high, except: wall_slide}", "avoid: wall_slide",
     {("exercise", "tightened", "wall_slide"), ("exercise", "relaxed", "overhead_press")}),
    ("    level: emergency", "    level: urgent", {("level", "relaxed", "level")}),
    ("sets: at most 2, reps_in_reserve: at least 3", "reps_in_reserve: at least 4",
     {("dose", "relaxed", "sets"), ("dose", "tightened", "reps_in_reserve")}),
    ("rest_hours: at least 72", "rest_hours: at least 60", {("schedule", "relaxed", "rest_hours")}),
    ("session: {at_most: 2}", "session: {at_most: 1}", {("schedule", "tightened", "lines")}),
    ("    avoid: {overhead: high, except: wall_slide}",
     "    avoid: {overhead: high, except: wall_slide}\n    lines: at most 1",
     {("schedule", "tightened", "lines")}),
    ("session: {at_most: 2}", f"session: {{at_most: 2}}\ndays: {{in_order: [{DAY_A}, {DAY_B}]}}",
     {("schedule", "relaxed", "days")}),
    ("because: Up high a loose shoulder is least steady.", "because: It is so.", set()),
]  # fmt: skip
# Edits that matter, five of each kind, with what is told of them.
MATTER = [
    # a level
    ("    level: emergency", "    level: urgent", "level", "relaxed"),
    ("    level: emergency", "    level: professional", "level", "relaxed"),
    ("when: {alarm_signs: some}", "when: {alarm_signs: arm_numb}", "level", "relaxed"),
    ("    level: modified\n", "    level: entry\n", "level", "tightened"),
    ("level: professional\n    action", "level: urgent\n    action", "level", "tightened"),
    # a limit
    ("limit: Stop short of where it hurts.", "limit: Go as far as you like.", "limit", "relaxed"),
    ("when: {shoulder_pain: 1 to 6}", "when: {shoulder_pain: 2 to 6}", "limit", "relaxed"),
    ("pattern: [press, raise]}\n      limit", "pattern: press}\n      limit", "limit", "relaxed"),
    ("    avoid: {overhead: high, except: wall_slide}",
     ("    avoid: {overhead: high, except: wall_slide}\n"
     "    caution: {exercises: push_up, limit: Low.}"), "limit", "tightened"),
    ("pattern: [press, raise]}\n      limit", "pattern: [press, raise, rotation]}\n      limit",
     "limit", "tightened"),
    # the words of a referral, and of when to stop
    ("Call your local emergency number.", "Lie down and wait.", "text", "relaxed"),
    ("Please get medical help now.", "Get help if you like.", "text", "relaxed"),
    ("Ask a physical therapist to look at your shoulder.", "Rest a week.", "text", "relaxed"),
    ("Call your doctor today.", "Call somebody.", "text", "other"),
    ("say: A sharp pain in the shoulder.", "say: Never stop.", "text", "relaxed"),
    # a pick
    ("prefer: {exercises: {gear: dumbbells}, weight: 2}",
     "prefer: {exercises: push_up, weight: 2}", "pick", "other"),
    ("    patterns: [press, raise]", "    patterns: [raise]", "pick", "other"),
    ("prefer: {exercises: {gear: dumbbells}, weight: 2}",
     "prefer: {exercises: wall_slide, weight: 2}", "pick", "other"),
    ("prefer: {exercises: {gear: dumbbells}, weight: 2}",
     "prefer: {exercises: {gear: bands}, weight: 2}", "pick", "other"),
    ("prefer: {exercises: {gear: dumbbells}, weight: 2}",
     "prefer: {exercises: lateral_raise, weight: 2}", "pick", "other"),
    # a question
    ("ask: Has your shoulder ever slipped out?", "ask: Is it loose?", "question", "other"),
    ("help: 0 is no pain, 10 is the worst there is.", "help: A number.", "question", "other"),
    ("why: A sore shoulder needs less load.", "why: We ask.", "question", "other"),
    ("arm_numb: The whole arm is numb", "arm_numb: The arm tingles", "question", "other"),
    ("label: A tight chest", "label: A chest", "question", "other"),
]  # fmt: skip
NO_MATTER = [
    ("    because: Sharp pain is a sign to stop.",
     "    # as everybody says\n    because: Sharp pain is a sign to stop."),
    ("    because: Sharp pain is a sign to stop.", '    because: "Sharp pain is a sign to stop."'),
    ("fires: {shoulder_pain: 7}", "fires: {shoulder_pain: 9}"),
    ("silent: {shoulder_pain: 6}", "silent: {shoulder_pain: 2}"),
    ("reviewed: 2026-11-21", "reviewed: 2026-11-25"),
    ("    theme: After", "    theme: Later"),
    ("when: {all: [{sore_after: overhead_press}, {shoulder_pain: at least 1}]}",
     "when: {sore_after: overhead_press, shoulder_pain: at least 1}"),
    ("when: {shoulder_pain: 1 to 6}", "when: {all: [{shoulder_pain: 1 to 6}]}"),
    ("sets: at most 2, reps_in_reserve: at least 3",
     "reps_in_reserve: at least 3, sets: at most 2"),
    ("when: {alarm_signs: some}", "when: {alarm_signs: at least 1}"),
]  # fmt: skip


def edited(folder: Path, old: str, new: str) -> Path:
    """The shoulder's rule base with one thing changed."""
    assert sum(old in text for text in TEXTS.values()) == 1
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text.replace(old, new))
    return folder


def changes(difference: Difference) -> set[tuple[str, str, str]]:
    """What is permitted otherwise: the kind, the direction, and the exercise or the number."""
    return {
        (each.kind, each.direction, each.what.partition(" ")[0])
        for each in difference.examples
        if each.kind in ("level", "exercise", "dose", "schedule")
    }


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
    assert changes(back) == {("level", "tightened", "level")}
    assert not back.relaxed


@pytest.mark.parametrize("edit", MATTER, ids=[each[1][:40].strip() for each in MATTER])
def test_tells_an_edit_that_matters_with_a_person_and_two_commands(
    tmp_path: Path, edit: tuple[str, str, str, str]
) -> None:
    old, new, kind, way = edit
    folder = str(edited(tmp_path / "new", old, new))
    found = legday_json("rules", "diff", SHOULDER, folder)["changes"]
    told = [each for each in found if (each["kind"], each["direction"]) == (kind, way)]
    assert told, found
    shown = [each for each in told if each["command_old"]]
    assert shown or "Call your doctor today." in old  # no rule of the base leads there
    for each in shown[:2]:
        before, after = (
            inside(*shlex.split(each[side])[1:]).stdout for side in ("command_old", "command_new")
        )
        assert before != after
        assert before, each["command_old"]


@pytest.mark.parametrize("edit", NO_MATTER, ids=[each[1][:40].strip() for each in NO_MATTER])
def test_says_that_nothing_changed_where_nothing_did(
    tmp_path: Path, shoulder: RuleBase, edit: tuple[str, str]
) -> None:
    difference = compare(shoulder, load_rules(edited(tmp_path / "new", *edit)))
    assert difference.examples == ()
    assert difference.exact


def test_tells_an_edit_that_nobody_was_found_for(tmp_path: Path, shoulder: RuleBase) -> None:
    other = load_rules(edited(tmp_path / "new", "step_back_percent: 80", "step_back_percent: 99"))
    (example,) = compare(shoulder, other).examples
    assert (example.what, example.answers) == ("base scheme", None)


def test_counts_the_people_on_file_who_change(tmp_path: Path) -> None:
    folder = str(edited(tmp_path / "new", "limit: Stop short of where it hurts.", "limit: Go on."))
    calm = {"alarm_signs": [], "dislocated": False, "gear": [], "sore_after": []}
    lines = [{**calm, "shoulder_pain": pain, "name": f"n{pain}"} for pain in range(5)]
    people = tmp_path / "people.jsonl"
    people.write_text("".join(f"{json.dumps(each)}\n" for each in lines))
    words = ("rules", "diff", SHOULDER, folder, "--people", str(people))
    told = legday_json(*words)["people"]
    assert told == {"of": 5, "changed": 4, "kinds": {"limit relaxed": 4}}
    assert "4 of 5 people change." in inside(*words).stdout
    people.write_text('{"shoulder_pain": 99}\n{\n')
    done = inside(*words)
    assert done.returncode == 2
    assert "line 1: `shoulder_pain`: `99` is no answer" in done.stderr
    assert "line 2" in done.stderr


@pytest.mark.parametrize("edit", MATTER, ids=[f"{each[2]}-{n}" for n, each in enumerate(MATTER)])
def test_looks_closely_at_everybody_on_file_who_changes(
    tmp_path: Path, shoulder: RuleBase, edit: tuple[str, str, str, str]
) -> None:
    difference = compare(shoulder, load_rules(edited(tmp_path / "new", *edit[:2])), solve=False)
    for pain, slipped in product(range(0, 11, 2), (True, False, "unsure")):
        for signs in ([], ["arm_numb"]):
            person = {"shoulder_pain": pain, "dislocated": slipped, "alarm_signs": signs}
            if not may_change(person, difference):
                assert told_apart(person, difference.sides) == set()


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
    assert ("exercise", "relaxed", "arm_circle") in found
    assert ("level", "tightened", "level") in found
    assert ("level", "relaxed", "level") not in found


@settings(max_examples=12)
@given(old=rule_bases(), new=rule_bases())
def test_finds_every_change_that_asking_everyone_finds(old: RuleBase, new: RuleBase) -> None:
    sides = Sides(old, new)
    wanted = {change for answers in everyone_said() for change in sides.changes(answers)}
    found = Found(sides)
    solve_for(found)
    assert {*found.people} == wanted


# The command.


def renamed(folder: Path, *edit: str) -> Path:
    """The base with another name for a question, an exercise and a rule, and with an edit."""
    base = folder / "base"
    base.mkdir()
    for name, text in TEXTS.items():
        (base / name).write_text(text)
    names = (("shoulder_pain", "pain_now"), ("push_up", "press_up"), ("care-modified", "care"))
    for old, new in names:
        assert inside("rules", "rename", old, new, "--rules", str(base)).returncode == 0
    for path in base.glob("*.yaml") if edit else ():
        path.write_text(path.read_text().replace(*edit))
    return base


def test_tells_a_new_name_as_one_and_nothing_else(tmp_path: Path) -> None:
    document = legday_json("rules", "diff", SHOULDER, str(renamed(tmp_path)))
    told = [(each["kind"], each["what"], each["was"], each["now"]) for each in document["changes"]]
    assert told == [
        ("question", "name of pain_now", "shoulder_pain", "pain_now"),
        ("text", "name of press_up", "push_up", "press_up"),
    ]


def test_shows_an_edit_beside_new_names_by_the_old_and_the_new(tmp_path: Path) -> None:
    base = renamed(tmp_path, "limit: Stop short of where it hurts.", "limit: Go on.")
    document = legday_json("rules", "diff", SHOULDER, str(base))
    change = next(each for each in document["changes"] if each["kind"] == "limit")
    assert "--shoulder-pain" in change["command_old"]
    assert "--pain-now" in change["command_new"]
    for side in ("old", "new"):
        words = shlex.split(change[f"command_{side}"])[1:]
        assert inside(*words).returncode == 0, words


def test_prints_who_gains_and_who_loses(tmp_path: Path) -> None:
    folder = str(edited(tmp_path / "new", *EDITS[1][:2]))
    done = inside("rules", "diff", SHOULDER, folder)
    assert (done.returncode, done.stderr) == (0, "")
    gain, loss = done.stdout.split("MORE CAREFUL\n")
    assert gain.startswith("LESS CAREFUL\n  People with dislocated is yes:\n")
    assert "exercise, overhead_press: “left out” → “allowed”" in gain
    assert "exercise, wall_slide: “allowed” → “left out”" in loss
    assert "by slipped-not-overhead (moves.yaml:" in gain
    for line in done.stdout.splitlines():
        if "legday " in line:
            assert inside(*shlex.split(line)[2:]).returncode in (0, 3, 4)


def test_tells_each_of_two_edits_that_do_the_same(tmp_path: Path, shoulder: RuleBase) -> None:
    folder = edited(
        tmp_path / "new", "level: professional\n    action", "level: urgent\n    action"
    )
    moves = folder / "moves.yaml"
    journal = "level: professional\n    rest_until"
    assert journal in moves.read_text()
    moves.write_text(moves.read_text().replace(journal, "level: urgent\n    rest_until"))
    difference = compare(shoulder, load_rules(folder))
    levels = [each for each in difference.examples if each.kind == "level"]
    assert {each.rules for each in levels} == {("strong-pain-ask-first",), ("two-setbacks-ask",)}
    assert {(each.was, each.now) for each in levels} == {("professional", "urgent")}
    assert not [each for each in difference.examples if each.answers is None]


def test_names_the_finding_that_was_edited_and_who_changes(tmp_path: Path) -> None:
    wide = "        - shoulder_pain: at least 3\n        - dislocated: yes"
    folder = str(edited(tmp_path / "new", wide, "        - dislocated: yes"))
    found = legday_json("rules", "diff", SHOULDER, folder)["changes"]
    level = next(each for each in found if each["kind"] == "level")
    assert (level["findings"], level["rules"]) == (["shoulder_needs_care"], ["care-modified"])
    assert level["who"] == ["dislocated is yes"]
    assert level["who_before"] == ["shoulder pain at least 3 or dislocated is yes"]
    text = inside("rules", "diff", SHOULDER, folder).stdout
    assert "LESS CAREFUL\n  No longer people with shoulder pain at least 3:\n" in text
    assert "    by shoulder_needs_care, in care-modified (moves.yaml:" in text


def test_says_of_whom_a_moved_bound_held_and_holds(tmp_path: Path) -> None:
    folder = str(edited(tmp_path / "new", "shoulder_pain: 1 to 6", "shoulder_pain: 2 to 6"))
    text = inside("rules", "diff", SHOULDER, folder).stdout
    assert "  Before, people with shoulder pain 1 to 6; now, people with shoulder pain 2" in text


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("    hold: everything", "    hold: {overhead: high}", "hold of"),
        ("    step_back: {pattern: press}", "    step_back: wall_slide", "step_back of"),
        ("rest_until: at least 7", "rest_until: at least 2", "rest_until"),
        ("step_back_percent: 80", "step_back_percent: 99", "base scheme"),
        ("    concern: more\n\n  shoulder_pain:",
         "    concern: more\n    good_for: 9 days\n\n  shoulder_pain:", "alarm_signs"),
    ],
)  # fmt: skip
def test_fails_on_what_a_journal_no_longer_holds_back(
    tmp_path: Path, old: str, new: str, what: str
) -> None:
    folder = str(edited(tmp_path / "new", old, new))
    found = legday_json("rules", "diff", SHOULDER, folder)["changes"]
    (relaxed,) = [each for each in found if each["direction"] == "relaxed"]
    assert relaxed["what"].startswith(what)
    assert relaxed["command_old"] is None or what == "alarm_signs"
    done = inside("rules", "diff", SHOULDER, folder, "--fail-on", "relaxed")
    assert done.returncode == 1
    assert ("in a journal with:" in done.stdout) is bool(relaxed["journal"])


def test_shows_both_sides_by_the_same_answers(tmp_path: Path) -> None:
    folder = str(edited(tmp_path / "new", "shoulder_pain: 1 to 6", "shoulder_pain: 2 to 6"))
    for each in legday_json("rules", "diff", SHOULDER, folder)["changes"]:
        old, new = each["command_old"], each["command_new"]
        assert old.replace(SHOULDER, folder) == new


def test_says_in_words_what_a_rule_did_and_does(tmp_path: Path, shoulder: RuleBase) -> None:
    other = load_rules(
        edited(tmp_path / "new", "rest_hours: at least 72", "rest_hours: at least 1")
    )
    told = {each.field: (each.was, each.now) for each in edits(shoulder, other)}
    assert told["effects"][0].endswith("sets rest hours to at least 72 for every exercise")
    assert told["effects"][1].endswith("sets rest hours to at least 1 for every exercise")


def test_prints_that_nothing_changed() -> None:
    done = inside("rules", "diff", SHOULDER, SHOULDER, "--fail-on", "relaxed")
    assert (done.returncode, done.stdout, done.stderr) == (0, "Nothing changed for anyone.\n", "")


def test_fails_on_what_is_more_permissive_only_if_asked(tmp_path: Path) -> None:
    folder = str(edited(tmp_path / "new", *EDITS[2][:2]))
    found = legday_json("rules", "diff", SHOULDER, folder)
    (relaxed,) = found["changes"]
    assert (relaxed["was"], relaxed["now"]) == ("emergency", "urgent")
    assert relaxed["rules"] == ["alarm-emergency"]
    assert relaxed["who"] == ["any alarm signs"]
    assert set(relaxed["example"]) >= {"alarm_signs"}
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
    ways = {each["what"]: each["direction"] for each in found["changes"]}
    assert (ways["wall_slide"], ways["overhead_press"]) == ("relaxed", "tightened")
    assert found["changes"][0]["command_old"].startswith("git -C ")
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
    assert "overhead_press" in done.stdout
    assert "some changes may be missing" in done.stdout
