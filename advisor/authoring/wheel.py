"""The rule base → a file of the wheel, so that no run has to read and check it again.

Hatchling runs this while it builds a wheel: the rules are read and checked once, here, and a
wheel with rules that do not pass is never built.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ReadRules(BuildHookInterface):  # type: ignore[type-arg, misc, unused-ignore]
    """Puts the bundled rule base into the wheel, ready to load."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Read the rules; an editable install reads its own, as they change."""
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root))
        try:
            from advisor.load import READY, load_rules, made_ready  # noqa: PLC0415 - now it can be found
        finally:
            sys.path.remove(str(root))
        self.folder = TemporaryDirectory()  # there while the wheel is built, and gone after
        file = Path(self.folder.name) / READY
        file.write_bytes(made_ready(load_rules(root / "rules")))
        build_data["force_include"][str(file)] = f"advisor/{READY}"
