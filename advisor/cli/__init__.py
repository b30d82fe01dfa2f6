"""The command line: words → one function call → a report and an exit code."""

from __future__ import annotations

import sys

from advisor.cli.app import run
from advisor.cli.environment import Environment


def main() -> None:
    """Run `legday` on this process's command line and leave with its exit code."""
    sys.exit(run(sys.argv[1:], Environment.of_process()))
