"""Answers that make no sense are refused with their names; those that clash are named."""

from __future__ import annotations

import math
from decimal import Decimal

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import answers
from well import WELL, legday

from advisor import advise, load_rules
from advisor.answers import MANY, AnswerError, read_answers
from advisor.plan import plan_for
from advisor.report.schema import plan_schema
from advisor.rulebase.reading.bundled import bundled_rules
from advisor.rulebase.shapes import LEVELS, RuleBase

LISTS: list[object] = []
LISTS.append(LISTS)  # a list that holds itself
RULES = load_rules(bundled_rules())


@pytest.mark.parametrize(
    ("fact", "value", "shown"),
    [
        ("back_pain", math.nan, "nan"),
        ("back_pain", math.inf, "inf"),
        ("back_pain", -math.inf, "-inf"),
        ("back_pain", "nan", "nan"),
        ("back_pain", "1e3", "1e3"),
        ("back_pain", "-1", "-1"),
        ("back_pain", "+2", "+2"),
        ("back_pain", "2.0", "2.0"),
        ("back_pain", "\N{FULLWIDTH DIGIT TWO}", "\N{FULLWIDTH DIGIT TWO}"),
        ("back_pain", 2.0, "2.0"),
        ("back_pain", Decimal(2), "Decimal('2')"),
        ("back_pain", 11, "11"),
        ("back_pain", -1, "-1"),
        ("back_pain", 10**30, "1" + "0" * 30),
        pytest.param("back_pain", 10**5000, "a int", id="longer than Python writes"),
        pytest.param("back_pain", "9" * 5000, "9" * 60 + "…", id="5000 digits"),
        ("back_pain", True, "True"),
        ("back_pain", [], "[]"),
        ("back_pain", {}, "{}"),
        ("disc_history", 2, "2"),
        ("disc_history", 1, "1"),
        ("disc_history", "maybe", "maybe"),
        ("sciatica", 3, "3"),
        ("sciatica", True, "True"),
        ("sciatica", ["past"], "['past']"),
        ("sciatica", "pst", "pst"),
        ("equipment", 5, "5"),
        ("equipment", {"dumbbells": True}, "{'dumbbells': True}"),
        ("equipment", ["dumbbells", 7], "7"),
        ("equipment", ["dumbbells", ["bands"]], "['bands']"),
        ("equipment", ["dumbbells", "none"], "none"),
        ("equipment", ["dumbbells", "unsure"], "unsure"),
        ("equipment", LISTS, "[[...]]"),
    ],
)
def test_rejects_an_answer_of_the_wrong_kind(
    rules: RuleBase, fact: str, value: object, shown: str
) -> None:
    with pytest.raises(AnswerError) as caught:
        advise({fact: value}, rules)
    (problem,) = caught.value.problems
    assert problem.startswith(f"`{fact}`: `{shown}` is no answer: expected ")
    assert "\n" not in problem


@pytest.mark.parametrize("value", ["", " ", ",", " , ", [""], ["", " "]], ids=repr)
def test_takes_an_empty_text_for_no_answer_at_all(rules: RuleBase, value: object) -> None:
    for fact in ("emergency_signs", "back_pain", "disc_history", "sciatica"):
        with pytest.raises(AnswerError) as caught:
            advise({fact: value}, rules)
        assert f"`{fact}`: " in caught.value.problems[0]
    with pytest.raises(AnswerError, match="an empty text is no answer"):
        advise({"emergency_signs": value}, rules)
    assert "`--emergency-signs`: an empty text" in legday("next", "--emergency-signs", "")[2]


@pytest.mark.parametrize("value", [[], (), set(), "none", ["none"], ("None",), {"none"}], ids=repr)
def test_takes_an_empty_list_and_none_for_none(rules: RuleBase, value: object) -> None:
    assert read_answers({"emergency_signs": value}, rules).by_name(rules)["emergency_signs"] == 0


@pytest.mark.parametrize("value", ["unsure", ["unsure"], ("Unsure",), {"unsure"}], ids=repr)
def test_takes_unsure_in_a_list_of_one(rules: RuleBase, value: object) -> None:
    facts = read_answers({"emergency_signs": value}, rules)
    assert facts.not_sure == {rules.question_position["emergency_signs"]}


@pytest.mark.parametrize("word", ["none", "unsure"])
def test_says_that_a_word_stands_alone(rules: RuleBase, word: str) -> None:
    with pytest.raises(AnswerError) as caught:
        advise({"equipment": f"bands,{word}"}, rules)
    (problem,) = caught.value.problems
    assert problem.endswith(f"expected `{word}` alone, or other answers without it")


def test_tells_of_every_bad_answer_at_once(rules: RuleBase) -> None:
    with pytest.raises(AnswerError) as caught:
        advise({"back_pain": math.nan, "bakc_pain": 3, "age": "old", 7: 7}, rules)  # type: ignore[dict-item]
    assert [each.split("`")[1] for each in caught.value.problems] == [
        "back_pain",
        "bakc_pain",
        "age",
        "7",
    ]


@pytest.mark.parametrize(
    "many",
    [
        {f"x{n}": n for n in range(100_000)},
        {"equipment": [f"x{n}" for n in range(100_000)]},
    ],
    ids=["questions", "choices"],
)
def test_stops_telling_when_there_is_no_end_to_it(rules: RuleBase, many: object) -> None:
    with pytest.raises(AnswerError) as caught:
        advise(many, rules)  # type: ignore[arg-type]
    assert len(caught.value.problems) == MANY


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["--bakc-pain", "3"], "unknown flag `--bakc-pain` (did you mean `--back-pain`?)"),
        (["--back-pain=3", "--back-pain=4"], "`--back-pain`: given 2 times, expected once"),
        (["--answers=a", "--answers=b"], "`--answers`: given 2 times, expected once"),
        (["--back-pain"], "`--back-pain`: expected a value after it"),
        (["--screened=yes"], "`--screened`: takes no value"),
        (["--country", "Narnia"], "`--country`: `Narnia` is no country: expected two letters"),
        (["--format", "pdf"], "`--format`: `pdf` is none of text, json, markdown, html"),
        (["--back-pain", "NaN"], "`--back-pain`: `NaN` is no answer: expected a whole number"),
        (["--back-pain", "9" * 400], f"`--back-pain`: `{'9' * 60}…` is no answer"),
        (["--sciatica", "pst"], "`--sciatica`: `pst` is no answer"),
        (["leg_press"], "unexpected word `leg_press`"),
    ],
)
def test_rejects_flags_that_make_no_sense(words: list[str], problem: str) -> None:
    code, out, err = legday("plan", *words)
    assert (code, out) == (2, "")
    assert any(line.startswith(f"error: {problem}") for line in err.splitlines())
    assert all(line.startswith("error: ") for line in err.splitlines())


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["--agee", "3"], "unknown flag `--agee` (did you mean `--age`?)"),
        (["--format", "pdf"], "`--format`: `pdf` is none of text, json, markdown, html"),
    ],
)
def test_tells_of_a_bad_answer_beside_a_bad_flag(words: list[str], problem: str) -> None:
    code, out, err = legday("plan", "--back-pain", "9x", *words)
    first, second = err.splitlines()
    assert (code, out, first) == (2, "", f"error: {problem}")
    assert second.startswith("error: `--back-pain`: `9x` is no answer")


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["--verison"], "unknown flag `--verison` (did you mean `--version`?)"),
        (["--back-pain=3", "plan"], "unknown flag `--back-pain` (flags stand after the command)"),
        (["rules", "--bogus", "check"], "unknown flag `--bogus` (flags stand after the command)"),
        (["--rules", "x", "plan"], "unknown flag `--rules` (flags stand after the command)"),
        (["plna"], "unknown command `plna` (did you mean `plan`?)"),
        (["rules", "chekc"], "unknown command `chekc` (did you mean `check`?)"),
    ],
)
def test_rejects_words_that_name_no_command(words: list[str], problem: str) -> None:
    assert legday(*words) == (2, "", f"error: {problem}\n")


def test_counts_a_set_given_twice_as_more_of_it() -> None:
    twice = legday("plan", "--equipment", "dumbbells", "--equipment", "bands", "--format=json")
    once = legday("plan", "--equipment", "dumbbells,bands", "--format=json")
    assert twice == once


NO_PAIN: dict[str, object] = {
    "back_pain": 0,
    "pain_in_lifts": 0,
    "soreness_onset": "never",
    "pain_triggers": [],
}
NO_DISC: dict[str, object] = {"disc_history": False, "sciatica": "never"}
CLASHES: dict[str, dict[str, object]] = {
    "no-pain-but-dull": {**NO_PAIN, "pain_quality": "dull"},
    "no-pain-but-sharp": {**NO_PAIN, "pain_quality": "sharp"},
    "no-pain-but-in-the-way": {**NO_PAIN, "daily_life_pain": True},
    "no-pain-but-worse": {**NO_PAIN, "pain_trend": "worse"},
    "no-pain-but-for-weeks": {**NO_PAIN, "pain_duration": "weeks"},
    "sore-after-but-never-hurt": {"pain_in_lifts": 0, "soreness_onset": "next_day"},
    "pain-but-no-kind-of-pain": {"back_pain": 2, "pain_quality": "none"},
    "sciatica-but-nothing-in-the-leg": {"sciatica": "current", "leg_symptoms": "none"},
    "recent-trouble-but-no-disc-or-sciatica": {**NO_DISC, "disc_when": "under_3_months"},
    "pressure-not-under-control-but-not-high": {
        "blood_pressure_controlled": False,
        "health_flags": [],
    },
    "pregnant-at-an-older-age": {"age": 70, "health_flags": ["pregnant"]},
}


def clashes(plan: object) -> list[str]:
    found = plan.to_dict()["contradictions"]  # type: ignore[attr-defined]
    return [each["rule"] for each in found]


@pytest.mark.parametrize("rule", CLASHES)
def test_names_two_answers_that_do_not_fit_together(rules: RuleBase, rule: str) -> None:
    plan = advise({**WELL, **CLASHES[rule]}, rules)
    assert clashes(plan) == [rule]
    (told,) = plan.to_dict()["contradictions"]  # type: ignore[misc]
    told_of = plan.to_dict()["rules"][told["rule"]]  # type: ignore[index]
    assert told_of["answers"].keys() == CLASHES[rule].keys()
    jsonschema.validate(plan.to_dict(), plan_schema())


def test_finds_nothing_that_clashes_in_good_answers(rules: RuleBase) -> None:
    assert clashes(advise(WELL, rules)) == []
    assert clashes(advise({**WELL, "back_pain": 3, "pain_quality": "dull"}, rules)) == []


@pytest.mark.parametrize("rule", CLASHES)
def test_takes_the_careful_one_of_two_answers(rules: RuleBase, rule: str) -> None:
    """With either of the two taken back, nothing is left out that is allowed with both."""
    both = CLASHES[rule]
    level, allowed = outcome({**WELL, **both}, rules)
    for fact in both:
        other_level, other = outcome({**WELL, fact: both[fact]}, rules)
        if rule != "no-pain-but-worse":  # there, both alone are harmless, and it asks again
            assert level >= other_level
        assert allowed <= other


def outcome(person: dict[str, object], rules: RuleBase) -> tuple[int, set[str]]:
    plan = advise(person, rules)
    names = {
        exercise.id
        for place, exercise in enumerate(rules.exercises)
        if plan.verdicts.allowed >> place & 1
    }
    assert plan.level is not None
    return LEVELS.index(plan.level), names


NEVER_HURTS = [
    "--back-pain=0",
    "--pain-in-lifts=0",
    "--soreness-onset=never",
    "--pain-triggers=none",
]


@pytest.mark.parametrize("kind", ["text", "markdown"])
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--screened", "--pain-quality", "dull"], 0),
        (["--screened", "--pain-quality", "sharp"], 0),
        (["--pain-quality", "dull"], 4),
        (["--pain-quality=dull", "--emergency-signs=chest_pain", "--screened"], 3),
    ],
)
def test_shows_the_clash_on_every_kind_of_plan(words: list[str], code: int, kind: str) -> None:
    done, out, err = legday("plan", *NEVER_HURTS, *words, "--format", kind)
    assert (done, err) == (code, "")
    assert "You say that your back does not hurt" in " ".join(out.split())


def test_does_not_cry_wolf_for_what_was_stated_clear_in_one_word() -> None:
    _, out, _ = legday("plan", "--screened", "--back-pain", "2")
    assert "do not fit" not in out


@given(answers(RULES))
def test_takes_any_sound_answers_however_they_clash(person: dict[str, object]) -> None:
    plan = plan_for(read_answers(person, RULES), RULES)
    assert set(clashes(plan)) <= CLASHES.keys()


@given(st.dictionaries(st.sampled_from([*RULES.question, "x", ""]), st.from_type(object)))
def test_takes_or_rejects_any_values_at_all(person: dict[str, object]) -> None:
    try:
        plan = advise(person, RULES)
    except AnswerError as error:
        problems = error.problems
    else:
        problems = ()
        assert plan.status in {"plan", "refer", "incomplete"}
    assert all(len(each) < 700 and each.isprintable() for each in problems)
