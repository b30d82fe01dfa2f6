"""Nodes -> which exercises are meant, as a bit mask over the catalogue."""

from __future__ import annotations

from advisor.rulebase.bits import mask_of, union
from advisor.rulebase.reading.names import Scope
from advisor.rulebase.reading.nodes import Node

EVERYTHING = "everything"
EXCEPT = "except"
KIN = "kin_of"


def read_selector(node: Node, scope: Scope) -> int | None:
    """Read a selector that must match something (unless it is about one `this` of many)."""
    mask = select(node, scope)
    if mask == 0 and scope.this is None and not scope.lost("exercises", "attributes"):
        scope.problems.add("selector-matches-nothing", node.place, "no exercise fits this selector")
    return mask


def select(node: Node, scope: Scope) -> int | None:
    """Read a selector; None if it names something that does not exist."""
    if isinstance(node.value, str):
        return _named(node, scope)
    if isinstance(node.value, tuple) and node.value:
        masks = [select(each, scope) for each in node.value]
        return None if None in masks else union(mask or 0 for mask in masks)
    if isinstance(node.value, dict) and node.value:
        return _matching(node, node.value, scope)
    hint = "write an id, a list, `{attribute: value}` or `everything`"
    scope.problems.add("bad-selector", node.place, f"{node.typed()} selects no exercise", hint)
    return None


def _named(node: Node, scope: Scope) -> int | None:
    """One exercise by its id, or all of them."""
    if node.value == EVERYTHING:
        return scope.everything
    word = scope.word(node)
    if word is None:
        return None
    if word in scope.position:
        return 1 << scope.position[word]
    if word == "all" or "*" in word:
        message = f"no exercise is called {node.typed()}"
        hint = f"for all write `{EVERYTHING}`; for some a list, or `{{attribute: value}}`"
        scope.problems.add("unknown-exercise", node.place, message, hint)
    else:
        scope.knows("exercises", word, node.place, [*scope.position, EVERYTHING])
    return None


def _matching(node: Node, parts: dict[str, Node], scope: Scope) -> int | None:
    """All attributes must match; what `except` selects is taken out."""
    masks = [_part(key, child, node, scope) for key, child in parts.items()]
    joint = scope.everything
    for mask in masks:
        joint &= scope.everything if mask is None else mask
    return None if None in masks else joint


def _part(key: str, child: Node, node: Node, scope: Scope) -> int | None:
    if key == EXCEPT:
        mask = select(child, scope)
        return None if mask is None else scope.everything & ~mask
    return _kin(child, scope) if key == KIN else _having(key, child, node, scope)


def _kin(node: Node, scope: Scope) -> int | None:
    """The near relatives of one exercise, itself left out (none, where it has nothing to share)."""
    word = scope.word(node)
    if scope.kinship is None:
        message, hint = "`kin_of` needs to know what makes relatives", "add a section `kinship:`"
        scope.problems.add("no-kinship", node.place, message, hint)
        return None
    if word is None or word not in scope.position:
        return None if word is None else _named(node, scope)
    exercise = scope.exercises[word]
    return mask_of(
        place
        for place, other in enumerate(scope.exercises.values())
        if other is not exercise and scope.kinship.related(exercise, other)
    )


def _having(key: str, child: Node, node: Node, scope: Scope) -> int | None:
    """The exercises whose attribute has one of the values."""
    if not scope.knows("attributes", key, node.keys[key], [*scope.attributes, EXCEPT, KIN]):
        scope.words(child)
        return None
    words = scope.words(child, "value", key, scope.attributes[key].values)
    if words is None:
        return None
    wanted = {word for word, _ in words}
    return sum(
        1 << index
        for index, exercise in enumerate(scope.exercises.values())
        if wanted & set(exercise.attributes.get(key, ()))
    )
