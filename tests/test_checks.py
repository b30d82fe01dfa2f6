"""Every mistake in a rule base is found, named and placed: one small edit, one problem."""

from datetime import date
from pathlib import Path

import pytest

from advisor.authoring.lint.lint import lint
from advisor.rulebase.problems import Problem, RuleBaseError, codes
from advisor.rulebase.reading.build import read_rule_base, read_with_places

SHOULDER = Path(__file__).parent / "shoulder"
TEXTS = {path.name: path.read_text() for path in SHOULDER.glob("*.yaml")}
SLIPPED = "    when: {dislocated: yes}\n    avoid: {overhead: high, except: wall_slide}\n"
AVOID = "avoid: {overhead: high, except: wall_slide}"
PREFER = "prefer: {exercises: {gear: dumbbells}, weight: 2}"
WARM_UP = "advise: {as: warm_up, say: Draw ten slow circles with each arm.}"
FEW_SETS = "dose: {sets: at most 2, reps_in_reserve: at least 3, rest_hours: at least 72}"
GUIDANCE = """
guidance:
  0-01: {says: a, document: plain-sense, place: b, status: encoded}
  0-02: {says: a, document: plain-sense, place: b, status: rejected, note: not so}
"""


def problems(folder: Path, texts: dict[str, str]) -> tuple[Problem, ...]:
    for name, text in texts.items():
        (folder / name).write_text(text)
    with pytest.raises(RuleBaseError) as error:
        read_rule_base(folder)
    return error.value.problems


def edited(old: str, new: str) -> dict[str, str]:
    """The texts with the first of one thing changed; it must be there."""
    (name,) = (name for name, text in TEXTS.items() if old in text)
    return {**TEXTS, name: TEXTS[name].replace(old, new, 1)}


def finding(name: str, when: str) -> str:
    return f"  {name}: {{means: it is added, when: {when}}}\n"


# What is changed into what, the code of the only problem, and the text it points at.
EDITS = [
    # Keys and values.
    ("    theme: Alarm signs\n    when", "    teme: A\n    when", "unknown-key", "teme: A"),
    ("level: emergency", "level: emergancy", "unknown-level", "emergancy"),
    ("  go:\n", "  gone: {says: a}\n  go:\n", "unknown-level", "gone"),
    ("kind: reasoning", "kind: rumor", "unknown-word", "rumor"),
    ("per_side: yes", "per_side: true", "unknown-word", "true"),
    ("reviewed: 2026-11-21", "reviewed: 2026-13-21", "bad-value", "2026-13-21"),
    ('version: "0.1"', "version: 0.1", "wrong-type", "0.1"),
    ("at_most: 2", 'at_most: "2"', "wrong-type", '"2"'),
    ("at_most: 2", "at_most: 0", "out-of-bounds", "0}"),
    ("fires: {shoulder_pain: 7}", "fires: 7", "wrong-type", "7"),
    ("name: Push-up", "name: ''", "empty-text", "''"),
    ("patterns: [rotation]", "patterns: []", "empty-list", "[]"),
    ("avoid: {gear: this}", "avoid: {gear: []}", "empty-list", "[]"),
    ("    name: Push-up\n", "", "missing-key", "push_up:"),
    ("    because: These signs need help right now.\n", "", "missing-because", "alarm-emergency:"),
    ("because: These signs need help right now.", "because: ''", "missing-because", "''"),
    ("    because: The small muscles keep the joint steady.\n", "", "missing-because", "cuff:"),
    ("    sources: [plain-sense]\n    fires", "    fires", "missing-sources", "alarm-emergency:"),
    ("sources: [plain-sense]\n    fires", "sources: []\n    fires", "missing-sources", "[]\n    f"),
    ("  band_rotation:", "  band-rotation:", "bad-id", "band-rotation:"),
    ("  press-too-heavy:", "  press_too_heavy:", "bad-id", "press_too_heavy:"),
    ("  alarm_signs:", "  not: {ask: a, type: yes/no}\n  alarm_signs:", "reserved-word", "not:"),
    ("bands: Bands}", "none: Bands}", "reserved-word", "none: B"),
    ("  press-too-heavy:", "  how-to-heavy:", "reserved-word", "how-to-heavy:"),
    ("  shoulder_needs_care:\n",
     "  gear: {means: a, when: {dislocated: yes}}\n  shoulder_needs_care:\n",
     "name-clash", "gear:"),
    # Names of other things.
    ("any:\n        - shoulder_pain", "any:\n        - sholder_pain", "unknown-fact", "sholder_p"),
    ("hours_since: hours_since_shoulder_day", "hours_since: hour", "unknown-fact", "hour\n"),
    ("fires: {alarm_signs: [arm_numb]}", "fires: {alarm: []}", "unknown-fact", "alarm: []"),
    ("fires: {dislocated: yes}", "fires: {shoulder_needs_care: yes}", "unknown-fact", "shoulder_n"),
    ("{alarm_signs: [arm_numb]}", "{alarm_signs: [arm_nub]}", "unknown-choice", "arm_nub"),
    ("when: {gear: dumbbells}", "when: {gear: [dumbells]}", "unknown-choice", "dumbells"),
    ("easier: [push_up]", "easier: [pushup]", "unknown-exercise", "pushup"),
    ("easier: [push_up]", "easier: [overhead_press]", "unknown-exercise", "overhead_press]"),
    ("except: wall_slide", "except: wall_side", "unknown-exercise", "wall_side"),
    ("exercise: overhead_press\n", "exercise: press\n", "unknown-exercise", "press\n"),
    (AVOID, "avoid: {overhed: high}", "unknown-attribute", "overhed"),
    ("for_each: gear", "for_each: gears", "unknown-attribute", "gears"),
    ("overhead: low, gear: []}", "overhead: low, gear: [], x: y}", "unknown-attribute", "x: y"),
    (AVOID, "avoid: {overhead: [high, hihg]}", "unknown-value", "hihg"),
    ("{pattern: press, overhead: level", "{pattern: press, overhead: lev", "unknown-value", "lev,"),
    (PREFER, "prefer: {slots: [man], weight: 1}", "unknown-slot", "man]"),
    ("[{plain-sense: small muscles}]", "[{plain-sens: small}]", "unknown-source", "plain-sens:"),
    ("patterns: [rotation]", "patterns: [rotate]", "unknown-pattern", "rotate]"),
    ("The {this} hurt", "The {that} hurt", "unknown-placeholder", "The {that}"),
    ("These signs need", "These {this} need", "unknown-placeholder", "These {this}"),
    ("when: {gear: dumbbells}", "when: {gear: this}", "this-outside-for-each", "this}"),
    (PREFER, "avoid: {gear: this}", "this-outside-for-each", "this}"),
    (SLIPPED, f"    for_each: exercise\n{SLIPPED}", "this-not-used", "exercise\n"),
    ("when: {sore_after: this}\n", "when: {gear: this}\n", "selector-matches-nothing", "sore-aft"),
    # Conditions.
    ("when: {alarm_signs: some}", "when: some", "bad-condition", "some\n"),
    ("when: {alarm_signs: some}", "when: {any: {gear: some}}", "bad-condition", "{gear: some}"),
    ("when: {alarm_signs: some}", "when: {any: [always]}", "bad-condition", "always]"),
    ("when: {alarm_signs: some}", "when: {}", "empty-condition", "{}"),
    ("when: {alarm_signs: some}", "when: {all: []}", "empty-condition", "[]"),
    ("when: {dislocated: yes}", "when: {dislocated: true}", "wrong-test", "true"),
    ("when: {dislocated: yes}", "when: {dislocated: at least 1}", "wrong-test", "at least 1"),
    ("when: {gear: dumbbells}", "when: {gear: 3}", "wrong-test", "3}"),
    ("when: {gear: dumbbells}", "when: {gear: {of: [bands]}}", "wrong-test", "{of"),
    ("{shoulder_pain: at least 7}", "{shoulder_pain: over 7}", "wrong-test", "over 7"),
    ("{shoulder_needs_care: yes}", "{shoulder_needs_care: 1}", "wrong-test", "1}"),
    ("silent: {shoulder_pain: 6}", "silent: {shoulder_pain: 11}", "wrong-test", "11"),
    ("{shoulder_pain: at least 7}", "{shoulder_pain: at least 11}", "out-of-bounds", "at least 11"),
    ("{shoulder_pain: 1 to 6}", "{shoulder_pain: 6 to 1}", "out-of-bounds", "6 to 1"),
    ("when: {gear: dumbbells}", "when: {gear: at least 3}", "out-of-bounds", "at least 3"),
    ("fires: {shoulder_pain: 7}", "fires: {shoulder_pain: 6}", "example-does-not-fire", "{should"),
    ("fires: {shoulder_pain: 7}", "fires: {shoulder_pain: unsure}", "example-does-not-fire", "{sh"),
    ("silent: {shoulder_pain: 6}", "silent: {shoulder_pain: 7}", "example-not-silent", "{shoulder"),
    ("silent: {shoulder_pain: 6}", "silent: {}", "example-not-silent", "{}"),
    ("    silent: {shoulder_pain: 6}\n", "", "missing-example", "strong-pain-ask-first:"),
    (WARM_UP, f"{WARM_UP}\n    fires: {{gear: none}}", "needless-example", "{gear: none}\n    bec"),
    # Effects.
    ("    level: emergency\n", "", "no-effect", "alarm-emergency:"),
    (PREFER, "prefer: {weight: 2}", "no-effect", "{weight: 2}"),
    (FEW_SETS, "dose: {exercises: everything}", "no-effect", "{exercises: everything}"),
    (AVOID, "avoid: 3", "bad-selector", "3\n"),
    (AVOID, "avoid: {overhead: low, pattern: press}", "selector-matches-nothing", "{overhead: low"),
    ("sets: at most 2", "sets: 2", "bad-cap", "2,"),
    ("sets: at most 2", "sets: at least 2", "wrong-direction", "at least 2"),
    ("rest_hours: at least 72", "rest_hours: at most 72", "wrong-direction", "at most 72"),
    ("sets: at most 2", "sets: at most 0", "out-of-bounds", "at most 0"),
    ("weight: 2}", "weight: -2}", "out-of-bounds", "-2"),
    (PREFER, "level: go\n    action: Rest.", "needless-action", "Rest."),
    ("    action: Call your doctor today.\n", "", "missing-action", "urgent:"),
    (WARM_UP, "advise: {as: cue, say: Breathe.}", "bad-advice", "{as: cue"),
    (WARM_UP, "advise: {as: warm_up, exercises: push_up, say: A.}", "bad-advice", "{as: warm"),
    ("    level: modified\n    dose", "    about: shoudler\n    level: modified\n    dose",
     "unknown-topic", "shoudler"),
    ("avoid: this\n", "avoid: {kin_of: this}\n", "no-kinship", "this}"),
    (WARM_UP, WARM_UP.replace("}", ", withdraws: [gear]}"), "bad-advice", "[gear]}"),
    (WARM_UP, "advise: {as: contradiction, say: A., withdraws: [geer]}", "unknown-fact", "geer]}"),
    # Questions, attributes, the catalogue, the session.
    ("    maximum: 10\n", "", "bad-question", "shoulder_pain:\n    theme"),
    ("    type: yes/no\n", "    type: yes/no\n    minimum: 1\n", "bad-question", "1\n"),
    ("choices: exercises", "choices: {}", "bad-question", "{}"),
    ("    type: yes/no\n", "    type: yes/no\n    choices: {a: A}\n", "bad-question", "choices: {"),
    ("minimum: 0\n    maximum: 10\n", "minimum: 11\n    maximum: 10\n", "out-of-bounds", "10\n"),
    ("clear: none", "clear: nothing", "bad-clear", "nothing"),
    ("clear: none", "clear: unsure", "bad-clear", "unsure"),
    ("clear: none", "clear: none\n    if_unsure: arms", "bad-clear", "arms"),
    ("clear: none", "clear: none\n    shortcuts: {none: none}", "reserved-word", "none: none}"),
    ("clear: none", "clear: none\n    shortcuts: {both: unsure}", "bad-clear", "unsure}"),
    ("of 10\n    concern: rising", "of 10\n    concern: more", "bad-concern", "more"),
    ("    values: [press, raise, rotation]", "    values: [press, raise, rotation, press]",
     "bad-attribute", "press]\n  overhead"),
    ("{pattern: press, overhead: high", "{pattern: [press, raise], overhead: high",
     "bad-attribute", "[press, raise], over"),
    ("    values: [press, raise, rotation]", "    values: [press, raise, rotation]\n    many: yes",
     "no-pattern", "yes\n"),
    ("overhead: low, gear: [bands]", "overhead: low", "missing-attribute", "{pattern: rotation, o"),
    ("    cues:\n      movement: [Slide your hands up the wall.]", "    cues: {}",
     "missing-cues", "{}"),
    ("name: Lateral raise", "name: Push up", "duplicate-name", "Push up"),
    ("[military press]", "[Wall-slide]", "duplicate-name", "wall_slide:"),
    ("patterns: [rotation]", "patterns: [rotation, press]", "dose-clash", "{sets: 2, reps: 15"),
    ("sessions_per_week: [1, 2]", "sessions_per_week: [2, 1]", "bad-schedule", "[2, 1]"),
    ("sessions_per_week: [1, 2]", "sessions_per_week: [1, 4]", "bad-schedule", "[1, 4]"),
    ("hours_since: hours_since_shoulder_day", "hours_since: dislocated", "bad-schedule", "dislo"),
    ("check_in: shoulder_pain", "check_in: gear", "bad-journal", "gear"),
    ("check_in: shoulder_pain", "check_in: hours_since_shoulder_day", "bad-journal", "hours_s"),
    ("check_in: shoulder_pain", "check_in: sholder_pain", "unknown-fact", "sholder_pain"),
    ("quiet: at most 2", "quiet: at most 11", "bad-journal", "at most 11"),
    ("quiet: at most 2", "quiet: at least 2", "bad-journal", "at least 2"),
    ("over: 4 sessions", "over: 4 weeks", "bad-observation", "4 weeks"),
    ("where: at least 2", "where: high", "bad-observation", "high"),
    ("good_for: 90 days", "good_for: a while", "bad-observation", "a while"),
    ("observed: hours_since_session", "observed: hours_sinc_session", "unknown-fact", "hours_sinc"),
    ("observed: hours_since_session", "observed: {setbacks: 1}", "bad-observation", "{setbacks"),
    ("step_percent: [2, 25]", "step_percent: [25, 2]", "bad-scheme", "[25, 2]"),
    ("step_back_percent: 80", "step_back_percent: 120", "bad-scheme", "120"),
    ("{days_ago: 3, before: 1, next_morning: 1}", "{days_ago: yesterday}", "bad-history", "{days"),
    ("overhead_press: 3x10@8/2", "overhead_press: a lot", "bad-history", "a lot"),
    ("rest_until: at least 7", "rest_until: at most 7", "wrong-direction", "at most 7"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "points_at"), EDITS)
def test_rejects_one_mistake_with_one_problem_at_its_place(
    tmp_path: Path, old: str, new: str, code: str, points_at: str
) -> None:
    texts = edited(old, new)
    found = problems(tmp_path, texts)
    assert [each.code for each in found] == [code], [str(each) for each in found]
    lines = texts[found[0].file].splitlines(keepends=True)[found[0].line - 1 :]
    assert "".join(lines)[found[0].column - 1 :].startswith(points_at), str(found[0])


# What is added at the end of a file with rules, and the codes of all problems.
ADDED = [
    ("guidance:\n  0-01: {says: a, document: b, place: c, status: encoded}\n", ["unknown-source"]),
    (GUIDANCE, ["guidance-not-encoded"]),
    (GUIDANCE.replace("encoded", "limited"), ["missing-note"]),
    (GUIDANCE.replace("encoded", "gap, note: d, conflicts: [0-02]"), ["needless-conflicts"]),
    (
        GUIDANCE.replace("encoded", "resolved, note: d, conflicts: [0-09]"),
        ["unknown-guidance"],
    ),
    ("findings:\n  shoulder_needs_care: {means: a, when: {gear: some}}\n", ["duplicate-id"]),
    ("session: {at_most: 3}\n", ["duplicate-id"]),
    (
        "findings:\n"
        + finding("a", "{c: yes}")
        + finding("b", "{a: no}")
        + finding("c", "{b: no}"),
        ["circular-findings"],
    ),
    (
        "findings:\n  n0: {means: a, when: {gear: some}}\n"
        + "".join(finding(f"n{i}", f"{{n{i - 1}: yes}}") for i in range(1, 60)),
        ["too-deep"],
    ),
    (
        "questions:\n"
        + "".join(f"  q{i}: {{ask: a, type: yes/no}}\n" for i in range(14))
        + "findings:\n"
        + finding("wide", "{" + ", ".join(f"q{i}: yes" for i in range(14)) + "}"),
        ["too-wide"],
    ),
]


TOPIC = """
topics:
  shoulder: {label: the shoulder, level: LEVEL}
rules:
  sore-shoulder-no-press:
    about: shoulder
    when: {shoulder_pain: at least 2}
    EFFECT
    because: A press asks a lot of a sore shoulder.
    sources: [plain-sense]
    fires: {shoulder_pain: 2}
    silent: {shoulder_pain: 1}
"""
TAKES_AWAY = (
    "avoid: overhead_press",
    "caution: {exercises: overhead_press, limit: Go slow.}",
    "dose: {sets: at most 1}",
)


@pytest.mark.parametrize("effect", TAKES_AWAY)
def test_demands_the_level_of_its_topic_from_a_rule_that_takes_something_away(
    tmp_path: Path, effect: str
) -> None:
    text = TOPIC.replace("LEVEL", "entry").replace("EFFECT", f"level: modified\n    {effect}")
    (found,) = problems(tmp_path, {**TEXTS, "z.yaml": text})
    assert (found.code, found.file, found.hint) == ("level-missing", "z.yaml", "add `level: entry`")
    (tmp_path / "z.yaml").write_text(text.replace("level: modified", "level: entry"))
    assert "sore-shoulder-no-press" in {rule.id for rule in read_rule_base(tmp_path).rules}


def test_demands_no_level_from_a_rule_that_only_informs(tmp_path: Path) -> None:
    said = "advise: {as: advice, say: Rest a little.}"
    text = TOPIC.replace("LEVEL", "modified").replace("EFFECT", said)
    for name, each in {**TEXTS, "z.yaml": text}.items():
        (tmp_path / name).write_text(each)
    assert "sore-shoulder-no-press" in {rule.id for rule in read_rule_base(tmp_path).rules}


@pytest.mark.parametrize(
    ("sources", "codes"),
    [("[big-trial, plain-sense]", ["weaker-source"]), ("[plain-sense, big-trial]", [])],
)
def test_remarks_on_a_source_that_is_weaker_than_the_one_before_it(
    tmp_path: Path, sources: str, codes: list[str]
) -> None:
    texts = edited(
        "sources: [plain-sense]\n    fires: {shoulder_pain: 7}",
        f"sources: {sources}\n    fires: {{shoulder_pain: 7}}",
    )
    source = "  big-trial: {title: A, kind: trial, reviewed: 2026-11-21}\n"
    for name, text in {**texts, "z.yaml": f"sources:\n{source}"}.items():
        (tmp_path / name).write_text(text)
    rules, draft = read_with_places(tmp_path)
    remarks = [
        each for each in lint(rules, draft, date(2026, 11, 21)) if each.code == "weaker-source"
    ]
    assert [each.code for each in remarks] == codes
    assert all("strong-pain-ask-first" in each.message for each in remarks)


@pytest.mark.parametrize(("text", "codes"), ADDED)
def test_rejects_what_is_wrong_across_files(tmp_path: Path, text: str, codes: list[str]) -> None:
    found = problems(tmp_path, {**TEXTS, "z.yaml": text})
    assert [each.code for each in found] == codes, [str(each) for each in found]
    assert found[0].file == "z.yaml"


ENCODES = [("0-01", []), ("0-02", ["guidance-encoded-anyway"]), ("0-3", ["unknown-guidance"])]


@pytest.mark.parametrize(("item", "codes"), ENCODES)
def test_rejects_rules_that_name_what_is_no_guidance(
    tmp_path: Path, item: str, codes: list[str]
) -> None:
    old = "    because: These signs"
    texts = {**edited(old, f"    encodes: [{item}]\n{old}"), "z.yaml": GUIDANCE}
    if not codes:
        for name, text in texts.items():
            (tmp_path / name).write_text(text)
        assert len(read_rule_base(tmp_path).guidance) == 2
        return
    found = problems(tmp_path, texts)
    assert [each.code for each in found] == codes


def test_names_the_circle(tmp_path: Path) -> None:
    text = "findings:\n" + finding("b", "{a: yes}") + finding("a", "{b: yes}")
    (found,) = problems(tmp_path, {**TEXTS, "z.yaml": text})
    assert "a → b → a" in found.message


def test_says_which_answers_show_that_a_condition_is_inexact(tmp_path: Path) -> None:
    when = "{any: [{shoulder_pain: at least 3}, {shoulder_pain: at most 2}]}"
    text = "findings:\n" + finding("any_pain", when)
    (found,) = problems(tmp_path, {**TEXTS, "z.yaml": text})
    assert (found.code, found.line) == ("inexact-condition", 2)
    assert found.message.endswith("shoulder_pain unsure")


def test_says_which_facts_an_example_leaves_open(tmp_path: Path) -> None:
    texts = edited("silent: {dislocated: no, shoulder_pain: 2}", "silent: {dislocated: no}")
    (found,) = problems(tmp_path, texts)
    assert found.hint == "no answer to `shoulder_pain`"


RULE = "rules:\n  added:\n    because: A.\n    sources: [plain-sense]\n    {}\n"
WILDCARD = "for all write `everything`; for some a list, or `{attribute: value}`"


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("except: wall_slide", "except: wall_side", "did you mean `wall_slide`?"),
        ("    theme: Alarm signs\n    when", "    teme: A\n    when", "did you mean `theme`?"),
        ("level: emergency", "level: emergancy", "did you mean `emergency`?"),
        ("{shoulder_needs_care: yes}", "{sholder_needs_care: yes}",
         "did you mean `shoulder_needs_care`?"),
        ("rules:\n", "ruels:\n", "did you mean `rules`?"),
        ("reps: 12", "rep: 12", "did you mean `reps`?"),
        ("rest_seconds: 60", "rest_minutes: 1", "write `rest_seconds: 60`"),
        ("rules:\n", RULE.format("if: {dislocated: yes}"), "did you mean `when`?"),
        *(
            ("rules:\n", RULE.format(f"when: {{dislocated: yes}}\n    {wrong}"), cure)
            for wrong, cure in (
                ("dose: {rest_minutes: 2}", "write `rest_seconds: at least 120`"),
                ("dose: {rest_minutes: at least 2}", "write `rest_seconds: at least 120`"),
                ("dose: {rest_seconds: 2 minutes}", "write `at least 120`"),
                ("dose: {rest_seconds: 1 hour}", "write `at least 3600`"),
                ("dose: {load_percent: 60%}", "write `at most 60`"),
                ("dose: {load_percent: at most 60%}", "write `at most 60`"),
                ("dose: {sets: few}", "write `at most 2`"),
                ("avoid: push_*", WILDCARD),
                ("avoid: '*'", WILDCARD),
                ("avoid: all", WILDCARD),
                ("avoid: *", "for every exercise, write `everything`"),
            )
        ),
        ("say: Draw ten slow circles", "say: Draw, slow", "put text with a comma in quotes"),
    ],
)  # fmt: skip
def test_hints_at_the_remedy(tmp_path: Path, old: str, new: str, hint: str) -> None:
    assert hint in [each.hint for each in problems(tmp_path, edited(old, new))]


def test_reports_everything_at_once_in_reading_order(tmp_path: Path) -> None:
    texts = dict(TEXTS)
    for old, new in (
        ("kind: reasoning", "kind: rumor"),
        ("clear: none", "clear: nothing"),
        ("sets: at most 2", "sets: at least 2"),
        ("fires: {shoulder_pain: 7}", "fires: {shoulder_pain: 6}"),
        ("except: wall_slide", "except: wall_side"),
    ):
        texts = {name: text.replace(old, new, 1) for name, text in texts.items()}
    found = problems(tmp_path, texts)
    assert [each.code for each in found] == [
        "unknown-word",
        "bad-clear",
        "example-does-not-fire",
        "wrong-direction",
        "unknown-exercise",
    ]
    assert [(each.file, each.line) for each in found] == sorted(
        (each.file, each.line) for each in found
    )


def test_blames_nobody_for_naming_what_is_broken_elsewhere(tmp_path: Path) -> None:
    texts = edited("means: your shoulder hurts, or has slipped out before", "means: 3")
    assert [each.code for each in problems(tmp_path, texts)] == ["wrong-type"]
    texts = edited("    type: yes/no\n", "    type: yes\n")
    assert [each.code for each in problems(tmp_path, texts)] == ["unknown-word"]
    texts = edited("name: Wall slide", "nam: Wall slide")
    assert [each.code for each in problems(tmp_path, texts)] == ["unknown-key"]


@pytest.mark.parametrize("part", ["sets: 3, ", "reps: 10, ", "reps_in_reserve: 2, "])
def test_a_slot_says_its_dose_itself(part: str, tmp_path: Path) -> None:
    (found,) = problems(tmp_path, edited(part, ""))
    assert (found.code, found.message) == ("missing-key", f"`{part[: part.index(':')]}` is missing")


def test_rejects_an_empty_rule_base(tmp_path: Path) -> None:
    found = problems(tmp_path, {"a.yaml": "rules: {}\n"})
    assert [each.code for each in found].count("missing-section") == 5
    assert [each.code for each in found].count("missing-level") == 6
    assert "no-pattern" in [each.code for each in found]


def test_every_code_is_explained_and_shown_by_a_test() -> None:
    tests = Path(__file__).parent
    text = "".join(
        (tests / f"test_{name}.py").read_text()
        for name in ("reading", "checks", "days", "lint", "fmt", "invariants", "drawings", "layers")
    )
    assert [code for code in codes() if f'"{code}"' not in text] == []
    assert all(each.says.endswith(".") and each.says[0].isupper() for each in codes().values())
