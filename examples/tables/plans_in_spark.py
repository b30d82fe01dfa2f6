"""A register in Spark: a whole plan as JSON for each person, made by all of a cluster's cores.

pip install 'legday-advisor[spark]'   (and a Java, 17 or later)
python examples/tables/plans_in_spark.py
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator

import pyarrow as pa  # noqa: TC002 - Spark reads the hints when it runs
from pyspark.sql import SparkSession

from advisor import load_rules
from advisor.frames import advise_batches


def plans(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The plans of some people; each worker reads the rules once."""
    return advise_batches(batches, load_rules())


def main() -> None:
    """Print how many plans came of 1,000 people, and how many rows could not be used."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    local = {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}
    builder = SparkSession.builder.master("local[2]").config(map=local)
    session = builder.config("spark.ui.enabled", "false").getOrCreate()
    rows = [(f"person {n}", 20 + n % 60, n % 5, ["dumbbells"]) for n in range(1000)]
    schema = "name string, age int, back_pain int, equipment array<string>"
    people = session.createDataFrame(rows, schema)
    made = people.mapInArrow(plans, "name string, plan string, error string")
    counted = made.selectExpr("count(plan) AS plans", "count(error) AS errors").first()
    print(f"{counted.plans} plans, {counted.errors} rows that could not be used")
    session.stop()


if __name__ == "__main__":
    main()
