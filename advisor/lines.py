"""Plans → lines of JSON, quickly: the same bytes as `json.dumps` of the document.

Most of a plan's JSON are reasons, and the same few come again and again: a rule speaks alike to
all people whose answers to its questions are alike. So each text is written once for each such
group and kept. The document is made with a mark, a NUL, in place of each such text; no text of a
document is one. Then the texts are put where the marks are, which is the order they came in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from advisor.command_line import command_start
from advisor.document import PlanWriter, small_document
from advisor.reasons import (
    Saying,
    caution_sayings,
    choice_sayings,
    cue_sayings,
    forbidding,
    standing_in_the_way,
)
from advisor.texts import NOT_SURE, KeptTexts, encode
from advisor.verdicts import CAUTION, OK

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from advisor.result import Plan
    from advisor.session import Line

_MARK = "\0"
_MARKED = b'"\\u0000"'


class LineWriter:
    """Writes plans as JSON, one a line.

    With `fields`, only those keys of the plan, and no reasons: small lines, for counting.
    """

    def __init__(self, fields: Sequence[str] = ()) -> None:
        self.fields = tuple(fields)
        self._kept: KeptTexts | None = None

    def line(self, plan: Plan) -> bytes:
        """The JSON of a plan in UTF-8, without a line break."""
        kept = self._kept
        if kept is None or not kept.serves(plan):
            kept = self._kept = KeptTexts(plan)
        line = _Line(plan, kept)
        return line.small(self.fields) if self.fields else line.whole()


class _Line(PlanWriter):
    """One line in the making: a document with marks, and the texts that they stand for."""

    def __init__(self, plan: Plan, kept: KeptTexts) -> None:
        super().__init__(plan)
        self.kept = kept
        self.texts: list[bytes] = []
        self.codes = [*plan.facts.values]
        for place in plan.facts.not_sure:
            self.codes[place] = NOT_SURE

    def whole(self) -> bytes:
        """The whole line."""
        return self._joined(self.document())

    def small(self, fields: Sequence[str]) -> bytes:
        """A line of these fields."""
        if self.plan.session is None or "session" not in fields:
            return encode(small_document(self.plan, fields)).encode()
        others = small_document(self.plan, [name for name in fields if name != "session"])
        session = b'{"exercises": [%s]}' % b", ".join(
            [b"%s}" % self.kept.line(line, self.plan) for line in self.plan.session.lines]
        )
        return self._joined(
            {name: self._mark(session) if name == "session" else others[name] for name in fields}
        )

    def _joined(self, document: dict[str, object]) -> bytes:
        """The JSON of a document, with the texts where their marks are."""
        pieces = encode(document).encode().split(_MARKED)
        every = [b""] * (2 * len(pieces) - 1)
        every[::2] = pieces
        every[1::2] = self.texts
        return b"".join(every)

    def _mark(self, text: bytes) -> str:
        self.texts.append(text)
        return _MARK

    def tell(self, saying: Saying) -> str:
        """The mark of a reason."""
        return self._mark(self.kept.reason(saying, self.codes, self.plan))

    def _reasons(self, sayings: Iterable[Saying]) -> bytes:
        reason, codes, plan = self.kept.reason, self.codes, self.plan
        return b", ".join([reason(saying, codes, plan) for saying in sayings])

    def line(self, line: Line) -> str:
        """The mark of a line of the session."""
        return self._mark(
            b'%s, "cues": [%s], "reasons": [%s], "dose_reasons": [%s]}'
            % (
                self.kept.line(line, self.plan),
                self._reasons(cue_sayings(self.plan, line.position)),
                self._reasons(choice_sayings(self.plan, line)),
                self._reasons([(place, "") for place in line.capped_by]),
            )
        )

    def verdicts(self) -> str:
        """The mark of all verdicts. Those that the same rules put out share what is said."""
        plan, head = self.plan, self.kept.head
        shared: dict[tuple[str, int], bytes] = {}
        instead: dict[str, bytes] = {}
        parts: list[bytes] = []
        for position, word in enumerate(plan.verdicts.words):
            parts.append(head(word, position))
            if word == CAUTION:
                parts += (
                    self._reasons(caution_sayings(plan, position)),
                    b'], "needs": [], "instead": []}',
                )
            elif word != OK:
                rules = word, forbidding(plan, position, word)
                if rules not in shared:
                    shared[rules] = self._put_out(word, position)
                pattern = plan.rules.exercises[position].pattern
                if pattern not in instead:  # for all of them that are out, the same
                    instead[pattern] = self.kept.ids(self.instead(position, pattern))
                parts += shared[rules], instead[pattern], b"}"
            parts.append(b", ")
        return self._mark(b"".join((b"{", *parts[:-1], b"}")))

    def _put_out(self, word: str, position: int) -> bytes:
        """Why an exercise is out, and what would settle it."""
        rules = standing_in_the_way(self.plan, position)
        needs = self.kept.ids(self.needs(word, rules))
        reasons = self._reasons([(place, "") for place in rules])
        return b'%s], "needs": %s, "instead": ' % (reasons, needs)

    def answers(self) -> str:
        """The mark of the answers that are known."""
        known = [
            self.kept.answer(place, code)[0]
            for place, code in enumerate(self.plan.facts.values)
            if code is not None
        ]
        return self._mark(b"{%s}" % b", ".join(known))

    def command(self) -> str:
        """The mark of the command line that gives this plan again."""
        facts = self.plan.facts
        said = [
            self.kept.answer(place, code)[1]
            for place, code in enumerate(facts.values)
            if place not in facts.stated_clear and not facts.is_open(place)
        ]
        start = encode(command_start(self.plan, "plan"))[:-1].encode()
        return self._mark(b'%s"' % b" ".join((start, *said)))
