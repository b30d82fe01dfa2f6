"""`legday rules test`: what it prints, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import SHOULDER, inside
from well import legday

TINY = Path(__file__).parent / "shoulder"
SORE = """
sore:
  says: A sore shoulder, 3 of 10.
  answers: {shoulder_pain: 3}
  screened: yes
  level: {level}
"""


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    (tmp_path / "sore.yaml").write_text(SORE.replace("{level}", "modified"))
    return tmp_path


def ran(cases: Path, *words: str) -> tuple[int, str, str]:
    return legday("rules", "test", "--rules", str(TINY), "--cases", str(cases), *words)


def test_passes_with_the_shipped_rules_and_cases() -> None:
    code, out, _ = legday("rules", "test", "--mutate", "--threshold", "100", "--format", "json")
    document = json.loads(out)
    assert code == 0
    assert document["cases"] == document["passed"] >= 70
    assert document["failed"] == []
    assert document["coverage"]["rules"] == document["coverage"]["conditions"] == 100
    assert document["coverage"]["never_fired"] == []
    assert document["mutation"]["score"] >= 95
    assert document["mutation"]["tried"] > 400


def test_passes_with_cases_of_another_rule_base(cases: Path) -> None:
    code, out, _ = ran(cases)
    assert (code, out) == (0, "1 case, 1 passed\n")


def test_without_cases_runs_the_examples_alone_and_says_so() -> None:
    code, out, err = legday("rules", "test", "--rules", str(TINY))
    assert (code, out) == (0, "0 cases, 0 passed\n")
    assert err.startswith("warning: no cases beside the rules")


def test_does_not_measure_mistakes_unless_asked(cases: Path) -> None:
    _, out, _ = ran(cases, "--format", "json")
    assert json.loads(out)["mutation"] is None


def test_fails_when_a_case_fails(cases: Path) -> None:
    (cases / "sore.yaml").write_text(SORE.replace("{level}", "go"))
    code, out, _ = ran(cases)
    assert code == 1
    assert "sore.yaml:2: case sore: the level is `modified`, expected `go`" in out
    code, out, _ = ran(cases, "--format", "json", "--mutate")
    (failed,) = json.loads(out)["failed"]
    assert (code, failed["name"], failed["line"]) == (1, "sore", 2)
    assert json.loads(out)["mutation"] is None


def test_fails_below_the_threshold(cases: Path) -> None:
    code, out, err = ran(cases, "--threshold", "100")
    assert code == 1
    assert "error: coverage of conditions is" in err
    assert "where it matters" in out
    assert ran(cases, "--threshold", "50")[0] == 0


def test_shows_what_no_case_notices(cases: Path) -> None:
    code, out, _ = ran(cases, "--mutate")
    assert code == 0
    assert "`shoulder pain 1 to 6` can be `shoulder pain 2 to 6`" in " ".join(out.split())


def test_rejects_a_folder_without_cases(tmp_path: Path) -> None:
    code, _, err = ran(tmp_path / "nowhere")
    assert code == 2
    assert "is no folder" in err


def test_rejects_cases_that_cannot_be_read(cases: Path) -> None:
    (cases / "sore.yaml").write_text(SORE.replace("{level}", "fine"))
    code, _, err = ran(cases)
    assert code == 2
    assert "sore.yaml:6:10: `fine` is no word for `level` (known: `go`," in err


@pytest.mark.parametrize("threshold", ["101", "-1", "many"])
def test_rejects_a_threshold_that_is_no_percentage(threshold: str, cases: Path) -> None:
    code, _, err = ran(cases, f"--threshold={threshold}")
    assert code == 2
    assert err.startswith("error: ")


def test_counts_the_people_on_file_for_whom_each_rule_is_true(tmp_path: Path) -> None:
    file = tmp_path / "people.jsonl"
    file.write_text("".join(f'{{"shoulder_pain": {pain}, "name": "n"}}\n' for pain in (0, 3, 8, 9)))
    words = ("rules", "test", "--rules", SHOULDER, "--people", str(file))
    people = json.loads(inside(*words, "--format", "json").stdout)["people"]
    assert people["of"] == 4
    assert people["rules"]["strong-pain-ask-first"] == 2
    assert people["rules"]["care-modified"] == 3
    out = inside(*words).stdout
    assert "people on file: 4; " in out
    assert "  care-modified: 3\n" in out
    file.write_text("{\n")
    assert "line 1" in inside(*words).stderr
