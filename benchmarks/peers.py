"""Deciding which rules fire: ours beside zen-engine (Rust) and CLIPS, on the same rules.

    pip install 'legday-advisor[bench]'
    python benchmarks/peers.py [--sizes 80,800,8000] [--rounds 9]

All engines run in this process, in turn, round after round, each round with people that nobody
has seen; the first round is not measured. In each, every engine must give the ids that the plain
definition of truth gives. *Encoded* is `conclude` and the ids of what it calls true, from facts;
*from words* also checks and encodes the answers. What the peers take is prepared for them
beforehand. Memory is measured apart, each engine in a process of its own. (clipspy does not give
back the sets in its facts and gets slower by them, so CLIPS starts afresh for each round; it says
so when it ends.)
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import statistics
import subprocess
import sys
import time
import tracemalloc
from importlib.metadata import version
from pathlib import Path

from _bases import expected, population, rule_base
from _engines import Clips, Encoded, Engine, FromWords, Zen

from advisor.answers import Facts
from advisor.engine.ready import program_of

ENGINES: dict[str, type[Engine]] = {
    "encoded": Encoded,
    "from words": FromWords,
    "zen-engine": Zen,
    "CLIPS": Clips,
}
PEERS = ("zen-engine", "CLIPS")
WORK = 32_000  # rules decided by each engine in a round, about


def measure(size: int, rounds: int) -> dict[str, list[float]]:
    """Microseconds for one person with each engine, round by round."""
    rules = rule_base(size)
    engines = {name: make(rules) for name, make in ENGINES.items()}
    times: dict[str, list[float]] = {name: [] for name in engines}
    count, firing = max(WORK // size, 20), 0
    for turn in range(rounds + 1):
        people = population(count, rules, seed=2 + turn)
        wanted = [expected(facts, rules) for facts in people]
        firing += sum(map(len, wanted))
        for name, engine in engines.items():
            took = _round(name, engine, people, wanted)
            if turn:
                times[name].append(1e6 * took / count)
    average = firing / count / (rounds + 1)
    print(f"{size:,} rules, {count} people a round: {average:.1f} rules fire for each")
    return times


def _round(name: str, engine: Engine, people: list[Facts], wanted: list[list[str]]) -> float:
    """Seconds of processor time that an engine takes for some people."""
    prepared = [engine.prepare(facts) for facts in people]
    engine.renew()
    gc.collect()
    gc.disable()
    start = time.process_time()
    fired = [engine.fired(person) for person in prepared]
    took = time.process_time() - start
    gc.enable()
    if fired != wanted:
        sys.exit(f"{name} fires other rules than the definition does")
    return took


def memory(name: str, size: int) -> str:
    """What an engine costs to make, and to run for ten people: in this process, which is new."""
    rules = rule_base(size)
    people = population(10, rules)
    before, start = _most(), time.process_time()
    engine = ENGINES[name](rules)
    made = time.process_time() - start
    for facts in people:
        engine.fired(engine.prepare(facts))
    most = _most() - before
    kept = _kept(size) if isinstance(engine, Encoded) else 0.0
    return f"{made:.3f} {most:.1f} {kept:.2f}"


def _most() -> float:
    """The most memory this process has had, in MB; `ru_maxrss` would count its parent's too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _kept(size: int) -> float:
    """What a program made ready to run keeps, in MB, without the rules themselves."""
    rules = rule_base(size)
    tracemalloc.start()
    _ = program_of(rules)
    gc.collect()
    return tracemalloc.get_traced_memory()[0] / (1 << 20)


def costs(name: str, size: int) -> list[str]:
    """Seconds to make, MB at most, MB kept; measured in a new process."""
    words = [sys.executable, __file__, "--memory", name, "--sizes", str(size)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    return next(line.split() for line in done.stdout.splitlines() if line.count(".") == 3)


def table(results: dict[int, dict[str, list[float]]]) -> str:
    """Medians, and how many times as long as ours each takes (paired by round)."""
    lines = [
        "| rules | engine | a person | a rule | against encoded | against from words |",
        "| ---: | --- | ---: | ---: | ---: | ---: |",
    ]
    for size, each in results.items():
        for name, times in each.items():
            us = statistics.median(times)
            ratios = [f"{_ratio(times, each[ours]):.2f}" for ours in ("encoded", "from words")]
            cells = (f"{size:,}", name, f"{us:.1f} µs", f"{1000 * us / size:.0f} ns", *ratios)
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _ratio(times: list[float], ours: list[float]) -> float:
    return statistics.median(a / b for a, b in zip(times, ours, strict=True))


def costs_table(sizes: list[int]) -> str:
    """What it takes to make each engine ready, and the memory that it and ten people take."""
    lines = [
        "| rules | engine | made in | memory at most | program kept |",
        "| ---: | --- | ---: | ---: | ---: |",
    ]
    for size in sizes:
        for name in ("encoded", *PEERS):
            made, most, kept = costs(name, size)
            keeps = f"{kept} MB" if float(kept) else ""
            lines.append(f"| {size:,} | {name} | {made} s | {most} MB | {keeps} |")
    return "\n".join(lines)


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", default="80,800,8000")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--memory", choices=ENGINES, help=argparse.SUPPRESS)
    words = parser.parse_args()
    sizes = [int(size) for size in words.sizes.split(",")]
    if words.memory:
        print(memory(words.memory, sizes[0]), flush=True)
        return
    print(
        f"Python {platform.python_version()}, zen-engine {version('zen-engine')}, "
        f"clipspy {version('clipspy')}; {os.cpu_count()} cores; {words.rounds} rounds"
    )
    results = {size: measure(size, words.rounds) for size in sizes}
    print(f"\n{table(results)}\n\n{costs_table(sizes)}", flush=True)


if __name__ == "__main__":
    main()
