"""A question and the columns that answer it → columns of our own, null where it is unknown.

A fact is a column of its name: true or false, a choice or a number; a set is a column of lists, or
a Boolean column `FACT__CHOICE` for each choice. Null is *not asked*; *not sure* is true in a
Boolean column `FACT__unsure`, and counts where a row has an answer as well.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import reduce
from operator import add
from typing import assert_never

import narwhals as nw

from advisor.frames.expressions import known_true, some
from advisor.rulebase.bits import positions
from advisor.rulebase.shapes import Comparison, Number, OneOf, Question, RuleBase, SomeOf, YesNo

BESIDE = "__"  # between a fact and what more is told of it
_OWN = "__legday__"  # what our own columns begin with, as long as they are there


def own(*names: object) -> str:
    """The name of a column that is gone in the end."""
    return _OWN + BESIDE.join(map(str, names))


def unsure_column(question: Question) -> str:
    """The name of the Boolean column that tells who was not sure."""
    return f"{question.id}{BESIDE}unsure"


def columns_of(question: Question) -> list[str]:
    """The columns that a table may have of a question, but for who was not sure."""
    sets = question.choices if isinstance(question.type, SomeOf) else ()
    return [question.id, *(f"{question.id}{BESIDE}{choice.id}" for choice in sets)]


def own_columns(rules: RuleBase) -> frozenset[str]:
    """The names of all columns that answer something."""
    return frozenset(
        name for each in rules.questions for name in (*columns_of(each), unsure_column(each))
    )


def read(question: Question, columns: Collection[str]) -> Iterator[nw.Expr]:
    """What a table says of a question: one column, or one for each choice of a set."""
    doubt = unsure_column(question)
    for name, column in _told(question, columns):
        if doubt in columns:
            yield nw.when(~known_true(nw.col(doubt))).then(column).alias(name)
        else:
            yield column.alias(name)


def _told(question: Question, columns: Collection[str]) -> Iterator[tuple[str, nw.Expr]]:
    column, is_there = nw.col(question.id), question.id in columns
    match question.type:
        case SomeOf():
            for choice in question.choices:
                flag = f"{question.id}{BESIDE}{choice.id}"
                listed = column.list.contains(choice.id) if is_there else nw.lit(None, nw.Boolean)
                yield own(question.id, choice.id), nw.col(flag) if flag in columns else listed
        case Number():
            code = column if question.step == 1 else (column / float(question.step)).round()
            told = code.cast(nw.Int64) if is_there else nw.lit(question.first, nw.Int64)
            first = question.first
            yield own(question.id), told if first is None else told.fill_null(first)
        case YesNo():
            yield own(question.id), column if is_there else nw.lit(None, nw.Boolean)
        case OneOf():
            yield own(question.id), column if is_there else nw.lit(None, nw.String)
        case _:
            assert_never(question.type)


def compared(question: Question, test: Comparison) -> nw.Expr:
    """Whether the answer passes a comparison; null where it is unknown."""
    column = nw.col(own(question.id))
    match question.type:
        case SomeOf():
            least, mask = test.operand
            chosen = [
                nw.col(own(question.id, question.choices[place].id)) for place in positions(mask)
            ]
            if least == 1:
                return some(chosen)
            return reduce(add, (each.cast(nw.Int8) for each in chosen)) >= least
        case Number():
            if test.operator == "is":
                return some(column == code for code in test.operand)
            low, high = test.operand
            return (column >= low) & (column <= high)
        case YesNo():
            return some(column if code else ~column for code in test.operand)
        case OneOf():
            return some(column == question.choices[code].id for code in test.operand)
        case _:
            assert_never(question.type)
