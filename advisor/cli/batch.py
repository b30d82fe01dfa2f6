"""`legday batch FILE`: JSON Lines of answers in, JSON Lines of plans out, in the same order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING

from advisor.answers import AnswerError, quoted, read_answers
from advisor.cli.answer_files import unique_pairs
from advisor.cli.environment import Environment, Exit
from advisor.plan import plan_for
from advisor.rulebase.shapes import RuleBase

if TYPE_CHECKING:
    from advisor.cli.commands import Request

LONGEST_LINE = 1 << 20


def run(environment: Environment, request: Request) -> int:
    """Answer every line; a bad line gets an error of its own and the rest still runs."""
    bad = False
    screened = bool(request.values.get("screened"))
    # The people of a file need not be where this machine is, so its locale does not count.
    country = request.country if request.values.get("country") else ""
    with _opened(str(request.values["file"]), environment) as stream:
        for number, line in enumerate(_lines(stream), start=1):
            if not line.strip():
                continue
            document = answer_line(line, number, request.rules, screened=screened, country=country)
            bad = bad or "error" in document
            environment.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
    environment.stdout.flush()
    return Exit.UNUSABLE if bad else Exit.DONE


@contextmanager
def _opened(name: str, environment: Environment) -> Iterator[IO[bytes]]:
    if name == "-":
        yield environment.stdin.buffer
        return
    try:
        stream = Path(name).open("rb")  # noqa: SIM115 - closed below
    except (OSError, ValueError) as error:
        cause = getattr(error, "strerror", None) or "not a usable name"
        raise AnswerError([f"{quoted(name)}: cannot be read: {cause.lower()}"]) from None
    with stream:
        yield stream


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    """The lines of a stream; one that is too long comes cut, and does not parse."""
    while line := stream.readline(LONGEST_LINE):
        yield line
        while len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            line = stream.readline(LONGEST_LINE)


def answer_line(
    line: bytes, number: int, rules: RuleBase, *, screened: bool = False, country: str = ""
) -> dict[str, object]:
    """The plan for one line of answers, or what is wrong with the line."""
    try:
        answers = json.loads(line.decode("utf-8-sig"), object_pairs_hook=unique_pairs)
        if not isinstance(answers, dict):
            return {"error": "expected a JSON object of answers", "line": number}
        plan = plan_for(read_answers(answers, rules, screened=screened), rules)
        if country:
            plan = replace(plan, options=("--country", country), country=country)
        return plan.to_dict()
    except AnswerError as error:
        return {"error": "; ".join(error.problems), "line": number}
    except (ValueError, RecursionError):
        return {"error": "not a line of JSON", "line": number}
