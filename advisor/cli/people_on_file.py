"""A file of JSON Lines → the answers of people whom an author has on file."""

from __future__ import annotations

from pathlib import Path

import orjson

from advisor.answers import AnswerError, quoted, read_answers
from advisor.reasons import spoken
from advisor.rulebase.problems import cause_of
from advisor.rulebase.shapes import RuleBase


def people_on_file(file: str, rules: RuleBase) -> list[dict[str, object]]:
    """The answers of each line of a file. Raises AnswerError with every problem."""
    found, problems = list[dict[str, object]](), list[str]()
    try:
        lines = Path(file).read_bytes().splitlines()
    except OSError as error:
        raise AnswerError([f"`--people`: {quoted(file)}: {cause_of(error)}"]) from None
    for number, line in enumerate(lines, 1):
        try:
            record = orjson.loads(line)
            answers = {key: each for key, each in record.items() if key in rules.question}
            facts = read_answers(answers, rules)
        except (AnswerError, orjson.JSONDecodeError, AttributeError) as error:
            problems.append(f"{quoted(file)}, line {number}: {str(error).splitlines()[0]}")
            continue
        names = [question.id for question in rules.questions]
        found.append({name: spoken(name, facts, rules) for name in names if name in answers})
    if problems:
        raise AnswerError(problems)
    return found
