"""A folder of rules → a rule base: read and checked once, then taken from the user's cache.

A cache file is named by the content of the rule files, this program's own sources and the
Python that wrote it, so it never needs to be thrown away. It is written atomically, readable
by its owner only, and passed over in silence whenever it cannot be read or written. As it
holds code, it is trusted only if this user owns it and nobody else may write it.
"""

from __future__ import annotations

import gc
import hashlib
import marshal
import os
import pickle
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from advisor.rulebase.compiled import effect_tables, generated_code, link
from advisor.rulebase.folder import content_hash
from advisor.rulebase.shapes import RuleBase

BUNDLED = "rules"
_SOURCES = ("shapes.py", "compiled.py", "conditions.py", "building.py")


def load_rules(path: str | Path | None = None, *, cache: Path | None = None) -> RuleBase:
    """The rule base in a folder (the bundled one by default), ready to run.

    `cache` is the folder for compiled rule bases (default: the user's cache folder; the empty
    path turns it off). Raises RuleBaseError with every problem.
    """
    folder = Path(path) if path is not None else bundled_rules()
    store = _store(cache)
    name = f"{content_hash(folder)}-{_stamp()}.bin" if store else ""
    if store and (rules := _read(store / name)):
        return rules
    from advisor.rulebase.building import read_rule_base  # noqa: PLC0415 - YAML and Pydantic are slow to import, and a warm start needs neither

    rules = read_rule_base(folder)
    code, tables = generated_code(rules), effect_tables(rules)
    if store:
        bare = replace(rules)  # without what it has computed for itself so far
        pickled = pickle.dumps((bare, tables), pickle.HIGHEST_PROTOCOL)
        _write(store, name, marshal.dumps((marshal.dumps(code), pickled)))
    rules.__dict__["program"] = link(code, tables)
    return rules


def bundled_rules() -> Path:
    """The rule base that comes with the program: in the wheel, or beside the package."""
    inside = Path(__file__).parent.parent / BUNDLED
    return inside if inside.is_dir() else Path(__file__).parents[2] / BUNDLED


def _store(cache: Path | None) -> Path | None:
    """The cache folder, or None for no cache."""
    if cache is not None:
        return cache if str(cache) not in {"", "."} else None
    with suppress(Exception):  # no home, no user: then there is no cache
        from platformdirs import user_cache_path  # noqa: PLC0415 - only where it is needed

        return user_cache_path("legday", appauthor=False)
    return None


def _stamp() -> str:
    """What else a compiled rule base depends on: the Python, and the shapes it is made of."""
    here = Path(__file__).parent
    parts = [sys.version, *(str((here / name).stat().st_mtime_ns) for name in _SOURCES)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _read(file: Path) -> RuleBase | None:
    """A rule base from the cache, or None if there is none that can be trusted."""
    try:
        with file.open("rb") as stream:
            if not _trusted(os.fstat(stream.fileno())) or not _trusted(file.parent.stat()):
                return None
            code, pickled = marshal.load(stream)  # noqa: S302 - only a file of our own
        rules, tables = _unpickled(pickled)
        rules.__dict__["program"] = link(marshal.loads(code), tables)  # noqa: S302 - same
    except Exception:  # noqa: BLE001 - whatever is wrong with a cache, the files are still there
        return None
    return rules if isinstance(rules, RuleBase) else None


def _unpickled(pickled: bytes) -> tuple[RuleBase, dict[str, object]]:
    """The objects in a cache file. Collecting garbage among new objects finds none, slowly."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        rules, tables = pickle.loads(pickled)  # noqa: S301 - only a file of our own
    finally:
        if was_on:
            gc.enable()
    return rules, tables


def _trusted(status: os.stat_result) -> bool:
    """Owned by this user, and writable by nobody else."""
    if not hasattr(os, "getuid"):
        return True
    return status.st_uid == os.getuid() and not status.st_mode & 0o022


def _write(store: Path, name: str, content: bytes) -> None:
    """Put a file into the cache, whole or not at all; no cache is no error."""
    import tempfile  # noqa: PLC0415 - not needed by a warm start

    with suppress(OSError):
        store.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=store, prefix=".draft-")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            Path(draft).replace(store / name)
        except OSError:
            Path(draft).unlink(missing_ok=True)
            raise
