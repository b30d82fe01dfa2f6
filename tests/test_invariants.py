"""Invariants are read from rule files, and what is wrong with one is told with its place."""

from pathlib import Path

import pytest

from advisor.rulebase.problems import RuleBaseError
from advisor.rulebase.reading.build import read_rule_base
from advisor.rulebase.shapes import Any, Comparison, Named, Not
from advisor.rulebase.shapes.invariants import (
    CHANGES,
    EVERYONE,
    EachOnce,
    Invariant,
    LevelWithin,
    NeverAllowed,
    NoMore,
    NoSession,
    RestOf,
    SessionOf,
    StandIns,
    State,
    Sure,
)

SHOULDER = Path(__file__).parent / "shoulder"


def folder_with(folder: Path, entry: str) -> Path:
    """The shoulder's rule base, and one invariant `kept` that starts in line 4."""
    for path in SHOULDER.glob("*.yaml"):
        (folder / path.name).write_text(path.read_text())
    text = f"invariants:\n  kept:\n    says: It is so.\n    {entry}\n"
    (folder / "invariants.yaml").write_text(text)
    return folder


def read(folder: Path, entry: str) -> tuple[Invariant, ...]:
    return read_rule_base(folder_with(folder, entry)).invariants


def test_reads_every_claim(tmp_path: Path) -> None:
    entry = (
        "then: {never_allowed: {pattern: press}, level: at least urgent, "
        "session: at least 2 exercises, rest_hours: at least 48, stand_ins: same pattern or none}"
    )
    (found,) = read(tmp_path, entry)
    assert found.claims == (
        NeverAllowed(0b11),
        LevelWithin(4, 5),
        SessionOf(2),
        RestOf(48),
        StandIns(),
    )
    assert (found.when, found.levels, found.place.line) == (EVERYONE, None, 2)


@pytest.mark.parametrize(
    ("words", "claim"),
    [("none", NoSession()), ("no exercise twice", EachOnce()), ("at least 1", SessionOf(1))],
)
def test_reads_what_is_said_of_sessions(tmp_path: Path, words: str, claim: object) -> None:
    (found,) = read(tmp_path, f"then: {{session: {words}}}")
    assert found.claims == (claim,)


def test_tells_unsure_and_not_asked_from_answers(tmp_path: Path) -> None:
    entry = "when: {dislocated: [yes, unsure, not asked]}\n    then: {session: none}"
    (found,) = read(tmp_path, entry)
    assert found.when == Any(
        (
            Sure(Comparison("dislocated", "is", (1,))),
            State("dislocated", "unsure"),
            State("dislocated", "not asked"),
        )
    )


def test_means_known_to_be_so_by_a_finding(tmp_path: Path) -> None:
    entry = "when: {not: {shoulder_needs_care: yes}}\n    then: {session: none}"
    (found,) = read(tmp_path, entry)
    assert found.when == Not(Sure(Named("shoulder_needs_care")))


def test_stands_once_for_each_value(tmp_path: Path) -> None:
    entry = "for_each: gear\n    when: {gear: this}\n    then: {never_allowed: {gear: this}}"
    assert [(each.id, each.this) for each in read(tmp_path, entry)] == [
        ("kept", "dumbbells"),
        ("kept", "bands"),
    ]


def test_compares_answers_to_the_questions_named_or_to_all(tmp_path: Path) -> None:
    then = "then: {permits_no_more: [exercises, level]}"
    (found,) = read(tmp_path, f"for_each_question: all\n    {then}")
    (claim,) = found.claims
    assert isinstance(claim, NoMore)
    assert claim.questions == tuple(read_rule_base(SHOULDER).question)
    assert (claim.changes, claim.permissions) == (CHANGES, ("exercises", "level"))
    entry = f"for_each_question: shoulder_pain\n    when_it_gets: [worse]\n    {then}"
    (found,) = read(tmp_path, entry)
    assert found.claims == (NoMore(("shoulder_pain",), ("worse",), ("exercises", "level")),)


# The entry, the code of its only problem, the text it points at, and a word of the hint.
WRONG = [
    ("when: {sholder_pain: 3}\n    then: {session: none}", "unknown-fact", "sholder", "shoulder"),
    ("when: {gear: bandz}\n    then: {session: none}", "unknown-choice", "bandz", "bands"),
    ("when: {gear: [bands, bandz]}\n    then: {session: none}", "unknown-choice", "bandz", "bands"),
    ("when: {shoulder_pain: often}\n    then: {session: none}", "wrong-test", "often", "at least"),
    ("when: 3\n    then: {session: none}", "bad-condition", "3", "fact"),
    ("when: {}\n    then: {session: none}", "empty-condition", "{}", "always"),
    ("when: {any: []}\n    then: {session: none}", "empty-condition", "[]", "always"),
    ("when: {gear: this}\n    then: {session: none}", "this-outside-for-each", "this", "for_each"),
    ("when_level: lots\n    then: {session: none}", "unknown-level", "lots", "go"),
    ("when_level: level 3\n    then: {session: none}", "bad-invariant", "level 3", "at most"),
    ("then: {never_allowed: pus_up}", "unknown-exercise", "pus_up", "push_up"),
    ("then: {never_allowed: {overhed: high}}", "unknown-attribute", "overhed", "overhead"),
    ("then: {level: urgnt}", "unknown-level", "urgnt", "urgent"),
    ("then: {session: three}", "bad-invariant", "three", "at least 3"),
    ("then: {rest_hours: 48}", "bad-invariant", "48", "at least 48"),
    ("then: {sesion: none}", "unknown-key", "sesion", "session"),
    ("then: {stand_ins: any}", "unknown-word", "any", "same pattern"),
    ("then: {permits_no_more: [level]}", "bad-invariant", "[level]", "for_each_question"),
    ("for_each_question: all\n    then: {session: none}", "bad-invariant", "all", ""),
    (
        "for_each_question: shoulder_pane\n    then: {permits_no_more: [level]}",
        "unknown-fact",
        "shoulder_pane",
        "shoulder_pain",
    ),
    ("for_each: geer\n    then: {session: none}", "unknown-attribute", "geer", "gear"),
    ("then: {}", "bad-invariant", "kept:", "then"),
]


@pytest.mark.parametrize(("entry", "code", "at", "hint"), WRONG, ids=[each[2] for each in WRONG])
def test_rejects_what_is_wrong(tmp_path: Path, entry: str, code: str, at: str, hint: str) -> None:
    with pytest.raises(RuleBaseError) as error:
        read(tmp_path, entry)
    (problem,) = error.value.problems
    assert (problem.code, problem.file) == (code, "invariants.yaml")
    line = (tmp_path / "invariants.yaml").read_text().splitlines()[problem.line - 1]
    assert line[problem.column - 1 :].startswith(at)
    assert hint in problem.hint
