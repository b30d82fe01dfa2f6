"""Arrow batches of people → Arrow batches of whole plans as JSON, one for each row.

For engines that hand out a table piece by piece: Spark's `mapInArrow`, Dask's `map_partitions`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from advisor.answers import UNSURE, AnswerError
from advisor.frames.facts import BESIDE, columns_of, own_columns, unsure_column
from advisor.json_text import json_text
from advisor.plan import advise
from advisor.rulebase.shapes import RuleBase

if TYPE_CHECKING:
    import pyarrow as pa

PLAN, ERROR = "plan", "error"


def advise_batches(batches: Iterable[pa.RecordBatch], rules: RuleBase) -> Iterator[pa.RecordBatch]:
    """Each batch with its rows in order: what is no answer, `plan` (JSON) and `error` (text).

    The columns of answers are those of `advise_frame`; the others are carried through. A row whose
    answers cannot be used has no plan but an error, one line for each problem.
    """
    import pyarrow as pa  # noqa: PLC0415 - an extra

    own = own_columns(rules)
    for batch in batches:
        carried = [name for name in batch.schema.names if name not in own]
        told = [_told(row, rules) for row in batch.to_pylist()]
        columns = {name: batch.column(name) for name in carried}
        plans = pa.array([plan for plan, _ in told], pa.string())
        errors = pa.array([error for _, error in told], pa.string())
        yield pa.RecordBatch.from_pydict({**columns, PLAN: plans, ERROR: errors})


def _told(row: Mapping[str, object], rules: RuleBase) -> tuple[str | None, str | None]:
    try:
        return json_text(advise(row_answers(row, rules), rules).to_dict()).decode(), None
    except AnswerError as error:
        return None, str(error)


def row_answers(row: Mapping[str, object], rules: RuleBase) -> dict[str, object]:
    """The answers in one row of a table."""
    answers: dict[str, object] = {}
    for question in rules.questions:
        flags = {each: row.get(each) for each in columns_of(question)[1:]}
        if row.get(unsure_column(question)):
            answers[question.id] = UNSURE
        elif row.get(question.id) is not None:
            answers[question.id] = row[question.id]
        elif flags and all(each is not None for each in flags.values()):
            answers[question.id] = [name.split(BESIDE)[1] for name, on in flags.items() if on]
    return answers
