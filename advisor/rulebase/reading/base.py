"""Entries that stand on their own -> sources, attributes, levels, slots, schedule, guidance."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from advisor.rulebase import shapes
from advisor.rulebase.problems import quoted
from advisor.rulebase.reading import models
from advisor.rulebase.reading.entries import Draft, Entry, Model, shaped
from advisor.rulebase.reading.files import top
from advisor.rulebase.reading.names import EXERCISE, Scope
from advisor.rulebase.reading.nodes import Node
from advisor.rulebase.reading.selectors import read_selector
from advisor.rulebase.shapes import LEVELS, REFERRAL, Citation, Place

PATTERN = "pattern"
RESERVED_ATTRIBUTES = ("except", EXERCISE)
WEEK = 7 * 24  # hours
Path = tuple[str | int, ...]


def build_sources(draft: Draft) -> dict[str, shapes.Source]:
    """Every source, sorted by id."""
    entries = draft.all("sources", models.SourceEntry)
    return {key: entries[key].shaped(shapes.Source) for key in sorted(entries)}


def build_attributes(draft: Draft, scope: Scope) -> dict[str, shapes.Attribute]:
    """Every attribute, in the author's order; `pattern` must be among them, with one value."""
    entries = draft.all("attributes", models.AttributeEntry)
    if PATTERN not in draft.declared("attributes"):
        scope.problems.add("no-pattern", top("."), "no attribute is called `pattern`")
    for key, entry in entries.items():
        if key in RESERVED_ATTRIBUTES:
            scope.problems.add("reserved-word", entry.place, f"`{key}` cannot name an attribute")
        _check_values(entry, scope)
        if key == PATTERN and entry.model.many == "yes":
            message = "an exercise has one `pattern` only"
            scope.problems.add("no-pattern", entry.at("many"), message)
    return {key: entry.shaped(shapes.Attribute) for key, entry in entries.items()}


def _check_values(entry: Entry[models.AttributeEntry], scope: Scope) -> None:
    values = entry.model.values
    for index, (value, place) in enumerate(entry.each(values, "values")):
        if value == "this" or value in values[:index]:
            message = f"{quoted(value)} cannot be a value" if value == "this" else "a value twice"
            code = "reserved-word" if value == "this" else "bad-attribute"
            scope.problems.add(code, place, message)


def build_levels(draft: Draft, scope: Scope) -> tuple[shapes.LevelWords, ...]:
    """The words of all six levels, in their order."""
    entries = draft.all("levels", models.LevelEntry)
    declared = draft.declared("levels")
    for key, place in declared.items():
        if key not in LEVELS:
            scope.unknown("unknown-level", place, "no level is called {}", key, LEVELS)
    for index, level in enumerate(LEVELS):
        if level not in declared:
            place = next(iter(declared.values()), top("."))
            scope.problems.add("missing-level", place, f"the level `{level}` has no words")
        elif level in entries:
            _check_action(entries[level], scope, needed=index >= REFERRAL)
    return tuple(entries[level].shaped(shapes.LevelWords) for level in LEVELS if level in entries)


def _check_action(entry: Entry[models.LevelEntry], scope: Scope, *, needed: bool) -> None:
    if needed and not entry.model.action:
        message = f"the level `{entry.id}` does not say what to do"
        scope.problems.add("missing-action", entry.place, message, "add `action:`")
    if entry.model.action and not needed:
        message = f"the level `{entry.id}` is no referral"
        scope.problems.add("needless-action", entry.at("action"), message, "remove `action`")


def build_slots(draft: Draft, scope: Scope) -> tuple[shapes.Slot, ...]:
    """Every slot, in the author's order, which is the order of the session."""
    found = []
    for entry in draft.all("slots", models.SlotEntry).values():
        _check_patterns(entry, scope)
        dose = shaped(shapes.Dose, entry.model.dose)
        found.append(entry.shaped(shapes.Slot, dose=dose, sources=citations(entry, scope)))
    return tuple(found)


def _check_patterns(entry: Entry[models.SlotEntry], scope: Scope) -> None:
    attribute = scope.attributes.get(PATTERN)
    for pattern, place in entry.each(entry.model.patterns, "patterns"):
        if attribute and pattern not in attribute.values:
            what = "no pattern is called {}"
            scope.unknown("unknown-pattern", place, what, pattern, attribute.values)


def build_kinship(draft: Draft, scope: Scope) -> shapes.Kinship | None:
    """What makes relatives, if the rule base says so; each attribute has one value for each."""
    entry = draft.one("kinship", models.KinshipEntry)
    if entry is None:
        return None
    model = entry.model
    places = [(model.same, entry.at("same")), *entry.each(model.at_least, "at_least")]
    sound = []
    for name, place in places:
        if scope.knows("attributes", name, place):
            if not scope.attributes[name].many:
                sound.append(scope.attributes[name])
                continue
            message = f"an exercise may have several values of `{name}`"
            scope.problems.add("bad-attribute", place, message)
    return shapes.Kinship(sound[0], tuple(sound[1:])) if len(sound) == len(places) else None


def build_days(draft: Draft, scope: Scope) -> tuple[shapes.Day, ...]:
    """The days of the routine, in their order; none if the rule base does not speak of any."""
    entry = draft.one("days", models.DaysEntry)
    if entry is None:
        return ()
    days = entry.model.in_order
    _check_once([each.day for each in days], entry, ("in_order",), scope)
    for index, each in enumerate(days):
        path: Path = ("in_order", index, "slots")
        _check_once(each.slots, entry, path, scope)
        scope.knows_all("slots", each.slots, entry, *path)
    for slot in sorted(scope.slots.difference(*(each.slots for each in days))):
        place = draft.declared("slots")[slot]
        scope.problems.add("slot-on-no-day", place, f"no day has the slot `{slot}`")
    return tuple(shaped(shapes.Day, each, id=each.day) for each in days)


def _check_once(
    names: Sequence[str], entry: Entry[models.DaysEntry], path: Path, scope: Scope
) -> None:
    for index, (name, place) in enumerate(entry.each(names, *path)):
        if name in names[:index]:
            scope.problems.add("bad-days", place, f"{quoted(name)} stands here twice")


def build_ladders(draft: Draft, scope: Scope) -> tuple[shapes.Ladder, ...]:
    """Every ladder, in the author's order; each exercise stands on one rung at most."""
    found, owners = [], dict[str, str]()
    for entry in draft.all("ladders", models.LadderEntry).values():
        for index, rung in enumerate(entry.model.rungs):
            if index and not rung.opens:
                message = f"the rung `{rung.name}` does not say when it opens"
                scope.problems.add("bad-ladder", entry.at("rungs", index), message, "add `opens:`")
            for name, place in entry.each(rung.exercises, "rungs", index, "exercises"):
                if name in owners:
                    message = f"{quoted(name)} stands on a rung of `{owners[name]}` already"
                    scope.problems.add("bad-ladder", place, message)
                else:
                    scope.knows("exercises", name, place)
                    owners[name] = entry.id
        rungs = tuple(shaped(shapes.Rung, each) for each in entry.model.rungs)
        found.append(entry.shaped(shapes.Ladder, rungs=rungs))
    return tuple(found)


def build_session(draft: Draft, scope: Scope) -> dict[str, Any]:
    """What the rule base says of the session as a whole, by its names there."""
    entry = draft.one("session", models.SessionEntry)
    if entry is None:
        return {"session_at_most": len(draft.entries.get("slots", {}))}
    model = entry.model
    return {
        "session_at_most": model.at_most,
        "pace": None if model.seconds_per_rep is None else shaped(shapes.Pace, model),
        "trial_when": _finding(model.trial_when, entry.at("trial_when"), scope),
        "weights_when": _finding(model.weights_when, entry.at("weights_when"), scope),
        "weight_steps": tuple(
            shaped(shapes.WeightStep, each, exercises=read_selector(node, scope) or 0)
            for place, each in enumerate(model.weight_steps)
            for node in [entry.part("weight_steps", place, "exercises")]
        ),
    }


def _finding(name: str | None, place: Place, scope: Scope) -> str:
    """The finding that is named, or nothing."""
    return name if name is not None and scope.knows("findings", name, place) else ""


def build_journal(draft: Draft, scope: Scope) -> shapes.JournalRules | None:
    """What a journal asks about each session, if the rule base says so."""
    entry = draft.one("journal", models.JournalEntry)
    if entry is None:
        return None
    fact, quiet = entry.model.check_in, entry.model.quiet
    if not scope.knows("questions", fact, entry.at("check_in")):
        return None
    question = scope.questions[fact]
    if question.kind != shapes.INTEGER or question.concern == "falling":
        message = f"`{fact}` is no whole number that is worse the higher it is"
        scope.problems.add("bad-journal", entry.at("check_in"), message)
        return None
    found = re.fullmatch(r"at most ([0-9]{1,9})", quiet) if isinstance(quiet, str) else None
    if found is None or not question.minimum <= int(found[1]) <= question.maximum:
        message = f"{entry.part('quiet').typed()} is no limit on `{fact}`"
        hint = f"write `at most {question.minimum}`, or up to {question.maximum}"
        scope.problems.add("bad-journal", entry.at("quiet"), message, hint)
        return None
    return shapes.JournalRules(fact, int(found[1]))


def build_schedule(draft: Draft, scope: Scope) -> shapes.Schedule:
    """The schedule; a rule base without one is told of elsewhere."""
    entry = draft.one("schedule", models.ScheduleEntry)
    if entry is None:
        return shapes.Schedule((0, 0), 0)
    low, high = entry.model.sessions_per_week
    if low > high:
        message = f"from {low} to {high} is no range"
        scope.problems.add("bad-schedule", entry.at("sessions_per_week"), message)
    elif high * entry.model.rest_hours > WEEK:
        message = f"{high} sessions a week leave no {entry.model.rest_hours} hours between them"
        scope.problems.add("bad-schedule", entry.at("sessions_per_week"), message)
    fact, place = entry.model.hours_since, entry.at("hours_since")
    if scope.knows("questions", fact, place):
        kind = scope.questions[fact].kind
        if kind != shapes.INTEGER:
            message = f"`{fact}` is {kind}, not a number of hours"
            scope.problems.add("bad-schedule", place, message)
    return entry.shaped(shapes.Schedule)


def citations(entry: Entry[Model], scope: Scope) -> tuple[Citation, ...]:
    """The sources that an entry names; those that do not exist are problems."""
    node = entry.part("sources")
    parts = node.value if isinstance(node.value, tuple) else ()
    return tuple(cited for each in parts if (cited := _citation(each, scope)))


def _citation(node: Node, scope: Scope) -> Citation | None:
    """One source: an id, or a mapping of the id to a section."""
    name, section, place = node.value, "", node.place
    if isinstance(name, dict) and len(name) == 1:
        ((name, child),) = name.items()
        place = node.keys[name]
        section = child.value.strip() if isinstance(child.value, str) else ""
        if not section:
            message = f"{child.typed()} stands where a section is meant"
            scope.problems.add("wrong-type", child.place, message)
    if isinstance(name, str):
        known = scope.knows("sources", name, place)
        return Citation(name, section) if known or scope.hides("sources", name) else None
    message = f"{node.typed()} stands where a source is meant"
    scope.problems.add("wrong-type", place, message, "write `id` or `{id: section}`")
    return None


def build_helplines(draft: Draft, scope: Scope) -> dict[str, shapes.Helpline]:
    """Whom to call, by country; with any country, the words for all others are needed."""
    declared = draft.declared("emergency_numbers")
    if declared and shapes.ANYWHERE not in declared:
        message = (
            f"`emergency_numbers` has no `{shapes.ANYWHERE}`, the words for all other countries"
        )
        scope.problems.add("missing-key", next(iter(declared.values())), message)
    entries = sorted(draft.all("emergency_numbers", models.HelplineEntry).items())
    return {
        key: entry.shaped(
            shapes.Helpline, room=entry.model.emergency_room, sources=citations(entry, scope)
        )
        for key, entry in entries
    }


def build_guidance(draft: Draft, scope: Scope) -> tuple[shapes.GuidanceItem, ...]:
    """Every item of guidance, sorted by id (numbers as numbers)."""
    entries = draft.all("guidance", models.GuidanceEntry)
    for entry in entries.values():
        _check_item(entry, draft, scope)
    return tuple(entries[key].shaped(shapes.GuidanceItem) for key in sorted(entries, key=_natural))


def _natural(key: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d+)", key)]


def _check_item(entry: Entry[models.GuidanceEntry], draft: Draft, scope: Scope) -> None:
    model = entry.model
    scope.knows("sources", model.document, entry.at("document"))
    if model.status != "encoded" and not model.note:
        message = f"the {model.status} item `{entry.id}` does not say why"
        scope.problems.add("missing-note", entry.place, message, "add `note:`")
    if model.conflicts and model.status != "resolved":
        message = f"`{entry.id}` is {model.status}, not resolved"
        scope.problems.add("needless-conflicts", entry.at("conflicts"), message)
    known = draft.declared("guidance")
    for other, place in entry.each(model.conflicts, "conflicts"):
        if other not in known:
            scope.unknown("unknown-guidance", place, "no item is called {}", other, known)
