"""Rule files become the shapes, in an order that does not depend on files or rules."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.rulebase.problems import RuleBaseError
from advisor.rulebase.reading.build import read_rule_base
from advisor.rulebase.reading.files import digest, gather
from advisor.rulebase.shapes import (
    ALWAYS,
    LEVELS,
    Advise,
    All,
    Any,
    Avoid,
    Cap,
    Caution,
    Citation,
    Comparison,
    Dose,
    Level,
    Named,
    Not,
    Place,
    Prefer,
    Rule,
    RuleBase,
    Suspect,
)

SHOULDER = Path(__file__).parent / "shoulder"
TEXTS = {path.name: path.read_text() for path in SHOULDER.glob("*.yaml")}
RULES = read_rule_base(SHOULDER)
EVERYTHING = 0b111111


def write(folder: Path, texts: dict[str, str]) -> Path:
    for name, text in texts.items():
        (folder / name).write_text(text)
    return folder


def rule(name: str, this: str = "") -> Rule:
    (found,) = (each for each in RULES.rules if (each.id, each.this) == (name, this))
    return found


def condition(folder: Path, when: str, fires: str, silent: str) -> object:
    """The condition that `when` becomes, in a rule of its own."""
    added = f"""
  added:
    when: {when}
    level: go
    because: it is added
    sources: [plain-sense]
    fires: {fires}
    silent: {silent}
"""
    texts = {**TEXTS, "moves.yaml": TEXTS["moves.yaml"] + added}
    rules = read_rule_base(write(folder, texts))
    return next(each.when for each in rules.rules if each.id == "added")


@pytest.mark.parametrize(
    ("when", "fires", "silent", "expected"),
    [
        ("{dislocated: yes}", "{dislocated: yes}", "{dislocated: no}", ("is", (1,))),
        ("{dislocated: no}", "{dislocated: no}", "{dislocated: yes}", ("is", (0,))),
        ("{shoulder_pain: 3}", "{shoulder_pain: 3}", "{shoulder_pain: 4}", ("between", (3, 3))),
        (
            "{shoulder_pain: at least 3}",
            "{shoulder_pain: 10}",
            "{shoulder_pain: 2}",
            ("between", (3, 10)),
        ),
        (
            "{shoulder_pain: at most 2}",
            "{shoulder_pain: 0}",
            "{shoulder_pain: 3}",
            ("between", (0, 2)),
        ),
        (
            "{shoulder_pain: 3 to 4}",
            "{shoulder_pain: 4}",
            "{shoulder_pain: 5}",
            ("between", (3, 4)),
        ),
        ("{gear: bands}", "{gear: bands}", "{gear: [dumbbells]}", ("count", (1, 0b10))),
        ("{gear: [bands, dumbbells]}", "{gear: bands}", "{gear: none}", ("count", (1, 0b11))),
        ("{gear: some}", "{gear: bands}", "{gear: []}", ("count", (1, 0b11))),
        ("{gear: at least 2}", "{gear: [bands, dumbbells]}", "{gear: none}", ("count", (2, 0b11))),
        (
            "{sore_after: {at_least: 2, of: [overhead_press, wall_slide, push_up]}}",
            "{sore_after: [overhead_press, push_up]}",
            "{sore_after: [overhead_press]}",
            ("count", (2, 0b1011)),
        ),
    ],
)
def test_turns_each_test_into_a_comparison(
    tmp_path: Path, when: str, fires: str, silent: str, expected: tuple[str, tuple[int, ...]]
) -> None:
    found = condition(tmp_path, when, fires, silent)
    assert isinstance(found, Comparison)
    assert (found.operator, found.operand) == expected


def test_turns_an_empty_set_into_none_of_all(tmp_path: Path) -> None:
    found = condition(tmp_path, "{gear: none}", "{gear: none}", "{gear: bands}")
    assert found == Not(Comparison("gear", "count", (1, 0b11)))


def test_turns_choices_into_places(tmp_path: Path) -> None:
    added = """
  mood:
    ask: How do you feel?
    type: choice
    choices: {good: Good, fair: Fair, bad: Bad}
    clear: good
    concern: [good, fair, bad]
"""
    texts = {**TEXTS, "base.yaml": TEXTS["base.yaml"] + added}
    texts["moves.yaml"] += """
  mood-level:
    when: {mood: [bad, fair]}
    level: modified
    because: it is added
    sources: [plain-sense]
    fires: {mood: bad}
    silent: {mood: good}
"""
    rules = read_rule_base(write(tmp_path, texts))
    found = next(each for each in rules.rules if each.id == "mood-level")
    assert found.when == Comparison("mood", "is", (1, 2))
    assert (found.fires, found.silent) == ((("mood", 2),), (("mood", 0),))
    mood = rules.question["mood"]
    assert (mood.clear, mood.concern) == (0, ("good", "fair", "bad"))


def test_joins_conditions(tmp_path: Path) -> None:
    found = condition(
        tmp_path,
        "{shoulder_needs_care: no, any: [{gear: bands}, {not: {dislocated: yes}}]}",
        "{dislocated: no, shoulder_pain: 0}",
        "{dislocated: yes}",
    )
    bands, slipped = Comparison("gear", "count", (1, 2)), Comparison("dislocated", "is", (1,))
    assert found == All((Not(Named("shoulder_needs_care")), Any((bands, Not(slipped)))))


def test_reads_the_head_the_levels_and_the_schedule() -> None:
    assert (RULES.name, RULES.version, RULES.session_at_most) == ("shoulderday", "0.1", 2)
    assert RULES.sha256 == digest(gather(SHOULDER)[0])
    assert len(RULES.levels) == len(LEVELS)
    assert RULES.levels[3].action == "Call a physical therapist this week."
    assert RULES.schedule.sessions_per_week == (1, 2)
    assert RULES.schedule.hours_since == "hours_since_shoulder_day"
    assert RULES.slots[1].sources == (Citation("plain-sense", "small muscles"),)


def test_reads_questions() -> None:
    alarm, after = RULES.question["alarm_signs"], RULES.question["sore_after"]
    assert (alarm.clear, alarm.concern) == (0, "more")
    assert alarm.choices[1].help == "At rest, or when you move."
    assert after.choices[0].id == "overhead_press"
    assert after.choices[0].label == "Overhead press"
    assert RULES.question["shoulder_pain"].clear is None


def test_reads_exercises() -> None:
    found = RULES.exercise["side_lying_rotation"]
    assert found.attributes == {"pattern": ("rotation",), "overhead": ("low",), "gear": ()}
    assert found.per_side
    assert found.dose == Dose(2, 12, 3, 60, load_percent=100, load_step_percent=10)
    assert RULES.exercise["push_up"].dose is None


def test_keeps_the_authors_order_of_exercises_and_sorts_rules() -> None:
    assert list(RULES.position)[:2] == ["overhead_press", "push_up"]
    assert [each.id for each in RULES.rules] == sorted(each.id for each in RULES.rules)


@pytest.mark.parametrize(
    ("name", "effects"),
    [
        ("alarm-emergency", (Level(5),)),
        (
            "strong-pain-ask-first",
            (Level(3, "Ask a physical therapist to look at your shoulder."),),
        ),
        (
            "care-modified",
            (
                Level(1),
                Cap(EVERYTHING, "sets", at_most=True, amount=2),
                Cap(EVERYTHING, "reps_in_reserve", at_most=False, amount=3),
                Cap(EVERYTHING, "rest_hours", at_most=False, amount=72),
            ),
        ),
        ("slipped-not-overhead", (Avoid(0b1),)),
        ("mild-pain-short-range", (Caution(0b1111, "Stop short of where it hurts."),)),
        ("prefer-dumbbells", (Prefer(0b101, (), 2),)),
        ("warm-up-circles", (Advise("warm_up", "Draw ten slow circles with each arm."),)),
        (
            "press-too-heavy",
            (
                Suspect(
                    "The press was too heavy",
                    2,
                    "Press half the weight next time.",
                    14,
                    "overhead_press",
                    "It hurts just as much.",
                ),
            ),
        ),
    ],
)
def test_reads_effects(name: str, effects: tuple[object, ...]) -> None:
    assert rule(name).effects == effects


def test_repeats_a_rule_for_each_value_of_an_attribute() -> None:
    found = rule("no-gear-no-exercise", "bands")
    assert found.when == Not(Comparison("gear", "count", (1, 0b10)))
    assert found.effects == (Avoid(0b10000),)
    assert found.because == "You do not have this: Bands."
    assert (found.fires, found.silent) == ((("gear", 0),), (("gear", 0b10),))
    assert rule("no-gear-no-exercise", "dumbbells").effects == (Avoid(0b101),)


def test_repeats_a_rule_for_each_exercise_in_catalogue_order() -> None:
    found = [each for each in RULES.rules if each.id == "sore-after-wait"]
    assert [each.this for each in found] == list(RULES.position)
    assert found[1].effects == (Avoid(0b10),)
    assert found[1].because == "The push-up hurt last time."


def test_repeats_a_rule_only_for_exercises_that_the_question_lists(tmp_path: Path) -> None:
    listed = TEXTS["base.yaml"].replace(
        "choices: exercises", "choices: {overhead_press: Press, wall_slide: Slide}"
    )
    rules = read_rule_base(write(tmp_path, {**TEXTS, "base.yaml": listed}))
    found = [each.this for each in rules.rules if each.id == "sore-after-wait"]
    assert found == ["overhead_press", "wall_slide"]


def test_makes_one_rule_of_the_cues_of_each_exercise() -> None:
    found = rule("how-to-push-up")
    assert found.when == ALWAYS
    assert found.catalogue
    assert found.because == "how push-up is done"
    assert found.sources == (Citation("plain-sense"),)
    assert found.effects == (
        Advise("cue", "Lower your chest until it is a fist away from the floor.", 0b10),
        Advise("cue", "Let your hips sag.", 0b10),
    )
    assert sum(each.catalogue for each in RULES.rules) == len(RULES.exercises)


def test_keeps_not_sure_in_examples(tmp_path: Path) -> None:
    silent = "{dislocated: no, gear: unsure}"
    texts = {**TEXTS}
    texts["moves.yaml"] = texts["moves.yaml"].replace(
        "    fires: {dislocated: yes}\n    silent: {dislocated: no}\n",
        f"    fires: {{dislocated: yes}}\n    silent: {silent}\n",
    )
    rules = read_rule_base(write(tmp_path, texts))
    found = next(each for each in rules.rules if each.id == "slipped-not-overhead")
    assert found.silent == (("dislocated", 0), ("gear", None))


def without_places(rules: RuleBase) -> RuleBase:
    bare = tuple(replace(each, place=Place("", 0, 0)) for each in rules.rules)
    return replace(rules, rules=bare, sha256="")


def test_builds_the_same_whatever_the_order_of_files_and_rules(tmp_path: Path) -> None:
    findings, rest = TEXTS["moves.yaml"].split("exercises:\n")
    exercises, rules = rest.split("rules:\n")
    blocks = rules.strip("\n").split("\n\n")
    assert len(blocks) == 14
    (tmp_path / "deep").mkdir()
    texts = {
        "z.yaml": TEXTS["base.yaml"],
        "a.yaml": "rules:\n" + "\n\n".join(reversed(blocks[:5])),
        "m.yaml": "exercises:\n" + exercises,
        "deep/x.yaml": "rules:\n" + "\n\n".join(reversed(blocks[5:])),
        "deep/y.yaml": findings,
    }
    again = read_rule_base(write(tmp_path, texts))
    assert without_places(again) == without_places(RULES)
    assert again.sha256 != RULES.sha256


def test_orders_findings_after_those_they_build_on(tmp_path: Path) -> None:
    added = """
  any_care: {means: some care, when: {any: [{zz_care: yes}, {gear: none}]}}
  zz_care: {means: more care, when: {shoulder_needs_care: yes}}
"""
    texts = {
        **TEXTS,
        "moves.yaml": TEXTS["moves.yaml"].replace("\nexercises:", added + "\nexercises:"),
    }
    found = [each.id for each in read_rule_base(write(tmp_path, texts)).findings]
    assert found == ["shoulder_needs_care", "zz_care", "any_care"]


WORDS = sorted({word for text in TEXTS.values() for word in text.split()})
EDIT = st.tuples(
    st.sampled_from(sorted(TEXTS)),
    st.integers(0, 5000),
    st.integers(0, 12),
    st.one_of(st.sampled_from(WORDS), st.text("[]{}:,-&*!|>'\"%@`#?\n \\0", max_size=4)),
)


@given(st.lists(EDIT, min_size=1, max_size=3))
@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_never_fails_on_edited_rule_files(
    tmp_path: Path, edits: list[tuple[str, int, int, str]]
) -> None:
    texts = dict(TEXTS)
    for name, start, length, text in edits:
        texts[name] = texts[name][:start] + text + texts[name][start + length :]
    write(tmp_path, texts)
    try:
        assert read_rule_base(tmp_path).rules
    except RuleBaseError as error:
        assert error.problems  # noqa: PT017 - either outcome is fine, nothing else is
