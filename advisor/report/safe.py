"""Text from files and people → text that cannot steer a terminal."""

from __future__ import annotations

import re
import unicodedata

_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # colors, the cursor
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # titles
    r"|\x1b[ -/]*[0-~]?"
)
_BLANKS = {"Zl", "Zp", "Zs"}
_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn"}  # controls, marks of direction, halves of characters


def safe(text: object) -> str:
    """A value as one line of text without control characters, escapes or hidden marks."""
    words = str(text)
    if words.isascii() and words.isprintable():
        return words
    plain = "".join(map(_safe_character, _ESCAPES.sub("", words)))
    return re.sub(r" {2,}", " ", plain).strip()


def _safe_character(character: str) -> str:
    if character in "\n\r\t\v\f":
        return " "
    kind = unicodedata.category(character)
    if kind in _BLANKS:
        return " "
    return "" if kind in _DROPPED else character
