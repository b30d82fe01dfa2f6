"""The two rules that keep the house clean: imports point one way, and no knowledge in Python."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from advisor.rulebase.shapes import RuleBase

HOUSE = Path(__file__).parent.parent / "advisor"
ROOMS = ("rulebase", "interview", "explain", "authoring", "report", "cli")
PIPELINE = "pipeline"

# What each room may import, besides itself and the shapes of a rule base.
MAY_IMPORT = {
    PIPELINE: {"rulebase"},
    "rulebase": set(),
    "explain": {PIPELINE, "rulebase"},
    "interview": {PIPELINE, "rulebase", "explain", "report"},
    "authoring": {PIPELINE, "rulebase", "explain", "interview"},
    "report": {"rulebase", "explain"},
    "cli": {PIPELINE, *ROOMS},
}
MODULES = sorted(HOUSE.rglob("*.py"))


def room_of(parts: tuple[str, ...]) -> str:
    return parts[0] if parts and parts[0] in ROOMS else PIPELINE


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
    return {name for name in found if name.split(".")[0] == "advisor"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_imports_point_one_way(path: Path) -> None:
    parts = path.relative_to(HOUSE).with_suffix("").parts
    if parts in {("__init__",), ("__main__",)}:
        return  # the front door names every room
    room = room_of(parts[:-1])
    for name in imports(path):
        target = room_of(tuple(name.split(".")[1:]))
        shapes = name == "advisor.rulebase.shapes"
        assert shapes or target == room or target in MAY_IMPORT[room], f"{room} imports {name}"


def test_holds_no_knowledge_in_python(rules: RuleBase) -> None:
    """No id, name or alias of the rule base, but for words that any rule base would have."""
    words = {"disc", "sciatica", "lumbar", "pelvis", "barbell", "dumbbell", "squat", "numbness"}
    for exercise in rules.exercises:
        words |= {exercise.id, exercise.name.lower()}
    for question in rules.questions:
        words.add(question.id)
    # `sessions_per_week` is a word of the plan itself, which the contract fixes
    words -= {"age", "goal", "experience", "equipment", "balance", "sessions_per_week"}
    pattern = re.compile(r"\b(" + "|".join(map(re.escape, sorted(words))) + r")\b", re.IGNORECASE)
    for path in MODULES:
        hit = pattern.search(path.read_text(encoding="utf-8"))
        assert hit is None, f"{path.relative_to(HOUSE)} says {hit and hit[0]!r}"
