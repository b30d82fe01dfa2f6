"""The drawing of an exercise → blocks: braille where it can be seen, words everywhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
    return section("How it looks", *_looks(rules, exercise_id, shown, drawn=drawn))


def session_drawings(rules: RuleBase, exercise_ids: Iterable[str]) -> tuple[Block, ...]:
    """How the exercises of a session look, one after the other, for whoever can see it."""
    found: list[Block] = []
    for each in exercise_ids:
        if shown := panels(rules, each, styled=False):
            found += [say("", lead=rules.exercise[each].name)]
            found += _looks(rules, each, shown, drawn=True)
    return section("How each looks", *found)


def _looks(
    rules: RuleBase, exercise_id: str, shown: Sequence[Panel], *, drawn: bool
) -> tuple[Block, ...]:
    """The good poses, and below them what to avoid in words."""
    if not shown:
        return ()
    good = [panel for panel in shown if not panel.mistake]
    bad = Bullets(tuple(Item(panel.say, lead="Not like this:") for panel in shown if panel.mistake))
    spelled = Bullets(tuple(Item(panel.alt) for panel in good), numbered=True)
    rows = braille(rules, exercise_id, WIDEST) if drawn else ()
    picture = Picture((*rows, *_captions(good)), spelled, tuple(good)) if rows else spelled
    return picture, bad


def _captions(shown: Sequence[Panel]) -> Iterator[str]:
    """What is said of each picture, under it."""
    columns = [wrap(safe(f"{at} {panel.say}"), WIDE) for at, panel in enumerate(shown, 1)]
    for cells in zip_longest(*columns, fillvalue=""):
        yield GAP.join(cell.ljust(WIDE) for cell in cells).rstrip()
