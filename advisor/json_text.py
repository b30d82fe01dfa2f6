"""Plain values → JSON, the same way everywhere: by orjson, in UTF-8."""

from __future__ import annotations

import re

import orjson

Json = dict[str, object]
# What may steer a terminal and JSON would let through as it is: controls, marks of direction.
_STEERING = "[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"


def json_text(value: object, *, indented: bool = False) -> bytes:
    """The JSON of a value, without a line break at its end.

    The name of a file may hold bytes that are no text; they are shown as `?`.
    """
    option = orjson.OPT_INDENT_2 if indented else 0
    try:
        return orjson.dumps(value, option=option)
    except TypeError:
        return orjson.dumps(_as_text(value), option=option)


def json_line(value: object, *, indented: bool = False) -> bytes:
    """The JSON of a value as it is shown: nothing in it steers a terminal, and its line ends."""
    text = json_text(value, indented=indented).decode()
    shown = re.sub(_STEERING, lambda found: f"\\u{ord(found[0]):04x}", text)
    return f"{shown}\n".encode()


def _as_text(value: object) -> object:
    """The same value with nothing in its strings that UTF-8 cannot hold."""
    match value:
        case str():
            return value.encode(errors="replace").decode()
        case dict():
            return {_as_text(key): _as_text(each) for key, each in value.items()}
        case list() | tuple():
            return [_as_text(each) for each in value]
        case _:
            return value
