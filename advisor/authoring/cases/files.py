"""A folder of YAML files → cases, or every problem in them at once, with file and line."""

from __future__ import annotations

import re
from collections.abc import Collection, ItemsView
from dataclasses import fields
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, WithJsonSchema

from advisor.answers import UNSURE, read_answers
from advisor.authoring.cases.run import Bounds, Case, DayExpected, Expected, LimitExpected
from advisor.rulebase.problems import Problems, RuleBaseError, did_you_mean
from advisor.rulebase.reading.bundled import bundled_rules
from advisor.rulebase.reading.conditions import read_answers as check_answers
from advisor.rulebase.reading.entries import validated
from advisor.rulebase.reading.files import gather
from advisor.rulebase.reading.histories import measured
from advisor.rulebase.reading.models import (
    DAYS,
    KEBAB,
    Answers,
    Entry,
    Names,
    Text,
    YesNo,
    maybe,
)
from advisor.rulebase.reading.names import Scope
from advisor.rulebase.reading.nodes import Node, read_file
from advisor.rulebase.shapes import Dose, LevelName, Place, RuleBase

LARGEST = 10**9
_AMOUNT = re.compile(r"(at least|at most) (\d{1,9})")
_DOSE = tuple(each.name for each in fields(Dose))
_AMOUNTS = {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": f"^{_AMOUNT.pattern}$"}]}
Amounts = Annotated[object, WithJsonSchema(_AMOUNTS)]
History = Annotated[object, WithJsonSchema(DAYS)]


class CaseEntry(Entry):
    """One person, and what must come of it: at least one of the keys after `screened`."""

    says: Text = Field(description="Who this is, in plain words")
    answers: Answers = Field(description="What the person answers")
    history: History | None = maybe(None, "Days that were recorded, for what is measured")
    screened: YesNo = maybe("no", "yes: every screening question without an answer is all clear")
    level: LevelName | None = maybe(None, "The level")
    status: Literal["plan", "refer", "incomplete"] | None = maybe(None, "What comes of it")
    session: Names = maybe((), "Exercises that must be in the next session")
    days: dict[str, Names] | None = maybe(None, "Exercises that must stand on a day, by its id")
    out: Names = maybe((), "Exercises that must not be allowed")
    allowed: Names = maybe((), "Exercises that must be allowed, with care or without")
    rules: Names = maybe((), "Rules that must count")
    quiet: Names = maybe((), "Rules that must not count")
    open: Names = maybe((), "Questions that must still be open")
    dose: dict[str, dict[str, Amounts]] | None = maybe(
        None, "Numbers of a dose, by exercise: `{sets: at most 2}`"
    )
    limits: dict[str, Text] | None = maybe(None, "Words of a limit, by exercise")
    advice: list[Text] = maybe([], "Words that the advice must have")
    referral: list[Text] = maybe([], "Words that the referral must have")
    suspects: list[Text] = maybe([], "The likeliest causes of a sore session, in order")


def cases_folder(rules_folder: Path | None) -> Path | None:
    """Where the cases of a rule base are: beside it, or with the program; None without any."""
    folder = rules_folder or bundled_rules()
    places = [folder.absolute().parent / "tests" / "cases"]
    if rules_folder is None:
        places.append(folder.parent / "cases")
    return next((place for place in places if place.is_dir()), None)


def read_cases(folder: Path, rules: RuleBase) -> tuple[Case, ...]:
    """Every case below a folder. Raises RuleBaseError with every problem."""
    data, found = gather(folder)
    problems = Problems(found)
    cases: dict[str, Case] = {}
    for name, content in data.items():
        node = read_file(content, name, problems)
        entries = node.value if node is not None and isinstance(node.value, dict) else {}
        for key, entry in entries.items():
            place = node.keys[key] if node else Place(name, 1, 1)
            if key in cases:
                first = f"first in {cases[key].place.file}, line {cases[key].place.line}"
                problems.add("duplicate-id", place, f"the case `{key}` stands twice", first)
            if case := _case(key, place, entry, rules, problems):
                cases.setdefault(key, case)
    if len(problems):
        raise RuleBaseError(problems)
    return tuple(cases.values())


def _case(name: str, place: Place, node: Node, rules: RuleBase, problems: Problems) -> Case | None:
    """One case, or None, with every problem noted, if a part of it is wrong."""
    before = len(problems)
    exercises = {each.id: each for each in rules.exercises}
    known = Scope(problems, rules.question, frozenset(rules.finding), exercises=exercises)
    if not re.match(KEBAB, name):
        problems.add("bad-id", place, f"the case `{name}` is not in kebab-case")
    model = validated(CaseEntry, node, place, problems)
    if isinstance(node.value, dict) and not node.value.keys() & vars(Expected()).keys():
        problems.add("missing-key", place, f"the case `{name}` expects nothing")
    if answers := node.child("answers"):
        check_answers(answers, known)
    names, dose = _all_names(node, rules, problems), _doses(node.child("dose"), rules, problems)
    days = _days(node.child("days"), rules, problems)
    _keyed(node.child("limits"), "exercise", "unknown-exercise", rules.exercise, problems)
    if len(problems) > before or model is None or not isinstance(model.answers, dict):
        return None
    past = dict(measured(history, known)) if (history := node.child("history")) else {}
    if len(problems) > before:
        return None
    told = {fact: UNSURE if code is None else code for fact, code in past.items()}
    facts = read_answers({**model.answers, **told}, rules, screened=model.screened == "yes")
    limits = tuple(LimitExpected(*each) for each in (model.limits or {}).items())
    expected = Expected(
        model.level or "",
        model.status or "",
        **names,
        days=days,
        dose=dose,
        limits=limits,
        advice=(*model.advice,),
        referral=(*model.referral,),
        suspects=(*model.suspects,),
    )
    return Case(name, model.says, facts, expected, place)


def _all_names(case: Node, rules: RuleBase, problems: Problems) -> dict[str, tuple[str, ...]]:
    """The names in each list of a case, all of which must exist."""
    exercises = {key: ("exercise", [*rules.exercise]) for key in ("session", "out", "allowed")}
    ids = {key: ("rule", sorted({each.id for each in rules.rules})) for key in ("rules", "quiet")}
    known = {**exercises, **ids, "open": ("fact", [*rules.question])}
    return {key: _names(case.child(key), *each, problems) for key, each in known.items()}


def _names(
    node: Node | None, what: str, known: Collection[str], problems: Problems
) -> tuple[str, ...]:
    items = node.value if node and isinstance(node.value, tuple) else (node,) if node else ()
    for item in items:
        if item.value not in known:
            code = "unknown-word" if what == "rule" else f"unknown-{what}"
            message = f"no {what} is called {item.typed()}"
            problems.add(code, item.place, message, did_you_mean(item.text, known))
    return tuple(item.text for item in items)


def _days(node: Node | None, rules: RuleBase, problems: Problems) -> tuple[DayExpected, ...]:
    """What must stand on each day: `{B: [exercise]}`."""
    known = [each.id for each in rules.routine]
    return tuple(
        DayExpected(day, _names(each, "exercise", rules.exercise, problems))
        for day, each in _keyed(node, "day", "unknown-word", known, problems)
    )


def _doses(node: Node | None, rules: RuleBase, problems: Problems) -> tuple[Bounds, ...]:
    """What the numbers of doses must lie between: `{exercise: {sets: at most 2}}`."""
    exercises = _keyed(node, "exercise", "unknown-exercise", rules.exercise, problems)
    return tuple(
        _bounds(name, what, amount, amounts.keys[what], problems)
        for name, amounts in exercises
        for what, amount in (amounts.value.items() if isinstance(amounts.value, dict) else ())
    )


def _keyed(
    node: Node | None, what: str, code: str, known: Collection[str], problems: Problems
) -> ItemsView[str, Node]:
    """The entries of a mapping whose keys must all exist."""
    entries = node.value if node and isinstance(node.value, dict) else {}
    for key in entries:
        if node and key not in known:
            message, hint = f"no {what} is called `{key}`", did_you_mean(key, known)
            problems.add(code, node.keys[key], message, hint)
    return entries.items()


def _bounds(name: str, what: str, amount: Node, place: Place, problems: Problems) -> Bounds:
    """`2`, `at most 2` or `at least 2`, for one number of a dose."""
    if what not in _DOSE:
        problems.add("unknown-key", place, f"a dose has no `{what}`", did_you_mean(what, _DOSE))
    if isinstance(amount.value, int) and not isinstance(amount.value, bool):
        return Bounds(name, what, amount.value, amount.value)
    found = _AMOUNT.fullmatch(str(amount.value))
    if not found:
        hint = "write `2`, `at most 2` or `at least 2`"
        problems.add("bad-value", amount.place, f"{amount.typed()} is no amount", hint)
        return Bounds(name, what, 0, LARGEST)
    number = int(found[2])
    low, high = (number, LARGEST) if found[1] == "at least" else (0, number)
    return Bounds(name, what, low, high)
