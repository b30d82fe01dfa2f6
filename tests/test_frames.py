"""Tables of people get, row by row, what `advise` gives one person, from every engine."""

# ruff: noqa: ANN401 - frames are of libraries that may not be there

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from people import answers
from random_bases import rule_bases

from advisor import advise, load_rules
from advisor.rulebase.shapes import Number, OneOf, Question, RuleBase, SomeOf, YesNo

pl = pytest.importorskip("polars", reason="left out: the extra `frames` is not installed")
pa = pytest.importorskip("pyarrow", reason="left out: the extra `frames` is not installed")
pytest.importorskip("narwhals", reason="left out: the extra `frames` is not installed")

from advisor.frames import FrameError, advise_batches, advise_frame  # noqa: E402

RULES = load_rules()
EXERCISES = [each.id for each in RULES.exercises]
People = list[dict[str, object]]


def people(rules: RuleBase, count: int, seed: int) -> People:
    """Healthy and sore people, with a few or many questions open or in doubt."""
    rng = random.Random(seed)
    found = []
    for _ in range(count):
        asked, calm, doubt = rng.choice([0.3, 0.8, 1, 1]), rng.random() < 0.8, rng.choice([0, 0.05])
        found.append(
            {
                each.id: "unsure" if rng.random() < doubt else _answer(each, rng, calm=calm)
                for each in rules.questions
                if rng.random() < asked
            }
        )
    return found


def _answer(question: Question, rng: random.Random, *, calm: bool) -> object:
    ids = [each.id for each in question.choices]
    if question.clear is not None and calm and rng.random() < 0.9:
        return question.decode(question.clear)
    match question.type:
        case SomeOf():
            return rng.sample(ids, min(len(ids), rng.choice([0, 1, 1, 2, 3, len(ids)])))
        case OneOf():
            return rng.choice(ids)
        case YesNo():
            return rng.random() < 0.5
        case Number():
            return question.decode(rng.randint(question.lowest, question.maximum))


def table(rules: RuleBase, those: People) -> Any:
    """A polars frame of people."""
    kinds = {"yes/no": pl.Boolean, "choice": pl.String, "set": pl.List(pl.String)}
    columns: dict[str, Any] = {"name": [f"person {n}" for n in range(len(those))]}
    for question in rules.questions:
        told = [each.get(question.id) for each in those]
        number = pl.Int64 if question.step == 1 else pl.Float64
        known = [None if each == "unsure" else each for each in told]
        columns[question.id] = pl.Series(known, dtype=kinds.get(question.kind, number))
        columns[f"{question.id}__unsure"] = pl.Series([each == "unsure" for each in told])
    return pl.DataFrame(columns)


def expected(rules: RuleBase, those: People, exercises: list[str]) -> list[tuple[object, ...]]:
    found = []
    for each in those:
        plan = advise(each, rules)
        words = dict(zip((one.id for one in rules.exercises), plan.verdicts.words, strict=True))
        verdicts = [words[exercise] for exercise in exercises]
        found.append((plan.level, plan.status, [*plan.fired], *verdicts))
    return found


def told(frame: Any, exercises: list[str]) -> list[tuple[object, ...]]:
    """The columns that were added, row by row; no rule at all is an empty list."""
    names = ["level", "status", "fired", *(f"verdict__{each}" for each in exercises)]
    rows = frame.select(names).iter_rows()
    return [(level, status, fired or [], *rest) for level, status, fired, *rest in rows]


def _duckdb(frame: Any) -> Any:
    duckdb = pytest.importorskip("duckdb", reason="left out: the extra `frames` is not installed")
    return duckdb.from_arrow(frame.to_arrow())


def _pandas(frame: Any) -> Any:
    pandas = pytest.importorskip("pandas", reason="left out: the extra `frames` is not installed")
    return frame.to_arrow().to_pandas(types_mapper=pandas.ArrowDtype)


ENGINES: dict[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    "polars": (lambda frame: frame, lambda frame: frame),
    "polars lazy": (lambda frame: frame.lazy(), lambda frame: frame.collect()),
    "pyarrow": (lambda frame: frame.to_arrow(), pl.from_arrow),
    "duckdb": (_duckdb, lambda frame: frame.pl().sort(pl.col("name").str.slice(7).cast(pl.Int64))),
    "pandas": (_pandas, lambda frame: pl.from_arrow(pa.Table.from_pandas(frame))),
}


@pytest.mark.parametrize("engine", ENGINES)
def test_gives_what_advise_gives_each_person(engine: str) -> None:
    to, back = ENGINES[engine]
    those = people(RULES, 400, seed=7)
    frame = back(advise_frame(to(table(RULES, those)), RULES, EXERCISES))
    assert told(frame, EXERCISES) == expected(RULES, those, EXERCISES)


@pytest.mark.parametrize("engine", ENGINES)
def test_takes_a_word_twice_as_advise_does(engine: str, shoulder: RuleBase) -> None:
    to, back = ENGINES[engine]
    those: People = [{"gear": ["bands", "bands"]}, {"gear": []}]
    frame = back(advise_frame(to(table(shoulder, those)), shoulder))
    assert told(frame, []) == expected(shoulder, those, [])


@pytest.mark.parametrize("engine", ENGINES)
def test_tells_a_word_that_is_no_choice_on_every_engine(engine: str, shoulder: RuleBase) -> None:
    frame = table(shoulder, [{"gear": ["bands"]}, {"gear": ["sofa", "bands"]}])
    with pytest.raises(FrameError, match=r"`gear`: .*sofa.* is no answer \(in 1 row\)"):
        advise_frame(ENGINES[engine][0](frame), shoulder)


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_gives_what_advise_gives_under_rules_nobody_wrote(data: st.DataObject) -> None:
    rules = data.draw(rule_bases())
    those = data.draw(st.lists(answers(rules), min_size=1, max_size=8))
    exercises = [each.id for each in rules.exercises]
    frame = advise_frame(table(rules, those), rules, exercises)
    assert told(frame, exercises) == expected(rules, those, exercises)


def test_reads_a_set_from_a_boolean_column_for_each_choice() -> None:
    those = people(RULES, 100, seed=3)
    frame = table(RULES, those)
    for question in RULES.questions:
        if isinstance(question.type, SomeOf):
            flags = [
                pl.col(question.id).list.contains(each.id).alias(f"{question.id}__{each.id}")
                for each in question.choices
            ]
            frame = frame.with_columns(flags).drop(question.id)
    assert told(advise_frame(frame, RULES), []) == expected(RULES, those, [])


def test_a_column_that_is_not_there_was_not_asked() -> None:
    frame = advise_frame(pl.DataFrame({"back_pain": [2, 6]}), RULES)
    assert frame["status"].to_list() == [
        advise({"back_pain": each}, RULES).status for each in (2, 6)
    ]


def test_leaves_other_columns_as_they_are() -> None:
    frame = advise_frame(pl.DataFrame({"client": ["Ann", "Bo"], "back_pain": [0, 1]}), RULES)
    assert frame.columns == ["client", "back_pain", "level", "status", "fired"]
    assert frame["client"].to_list() == ["Ann", "Bo"]


def test_tells_every_column_that_is_no_answer_at_once() -> None:
    frame = pl.DataFrame(
        {
            "age": [40, 400, 500],
            "pain_trend": ["better", "perhaps", None],
            "equipment": [["dumbbells"], ["spoons", "dumbbells"], None],
            "back_pain": ["2", "3", "4"],
            "age__unsur": [True, False, None],
        }
    )
    with pytest.raises(FrameError) as refused:
        advise_frame(frame.drop("back_pain", "age__unsur"), RULES)
    age, gear, trend = sorted(refused.value.problems)
    assert age.startswith("`age`: `400` is no answer (in 2 rows): expected ")
    assert trend.startswith("`pain_trend`: `perhaps` is no answer (in 1 row)")
    assert gear.startswith("`equipment`: `['spoons', 'dumbbells']` is no answer (in 1 row)")
    with pytest.raises(FrameError) as refused:
        advise_frame(frame, RULES)
    assert refused.value.problems == (
        "unknown column `age__unsur` (did you mean `age__unsure`?)",
        "`back_pain`: a column of String: expected whole numbers",
    )


def test_names_a_column_by_the_id_that_its_question_has_now() -> None:
    questions = tuple(
        replace(each, was=("ache",)) if each.id == "back_pain" else each for each in RULES.questions
    )
    with pytest.raises(FrameError, match="`ache` is of a question that is called `back_pain` now"):
        advise_frame(pl.DataFrame({"ache": [4]}), replace(RULES, questions=questions))


def test_refuses_classic_pandas_by_name() -> None:
    pandas = pytest.importorskip("pandas", reason="left out: the extra `frames` is not installed")
    with pytest.raises(FrameError, match="`back_pain`: a classic pandas column"):
        advise_frame(pandas.DataFrame({"back_pain": [1.0, None]}), RULES)
    frame = advise_frame(pandas.DataFrame({"back_pain": [1, None]}).convert_dtypes(), RULES)
    assert list(frame["status"]) == ["incomplete", "incomplete"]


def test_answers_each_part_of_a_dask_frame() -> None:
    dask = pytest.importorskip("dask.dataframe", reason="left out: the extra `dask`")
    those = people(RULES, 100, seed=9)
    whole = _pandas(table(RULES, those))
    like = advise_frame(whole.head(0), RULES)
    parts = dask.from_pandas(whole, npartitions=3)
    frame = parts.map_partitions(advise_frame, RULES, meta=like).compute()
    assert told(pl.from_arrow(pa.Table.from_pandas(frame)), []) == expected(RULES, those, [])


def test_maps_arrow_batches_to_whole_plans() -> None:
    those = people(RULES, 50, seed=5)
    batches = table(RULES, those).to_arrow().to_batches(max_chunksize=20)
    rows = [row for batch in advise_batches(batches, RULES) for row in batch.to_pylist()]
    assert [row["name"] for row in rows] == [f"person {n}" for n in range(50)]
    assert [json.loads(row["plan"]) for row in rows] == [
        json.loads(json.dumps(advise(each, RULES).to_dict())) for each in those
    ]


def test_a_batch_row_that_is_no_answer_gets_an_error() -> None:
    batch = pa.RecordBatch.from_pydict({"age": [40, 400]})
    (made,) = advise_batches([batch], RULES)
    first, second = made.to_pylist()
    assert first["error"] is None
    assert second["plan"] is None
    assert second["error"].startswith("`age`: `400` is no answer")


TABLES = Path(__file__).parent.parent / "examples" / "tables"
SCRIPTS = {
    "coach_in_polars.py": ("polars", ["clients.csv"], "leg_press"),
    "survey_in_duckdb.py": ("duckdb", [], "incomplete"),
    "plans_in_spark.py": ("pyspark", [], "1000 plans, 0 rows"),
}


@pytest.mark.parametrize("script", SCRIPTS)
def test_runs_the_example_of_each_engine(script: str) -> None:
    extra, words, shown = SCRIPTS[script]
    pytest.importorskip(extra, reason=f"left out: `{extra}` is not installed")
    ran = subprocess.run(
        [sys.executable, script, *words],
        cwd=TABLES,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(TABLES.parent.parent)},
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert shown in ran.stdout.replace("\r", "")
