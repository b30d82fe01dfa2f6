"""`legday` run as a program of its own, as scripts run it, or, quicker, inside this one."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import sys
import tomllib
from functools import cache
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from advisor.cli.app import run
from advisor.cli.environment import Environment
from advisor.load import READY, load_rules, made_ready

ROOT = Path(__file__).parent.parent
SHOULDER = str(ROOT / "tests" / "shoulder")
_UNWANTED = {"COLUMNS", "LANG", "LC_MESSAGES", "PYTHONDONTWRITEBYTECODE", "PYTHONDEVMODE"}


@cache
def installed() -> Path:
    """A folder with the working copy's program as the wheel brings it: its rules read."""
    place = Path(mkdtemp(prefix="legday-tests-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    place.chmod(0o755)
    shutil.copytree(ROOT / "advisor", place / "advisor")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    for source, target in wheel["force-include"].items():
        shutil.copytree(ROOT / source, place / target)
    (place / "advisor" / READY).write_bytes(made_ready(load_rules()))
    return place


def program() -> dict[str, str]:
    """The variables with which Python finds `installed`, and not the working copy."""
    return {"PYTHONPATH": str(installed()), "PYTHONSAFEPATH": "1"}


def environment(**variables: str) -> dict[str, str]:
    """This process's environment without what would change the output, and with `program`."""
    kept = {name: value for name, value in os.environ.items() if name not in _UNWANTED}
    return {**kept, "LC_ALL": "C.UTF-8", **program(), **variables}


def legday(
    *words: str, given: str = "", cwd: Path = ROOT, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run a command line with this on standard input."""
    return subprocess.run(
        [sys.executable, "-m", "advisor", *words],
        input=given,
        capture_output=True,
        encoding="utf-8",
        cwd=cwd,
        env=environment(**variables),
        check=False,
        timeout=60,
    )


def inside(*words: str, given: str | bytes = "") -> subprocess.CompletedProcess[str]:
    """Do the same without a process of its own, where nothing hangs on one."""
    out, err = StringIO(), StringIO()
    data = given.encode() if isinstance(given, str) else given
    stdin = TextIOWrapper(BytesIO(data), encoding="utf-8")
    code = run([*words], Environment(stdin, out, err, {}))
    return subprocess.CompletedProcess(words, code, out.getvalue(), err.getvalue())


def legday_json(*words: str, given: str = "", code: int = 0) -> Any:  # noqa: ANN401 - JSON is anything
    """Run a command with `--format json`; give the document, after checking the exit code."""
    done = inside(*words, "--format", "json", given=given)
    assert (done.returncode, done.stderr) == (code, "")
    return json.loads(done.stdout)
