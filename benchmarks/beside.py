"""An older program and this one: the same benchmark of both in turn, and one table.

    python benchmarks/beside.py OLD_PYTHON OLD_CHECKOUT [--turns 3] SCRIPT [its flags]

OLD_PYTHON is the interpreter of an environment with the older program, OLD_CHECKOUT its source,
whose own script of the same name is run: each program is measured by what knows how to call it.
The flags are given to both. Turn after turn one runs after the other, so that a busy machine
slows both alike; each number is the median of the turns.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
Row = list[str]
Table = list[Row]  # its head, its line of dashes, and its rows


def measured(python: str, script: Path, flags: list[str]) -> str:
    """What a benchmark prints."""
    unwanted = {"PYTHONDONTWRITEBYTECODE", "PYTHONPATH"}
    variables = {name: value for name, value in os.environ.items() if name not in unwanted}
    words = [python, str(script), *flags]
    return subprocess.run(
        words, env=variables, stdout=subprocess.PIPE, text=True, check=True, cwd=script.parent
    ).stdout


def tables_of(text: str) -> list[Table]:
    """The tables in what was printed."""
    found: list[Table] = [[]]
    for line in text.splitlines():
        if line.startswith("| "):
            found[-1].append([cell.strip() for cell in line.strip("|").split("|")])
        elif found[-1]:
            found.append([])
    return [table for table in found if table]


def medians(turns: Iterable[Table]) -> Table:
    """The same table once, each number the median of the turns."""
    return [
        [middle(cells) for cells in zip(*rows, strict=True)] for rows in zip(*turns, strict=True)
    ]


def middle(cells: Iterable[str]) -> str:
    """The median of what stands in one place, written as it was."""
    every = list(cells)
    found = [NUMBER.match(cell) for cell in every]
    if len({*every}) == 1 or not all(found):
        return every[0]
    written = [each[0] for each in found if each]
    digits = len(written[0].partition(".")[2])
    median = statistics.median(float(each.replace(",", "")) for each in written)
    return f"{median:,.{digits}f}{NUMBER.sub('', every[0], count=1)}"


def side_by_side(before: Table, after: Table) -> str:
    """Each number before and after. What stands left of the numbers names a row."""
    names = len(after[1]) - [*reversed(after[1])].index("---")
    old = {tuple(row[:names]): row for row in before}
    table = []
    for place, row in enumerate(after):
        was = old.get(tuple(row[:names]), [""] * len(row))
        pairs = [*zip(was[names:], row[names:], strict=True)]
        if place == 0:
            pairs = [(f"{name}: before", "after") for name in row[names:]]
        table.append([*row[:names], *(cell for pair in pairs for cell in pair)])
    return "\n".join(f"| {' | '.join(row)} |" for row in table)


def main() -> None:
    """Measure both in turn, and print one table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("python")
    parser.add_argument("checkout", type=Path)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("script")
    parser.add_argument("flags", nargs=argparse.REMAINDER)
    words = parser.parse_args()
    old = (words.python, words.checkout.resolve() / "benchmarks" / words.script)
    both = [old, (sys.executable, HERE / words.script)]
    told: list[list[str]] = [[], []]
    for _ in range(words.turns):
        for texts, (python, script) in zip(told, both, strict=True):
            texts.append(measured(python, script, words.flags))
    for when, texts in zip(("before", "after"), told, strict=True):
        for line in texts[-1].splitlines():
            if line and not line.startswith("|"):
                print(f"{when}: {line}")
    print(f"{words.turns} turns")
    both_tables = [
        [medians(turns) for turns in zip(*map(tables_of, texts), strict=True)] for texts in told
    ]
    for before, after in zip(*both_tables, strict=True):
        print(f"\n{side_by_side(before, after)}")


if __name__ == "__main__":
    main()
