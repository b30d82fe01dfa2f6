"""The rules that keep the house clean: imports point one way, and no knowledge in Python."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from advisor.rulebase.shapes import RuleBase

HOUSE = Path(__file__).parent.parent / "advisor"
ROOMS = (
    "rulebase",
    "engine",
    "drawing",
    "journal",
    "interview",
    "explain",
    "authoring",
    "report",
    "cli",
    "web",
)
PIPELINE = "pipeline"

# What each room may import, besides itself, the shapes of a rule base, and what JSON is.
MAY_IMPORT = {
    PIPELINE: {"engine", "rulebase"},
    "rulebase": set(),
    "engine": {"rulebase"},
    "drawing": {"rulebase"},
    "journal": {PIPELINE, "engine", "rulebase"},
    # Why a rule spoke, and what is still open, stands in the tables of the engine.
    "explain": {PIPELINE, "engine", "rulebase"},
    # The conversation is printed as blocks, like every report.
    "interview": {PIPELINE, "engine", "rulebase", "explain", "report"},
    "authoring": {PIPELINE, *ROOMS} - {"report", "cli", "web"},
    # Conditions and effects are put into words in one place.
    "report": {"rulebase", "explain", "drawing"},
    "cli": {PIPELINE, *ROOMS},
    "web": {PIPELINE, "rulebase", "interview", "explain", "report", "drawing"},
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


def name_of(path: Path) -> str:
    parts = path.relative_to(HOUSE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def at_run_time(node: ast.AST) -> Iterator[ast.ImportFrom | ast.Import]:
    """The imports in a tree, those in functions too, but not those for type checkers."""
    if isinstance(node, ast.ImportFrom | ast.Import):
        yield node
    elif isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        for other in node.orelse:
            yield from at_run_time(other)
    else:
        for child in ast.iter_child_nodes(node):
            yield from at_run_time(child)


def files_needed(source: str, modules: set[str]) -> set[str]:
    """The modules that a source imports; of a package, the module in it that is named."""
    found: set[str] = set()
    for node in at_run_time(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif node.module:
            inside = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= inside & modules
            found |= {node.module} if inside - modules else set()
    return found & modules


def circle_in(sources: dict[str, str]) -> list[str]:
    """A ring of modules of which each imports the next, or nothing."""
    needs = {name: files_needed(source, {*sources}) - {name} for name, source in sources.items()}
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        return list(error.args[1])[::-1]
    return []


def test_has_no_circle_of_imports_between_files() -> None:
    sources = {name_of(path): path.read_text(encoding="utf-8") for path in MODULES}
    assert " -> ".join(circle_in(sources)) == ""


def test_finds_a_circle_of_imports_in_functions_too() -> None:
    late = "def f():\n    from advisor import a"
    assert circle_in({"advisor": "", "advisor.a": "import advisor.b", "advisor.b": late})


def test_finds_no_circle_in_imports_for_type_checkers() -> None:
    typed = "if TYPE_CHECKING:\n    from advisor.a import A"
    assert not circle_in({"advisor.a": "from advisor.b import B", "advisor.b": typed})


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_imports_point_one_way(path: Path) -> None:
    parts = path.relative_to(HOUSE).with_suffix("").parts
    if parts in {("__init__",), ("__main__",)}:
        return  # the front door names every room
    room = room_of(parts[:-1])
    for name in imports(path):
        target = room_of(tuple(name.split(".")[1:]))
        shapes = name in {"advisor.rulebase.shapes", "advisor.json_text"}
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
    for path in (*MODULES, *HOUSE.rglob("*.yaml")):
        hit = pattern.search(path.read_text(encoding="utf-8"))
        assert hit is None, f"{path.relative_to(HOUSE)} says {hit and hit[0]!r}"


def test_makes_no_code_at_run_time() -> None:
    """What a rule base says is data; nothing of it is ever written into a program."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            assert called not in {"exec", "eval", "compile", "__import__"}, path
            assert not (isinstance(node, ast.Import) and node.names[0].name == "marshal"), path


@pytest.mark.parametrize("name", ["words", "texts", "lines", "frozen", "utils", "helpers", "misc"])
def test_names_no_file_for_what_any_file_could_hold(name: str) -> None:
    assert [path for path in MODULES if path.stem == name] == []
