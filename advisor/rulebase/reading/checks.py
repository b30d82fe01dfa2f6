"""Checks over a built rule base: each turns it, and the draft with its places, into problems.

Adding a check is one function and one line in a tuple at the end of this module.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from advisor.rulebase.exactness import inexact, meeting, ways
from advisor.rulebase.problems import Problem, did_you_mean, quoted
from advisor.rulebase.reading.conditions import UNSURE
from advisor.rulebase.reading.entries import Draft, Entry
from advisor.rulebase.reading.files import top
from advisor.rulebase.reading.models import (
    ExerciseEntry,
    QuestionEntry,
    RuleEntry,
    SlotEntry,
    TopicEntry,
)
from advisor.rulebase.reading.nodes import walk
from advisor.rulebase.shapes import ALWAYS, LEVELS, Condition, Level, Place, Restriction, Slot
from advisor.rulebase.shapes.base import ANYWHERE, Rule, RuleBase
from advisor.rulebase.truth import facts_of, truth

Check = Callable[[RuleBase, Draft], Iterator[Problem]]
WIDEST = 300_000
_BRACES = re.compile(r"\{[^{}]*\}")
# The texts that may say whom to call.
_TO_DO = (("in_doubt",), ("action",), ("advise", "say"), ("advise", "short"))
IN_THE_RULES = ("encoded", "limited", "resolved")


def _problem(code: str, place: Place, message: str, hint: str = "") -> Problem:
    return Problem(code, place.file, place.line, place.column, message, hint)


def _own(rules: RuleBase) -> Iterator[Rule]:
    """The rules that an author wrote."""
    return (rule for rule in rules.rules if not rule.catalogue)


def check_examples(rules: RuleBase, draft: Draft) -> Iterator[Problem]:
    """A rule with a condition has an example of each kind; one that always holds has none.

    The condition is true for `fires`, and false (not just unknown) for `silent`.
    """
    entries = draft.all("rules", RuleEntry)
    for rule in _own(rules):
        entry = entries[rule.id]
        for key, answers, wanted in (("fires", rule.fires, True), ("silent", rule.silent, False)):
            given = entry.node.child(key) is not None
            if rule.when == ALWAYS:
                if given:
                    message = f"`{rule.id}` always holds, so `{key}` says nothing"
                    yield _problem("needless-example", entry.at(key), message)
            elif not given:
                message = f"`{rule.id}` has no `{key}` example"
                yield _problem("missing-example", rule.place, message, f"add `{key}: {{…}}`")
            elif (
                answers is not None and truth(rule.when, dict(answers), rules.finding) is not wanted
            ):
                yield _example_problem(rule, key, entry.at(key), rules)


def _example_problem(rule: Rule, key: str, place: Place, rules: RuleBase) -> Problem:
    answers = dict(getattr(rule, key))
    said = truth(rule.when, answers, rules.finding)
    code = "example-does-not-fire" if key == "fires" else "example-not-silent"
    word = "unknown" if said is None else str(said).lower()
    each = f" for `{rule.this}`" if rule.this else ""
    message = f"the `{key}` example leaves `{rule.id}` {word}{each}"
    facts = facts_of(rule.when, rules.finding)
    missing = [fact for fact in facts if answers.get(fact) is None]
    hint = "no answer to " + ", ".join(f"`{fact}`" for fact in missing) if said is None else ""
    return _problem(code, place, message, hint)


def check_exact(rules: RuleBase, draft: Draft) -> Iterator[Problem]:
    """No condition says unknown where every answer would lead to the same."""
    seen: dict[Condition, str | None] = {}
    conditions = [
        *((finding.when, "findings", finding.id) for finding in rules.findings),
        *((rule.when, "rules", rule.id) for rule in _own(rules)),
    ]
    for condition, section, key in conditions:
        entry = draft.entries[section][key]
        if condition not in seen:
            wide = ways(condition, rules.finding, rules.question) > WIDEST
            seen[condition] = None if wide else _inexactness(condition, rules)
            if wide:
                message = f"the condition of `{key}` leans on too many facts"
                yield _problem("too-wide", entry.at("when"), message, "split it")
        if found := seen[condition]:
            message = f"the condition of `{key}` is unknown although every answer agrees: {found}"
            hint = _about_inexact(condition, rules)
            yield _problem("inexact-condition", entry.at("when"), message, hint)


def _about_inexact(condition: Condition, rules: RuleBase) -> str:
    """The way out, or what the condition comes to."""
    for wanted, who in ((False, "everyone"), (True, "nobody")):
        if meeting(condition, rules.finding, rules.question, wanted=wanted) is None:
            return f"it holds for {who}"
    return "say it without testing a fact twice"


def _inexactness(condition: Condition, rules: RuleBase) -> str | None:
    """The answers for which a condition is unknown without need, in words."""
    found = inexact(condition, rules.finding, rules.question)
    if found is None:
        return None
    return ", ".join(f"{fact} {_answer(rules, fact, value)}" for fact, value in found.items())


def _answer(rules: RuleBase, fact: str, value: int | None) -> str:
    if value is None:
        return UNSURE
    said = rules.question[fact].decode(value)
    if isinstance(said, bool):
        return "yes" if said else "no"
    return f"[{', '.join(said)}]" if isinstance(said, list) else str(said)


def check_topics(rules: RuleBase, draft: Draft) -> Iterator[Problem]:
    """A rule about a topic that takes something away carries the topic's level, or more."""
    topics, declared = draft.all("topics", TopicEntry), draft.declared("topics")
    entries = draft.all("rules", RuleEntry)
    effects = {rule.id: rule.effects for rule in _own(rules)}
    for key, entry in entries.items():
        topic = entry.model.about
        if topic in topics:
            level, own = topics[topic].model.level, effects.get(key, ())
            least = LEVELS.index(level)
            reached = any(isinstance(each, Level) and each.level >= least for each in own)
            if not reached and any(isinstance(each, Restriction) for each in own):
                message = f"`{key}` is about `{topic}` and takes something away without a level"
                yield _problem("level-missing", entry.place, message, f"add `level: {level}`")
        elif topic is not None and topic not in declared:
            message, hint = f"no topic is called {quoted(topic)}", did_you_mean(topic, declared)
            yield _problem("unknown-topic", entry.at("about"), message, hint)


def check_placeholders(rules: RuleBase, draft: Draft) -> Iterator[Problem]:
    """Braces stand around `this` in rules with `for_each`, and around words for whom to call."""
    anywhere = rules.emergency_numbers.get(ANYWHERE)
    helplines = [key for key, words in anywhere.words.items() if words] if anywhere else []
    for section, entries in draft.entries.items():
        for entry in entries.values():
            model = entry.model
            this = ["{this}"] if isinstance(model, RuleEntry) and model.for_each else []
            filled = [entry.node.child(*path) for path in _TO_DO]
            for _, node in walk(entry.node):
                known = [*this, *(helplines if any(node is each for each in filled) else ())]
                for found in _BRACES.findall(node.text if isinstance(node.value, str) else ""):
                    if found not in known:
                        message = f"nothing fills in {quoted(found)} in `{section}`"
                        hint = did_you_mean(found, known)
                        yield _problem("unknown-placeholder", node.place, message, hint)


def check_names(_rules: RuleBase, draft: Draft) -> Iterator[Problem]:
    """No two exercises answer to the same id, name or alias."""
    owners: dict[str, str] = {}
    told: set[tuple[str, str]] = set()
    for key, entry in draft.all("exercises", ExerciseEntry).items():
        names = [(key, entry.place), (entry.model.name, entry.at("name"))]
        names += [*entry.each(entry.model.aliases, "aliases"), *entry.each(entry.model.was, "was")]
        for name, place in names:
            owner = owners.setdefault(_spoken(name), key)
            if owner != key and (owner, key) not in told:
                told.add((owner, key))
                message = f"{quoted(name)} is a name of `{owner}` and of `{key}`"
                yield _problem("duplicate-name", place, message)


def check_was(_rules: RuleBase, draft: Draft) -> Iterator[Problem]:
    """No question was called as another one is, or was."""
    owners = {key: key for key in draft.declared("questions")}
    for key, entry in draft.all("questions", QuestionEntry).items():
        for name, place in entry.each(entry.model.was, "was"):
            if owners.setdefault(name, key) != key or name == key:
                message = f"{quoted(name)} is a name of `{owners[name]}` already"
                yield _problem("duplicate-name", place, message)


def _spoken(name: str) -> str:
    """A name as a person may type it: case, dashes and underscores do not matter."""
    return " ".join(re.sub(r"[-_]", " ", name).casefold().split())


def check_doses(rules: RuleBase, draft: Draft) -> Iterator[Problem]:
    """Slots that share a pattern agree on the dose."""
    entries, first = draft.all("slots", SlotEntry), dict[str, Slot]()
    for slot in rules.slots:
        for pattern in slot.patterns:
            other = first.setdefault(pattern, slot)
            if other.dose != slot.dose:
                message = f"`{slot.id}` and `{other.id}` share `{pattern}` but not the dose"
                yield _problem("dose-clash", entries[slot.id].at("dose"), message)


def check_guidance_is_encoded(rules: RuleBase, draft: Draft) -> Iterator[Problem]:
    """What is said to be in the rules is named there, and what is not is not."""
    named = {item for entry in _encoders(draft) for item in entry.model.encodes}
    for item in rules.guidance:
        place = draft.declared("guidance").get(item.id, top("."))
        if item.status in IN_THE_RULES and item.id not in named:
            message = f"the {item.status} item `{item.id}` is named by no rule or exercise"
            yield _problem("guidance-not-encoded", place, message, "add it to `encodes`")


def check_encodes(rules: RuleBase, draft: Draft) -> Iterator[Problem]:
    """Rules and exercises name items that exist and are neither rejected nor missing."""
    status = {item.id: item.status for item in rules.guidance}
    declared = draft.declared("guidance")
    for entry in _encoders(draft):
        for item, place in entry.each(entry.model.encodes, "encodes"):
            if declared and item not in declared:
                message, hint = f"no item is called {quoted(item)}", did_you_mean(item, declared)
                yield _problem("unknown-guidance", place, message, hint)
            elif status.get(item, "encoded") not in IN_THE_RULES:
                message = f"`{entry.id}` names `{item}`, which is {status[item]}"
                yield _problem("guidance-encoded-anyway", place, message)


def _encoders(draft: Draft) -> Iterator[Entry[RuleEntry] | Entry[ExerciseEntry]]:
    yield from draft.all("rules", RuleEntry).values()
    yield from draft.all("exercises", ExerciseEntry).values()


CHECKS: tuple[Check, ...] = (
    check_examples,
    check_exact,
    check_topics,
    check_placeholders,
    check_names,
    check_was,
    check_doses,
    check_encodes,
)

# These would raise false alarms if anything had been left out, so they run last and only then.
CHECKS_OF_THE_WHOLE: tuple[Check, ...] = (check_guidance_is_encoded,)
