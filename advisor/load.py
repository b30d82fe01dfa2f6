"""A folder of rules → a rule base: read and checked once, then taken from the user's cache.

A cache file is named by the content of the rule files, this program's own sources and the
Python that wrote it, so it never needs to be thrown away. It is written atomically, readable
by its owner only, and passed over in silence whenever it cannot be read or written. As it
holds code, it is trusted only if this user owns it and nobody else may write it.

The wheel brings the bundled rule base read and checked already, so that the very first run
need not do it either; that file is part of the program, and trusted as the program is.
"""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import sys
import zlib
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import cast

from advisor.rulebase.reading.files import content_hash
from advisor.rulebase.shapes import RuleBase

BUNDLED = "rules"
_SUM_SIZE = 4
READ_ALREADY = "compiled"  # the folder of the wheel's own rule base, named by its content
_PACKAGE = Path(__file__).parent
_SOURCES = ("engine", "rulebase", "rulebase/reading", "rulebase/shapes")


def load_rules(path: str | Path | None = None, *, cache: Path | None = None) -> RuleBase:
    """The rule base in a folder (the bundled one by default), ready to run.

    `cache` is the folder for compiled rule bases (default: the user's cache folder; the empty
    path turns it off). Raises RuleBaseError with every problem.
    """
    folder = Path(path) if path is not None else bundled_rules()
    store = _store(cache)
    content = content_hash(folder)
    name = f"{content}-{_stamp()}.bin" if store else ""
    if store and (rules := _read(store / name)):
        return rules
    shipped = _PACKAGE / READ_ALREADY / f"{content}.pickle"
    pickled = shipped.read_bytes() if shipped.is_file() else read_afresh(folder)
    if store:
        _write(store, name, _sum(pickled) + pickled)
    return _unpickled(pickled)


def read_afresh(folder: Path) -> bytes:
    """A rule base read from its files, as a cache keeps it."""
    from advisor.rulebase.reading.build import read_rule_base  # noqa: PLC0415 - YAML and Pydantic are slow to import, and a warm start needs neither

    rules = read_rule_base(folder)
    bare = replace(rules)  # without what it has computed for itself so far
    return pickle.dumps(bare, pickle.HIGHEST_PROTOCOL)


def bundled_rules() -> Path:
    """The rule base that comes with the program: in the wheel, or beside the package."""
    inside = _PACKAGE / BUNDLED
    return inside if inside.is_dir() else _PACKAGE.parent / BUNDLED


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
    entries = (entry for folder in _SOURCES for entry in os.scandir(_PACKAGE / folder))
    sources = sorted((entry.name, entry.stat().st_mtime_ns) for entry in entries)
    parts = [sys.version, *(f"{name} {time}" for name, time in sources if name.endswith(".py"))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _read(file: Path) -> RuleBase | None:
    """A rule base from the cache, or None if there is none that can be trusted."""
    try:
        if not _trusted(file.parent.stat()) or not file.is_file():
            return None
        with file.open("rb") as stream:
            if not _trusted(os.fstat(stream.fileno())):
                return None
            found, kept = stream.read(_SUM_SIZE), stream.read()
        if found != _sum(kept):
            return None
        rules = _unpickled(kept)
    except Exception:  # noqa: BLE001 - whatever is wrong with a cache, the files are still there
        return None
    return rules if isinstance(rules, RuleBase) else None


def _sum(kept: bytes) -> bytes:
    """What tells a file that was damaged: code with a wrong bit in it may do anything."""
    return zlib.crc32(kept).to_bytes(_SUM_SIZE)


def _unpickled(pickled: bytes) -> RuleBase:
    """The objects in a cache file. Collecting garbage among new objects finds none, slowly."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        return cast("RuleBase", pickle.loads(pickled))  # noqa: S301 - only a file of our own
    finally:
        if was_on:
            gc.enable()


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
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
