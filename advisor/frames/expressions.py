"""A condition → a column that is true, false or null, as strong Kleene logic has it.

The same few cases as for one person (`rulebase.deciders`); null is *unknown*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import and_, or_
from typing import assert_never

import narwhals as nw

from advisor.rulebase.shapes import All, Any, Comparison, Condition, Named, Not

Leaf = Callable[[Comparison | Named, bool], nw.Expr]


def expression(condition: Condition, leaf: Leaf, *, negated: bool = False) -> nw.Expr:
    """The column of a condition; `leaf` makes those of its comparisons and findings.

    `leaf` is told whether what it makes stands under a `not`.
    """
    match condition:
        case Comparison() | Named():
            return leaf(condition, negated)
        case Not(part):
            return ~expression(part, leaf, negated=not negated)
        case All(parts):
            return every(expression(part, leaf, negated=negated) for part in parts)
        case Any(parts):
            return some(expression(part, leaf, negated=negated) for part in parts)
        case _:
            assert_never(condition)


def every(parts: Iterable[nw.Expr]) -> nw.Expr:
    """Whether all of some columns are true; true for none."""
    return _joined(and_, parts, otherwise=True)


def some(parts: Iterable[nw.Expr]) -> nw.Expr:
    """Whether any of some columns is true; false for none."""
    return _joined(or_, parts, otherwise=False)


def _joined(
    join: Callable[[nw.Expr, nw.Expr], nw.Expr], parts: Iterable[nw.Expr], *, otherwise: bool
) -> nw.Expr:
    """Join columns two by two, as engines walk down an expression and cannot go very deep."""
    found = [*parts] or [nw.lit(otherwise)]
    while len(found) > 1:
        left = found[len(found) & ~1 :]
        found = [join(*pair) for pair in zip(found[::2], found[1::2], strict=False)] + left
    return found[0]


def known_false(column: nw.Expr) -> nw.Expr:
    """Whether it is false and not unknown."""
    return ~column.fill_null(value=True)


def known_true(column: nw.Expr) -> nw.Expr:
    """Whether it is true and not unknown."""
    return column.fill_null(value=False)
