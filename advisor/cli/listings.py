"""`legday questions`, `exercises`, `sources`: what the rule base holds, listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from advisor.cli.environment import Environment, Exit
from advisor.report import catalogue

if TYPE_CHECKING:
    from advisor.cli.commands import Request


def run(environment: Environment, request: Request) -> int:
    """Print the listing that the command is named after."""
    form = "document" if request.format == "json" else "text"
    listing = getattr(catalogue, f"{request.command.name}_{form}")(request.rules)
    if request.format == "json":
        environment.write_json(listing)
    else:
        environment.show(listing)
    return Exit.DONE
