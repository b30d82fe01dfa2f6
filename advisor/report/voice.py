"""Reasons → items: in a line each or in whole, with a number for the document behind each.

A rule says its reason, and what it advises, in few words besides (`short`). Where it has none, the
first sentence has to do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from advisor.report.blocks import Item, Pairs
from advisor.report.formatting import GROUNDS, Document, doubt, source_name
from advisor.rulebase.shapes import Advise, RuleBase

LONGEST = 140  # letters of a reason that has no short form: two lines
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_ELSEWHERE = "copy"  # how a document was read that only others told of
_WITHOUT_AUTHOR = ("article", "forum")  # kinds that are known by their titles
_KINDS = {"biomechanics": "lab study", "cohort": "follow-up study"}

Fill = Callable[[str], str]


class Voice:
    """Says reasons, and numbers their documents in the order they are met.

    It is short of words, unless it is to say the `whole` of them.

    `fill` puts the numbers to call into a text of the rule base.
    """

    def __init__(self, rules: RuleBase, fill: Fill, *, whole: bool = False) -> None:
        self.rules, self.fill = rules, fill
        self.whole = whole
        self._short = {} if whole else dict(_shorts(rules, fill))
        self._numbers: dict[str, int] = {}
        self._told: set[str] = set()

    def is_new(self, reason: Document) -> bool:
        """Whether a reason was not given yet."""
        return reason["text"] not in self._told

    def reason(self, reason: Document, lead: str = "") -> Item:
        """Why, in a line; first, whether it is in doubt."""
        text = reason["text"]
        self._told.add(text)
        if not self.whole:
            text = self._short.get(text) or _first_sentence(text)
        lead = " ".join(filter(None, (lead, self._doubt(reason))))
        return Item(text, "", lead, source=self._source(reason))

    def limit(self, reason: Document) -> Item:
        """What an exercise is allowed with only."""
        item = self.said(reason)
        why = f"{item.lead[0].lower()}{item.lead[1:]}" if item.lead else ""
        return replace(item, lead=f"Limit, {why}" if why else "Limit:")

    def said(self, reason: Document, note: str = "") -> Item:
        """What to do, in few words where the rule has them, and otherwise in all of them."""
        text = self._short.get(reason["text"]) or str(reason["text"])
        return Item(text, note, self._doubt(reason), source=self._source(reason))

    def short_ones(self, reasons: Iterable[Document]) -> Iterator[Item]:
        """What is said in few words, and nothing of what is not: there is more room elsewhere."""
        return (self.said(each) for each in reasons if self.whole or each["text"] in self._short)

    def short_texts(self, texts: Iterable[str]) -> tuple[Item, ...]:
        """The same of bare texts; all of them in whole, if none is said in few words."""
        every = list(texts)
        some = [self._short[text] for text in every if text in self._short]
        return tuple(map(Item, some or every))

    def sources(self) -> Pairs:
        """The documents that were named so far."""
        return Pairs(tuple(self._numbers), numbered=True)

    def slot(self, name: str) -> Iterator[Item]:
        """Why a session has a place at all, unless that was said."""
        slot = next(each for each in self.rules.slots if each.id == name)
        if slot.because not in self._told:
            self._told.add(slot.because)
            number = self._number(slot.sources[0].source) if slot.sources else 0
            yield Item(slot.short or _first_sentence(slot.because), source=number)

    def _doubt(self, reason: Document) -> str:
        """That a reason only may hold; a page says elsewhere why it is in doubt."""
        why = doubt(reason)
        return why if self.whole or not why else "In case:"

    def _source(self, reason: Document) -> int:
        """The first document of a reason, which has to carry the sentence."""
        return next((self._number(each["id"]) for each in reason["sources"]), 0)

    def _number(self, source: str) -> int:
        """The number of a document, as it is named in the list."""
        found = self.rules.sources[source]
        kind, named = _KINDS.get(found.kind, found.kind), source_name(found)
        if found.kind in (*GROUNDS, *_WITHOUT_AUTHOR):
            named = found.title if found.kind in _WITHOUT_AUTHOR else ""
        label = f"{named} ({kind}{', reported' if found.read == _ELSEWHERE else ''})"
        label = label if named else GROUNDS[found.kind]
        return self._numbers.setdefault(label, len(self._numbers) + 1)


def _shorts(rules: RuleBase, fill: Fill) -> Iterator[tuple[str, str]]:
    """Every text that has a short form, with it."""
    for slot in rules.slots:
        if slot.short:
            yield slot.because, slot.short
    for rule in rules.rules:
        if rule.short:
            yield rule.because, rule.short
        for effect in rule.effects:
            if isinstance(effect, Advise) and effect.short:
                yield fill(effect.say), fill(effect.short)


def _first_sentence(text: str) -> str:
    first = _SENTENCES.split(text, maxsplit=1)[0]
    if len(first) <= LONGEST:
        return first
    return f"{first[:LONGEST].rpartition(' ')[0].rstrip(',;:')} …"
