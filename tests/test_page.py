"""The page: all that a person needs before, in and after a session, on sixty lines."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from report_sample import flat, printed
from running import inside
from well import WELL, legday

from advisor.answers import read_answers
from advisor.plan import plan_for
from advisor.reasons import name_helplines
from advisor.report.markdown import as_markdown
from advisor.report.page import LINES, REFERRAL_LINES, page_blocks, yields
from advisor.report.text import Page, console
from advisor.rulebase.shapes import RuleBase

GYM = [
    *("leg_press", "barbell_rack", "dumbbells", "kettlebell", "leg_curl", "leg_extension"),
    *("seated_calf", "standing_calf", "hack_squat", "belt_squat", "cable", "bands"),
    "bench_or_step",
]
SORE = {"back_pain": 2, "pain_quality": "dull", "pain_in_lifts": 2}
PEOPLE: dict[str, dict[str, object]] = {
    "a beginner with nothing to report": {"experience": "new", "equipment": ["dumbbells"]},
    "a strong person in a full gym": {"goal": "strength", "equipment": GYM},
    "a disc that slipped two years ago": {
        "disc_history": True,
        "disc_when": "under_2_years",
        "equipment": GYM,
        **SORE,
    },
    "a sore back at home": {**SORE, "equipment": []},
    "seventy-eight and unsteady": {
        "age": 78,
        "experience": "new",
        "balance": "poor",
        "falls": True,
        "equipment": [],
        "urgent_signs": ["fragile_bones"],
        "cleared_for": ["fragile_bones"],
    },
    "pregnant and cleared": {
        "health_flags": ["pregnant"],
        "cleared_for": ["pregnant"],
        "equipment": GYM,
    },
    "not sure of much": dict.fromkeys(("disc_history", "hip_mobility", "balance"), "unsure"),
    "too early, with answers that do not fit": {
        "hours_since_leg_day": 20,
        "pain_trend": "worse",
        "equipment": GYM,
    },
    "months of sciatica": {
        "sciatica": "current",
        "leg_symptoms": "pain",
        "back_pain": 6,
        "pain_trend": "worse",
        "pain_quality": "sharp",
        "pain_duration": "over_6_weeks",
        "daily_life_pain": True,
    },
    "a fever": {"urgent_signs": ["fever_unwell", "night_pain"], "back_pain": 4},
    "several emergency signs": {"emergency_signs": ["saddle_numbness", "bladder_change"]},
    "nothing said yet": {},
}
NOT_ASKED = "nothing said yet"
REFERRED = ("months of sciatica", "a fever", "several emergency signs")
TRAIN = [name for name in PEOPLE if name not in (*REFERRED, NOT_ASKED)]
every_person = pytest.mark.parametrize("name", PEOPLE)


def blocks(name: str, rules: RuleBase) -> tuple[Callable[..., object], int]:
    """What makes a person's page, and how much of it can give way."""
    answers = {**WELL, **PEOPLE[name]} if name != NOT_ASKED else {}
    document = replace(plan_for(read_answers(answers, rules), rules), country="US").to_dict()
    fill = partial(name_helplines, country="US", helplines=rules.emergency_numbers)
    return partial(page_blocks, document, rules, fill), yields(document, rules)


def page(name: str, rules: RuleBase, width: int = 80, *, plain: bool = False) -> str:
    made, give_way = blocks(name, rules)
    most = REFERRAL_LINES if name in REFERRED else LINES
    return printed(Page(made, give_way, most), width, plain=plain)  # type: ignore[arg-type]


@every_person
def test_fits_on_a_page(name: str, rules: RuleBase) -> None:
    lines = page(name, rules).splitlines()
    assert len(lines) <= (REFERRAL_LINES if name in REFERRED else LINES)
    if name in TRAIN:
        assert next(n for n, line in enumerate(lines, 1) if line.startswith("KEY")) <= 40


@every_person
@pytest.mark.parametrize("width", [40, 50, 80, 100])
def test_keeps_to_its_width(name: str, width: int, rules: RuleBase) -> None:
    for line in page(name, rules, width).splitlines():
        assert len(line) <= width or line.startswith("    --")  # a flag cannot be broken
        assert line == line.rstrip()


@pytest.mark.parametrize("name", TRAIN)
@pytest.mark.parametrize("width", [40, 50, 80])
def test_says_first_what_comes_first_and_never_cuts_when_to_stop(
    name: str, width: int, rules: RuleBase
) -> None:
    text = page(name, rules, width)
    places = [text.index(f"\n{label}") for label in ("KEY", "STOP", "COME BACK")]
    assert places == sorted(places)
    stop = flat(re.sub(r" +\d+$", "", text[places[1] : places[2]], flags=re.MULTILINE))
    for sign in ("numb between the legs", "911", "sharp or shooting", "5 of 10", "burn"):
        assert sign in stop
    assert "…" not in stop.partition("LEFT OUT")[0].partition("ALSO FINE")[0]


def test_says_what_must_come_before_right_after_the_level(rules: RuleBase) -> None:
    text = page("too early, with answers that do not fit", rules)
    before = flat(text.partition("\n───")[0])
    assert "28 hours to go." in before
    assert "also that it gets worse" in before


def test_puts_nothing_before_an_emergency(rules: RuleBase) -> None:
    lines = page("several emergency signs", rules).splitlines()
    assert lines[0].startswith("EMERGENCY  ")
    assert lines[2].startswith("DO THIS  Call ")
    assert len(lines) <= 24


def test_gives_the_words_that_hold_for_all_where_several_rules_have_their_own(
    rules: RuleBase,
) -> None:
    text = page("months of sciatica", rules)
    assert flat(text).count("this week or next") == 1
    assert "emergency number (911)" in flat(text)


@every_person
def test_numbers_a_source_for_each_number_and_no_other(name: str, rules: RuleBase) -> None:
    text = page(name, rules, plain=True)
    named = set(re.findall(r"Source (\d+)\.", flat(text)))
    assert named == set(re.findall(r"^Source (\d+): ", text, re.MULTILINE))


@every_person
def test_tells_each_reason_once(name: str, rules: RuleBase) -> None:
    text = flat(page(name, rules, plain=True))
    said = [each for each in re.findall(r"[^.:]+\. Source \d+\.", text) if "Limit" not in each]
    limits = {each for each in said if re.search(f"Limit[^:]*: {re.escape(each.strip())}", text)}
    reasons = [each for each in said if each not in limits]
    assert len(reasons) == len(set(reasons))


@pytest.mark.parametrize("name", TRAIN)
def test_says_every_sign_in_a_word_to_who_hears_it(name: str, rules: RuleBase) -> None:
    text = page(name, rules, plain=True)
    assert not re.search(r"[─│…]|\dx\d|/side|\n\n\n", text)
    assert "Day a" not in text
    for day in re.findall(r"^Day B.*:\n((?:.+\n)+)", text, re.MULTILINE):
        assert len(re.findall(r"\d sets? of ", day)) >= 2
    assert re.search(r"^1\. [A-Z].*\n\d sets? of ", text, re.MULTILINE)


def test_says_that_a_session_takes_longer_than_was_wished() -> None:
    words = ("plan", "--screened", "--age", "34", "--back-pain", "0")
    assert "You asked for 5 minutes, but" in flat(legday(*words, "--minutes", "5")[1])
    assert "WISHES" not in legday(*words, "--minutes", "30")[1]


@every_person
def test_takes_no_sore_muscle_for_an_emergency(name: str, rules: RuleBase) -> None:
    """After a leg day both legs are sore; only numb or weak ones are a sign."""
    text = flat(page(name, rules))
    assert "both legs sore" not in text
    assert "both legs, " not in text  # what is wrong with them?


@every_person
def test_speaks_without_color_as_with_it(name: str, rules: RuleBase) -> None:
    made, give_way = blocks(name, rules)
    value = Page(made, give_way, LINES)  # type: ignore[arg-type]
    colored = printed(value, color=True)
    assert "\x1b[" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == printed(value)


@pytest.mark.parametrize("name", TRAIN)
def test_names_no_flag_but_in_its_last_lines(name: str, rules: RuleBase) -> None:
    text = page(name, rules)
    assert "--" not in text.partition("This is not a diagnosis.")[0]


@every_person
def test_is_the_same_page_in_markdown(name: str, rules: RuleBase) -> None:
    made, _ = blocks(name, rules)
    text = as_markdown(made(0))  # type: ignore[arg-type]
    first, *_ = page(name, rules).splitlines()
    assert text.startswith(f"# {first.split('  ')[0]}: ")
    assert name not in TRAIN or "\n| Exercise | Dose | Rest | Effort |" in text
    assert "\n## Stop\n" in text or name not in TRAIN


def test_gives_way_in_order(rules: RuleBase) -> None:
    made, give_way = blocks("a strong person in a full gym", rules)
    pages = [as_markdown(made(spare)) for spare in range(give_way + 1)]  # type: ignore[arg-type]
    lasts = {
        label: max(n for n, text in enumerate(pages) if f"## {label}" in text)
        for label in ("Or instead", "Also fine", "Day B", "Stop", "Key")
    }
    assert [*lasts.values()] == [0, 1, 2, give_way, give_way]


def test_needs_no_more_than_letters_where_there_are_no_others(rules: RuleBase) -> None:
    made, give_way = blocks("a sore back at home", rules)
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    console(stream, width=80, color=False, plain=False).print(Page(made, give_way, LINES))  # type: ignore[arg-type]
    stream.flush()
    text = stream.buffer.getvalue().decode()  # type: ignore[attr-defined]
    assert f"\n{'-' * 80}\n" in text


def test_has_no_two_lines_on_end_where_a_base_says_nothing_of_when_to_stop(
    tmp_path: Path,
) -> None:
    assert inside("rules", "init", str(tmp_path / "base")).returncode == 0
    out = inside("plan", "--screened", "--rules", str(tmp_path / "base")).stdout
    lines = [each[:1] for each in out.splitlines()]
    assert "──" not in "".join(lines)
    assert "troubleshoot" not in out  # nothing is suspected by any rule
