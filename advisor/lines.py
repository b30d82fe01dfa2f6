"""Plans → lines of JSON, quickly: the same bytes as `json.dumps` of the document.

Most of a plan's JSON are reasons, and the same few reasons come again and again: a rule speaks
alike to all people whose answers to its questions are alike. So each is written once for each
such group, the document is made with a short mark in its place, and the marks are then
replaced. A mark is a NUL and a number; no text of a document holds a NUL.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from advisor.document import plan_document, small_document
from advisor.sayings import Saying, worded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from advisor.plan import Plan

MOST_KEPT = 50_000  # texts of reasons; then we begin afresh, so that memory stays flat
_MARK = re.compile(r'"\\u0000(\d+)"')
_encode = json.JSONEncoder(ensure_ascii=False).encode


class LineWriter:
    """Writes plans of one rule base as JSON, one a line.

    With `fields`, only those keys of the plan, and no reasons: small lines, for counting.
    """

    def __init__(self, fields: Sequence[str] = ()) -> None:
        self.fields = tuple(fields)
        self._kept: dict[tuple[object, ...], str] = {}

    def line(self, plan: Plan) -> str:
        """The JSON of a plan, without a line break."""
        if self.fields:
            return _encode(small_document(plan, self.fields))
        if len(self._kept) > MOST_KEPT:
            self._kept.clear()
        texts: list[str] = []

        def mark(saying: Saying) -> str:
            texts.append(self._text(saying, plan))
            return f"\0{len(texts) - 1}"

        document = _encode(plan_document(plan, mark))
        return _MARK.sub(lambda found: texts[int(found[1])], document)

    def _text(self, saying: Saying, plan: Plan) -> str:
        """The JSON of one reason; `worded` depends on nothing but what is in the key."""
        place = saying[0]
        facts = plan.rules.program.facts[place] if place >= 0 else ()
        values, unsure = plan.facts.values, plan.facts.not_sure
        key = (*saying, plan.country, *((values[fact], fact in unsure) for fact in facts))
        text = self._kept.get(key)
        if text is None:
            text = _encode(worded(saying, plan).to_dict())
            self._kept[key] = text
        return text
