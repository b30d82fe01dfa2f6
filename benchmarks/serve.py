"""Requests a second of `legday serve`, beside a bare Starlette that says hello, and its memory.

    python benchmarks/serve.py [--requests 2000] [--rounds 5]

Both run under the same uvicorn with the same settings, in a process of their own, and are asked in
turn over one connection that is kept, one request after the other. The answers are checked first:
the API's against the command line's, the page's for the question it has to ask. Memory is that of
the server's process after the first round and after the last. Linux.
"""

from __future__ import annotations

import argparse
import http.client
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PORTS = {"hello": 8371, "legday": 8372}
HELLO = """
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
async def hello(request):
    await request.body()
    return PlainTextResponse("hello")
app = Starlette(routes=[Route("/", hello, methods=["GET", "POST"])])
uvicorn.run(app, port={port}, log_level="critical", access_log=False, lifespan="off")
"""
ANSWERS = {"emergency_signs": [], "urgent_signs": [], "health_flags": [], "age": 45}
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
STATE = "_door=plan&emergency_signs=none&urgent_signs=none&health_flags=none"
# What is asked: the server, the address, the body and its type.
ASKED: dict[str, tuple[str, str, str, dict[str, str]]] = {
    "hello": ("hello", "/", "{}", JSON),
    "/api/next": ("legday", "/api/next", json.dumps({"answers": ANSWERS}), JSON),
    "/api/plan": ("legday", "/api/plan", json.dumps({"answers": ANSWERS, "screened": True}), JSON),
    "a page with a question": ("legday", "/", f"{STATE}&_question=age&_value=45", FORM),
}


@contextmanager
def running() -> Iterator[dict[str, int]]:
    """Both servers, by their process ids."""
    words = {
        "hello": ["-c", HELLO.format(port=PORTS["hello"])],
        "legday": ["-m", "advisor", "serve", "--port", str(PORTS["legday"])],
    }
    processes = {
        name: subprocess.Popen([sys.executable, *each], stderr=subprocess.DEVNULL)
        for name, each in words.items()
    }
    try:
        yield {name: process.pid for name, process in processes.items()}
    finally:
        for process in processes.values():
            process.kill()


def asking(name: str) -> Callable[[], bytes]:
    """A way to ask once, over a connection that is kept."""
    server, address, body, headers = ASKED[name]
    line = http.client.HTTPConnection("127.0.0.1", PORTS[server])

    def ask() -> bytes:
        line.request("POST", address, body, headers)
        return line.getresponse().read()

    for _ in range(200):  # until it is up
        with suppress(OSError):
            ask()
            return ask
        line.close()
        time.sleep(0.1)
    raise SystemExit(f"{server} does not answer")


def checked(name: str, answer: bytes) -> None:
    """Stop unless an answer is what the command line gives."""
    command = name.removeprefix("/api/")
    if command == name:
        right = answer == b"hello" or b'name="_question"' in answer
    else:
        words = ["--screened"] * (command == "plan") + ["--answers", "-", "--format", "json"]
        line = [sys.executable, "-m", "advisor", command, *words]
        done = subprocess.run(
            line, input=json.dumps(ANSWERS).encode(), capture_output=True, check=True
        )
        right = answer == done.stdout
    if not right:
        raise SystemExit(f"{name}: not what it should be: {answer[:200]!r}")


def rate(name: str, requests: int) -> float:
    """Requests a second, by the clock, over a connection of its own."""
    ask = asking(name)
    start = time.perf_counter()
    for _ in range(requests):
        ask()
    return requests / (time.perf_counter() - start)


def memory(process: int) -> int:
    """The megabytes that a process holds."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS"))


def main() -> None:
    """Print a table for people, as in README.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with running() as processes:
        for name in ASKED:
            checked(name, asking(name)())
        rates: dict[str, list[float]] = {name: [] for name in ASKED}
        held = []
        for _ in range(given.rounds):
            for name in ASKED:
                rates[name].append(rate(name, given.requests))
            held.append(memory(processes["legday"]))
    hello = statistics.median(rates["hello"])
    print("| asked for | requests a second | of a hello |\n| --- | ---: | ---: |")
    for name, each in rates.items():
        middle = statistics.median(each)
        print(f"| {name} | {middle:.0f} | {middle / hello:.2f} |")
    print(f"\nmemory after the first round {held[0]} MB, after the last {held[-1]} MB")


if __name__ == "__main__":
    main()
