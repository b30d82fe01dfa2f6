"""Two rule bases → the entries that differ, as far as anything in them can reach a person.

In which file or order an entry stands, what its examples are, what finding of which name a
condition goes by: none of it reaches anybody. What is left is compared field by field, so that no
edit of a word, a number or a condition is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from advisor.explain.verbalization import condition_words, effect_words, findings_behind, spaced
from advisor.rulebase.bits import positions
from advisor.rulebase.shapes import Condition, Rule, RuleBase, effects
from advisor.rulebase.shapes.conditions import Named
from advisor.rulebase.truth import inlined

# What only authors, proofs and tables see.
UNSEEN = frozenset(("id", "place", "encodes", "fires", "silent", "catalogue", "theme", "note"))
UNSEEN_OF = {
    "sources": frozenset(("reviewed", "read")),
    "exercises": frozenset(("free_exercise_db",)),
}
SINGLE = (
    *("session_at_most", "schedule", "days", "repeat", "pace", "ladders", "doors", "journal"),
    *("scheme", "emergency_numbers", "attributes"),
)
Key = tuple[str, str, str]  # the section, the entry and the field


@dataclass(frozen=True)
class Edit:
    """One field that differs, as it was and is; empty where the entry is not there.

    `when` are the conditions of the rule before and after. Where they differ by a `finding` alone,
    it is named.
    """

    section: str
    id: str
    field: str
    was: str
    now: str
    when: tuple[Condition, ...] = ()
    finding: str = ""


def edits(old: RuleBase, new: RuleBase) -> tuple[Edit, ...]:
    """Every difference that can reach a person, in the order of sections and entries."""
    before, after = entries(old), entries(new)
    conditions = [_conditions(each) for each in (old, new)]
    was, now = before | _effects_in_words(old), after | _effects_in_words(new)
    return tuple(
        Edit(
            *key,
            was.get(key, ""),
            now.get(key, ""),
            tuple(each[key[1]] for each in conditions if key[0] == "rules" and key[1] in each),
            _edited_finding(key[1], old, new) if key[0] == "rules" and key[2] == "when" else "",
        )
        for key in {**before, **after}
        if before.get(key, "") != after.get(key, "")
    )


def _edited_finding(name: str, old: RuleBase, new: RuleBase) -> str:
    """The finding that was edited behind the condition of a rule, itself as it was."""
    before, after = rule_called(name, old), rule_called(name, new)
    if before is None or after is None or before.when != after.when:
        return ""
    # A finding is looked at before those behind it, so that each that is as it was names others
    # that both bases have.
    findings = (each.id for each in findings_behind(after.when, new))
    return next(name for name in findings if old.finding[name].when != new.finding[name].when)


def rule_called(name: str, rules: RuleBase) -> Rule | None:
    """The rule of a name, if there is one."""
    named = (each for each in rules.rules if name_of(each) == name and not each.catalogue)
    return next(named, None)


def name_of(rule: Any) -> str:  # noqa: ANN401 - a rule, which the shapes of findings lack
    """The id of a rule, and what it stands for where it stands for each of something."""
    return f"{rule.id}:{rule.this}" if rule.this else str(rule.id)


def entries(rules: RuleBase) -> dict[Key, str]:
    """Every field of every entry in words."""
    return dict(_entries(rules))


def _entries(rules: RuleBase) -> Iterator[tuple[Key, str]]:
    for rule in rules.rules:
        if not rule.catalogue:
            name = name_of(rule)
            when = condition_words(inlined(rule.when, rules.finding), rules)
            yield ("rules", name, "when"), when
            yield ("rules", name, "effects"), repr([spelled(each, rules) for each in rule.effects])
            for part in ("because", "short", "sources"):
                yield ("rules", name, part), words(getattr(rule, part))
    for section in ("questions", "exercises", "slots"):
        for entry in getattr(rules, section):
            yield from _of(section, entry.id, entry)
    for level, entry in enumerate(rules.levels):
        yield from _of("levels", str(level), entry)
    for name, source in rules.sources.items():
        yield from _of("sources", name, source)
    for name in SINGLE:
        yield ("base", name, ""), words(getattr(rules, name))
    for name in ("trial_when", "weights_when"):
        finding = getattr(rules, name)
        meant = inlined(Named(finding), rules.finding) if finding else None
        yield ("base", name, ""), condition_words(meant, rules) if meant else ""
    steps = [
        (replace(each, exercises=0), named(each.exercises, rules)) for each in rules.weight_steps
    ]
    yield ("base", "weight_steps", ""), words(steps)


def _of(section: str, name: str, entry: Any) -> Iterator[tuple[Key, str]]:  # noqa: ANN401 - any shape
    for each in fields(entry):
        if each.name not in UNSEEN | UNSEEN_OF.get(section, frozenset()):
            yield (section, name, each.name), words(getattr(entry, each.name))


def words(value: object) -> str:
    """A value as it is compared and shown."""
    if isinstance(value, str):
        return value
    if isinstance(value, Sequence) and all(isinstance(each, str) for each in value):
        return " | ".join(value)
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {words(each)}" for key, each in value.items())
    if is_dataclass(value):
        return ", ".join(
            f"{spaced(each.name)} {words(getattr(value, each.name)) or 'none'}"
            for each in fields(value)
        )
    if isinstance(value, tuple):
        return " | ".join(map(words, value))
    return "" if value is None else str(value)


def spelled(effect: effects.Effect, rules: RuleBase) -> tuple[object, ...]:
    """An effect with its exercises by name, as their places may differ."""
    every = {name: named(getattr(effect, name), rules) for name in effect.masks}
    return replace(effect, **dict.fromkeys(every, 0)), *every.values()  # type: ignore[arg-type]


def _effects_in_words(rules: RuleBase) -> dict[Key, str]:
    """What each rule does, as it is shown."""
    return {
        ("rules", name_of(rule), "effects"): "; ".join(
            effect_words(each, rules) for each in rule.effects
        )
        for rule in rules.rules
        if not rule.catalogue
    }


def named(exercises: int, rules: RuleBase) -> list[str]:
    """The exercises of a mask, by id and in no order of the catalogue."""
    return sorted(rules.exercises[place].id for place in positions(exercises))


def _conditions(rules: RuleBase) -> dict[str, Condition]:
    return {
        name_of(rule): inlined(rule.when, rules.finding)
        for rule in rules.rules
        if not rule.catalogue
    }
