"""Entries that stand on their own -> sources, attributes, levels, slots, schedule, guidance."""

from __future__ import annotations

import re
from collections.abc import Sequence

from advisor.rulebase.problems import quoted
from advisor.rulebase.reading.entries import Draft, Entry, Model
from advisor.rulebase.reading.files import top
from advisor.rulebase.reading.models import (
    AttributeEntry,
    DaysEntry,
    DoorsEntry,
    DoseEntry,
    GuidanceEntry,
    HelplineEntry,
    JournalEntry,
    KinshipEntry,
    LadderEntry,
    LevelEntry,
    ScheduleEntry,
    SessionEntry,
    SlotEntry,
    SourceEntry,
)
from advisor.rulebase.reading.names import Scope
from advisor.rulebase.reading.nodes import Node
from advisor.rulebase.shapes import (
    ANYWHERE,
    INTEGER,
    LEVELS,
    REFERRAL,
    Attribute,
    Citation,
    Day,
    Doors,
    Dose,
    GuidanceItem,
    Helpline,
    JournalRules,
    Kinship,
    Ladder,
    LevelWords,
    Pace,
    Rung,
    Schedule,
    Slot,
    Source,
)

PATTERN = "pattern"
RESERVED_ATTRIBUTES = ("except", "exercise")


def build_sources(draft: Draft) -> dict[str, Source]:
    """Every source, sorted by id."""
    entries = draft.all("sources", SourceEntry)
    return {key: _source(key, entries[key].model) for key in sorted(entries)}


def _source(key: str, model: SourceEntry) -> Source:
    return Source(
        id=key,
        title=model.title,
        kind=model.kind,
        author=model.author,
        year=model.year,
        where=model.where,
        read=model.read or "",
        reviewed=model.reviewed or "",
        note=model.note,
    )


def build_attributes(draft: Draft, scope: Scope) -> dict[str, Attribute]:
    """Every attribute, in the author's order; `pattern` must be among them, with one value."""
    entries = draft.all("attributes", AttributeEntry)
    if PATTERN not in draft.declared("attributes"):
        scope.problems.add("no-pattern", top("."), "no attribute is called `pattern`")
    for key, entry in entries.items():
        if key in RESERVED_ATTRIBUTES:
            scope.problems.add("reserved-word", entry.place, f"`{key}` cannot name an attribute")
        _check_values(entry, scope)
        if key == PATTERN and entry.model.many == "yes":
            message = "an exercise has one `pattern` only"
            scope.problems.add("no-pattern", entry.at("many"), message)
    return {
        key: Attribute(key, entry.model.label, tuple(entry.model.values), entry.model.many == "yes")
        for key, entry in entries.items()
    }


def _check_values(entry: Entry[AttributeEntry], scope: Scope) -> None:
    values = entry.model.values
    for index, value in enumerate(values):
        if value == "this" or value in values[:index]:
            message = f"{quoted(value)} cannot be a value" if value == "this" else "a value twice"
            code = "reserved-word" if value == "this" else "bad-attribute"
            scope.problems.add(code, entry.at("values", index), message)


def build_levels(draft: Draft, scope: Scope) -> tuple[LevelWords, ...]:
    """The words of all six levels, in their order."""
    entries = draft.all("levels", LevelEntry)
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
    return tuple(
        LevelWords(
            entries[level].model.says, entries[level].model.action, entries[level].model.in_doubt
        )
        for level in LEVELS
        if level in entries
    )


def _check_action(entry: Entry[LevelEntry], scope: Scope, *, needed: bool) -> None:
    if needed and not entry.model.action:
        message = f"the level `{entry.id}` does not say what to do"
        scope.problems.add("missing-action", entry.place, message, "add `action:`")
    if entry.model.action and not needed:
        message = f"the level `{entry.id}` is no referral"
        scope.problems.add("needless-action", entry.at("action"), message, "remove `action`")


def dose_of(entry: DoseEntry) -> dict[str, int]:
    """The numbers that an author gave."""
    return {key: value for key, value in entry.model_dump().items() if value is not None}


def build_slots(draft: Draft, scope: Scope) -> tuple[Slot, ...]:
    """Every slot, in the author's order, which is the order of the session."""
    found = []
    for key, entry in draft.all("slots", SlotEntry).items():
        _check_patterns(entry, scope)
        sources = citations(entry, scope)
        model, patterns = entry.model, tuple(entry.model.patterns)
        dose = Dose(**dose_of(model.dose))  # type: ignore[arg-type]
        words = model.because, sources, model.short
        found.append(Slot(key, model.name, patterns, dose, *words, model.work == "yes"))
    return tuple(found)


def _check_patterns(entry: Entry[SlotEntry], scope: Scope) -> None:
    attribute = scope.attributes.get(PATTERN)
    for index, pattern in enumerate(entry.model.patterns):
        if attribute and pattern not in attribute.values:
            place = entry.at("patterns", index)
            what = "no pattern is called {}"
            scope.unknown("unknown-pattern", place, what, pattern, attribute.values)


def build_kinship(draft: Draft, scope: Scope) -> Kinship | None:
    """What makes relatives, if the rule base says so; each attribute has one value for each."""
    entry = draft.all("kinship", KinshipEntry).get("")
    if entry is None:
        return None
    model = entry.model
    places = [(model.same, entry.at("same"))]
    places += [(name, entry.at("at_least", i)) for i, name in enumerate(model.at_least)]
    for name, place in places:
        attribute = scope.attributes.get(name)
        if attribute is None:
            if not scope.hides("attributes", name):
                what = "no attribute is called {}"
                scope.unknown("unknown-attribute", place, what, name, scope.attributes)
        elif attribute.many:
            message = f"an exercise may have several values of `{name}`"
            scope.problems.add("bad-attribute", place, message)
    known = [scope.attributes.get(name) for name, _ in places]
    sound = [each for each in known if each is not None and not each.many]
    return Kinship(sound[0], tuple(sound[1:])) if len(sound) == len(known) else None


def build_days(draft: Draft, scope: Scope) -> tuple[Day, ...]:
    """The days of the routine, in their order; none if the rule base does not speak of any."""
    entry = draft.all("days", DaysEntry).get("")
    if entry is None:
        return ()
    days = [(model.day, tuple(model.slots)) for model in entry.model.in_order]
    _check_once([name for name, _ in days], entry, ("in_order",), scope)
    for index, (_, slots) in enumerate(days):
        path = "in_order", index, "slots"
        _check_once(slots, entry, path, scope)
        for number, slot in enumerate(slots):
            if slot not in scope.slots and not scope.hides("slots", slot):
                place, what = entry.at(*path, number), "no slot is called {}"
                scope.unknown("unknown-slot", place, what, slot, sorted(scope.slots))
    for slot in sorted(scope.slots.difference(*(slots for _, slots in days))):
        place = draft.declared("slots")[slot]
        scope.problems.add("slot-on-no-day", place, f"no day has the slot `{slot}`")
    return tuple(Day(each.day, each.says, tuple(each.slots)) for each in entry.model.in_order)


def _check_once(
    names: Sequence[str], entry: Entry[DaysEntry], path: tuple[str | int, ...], scope: Scope
) -> None:
    for index, name in enumerate(names):
        if name in names[:index]:
            place = entry.at(*path, index)
            scope.problems.add("bad-days", place, f"{quoted(name)} stands here twice")


def build_repeat(draft: Draft) -> int:
    """What each earlier day that an exercise stands on takes off its weight."""
    entry = draft.all("days", DaysEntry).get("")
    return entry.model.repeat if entry else 0


def build_pace(draft: Draft) -> Pace | None:
    """How long things take, if the rule base says so."""
    entry = draft.all("session", SessionEntry).get("")
    model = entry.model if entry else None
    if model is None or model.seconds_per_rep is None:
        return None
    return Pace(model.seconds_per_rep, model.minutes_before, model.seconds_between)


def build_ladders(draft: Draft, scope: Scope) -> tuple[Ladder, ...]:
    """Every ladder, in the author's order; each exercise stands on one rung at most."""
    found, owners = [], dict[str, str]()
    for key, entry in draft.all("ladders", LadderEntry).items():
        for index, rung in enumerate(entry.model.rungs):
            if index and not rung.opens:
                message = f"the rung `{rung.name}` does not say when it opens"
                scope.problems.add("bad-ladder", entry.at("rungs", index), message, "add `opens:`")
            _check_rung(rung.exercises, ("rungs", index, "exercises"), entry, owners, scope)
        rungs = (Rung(tuple(each.exercises), each.name, each.opens) for each in entry.model.rungs)
        found.append(Ladder(key, entry.model.name, tuple(rungs)))
    return tuple(found)


def _check_rung(
    names: Sequence[str],
    path: tuple[str | int, ...],
    entry: Entry[LadderEntry],
    owners: dict[str, str],
    scope: Scope,
) -> None:
    for number, name in enumerate(names):
        place = entry.at(*path, number)
        if name in owners:
            message = f"{quoted(name)} stands on a rung of `{owners[name]}` already"
            scope.problems.add("bad-ladder", place, message)
        elif name not in scope.position and not scope.hides("exercises", name):
            what = "no exercise is called {}"
            scope.unknown("unknown-exercise", place, what, name, scope.position)
        owners.setdefault(name, entry.id)


def session_finding(key: str, draft: Draft, scope: Scope) -> str:
    """The finding that a key of `session` names, or nothing."""
    entry = draft.all("session", SessionEntry).get("")
    finding = getattr(entry.model, key) if entry else None
    if entry and finding is not None and finding not in scope.findings:
        if not scope.hides("findings", finding):
            what = "no finding is called {}"
            scope.unknown("unknown-fact", entry.at(key), what, finding, scope.findings)
        return ""
    return finding or ""


def build_doors(draft: Draft) -> Doors | None:
    """What a person may come for, if the rule base says so."""
    entry = draft.all("doors", DoorsEntry).get("")
    return Doors(**entry.model.model_dump()) if entry else None


def build_journal(draft: Draft, scope: Scope) -> JournalRules | None:
    """What a journal asks about each session, if the rule base says so."""
    entry = draft.all("journal", JournalEntry).get("")
    if entry is None:
        return None
    fact, quiet = entry.model.check_in, entry.model.quiet
    question = scope.questions.get(fact)
    if question is None:
        if not scope.hides("questions", fact):
            what = "no fact is called {}"
            scope.unknown("unknown-fact", entry.at("check_in"), what, fact, scope.questions)
        return None
    if question.kind != INTEGER or question.concern == "falling":
        message = f"`{fact}` is no whole number that is worse the higher it is"
        scope.problems.add("bad-journal", entry.at("check_in"), message)
        return None
    found = re.fullmatch(r"at most ([0-9]{1,9})", quiet) if isinstance(quiet, str) else None
    if found is None or not question.minimum <= int(found[1]) <= question.maximum:
        message = f"{entry.part('quiet').typed()} is no limit on `{fact}`"
        hint = f"write `at most {question.minimum}`, or up to {question.maximum}"
        scope.problems.add("bad-journal", entry.at("quiet"), message, hint)
        return None
    return JournalRules(fact, int(found[1]))


def build_schedule(draft: Draft, scope: Scope) -> Schedule:
    """The schedule; a rule base without one is told of elsewhere."""
    entry = draft.all("schedule", ScheduleEntry).get("")
    if entry is None:
        return Schedule((0, 0), 0)
    low, high = entry.model.sessions_per_week
    if low > high:
        message = f"from {low} to {high} is no range"
        scope.problems.add("bad-schedule", entry.at("sessions_per_week"), message)
    fact, place = entry.model.hours_since, entry.at("hours_since")
    question = scope.questions.get(fact)
    if question is None and not scope.hides("questions", fact):
        what = "no fact is called {}"
        scope.unknown("unknown-fact", place, what, fact, scope.questions)
    if question and question.kind != INTEGER:
        message = f"`{fact}` is {question.kind}, not a number of hours"
        scope.problems.add("bad-schedule", place, message)
    return Schedule((low, high), entry.model.rest_hours, fact)


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
    if not isinstance(name, str):
        message = f"{node.typed()} stands where a source is meant"
        hint = "write `id` or `{id: section}`"
        scope.problems.add("wrong-type", place, message, hint)
        return None
    if name not in scope.sources and not scope.hides("sources", name):
        known = sorted(scope.sources)
        scope.unknown("unknown-source", place, "no source is called {}", name, known)
        return None
    return Citation(name, section)


def build_helplines(draft: Draft, scope: Scope) -> dict[str, Helpline]:
    """Whom to call, by country; with any country, the words for all others are needed."""
    declared = draft.declared("emergency_numbers")
    if declared and ANYWHERE not in declared:
        message = f"`emergency_numbers` has no `{ANYWHERE}`, the words for all other countries"
        scope.problems.add("missing-key", next(iter(declared.values())), message)
    entries = draft.all("emergency_numbers", HelplineEntry)
    return {
        key: Helpline(
            *(entry.model.emergency, entry.model.advice, entry.model.emergency_room),
            citations(entry, scope),
        )
        for key, entry in sorted(entries.items())
    }


def build_guidance(draft: Draft, scope: Scope) -> tuple[GuidanceItem, ...]:
    """Every item of guidance, sorted by id (numbers as numbers)."""
    entries = draft.all("guidance", GuidanceEntry)
    return tuple(_item(entries[key], draft, scope) for key in sorted(entries, key=_natural))


def _natural(key: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d+)", key)]


def _item(entry: Entry[GuidanceEntry], draft: Draft, scope: Scope) -> GuidanceItem:
    model = entry.model
    if model.document not in scope.sources and not scope.hides("sources", model.document):
        place, known = entry.at("document"), sorted(scope.sources)
        scope.unknown("unknown-source", place, "no source is called {}", model.document, known)
    if model.status != "encoded" and not model.note:
        message = f"the {model.status} item `{entry.id}` does not say why"
        scope.problems.add("missing-note", entry.place, message, "add `note:`")
    if model.conflicts and model.status != "resolved":
        message = f"`{entry.id}` is {model.status}, not resolved"
        scope.problems.add("needless-conflicts", entry.at("conflicts"), message)
    for index, other in enumerate(model.conflicts):
        if other not in draft.declared("guidance"):
            place = entry.at("conflicts", index)
            known = list(draft.declared("guidance"))
            scope.unknown("unknown-guidance", place, "no item is called {}", other, known)
    conflicts = tuple(model.conflicts)
    return GuidanceItem(
        entry.id, model.says, model.document, model.place, model.status, model.note, conflicts
    )
