"""Folders of rules → once now, and once more after each time that a file in them is saved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from time import sleep

PAUSE = 0.1  # seconds between two looks at the files


def saves(folders: Sequence[Path], *, watch: bool) -> Iterator[None]:
    """Give a turn now; with `watch` another after each save, until somebody breaks off."""
    told = before = _saved(folders)
    yield
    while watch:
        sleep(PAUSE)
        now = _saved(folders)
        if now == before != told:  # whoever saves it has come to an end
            told = now
            yield
        before = now


def _saved(folders: Sequence[Path]) -> dict[Path, int]:
    """When each rule file was last saved; one that is being replaced is not there for a moment."""
    found: dict[Path, int] = {}
    for path in (each for folder in folders for each in folder.rglob("*.yaml")):
        with suppress(OSError):
            found[path] = path.stat().st_mtime_ns
    return found
