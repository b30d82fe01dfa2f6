"""Referrals name the emergency number of a country that is known, and generic words otherwise."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import answers
from well import WELL, legday

from advisor import advise, load_rules
from advisor.reasons import name_helplines
from advisor.rulebase.problems import RuleBaseError
from advisor.rulebase.reading.build import read_rule_base
from advisor.rulebase.shapes import LEVELS, REFERRAL, RuleBase

RULES = load_rules()
GENERIC = "your local emergency number"
CHEST = ("plan", "--emergency-signs", "chest_pain")
NIGHT = ("plan", "--screened", "--urgent-signs", "night_pain")
HEART = ("plan", "--screened", "--health-flags", "heart_condition")

NUMBERS = {
    "GB": ("999", "111"),
    "US": ("911", ""),
    "CA": ("911", "811"),
    "AU": ("000", "1800 022 222"),
    "NZ": ("111", "0800 611 116"),
    "IN": ("112", ""),
    "JP": ("119", ""),
}
UNION = {
    "AT",
    "BE",
    "BG",
    "CY",
    "CZ",
    "DE",
    "DK",
    "EE",
    "ES",
    "FI",
    "FR",
    "GR",
    "HR",
    "HU",
    "IE",
    "IT",
    "LT",
    "LU",
    "LV",
    "MT",
    "NL",
    "PL",
    "PT",
    "RO",
    "SE",
    "SI",
    "SK",
}


@pytest.mark.parametrize("country", NUMBERS)
def test_knows_the_numbers_of_a_country(rules: RuleBase, country: str) -> None:
    found = rules.emergency_numbers[country]
    assert (found.emergency, found.advice) == NUMBERS[country]


def test_knows_the_one_number_of_the_european_union(rules: RuleBase) -> None:
    assert {rules.emergency_numbers[each].emergency for each in UNION} == {"112"}


@pytest.mark.parametrize("words", [CHEST, NIGHT, HEART], ids=str)
@pytest.mark.parametrize(("country", "number"), [("GB", "999"), ("us", "911"), ("FR", "112")])
def test_names_the_number_at_each_level_of_referral(
    words: tuple[str, ...], country: str, number: str
) -> None:
    code, text, _ = legday(*words, "--country", country, "--format", "json")
    document = json.loads(text)
    assert (code, document["status"]) == (3, "refer")
    assert f"{GENERIC} ({number})" in document["referral"]["action"]


def test_names_the_line_for_urgent_advice_where_there_is_one() -> None:
    assert "an advice line (111)" in " ".join(legday(*NIGHT, "--country", "GB")[1].split())
    assert "an advice line or" in " ".join(legday(*NIGHT, "--country", "US")[1].split())


@pytest.mark.parametrize("sign", ["saddle_numbness", "dark_urine"])
def test_names_the_room_for_emergencies_as_it_is_called_there(sign: str) -> None:
    told = {
        country: json.loads(
            legday("plan", "--emergency-signs", sign, "--country", country, "--format", "json")[1]
        )["referral"]["action"]
        for country in ("GB", "US")
    }
    assert "nearest emergency room (A&E) now" in told["GB"]
    assert "nearest emergency room now" in told["US"]


@pytest.mark.parametrize("level", LEVELS[REFERRAL:])
def test_has_the_number_in_the_general_action_of_each_level(level: str) -> None:
    action = RULES.levels[LEVELS.index(level)].action
    assert "999" in name_helplines(action, "GB", RULES.emergency_numbers)


@pytest.mark.parametrize(
    ("variables", "number"),
    [
        ({"LANG": "en_GB.UTF-8"}, "999"),
        ({"LANG": "de_DE@euro"}, "112"),
        ({"LC_MESSAGES": "en_US.UTF-8", "LANG": "de_DE.UTF-8"}, "911"),
        ({"LC_ALL": "en_NZ", "LC_MESSAGES": "en_US.UTF-8"}, "111"),
        ({"LC_ALL": "", "LANG": "en_GB.UTF-8"}, "999"),
    ],
)
def test_takes_the_country_from_the_locale(variables: dict[str, str], number: str) -> None:
    assert f"{GENERIC} ({number})" in legday(*CHEST, **variables)[1]


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"LANG": "C"},
        {"LANG": "POSIX"},
        {"LANG": "C.UTF-8"},
        {"LANG": "en"},
        {"LC_ALL": "C", "LANG": "en_GB.UTF-8"},
        {"LANG": "en_ZZ.UTF-8"},
    ],
    ids=str,
)
def test_stays_generic_where_the_country_is_not_known(variables: dict[str, str]) -> None:
    text = legday(*CHEST, **variables)[1]
    assert f"{GENERIC} now" in text
    assert f"{GENERIC} (" not in text


def test_prefers_the_flag_to_the_locale() -> None:
    assert "(999)" in legday(*CHEST, "--country", "GB", LANG="en_US.UTF-8")[1]


def test_repeats_the_country_in_the_command_only_if_it_was_a_flag() -> None:
    stated = json.loads(legday(*CHEST, "--country", "gb", "--format", "json")[1])
    guessed = json.loads(legday(*CHEST, "--format", "json", LANG="en_GB.UTF-8")[1])
    assert "--country GB" in stated["command"]
    assert "--country" not in guessed["command"]
    again = legday(*stated["command"].split()[1:], "--format", "json")[1]
    assert json.loads(again) == stated


@pytest.mark.parametrize("typed", ["Germany", "G", "1B", "", "ÄÖ"])
def test_refuses_what_is_no_country(typed: str) -> None:
    code, _, errors = legday(*CHEST, "--country", typed)
    assert (code, errors.count("\n")) == (2, 1)
    assert "expected two letters" in errors


@pytest.mark.parametrize("words", [("check", "leg_press"), ("troubleshoot",)])
def test_names_the_number_in_every_command_that_refers(words: tuple[str, ...]) -> None:
    flags = ("--emergency-signs", "chest_pain", "--country", "GB", "--format", "json")
    assert "(999)" in json.loads(legday(*words, *flags)[1])["referral"]["action"]


def test_leaves_the_locale_out_of_the_python_plan() -> None:
    plan = advise({**WELL, "emergency_signs": ["chest_pain"]}, RULES)
    assert f"{GENERIC} now" in json.dumps(plan.to_dict())
    abroad = replace(plan, country="GB").to_dict()
    assert abroad["referral"] != plan.to_dict()["referral"]
    assert abroad["command"] == plan.to_dict()["command"]


@given(answers(RULES), st.sampled_from(["", "GB", "US", "XX"]))
def test_never_leaves_a_placeholder_in_a_plan(person: dict[str, object], country: str) -> None:
    text = json.dumps(replace(advise(person, RULES), country=country).to_dict())
    assert re.findall(r"\{[a-z_]+\}", text) == []


# The rule files


def problems(tmp_path: Path, **texts: str) -> list[tuple[str, str]]:
    """What is wrong with the shoulder rule base with more files."""
    shoulder = Path(__file__).parent / "shoulder"
    for path in shoulder.glob("*.yaml"):
        (tmp_path / path.name).write_text(path.read_text())
    for name, text in texts.items():
        (tmp_path / f"{name}.yaml").write_text(text)
    try:
        read_rule_base(tmp_path)
    except RuleBaseError as error:
        return [(each.code, each.message) for each in error.problems]
    return []


ANYWHERE = "  anywhere: {emergency: the number, advice: a line, sources: [plain-sense]}\n"
RULE = """
rules:
  call-now:
    when: always
    level: urgent
    action: Call {emergency_number} or {advice_line}.
    because: it is added
    sources: [plain-sense]
"""


def test_accepts_placeholders_where_the_words_for_them_are(tmp_path: Path) -> None:
    assert problems(tmp_path, numbers=f"emergency_numbers:\n{ANYWHERE}", call=RULE) == []


def test_rejects_placeholders_without_words_for_them(tmp_path: Path) -> None:
    assert [code for code, _ in problems(tmp_path, call=RULE)] == ["unknown-placeholder"] * 2


def test_rejects_a_room_for_emergencies_without_a_word_for_it(tmp_path: Path) -> None:
    text = RULE.replace("{advice_line}", "go to the {emergency_room}")
    numbers = f"emergency_numbers:\n{ANYWHERE}"
    found = problems(tmp_path, numbers=numbers, call=text)
    assert [code for code, _ in found] == ["unknown-placeholder"]
    named = numbers.replace("advice: a line", "advice: a line, emergency_room: hospital")
    assert problems(tmp_path, numbers=named, call=text) == []


def test_rejects_placeholders_in_a_text_that_is_not_filled_in(tmp_path: Path) -> None:
    text = RULE.replace("it is added", "call {emergency_number}")
    found = problems(tmp_path, numbers=f"emergency_numbers:\n{ANYWHERE}", call=text)
    assert [code for code, _ in found] == ["unknown-placeholder"]


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ("  GB: {emergency: 999, sources: [plain-sense]}\n", "wrong-type"),
        ('  gb: {emergency: "999", sources: [plain-sense]}\n', "bad-id"),
        ('  GB: {emergency: "999", sources: [plain]}\n', "unknown-source"),
        ('  GB: {emergency: "999"}\n', "missing-sources"),
        ('  GB: {advice: "111", sources: [plain-sense]}\n', "missing-key"),
    ],
)
def test_rejects_an_entry_that_is_wrong(tmp_path: Path, entry: str, code: str) -> None:
    found = problems(tmp_path, numbers=f"emergency_numbers:\n{ANYWHERE}{entry}")
    assert [each for each, _ in found] == [code]


def test_rejects_countries_without_words_for_all_others(tmp_path: Path) -> None:
    text = 'emergency_numbers:\n  GB: {emergency: "999", sources: [plain-sense]}\n'
    found = problems(tmp_path, numbers=text)
    assert found == [
        ("missing-key", "`emergency_numbers` has no `anywhere`, the words for all other countries")
    ]
