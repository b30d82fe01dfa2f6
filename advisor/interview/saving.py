"""Answers ↔ a file: kept by question id, and by the rule base they were given to.

The file also keeps a short mark of each question and rule, so that after the rules have
changed we can say what changed, and ask a changed question again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from advisor.answers import AnswerError, Facts, quoted
from advisor.interview.rule_changes import (
    changed_base,
    difference,
    dropped,
    marks,
    question_marks,
    rule_marks,
)
from advisor.json_text import json_text
from advisor.reasons import spoken
from advisor.rulebase.shapes import RuleBase

SCHEMA = "legday.answers/1"
LARGEST = 1 << 20


@dataclass(frozen=True)
class Saved:
    """Answers from a file, as `read_answers` takes them, and what to tell about them.

    `stated_clear` are the questions that had been declared clear in one word.
    """

    answers: dict[str, object]
    stated_clear: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def saved_document(facts: Facts, rules: RuleBase) -> dict[str, object]:
    """The answers as they are kept."""
    names = [question.id for question in rules.asked]
    clear = [names[place] for place in sorted(facts.stated_clear)]
    answers = {
        name: spoken(name, facts, rules)
        for place, name in enumerate(names)
        if not facts.is_open(place) and place not in facts.stated_clear
    }
    return {
        "schema": SCHEMA,
        "rule_base": {"name": rules.name, "version": rules.version, "sha256": rules.sha256},
        "answers": answers,
        "stated_clear": clear,
        "marks": marks(rules),
    }


def save_answers(path: Path, facts: Facts, rules: RuleBase) -> None:
    """Keep answers in a file that only its owner can read; all of it is written, or nothing.

    A file that holds something else is left alone. Raises OSError.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not _is_ours(target):
        raise FileExistsError(0, "holds something else than saved answers")
    text = json_text(saved_document(facts, rules), indented=True) + b"\n"
    import tempfile  # noqa: PLC0415 - it is slow to import, and plans only read

    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _is_ours(target: Path) -> bool:
    """Whether a file may be written over: empty, or answers saved before."""
    if not target.is_file():
        return False
    with target.open("rb") as file:
        data = file.read(LARGEST)
    if not data.strip():
        return True
    try:
        return is_saved(json.loads(data))
    except (ValueError, RecursionError):
        return False


def is_saved(document: object) -> bool:
    """Whether a parsed file holds saved answers, of this version, and not just answers."""
    return isinstance(document, Mapping) and document.get("schema") == SCHEMA


def refuse_newer(document: Mapping[str, object]) -> None:
    """Raise AnswerError for answers that a newer version of this program saved."""
    kind, _, version = str(document.get("schema")).partition("/")
    ours, _, newest = SCHEMA.partition("/")
    if kind == ours and version.isdecimal() and int(version[:9]) > int(newest):
        raise AnswerError([f"written by a newer version of legday ({quoted(f'{kind}/{version}')})"])


def read_saved(document: Mapping[str, object], rules: RuleBase) -> Saved:
    """The answers in a parsed file of saved answers. Raises AnswerError if it was tampered with.

    An answer to a question that is gone or has changed is dropped: the question is asked again.
    """
    answers, base = _mapping(document, "answers"), _mapping(document, "rule_base")
    stated = document.get("stated_clear", [])
    clear = (
        tuple(each for each in stated if isinstance(each, str)) if isinstance(stated, list) else ()
    )
    if base.get("sha256") == rules.sha256:
        return Saved(dict(answers), tuple(each for each in clear if each in rules.question))
    marked = _mapping(document, "marks")
    before, now = _mapping(marked, "questions"), question_marks(rules)
    kept = {
        name: answers[name] for name in answers if name in now and before.get(name) == now[name]
    }
    warnings = (
        changed_base(base, rules),
        *dropped(answers, kept, now),
        *difference("question", before, now, besides=answers),
        *difference("rule", _mapping(marked, "rules"), rule_marks(rules)),
    )
    return Saved(kept, tuple(n for n in clear if before.get(n) == now.get(n, "")), warnings)


def _mapping(document: Mapping[str, object], key: str) -> Mapping[str, object]:
    value = document.get(key)
    if not isinstance(value, Mapping) or not all(isinstance(each, str) for each in value):
        raise AnswerError([f"`{key}` of the saved answers is missing or no mapping"])
    return value
