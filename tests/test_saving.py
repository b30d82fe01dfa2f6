from __future__ import annotations

import json
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from advisor.answers import AnswerError, read_answers
from advisor.interview.saving import is_saved, read_saved, save_answers, saved_document
from advisor.rulebase.shapes import Choice, RuleBase

PERSON = {"alarm_signs": "none", "shoulder_pain": 4, "dislocated": "unsure", "gear": ["bands"]}


def changed(rules: RuleBase, **of_question: object) -> RuleBase:
    """The rule base with its first question changed."""
    first, *others = rules.questions
    questions = (replace(first, **of_question), *others)  # type: ignore[arg-type]
    return replace(rules, questions=questions, sha256="another")


def kept(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def test_gives_back_what_was_saved(shoulder: RuleBase, tmp_path: Path) -> None:
    facts = read_answers(PERSON, shoulder)
    save_answers(tmp_path / "me.json", facts, shoulder)
    saved = read_saved(kept(tmp_path / "me.json"), shoulder)
    assert read_answers(saved.answers, shoulder) == facts
    assert saved.warnings == ()


def test_keeps_answers_stated_in_one_word_apart(shoulder: RuleBase) -> None:
    facts = read_answers({"gear": "none"}, shoulder, screened=True)
    saved = read_saved(saved_document(facts, shoulder), shoulder)
    assert saved.answers == {"gear": []}
    assert saved.stated_clear == ("alarm_signs",)


def test_writes_a_file_that_only_its_owner_reads(shoulder: RuleBase, tmp_path: Path) -> None:
    path = tmp_path / "me.json"
    path.touch(mode=0o644)
    save_answers(path, read_answers(PERSON, shoulder), shoulder)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["me.json"]


def test_keeps_the_old_file_when_writing_fails(
    shoulder: RuleBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "me.json"
    save_answers(path, read_answers(PERSON, shoulder), shoulder)
    before = path.read_bytes()

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="No space"):
        save_answers(path, read_answers({}, shoulder), shoulder)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["me.json"]


@pytest.mark.parametrize("content", ["notes to myself", "{}", '{"disc": 1}', "[" * 9999, "\xff"])
def test_leaves_a_file_alone_that_holds_something_else(
    shoulder: RuleBase, tmp_path: Path, content: str
) -> None:
    path = tmp_path / "notes.txt"
    path.write_text(content, encoding="latin-1")
    with pytest.raises(OSError, match="something else"):
        save_answers(path, read_answers(PERSON, shoulder), shoulder)
    assert path.read_text(encoding="latin-1") == content


def test_leaves_folders_alone(shoulder: RuleBase, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="something else"):
        save_answers(tmp_path, read_answers(PERSON, shoulder), shoulder)


def test_writes_where_a_link_points(shoulder: RuleBase, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "me.json")
    save_answers(tmp_path / "link", read_answers(PERSON, shoulder), shoulder)
    assert (tmp_path / "link").is_symlink()
    assert is_saved(kept(tmp_path / "me.json"))


def test_asks_again_what_was_answered_before_the_question_changed(shoulder: RuleBase) -> None:
    document = saved_document(read_answers(PERSON, shoulder), shoulder)
    more = (*shoulder.questions[0].choices, Choice("arm_cold", "The arm is cold"))
    saved = read_saved(document, changed(shoulder, choices=more))
    assert "alarm_signs" not in saved.answers
    assert saved.answers["shoulder_pain"] == 4
    assert saved.warnings[:2] == (
        "the rules changed since these answers were saved",
        "asked again, for the question changed: `alarm_signs`",
    )


def test_names_the_question_that_is_gone_and_the_one_that_is_new(shoulder: RuleBase) -> None:
    document = saved_document(read_answers({"gear": "none"}, shoulder), shoulder)
    document["answers"] = {"gear": [], "arms": 2}
    document["marks"] = {"questions": {"gear": "0"}, "rules": {}}
    saved = read_saved(document, replace(shoulder, sha256="another"))
    assert saved.answers == {}
    assert "asked again, for the question changed: `gear`" in saved.warnings
    assert "left out, for the question is gone: `arms`" in saved.warnings
    assert any(each.startswith("new questions: `alarm_signs`") for each in saved.warnings)


def test_names_the_rules_that_changed(shoulder: RuleBase) -> None:
    document = saved_document(read_answers(PERSON, shoulder), shoulder)
    first, second, *others = shoulder.rules
    newer = replace(first, because="For another reason.")
    base = replace(shoulder, rules=(newer, *others), sha256="another", version="0.2")
    assert read_saved(document, base).warnings == (
        "the rules changed since: version `0.1`, now `0.2`",
        f"gone rule: `{second.id}`",
        f"changed rule: `{first.id}`",
    )


def test_calls_nothing_changed_where_only_the_place_of_a_rule_did(shoulder: RuleBase) -> None:
    document = saved_document(read_answers(PERSON, shoulder), shoulder)
    moved = tuple(
        replace(rule, place=replace(rule.place, line=rule.place.line + 1))
        for rule in shoulder.rules
    )
    saved = read_saved(document, replace(shoulder, rules=moved, sha256="another"))
    assert saved.warnings == ("the rules changed since these answers were saved",)
    assert saved.answers.keys() == PERSON.keys()


def test_names_both_subjects_when_the_answers_belong_to_another(
    shoulder: RuleBase, rules: RuleBase
) -> None:
    document = saved_document(read_answers(PERSON, shoulder), shoulder)
    saved = read_saved(document, rules)
    assert saved.answers == {}
    assert saved.warnings[0] == "these answers were given to `shoulderday`, and this is `legday`"


@pytest.mark.parametrize(
    "broken", [{"answers": []}, {"rule_base": None}, {"marks": 3, "rule_base": {}}]
)
def test_rejects_a_file_that_was_tampered_with(shoulder: RuleBase, broken: dict) -> None:
    document = saved_document(read_answers(PERSON, shoulder), shoulder)
    with pytest.raises(AnswerError, match="missing or no mapping"):
        read_saved({**document, **broken}, shoulder)


def test_steers_no_terminal_with_names_from_a_file(shoulder: RuleBase) -> None:
    document = saved_document(read_answers(PERSON, shoulder), shoulder)
    base = {"name": "\x1b[31mred", "version": "1", "sha256": "x"}
    assert "\x1b" not in "".join(read_saved({**document, "rule_base": base}, shoulder).warnings)
