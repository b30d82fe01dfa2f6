"""The id of something new → the entry to fill in, where it belongs; or a base to begin with.

What has to be thought of is a TODO, the condition too, and `legday rules check` points at each that
is left.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template

from advisor.authoring.cases.files import cases_folder
from advisor.authoring.fmt import line_end
from advisor.rulebase.problems import Problems, RuleBaseError, did_you_mean, quoted
from advisor.rulebase.reading.entries import ID_FORMS, Draft, merge
from advisor.rulebase.reading.exercises import HOW_TO
from advisor.rulebase.reading.files import SUFFIX, gather, in_folder
from advisor.rulebase.reading.layers import OWN, read_layers
from advisor.rulebase.reading.models import COLLECTIONS, AttributeEntry, RuleEntry, SourceEntry
from advisor.rulebase.reading.nodes import read_file
from advisor.rulebase.shapes import Place

CASE = "case"
SECTIONS = {each: f"{each}s" for each in ("question", "exercise", "rule", "finding", "invariant")}
_TEMPLATES = Path(__file__).parent / "templates"
_TOP = re.compile(r"[^\s#]")
_TO_DO = "TODO"
_CASES = f"new-cases{SUFFIX}"


class ScaffoldError(Exception):
    """Why nothing can be added, with a hint."""


@dataclass(frozen=True)
class Scaffold:
    """A file, its whole new text, and the line of what is new."""

    path: Path
    text: str
    line: int


def begin(folder: Path, over: str = "") -> Scaffold:
    """A rule base that runs, or one to be laid over another. Raises ScaffoldError."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ScaffoldError(f"{quoted(str(folder))} is there already: give a new folder")
    below = over if over in ("", OWN) else _way(folder, Path(over))
    words = {"name": _quoted(folder.resolve().name), "base": _quoted(below), "title": _TO_DO}
    kind = "overlay" if over else "base"
    return Scaffold(folder / f"base{SUFFIX}", _filled(kind, words), 1)


def _way(folder: Path, below: Path) -> str:
    """How one folder is named from another. Raises ScaffoldError if it is none."""
    if not below.is_dir():
        raise ScaffoldError(f"{quoted(str(below))} is no folder, nor `{OWN}`")
    return os.path.relpath(below.resolve(), folder.resolve())


def scaffold(kind: str, name: str, theme: str, folder: Path) -> Scaffold:
    """Where something new goes, and what its file then says.

    Raises ScaffoldError, or RuleBaseError for files that cannot be read.
    """
    problems = Problems()
    layers = read_layers([folder], problems)
    if len(problems):
        raise RuleBaseError(problems)
    draft = merge(layers.nodes, Problems())  # what is still to be filled in may be wrong
    entry = _entry(kind, name, theme, draft)
    if kind == CASE:
        return new_case(name, entry, folder)
    section = SECTIONS[kind]
    path = folder / _file(section, theme, folder, draft)
    _check_id(name, section, draft.declared(section))
    return _added(name, entry, section, path, _header(section, path, folder))


def new_case(name: str, entry: str, folder: Path) -> Scaffold:
    """Where a new case of a rule base goes, and what its file then says. Raises ScaffoldError."""
    path = (cases_folder(folder) or folder.absolute().parent / "tests" / "cases") / _CASES
    problems = Problems()
    node = read_file(path.read_bytes(), path.name, problems) if path.exists() else None
    _check_id(name, "", node.keys if node else {})
    return _added(name, entry, "", path, "")


def _added(name: str, entry: str, section: str, path: Path, header: str) -> Scaffold:
    """The file with the entry in its section."""
    before = path.read_bytes() if path.exists() else header.encode()
    text, line = _inserted(before.decode("utf-8-sig"), section, entry)
    problems = Problems()
    node = read_file(text.encode(), path.name, problems)
    if len(problems) or node is None or node.child(*filter(None, (section, name))) is None:
        message = f"`{path.name}` is written in an unusual way: add it by hand"
        raise ScaffoldError(message)
    return Scaffold(path, text.replace("\n", line_end(before)), line)


def _check_id(name: str, section: str, places: Mapping[str, Place]) -> None:
    if name in places:
        where = f"in {places[name].file}:{places[name].line}"
        raise ScaffoldError(f"`{section or 'cases'}` has {quoted(name)} already: {where}")
    pattern, _, hint = ID_FORMS[COLLECTIONS[section][1] if section else "kebab"]
    if not re.fullmatch(pattern, name) or name.startswith(HOW_TO):
        raise ScaffoldError(f"{quoted(name)} cannot be an id here ({hint})")


def _file(section: str, theme: str, folder: Path, draft: Draft) -> str:
    """The file with most rules of a theme; otherwise the only one of a section, or a new one."""
    own, places = gather(folder)[0], draft.declared(section)
    files = {key: in_folder(each.file, folder, own) for key, each in places.items()}
    files = {key: file for key, file in files.items() if file in own}
    if section != "rules":
        only = {*files.values()}
        return only.pop() if len(only) == 1 else _own_file(section)
    if not theme:
        return _own_file(section)
    themes = {key: each.model.theme for key, each in draft.all("rules", RuleEntry).items()}
    having = Counter(file for key, file in files.items() if themes.get(key) == theme)
    if having:
        return min(having, key=lambda each: (-having[each], each))
    hint = did_you_mean(theme, [its for its in themes.values() if its])
    if hint.startswith("did"):
        raise ScaffoldError(f"no rule has the theme {quoted(theme)} ({hint})")
    words = re.findall(r"[a-z0-9]+", theme.lower())
    folders = {Path(file).parent.as_posix() for file in files.values()}
    inside = "themes" if "themes" in folders else "."
    return (Path(inside) / f"{'-'.join(words) or 'new-rules'}{SUFFIX}").as_posix()


def _own_file(section: str) -> str:
    return f"new-{section}{SUFFIX}"


def _header(section: str, path: Path, folder: Path) -> str:
    """What a new file begins with."""
    up = "../" * (len(path.relative_to(folder).parts) - 1)
    return f"# yaml-language-server: $schema={up}schema.json\n{section}:\n"


def _inserted(text: str, section: str, new: str) -> tuple[str, int]:
    """The text with a new entry at the end of its section, and the line it starts at."""
    lines = text.splitlines()
    heads = [at for at, line in enumerate(lines) if re.match(rf"{section}:\s*(#|$)", line)]
    if section and not heads:
        heads = [len(lines) + 1]
        lines += ["", f"{section}:"]
    start = heads[0] if section else len(lines)
    end = next(
        (place for place in range(start + 1, len(lines)) if _TOP.match(lines[place])), len(lines)
    )
    # Comments above the next section belong to it.
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    blank = [] if end in (0, start + 1) else [""]
    after = [""] if end < len(lines) and lines[end].strip() else []
    whole = [*lines[:end], *blank, *new.splitlines(), *after, *lines[end:]]
    return "\n".join(whole).rstrip("\n") + "\n", end + len(blank) + 1


def _entry(kind: str, name: str, theme: str, draft: Draft) -> str:
    """An entry that says nothing yet, and shows where everything goes."""
    kinds = {each.model.kind: key for key, each in draft.all("sources", SourceEntry).items()}
    attributes = [
        f"      {key}: {_TO_DO} # {', '.join(each.model.values)}"
        for key, each in draft.all("attributes", AttributeEntry).items()
    ]
    words = {
        "name": name,
        "theme": _quoted(theme or _TO_DO),
        "source": kinds.get("reasoning") or next(iter(kinds.values()), _TO_DO),
        "attributes": "\n".join(attributes),
    }
    return _filled(kind, words)


def _filled(template: str, words: dict[str, str]) -> str:
    return Template((_TEMPLATES / f"{template}{SUFFIX}").read_text("utf-8")).substitute(words)


def _quoted(text: str) -> str:
    """A text that YAML takes for what it is."""
    if re.fullmatch(r"[A-Za-z][A-Za-z ]*", text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
