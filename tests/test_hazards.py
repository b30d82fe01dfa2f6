"""Every hazard has a guard that exists and says what is left; every invariant guards something."""

from __future__ import annotations

import re

import pytest
from running import ROOT

from advisor import load_rules
from advisor.authoring.cases.files import read_cases
from advisor.rulebase.shapes import RuleBase

TEXT = (ROOT / "rules" / "SAFETY.md").read_text(encoding="utf-8")
HARM, NO_HARM = TEXT.split("## Not about harm")
HAZARDS = {
    found[1]: found[0] for found in re.finditer(r"### (H-\d\d): .*?(?=\n##|\Z)", HARM, re.DOTALL)
}
TITLES = ("What could go wrong", "How bad", "How likely", "Guards", "What is left")
GRADES = {
    "How bad": {"Catastrophic", "Major", "Moderate", "Minor"},
    "How likely": {"Often", "Sometimes", "Rare"},
}
RULES = load_rules()
NAMES = {
    "rule": {rule.id for rule in RULES.rules},
    "invariant": {invariant.id for invariant in RULES.invariants},
    "case": {case.id for case in read_cases(ROOT / "tests" / "cases", RULES)},
    "test": {
        name
        for path in (ROOT / "tests").glob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    },
}


def quoted(text: str) -> list[str]:
    """Everything in backticks."""
    return re.findall(r"`([^`]+)`", text)


def part(hazard: str, title: str) -> str:
    """What a hazard says under one of its titles."""
    found = re.search(rf"\*\*{title}\.\*\*(.*?)(?=\*\*How likely|\n\n|\Z)", hazard, re.DOTALL)
    assert found, f"nothing under {title}"
    return " ".join(found[1].split())


def exists(name: str) -> bool:
    """Whether something in backticks is there: by name, as a file, as a flag or as a command."""
    if any(name in names for names in NAMES.values()):
        return True
    words = name.removeprefix("legday ").replace("-", "_").replace(" ", "_")
    command = ROOT / "advisor" / "cli" / f"{words}.py"
    return (
        (name.startswith("legday ") and command.exists())
        or name == "--screened"
        or any((folder / name).exists() for folder in (ROOT, ROOT / "rules"))
    )


@pytest.mark.parametrize("name", sorted(set(quoted(re.sub(r"\[[^]]*\]\([^)]*\)", "", TEXT)))))
def test_every_name_exists(name: str) -> None:
    assert exists(name), f"rules/SAFETY.md names `{name}`, which is nowhere"


def test_finds_the_hazards_numbered_without_a_gap() -> None:
    assert list(HAZARDS) == [f"H-{number:02}" for number in range(1, len(HAZARDS) + 1)]
    assert len(HAZARDS) == HARM.count("\n### ")
    assert len(HAZARDS) >= 30


@pytest.mark.parametrize("hazard", HAZARDS.values(), ids=HAZARDS.keys())
def test_every_hazard_is_told_in_full(hazard: str) -> None:
    for title in TITLES:
        assert len(part(hazard, title)) >= len("Rare.")
    for title, grades in GRADES.items():
        assert re.match(r"\w+", part(hazard, title))[0] in grades  # type: ignore[index]
    assert len(part(hazard, "What is left").split()) >= 5


@pytest.mark.parametrize("hazard", HAZARDS.values(), ids=HAZARDS.keys())
def test_every_hazard_has_a_guard_among_the_rules(hazard: str) -> None:
    named = set(quoted(part(hazard, "Guards")))
    assert named & (NAMES["rule"] | NAMES["invariant"])


def test_every_invariant_guards_against_something() -> None:
    told = {name for hazard in HAZARDS.values() for name in quoted(part(hazard, "Guards"))}
    harmless = set(quoted(NO_HARM))
    assert NAMES["invariant"] - told - harmless == set()
    assert harmless <= NAMES["invariant"] - told


def test_every_rule_that_refers_guards_against_something(rules: RuleBase) -> None:
    told = {name for hazard in HAZARDS.values() for name in quoted(part(hazard, "Guards"))}
    levels = rules.program.levels
    refers = {
        rule.id for at, rule in enumerate(rules.rules) if at in levels and levels[at].level >= 3
    }
    assert refers - told == set()
