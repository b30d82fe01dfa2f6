"""The drawings of a rule base → one SVG to look at: `contact_sheet.py OUT.svg [EXERCISE …]`.

To see it as a PNG: `rsvg-convert -o OUT.png OUT.svg`. Colors are written out, as not every
program that shows SVG knows variables.
"""

from __future__ import annotations

import re
import sys
from html import escape
from pathlib import Path

from advisor import load_rules
from advisor.drawing import STYLE, panels
from advisor.rulebase.shapes import RuleBase

SCALE, WIDE = 2.2, 1800
VIEW = re.compile(r'viewBox="(\S+) (\S+) (\S+) (\S+)"')
SIZE = re.compile(r' width="[^"]*" height="[^"]*"')


def colors(style: str) -> str:
    """The style sheet with the colors of the light page in place of its variables."""
    light = dict(re.findall(r"(--[\w-]+):(#\w+)", style.split("@media")[0]))
    style = style.replace("max-width:100%;height:auto", "")  # a picture has its own size here
    plain = re.sub(r"@media[^{]*\{[^{]*\{[^}]*\}\}", "", style)
    return re.sub(r"var\((--[\w-]+)\)", lambda found: light[found[1]], plain)


def sheet(rules: RuleBase, exercises: list[str]) -> str:
    """One SVG with a row for each exercise, as many beside each other as fit."""
    x, y, tall, parts = 0.0, 0.0, 0.0, []
    for name in exercises:
        drawn = panels(rules, name, styled=False)
        if not drawn:
            continue
        _, _, wide, high = (float(each) * SCALE for each in VIEW.findall(drawn[0].svg)[0])
        if x and x + wide * len(drawn) > WIDE:
            x, y, tall = 0, y + tall, 0
        parts.append(f'<text x="{x + 4}" y="{y + 14}" font-weight="bold">{escape(name)}</text>')
        for panel in drawn:
            size = f' x="{x}" y="{y + 18}" width="{wide}" height="{high}"'
            parts.append(SIZE.sub(size, panel.svg, count=1))
            mark = "✗ " if panel.mistake else ""
            at = f'x="{x + wide / 2}" y="{y + high + 32}" text-anchor="middle"'
            parts.append(f"<text {at}>{escape(mark + panel.say)}</text>")
            x += wide
        x, tall = x + 30, max(tall, high + 46)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}" height="{y + tall}" '
        f'font-family="DejaVu Sans, sans-serif" font-size="12">'
    )
    ground = '<rect width="100%" height="100%" fill="#fff"/>'
    return f"{head}<style>{colors(STYLE)}</style>{ground}{''.join(parts)}</svg>"


if __name__ == "__main__":
    base = load_rules()
    Path(sys.argv[1]).write_text(sheet(base, sys.argv[2:] or [*base.drawings]), encoding="utf-8")
