"""Blocks → one HTML page that needs nothing else: no script, no outside file, no raw text.

Every string passes `safe` and is escaped; only drawings, which we make ourselves, are not.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from advisor.drawing import STYLE
from advisor.report.blocks import Block, Pairs, Title, safe
from advisor.report.formatting import command_parts, lowered


def as_html(
    blocks: Iterable[Block | object],
    title: str = "legday",
    kind: str = "report",
    template: Template | None = None,
    **more: object,
) -> str:
    """A page of blocks, and of others that `blocks.html` has a macro for.

    `title` is what a page without a Title is called; `kind` is a word for its style. Another
    `template`, which extends `page.html`, may show `more`.
    """
    every = [*blocks]
    titles = [each.text for each in every if isinstance(each, Title)]
    numbered = any(isinstance(each, Pairs) and each.numbered for each in every)
    drawn = any(hasattr(each, "panels") or hasattr(each, "cards") for each in every)
    return (template or templates("advisor.report").get_template("page.html")).render(
        blocks=every,
        title=titles[0] if titles else title,
        titled=bool(titles),
        kind=kind,
        linked=numbered,
        figure_style=Markup(STYLE) if drawn else "",  # noqa: S704 - our own
        **more,
    )


@cache
def templates(*packages: str) -> Environment:
    """The templates of these packages; of the same name, that of the first."""
    made = Environment(
        loader=ChoiceLoader([PackageLoader(each) for each in packages]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=lambda value: value if isinstance(value, Markup) else safe(value),
    )
    made.filters["lowered"] = lowered
    made.filters["typed"] = lambda words: " ".join(command_parts(words))
    made.filters["drawn"] = lambda svg: Markup(safe(svg))  # noqa: S704 - we drew it, escaped
    made.filters["kind"] = lambda block: type(block).__name__
    return made
