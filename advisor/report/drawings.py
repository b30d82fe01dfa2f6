"""The drawing of an exercise → lines for a terminal: braille where it can be seen, always words."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from advisor.drawing import Panel, braille, panels, words_only
from advisor.drawing.braille import GAP, WIDE
from advisor.rulebase.shapes import RuleBase


def drawing_lines(rules: RuleBase, exercise_id: str, columns: int) -> list[str]:
    """Pictures in so many columns (0: none) and the words for them; nothing if there are none."""
    if words := words_only(rules, exercise_id):
        return wrap(f"No drawing: {words}", columns or 80)
    shown = panels(rules, exercise_id)
    picture = braille(rules, exercise_id, columns) if columns else ()
    if not picture:
        return [f"{number}. {panel.alt}" for number, panel in enumerate(shown, 1)]
    good = [panel for panel in shown if not panel.mistake]
    return [*picture, *_captions(good), *(f"✗ {each.say}" for each in shown if each.mistake)]


def _captions(shown: list[Panel]) -> Iterator[str]:
    """What is said of each picture, under it."""
    columns = [wrap(f"{at} {panel.say}", WIDE) for at, panel in enumerate(shown, 1)]
    for row in range(max(map(len, columns), default=0)):
        cells = [each[row] if row < len(each) else "" for each in columns]
        yield GAP.join(cell.ljust(WIDE) for cell in cells).rstrip()


def drawing_text(rules: RuleBase, exercise_id: str, columns: int) -> str:
    """The same below the name of the exercise."""
    lines = [rules.exercise[exercise_id].name, *drawing_lines(rules, exercise_id, columns), ""]
    return "".join(f"{line}\n" for line in lines)
