"""The id of a new rule → the rule to fill in, in the file of its theme.

What comes out loads, and `legday rules check` points at every TODO that is left.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

from advisor.authoring.fmt import line_end
from advisor.rulebase.problems import Problems, did_you_mean, quoted
from advisor.rulebase.reading.entries import Draft
from advisor.rulebase.reading.exercises import HOW_TO
from advisor.rulebase.reading.models import KEBAB, RuleEntry
from advisor.rulebase.reading.nodes import read_file
from advisor.rulebase.shapes import Number, OneOf, Question, RuleBase, SomeOf, YesNo

OWN_FILE = "new-rules.yaml"
_TOP = re.compile(r"[^\s#]")


class ScaffoldError(Exception):
    """Why no rule can be added, with a hint."""


@dataclass(frozen=True)
class Scaffold:
    """A file, relative to the rule base, its whole new text, and the line of the new rule."""

    file: str
    text: str
    line: int


def scaffold(name: str, theme: str, folder: Path, rules: RuleBase, draft: Draft) -> Scaffold:
    """Where a new rule goes, and what its file then says. Raises ScaffoldError."""
    _check_id(name, draft)
    file = _file(theme, draft)
    path = folder / file
    before = path.read_bytes() if path.exists() else _header(file).encode()
    text, line = _inserted(before.decode("utf-8-sig"), entry(name, theme, rules))
    problems = Problems()
    node = read_file(text.encode(), file, problems)
    if len(problems) or node is None or node.child("rules", name) is None:
        message = f"`{file}` is written in an unusual way: add the rule by hand"
        raise ScaffoldError(message)
    return Scaffold(file, text.replace("\n", line_end(before)), line)


def _check_id(name: str, draft: Draft) -> None:
    places = draft.declared("rules")
    if name in places:
        where = f"in {places[name].file}:{places[name].line}"
        raise ScaffoldError(f"there is a rule {quoted(name)} already: {where}")
    if not re.fullmatch(KEBAB, name) or name.startswith(HOW_TO):
        hint = "small letters, digits and `-`, such as `two-words`"
        raise ScaffoldError(f"{quoted(name)} cannot be the id of a rule ({hint})")


def _file(theme: str, draft: Draft) -> str:
    """The file with most rules of a theme; for a new theme, a file of that name."""
    if not theme:
        return OWN_FILE
    places = draft.declared("rules")
    themes = {key: each.model.theme for key, each in draft.all("rules", RuleEntry).items()}
    files = Counter(places[key].file for key, its in themes.items() if its == theme)
    if files:
        return min(files, key=lambda each: (-files[each], each))
    hint = did_you_mean(theme, [its for its in themes.values() if its])
    if hint.startswith("did"):
        raise ScaffoldError(f"no rule has the theme {quoted(theme)} ({hint})")
    words = re.findall(r"[a-z0-9]+", theme.lower())
    folders = {Path(place.file).parent.as_posix() for place in places.values()}
    inside = "themes" if "themes" in folders else "."
    return (Path(inside) / f"{'-'.join(words) or 'new-rules'}.yaml").as_posix()


def _header(file: str) -> str:
    up = "../" * (len(Path(file).parts) - 1)
    return f"# yaml-language-server: $schema={up}schema.json\nrules:\n"


def _inserted(text: str, new: str) -> tuple[str, int]:
    """The text with a new entry at the end of its rules, and the line it starts at."""
    lines = text.splitlines()
    if "rules:" not in lines:
        lines += ["", "rules:"]
    start = lines.index("rules:")
    end = next(
        (place for place in range(start + 1, len(lines)) if _TOP.match(lines[place])), len(lines)
    )
    # Comments above the next section belong to it.
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    blank = [] if end == start + 1 else [""]
    after = [""] if end < len(lines) and lines[end].strip() else []
    whole = [*lines[:end], *blank, *new.splitlines(), *after, *lines[end:]]
    return "\n".join(whole).rstrip("\n") + "\n", end + len(blank) + 1


def entry(name: str, theme: str, rules: RuleBase) -> str:
    """A rule that loads, says nothing yet, and shows where everything goes."""
    questions = sorted(rules.asked, key=lambda each: not isinstance(each.type, YesNo))
    question = questions[0]
    test, fires, silent = _example(question)
    kinds = {source.kind: source.id for source in rules.sources.values()}
    source = kinds.get("reasoning") or next(iter(rules.sources), "a-source")
    return f"""\
  {name}:
    theme: {_quoted(theme or "TODO")}
    # The condition: replace the fact and its test.
    when: {{{question.id}: {test}}}
    # What it does: level, avoid, caution, dose, prefer, advise or suspect, one or several.
    advise:
      as: advice
      say: "TODO: what `{name}` tells the person."
    because: "TODO: why, in one or two short sentences of your own."
    sources: [{source}]
    # Answers for which the condition is true, and answers for which it is false.
    fires: {{{question.id}: {fires}}}
    silent: {{{question.id}: {silent}}}
"""


def _example(question: Question) -> tuple[str, str, str]:
    """A test of a question, an answer that passes it and one that does not."""
    kind = question.type
    match kind:
        case YesNo():
            return "yes", "yes", "no"
        case Number():
            low, high = (kind.text(question, end) for end in (question.minimum, question.maximum))
            return f"at least {high}", high, low
        case OneOf():
            last = question.choices[-1].id
            return last, last, question.choices[0].id
        case SomeOf():
            last = question.choices[-1].id
            return last, f"[{last}]", "none"
        case _:
            assert_never(kind)


def _quoted(text: str) -> str:
    """A text that YAML takes for what it is."""
    if re.fullmatch(r"[A-Za-z][A-Za-z ]*", text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
