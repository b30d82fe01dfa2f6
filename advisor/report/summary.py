"""What came of many people → counts of levels, reasons and referrals, and lines with bars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from advisor.json_text import Json
from advisor.report.blocks import safe
from advisor.report.formatting import Document, count, people
from advisor.rulebase.shapes import LEVELS, RuleBase

FIELDS = ("level", "status", "level_reasons")  # of each plan, what is counted
MOST = 8  # reasons that are shown
BAR = 24  # columns of the longest bar
NONE_YET = "none yet"


@dataclass
class Summary:
    """How many people came to what, as they are counted."""

    levels: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    referrals: Counter[str] = field(default_factory=Counter)
    bad: int = 0

    def add(self, plan: Mapping[str, object]) -> None:
        """Count one person: some fields of a plan, or what was wrong with them."""
        if "error" in plan:
            self.bad += 1
            return
        self.levels[str(plan["level"] or NONE_YET)] += 1
        if plan["status"] != "incomplete":
            reasons = {*map(str, plan["level_reasons"])}  # type: ignore[call-overload]
            self.reasons.update(reasons)
            self.referrals.update(reasons if plan["status"] == "refer" else ())


def summary_document(summary: Summary, rules: RuleBase) -> Json:
    """The counts, the largest first; levels in their own order."""
    why = {rule.id: rule.short or rule.because for rule in rules.rules}

    def told(counted: Counter[str]) -> list[Json]:
        return [
            {"rule": name, "people": number, "because": why[name]}
            for name, number in counted.most_common()
        ]

    levels = (*LEVELS, NONE_YET)
    return {
        "people": sum(summary.levels.values()),
        "bad": summary.bad,
        "levels": {each: summary.levels[each] for each in levels if summary.levels[each]},
        "reasons": told(summary.reasons),
        "referrals": told(summary.referrals),
    }


def summary_text(document: Document, width: int, mark: str) -> str:
    """The counts with bars made of a mark."""
    everybody = document["people"]
    lines = [f"{people(everybody)}."]
    if document["bad"]:
        lines.append(f"{count(document['bad'], 'record')} could not be read.")
    lines += ["", "Levels", *_bars(document["levels"], everybody, mark)]
    for title, key in (("Most frequent reasons", "reasons"), ("Referrals by reason", "referrals")):
        if document[key]:
            lines += ["", title, *_reasons(document[key], everybody, width)]
    return "\n".join(lines) + "\n"


def _bars(counted: Mapping[str, int], everybody: int, mark: str) -> Iterator[str]:
    most = max(counted.values(), default=1)
    for name, number in counted.items():
        bar = mark * max(1, round(BAR * number / most))
        yield f"  {name:<13}{number:>9}  {number / everybody:>6.1%}  {bar}"


def _reasons(reasons: list[Document], everybody: int, width: int) -> Iterator[str]:
    for each in reasons[:MOST]:
        line = f"{each['people']:>9}  {each['people'] / everybody:>6.1%}  {safe(each['because'])}"
        yield line if len(line) <= width else f"{line[: width - 1].rstrip()}…"
    if len(reasons) > MOST:
        yield f"           and {len(reasons) - MOST} more (--format json has all)"
