"""What came of everybody in a file: counted with `--summary`, or as a table with `--parquet`."""

from __future__ import annotations

import json
import os
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from running import SHOULDER, inside

from advisor import advise
from advisor.report.summary import MOST, Summary, summary_document, summary_text
from advisor.rulebase.shapes import RuleBase

PEOPLE: list[dict[str, object]] = [
    {"alarm_signs": ["arm_numb"] * (n % 5 == 0), "shoulder_pain": n % 9, "dislocated": n % 2 == 0}
    for n in range(60)
] + [{"shoulder_pain": 3}]


def written(folder: Path, *more: str) -> str:
    path = folder / "people.jsonl"
    path.write_text("\n".join([*map(json.dumps, PEOPLE), *more]))
    return str(path)


def test_counts_what_advise_says_of_each(tmp_path: Path, shoulder: RuleBase) -> None:
    words = ("--summary", "--format", "json", "--rules", SHOULDER)
    document = json.loads(inside("batch", written(tmp_path), *words).stdout)
    plans = [advise(each, shoulder) for each in PEOPLE]
    assert document["people"] == len(PEOPLE)
    assert document["levels"] == dict(Counter(plan.level or "none yet" for plan in plans))
    reasons = Counter(
        name
        for plan in plans
        if plan.status == "refer"
        for name in {shoulder.rules[rule].id for rule in plan.careful.rules}
    )
    assert {each["rule"]: each["people"] for each in document["referrals"]} == dict(reasons)
    counts = [each["people"] for each in document["reasons"]]
    assert counts == sorted(counts, reverse=True)


def test_counts_bad_lines_apart(tmp_path: Path) -> None:
    done = inside("batch", written(tmp_path, "nonsense"), "--summary", "--rules", SHOULDER)
    assert done.returncode == 2
    assert "61 people.\n1 record could not be read.\n" in done.stdout


def test_draws_the_largest_bar_in_full_and_cuts_what_is_too_wide(rules: RuleBase) -> None:
    summary = Summary()
    names = list(dict.fromkeys(rule.id for rule in rules.rules))[: MOST + 3]
    for n in range(30):
        level = "go" if n < 10 else "modified"
        summary.add({"level": level, "status": "plan", "level_reasons": names})
    lines = summary_text(summary_document(summary, rules), 60, "#").splitlines()
    assert "  go                  10   33.3%  ############" in lines
    assert "  modified            20   66.7%  ########################" in lines
    assert max(map(len, lines)) <= 60
    assert "           and 3 more (--format json has all)" in lines


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--summary", "--fields", "level"], "`--summary`: there is nothing else in it"),
        (["--format", "json"], "`--format`: goes with `--summary`"),
        (["--parquet", "out.parquet"], "`--parquet`: a table is made of a table"),
    ],
)
def test_rejects_what_does_not_go_together(words: list[str], says: str, tmp_path: Path) -> None:
    done = inside("batch", written(tmp_path), *words, "--rules", SHOULDER)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr


# Parquet


def parquet(folder: Path, people: list[dict[str, object]] = PEOPLE) -> str:
    polars = pytest.importorskip("polars", reason="left out: the extra `polars` is not there")
    path = folder / "people.parquet"
    rows = [{"id": n, **each} for n, each in enumerate(people)]
    polars.DataFrame(rows, infer_schema_length=None).write_parquet(path)
    return str(path)


def test_reads_people_from_parquet(tmp_path: Path, shoulder: RuleBase) -> None:
    words = ("--fields", "level", "--rules", SHOULDER)
    told = inside("batch", parquet(tmp_path), *words).stdout.splitlines()
    wanted = [{"id": n, "level": advise(each, shoulder).level} for n, each in enumerate(PEOPLE)]
    assert [json.loads(line) for line in told] == wanted


def test_writes_a_table_of_what_comes_of_a_table(tmp_path: Path, shoulder: RuleBase) -> None:
    out = tmp_path / "out.parquet"
    done = inside("batch", parquet(tmp_path), "--parquet", str(out), "--rules", SHOULDER)
    assert (done.returncode, done.stderr) == (0, f"61 people in {out}\n")
    polars = pytest.importorskip("polars", reason="left out: the extra `polars` is not there")
    rows = polars.read_parquet(out).to_dicts()
    for row, answers in zip(rows, PEOPLE, strict=True):
        plan = advise(answers, shoulder)
        assert (row["level"], row["status"]) == (plan.level, plan.status)
        assert tuple(row["fired"] or ()) == plan.fired


def test_writes_over_the_table_that_it_reads_only_when_all_is_there(tmp_path: Path) -> None:
    path = parquet(tmp_path)
    words = ("batch", path, "--parquet", path, "--rules", SHOULDER)
    assert inside(*words).stderr == f"61 people in {path}\n"
    assert inside(*words).stderr == f"61 people in {path}\n"  # what was added is written anew
    wrong = parquet(tmp_path, [*PEOPLE, {"shoulder_pain": 99}])
    before = Path(wrong).read_bytes()
    assert inside(*words).returncode == 2
    assert Path(wrong).read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["people.parquet"]


def test_writes_where_a_link_leads_and_never_over_what_is_no_file(tmp_path: Path) -> None:
    path, pipe, link = parquet(tmp_path), tmp_path / "pipe", tmp_path / "link.parquet"
    os.mkfifo(pipe)
    for out in (pipe, tmp_path):
        done = inside("batch", path, "--parquet", str(out), "--rules", SHOULDER)
        assert (done.returncode, done.stderr.endswith("it is no file\n")) == (2, True)
    link.symlink_to(tmp_path / "real.parquet")
    assert inside("batch", path, "--parquet", str(link), "--rules", SHOULDER).returncode == 0
    assert (link.is_symlink(), pipe.is_fifo()) == (True, True)
    assert (tmp_path / "real.parquet").stat().st_size


def test_reads_and_writes_a_table_without_rows_and_values_that_json_has_not(tmp_path: Path) -> None:
    polars = pytest.importorskip("polars", reason="left out: the extra `polars` is not there")
    path, out = tmp_path / "people.parquet", tmp_path / "out.parquet"
    some = polars.DataFrame({"id": [Decimal("1.5")], "name": [b"x"], "shoulder_pain": [2]})
    for rows, told in ((some, '"id":"1.5"'), (some.clear(), "")):
        rows.write_parquet(path)
        done = inside("batch", str(path), "--fields", "level", "--rules", SHOULDER)
        assert (done.returncode, told in done.stdout) == (0, True), done.stderr
        inside("batch", str(path), "--parquet", str(out), "--rules", SHOULDER)
        assert len(polars.read_parquet(out)) == len(rows)
    assert "nobody in it" in done.stderr


def test_says_what_is_wrong_with_a_table(tmp_path: Path) -> None:
    words = ("--parquet", str(tmp_path / "out.parquet"), "--rules", SHOULDER)
    done = inside("batch", parquet(tmp_path, [{"shoulder_pain": 99}]), *words)
    assert done.returncode == 2
    assert "`shoulder_pain`: `99` is no answer (in 1 row)" in done.stderr
    away = ("--parquet", str(tmp_path / "nowhere" / "out.parquet"), "--rules", SHOULDER)
    done = inside("batch", parquet(tmp_path), *away)
    assert done.returncode == 2
    assert done.stderr.startswith("error: cannot write `")
    assert done.stderr.endswith("`: no such file or directory\n")
    (tmp_path / "no.parquet").write_text("x")
    done = inside("batch", str(tmp_path / "no.parquet"), "--rules", SHOULDER)
    assert "cannot be read: not a parquet file" in done.stderr


def test_says_what_parquet_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    done = inside("batch", str(tmp_path / "people.parquet"), "--rules", SHOULDER)
    assert done.returncode == 2
    (tmp_path / "people.parquet").write_text("x")
    done = inside("batch", str(tmp_path / "people.parquet"), "--rules", SHOULDER)
    assert "pip install 'legday-advisor[polars]'" in done.stderr
