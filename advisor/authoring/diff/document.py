"""What changed between two rule bases → plain values: each change with who, why, two commands."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from advisor.answers import screened
from advisor.authoring.diff.behind import Example
from advisor.authoring.diff.changes import Answers, Sides
from advisor.authoring.diff.compare import Difference, may_change, told_apart
from advisor.authoring.diff.entries import rule_called
from advisor.command_line import command
from advisor.explain.verbalization import condition_words
from advisor.json_text import Json, json_text
from advisor.plan import plan_for
from advisor.result import Plan
from advisor.rulebase.shapes import Any, Condition, RuleBase
from advisor.rulebase.truth import inlined

LONGEST = 1500  # letters of a command line that is still pasted with ease
_COMMANDS = {"suspect": "troubleshoot", "exercise": "check", "limit": "check"}


@dataclass(frozen=True)
class Where:
    """How a command line names a rule base: what to run before, and the flags."""

    flags: tuple[str, ...] = ()
    before: str = ""


def difference_document(difference: Difference, old: Where, new: Where) -> Json:
    """Every change, with commands that show both sides of it when they are pasted."""
    changes = [_change(each, difference, (old, new)) for each in difference.examples]
    return {"exact": difference.exact, "changes": changes, "people": None}


def people_document(difference: Difference, people: Iterable[Answers]) -> Json:
    """How many of some people are told, given or permitted anything else, and of what kind."""
    of, changed, kinds = 0, 0, Counter[str]()
    for answers in people:
        of += 1
        if not may_change(answers, difference):
            continue
        found = {f"{kind} {way}" for kind, way in told_apart(answers, difference.sides)}
        changed += bool(found)
        kinds.update(found)
    return {"of": of, "changed": changed, "kinds": dict(kinds.most_common())}


def _change(example: Example, difference: Difference, where: tuple[Where, Where]) -> Json:
    sides = difference.sides
    first: dict[str, str] = {}  # of a rule that stands for several, the first stands for all
    for name in _every(example.rules, difference):
        first.setdefault(name.partition(":")[0], name)
    rules = [
        rule_called(name, sides.new) or rule_called(name, sides.old) for name in first.values()
    ]
    who = [*dict.fromkeys(_who(name, difference) for name in first.values())]
    measured = _measured(example, sides)  # no command line can say that
    shown = [""] * 2
    if example.answers is not None and not measured:
        shown = _commands(example, sides, where)
    return {
        **{part: getattr(example, part) for part in ("kind", "direction", "what", "was", "now")},
        "who": [each.now for each in who],
        "who_before": [each.was for each in who],
        "no_longer": who[0].no_longer if who else "",
        "newly": who[0].newly if who else "",
        "findings": [each.finding for each in who if each.finding],
        "rules": list(first),
        "places": [f"{each.place.file}:{each.place.line}" for each in rules if each],
        "example": example.answers,
        "journal": measured,
        "command_old": shown[0] or None,
        "command_new": shown[1] or None,
    }


def _every(rules: Sequence[str], difference: Difference) -> Iterator[str]:
    """The rules behind a change, and with an edited finding, the others that it was edited in."""
    yield from rules
    findings = {each.finding for each in difference.edited if each.id in rules} - {""}
    yield from (each.id for each in difference.edited if each.finding in findings)


@dataclass(frozen=True)
class _Who:
    """Of whom something held and holds, in words, and, if that can be told by parts, which.

    `finding` is the one that was edited, if it was not the rule itself.
    """

    was: str
    now: str
    no_longer: str = ""
    newly: str = ""
    finding: str = ""


def _who(name: str, difference: Difference) -> _Who:
    """Of whom a rule held and holds; of a rule that is new, or gone, both are the same."""
    sides = difference.sides
    finding = next((each.finding for each in difference.edited if each.id == name), "")
    if not finding:
        rules = ((rule_called(name, by), by) for by in (sides.old, sides.new))
        was, now = (_words(rule.when, by) if rule else "" for rule, by in rules)
        return _Who(was or now, now or was)
    before, after = (by.finding[finding].when for by in (sides.old, sides.new))
    was, now = _words(before, sides.old), _words(after, sides.new)
    if not (isinstance(before, Any) and isinstance(after, Any)):
        return _Who(was, now, finding=finding)
    gone = Any(tuple(each for each in before.parts if each not in after.parts))
    come = Any(tuple(each for each in after.parts if each not in before.parts))
    sides_of = ((gone, sides.old), (come, sides.new))
    no_longer, newly = (_words(each, by) if each.parts else "" for each, by in sides_of)
    return _Who(was, now, no_longer, newly, finding)


def _words(when: Condition, rules: RuleBase) -> str:
    return condition_words(inlined(when, rules.finding), rules)


def _measured(example: Example, sides: Sides) -> Json:
    """What the person's journal has, as far as it shows the change."""
    asked = {each.id for rules in (sides.old, sides.new) for each in rules.asked}
    return {fact: each for fact, each in (example.answers or {}).items() if fact not in asked}


def _commands(example: Example, sides: Sides, where: Sequence[Where]) -> list[str]:
    if example.kind == "question":
        return [_run("legday questions --format json", each) for each in where]
    before, after = _short(sides.shown(example.answers or {}))
    about = example.what.rpartition(" ")[2]
    return [
        _command(example, before, where[0], sides.names.get(about, about)),
        _command(example, after, where[1], about),
    ]


def _command(example: Example, plan: Plan, where: Where, about: str) -> str:
    name, exercise = _COMMANDS.get(example.kind, "plan"), ""
    if name == "check" or (example.kind == "text" and about in plan.rules.exercise):
        name, exercise = ("check", about) if about in plan.rules.exercise else ("plan", "")
    whole = ("--full",) if name == "plan" else ()
    short = replace(plan, options=whole)
    line = command(short, name).replace("legday check", f"legday check {exercise}", 1)
    if len(line) > LONGEST:
        said = shlex.quote(json_text(plan.to_dict()["answers"]).decode())
        words = " ".join(filter(None, ("legday", name, exercise, *whole)))
        line = f"echo {said} | {words} --answers -"
    return _run(line, where)


def _run(line: str, where: Where) -> str:
    return f"{where.before}{line} {shlex.join(where.flags)}".rstrip()


def _short(plans: Sequence[Plan]) -> list[Plan]:
    """The same plans, with screening answers stated in one word where that says the same to both.

    Both lines then name the same answers.
    """
    facts = [screened(plan.facts, plan.rules) for plan in plans]
    if any(each.values != plan.facts.values for each, plan in zip(facts, plans, strict=True)):
        return [*plans]
    stated = [
        {plan.rules.questions[place].id: place for place in each.stated_clear}
        for each, plan in zip(facts, plans, strict=True)
    ]
    common = set.intersection(*map(set, stated))
    return [
        plan_for(replace(each, stated_clear=frozenset(places[name] for name in common)), plan.rules)
        for each, places, plan in zip(facts, stated, plans, strict=True)
    ]
