"""A file of answers, YAML or JSON → a mapping from question ids to values."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from advisor.answers import AnswerError, quoted
from advisor.cli.opening import opened
from advisor.rulebase.problems import cause_of

if TYPE_CHECKING:
    from advisor.cli.environment import Environment

LARGEST = 1 << 20
LARGEST_YAML = 1 << 15  # YAML is slow to read, and a person's answers are short


def read_answer_file(name: str, environment: Environment) -> dict[str, object]:
    """The answers in a file, or on standard input for `-`.

    Raises AnswerError for anything that is no mapping of names to values.
    """
    return parse_answers(_bytes(name, environment), name)


def _bytes(name: str, environment: Environment) -> bytes:
    if name == "-":
        stream = getattr(environment.stdin, "buffer", None)
        data = stream.read(LARGEST + 1) if stream else environment.stdin.read().encode()
    else:
        with opened(name) as file:
            try:
                data = file.read(LARGEST + 1)
            except OSError as error:
                raise AnswerError([f"cannot be read: {cause_of(error)}"]) from None
    if len(data) > LARGEST:
        raise AnswerError([f"larger than {LARGEST} bytes"])
    return data


def parse_answers(data: bytes, name: str) -> dict[str, object]:
    """Answers from the bytes of a YAML or JSON file."""
    if not data.strip():
        raise AnswerError(["empty: expected answers as YAML or JSON"])
    value = _json(data)
    if value is None and len(data) > LARGEST_YAML:
        raise AnswerError([f"no JSON, and for YAML larger than {LARGEST_YAML} bytes"])
    if value is None:
        value = _yaml(data, name)
    if not isinstance(value, dict):
        raise AnswerError(["expected a mapping of question ids to answers"])
    return value


def _json(data: bytes) -> object:
    """The value if this is JSON; None sends it to the YAML reader, which tells what is wrong."""
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return None
    try:
        return json.loads(data.decode("utf-8-sig"), object_pairs_hook=unique_pairs)
    except (ValueError, RecursionError) as error:
        if isinstance(error, AnswerError):
            raise
        return None


def unique_pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A JSON object; raises AnswerError where a key stands twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        times = Counter(key for key, _ in pairs)
        twice = (key for key in times if times[key] > 1)
        raise AnswerError(f"{quoted(key)}: answered twice: give one answer" for key in twice)
    return found


def _yaml(data: bytes, name: str) -> object:
    from advisor.rulebase.problems import Problems, RuleBaseError
    from advisor.rulebase.reading.nodes import read_file

    problems = Problems()
    # A tab at the end of a line is valid YAML, but not to our reader.
    data = b"\n".join(line.rstrip() for line in data.split(b"\n"))
    node = read_file(data, name, problems)
    if node is None or problems:
        found = RuleBaseError(problems).problems
        if any(each.code in {"wrong-type", "empty-file"} for each in found):
            return None  # sound YAML, but no mapping
        raise AnswerError([f"line {each.line}: {each.message}" for each in found])
    return node.plain()
