"""A plan → all that a person is told by it, part by part; two plans → what is told otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from advisor.authoring.diff.entries import words
from advisor.document import plan_document
from advisor.engine.ready import program_of
from advisor.reasons import standing_in_the_way
from advisor.result import Plan
from advisor.rulebase.bits import positions
from advisor.rulebase.shapes import RuleBase
from advisor.suspects import suspicions

Part = tuple[str, str]  # the kind, and what it is about
Told = dict[Part, tuple[str, ...]]
# Where taking something away, or wording it otherwise, may make somebody less careful.
GUARDING = frozenset(
    ("text", part) for part in ("referral", "stop signs", "level", "safety net", "before")
)


def told(plan: Plan) -> Told:
    """Every part of what a person is told, each as its texts in order."""
    return {part: texts for part, texts in _parts(plan, plan_document(plan)) if texts}


def _parts(plan: Plan, document: Mapping[str, Any]) -> Iterator[tuple[Part, tuple[str, ...]]]:
    rules = plan.rules
    yield ("text", "level"), (document["level_says"] or "",)
    yield ("text", "referral"), tuple(_texts(document["referral"]))
    for section in ("before", "advice", "progression", "contradictions", "safety_net"):
        yield ("text", section.replace("_", " ")), tuple(_texts(document[section]))
    for rule, entry in document["rules"].items():
        yield ("text", f"the reason of {rule}"), (entry["because"],)
    for source, entry in document["sources"].items():
        yield ("text", f"the source {source}"), (words(entry["title"]),)
    if document["session"]:
        yield ("text", "stop signs"), tuple(_texts(document["session"]["stop_if"]))
    for day in filter(None, (document["session"], *document["later"])):
        picked = tuple(f"{each['slot']}: {each['exercise']}" for each in day["exercises"])
        yield ("pick", f"day {day['day']}"), picked
        yield ("text", f"day {day['day']}"), (*_texts((day["says"], day["warm_up"])), _long(day))
        for line in day["exercises"]:
            other = (line["ramp"], line["cues"], line["notation"], line["tempo"], line["load"])
            yield ("text", f"how {line['exercise']} is done"), tuple(_texts(other))
    limits, possible = program_of(rules).limits, plan.findings.possible
    for place in positions(plan.verdicts.allowed):
        exercise = rules.exercises[place]
        yield ("limit", exercise.id), tuple(text for _, text in limits[place].among(possible))
        how = (exercise.name, *(text for _, text in exercise.cues), *exercise.mistakes)
        yield ("text", f"the words of {exercise.id}"), how
    for place in positions(~plan.verdicts.allowed & (1 << len(rules.exercises)) - 1):
        out = (rules.rules[each].because for each in standing_in_the_way(plan, place))
        yield ("text", f"why not {rules.exercises[place].id}"), tuple(out)
    found = suspicions(plan.facts, plan.findings, rules)
    yield ("suspect", "causes"), tuple(f"{each.name}: {each.leading.trial}" for each in found)


def _long(day: Mapping[str, Any]) -> str:
    """How long a day takes, in words; empty if the rule base does not say."""
    return "" if day["minutes"] is None else f"{day['minutes']} minutes"


def _texts(value: object) -> Iterator[str]:
    """Every text in plain values, but for the ids of rules."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from _texts(each) if key != "rule" else ()
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
    elif value is not None:
        yield str(value)


def asked(rules: RuleBase) -> Told:
    """What each question says, and what can be answered."""
    return {
        ("question", each.id): (
            *(each.ask, each.help, each.why, each.kind, str(each.minimum), str(each.maximum)),
            *(f"{one.id}: {one.label} {one.help}" for one in each.choices),
            f"all clear: {each.clear}",
            f"good for: {each.good_for}",
        )
        for each in rules.asked
    }


def differing(before: Told, after: Told) -> Iterator[tuple[Part, tuple[str, ...], tuple[str, ...]]]:
    """The parts that are told otherwise, with the texts that only one of both has.

    Where only the order is another, there are none.
    """
    for part in {**before, **after}:
        was, now = before.get(part, ()), after.get(part, ())
        if was != now:
            gone = tuple(each for each in was if each not in now)
            yield part, gone, tuple(each for each in now if each not in was)


def direction(part: Part, gone: tuple[str, ...], come: tuple[str, ...]) -> str:
    """Relaxed where a guarding text is gone or says something else, tightened where one is new."""
    if part not in GUARDING and part[0] != "limit":
        return "other"
    return "relaxed" if gone else "tightened" if come else "other"
