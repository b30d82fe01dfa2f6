"""One digest of what comes of the same people, by each engine: six times the same.

    python benchmarks/digest.py [--people 100000] [--engines closures,spark]

One person after the other (closures), polars, DuckDB, pyarrow, and whole plans on Spark and by
Dask. What is digested of each person is the level, the status and the verdict of every exercise.
Needs the extras polars, duckdb, dask and spark (and Java 17); an engine that is not there is told.
"""

# ruff: noqa: ANN401, PLC0415 - the engines are extras, each imported when it is its turn

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars as pl
from frames import in_rows
from plans import in_words
from questions import person

from advisor import load_rules
from advisor.answers import read_answers
from advisor.frames import advise_batches, advise_frame
from advisor.plan import plan_for

RULES = load_rules()
VERDICTS = [f"verdict__{each}" for each in RULES.exercise]
Row = tuple[object, ...]


def people(count: int) -> pl.DataFrame:
    """So many people, each another one, with a number of their own."""
    chance = random.Random(4)
    columns: dict[str, list[object]] = {"number": [*range(count)]}
    those = [in_words(person(chance, RULES)[1], RULES) for _ in range(count)]
    for question in RULES.asked:
        said = [each.get(question.id) for each in those]
        columns[question.id] = [None if value == "unsure" else value for value in said]
        columns[f"{question.id}__unsure"] = [value == "unsure" for value in said]
    return pl.DataFrame(columns, infer_schema_length=None)


def digest(rows: Iterable[Row]) -> str:
    """A digest of rows in the order of their numbers, which come first."""
    found = sha256()
    for row in sorted(rows):
        found.update(json.dumps(row).encode())
    return found.hexdigest()[:16]


def closures(frame: pl.DataFrame) -> Iterator[Row]:
    """One after the other."""
    for number, said in zip(frame["number"], in_rows(frame, RULES), strict=True):
        plan = plan_for(read_answers(said, RULES), RULES)
        yield number, plan.level, plan.status, *plan.verdicts.words


def _rows(frame: Any) -> Iterator[Row]:
    return frame.select("number", "level", "status", *VERDICTS).iter_rows()  # type: ignore[no-any-return]


def polars(frame: pl.DataFrame) -> Iterator[Row]:
    """A lazy table."""
    return _rows(advise_frame(frame.lazy(), RULES, RULES.exercise).collect())


def pyarrow(frame: pl.DataFrame) -> Iterator[Row]:
    """An Arrow table."""
    return _rows(pl.from_arrow(advise_frame(frame.to_arrow(), RULES, RULES.exercise)))


def duckdb(frame: pl.DataFrame) -> Iterator[Row]:
    """A relation."""
    import duckdb as engine

    return _rows(advise_frame(engine.from_arrow(frame.to_arrow()), RULES, RULES.exercise).pl())


def _small(batches: Iterable[Any]) -> Iterator[Any]:
    """Whole plans, and of each what is digested; a hundred thousand plans are eight gigabytes."""
    import pyarrow as pa

    for batch in advise_batches(batches, RULES):
        rows = []
        for number, text in zip(batch["number"].to_pylist(), batch["plan"], strict=True):
            plan = json.loads(text.as_py())
            words = [plan["verdicts"][each]["verdict"] for each in RULES.exercise]
            rows.append(json.dumps([number, plan["level"], plan["status"], *words]))
        yield pa.RecordBatch.from_pydict({"row": pa.array(rows, pa.string())})


def _told(rows: Iterable[str]) -> Iterator[Row]:
    return (tuple(json.loads(row)) for row in rows)


def spark(frame: pl.DataFrame) -> Iterator[Row]:
    """Whole plans by `mapInArrow`, in local mode."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.execution.arrow.pyspark.enabled", "true")
        .config("spark.log.level", "ERROR")
        .config("spark.driver.memory", "4g")
        .getOrCreate()
    )
    try:
        path = Path(tempfile.mkdtemp()) / "people.parquet"
        frame.write_parquet(path)
        table = session.read.parquet(str(path)).repartition(8)
        told = table.mapInArrow(_small, "row string")
        yield from _told(row["row"] for row in told.toLocalIterator())
    finally:
        session.stop()


def dask(frame: pl.DataFrame) -> Iterator[Row]:
    """Whole plans of each part of a Dask frame."""
    import dask as engine
    import dask.dataframe as dd
    import pandas as pd
    import pyarrow as pa

    def planned(part: Any) -> Any:
        batches = pa.Table.from_pandas(part, preserve_index=False).to_batches()
        made = pa.Table.from_batches([*_small(batches)])
        return made.to_pandas(types_mapper=pd.ArrowDtype)

    whole = dd.from_pandas(frame.to_arrow().to_pandas(types_mapper=pd.ArrowDtype), npartitions=8)
    like = planned(whole.partitions[0].head(1))
    with engine.config.set(scheduler="processes", num_workers=2):
        made = whole.map_partitions(planned, meta=like.head(0)).compute()
    return _told(made["row"])


ENGINES: tuple[Callable[[pl.DataFrame], Iterator[Row]], ...] = (
    closures,
    polars,
    duckdb,
    pyarrow,
    spark,
    dask,
)


def main() -> None:
    """Print a digest for each engine; exit 1 unless all are the same."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--engines", default=",".join(each.__name__ for each in ENGINES))
    given = parser.parse_args()
    frame, wanted, found = people(given.people), given.engines.split(","), set()
    for engine in (each for each in ENGINES if each.__name__ in wanted):
        start = time.perf_counter()
        try:
            found.add(told := digest(engine(frame)))
        except ImportError as error:
            told = f"not there: {error}"
        print(f"{engine.__name__:<10}{told:<18}{time.perf_counter() - start:>8.1f} s", flush=True)
    sys.exit(len(found) != 1)


if __name__ == "__main__":
    main()
