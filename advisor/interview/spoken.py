"""Short words → what they come to: yes, no, not sure, partly, or a word to the program.

Only a line that is made of such words and nothing else counts, so that no "no" in a longer
sentence is ever taken for the whole of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from advisor.answers import UNSURE
from advisor.interview import phrases

FILLER = ""
KEPT = 1 << 12  # texts that are kept plain: an answer is held against every name of a catalogue
_COMMANDS = {word: word for word in phrases.COMMANDS if word != "?"} | {
    each: word for word, many in phrases.COMMANDS.items() for each in many.split("|")
}
# What each phrase comes to, that of words which change nothing being `FILLER`.
_MEANINGS = dict.fromkeys(phrases.FILLER.split("|"), FILLER) | {
    each: meaning for meaning, many in phrases.SAID.items() for each in many.split("|")
}
_LONGEST = max(len(each.split()) for each in _MEANINGS)
_NEGATIONS = frozenset(phrases.NEGATIONS.split("|"))


@dataclass(frozen=True)
class Word:
    """A word to the program, with the number that may follow it."""

    word: str
    number: int = 1


@lru_cache(KEPT)
def plain(text: str) -> str:
    """Words without case, apostrophes, dashes and other marks."""
    return " ".join(re.sub(r"[^\w]|_", " ", without_apostrophes(text.lower())).split())


def without_apostrophes(text: str) -> str:
    """A text in which *don't* is *dont*."""
    return re.sub("['`\u2019]", "", text)


def read_word(text: str) -> Word | None:
    """A word to the program, written in full, `back` perhaps with a number."""
    words = plain(text)
    if text.strip() == "?":
        return Word("?")
    if word := _COMMANDS.get(words):
        return Word(word)
    if said(text) == UNSURE:
        return Word(UNSURE)
    match = re.fullmatch(r"back ([0-9]{1,3})", words)
    return Word("back", max(1, int(match[1]))) if match else None


def said(text: str) -> str | None:
    """What a line of short words comes to: yes, no, unsure or partly; None for any other line."""
    words = plain(text).split()
    found: set[str] = set()
    while words:
        longest = min(len(words), _LONGEST)
        lengths = (n for n in range(longest, 0, -1) if " ".join(words[:n]) in _MEANINGS)
        length = next(lengths, 0)
        if not length:
            return None
        found.add(_MEANINGS[" ".join(words[:length])])
        words = words[length:]
    for doubtful in (phrases.UNSURE, phrases.PARTLY):
        if doubtful in found:
            return doubtful
    found.discard(FILLER)
    return found.pop() if len(found) == 1 else None


@lru_cache(KEPT)
def negations(words: str) -> frozenset[str]:
    """The words in plain words that turn a meaning round."""
    return frozenset(words.split()) & _NEGATIONS


@lru_cache(KEPT)
def content(words: str) -> tuple[str, ...]:
    """Plain words without those that say little, and without what turns a meaning round."""
    empty = (FILLER, phrases.YES, phrases.PARTLY)
    every = words.split()
    return tuple(w for w in every if _MEANINGS.get(w) not in empty and not negations(w))
