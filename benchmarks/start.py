"""How long the program takes to start, beside a Typer hello-world in the same environment.

    python benchmarks/start.py [--runs 20] [--here] [--typer 'typer==0.28.*']

Makes a fresh environment with the built wheel in it (so that everything is compiled, as it is
for somebody who installed it), or uses this interpreter's installed package with `--here`. All
commands run in turn, round after round, so that a busy machine slows them all alike. Before
anything is measured, each command's output is checked.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROFILE = ROOT / "examples" / "profiles" / "sore-back-dumbbells.yaml"
HELLO = """import typer
app = typer.Typer()
@app.command()
def main(name: str = "leg day") -> None:
    print(f"Hello, {name}!")
app()
"""
BASE = "Typer hello-world"


@dataclass(frozen=True)
class Start:
    """One thing to start: what it runs, and what its output must be."""

    name: str
    words: tuple[str, ...]
    sound: Callable[[str], bool]


def starts(python: Path, folder: Path) -> list[Start]:
    """What is measured. The answers are the same person in YAML and in JSON."""
    hello = folder / "hello.py"
    hello.write_text(HELLO, encoding="utf-8")
    legday = (str(python.parent / "legday"),)
    plan = (*legday, "plan", "--answers")
    answers = folder / "answers.json"
    given = run((*plan, str(PROFILE), "--format", "json"), variables(folder))
    answers.write_text(json.dumps(json.loads(given)["answers"]), encoding="utf-8")
    as_json = (*plan, str(answers), "--format", "json")
    return [
        Start(BASE, (str(python), str(hello)), lambda out: out == "Hello, leg day!\n"),
        Start("plan --answers FILE.json --format json", as_json, _is_plan),
        Start(
            "plan --answers FILE.yaml --format json", (*plan, str(PROFILE), *as_json[-2:]), _is_plan
        ),
        Start(
            "plan --answers FILE.json (text)",
            (*plan, str(answers)),
            lambda out: "session" in out.lower(),
        ),
        Start("legday --help", (*legday, "--help"), lambda out: "Commands" in out),
    ]


def _is_plan(out: str) -> bool:
    return json.loads(out)["status"] == "plan"


def variables(folder: Path) -> dict[str, str]:
    """An environment in which compiled modules are kept."""
    unwanted = {"PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONDEVMODE", "COLUMNS"}
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    return {**kept, "HOME": str(folder)}


def run(words: tuple[str, ...], environment: Mapping[str, str]) -> str:
    """Run something to its end, in a folder where no working copy can be imported."""
    done = subprocess.run(
        words, env=environment, cwd=environment["HOME"], capture_output=True, text=True, check=True
    )
    return done.stdout


def seconds(start: Start, folder: Path) -> float:
    """How long one start takes."""
    environment = variables(folder)
    before = time.perf_counter()
    run(start.words, environment)
    return time.perf_counter() - before


def installed(folder: Path, typer: str) -> Path:
    """A fresh environment with the wheel of this working copy; gives its Python."""
    place = folder / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
    python = place / ("Scripts" if os.name == "nt" else "bin") / "python"
    install = [str(python), "-m", "pip", "install", "--quiet", "--compile", str(ROOT), typer]
    subprocess.run(install, check=True)
    return python


def measure(every: list[Start], runs: int, folder: Path) -> dict[str, list[float]]:
    """Check what each one prints, then time them in turn."""
    for start in every:
        out = run(start.words, variables(folder))
        if not start.sound(out):
            sys.exit(f"{start.name}: not what was expected:\n{out}")
    times: dict[str, list[float]] = {start.name: [] for start in every}
    for _ in range(runs):
        for start in every:
            times[start.name].append(seconds(start, folder))
    return times


def table(times: Mapping[str, list[float]]) -> str:
    """Medians, and how many times as long as the hello-world each takes (paired by round)."""
    lines = ["| start | median | fastest | against hello-world |", "| --- | ---: | ---: | ---: |"]
    for name, each in times.items():
        ratio = statistics.median(a / b for a, b in zip(each, times[BASE], strict=True))
        middle, least = statistics.median(each) * 1000, min(each) * 1000
        lines.append(f"| {name} | {middle:.0f} ms | {least:.0f} ms | {ratio:.2f} |")
    return "\n".join(lines)


def versions(python: Path) -> str:
    """What the numbers depend on."""
    asked = (
        "from importlib.metadata import version as v; print(v('typer'), v('pydantic'), v('rich'))"
    )
    typer, pydantic, rich = run((str(python), "-c", asked), {**os.environ, "HOME": "/"}).split()
    return (
        f"Python {platform.python_version()}, typer {typer}, pydantic {pydantic}, rich {rich}; "
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors"
    )


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--here", action="store_true", help="measure what is installed here")
    parser.add_argument("--typer", default="typer", help="such as `typer==0.28.*`")
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        python = Path(sys.executable) if words.here else installed(folder, words.typer)
        times = measure(starts(python, folder), words.runs, folder)
        print(f"{versions(python)}; {words.runs} rounds\n\n{table(times)}")


if __name__ == "__main__":
    main()
