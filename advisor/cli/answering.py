"""A line of answers → a line of a plan: what every worker of a batch does, again and again."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import replace as copied
from typing import NamedTuple

from advisor.answers import AnswerError, read_answers
from advisor.cli.answer_files import unique_pairs
from advisor.lines import LineWriter
from advisor.plan import plan_for
from advisor.rulebase.shapes import RuleBase

Numbered = tuple[int, bytes]


class Answered(NamedTuple):
    """What became of a chunk: its lines of output, and how many lines in were bad.

    A text in shared memory is good until the next chunk is asked for.
    """

    text: bytes | memoryview
    lines: int
    bad: int
    length: int = 0  # of a text that was put into shared memory


@dataclass(frozen=True)
class Job:
    """What every line is answered with; `header` are the column names of a CSV file."""

    rules: RuleBase
    screened: bool = False
    country: str = ""
    fields: tuple[str, ...] = ()
    header: tuple[str, ...] = ()


class Worker:
    """Answers lines, one after another."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.writer = LineWriter(job.fields)

    def chunk(self, lines: Iterable[Numbered]) -> Answered:
        """Answer some lines. A bad one gets an error of its own; blank ones are passed over."""
        told = [self.line(number, line) for number, line in lines if line.strip()]
        bad = sum(error for _, error in told)
        return Answered(b"".join([b"%s\n" % text for text, _ in told]), len(told), bad)

    def line(self, number: int, line: bytes) -> tuple[bytes, bool]:
        """The output for one line, and whether it was bad."""
        job = self.job
        try:
            answers = self._csv(line) if job.header else _json(line)
            facts = read_answers(answers, job.rules, screened=job.screened)
            plan = plan_for(facts, job.rules)
            if job.country:
                plan = copied(plan, options=("--country", job.country), country=job.country)
            return self.writer.line(plan), False
        except AnswerError as error:
            problem = "; ".join(error.problems)
        except (ValueError, RecursionError):
            problem = "not a line of JSON"
        error_line = json.dumps({"error": problem, "line": number}, ensure_ascii=False)
        return error_line.encode(), True

    def _csv(self, line: bytes) -> dict[str, object]:
        """The answers in a line of CSV; an empty cell is a question not asked."""
        cells = csv_cells(line)
        if len(cells) != len(self.job.header):
            expected = len(self.job.header)
            raise AnswerError([f"{len(cells)} cells where the header has {expected}"])
        return {
            name: cell.replace(";", ",")
            for name, cell in zip(self.job.header, cells, strict=True)
            if cell.strip()
        }


def csv_cells(line: bytes) -> list[str]:
    """The cells of one line of CSV. Raises AnswerError."""
    try:
        return next(csv.reader([line.decode("utf-8-sig")], strict=True), [])
    except (UnicodeDecodeError, csv.Error):
        raise AnswerError(["not a line of CSV"]) from None


def _json(line: bytes) -> dict[str, object]:
    answers = json.loads(line.decode("utf-8-sig"), object_pairs_hook=unique_pairs)
    if not isinstance(answers, dict):
        raise AnswerError(["expected a JSON object of answers"])
    return answers
