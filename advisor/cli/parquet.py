"""A Parquet file of people → their records, or a Parquet file of what comes of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from types import NoneType
from typing import TYPE_CHECKING, Any

from advisor.answers import AnswerError, quoted
from advisor.cli.people import Record
from advisor.json_text import json_text
from advisor.rulebase.shapes import RuleBase

if TYPE_CHECKING:
    import pyarrow.parquet as pq

ROWS = 1 << 16  # at a time
MISSING = "Parquet needs pyarrow (pip install 'legday-advisor[polars]')"


def parquet_records(name: str, rules: RuleBase) -> Iterator[Record]:
    """The rows with their answers as a line of JSON. Raises AnswerError."""
    file = _file(name)
    from advisor.frames.batches import row_answers
    from advisor.frames.facts import own_columns

    known, number = own_columns(rules), 0
    for batch in file.iter_batches(ROWS):
        for row in batch.to_pylist():
            number += 1
            aside = {key: value for key, value in row.items() if key not in known}
            answers = {**aside, **row_answers(row, rules)}
            yield Record(number, json_text({key: _plain(each) for key, each in answers.items()}))


def _plain(value: object) -> object:
    """A value as JSON can have it; decimals, days and bytes as text."""
    return value if isinstance(value, str | int | float | list | NoneType) else str(value)


def write_table(name: str, out: Path, rules: RuleBase) -> int:
    """Write the level, the status and the rules of everybody beside their columns; count them.

    Raises AnswerError with each problem of the file or its columns, OSError where the table cannot
    be written.
    """
    file = _file(name)
    import pyarrow as pa
    import pyarrow.parquet as pq

    from advisor.frames import FrameError, advise_frame

    if out.exists() and not out.is_file():  # a device, say, must not be replaced
        raise AnswerError([f"cannot write {quoted(str(out))}: it is no file"])
    out = out.resolve()  # what a link leads to
    try:
        # What is there is kept until all is written: it may be the very file that is read.
        with TemporaryDirectory(prefix=".", dir=out.parent) as beside:
            part = Path(beside) / out.name
            schema = advise_frame(file.schema_arrow.empty_table(), rules).schema
            with pq.ParquetWriter(part, schema) as writer:
                for batch in file.iter_batches(ROWS):
                    writer.write_table(advise_frame(pa.Table.from_batches([batch]), rules))
            part.replace(out)
    except FrameError as error:
        raise AnswerError(error.problems) from None
    return int(file.metadata.num_rows)


def _file(name: str) -> pq.ParquetFile:
    try:
        import narwhals  # noqa: F401 - the columns are made with it
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise AnswerError([MISSING]) from None
    try:
        return pq.ParquetFile(name)
    except (OSError, pa.ArrowInvalid) as error:
        cause: Any = getattr(error, "strerror", None) or "not a Parquet file"
        raise AnswerError([f"cannot be read: {cause.lower()}"]) from None
