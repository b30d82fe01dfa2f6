"""A folder of YAML files → cases, or every problem in them at once, with file and line."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from pathlib import Path

from advisor.answers import read_answers
from advisor.authoring.cases.run import Bounds, Case, Expected
from advisor.load import bundled_rules
from advisor.rulebase.problems import Problems, RuleBaseError, did_you_mean
from advisor.rulebase.reading.conditions import read_answers as check_answers
from advisor.rulebase.reading.fields import KEBAB
from advisor.rulebase.reading.files import gather
from advisor.rulebase.reading.names import Scope
from advisor.rulebase.reading.nodes import Node, read_file
from advisor.rulebase.shapes import LEVELS, Dose, Place, RuleBase

STATUSES = ("plan", "refer", "incomplete")
LARGEST = 10**9
_KEYS = ("says", "answers", "screened", *vars(Expected()))
_AMOUNT = re.compile(r"(at least|at most) (\d{1,9})")


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
    reader = _Reader(rules, problems)
    cases: dict[str, Case] = {}
    for name, content in data.items():
        node = read_file(content, name, problems)
        entries = node.value if node is not None and isinstance(node.value, dict) else {}
        for key, entry in entries.items():
            place = node.keys[key] if node else Place(name, 1, 1)
            if key in cases:
                first = f"first in {cases[key].place.file}, line {cases[key].place.line}"
                problems.add("duplicate-id", place, f"the case `{key}` stands twice", first)
            if case := reader.case(key, place, entry):
                cases.setdefault(key, case)
    if len(problems):
        raise RuleBaseError(problems)
    return tuple(cases.values())


@dataclass(frozen=True)
class _Reader:
    """Turns nodes into cases; what is wrong is noted, and the reading goes on."""

    rules: RuleBase
    problems: Problems

    def case(self, name: str, place: Place, entry: Node) -> Case | None:
        """One case, or None if a part of it is wrong."""
        before = len(self.problems)
        self._shape(name, place, entry)
        answers = entry.child("answers")
        scope = Scope(self.problems, self.rules.question, frozenset(self.rules.finding))
        checked = check_answers(answers, scope) if answers else None
        expected = self._expected(entry)
        plain = answers.plain() if answers else None
        if len(self.problems) > before or checked is None or not isinstance(plain, dict):
            return None
        said, screened = entry.child("says"), entry.child("screened")
        stated = screened is not None and screened.value == "yes"
        facts = read_answers(plain, self.rules, screened=stated)
        return Case(name, said.text if said else "", facts, expected, place)

    def _shape(self, name: str, place: Place, entry: Node) -> None:
        if not re.match(KEBAB, name):
            self.problems.add("bad-id", place, f"the case `{name}` is not in kebab-case")
        if not isinstance(entry.value, dict):
            message = f"{entry.typed()} stands where a case is meant"
            self.problems.add("wrong-type", entry.place, message)
            return
        for key in ("says", "answers"):
            if key not in entry.value:
                self.problems.add("missing-key", place, f"the case `{name}` has no `{key}`")
        if not any(key in entry.value for key in vars(Expected())):
            self.problems.add("missing-key", place, f"the case `{name}` expects nothing")
        for key in entry.value:
            if key not in _KEYS:
                hint = did_you_mean(key, _KEYS)
                self.problems.add("unknown-key", entry.keys[key], f"`{key}` means nothing", hint)
        self._word(entry, "screened", ("yes", "no"))
        if (says := entry.child("says")) and not isinstance(says.value, str):
            self.problems.add("wrong-type", says.place, "`says` is a sentence or two")

    def _expected(self, entry: Node) -> Expected:
        exercises, known = tuple(self.rules.exercise), {rule.id for rule in self.rules.rules}
        return Expected(
            self._word(entry, "level", LEVELS),
            self._word(entry, "status", STATUSES),
            self._named(entry, "session", exercises, "exercise"),
            self._named(entry, "out", exercises, "exercise"),
            self._named(entry, "allowed", exercises, "exercise"),
            self._named(entry, "rules", tuple(sorted(known)), "rule"),
            self._named(entry, "quiet", tuple(sorted(known)), "rule"),
            self._named(entry, "open", tuple(self.rules.question), "fact"),
            self._doses(entry),
        )

    def _word(self, entry: Node, key: str, words: tuple[str, ...]) -> str:
        """One of a few words; empty where the key is not there."""
        node = entry.child(key)
        if node is None:
            return ""
        if node.value not in words:
            message = f"{node.typed()} is none of {', '.join(words)}"
            self.problems.add("unknown-word", node.place, message)
        return node.text

    def _named(self, entry: Node, key: str, known: tuple[str, ...], what: str) -> tuple[str, ...]:
        """A list of names, each of which must exist."""
        node = entry.child(key)
        if node is None:
            return ()
        items = node.value if isinstance(node.value, tuple) else (node,)
        for item in items:
            if item.value not in known:
                code = "unknown-word" if what == "rule" else f"unknown-{what}"
                message = f"no {what} is called {item.typed()}"
                self.problems.add(code, item.place, message, did_you_mean(item.text, known))
        return tuple(item.text for item in items)

    def _doses(self, entry: Node) -> tuple[Bounds, ...]:
        node = entry.child("dose")
        if node is None:
            return ()
        exercises = node.value if isinstance(node.value, dict) else {}
        if not exercises:
            self.problems.add("wrong-type", node.place, "write `{exercise: {sets: at most 2}}`")
        found = []
        for name, amounts in exercises.items():
            if name not in self.rules.exercise:
                hint = did_you_mean(name, self.rules.exercise)
                message = f"no exercise is called `{name}`"
                self.problems.add("unknown-exercise", node.keys[name], message, hint)
            for what, amount in amounts.value.items() if isinstance(amounts.value, dict) else ():
                found.append(self._bounds(name, what, amount, amounts.keys[what]))
        return tuple(found)

    def _bounds(self, name: str, what: str, amount: Node, place: Place) -> Bounds:
        """`2`, `at most 2` or `at least 2`, for one number of a dose."""
        fields = tuple(each.name for each in dataclasses.fields(Dose))
        if what not in fields:
            hint = did_you_mean(what, fields)
            self.problems.add("unknown-key", place, f"a dose has no `{what}`", hint)
        if isinstance(amount.value, int) and not isinstance(amount.value, bool):
            return Bounds(name, what, amount.value, amount.value)
        found = _AMOUNT.fullmatch(str(amount.value))
        if not found:
            hint = "write `2`, `at most 2` or `at least 2`"
            self.problems.add("bad-value", amount.place, f"{amount.typed()} is no amount", hint)
            return Bounds(name, what, 0, LARGEST)
        number = int(found[2])
        low, high = (number, LARGEST) if found[1] == "at least" else (0, number)
        return Bounds(name, what, low, high)
