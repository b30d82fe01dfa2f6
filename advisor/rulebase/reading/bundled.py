"""Where the rules lie that come with the program."""

from __future__ import annotations

import atexit
import shutil
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from tempfile import mkdtemp

RULES, CASES = "rules", "cases"


@cache
def bundled_rules() -> Path:
    """The folder of the rule base that comes with the program: in the wheel, or beside the package.

    Of a package in an archive, a copy that is gone when the program ends.
    """
    package = own_package()
    if not isinstance(package, Path):
        return _copied(package) / RULES
    inside = package / RULES
    return inside if inside.is_dir() else package.parent / RULES


def own_package() -> Traversable:
    """The program's own package, which may lie in an archive."""
    return files("advisor")


def _copied(package: Traversable) -> Path:
    """A folder with the rules of a package that lies in an archive, and their cases."""
    place = Path(mkdtemp(prefix="legday-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    for name in (RULES, CASES):
        _copy(package / name, place / name)
    return place


def _copy(what: Traversable, where: Path) -> None:
    if what.is_file():
        where.write_bytes(what.read_bytes())
        return
    where.mkdir()
    for each in what.iterdir():
        _copy(each, where / each.name)
