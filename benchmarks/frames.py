"""A table of people at once: levels and verdicts, beside `batch`, zen-engine and plain numpy.

    python benchmarks/frames.py [--rows 10000,100000,1000000] [--rounds 3]

One core for each (polars is told so). People are those of `questions.py`, over and over. It is
checked first that all say the same levels of the first thousand. What is measured:

- *frames*: `advise_frame` on a lazy polars table, of which `level` and `status` are taken, then
  with the verdicts of three exercises, then with all;
- *batch*: what `legday batch --jobs 1` does with lines of JSON: whole plans, or two fields of them;
- *zen-engine*: whether each rule is true, all in one expression for each person, without levels;
- *numpy*: the conditions of the same rules as a person would write them over arrays, true and
  known apart, and the levels from them by hand: it knows no more of the rule base than that.

Memory is the most that a process of its own had, less what it had before it began.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("POLARS_MAX_THREADS", "1")

import numpy as np
import polars as pl
from plans import in_words
from questions import person

from advisor import advise, load_rules
from advisor.answers import read_answers
from advisor.cli.answering import Job, answer_group
from advisor.cli.people import Record
from advisor.engine.ready import program_of
from advisor.frames import advise_frame
from advisor.json_text import json_text
from advisor.rulebase.bits import positions
from advisor.rulebase.shapes import (
    ALWAYS,
    All,
    Comparison,
    Condition,
    Named,
    Not,
    Number,
    OneOf,
    Question,
    Rule,
    RuleBase,
    SomeOf,
    YesNo,
)
from advisor.rulebase.shapes import (
    Any as Some,
)
from advisor.rulebase.truth import inlined

DIFFERENT = 5_000
SLOW = 2_000  # people for what takes them one by one; its time grows with them
THREE = ["leg_press", "split_squat", "deadlift"]
Truth = tuple[np.ndarray, np.ndarray]  # true, and false; neither is unknown


def table(rules: RuleBase, rows: int) -> pl.DataFrame:
    """So many people, a column for each fact."""
    chance = random.Random(1)
    some = [in_words(person(chance, rules)[1], rules) for _ in range(min(rows, DIFFERENT))]
    columns: dict[str, list[object]] = {}
    for question in rules.asked:
        said = [each.get(question.id) for each in some]
        columns[question.id] = [None if value == "unsure" else value for value in said]
        columns[f"{question.id}__unsure"] = [value == "unsure" for value in said]
    small = pl.DataFrame(columns, infer_schema_length=None)
    times = -(-rows // len(small))
    return pl.concat([small] * times).head(rows)


def levels_by_frames(frame: pl.DataFrame, rules: RuleBase) -> pl.DataFrame:
    """Level and status; lazily, so that nothing else is made."""
    return advise_frame(frame.lazy(), rules).select("level", "status").collect()


def verdicts_by_frames(frame: pl.DataFrame, rules: RuleBase) -> pl.DataFrame:
    """The same with three verdicts."""
    names = [f"verdict__{each}" for each in THREE]
    made = advise_frame(frame.lazy(), rules, THREE)
    return made.select("level", "status", *names).collect()


def everything_by_frames(frame: pl.DataFrame, rules: RuleBase) -> pl.DataFrame:
    """All verdicts and the rules that fired."""
    return advise_frame(frame.lazy(), rules, [*rules.exercise]).collect()


class Arrays:
    """Conditions over numpy arrays, and levels from them."""

    def __init__(self, frame: pl.DataFrame, rules: RuleBase) -> None:
        self.rules, self.rows = rules, len(frame)
        self.codes: dict[str, np.ndarray] = {}
        self.known: dict[str, np.ndarray] = {}
        self.open: dict[str, np.ndarray] = {}
        for question in rules.questions:
            self._read(question, frame)

    def _read(self, question: Question, frame: pl.DataFrame) -> None:
        """Encode a column; not measured, as reading the table is not."""
        name = question.id
        if name not in frame.columns:
            first = question.first
            known = np.full(self.rows, first is not None)
            self.codes[name] = np.full(self.rows, first or 0)
            self.known[name], self.open[name] = known, ~known
            return
        unsure = frame[f"{name}__unsure"].to_numpy()
        column = frame[name]
        self.known[name] = column.is_not_null().to_numpy() & ~unsure
        self.open[name] = column.is_null().to_numpy() & ~unsure
        match question.type:
            case SomeOf():
                codes = np.zeros((len(question.choices), self.rows), bool)
                for place, choice in enumerate(question.choices):
                    has = column.list.contains(choice.id).fill_null(value=False)
                    codes[place] = has.to_numpy()
                self.codes[name] = codes
            case OneOf():
                places = question.positions
                said = column.replace_strict(places, default=None, return_dtype=pl.Int64)
                self.codes[name] = said.fill_null(-1).to_numpy()
            case YesNo() | Number():
                self.codes[name] = column.cast(pl.Int64).fill_null(-1).to_numpy()

    def truths(self) -> dict[Condition, Truth]:
        """Every condition once, findings first."""
        self.findings: dict[str, Truth] = {}
        for finding in self.rules.findings:
            self.findings[finding.id] = self._truth(finding.when)
        return {when: self._truth(when) for when in {rule.when for rule in self.rules.rules}}

    def _truth(self, condition: Condition) -> Truth:
        match condition:
            case Comparison():
                passes, known = self._passes(condition), self.known[condition.fact]
                return passes & known, ~passes & known
            case Named(finding):
                return self.findings[finding]
            case Not(part):
                true, false = self._truth(part)
                return false, true
            case All(parts):
                sides = [self._truth(part) for part in parts]
                true, false = np.ones(self.rows, bool), np.zeros(self.rows, bool)
                for one, other in sides:
                    true, false = true & one, false | other
                return true, false
            case Some(parts):
                sides = [self._truth(part) for part in parts]
                true, false = np.zeros(self.rows, bool), np.ones(self.rows, bool)
                for one, other in sides:
                    true, false = true | one, false & other
                return true, false
        raise TypeError(condition)

    def _passes(self, test: Comparison) -> np.ndarray:
        codes = self.codes[test.fact]
        if test.operator == "is":
            return np.isin(codes, test.operand)
        low, high = test.operand
        if test.operator == "between":
            return (codes >= low) & (codes <= high)
        chosen = [codes[place] for place in positions(high)]
        return np.any(chosen, axis=0) if low == 1 else np.sum(chosen, axis=0) >= low

    def levels(self) -> np.ndarray:
        """The highest level that a rule may put each person at (with doubt as danger)."""
        truths, found = self.truths(), np.zeros(self.rows, np.int8)
        for level, which in enumerate(program_of(self.rules).of_level):
            for rule in positions(which) if level else ():
                _, false = truths[self.rules.rules[rule].when]
                found = np.maximum(found, np.where(false, 0, level))
        return found


def zen(rules: RuleBase) -> Callable[[list[dict[str, object]]], list[list[str]]] | None:
    """The rules by zen-engine, one person after the other, if it is there."""
    try:
        from _engines import Zen  # noqa: PLC0415 - it may not be there
    except ImportError:
        return None
    plain = [replace(rule, when=inlined(rule.when, rules.finding)) for rule in rules.rules]
    held = tuple(rule for rule in plain if rule.when != ALWAYS and _holds(Zen, rule, rules))
    engine = Zen(replace(rules, rules=held))
    print(f"zen-engine holds {len(held)} of {len(plain)} rules")

    def fired(people: list[dict[str, object]]) -> list[list[str]]:
        prepared = [engine.prepare(read_answers(each, rules)) for each in people]
        start = time.perf_counter()
        found = [engine.fired(each) for each in prepared]
        fired.seconds = time.perf_counter() - start  # type: ignore[attr-defined]
        return found

    return fired


def _holds(engine: type, rule: Rule, rules: RuleBase) -> bool:
    """Whether an engine can take a rule."""
    try:
        engine(replace(rules, rules=(rule,)))
    except (RuntimeError, TypeError, ValueError):
        return False
    return True


def seconds(work: Callable[[], object], rounds: int) -> float:
    """The median of some rounds."""
    spent = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


def check(rules: RuleBase) -> None:
    """Stop unless all say the same of the first people."""
    frame = table(rules, 1000)
    rows = in_rows(frame, rules)
    wanted = [advise(each, rules) for each in rows]
    told = levels_by_frames(frame, rules)
    if told["level"].to_list() != [plan.level for plan in wanted]:
        sys.exit("frames: another level than `advise` gives")
    careful = Arrays(frame, rules).levels().tolist()
    if careful != [plan.careful.level for plan in wanted]:
        sys.exit("numpy: another level than `advise` gives")


def in_rows(frame: pl.DataFrame, rules: RuleBase) -> list[dict[str, object]]:
    """Rows as answers in words."""
    found = []
    for row in frame.to_dicts():
        said: dict[str, object] = {}
        for question in rules.asked:
            if row[f"{question.id}__unsure"]:
                said[question.id] = "unsure"
            elif row[question.id] is not None:
                said[question.id] = row[question.id]
        found.append(said)
    return found


def measured(what: str, rows: int) -> tuple[float, float]:
    """Seconds and megabytes of one way with so many rows, in a process of its own."""
    words = [sys.executable, __file__, "--only", what, "--rows", str(rows)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    spent, megabytes = json.loads(done.stdout)
    return spent, megabytes


def only(what: str, rows: int) -> None:
    """Measure one way here, and print it."""
    rules = load_rules()
    frame = table(rules, rows)
    work: dict[str, Callable[[], object]] = {
        "levels": lambda: levels_by_frames(frame, rules),
        "verdicts": lambda: verdicts_by_frames(frame, rules),
        "everything": lambda: everything_by_frames(frame, rules),
    }
    if what == "numpy":
        arrays = Arrays(frame, rules)
        work["numpy"] = arrays.levels
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    work[what]()
    spent = time.perf_counter() - start
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sys.stdout.write(json.dumps([spent, (most - before) / 1024]))


def one_by_one(rules: RuleBase, rounds: int) -> dict[str, float]:
    """Microseconds a person for what takes people one by one."""
    rows = in_rows(table(rules, SLOW), rules)
    records = [Record(n, json_text(each)) for n, each in enumerate(rows, 1)]
    found = {}
    for name, fields in (("batch, whole", ()), ("batch, level and status", ("level", "status"))):
        job = Job(rules, fields=fields)
        found[name] = seconds(lambda job=job: answer_group(records, job), rounds) / SLOW * 1e6  # type: ignore[misc]
    if fired := zen(rules):
        fired(rows)
        found["zen-engine, true rules"] = fired.seconds / SLOW * 1e6  # type: ignore[attr-defined]
    return found


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", default="10000,100000,1000000")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    sizes = [int(each) for each in given.rows.split(",")]
    if given.only:
        only(given.only, sizes[0])
        return
    rules = load_rules()
    check(rules)
    alone = one_by_one(rules, given.rounds)
    for name, spent in alone.items():
        print(f"{name:<28}{spent:>10.1f} µs a person")
    print(f"\n{'rows':>10}  {'way':<12}{'seconds':>9}{'µs/person':>11}{'MB more':>9}")
    for rows in sizes:
        for what in ("numpy", "levels", "verdicts", "everything"):
            if what == "everything" and rows > 200_000:
                continue
            spent, megabytes = measured(what, rows)
            each = spent / rows * 1e6
            print(f"{rows:>10}  {what:<12}{spent:>9.2f}{each:>11.2f}{megabytes:>9.0f}")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
