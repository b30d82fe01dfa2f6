"""A folder of rules → a rule base. The program's own comes read and checked in the wheel.

What the wheel brings is plain data. It is taken only if it was made from the very rules that lie
beside it, by this version of the program; otherwise, and for any other folder, the files are read.
Nothing is written anywhere, but where the package lies in an archive and its files are asked for.
"""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.resources.abc import Traversable
from pathlib import Path

from advisor.rulebase.reading.bundled import RULES, bundled_rules, own_package
from advisor.rulebase.reading.files import digest, rule_files
from advisor.rulebase.shapes import RuleBase
from advisor.version import __version__

READY = "rules.ready"  # the file of the wheel that holds its rule base


def load_rules(path: str | Path | Sequence[str | Path] | None = None) -> RuleBase:
    """The rule base in a folder (the bundled one by default), ready to run.

    Of several folders, each is laid over those before it. Raises RuleBaseError with every problem.
    """
    folders = [path] if isinstance(path, str | Path) else path
    return _read(*map(Path, folders)) if folders else _own()


@cache
def _own() -> RuleBase:
    """The program's own rule base, which does not change while the program runs."""
    return _ready(own_package()) or _read(bundled_rules())


def _read(*folders: Path) -> RuleBase:
    from advisor.rulebase.reading.build import read_rule_base  # noqa: PLC0415 - YAML and Pydantic are slow to import, and rules that are ready need neither

    return read_rule_base(*folders)


def made_ready(rules: RuleBase) -> bytes:
    """What a wheel brings: a line that says what it was made of and by, and the rule base."""
    data = pickle.dumps(rules, pickle.HIGHEST_PROTOCOL)
    return _label(rules.sha256, data) + data


def _ready(package: Traversable) -> RuleBase | None:
    """The rule base that the wheel brings, if it is there and fits."""
    file = package / READY
    if not file.is_file():
        return None
    label, _, data = file.read_bytes().partition(b"\n")
    if label + b"\n" != _label(digest(rule_files(package / RULES)), data):
        return None
    rules = pickle.loads(data)  # noqa: S301 - it is part of the program, as its modules are
    return rules if isinstance(rules, RuleBase) else None


def _label(content: str, data: bytes) -> bytes:
    return f"{__version__} {content} {sha256(data).hexdigest()}\n".encode()
