"""A table of people → the same table with what their answers come to, a column for each thing.

The conditions of the rule base become column expressions (narwhals), so that one table of a
million people is answered by the engine that holds it: polars, pyarrow, DuckDB, Dask or pandas
with nullable columns.
"""

from advisor.frames.answered import advise_frame
from advisor.frames.batches import advise_batches
from advisor.frames.checks import FrameError

__all__ = ["FrameError", "advise_batches", "advise_frame"]
