"""The wheel holds all it needs: alone in an empty folder it gives a plan."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from running import ROOT, environment


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from the working copy, with the build backend that is installed beside the tests."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "hatchling",
            "build",
            "--target",
            "wheel",
            "--directory",
            str(folder),
        ],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


def run_alone(wheel: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the unpacked wheel where the working copy cannot be found."""
    alone = folder / "site"
    if not alone.exists():
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(alone)
    return subprocess.run(
        [sys.executable, "-m", "advisor", *words],
        cwd=folder,
        env=environment(PYTHONPATH=str(alone), XDG_CACHE_HOME=str(folder / "cache")),
        capture_output=True,
        text=True,
        check=False,
    )


def test_holds_every_rule_file_and_module_and_no_test(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for path in (ROOT / "rules").rglob("*"):
        if path.is_file():
            assert f"advisor/rules/{path.relative_to(ROOT / 'rules').as_posix()}" in names
    for path in (ROOT / "advisor").rglob("*.py"):
        assert path.relative_to(ROOT).as_posix() in names
    assert not [name for name in names if name.startswith("tests/") or "__pycache__" in name]


def test_gives_a_plan_alone(wheel: Path, tmp_path: Path) -> None:
    words = ["plan", "--screened", "--back-pain", "2", "--equipment", "dumbbells"]
    done = run_alone(wheel, tmp_path, *words, "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    plan = json.loads(done.stdout)
    assert plan["session"]["exercises"]
    warm = run_alone(wheel, tmp_path, *words, "--format", "json")
    assert warm.stdout == done.stdout


def test_uses_the_rules_that_it_brought(wheel: Path, tmp_path: Path) -> None:
    done = run_alone(wheel, tmp_path, "questions")
    assert (done.returncode, done.stderr) == (0, "")
    for file in (tmp_path / "site" / "advisor" / "rules").rglob("*.yaml"):
        file.unlink()
    assert run_alone(wheel, tmp_path, "questions").returncode == 5
