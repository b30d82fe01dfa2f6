"""What leads to what → Mermaid text, in which no word of a rule base can do anything."""

from __future__ import annotations

import re
from collections.abc import Iterable

from advisor.report.blocks import safe
from advisor.report.formatting import Document

_PLAIN = re.compile(r"[^\w .,:;!?()/+-]", re.ASCII)
_WIDEST = 80
# The shape of each kind: a question is round, a finding a hexagon, a rule a box …
_SHAPES = {
    "fact": ("([", "])"),
    "finding": ("{{", "}}"),
    "rule": ("[", "]"),
    "level": ("[[", "]]"),
    "advice": (">", "]"),
}
_BOX = ("(", ")")


def mermaid(document: Document) -> str:
    """A flow chart; nodes are numbered, so that an id can be anything."""
    names = {_key(node): f"n{place}" for place, node in enumerate(document["nodes"])}
    lines = ["flowchart LR"]
    for node in document["nodes"]:
        left, right = _SHAPES.get(node["kind"], _BOX)
        lines.append(f'  {names[_key(node)]}{left}"{escaped(node["label"])}"{right}')
    for edge in document["edges"]:
        start, end = names[_key(edge["from"])], names[_key(edge["to"])]
        label = f'|"{escaped(edge["label"])}"|' if edge["label"] else ""
        lines.append(f"  {start} -->{label} {end}")
    return "\n".join([*lines, ""])


def graph_document(edges: Iterable[tuple[Document, Document, str]]) -> Document:
    """Nodes in the order they are met, and edges by what they join, as plain values."""
    nodes: dict[tuple[str, str], Document] = {}
    listed = []
    for start, end, label in edges:
        for node in (start, end):
            nodes.setdefault(_key(node), node)
        ends = ({"kind": node["kind"], "id": node["id"]} for node in (start, end))
        listed.append(dict(zip(("from", "to"), ends, strict=True)) | {"label": label})
    return {"nodes": list(nodes.values()), "edges": listed}


def escaped(text: str) -> str:
    """A label on one line; whatever might mean something to Mermaid or HTML is an entity."""
    words = safe(text)
    short = f"{words[: _WIDEST - 1]}…" if len(words) > _WIDEST else words
    return _PLAIN.sub(lambda found: f"#{ord(found[0])};", short)


def _key(node: Document) -> tuple[str, str]:
    return str(node["kind"]), str(node["id"])
