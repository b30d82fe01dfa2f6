"""A survey in a database: how many people a plan would send to a professional, by age.

pip install 'legday-advisor[duckdb]'
python examples/tables/survey_in_duckdb.py
"""

from __future__ import annotations

import duckdb

from advisor import load_rules
from advisor.frames import advise_frame

SURVEY = """
    SELECT
        18 + (n * 7) % 70 AS age,
        (n * 13) % 11 AS back_pain,
        CASE (n // 3) % 3 WHEN 0 THEN 'better' WHEN 1 THEN 'same' END AS pain_trend,
        n % 5 = 0 AS pain_trend__unsure,
        []::VARCHAR[] AS emergency_signs,
        CASE WHEN n % 9 = 0 THEN ['fever_unwell'] ELSE []::VARCHAR[] END AS urgent_signs
    FROM range(10000) AS people(n)
"""
COUNTED = """
    SELECT age // 10 * 10 AS decade, status, count(*) AS people
    FROM answered GROUP BY ALL ORDER BY ALL
"""


def main() -> None:
    """Print the number of people by decade of age and status."""
    answered = advise_frame(duckdb.sql(SURVEY), load_rules())  # noqa: F841 - DuckDB sees it by name
    duckdb.sql(COUNTED).show(max_rows=100)


if __name__ == "__main__":
    main()
