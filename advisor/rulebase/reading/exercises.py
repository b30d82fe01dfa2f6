"""Exercise entries -> the catalogue, and one `how-to-…` rule for the cues of each exercise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from advisor.rulebase.problems import quoted
from advisor.rulebase.reading.base import PATTERN, citations
from advisor.rulebase.reading.entries import Draft, Entry
from advisor.rulebase.reading.models import ExerciseEntry, SessionEntry
from advisor.rulebase.reading.names import THIS, Scope
from advisor.rulebase.reading.selectors import EVERYTHING, read_selector
from advisor.rulebase.shapes import ALWAYS, Advise, Dose, Exercise, Rule, Slot, doses_of

HOW_TO = "how-to-"


def how_to_id(exercise: str) -> str:
    """The id of the rule that gives the cues of an exercise."""
    return f"{HOW_TO}{exercise.replace('_', '-')}"


RESERVED_EXERCISES = (EVERYTHING, THIS, "none", "some", "unsure")


def build_exercises(draft: Draft, slots: tuple[Slot, ...], scope: Scope) -> tuple[Exercise, ...]:
    """Every sound exercise, in the author's order."""
    doses = doses_of(slots)
    entries = draft.all("exercises", ExerciseEntry)
    found = [_exercise(entry, doses, draft, scope) for entry in entries.values()]
    return tuple(exercise for exercise in found if exercise is not None)


def _exercise(
    entry: Entry[ExerciseEntry], doses: dict[str, Dose], draft: Draft, scope: Scope
) -> Exercise | None:
    before, model = len(scope.problems), entry.model
    if entry.id in RESERVED_EXERCISES:
        scope.problems.add("reserved-word", entry.place, f"`{entry.id}` cannot name an exercise")
    attributes = _attributes(entry, scope)
    cues = tuple((kind, cue) for kind, each in model.cues for cue in each)
    if not cues:
        message = f"`{entry.id}` does not say how it is done"
        scope.problems.add("missing-cues", entry.at("cues"), message)
    _check_links(entry, draft, scope)
    sources = citations(entry, scope)
    if len(scope.problems) > before or PATTERN not in attributes:
        return None
    dose = _dose(model, doses.get(attributes[PATTERN][0]))
    return entry.shaped(Exercise, attributes=attributes, dose=dose, cues=cues, sources=sources)


def without_weight(
    exercises: tuple[Exercise, ...], slots: tuple[Slot, ...], draft: Draft, scope: Scope
) -> tuple[Exercise, ...]:
    """The same exercises; those that take no weight have no load in their dose."""
    entry = draft.one("session", SessionEntry)
    if entry is None or entry.node.child("weightless") is None:
        return exercises
    mask = read_selector(entry.part("weightless"), scope) or 0
    usual = doses_of(slots)
    return tuple(
        replace(each, dose=_unloaded(each.dose or usual.get(each.pattern)))
        if mask >> place & 1
        else each
        for place, each in enumerate(exercises)
    )


def _unloaded(dose: Dose | None) -> Dose | None:
    return replace(dose, load_percent=None, load_step_percent=None) if dose else None


def _dose(model: ExerciseEntry, usual: Dose | None) -> Dose | None:
    """The dose of the slot with what the exercise changes, or None if it changes nothing."""
    if usual is None:  # no slot takes it, so it is never dosed
        return None
    given = model.dose.model_dump(exclude_none=True) if model.dose else {}
    if model.hold_seconds is not None:
        given["hold_seconds"] = model.hold_seconds
        usual = replace(usual, lower_seconds=None)  # nothing is lowered
    return replace(usual, **given) if given else None


def _attributes(entry: Entry[ExerciseEntry], scope: Scope) -> dict[str, tuple[str, ...]]:
    """The values of every declared attribute, in the order they were declared."""
    node = entry.part("attributes")
    for key, place in node.keys.items():
        scope.knows("attributes", key, place)
    for key in scope.attributes:
        if key not in node.keys:
            message = f"`{entry.id}` does not state `{key}`"
            scope.problems.add("missing-attribute", node.place, message)
    return {key: _values(entry, key, scope) for key in scope.attributes if key in node.keys}


def _values(entry: Entry[ExerciseEntry], key: str, scope: Scope) -> tuple[str, ...]:
    """One value, or any number of them where the attribute takes many."""
    attribute, node = scope.attributes[key], entry.part("attributes", key)
    if attribute.many and node.value == ():
        return ()
    if not attribute.many and not isinstance(node.value, str):
        message = f"{node.typed()} stands where one value of `{key}` is meant"
        hint = "write `yes` or `no`" if isinstance(node.value, bool) else ""
        scope.problems.add("bad-attribute", node.place, message, hint)
        return ()
    words = scope.words(node, "value", key, attribute.values) or []
    return tuple(word for word, _ in words)


def _check_links(entry: Entry[ExerciseEntry], draft: Draft, scope: Scope) -> None:
    """Easier and harder exercises exist, and are others."""
    for key, names in (("easier", entry.model.easier), ("harder", entry.model.harder)):
        for name, place in entry.each(names, key):
            known = draft.declared("exercises")
            if name == entry.id:
                message = f"{quoted(name)} is not {key} than itself"
                scope.problems.add("unknown-exercise", place, message)
            elif name not in known:
                what = "no exercise is called {}"
                scope.unknown("unknown-exercise", place, what, name, known)


def how_to(exercises: tuple[Exercise, ...], draft: Draft) -> Iterator[Rule]:
    """The rules that always give the cues of each exercise."""
    for index, exercise in enumerate(exercises):
        yield Rule(
            id=how_to_id(exercise.id),
            when=ALWAYS,
            effects=tuple(Advise("cue", cue, 1 << index) for _, cue in exercise.cues),
            because=f"how {lowered(exercise.name)} is done",
            sources=exercise.sources,
            catalogue=True,
            place=draft.declared("exercises")[exercise.id],
        )


def lowered(name: str) -> str:
    """A name as it stands inside a sentence: `Push-up` becomes `push-up`, `T-bar row` stays."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name
