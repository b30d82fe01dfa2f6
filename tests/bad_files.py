"""Things that stand where a file of answers or of rules is meant, made in a folder."""

from __future__ import annotations

import os
from pathlib import Path

HUGE = 100 << 20
ALIASES = b"".join(
    b"b%d: &b%d [%s]\n" % (n, n, b", ".join([b"*b%d" % (n - 1) if n else b"x"] * 9))
    for n in range(9)
)
CONTENTS = {
    "empty": b"",
    "blank": b" \n\t\n",
    "binary": bytes(range(256)) * 4,
    "png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "deep": b"age: " + b"[" * 10_000,
    "deep-json": b'{"age": ' + b"[" * 30_000,
    "aliases": ALIASES,
    "tagged": b"age: !!python/object/apply:os.system ['true']\n",
    "duplicate": b"age: 40\nage: 41\n",
    "duplicate-json": b'{"age": 40, "age": 41}',
    "latin-1": "age: 40 # für mich".encode("latin-1"),
    "utf-16": "age: 40".encode("utf-16"),
    "half": b'{"age": 40, "back_pa',
    "list": b"- age\n- 40\n",
    "word": b"forty",
    "two": b"age: 40\n---\nage: 41\n",
    "long": b"age: [" + b"a, " * 100_000 + b"]",
}


def made(kind: str, folder: Path, name: str = "given.yaml") -> Path:
    """The path of such a thing, made in a folder."""
    path = folder / name
    if kind in CONTENTS:
        path.write_bytes(CONTENTS[kind])
    elif kind == "huge":
        path.touch()
        os.truncate(path, HUGE)  # a hole: it takes no room
    elif kind == "folder":
        path.mkdir()
    elif kind == "broken link":
        path.symlink_to(folder / "nowhere")
    elif kind == "ring of links":
        path.symlink_to(path)
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    return path
