"""A table of people and a rule base → the same table with level, status, rules and verdicts.

Row by row the values are those of `advise` for one person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import narwhals as nw

from advisor.answers import named_exercise
from advisor.engine.ready import program_of
from advisor.frames.checks import Table, check_columns
from advisor.frames.expressions import expression, known_true, some
from advisor.frames.facts import BESIDE, compared, own, read
from advisor.frames.settled import can_be_false
from advisor.rulebase.bits import positions
from advisor.rulebase.shapes import LEVELS, REFERRAL, Comparison, Condition, Named, RuleBase
from advisor.verdicts import AVOID, CAUTION, OK, UNRESOLVED

T = TypeVar("T")
_ALL_OUT = "all_out"
_COMMA = ","  # between the ids of rules, which hold none


def advise_frame(frame: T, rules: RuleBase, verdicts: Iterable[str] = ()) -> T:
    """The same frame with `level`, `status`, `fired` and `verdict__EXERCISE` columns.

    `frame` is a polars, pyarrow, DuckDB, Dask or nullable pandas frame with a column for each fact
    (see `advisor.frames.facts`); other columns are left as they are. `verdicts` names exercises.
    Raises FrameError with every problem of the columns, AnswerError for an unknown exercise.
    """
    exercises = [named_exercise(each, rules) for each in verdicts]
    table = nw.from_native(frame)
    check_columns(table, rules)
    if isinstance(table, nw.DataFrame) and table.implementation.is_pandas_like():
        made = _added(nw.from_native(table.to_arrow()), rules, exercises, beside=False)
        return table.with_columns(_as_nullable(made, table).iter_columns()).to_native()
    return _added(table, rules, exercises).to_native()


def _added(
    table: Table, rules: RuleBase, exercises: Sequence[str], *, beside: bool = True
) -> Table:
    """The columns that are made of a table, beside its own or without them."""
    kept = table.collect_schema().names()
    answered = _Answered(rules, frozenset(kept))
    for step in answered.steps():
        table = table.with_columns(*step)
    outputs = dict(answered.outputs(exercises))
    told = [each for each in kept if beside and each not in outputs]
    return table.select(*told, *(made.alias(name) for name, made in outputs.items()))


def _as_nullable(made: nw.DataFrame, like: nw.DataFrame) -> nw.DataFrame:
    """An Arrow table as a pandas frame with nullable columns, in the rows of another one."""
    import pandas as pd  # noqa: PLC0415 - whoever has a frame has it

    native = made.to_native().to_pandas(types_mapper=pd.ArrowDtype)
    return nw.from_native(native.set_index(like.to_native().index))


@dataclass(frozen=True)
class _Answered:
    """The columns that a rule base makes of those that a table has."""

    rules: RuleBase
    columns: frozenset[str]

    def steps(self) -> Iterator[list[nw.Expr]]:
        """Columns of our own, each list made of those before: facts, findings, conditions."""
        questions = self.rules.questions
        yield [each for question in questions for each in read(question, self.columns)]
        for finding in self.rules.findings:  # each may read those before it
            yield [expression(finding.when, self._leaf).alias(own("finding", finding.id))]
        yield [
            expression(when, self._leaf).alias(own("when", place))
            for when, place in self._conditions.items()
        ]
        yield [
            can_be_false(self.rules.rules[place].when, self.rules, self.columns).alias(
                own("open", place)
            )
            for place in positions(program_of(self.rules).referrals)
        ]
        yield [
            some(self._when(rule) for rule in self._all_out).alias(own(_ALL_OUT)),
        ]

    def _leaf(self, test: Comparison | Named, _: bool) -> nw.Expr:  # noqa: FBT001 - as it is called
        if isinstance(test, Named):
            return nw.col(own("finding", test.finding))
        return compared(self.rules.question[test.fact], test)

    @cached_property
    def _conditions(self) -> dict[Condition, int]:
        """Each condition once, with the first of its rules."""
        found = dict[Condition, int]()
        for place, rule in enumerate(self.rules.rules):
            found.setdefault(rule.when, place)
        return found

    def _when(self, rule: int) -> nw.Expr:
        return nw.col(own("when", self._conditions[self.rules.rules[rule].when]))

    def _possible(self, rule: int) -> nw.Expr:
        return self._when(rule).fill_null(value=True)

    def _waits(self, rule: int) -> nw.Expr:
        """Whether it is unknown, and questions not asked can still make it false."""
        return self._when(rule).is_null() & nw.col(own("open", rule))

    def outputs(self, exercises: Iterable[str]) -> Iterator[tuple[str, nw.Expr]]:
        """The columns that are asked for, by name."""
        incomplete, certain = self._open, self._levels
        level = nw.lit(LEVELS[0])
        for place, reached in certain.items():
            level = nw.when(reached).then(nw.lit(LEVELS[place])).otherwise(level)
        refers = some(reached for place, reached in certain.items() if place >= REFERRAL)
        status = nw.when(refers).then(nw.lit("refer")).otherwise(nw.lit("plan"))
        yield "level", nw.when(~incomplete).then(level)
        yield "status", nw.when(incomplete).then(nw.lit("incomplete")).otherwise(status)
        yield "fired", self._fired
        for exercise in exercises:
            yield f"verdict{BESIDE}{exercise}", self._verdict(exercise)

    @cached_property
    def _all_out(self) -> set[int]:
        """The rules that put every exercise out, as referrals do."""
        everything = (1 << len(self.rules.exercises)) - 1
        avoids = program_of(self.rules).avoids.items()
        return {rule for rule, mask in avoids if mask == everything}

    @cached_property
    def _levels(self) -> dict[int, nw.Expr]:
        """For each level above the first, rising, whether a rule surely puts a person there."""
        program = program_of(self.rules)
        found = {}
        for level, which in enumerate(program.of_level):
            if level and which:
                reached = [
                    self._possible(rule) & ~self._waits(rule)
                    if program.referrals >> rule & 1
                    else self._possible(rule)
                    for rule in positions(which)
                ]
                found[level] = some(reached)
        return found

    @cached_property
    def _open(self) -> nw.Expr:
        """Whether questions not asked could raise the level to a referral, or further."""
        program = program_of(self.rules)
        waiting = []
        for level, which in enumerate(program.of_level):
            waits = [self._waits(rule) for rule in positions(which & program.referrals)]
            above = [reached for place, reached in self._levels.items() if place >= level]
            if waits:
                waiting.append(some(waits) & ~some(above))
        return some(waiting)

    @property
    def _fired(self) -> nw.Expr:
        """The ids of the rules that applied, each once, in rule order; null where none did."""
        restricting = program_of(self.rules).restricting
        applied = dict[str, list[nw.Expr]]()
        for place, rule in enumerate(self.rules.rules):
            if not rule.catalogue:
                when = (
                    self._possible(place)
                    if restricting >> place & 1
                    else known_true(self._when(place))
                )
                applied.setdefault(rule.id, []).append(when)
        ids = [nw.when(some(each)).then(nw.lit(name)) for name, each in applied.items()]
        joined = nw.concat_str(*ids, separator=_COMMA, ignore_nulls=True)
        return nw.when(joined != nw.lit("")).then(joined.str.split(_COMMA))

    def _verdict(self, exercise: str) -> nw.Expr:
        program, place = program_of(self.rules), [*self.rules.exercise].index(exercise)
        avoids = [
            rule
            for rule, mask in program.avoids.items()
            if mask >> place & 1 and rule not in self._all_out
        ]
        cautions = [rule for rule, mask in program.cautions.items() if mask >> place & 1]
        out = some([nw.col(own(_ALL_OUT)), *(self._when(rule) for rule in avoids)])
        careful = some(self._possible(rule) for rule in cautions)
        word = nw.when(careful).then(nw.lit(CAUTION)).otherwise(nw.lit(OK))
        word = nw.when(out.is_null()).then(nw.lit(UNRESOLVED)).otherwise(word)
        return nw.when(out).then(nw.lit(AVOID)).otherwise(word)
