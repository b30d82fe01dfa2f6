"""A coach's sheet: who may train, and who may use the leg press.

Each client has said that none of the warning signs and conditions is there.

    pip install 'legday-advisor[polars]'
    python examples/tables/coach_in_polars.py examples/tables/clients.csv
"""

from __future__ import annotations

import sys

import polars as pl

from advisor import load_rules
from advisor.frames import advise_frame


def main(path: str) -> None:
    """Print one line for each client of a CSV file."""
    rules = load_rules()
    screened = {
        question.id: pl.lit(question.decode(question.clear))
        for question in rules.asked
        if question.clear is not None
    }
    clients = pl.read_csv(path)
    told = clients.with_columns(
        pl.col("disc_history").replace_strict({"yes": True, "no": False}),
        pl.col("equipment").replace("none", "").str.split(",").list.filter(pl.element() != ""),
        *(clear.alias(name) for name, clear in screened.items() if name not in clients.columns),
    )
    answered = advise_frame(told, rules, verdicts=["leg_press"])
    with pl.Config(tbl_hide_column_data_types=True, tbl_hide_dataframe_shape=True):
        print(answered.select("client", "status", "level", "verdict__leg_press"))


if __name__ == "__main__":
    main(sys.argv[1])
