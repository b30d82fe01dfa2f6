"""The wheel holds all it needs: alone in an empty folder it gives a plan."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from running import ROOT, environment


def built(target: str, folder: Path) -> Path:
    """From the working copy, with the build backend that is installed beside the tests."""
    words = ["build", "--target", target, "--directory", str(folder)]
    done = [sys.executable, "-m", "hatchling", *words]
    scratch = folder.with_name(f"{folder.name}-scratch")
    scratch.mkdir()
    variables = {**os.environ, "TMPDIR": str(scratch)}
    subprocess.run(done, cwd=ROOT, check=True, capture_output=True, env=variables)
    assert [*scratch.iterdir()] == []
    (file,) = folder.iterdir()
    return file


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built("wheel", tmp_path_factory.mktemp("wheel"))


def test_the_source_archive_holds_every_file_that_the_tests_read(tmp_path: Path) -> None:
    with tarfile.open(built("sdist", tmp_path)) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    tests = [path for path in (ROOT / "tests").rglob("*") if path.suffix in {".py", ".yaml"}]
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").glob("*.py"))
    named = [
        path for name in re.findall(r'ROOT / "([^"]+)"', code) if (path := ROOT / name).is_file()
    ]
    assert len(named) > 1
    wanted = {path.relative_to(ROOT).as_posix() for path in (*tests, *named)}
    assert wanted - names == set()


def run_alone(wheel: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the unpacked wheel where the working copy cannot be found."""
    alone = folder / "site"
    if not alone.exists():
        shutil.unpack_archive(wheel, alone, "zip")
    return subprocess.run(
        [sys.executable, "-m", "advisor", *words],
        cwd=folder,
        env=environment(PYTHONPATH=str(alone)),
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
    for path in (*(ROOT / "advisor").rglob("*.py"), ROOT / "advisor" / "rulebase" / "codes.yaml"):
        assert path.relative_to(ROOT).as_posix() in names
    for path in (ROOT / "advisor" / "report" / "templates").iterdir():
        assert path.relative_to(ROOT).as_posix() in names
    assert not [name for name in names if name.startswith("tests/") or "__pycache__" in name]


def test_gives_a_plan_alone(wheel: Path, tmp_path: Path) -> None:
    words = ["plan", "--screened", "--back-pain", "2", "--equipment", "dumbbells"]
    done = run_alone(wheel, tmp_path, *words, "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    plan = json.loads(done.stdout)
    assert plan["session"]["exercises"]


def test_gives_a_sheet_alone(wheel: Path, tmp_path: Path) -> None:
    words = ["sheet", "--screened", "--back-pain", "2", "--equipment", "dumbbells"]
    done = run_alone(wheel, tmp_path, *words)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("<!DOCTYPE html>")
    assert "<svg" in done.stdout


def test_uses_the_rules_that_it_brought(wheel: Path, tmp_path: Path) -> None:
    done = run_alone(wheel, tmp_path, "questions")
    assert (done.returncode, done.stderr) == (0, "")
    for file in (tmp_path / "site" / "advisor" / "rules").rglob("*.yaml"):
        file.unlink()
    assert run_alone(wheel, tmp_path, "questions").returncode == 5


PLAN = ("plan", "--screened", "--back-pain", "2", "--equipment", "dumbbells", "--format", "json")
READS_YAML = "import sys, advisor; advisor.load_rules(); print('yaml' in sys.modules)"


def python(path: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python where the program is found in a folder or an archive, and nowhere else."""
    return subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env=environment(PYTHONPATH=str(path), TMPDIR=str(folder)),
        capture_output=True,
        text=True,
        check=False,
    )


def unpacked(wheel: Path, folder: Path) -> Path:
    shutil.unpack_archive(wheel, folder / "site", "zip")
    return folder / "site"


def test_takes_its_rules_as_they_were_read_when_it_was_built(wheel: Path, tmp_path: Path) -> None:
    site = unpacked(wheel, tmp_path)
    assert python(site, tmp_path, "-c", READS_YAML).stdout == "False\n"
    (site / "advisor" / "rules.ready").unlink()
    assert python(site, tmp_path, "-c", READS_YAML).stdout == "True\n"


@pytest.mark.parametrize("how", ["other rules", "another version", "a bit is wrong", "cut short"])
def test_reads_the_files_where_what_was_read_does_not_fit(
    how: str, wheel: Path, tmp_path: Path
) -> None:
    site = unpacked(wheel, tmp_path)
    ready = site / "advisor" / "rules.ready"
    kept = ready.read_bytes()
    if how == "other rules":
        base = site / "advisor" / "rules" / "base.yaml"
        base.write_bytes(base.read_bytes() + b"\n# one more line\n")
    elif how == "another version":
        version = site / "advisor" / "version.py"
        version.write_text('__version__ = "99.0"\n')
    elif how == "a bit is wrong":
        ready.write_bytes(kept[:-1000] + bytes([kept[-1000] ^ 1]) + kept[-999:])
    else:
        ready.write_bytes(kept[: len(kept) // 2])
    done = python(site, tmp_path, "-c", READS_YAML)
    assert (done.stdout, done.stderr) == ("True\n", "")


@pytest.mark.parametrize("ready", [True, False])
def test_runs_from_an_archive(ready: bool, wheel: Path, tmp_path: Path) -> None:  # noqa: FBT001 - one case each
    archive = tmp_path / "program.zip"
    with zipfile.ZipFile(wheel) as built, zipfile.ZipFile(archive, "w") as ours:
        for name in built.namelist():
            if ready or name != "advisor/rules.ready":
                ours.writestr(name, built.read(name))
    work = tmp_path / "work"
    work.mkdir()
    in_folder = python(unpacked(wheel, tmp_path), work, "-m", "advisor", *PLAN)
    done = python(archive, work, "-m", "advisor", *PLAN)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == in_folder.stdout
    tested = python(archive, work, "-m", "advisor", "rules", "test")
    assert (tested.returncode, tested.stderr) == (0, "")
    assert list(work.iterdir()) == []  # no copy of the rules is left behind
