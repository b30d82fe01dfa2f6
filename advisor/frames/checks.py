"""The columns of a table → whether they can be read as answers, with every problem at once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import add
from typing import Any, assert_never

import narwhals as nw

from advisor.answers import quoted
from advisor.frames.facts import BESIDE, columns_of, own_columns, unsure_column
from advisor.rulebase.problems import did_you_mean
from advisor.rulebase.shapes import Number, OneOf, Question, RuleBase, SomeOf, YesNo

Table = Any  # a narwhals DataFrame or LazyFrame
_BESIDE_A_STEP = 1e-9  # so far from a step is rounding
_WHOLE = "whole numbers"
_NUMBERS = "numbers"
_WORDS = "words"
_LISTS = "lists of words"
_TRUTHS = "true, false and null"


class FrameError(ValueError):
    """A table that cannot be used; `problems` has one line for each."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


def check_columns(table: Table, rules: RuleBase) -> None:
    """Refuse columns of the wrong kind, values that are no answers, and names that come near one.

    Raises FrameError with every problem.
    """
    schema = table.collect_schema()
    classic = _classic(table)
    problems = [*_unknown([*schema], rules)]
    wrong = dict[str, nw.Expr]()
    for question in rules.questions:
        for name in (*columns_of(question), unsure_column(question)):
            if name not in schema:
                continue
            expected = _expected(question) if name == question.id else _TRUTHS
            if name in classic:
                hint = "a classic pandas column has no null: use `frame.convert_dtypes()`"
                problems.append(f"`{name}`: {hint}")
            elif not _fits(schema[name], expected):
                problems.append(f"`{name}`: a column of {schema[name]}: expected {expected}")
            elif name == question.id and _may_be_wrong(question, table):
                wrong[name] = _is_wrong(question)
    if problems or (problems := [*_wrong_values(table, wrong, rules)]):
        raise FrameError(problems)


def _classic(table: Table) -> set[str]:
    """The columns of a pandas frame that are not nullable."""
    if not table.implementation.is_pandas():
        return set()
    dtypes = table.to_native().dtypes.items()
    return {name for name, each in dtypes if each.__class__.__module__.startswith("numpy")}


def _unknown(names: list[str], rules: RuleBase) -> Iterator[str]:
    """Columns that are named like a part of a fact and are none, or as a fact was before."""
    known = own_columns(rules)
    facts = {name.split(BESIDE)[0] for name in known}
    for name in names:
        if name.split(BESIDE)[0] in rules.renamed:
            new = rules.renamed[name.split(BESIDE)[0]]
            yield f"column {quoted(name)} is of a question that is called `{new}` now"
        elif BESIDE in name and name.split(BESIDE)[0] in facts and name not in known:
            hint = did_you_mean(name, known)
            yield f"unknown column {quoted(name)}" + (f" ({hint})" if hint else "")


def _expected(question: Question) -> str:
    match question.type:
        case SomeOf():
            return _LISTS
        case OneOf():
            return _WORDS
        case YesNo():
            return _TRUTHS
        case Number():
            return _WHOLE if question.step == 1 else _NUMBERS
        case _:
            assert_never(question.type)


def _fits(found: nw.dtypes.DType, expected: str) -> bool:
    """Whether a column can hold such values; one that is all null fits anything."""
    match expected:
        case _ if found == nw.Unknown:
            return True
        case "lists of words":
            return found == nw.List
        case "words":
            return found in (nw.String, nw.Categorical, nw.Enum)
        case "true, false and null":
            return found == nw.Boolean
        case "whole numbers":
            return found.is_integer()
        case _:
            return found.is_numeric()


def _may_be_wrong(question: Question, table: Table) -> bool:
    """Whether the values have to be looked at one by one; of a set, its words are few."""
    if isinstance(question.type, YesNo):
        return False
    if not isinstance(question.type, SomeOf):
        return True
    known = {choice.id for choice in question.choices}
    return not known.issuperset(_words_in(question.id, table))


def _words_in(name: str, table: Table) -> list[object]:
    """Every word in the lists of a column, once."""
    if table.implementation.is_pyarrow():  # narwhals cannot take lists apart there
        import pyarrow.compute as pc  # noqa: PLC0415 - whoever has a table has it

        words = pc.unique(pc.list_flatten(table.to_native()[name]))
        return words.drop_null().to_pylist()
    found = _here(table.select(name).explode(name).unique())[name]
    return found.drop_nulls().to_list()


def _is_wrong(question: Question) -> nw.Expr:
    """Whether a value is no answer."""
    column, kind = nw.col(question.id), question.type
    ids = [choice.id for choice in question.choices]
    if isinstance(kind, SomeOf):
        known = reduce(add, (column.list.contains(each).cast(nw.Int64) for each in ids))
        return column.list.len().cast(nw.Int64) != known
    if isinstance(kind, OneOf):
        return ~column.is_in(ids) & ~column.is_null()
    step = float(question.step)
    off = (
        (column / step - (column / step).round()).abs() > _BESIDE_A_STEP
        if step != 1
        else nw.lit(value=False)
    )
    low, high = question.minimum * step, question.maximum * step
    return (column < low) | (column > high) | off


def _wrong_values(table: Table, wrong: dict[str, nw.Expr], rules: RuleBase) -> Iterator[str]:
    if not wrong:
        return
    counts = _here(
        table.select(*(each.cast(nw.Int64).sum().alias(name) for name, each in wrong.items()))
    )
    for name in wrong:
        if count := counts[name][0]:
            value = _here(table.filter(wrong[name]).select(name).head(1))[name][0]
            expected = rules.question[name].type.expected(rules.question[name])
            rows = "1 row" if count == 1 else f"{count} rows"
            yield f"`{name}`: {quoted(_plain(value))} is no answer (in {rows}): expected {expected}"


def _here(table: Table) -> nw.DataFrame:
    return table.collect() if isinstance(table, nw.LazyFrame) else table


def _plain(value: object) -> object:
    return value.to_list() if hasattr(value, "to_list") else value
