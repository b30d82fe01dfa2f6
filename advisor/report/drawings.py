"""The drawing of an exercise → blocks: braille where it can be seen, words everywhere else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from textwrap import wrap

from advisor.drawing import Panel, braille, panels, words_only
from advisor.drawing.braille import GAP, WIDE
from advisor.report.blocks import Block, Bullets, Item, Picture, safe, say, section
from advisor.rulebase.shapes import RuleBase

WIDEST = 100  # columns of a terminal


def drawing_blocks(rules: RuleBase, exercise_id: str, *, drawn: bool) -> tuple[Block, ...]:
    """How an exercise looks; nothing if it is not drawn. `drawn` is false where nobody can see."""
    if words := words_only(rules, exercise_id):
        return section("How it looks", say(f"There is no drawing: {words}."))
    shown = panels(rules, exercise_id, styled=False)
    if not shown:
        return ()
    good = [panel for panel in shown if not panel.mistake]
    bad = Bullets(tuple(Item(panel.say, lead="Not like this:") for panel in shown if panel.mistake))
    spelled = Bullets(tuple(Item(panel.alt) for panel in good), numbered=True)
    rows = braille(rules, exercise_id, WIDEST) if drawn else ()
    picture = Picture((*rows, *_captions(good)), spelled, tuple(good)) if rows else spelled
    return section("How it looks", picture, bad)


def _captions(shown: Sequence[Panel]) -> Iterator[str]:
    """What is said of each picture, under it."""
    columns = [wrap(safe(f"{at} {panel.say}"), WIDE) for at, panel in enumerate(shown, 1)]
    for cells in zip_longest(*columns, fillvalue=""):
        yield GAP.join(cell.ljust(WIDE) for cell in cells).rstrip()
