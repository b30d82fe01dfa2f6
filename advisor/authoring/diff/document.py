"""What changed between two rule bases → plain values: each change with who, why, two commands."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from advisor.answers import screened
from advisor.authoring.diff.changes import Answers, Sides
from advisor.authoring.diff.compare import Difference, Example, may_change, told_apart
from advisor.authoring.diff.entries import name_of
from advisor.command_line import command
from advisor.explain.verbalization import condition_words
from advisor.json_text import Json, json_text
from advisor.plan import plan_for
from advisor.result import Plan
from advisor.rulebase.shapes import Rule, RuleBase
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
    changes = [_change(each, difference.sides, (old, new)) for each in difference.examples]
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


def _change(example: Example, sides: Sides, where: tuple[Where, Where]) -> Json:
    first: dict[str, str] = {}  # of a rule that stands for several, the first stands for all
    for name in example.rules:
        first.setdefault(name.partition(":")[0], name)
    rules = [_rule(name, sides) for name in first.values()]
    shown = [""] * 2 if example.answers is None else _commands(example, sides, where)
    return {
        **{part: getattr(example, part) for part in ("kind", "direction", "what", "was", "now")},
        "who": [condition_words(inlined(each.when, by.finding), by) for each, by in rules],
        "rules": list(first),
        "places": [f"{each.place.file}:{each.place.line}" for each, _ in rules],
        "example": example.answers,
        "command_old": shown[0] or None,
        "command_new": shown[1] or None,
    }


def _rule(name: str, sides: Sides) -> tuple[Rule, RuleBase]:
    """A rule as it is now, or was, and the base that it is of."""
    return next(
        (rule, rules)
        for rules in (sides.new, sides.old)
        for rule in rules.rules
        if name_of(rule) == name and not rule.catalogue
    )


def _commands(example: Example, sides: Sides, where: Sequence[Where]) -> list[str]:
    if example.kind == "question":
        return [_run("legday questions --format json", each) for each in where]
    before, after = sides.shown(example.answers or {})
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
    short = replace(_short(plan), options=whole)
    line = command(short, name).replace("legday check", f"legday check {exercise}", 1)
    if len(line) > LONGEST:
        said = shlex.quote(json_text(plan.to_dict()["answers"]).decode())
        words = " ".join(filter(None, ("legday", name, exercise, *whole)))
        line = f"echo {said} | {words} --answers -"
    return _run(line, where)


def _run(line: str, where: Where) -> str:
    return f"{where.before}{line} {shlex.join(where.flags)}".rstrip()


def _short(plan: Plan) -> Plan:
    """The same plan, with screening answers stated in one word where that says the same."""
    facts = screened(plan.facts, plan.rules)
    return plan_for(facts, plan.rules) if facts.values == plan.facts.values else plan
