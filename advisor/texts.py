"""Texts of JSON that many lines share: each is written once, for all that depend on the same.

A reason depends on the answers to the questions of its rule, a line of a session on its exercise
and dose, an answer on itself. All are bytes of UTF-8.
"""

from __future__ import annotations

import json
from operator import itemgetter
from typing import TYPE_CHECKING

from advisor.command_line import answered
from advisor.document import line_document
from advisor.engine.ready import program_of
from advisor.reasons import Saying, worded
from advisor.verdicts import OK

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from advisor.result import Plan
    from advisor.rulebase.shapes import Dose, RuleBase
    from advisor.session import Line

    Codes = Sequence[int | None]

MOST_KEPT = 1 << 24  # bytes; then we begin afresh, so that memory stays flat
BESIDES = 200  # bytes that it takes to keep a text, about
NOT_SURE = -1  # among codes
encode = json.JSONEncoder(ensure_ascii=False).encode


class KeptTexts:
    """Texts that lines have needed and others may, for one rule base and one country."""

    def __init__(self, plan: Plan) -> None:
        self.rules: RuleBase = plan.rules
        self.country = plan.country
        self.reasons: dict[Saying, tuple[Callable[[Codes], object], dict[object, bytes]]] = {}
        self.answers: dict[tuple[int, int | None], tuple[bytes, bytes]] = {}
        self.lines: dict[tuple[str, int, int], tuple[Dose, bytes]] = {}
        self.lists: dict[tuple[str, ...], bytes] = {}
        self.heads: dict[tuple[str, int], bytes] = {}
        self.size = 0

    def serves(self, plan: Plan) -> bool:
        """Whether a plan can use these texts, and there are not too many."""
        same = self.rules is plan.rules and self.country == plan.country
        return same and self.size < MOST_KEPT

    def reason(self, saying: Saying, codes: Codes, plan: Plan) -> bytes:
        """The JSON of a reason; `worded` depends on nothing but the answers to its questions."""
        of, texts = self.reasons.get(saying) or self._begun(saying)
        answers = of(codes)
        text = texts.get(answers)
        if text is None:
            text = texts[answers] = self._written(worded(saying, plan).to_dict())
        return text

    def _begun(self, saying: Saying) -> tuple[Callable[[Codes], object], dict[object, bytes]]:
        """What tells the answers that a saying rests on, and its texts by them: none yet."""
        place = saying[0]
        facts = program_of(self.rules).facts[place] if place >= 0 else ()
        begun = (itemgetter(*facts) if facts else lambda _: None), dict[object, bytes]()
        self.reasons[saying] = begun
        return begun

    def answer(self, place: int, code: int | None) -> tuple[bytes, bytes]:
        """An answer as it stands among the answers, and as it stands in the command."""
        both = self.answers.get((place, code))
        if both is None:
            question = self.rules.questions[place]
            value = {} if code is None else {question.id: question.decode(code)}
            both = self._written(value)[1:-1], self._written(answered(question, code))[1:-1]
            self.answers[place, code] = both
        return both

    def line(self, line: Line, plan: Plan) -> bytes:
        """A line of a session without its closing brace, as it goes on where reasons are given.

        Doses that are the same object are the same, which is quick to tell; being kept here, none
        becomes another.
        """
        key = line.slot, line.position, id(line.dose)
        known = self.lines.get(key)
        if known is None:
            text = self._written(line_document(plan, line))[:-1]
            known = self.lines[key] = line.dose, text
        return known[1]

    def ids(self, names: list[str]) -> bytes:
        """A list of names."""
        text = self.lists.get(key := tuple(names))
        if text is None:
            text = self.lists[key] = self._written(names)
        return text

    def head(self, word: str, position: int) -> bytes:
        """A verdict up to its reasons; all of it where there is nothing to add."""
        head = self.heads.get((word, position))
        if head is None:
            exercise = self.rules.exercises[position]
            named = encode({"verdict": word, "name": exercise.name})[:-1]
            end = '], "needs": [], "instead": []}' if word == OK else ""
            head = f'{encode(exercise.id)}: {named}, "reasons": [{end}'.encode()
            self.heads[word, position] = head
        return head

    def _written(self, value: object) -> bytes:
        """A new text; what is kept of it takes more room than it does."""
        text = encode(value).encode()
        self.size += len(text) + BESIDES
        return text
