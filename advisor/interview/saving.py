"""Answers ↔ a file: kept by question id, and by the rule base they were given to.

The file also keeps a short mark of each question and rule, so that after the rules have
changed we can say what changed, and ask a changed question again. Marks are made of what
questions and rules say, and not of where they stand, so that a new exercise or another order is
no change to rules that read as before.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from advisor.answers import AnswerError, Facts, quoted
from advisor.explain.verbalization import condition_words, exercise_names, few, findings_behind
from advisor.json_text import Json, json_text
from advisor.reasons import spoken
from advisor.rulebase.shapes import Effect, Rule, RuleBase

SCHEMA = "legday.answers/1"
LARGEST = 1 << 20
_FEW = 6


@dataclass(frozen=True)
class Saved:
    """Answers from a file, as `read_answers` takes them, and what to tell about them.

    `stated_clear` are the questions that had been declared clear in one word.
    """

    answers: Json
    stated_clear: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def saved_document(facts: Facts, rules: RuleBase) -> Json:
    """The answers as they are kept."""
    known = {
        question.id: place in facts.stated_clear
        for place, question in enumerate(rules.asked)
        if not facts.is_open(place)
    }
    return {
        "schema": SCHEMA,
        "rule_base": {"name": rules.name, "version": rules.version, "sha256": rules.sha256},
        "answers": {name: spoken(name, facts, rules) for name in known if not known[name]},
        "stated_clear": [name for name in known if known[name]],
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
    try:
        return not data.strip() or is_saved(json.loads(data))
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
    answers, base = _now_called(document, "answers", rules), _mapping(document, "rule_base")
    stated = document.get("stated_clear")
    words = stated if isinstance(stated, list) else []
    clear = [rules.id_of(each) for each in words if isinstance(each, str)]
    if base.get("sha256") == rules.sha256:
        return Saved(dict(answers), tuple(each for each in clear if each in rules.question))
    marked, now = _mapping(document, "marks"), marks(rules)
    before, questions = _now_called(marked, "questions", rules), now["questions"]
    same = {name for name in questions if before.get(name) == questions[name]}
    again = [name for name in answers if name in questions and name not in same]
    gone = [name for name in answers if name not in questions]
    warnings = (
        _changed_base(base, rules),
        *_told("asked again, for the question changed", again),
        *_told("left out, for the question is gone", gone),
        *_difference("question", before, questions, besides=answers),
        *_difference("rule", _mapping(marked, "rules"), now["rules"]),
    )
    kept = {name: answers[name] for name in answers if name in same}
    return Saved(kept, tuple(name for name in clear if name in same), warnings)


def _now_called(document: Mapping[str, object], key: str, rules: RuleBase) -> dict[str, object]:
    """A mapping by question, each called as it is now."""
    return {rules.renamed.get(old, old): each for old, each in _mapping(document, key).items()}


def _mapping(document: Mapping[str, object], key: str) -> Mapping[str, object]:
    value = document.get(key)
    if not isinstance(value, Mapping) or not all(isinstance(each, str) for each in value):
        raise AnswerError([f"`{key}` of the saved answers is missing or no mapping"])
    return value


def _changed_base(base: Mapping[str, object], rules: RuleBase) -> str:
    """How the rule base differs as a whole."""
    name, version = base.get("name"), base.get("version")
    if name != rules.name:
        return f"these answers were given to {quoted(name)}, and this is {quoted(rules.name)}"
    if version != rules.version:
        return f"the rules changed since: version {quoted(version)}, now {quoted(rules.version)}"
    return "the rules changed since these answers were saved"


def _difference(
    what: str, before: Mapping[str, object], now: Mapping[str, object], besides: Container[str] = ()
) -> Iterator[str]:
    """What is new, gone and changed; of the answered questions that was told already."""
    gone = [name for name in before if name not in now and name not in besides]
    changed = [n for n in now if n in before and before[n] != now[n] and n not in besides]
    groups = (("new", [name for name in now if name not in before]), ("gone", gone))
    for word, names in (*groups, ("changed", changed)):
        yield from _told(f"{word} {what}{'s' if len(names) > 1 else ''}", names)


def _told(what: str, names: Iterable[str]) -> Iterator[str]:
    if shown := few([quoted(name) for name in names], _FEW):
        yield f"{what}: {shown}"


def marks(rules: RuleBase) -> dict[str, dict[str, str]]:
    """What a rule base is remembered by: a mark of each question, and of all rules of an id."""
    questions = {
        each.id: _mark(
            *(each.kind, each.ask, each.help),
            [(choice.id, choice.label, choice.help) for choice in each.choices],
            (each.minimum, each.maximum, each.unit),
        )
        for each in rules.asked
    }
    found: dict[str, list[object]] = {}
    for rule in rules.rules:
        found.setdefault(rule.id, []).append(_rule_parts(rule, rules))
    return {"questions": questions, "rules": {name: _mark(found[name]) for name in found}}


def _mark(*parts: object) -> str:
    """Eight letters that change when what they stand for changes."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:8]


def _rule_parts(rule: Rule, rules: RuleBase) -> object:
    conditions = [rule.when, *(each.when for each in findings_behind(rule.when, rules))]
    when = [condition_words(each, rules) for each in conditions]
    return rule.this, when, [_effect_parts(each, rules) for each in rule.effects], rule.because


def _effect_parts(effect: Effect, rules: RuleBase) -> object:
    """An effect by the names of its exercises, which outlive a change of the catalogue's order."""
    values = dict(vars(effect))
    if "exercises" in values:
        values["exercises"] = sorted(exercise_names(values["exercises"], rules))
    return type(effect).__name__, sorted(values.items())
