"""Plans → lines of JSON, quickly: the same text as `json.dumps` of the document.

Most of a plan's JSON are reasons, and the same few come again and again: a rule speaks alike to
all people whose answers to its questions are alike. So each reason is written once for each
such group. The document is made with a short mark in place of each reason and of all verdicts,
and the marks are then replaced. A mark is a NUL and a number; no text of a document holds one.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from advisor.document import FIELDS, PlanWriter, small_document
from advisor.sayings import Saying, caution_sayings, standing_in_the_way, worded
from advisor.verdicts import CAUTION, OK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from advisor.plan import Plan

MOST_KEPT = 50_000  # texts of reasons; then we begin afresh, so that memory stays flat
_MARK = re.compile(r'"\\u0000(\d+)"')
_VERDICTS = '"\\u0000"'
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
        return _Line(plan, self._kept).text()


class _Line:
    """One line in the making; `kept` are the texts of reasons that other lines have needed."""

    def __init__(self, plan: Plan, kept: dict[tuple[object, ...], str]) -> None:
        self.plan = plan
        self.kept = kept
        self.texts: list[str] = []
        self.told: dict[Saying, str] = {}
        self.writer = PlanWriter(plan, self._mark)
        unsure = plan.facts.not_sure
        self.codes: Sequence[int | None] = [
            -1 if place in unsure else value for place, value in enumerate(plan.facts.values)
        ]

    def text(self) -> str:
        """The whole line."""
        made = {name: make(self.writer) for name, make in FIELDS.items() if name != "verdicts"}
        document = {name: made.get(name, "\0") for name in FIELDS}
        line = _MARK.sub(lambda found: self.texts[int(found[1])], _encode(document))
        before, _, after = line.partition(_VERDICTS)
        return f"{before}{self._verdicts()}{after}"

    def _mark(self, saying: Saying) -> str:
        """The mark of a reason."""
        self.texts.append(self._reason(saying))
        return f"\0{len(self.texts) - 1}"

    def _reason(self, saying: Saying) -> str:
        """The JSON of a reason; `worded` depends on nothing but what is in the key."""
        text = self.told.get(saying)
        if text is None:
            place = saying[0]
            facts = self.plan.rules.program.facts[place] if place >= 0 else ()
            key = (saying, self.plan.country, *[self.codes[fact] for fact in facts])
            text = self.kept.get(key)
            if text is None:
                text = self.kept[key] = _encode(worded(saying, self.plan).to_dict())
            self.told[saying] = text
        return text

    def _verdicts(self) -> str:
        """The JSON of all verdicts. Exercises that share the rules in their way share the text."""
        plan, shared = self.plan, dict[tuple[object, ...], str]()
        parts = []
        for position, exercise in enumerate(plan.rules.exercises):
            word = plan.verdicts.words[position]
            end = '"reasons": [], "needs": [], "instead": []'
            if word != OK:
                rules = standing_in_the_way(plan, position)
                key = (word, position if word == CAUTION else rules)
                if key not in shared:
                    shared[key] = self._reasons(word, position, rules)
                end = f'{shared[key]}, "instead": {self._instead(word, position)}'
            name = _encode(exercise.name)
            parts.append(f'"{exercise.id}": {{"verdict": "{word}", "name": {name}, {end}}}')
        return f"{{{', '.join(parts)}}}"

    def _reasons(self, word: str, position: int, rules: tuple[int, ...]) -> str:
        """The reasons of a verdict, and what would settle it."""
        if word == CAUTION:
            sayings, wanted = caution_sayings(self.plan, position), []
        else:
            sayings = [(place, "") for place in rules]
            wanted = self.writer.needs(word, rules)
        reasons = ", ".join([self._reason(saying) for saying in sayings])
        return f'"reasons": [{reasons}], "needs": {_encode(wanted)}'

    def _instead(self, word: str, position: int) -> str:
        if word == CAUTION:
            return "[]"
        pattern = self.plan.rules.exercises[position].pattern
        ids = [f'"{each}"' for each in self.writer.instead(position, pattern)]
        return f"[{', '.join(ids)}]"
