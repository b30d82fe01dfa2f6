"""A rule base with its rules in another order and in other files."""

from __future__ import annotations

import json
import random
from pathlib import Path

from advisor.rulebase.problems import Problems
from advisor.rulebase.reading.nodes import Node, read_file


def shuffled_rules(folder: Path, target: Path, seed: int) -> Path:
    """Copy a rule base, dealing its rules out to new files in random order."""
    chance = random.Random(seed)
    target.mkdir(parents=True)
    rules: list[tuple[str, object]] = []
    for path in sorted(folder.rglob("*.yaml")):
        node = read_file(path.read_bytes(), path.name, Problems())
        assert isinstance(node, Node)
        content = node.plain()
        assert isinstance(content, dict)
        rules += content.pop("rules", {}).items()
        name = "-".join(path.relative_to(folder).parts)
        if content:
            # The catalogue and the questions keep their author's order, so their files keep theirs.
            (target / name).write_text(json.dumps(content), encoding="utf-8")
    chance.shuffle(rules)
    for number in range(4):
        part = dict(rules[number::4])
        (target / f"z{number}.yaml").write_text(json.dumps({"rules": part}), encoding="utf-8")
    return target
