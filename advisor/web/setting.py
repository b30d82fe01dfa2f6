"""What every request is answered with, and how much a request may ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from advisor.answers import Facts
from advisor.plan import plan_for
from advisor.result import Plan
from advisor.rulebase.shapes import RuleBase
from advisor.wishes import NO_WISHES, Wishes

MEGABYTE = 1 << 20


def _local_time() -> datetime:
    return datetime.now(tz=UTC).astimezone().replace(tzinfo=None)


@dataclass(frozen=True)
class Setting:
    """A rule base, where people are (two letters, or empty), and the limits of a request.

    `options` are flags that the command line for the same plan needs. A body has at most `largest`
    bytes and arrives within `patience` seconds; a batch has at most `most` people. With `hosts`,
    the page goes by these names alone.
    """

    rules: RuleBase
    country: str = ""
    options: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    largest: int = MEGABYTE
    patience: float = 10
    most: int = 1000
    now: Callable[[], datetime] = _local_time

    def plan(self, facts: Facts, wishes: Wishes = NO_WISHES) -> Plan:
        """The plan for these facts."""
        plan = plan_for(facts, self.rules, wishes)
        return replace(plan, options=self.options, country=self.country)
