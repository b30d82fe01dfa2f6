"""`legday batch FILE`: lines of answers in, lines of plans out, in the same order, streaming."""

from __future__ import annotations

import gzip
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from dataclasses import replace as copied
from pathlib import Path
from types import FrameType
from typing import IO, Annotated, Literal

import orjson
from typer import Argument, Option

from advisor.answers import AnswerError, quoted
from advisor.cli.answering import Job, answer_all
from advisor.cli.countries import country_code
from advisor.cli.environment import Environment, Exit
from advisor.cli.opening import opened
from advisor.cli.parameters import Country, Rules, whole
from advisor.cli.people import Lines, csv_records, grouped, json_records
from advisor.document import FIELDS, SMALL
from advisor.load import load_rules
from advisor.report.formatting import people
from advisor.report.summary import FIELDS as SUMMARIZED
from advisor.report.summary import Summary, summary_document, summary_text
from advisor.rulebase.problems import did_you_mean
from advisor.rulebase.shapes import RuleBase

GROUP, SMALL_GROUP = 16, 256  # people at a time: with whole plans, and with some keys of them
_SOME = "such as level, status, session"
TERMINATED = 143  # what shells call the end by SIGTERM
_TABLES, PARQUET = (".csv", ".tsv"), ".parquet"


@dataclass(frozen=True)
class Batch:
    """What is to be done with a file of people.

    `carried` are columns or keys that go along to the output besides `id` and `name`; `delimiter`
    is what stands between the columns of a CSV file, empty if that is to be seen from the file.
    """

    name: str
    csv: bool = False
    delimiter: str = ""
    carried: tuple[str, ...] = ()
    screened: bool = False
    country: str = ""
    fields: tuple[str, ...] = ()
    jobs: int = 1
    summary: Summary | None = None

    @property
    def is_parquet(self) -> bool:
        """Whether the file is Parquet, by its name."""
        return self.name.lower().endswith(PARQUET)

    @property
    def is_table(self) -> bool:
        """Whether the file is CSV, by what was said or by its name."""
        return self.csv or self.name.lower().removesuffix(".gz").endswith(_TABLES)


def run(
    environment: Environment,
    *,
    file: Annotated[
        str,
        Argument(
            help="A file with one JSON object of answers a line, or a .csv file whose first line "
            "names the questions, either of them also as .gz, or a .parquet file; - is standard "
            "input."
        ),
    ],
    fields: Annotated[
        str | None,
        Option(help="Only these keys of each plan, with commas, and no reasons: level,session"),
    ] = None,
    jobs: Annotated[
        int | None,
        Option(
            help="How many processes to use (default: one for each core).",
            parser=whole(1, 1000, "number of processes"),
        ),
    ] = None,
    csv: Annotated[bool, Option("--csv", help="The input is CSV, whatever its name.")] = False,
    delimiter: Annotated[
        str | None,
        Option(help="What stands between the columns of CSV (default: as its first line has it)."),
    ] = None,
    carry: Annotated[
        list[str] | None,
        Option(
            "--id",
            help="A column or key to carry to the output as it is, as id and name are. "
            "May be repeated.",
        ),
    ] = None,
    screened: Annotated[
        bool,
        Option(
            "--screened", help="State for every person that open screening questions are clear."
        ),
    ] = False,
    summary: Annotated[
        bool, Option("--summary", help="Only how many came to what, and for what reasons.")
    ] = False,
    parquet: Annotated[
        Path | None,
        Option(
            metavar="FILE",
            help="Write a table instead: of a .parquet file, with level, status and rules beside.",
        ),
    ] = None,
    country: Country = None,
    form: Annotated[
        Literal["text", "json"] | None,
        Option("--format", help="Of the summary: text or json.", metavar="FORM"),
    ] = None,
    rules: Rules = None,
) -> int:
    """Many people: JSON Lines (or CSV, Parquet) of answers in, JSON Lines of plans out."""
    if form and not summary:
        raise AnswerError(["`--format`: goes with `--summary` (plans are JSON Lines)"])
    if summary and (fields or parquet):
        raise AnswerError(["`--summary`: there is nothing else in it (leave out the other)"])
    batch = Batch(
        name=file,
        csv=csv,
        delimiter=_delimiter(delimiter),
        carried=_carried(carry),
        screened=screened,
        # The people of a file need not be where this machine is: its locale does not count.
        country="" if country is None else country_code(country),
        fields=SUMMARIZED if summary else _fields(fields),
        jobs=jobs or _cores(),
        summary=Summary() if summary else None,
    )
    base = load_rules(rules)
    if parquet:
        return _as_table(batch, parquet, base, environment)
    code = answer_file(batch, base, environment)
    if batch.summary:
        document, mark = summary_document(batch.summary, base), "█" if environment.can_draw else "#"
        environment.answer(
            form or "text", document, lambda: summary_text(document, environment.width, mark)
        )
    return code


def _as_table(batch: Batch, out: Path, rules: RuleBase, environment: Environment) -> int:
    """Write a table of what comes of a table."""
    from advisor.cli.parquet import write_table

    if not batch.is_parquet or batch.screened or batch.fields:
        hint = "give `batch` a .parquet file, without `--screened` and `--fields`"
        raise AnswerError([f"`--parquet`: a table is made of a table ({hint})"])
    try:
        written = write_table(batch.name, out, rules)
    except AnswerError as error:
        raise AnswerError(f"{quoted(batch.name)}: {each}" for each in error.problems) from None
    except OSError as error:
        cause = os.strerror(error.errno).lower() if error.errno else "no cause given"
        raise AnswerError([f"cannot write {quoted(str(out))}: {cause}"]) from None
    environment.stderr.write(f"{people(written)} in {out}\n")
    return Exit.DONE


def answer_file(batch: Batch, rules: RuleBase, environment: Environment) -> int:
    """Answer everybody in a file. Raises AnswerError for a file that cannot be read."""
    try:
        return _answer_file(batch, rules, environment)
    except AnswerError as error:
        raise AnswerError(f"{quoted(batch.name)}: {each}" for each in error.problems) from None


def _answer_file(batch: Batch, rules: RuleBase, environment: Environment) -> int:
    told = bad = 0
    with _opened(batch.name, environment) as file, _progress(batch, file, environment) as done:
        lines = Lines(_unpacked(batch.name, file))
        job = Job(rules, batch.screened, batch.country, batch.fields)
        job = copied(job, carried=frozenset(batch.carried))
        if batch.is_parquet:
            from advisor.cli.parquet import parquet_records

            records = parquet_records(batch.name, rules)
        elif batch.is_table:
            table, records = csv_records(lines, batch.delimiter, job.carried, rules)
            job = copied(job, table=table)
        else:
            records = json_records(lines)
        groups = grouped(records, lines, SMALL_GROUP if batch.fields else GROUP)
        with _whole_lines(environment) as write:
            for answered in answer_all(groups, job, batch.jobs):
                if batch.summary is None:
                    write(answered.text)
                else:
                    for line in answered.text.splitlines():
                        batch.summary.add(orjson.loads(line))
                told += answered.people
                bad += answered.bad
                done()
    if not told and batch.is_parquet:
        environment.warn([f"{quoted(batch.name)}: nobody in it: it has no rows"])
    elif not told:
        _tell_of_nobody(batch, environment, header=bool(job.table and job.table.columns))
    return Exit.UNUSABLE if bad else Exit.DONE


def _tell_of_nobody(batch: Batch, environment: Environment, *, header: bool) -> None:
    """Say that there was nobody to answer, which of a pipe or a table may well be right."""
    expected = "one JSON object of answers a line"
    if batch.is_table:
        expected = "a first line with the ids of questions, then a row for each person"
    problem = "nobody in it: nothing stands below the first line"
    if not header:
        problem = f"empty: expected {expected}"
    if batch.name != "-" and not header:
        raise AnswerError([problem])
    environment.warn([f"{quoted(batch.name)}: {problem}"])


def _delimiter(value: object) -> str:
    """What stands between columns: one character, or the word `tab`."""
    text = {"tab": "\t", "\\t": "\t"}.get(str(value or ""), str(value or ""))
    if len(text) > 1 or text in {'"', "\n", "\r"}:
        raise AnswerError(
            [f"`--delimiter`: {quoted(value)} is no separator: expected one character, or tab"]
        )
    return text


def _carried(value: list[str] | None) -> tuple[str, ...]:
    """What goes along. Raises AnswerError for what a plan has a key of its own for."""
    names = tuple(value or ())
    taken = [name for name in names if name in FIELDS or name in {"error", "line"}]
    if taken:
        raise AnswerError(f"`--id`: {quoted(name)} is a key of the output itself" for name in taken)
    return names


def _fields(value: object) -> tuple[str, ...]:
    """The keys asked for. Raises AnswerError for one that a plan does not have."""
    names = tuple(dict.fromkeys(str(value).replace(" ", "").split(","))) if value else ()
    known = [*FIELDS, *SMALL]
    problems = [
        f"`--fields`: {quoted(name)} is no key of a plan ({did_you_mean(name, known) or _SOME})"
        for name in names
        if name not in known
    ]
    if problems:
        raise AnswerError(problems)
    return names


def _cores() -> int:
    """How many cores this process may use."""
    with suppress(AttributeError):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def _opened(name: str, environment: Environment) -> Iterator[IO[bytes]]:
    if name == "-":
        yield environment.stdin.buffer
        return
    with opened(name) as stream:
        yield stream


def _unpacked(name: str, stream: IO[bytes]) -> IO[bytes]:
    """What is in a file, which may be packed."""
    if name.lower().endswith(".gz"):
        return gzip.GzipFile(fileobj=stream)  # type: ignore[return-value]  # read like any other
    return stream


@contextmanager
def _whole_lines(environment: Environment) -> Iterator[Callable[[bytes], None]]:
    """A way to write that a SIGTERM cannot cut: it waits until the lines at hand are out."""
    state = {"writing": False, "ended": False}

    def end(_: int, __: FrameType | None) -> None:
        state["ended"] = True
        if not state["writing"]:
            raise SystemExit(TERMINATED)

    def write(text: bytes) -> None:
        state["writing"] = True
        environment.write_data(text)
        state["writing"] = False
        if state["ended"]:
            raise SystemExit(TERMINATED)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield write
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _progress(
    batch: Batch, stream: IO[bytes], environment: Environment
) -> Iterator[Callable[[], None]]:
    """A progress bar on standard error, where somebody sees it and the end is known."""
    if batch.name == "-" or not environment.stderr.isatty() or environment.stdout.isatty():
        yield lambda: None
        return
    from rich.progress import Progress

    # Without its thread: forking a process that has threads is asking for trouble.

    with Progress(
        console=environment.console(environment.stderr), transient=True, auto_refresh=False
    ) as bar:
        task = bar.add_task("people", total=Path(batch.name).stat().st_size or None)

        def done() -> None:
            bar.update(task, completed=stream.tell())
            bar.refresh()

        yield done
