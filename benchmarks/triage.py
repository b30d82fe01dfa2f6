"""How right the levels are on published vignettes: too much care, too little, emergencies missed.

    python benchmarks/triage.py [--format text|json] [--list]

`triage.yaml` holds the vignettes as facts. Each is scored twice: against the label that the authors
of its set give, where there is one, and against the range of levels that we accept. The labels are
taken so: *emergency* is our emergency; *non-emergency*, which means a visit without an ambulance,
is professional or urgent; *self-care* is go, modified or entry.

What a text leaves open, such as how strong the pain is, `said` fills with one answer of ours, and
`ours` names every answer that fits. *Sure* counts those that never get too little, whichever of
these answers is given. The numbers say how well the rules do once a person has said what the text
says. They do not say whether people would say it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from advisor import advise, load_rules
from advisor.rulebase.shapes import INTEGER, LEVELS, RuleBase

FILE = Path(__file__).with_suffix(".yaml")
EMERGENCY = LEVELS.index("emergency")
LABELS = {
    "emergency": ("emergency", "emergency"),
    "non-emergency": ("professional", "urgent"),
    "self-care": ("go", "entry"),
}
Answers = Mapping[str, object]


@dataclass(frozen=True)
class Range:
    """The least and the most careful level that is right."""

    least: int
    most: int

    @staticmethod
    def of(least: str, most: str) -> Range:
        """Read a range from the names of its ends."""
        return Range(LEVELS.index(least), LEVELS.index(most))


@dataclass(frozen=True)
class Vignette:
    """A published case as facts, and what is right for it."""

    id: str
    set: str
    note: str
    said: Answers
    ours: Mapping[str, list[Any]]
    label: str | None
    level: Range
    open: str | None
    fill: Answers
    rules: RuleBase

    @cached_property
    def answers(self) -> Answers:
        """What the person says, with the benign answer to everything else."""
        return {**self.fill, **self.said}

    @cached_property
    def got(self) -> int:
        """The level that the rules give."""
        return self._level({})

    @cached_property
    def least_got(self) -> int:
        """The least careful level for any answers that the text leaves open."""
        spans = [[(fact, value) for value in self._fitting(fact)] for fact in self.ours]
        return min(self._level(dict(choice)) for choice in product(*spans))

    def label_range(self) -> Range | None:
        """What the label of the authors means in our levels."""
        return None if self.label is None else Range.of(*LABELS[self.label])

    def our_range(self) -> Range:
        """What we accept."""
        return self.level

    def _level(self, other: Answers) -> int:
        level = advise({**self.answers, **other}, self.rules).level
        if level is None:
            message = f"{self.id}: the fill does not answer every question that safety needs"
            raise ValueError(message)
        return LEVELS.index(level)

    def _fitting(self, fact: str) -> list[Any]:
        fitting = self.ours[fact]
        if self.rules.question[fact].kind != INTEGER:
            return fitting
        low, high = fitting
        return list(range(low, high + 1))


def read(rules: RuleBase, file: Path = FILE) -> tuple[dict[str, Any], list[Vignette]]:
    """The whole document, and its vignettes."""
    document = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
    vignettes = [
        Vignette(
            id=entry["id"],
            set=entry["set"],
            note=entry["note"],
            said=entry["said"],
            ours=entry.get("ours", {}),
            label=entry.get("label"),
            level=Range.of(*entry["level"]),
            open=entry.get("open"),
            fill=document["fill"],
            rules=rules,
        )
        for entry in document["vignettes"]
    ]
    return document, vignettes


def score(vignettes: list[Vignette], truth: Callable[[Vignette], Range | None]) -> dict[str, int]:
    """Right, over, under, and emergencies that got less, against one kind of truth."""
    judged = [(v, right) for v in vignettes if (right := truth(v)) is not None]
    under = [v for v, right in judged if v.got < right.least]
    over = [v for v, right in judged if v.got > right.most]
    return {
        "n": len(judged),
        "right": len(judged) - len(under) - len(over),
        "over": len(over),
        "under": len(under),
        "emergencies": sum(right.least == EMERGENCY for _, right in judged),
        "emergencies_missed": sum(
            right.least == EMERGENCY and v.got < EMERGENCY for v, right in judged
        ),
    }


def scorecard(rules: RuleBase) -> dict[str, Any]:
    """Everything that is measured, as plain values."""
    document, vignettes = read(rules)
    groups = {name: [v for v in vignettes if v.set == name] for name in document["sets"]}
    groups["all"] = vignettes
    return {
        "sets": {
            name: {
                "label": score(members, Vignette.label_range),
                "range": score(members, Vignette.our_range),
                "sure": sum(v.least_got >= v.level.least for v in members),
            }
            for name, members in groups.items()
        },
        "by_label": {
            label: score([v for v in vignettes if v.label == label], Vignette.label_range)
            for label in LABELS
        },
        "by_level": {
            level: score(
                [v for v in vignettes if LEVELS[v.level.least] == level], Vignette.our_range
            )
            for level in LEVELS
            if any(LEVELS[v.level.least] == level for v in vignettes)
        },
        "off": [
            {
                "id": v.id,
                "got": LEVELS[v.got],
                "range": [LEVELS[v.level.least], LEVELS[v.level.most]],
                "label": v.label,
                "against": list(off),
                "open": v.open,
            }
            for v in vignettes
            if (off := tuple(_off(v)))
        ],
        "not_sure": [
            {"id": v.id, "got": LEVELS[v.got], "could_be": LEVELS[v.least_got]}
            for v in vignettes
            if v.least_got < v.level.least <= v.got
        ],
    }


def _off(vignette: Vignette) -> Iterator[str]:
    """Against which kind of truth a vignette is off, and how."""
    for name, right in (("label", vignette.label_range()), ("range", vignette.our_range())):
        if right is not None and vignette.got < right.least:
            yield f"under the {name}"
        if right is not None and vignette.got > right.most:
            yield f"over the {name}"


def rate(part: int, whole: int) -> str:
    """A share in per cent."""
    return f"{100 * part / whole:.0f} %" if whole else "-"


def show(card: dict[str, Any]) -> None:
    """Print the tables."""
    print(f"{'':15}{'by the label':>26}{'in our range':>30}")
    print(f"{'set':12}{'n':>6}{'right':>8}{'over':>6}{'under':>6}", end="")
    print(f"{'n':>8}{'right':>8}{'over':>6}{'under':>6}{'missed':>8}{'sure':>6}")
    for name, row in card["sets"].items():
        label, ours = row["label"], row["range"]
        print(f"{name:12}{_cells(label)}  {_cells(ours)}", end="")
        print(f"{ours['emergencies_missed']:8}{row['sure']:6}")
    for title, rows in (
        ("by label of the authors", card["by_label"]),
        ("by the least level that we accept", card["by_level"]),
    ):
        print(f"\n{title}")
        for name, row in rows.items():
            share = rate(row["right"], row["n"])
            print(f"{name:14}{_cells(row)[2:]}  right {share}")
    every = card["sets"]["all"]
    print("\nsafety")
    for title, row in (("by the label", every["label"]), ("in our range", every["range"])):
        print(
            f"{title}: emergencies missed {row['emergencies_missed']} of {row['emergencies']};"
            f" under-triage {rate(row['under'], row['n'])},"
            f" over-triage {rate(row['over'], row['n'])}"
        )
    print("\noff")
    for entry in card["off"]:
        print(f"{entry['id']}: {entry['got']}; {', '.join(entry['against'])}")
        if entry["open"]:
            print(f"    open: {entry['open']}")
    print("\nnot sure: right as we filled it in, too little for other answers that fit the text")
    for entry in card["not_sure"]:
        print(f"{entry['id']}: {entry['got']}, could be {entry['could_be']}")


def _cells(row: dict[str, int]) -> str:
    return f"{row['n']:6}{row['right']:8}{row['over']:6}{row['under']:6}"


def main() -> None:
    """Print the scorecard."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--format", choices=["text", "json"], default="text")
    parser.add_argument("--list", action="store_true", help="print every vignette and its level")
    options = parser.parse_args()
    rules = load_rules()
    if options.list:
        for v in read(rules)[1]:
            accepted = f"{LEVELS[v.level.least]} to {LEVELS[v.level.most]}"
            print(f"{v.id:40}{LEVELS[v.got]:14}{accepted}")
        return
    card = scorecard(rules)
    if options.format == "json":
        print(json.dumps(card, indent=2))
    else:
        show(card)


if __name__ == "__main__":
    main()
