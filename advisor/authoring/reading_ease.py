"""A text → the school grade that can read it (Flesch-Kincaid), by simple counts of our own."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"[.!?]+(?=\s|$)")
_WORD = re.compile(r"[A-Za-z0-9]+(?:['’][A-Za-z]+)?")  # noqa: RUF001 - both apostrophes are in use
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouyschgxz]es|[^aeioudty]ed|[^aeiouyl]e|[aeiouy]le)$")
_SPLIT = re.compile(r"i[ao](?!us|n)|(?<!q)ua|[aeiouy]ing")
_DIGITS_SPOKEN = 1


def grade(text: str) -> float:
    """The school grade of a text; 0 for one without words."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = max(1, len(_SENTENCE.findall(text)))
    spoken = sum(syllables(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * spoken / len(words) - 15.59


def syllables(word: str) -> int:
    """About how many syllables an English word has."""
    letters = re.sub(r"[^a-z]", "", word.lower().split("'")[0].split("’")[0])  # noqa: RUF001 - the same
    if not letters:
        return _DIGITS_SPOKEN
    spoken = len(_VOWELS.findall(letters)) + len(_SPLIT.findall(letters))
    return max(1, spoken - bool(_SILENT.search(letters)))
