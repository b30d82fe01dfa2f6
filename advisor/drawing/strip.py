"""The panels of exercises → one file to look at: SVG, or HTML with the words as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from textwrap import wrap

from advisor.drawing import Panel, panels
from advisor.drawing.svg import LIGHT, STYLE
from advisor.rulebase.shapes import RuleBase

SCALE, WIDE, LINE, LETTER = 2.2, 1800, 14, 7.5  # pixels: a unit, the sheet, a line, a letter
_VIEW = re.compile(r'viewBox="(\S+) (\S+) (\S+) (\S+)"')
_SIZE = re.compile(r' width="[^"]*" height="[^"]*"')
_PAGE = (
    "body{font:16px/1.4 sans-serif;margin:1.5rem;color:CanvasText;background:Canvas;"
    "color-scheme:light dark}section{display:flex;flex-wrap:wrap;gap:1rem;align-items:end}"
    "figure{margin:0}figcaption{max-width:14rem}.figure{zoom:2}"
)


def html_page(rules: RuleBase, exercises: Sequence[str]) -> str:
    """A page of all pictures, in light or dark as the reader has it."""
    parts = []
    for name in exercises:
        figures = "".join(
            f"<figure>{panel.svg}<figcaption>{escape(_caption(panel))}</figcaption></figure>"
            for panel in panels(rules, name, styled=False)
        )
        parts.append(f"<h2>{escape(rules.exercise[name].name)}</h2><section>{figures}</section>")
    head = f'<meta charset="utf-8"><title>Drawings</title><style>{_PAGE}{STYLE}</style>'
    return f'<!doctype html><html lang="en">{head}{"".join(parts)}</html>\n'


def svg_sheet(rules: RuleBase, exercises: Sequence[str]) -> str:
    """One SVG of all pictures, as many beside each other as fit, in the colors of a light page.

    The colors are written out, as not every program that shows SVG knows variables.
    """
    x, y, tall, parts = 0.0, 0.0, 0.0, []
    for name in exercises:
        drawn = panels(rules, name, styled=False)
        wide, high = _size(drawn)
        if x and x + wide * len(drawn) > WIDE:
            x, y, tall = 0, y + tall, 0
        title = escape(rules.exercise[name].name)
        parts.append(f'<text x="{x + 4:.0f}" y="{y + LINE:.0f}" font-weight="bold">{title}</text>')
        for panel in drawn:
            at = f' x="{x:.0f}" y="{y + 18:.0f}" width="{wide:.0f}" height="{high:.0f}"'
            parts.append(_SIZE.sub(at, panel.svg, count=1))
            for place, words in enumerate(wrap(_caption(panel), max(12, int(wide / LETTER)))):
                low = y + high + 32 + place * LINE
                at = f'x="{x + wide / 2:.0f}" y="{low:.0f}" text-anchor="middle"'
                parts.append(f"<text {at}>{escape(words)}</text>")
            x += wide
        x, tall = x + 30, max(tall, high + 62)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}" height="{y + tall:.0f}" '
        f'font-family="DejaVu Sans, sans-serif" font-size="12"><style>{_plain_style()}</style>'
        '<rect width="100%" height="100%" fill="#fff"/>'
    )
    return f"{head}{''.join(parts)}</svg>\n"


def _caption(panel: Panel) -> str:
    return ("✗ " if panel.mistake else "") + panel.say


def _size(drawn: Sequence[Panel]) -> tuple[float, float]:
    """How wide and high each picture of an exercise is, in pixels."""
    if not drawn:
        return 0, 0
    _, _, wide, high = map(float, _VIEW.findall(drawn[0].svg)[0])
    return wide * SCALE, high * SCALE


def _plain_style() -> str:
    """The style sheet with the colors of the light page in place of its variables."""
    light = dict(each.split(":") for each in LIGHT.split(";"))
    _, _, rules = STYLE.partition("}}")
    return re.sub(r"var\((--[\w-]+)\)", lambda found: light[found[1]], rules)
