"""A folder of rule files -> their bytes and one hash."""

from __future__ import annotations

import os
from collections.abc import Container, Iterator, Mapping
from hashlib import sha256
from importlib.resources.abc import Traversable
from pathlib import Path

from advisor.rulebase.problems import Problem, Problems, cause_of
from advisor.rulebase.shapes import Place

LARGEST = 1 << 20
SUFFIX = ".yaml"
HIDDEN = "."


def gather(folder: Path) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """Read every rule file below a folder: relative path -> bytes, in the order of paths."""
    problems = Problems()
    if not folder.is_dir():
        problems.add("not-a-folder", top(str(folder)), f"`{_printable(folder)}` is no folder")
        return {}, tuple(problems)
    paths = {_printable(path.relative_to(folder)): path for path in _walk(folder, problems)}
    files = {name: _bytes(paths[name], name, problems) for name in sorted(paths)}
    found = {name: data for name, data in files.items() if data is not None}
    if not found and not problems:
        problems.add("no-rule-files", top("."), f"no `*{SUFFIX}` below `{_printable(folder)}`")
    return found, tuple(problems)


def rule_files(folder: Traversable, above: str = "") -> dict[str, bytes]:
    """The same for the rules of the program itself, which may lie in an archive."""
    if not folder.is_dir():
        return {}
    found: dict[str, bytes] = {}
    for each in folder.iterdir():
        name = f"{above}{each.name}"
        if each.name.startswith(HIDDEN):
            continue
        if each.is_dir():
            found |= rule_files(each, f"{name}/")
        elif each.name.endswith(SUFFIX):
            found[name] = each.read_bytes()
    return found


def in_folder(file: str, folder: Path, known: Container[str]) -> str:
    """A file as it is called in its folder; over another base, the folder's name stands first."""
    return file if file in known else file.removeprefix(f"{folder.resolve().name}/")


def digest(files: Mapping[str, bytes]) -> str:
    """Name the content of a rule base: the same files give the same hash on every machine."""
    total = sha256()
    for name in sorted(files):
        total.update(f"{name}\0{len(files[name])}\0".encode())
        total.update(files[name])
    return total.hexdigest()


def top(file: str) -> Place:
    """The first character of a file."""
    return Place(file, 1, 1)


def _walk(folder: Path, problems: Problems) -> Iterator[Path]:
    """Every path that is named like a rule file; what would be overlooked is a problem.

    Hidden names are passed over: editors and systems leave them behind, with anything in them.
    """

    def refuse(error: OSError) -> None:
        place, message = top(_printable(error.filename)), f"cannot open: {cause_of(error)}"
        problems.add("unreadable", place, message)

    for root, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(HIDDEN)]
        for name in (*folders, *(name for name in files if not name.startswith(HIDDEN))):
            path = Path(root, name)
            place = top(_printable(path.relative_to(folder)))
            if path.suffix == SUFFIX:
                yield path
            elif path.suffix.lower() in {SUFFIX, ".yml"} and path.is_file():
                problems.add("wrong-suffix", place, "not read", f"rename it to end in `{SUFFIX}`")
            elif path.is_dir() and path.is_symlink():
                problems.add("linked-folder", place, "a linked folder is not read")


def _bytes(path: Path, name: str, problems: Problems) -> bytes | None:
    """The bytes of one file, unless it is too large or cannot be read."""
    try:
        if not path.is_file():
            problems.add("not-a-file", top(name), "not a file")
            return None
        if path.stat().st_size > LARGEST:
            problems.add("file-too-large", top(name), f"larger than {LARGEST} bytes", "split it")
            return None
        return path.read_bytes()
    except OSError as error:
        problems.add("unreadable", top(name), f"cannot read: {cause_of(error)}")
        return None


def _printable(path: object) -> str:
    """A path with forward slashes that can always be printed."""
    text = path.as_posix() if isinstance(path, Path) else str(path)
    return text.encode("utf-8", "backslashreplace").decode()
