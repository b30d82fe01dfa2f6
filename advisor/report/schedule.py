"""The schedule and progression of a plan → blocks: how often, and how to go on."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.explain.wording import joined
from advisor.report.blocks import Block, Bullets, Item, say, section
from advisor.report.words import Document, count, reason_items, times
from advisor.rulebase.shapes import RuleBase


def schedule_blocks(document: Document, rules: RuleBase) -> Iterator[Block]:
    """How often, how far apart, and whether today is too early."""
    schedule = document["schedule"]
    if schedule is None:
        return
    low, high = schedule["sessions_per_week"]
    rest, ready = schedule["rest_hours"], schedule["ready_in_hours"]
    text = f"Do this {times(low, high)} a week, at least {count(rest, 'hour')} apart."
    known = isinstance(document["answers"].get(rules.schedule.hours_since), int)
    if not known:
        text += f" Leave {count(rest, 'hour')} after your last session, too."
    elif ready:
        text += f" Your next session can start in {count(ready, 'hour')}."
    else:
        text += " You have had enough rest to start today."
    reasons = reason_items(schedule.get("reasons", ()), rules)
    yield from section("How often", say(text), Bullets(reasons))


def progress_blocks(document: Document, rules: RuleBase) -> Iterator[Block]:
    """How to go on, and the biggest step that is fine."""
    steps: dict[int, list[str]] = {}
    for line in document["session"]["exercises"]:
        if line.get("load_step_percent"):
            steps.setdefault(line["load_step_percent"], []).append(line["name"])
    one = len(steps) == 1
    said = [
        f"When you add weight, add at most {percent}% at a time"
        f"{'' if one else f' for {joined(each)}'}."
        for percent, each in sorted(steps.items())
    ]
    lines = (*reason_items(document["progression"], rules), *map(Item, said))
    yield from section("How to go on", Bullets(lines))
