"""Each lint fires on a small fault and is silent on a good rule base; entries can accept it."""

from __future__ import annotations

import io
import json
import random
import re
from datetime import date
from pathlib import Path
from time import process_time

import pytest
import textstat
from hypothesis import given, settings
from hypothesis import strategies as st
from people import answers
from random_bases import rule_bases

from advisor import load_rules
from advisor.answers import read_answers
from advisor.authoring.lint.lint import LINTS, lint
from advisor.authoring.lint.overlap import implies, masking, may_follow, never
from advisor.authoring.lint.prose import grade, syllables
from advisor.cli.app import run
from advisor.cli.environment import Environment
from advisor.report.problems import github_lines, problem_lines, sarif
from advisor.rulebase.problems import Problem, codes, severity
from advisor.rulebase.reading.build import read_with_places
from advisor.rulebase.reading.bundled import bundled_rules
from advisor.rulebase.shapes import RuleBase
from advisor.rulebase.truth import truth

SHOULDER = Path(__file__).parent / "shoulder"
TEXTS = {path.name: path.read_text() for path in SHOULDER.glob("*.yaml")}
TODAY = date(2026, 11, 21)
RULES = load_rules()

RULE = """
rules:
  added-rule:
    when: {when}
    {effect}
    because: {because}
    sources: [plain-sense]
    {examples}
    {accepts}
"""


def write(folder: Path, added: str = "", old: str = "", new: str = "") -> Path:
    """The small rule base with one thing changed and something added; it must be there."""
    texts = dict(TEXTS)
    if old:
        (name,) = (name for name, text in TEXTS.items() if old in text)
        texts[name] = texts[name].replace(old, new, 1)
    if added:
        texts["z.yaml"] = added
    for name, text in texts.items():
        (folder / name).write_text(text)
    return folder


def found(folder: Path, today: date = TODAY) -> list[Problem]:
    rules, draft = read_with_places(folder)
    return [each for each in lint(rules, draft, today) if severity(each.code) != "note"]


def rule(
    when: str,
    effect: str,
    examples: str,
    *,
    because: str = "It is added.",
    accepts: str = "",
) -> str:
    return RULE.format(
        when=when,
        effect=effect,
        examples=examples,
        because=because,
        accepts=accepts,
    )


TIP = "advise: {as: advice, say: Rest a little.}"
PAIN = "fires: {shoulder_pain: 8}\n    silent: {shoulder_pain: 0}"
BOTH = "fires: {shoulder_pain: 8, dislocated: yes}\n    silent: {shoulder_pain: 0, dislocated: no}"
LEFT = "questions:\n  left: {ask: Are you left-handed?, type: CHOICE}\n"
SIDE = LEFT.replace("CHOICE}", "choice, choices: {left: Left, right: Right, both: Both}}")
FEW = "dose: {sets: at most 1}"
SIDE_RULE = rule("{left: right}", FEW, "fires: {left: right}\n    silent: {left: left}")
TOLD_APART = rule("{left: [right, both]}", FEW, "fires: {left: right}\n    silent: {left: left}")
OLD = "reviewed: 2026-11-21"
HARD = "ask: Have musculoskeletal abnormalities previously necessitated professional intervention?"

# What is added, the code of the only remark, and the text that it points at.
ADDED = [
    ("findings:\n  tired: {means: a, when: {dislocated: yes}}\n", "unused-finding", "tired:"),
    (("findings:\n  tired: {means: a, when: {dislocated: yes}}\ninvariants:\n  rest: {says: Rest.,"
      " when: {any: [{tired: yes}, {dislocated: yes}]}, then: {session: no exercise twice}}\n"),
     "invariant-names-finding", "{any"),
    (LEFT.replace("CHOICE", "yes/no"), "unread-question", "left:"),
    (SIDE + SIDE_RULE.replace("\nrules", "rules"), "choice-not-told-apart", "both: Both"),
    (LEFT.replace("CHOICE", "yes/no") + rule("{left: yes}", TIP,
     "fires: {left: yes}\n    silent: {left: no}"), "never-asked", "left:"),
    (LEFT.replace("CHOICE", "yes/no") + rule("{left: yes}", "level: professional",
     "fires: {left: yes}\n    silent: {left: no}"), "no-clear-answer", "left:"),
    ("sources:\n  old-book: {title: A, kind: article, reviewed: 2026-01-01}\n", "source-not-cited",
     "old-book:"),
    (rule("{all: [{any: [{shoulder_pain: at least 1}, {shoulder_pain: at least 3}]}, "
          "{dislocated: yes}]}", TIP, BOTH), "needless-part", "{all"),
    (rule("{any: [{dislocated: yes}, {all: [{dislocated: yes}, {dislocated: no}]}]}", TIP,
          "fires: {dislocated: yes}\n    silent: {dislocated: no}"), "never-true", "{any"),
    (rule("{all: [{dislocated: yes}, {any: [{dislocated: yes}, {dislocated: no}]}]}", TIP,
          "fires: {dislocated: yes}\n    silent: {dislocated: no}"), "always-true", "{all"),
    (rule("{shoulder_pain: at least 8}", "level: modified", PAIN), "useless-rule", "added-rule:"),
    (rule("{shoulder_pain: at least 8}", "avoid: overhead_press", PAIN), "useless-rule",
     "added-rule:"),
    (rule("{dislocated: yes}", "dose: {sets: at most 3}",
          "fires: {dislocated: yes}\n    silent: {dislocated: no}"), "useless-rule", "added-rule:"),
    *((rule("{dislocated: yes}", limit, "fires: {dislocated: yes}\n    silent: {dislocated: no}"),
       "limit-never-reached", "added-rule:")
      for limit in ("days: at most 1", "lines: at most 2", "apart: [[push_up], [push_up]]")),
    (rule("{shoulder_pain: at least 4}", "avoid: {pattern: press}", PAIN), "no-stand-in",
     "{pattern"),
    (rule("{shoulder_pain: at least 4}", TIP, PAIN, because="Studies show that it helps."),
     "reason-without-ground", "Studies"),
    (rule("{shoulder_pain: at least 4}", TIP, PAIN, because='"TODO: say why."'), "to-do", '"TODO'),
    (rule("{shoulder_pain: at least 4}", TIP, PAIN, because="Rest is #1. It helps."), "text-cut",
     "Rest"),
    (rule("{shoulder_pain: at least 4}", TIP, PAIN, because="it needs rest."), "half-sentence",
     "it"),
    *((rule("{shoulder_pain: at least 4}", TIP, PAIN, because=text), code, text[:4])
      for text, code in (
          ("This is guaranteed to help.", "promise"),
          ("Sit down. It will heal you.", "promise"),
          ("It is completely safe.", "promise"),
          ("Take ibuprofen before it.", "medicine-advice"),
          ("Take a painkiller, then lift.", "medicine-advice"),
          ("It can ruin your arm.", "frightening"),
          ("You may never lift again.", "frightening"),
          ("Contraindications necessitate individualized professional consultation.",
           "hard-to-read"),
          (f"Rest. Sit. Do it {'now and ' * 17}then.", "long-sentence"))),
    (rule("{shoulder_pain: at least 4}", TIP, PAIN, accepts="accepts: {useles-rule: a}"),
     "unknown-code", "useles-rule"),
    (rule("{shoulder_pain: at least 4}", TIP, PAIN, accepts="accepts: {useless-rule: a}"),
     "needless-acceptance", "useless-rule"),
]  # fmt: skip
# What is changed into what, the code of the only remark, and the text that it points at.
EDITS = [
    ("values: [low, level, high]", "values: [low, level, high, above]", "value-never-used",
     "above]"),
    ("attributes: {pattern: press, overhead: level, gear: []}",
     "attributes: {pattern: press, overhead: low, gear: []}", "value-used-once", "level, high]"),
    (OLD, "reviewed: 2023-11-20\n  x: {title: A, kind: trial, reviewed: 2026-01-01}",
     "source-not-cited", "x:"),
    ("ask: Has your shoulder ever slipped out?", HARD, "hard-to-read", "Have musc"),
    ("    clear: none\n    concern: more\n\n  shoulder_pain:",
     "    clear: none\n    concern: more\n    good_for: 90 days\n\n  shoulder_pain:", "kept-alarm",
     "alarm_signs:"),
    ("harder: [overhead_press]", "easier: [overhead_press]", "easier-in-a-circle",
     "overhead_press:"),
]  # fmt: skip


def points_at(folder: Path, each: Problem, text: str) -> bool:
    lines = (folder / each.file).read_text().splitlines(keepends=True)[each.line - 1 :]
    return "".join(lines)[each.column - 1 :].startswith(text)


def test_tells_of_an_emergency_without_a_number_to_call(tmp_path: Path) -> None:
    level = "level: emergency\n    action: ACTION"
    texts = ("Call {emergency_number} now.", "Lie down.")
    added = "\n".join(
        rule("{dislocated: yes}", level.replace("ACTION", text), BOTH)
        .replace("\nrules:", "")
        .replace("added-rule", f"added-{place}")
        for place, text in enumerate(texts)
    )
    numbers = "emergency_numbers:\n  anywhere: {emergency: 112 or so, sources: [plain-sense]}\n"
    told = found(write(tmp_path, f"{numbers}rules:\n{added}"))
    named = [each.message.split("`")[1] for each in told if each.code == "no-number-to-call"]
    assert named == ["emergency", "added-1"]  # the first is the level itself


@pytest.mark.parametrize(("added", "code", "text"), ADDED, ids=[each[1] for each in ADDED])
def test_tells_of_what_was_added(tmp_path: Path, added: str, code: str, text: str) -> None:
    told = found(write(tmp_path, added))
    assert [each.code for each in told] == [code], [str(each) for each in told]
    assert points_at(tmp_path, told[0], text), str(told[0])


@pytest.mark.parametrize(("old", "new", "code", "text"), EDITS, ids=[each[2] for each in EDITS])
def test_tells_of_what_was_changed(
    tmp_path: Path, old: str, new: str, code: str, text: str
) -> None:
    told = found(write(tmp_path, old=old, new=new))
    assert [each.code for each in told] == [code], [str(each) for each in told]
    assert points_at(tmp_path, told[0], text), str(told[0])


def test_finds_nothing_in_a_good_rule_base(tmp_path: Path) -> None:
    assert found(write(tmp_path)) == []
    assert found(write(tmp_path, SIDE + TOLD_APART.replace("\nrules", "rules"))) != []  # two alike
    better = SIDE.replace(", both: Both", "") + SIDE_RULE.replace("\nrules", "rules")
    assert found(write(tmp_path, better)) == []


ACCEPTED = [
    (added, code) for added, code, _ in ADDED if codes()[code].acceptable and "added-rule" in added
]


@pytest.mark.parametrize(("added", "code"), ACCEPTED, ids=[each[1] for each in ACCEPTED])
def test_an_entry_accepts_it_with_a_reason(tmp_path: Path, added: str, code: str) -> None:
    if code == "choice-not-told-apart":
        added = added.replace("both: Both}}", "both: Both}, accepts: {choice-not-told-apart: a}}")
    elif code in {"never-asked", "no-clear-answer"}:
        added = added.replace("yes/no}", f"yes/no, accepts: {{{code}: a}}}}")
    else:
        added = added.rstrip() + f"\n    accepts: {{{code}: It is meant to be so.}}\n"
    assert found(write(tmp_path, added)) == []


def test_an_acceptance_without_a_reason_is_refused(tmp_path: Path) -> None:
    added = rule("{shoulder_pain: at least 4}", TIP, PAIN, accepts="accepts: {useless-rule: ''}")
    code, out, _ = check(write(tmp_path, added))
    assert (code, "[empty-text]" in out) == (5, True)


def test_a_source_is_due_for_review_after_three_years_unless_it_is_reasoning(
    tmp_path: Path,
) -> None:
    trial = TEXTS["base.yaml"].replace("kind: reasoning", "kind: trial")
    (tmp_path / "moves.yaml").write_text(TEXTS["moves.yaml"])
    for text, day, wanted in (
        (trial, date(2029, 11, 21), []),
        (trial, date(2029, 11, 22), ["review-due"]),
        (trial.replace("    reviewed: 2026-11-21\n", ""), TODAY, ["review-due"]),
        (TEXTS["base.yaml"], date(2050, 1, 1), []),
        (trial, date(2028, 2, 29), []),
    ):
        (tmp_path / "base.yaml").write_text(text)
        assert [each.code for each in found(tmp_path, day)] == wanted


def test_a_note_tells_of_rules_on_reasoning_alone(tmp_path: Path) -> None:
    rules, draft = read_with_places(write(tmp_path))
    notes = [each for each in lint(rules, draft, TODAY) if each.code == "reasoning-only"]
    assert len(notes) == len({each.id for each in rules.rules if not each.catalogue})


PRINTED = [
    "level: modified",
    "avoid: overhead_press",
    "caution: {exercises: push_up, limit: Go slowly.}",
    "prefer: {exercises: push_up, weight: 1}",
    "advise: {as: before_training, say: Ask first.}",
    "advise: {as: contradiction, say: One of these is a slip.}",
]
UNPRINTED = [TIP, "dose: {sets: at most 1}", "lines: at most 3"]


def without_short(folder: Path, *effects: str) -> list[str]:
    """What is said of rules with these effects and no short line."""
    added = "".join(
        rule("{shoulder_pain: at least 4}", effect, PAIN).replace("added", f"added-{place}")
        for place, effect in enumerate(effects)
    )
    added = added.replace("\nrules:\n", "\n")
    short = rule("{shoulder_pain: 5}", TIP, PAIN.replace("8", "5"))
    short = short.replace("because:", "short: It is.\n    because:")
    told = found(write(folder, short + added))
    return [each.message.split("`")[1] for each in told if each.code == "missing-short"]


def test_tells_of_a_printed_reason_without_a_short_line(tmp_path: Path) -> None:
    names = [f"added-{place}-rule" for place in range(len(PRINTED))]
    assert [name for name in without_short(tmp_path, *PRINTED) if name in names] == names


def test_asks_for_no_short_line_of_a_reason_that_is_not_printed(tmp_path: Path) -> None:
    assert not [name for name in without_short(tmp_path, *UNPRINTED) if "added" in name]


def test_asks_for_no_short_line_where_no_rule_has_one(tmp_path: Path) -> None:
    added = rule("{shoulder_pain: at least 4}", "avoid: overhead_press", PAIN)
    assert "missing-short" not in {each.code for each in found(write(tmp_path, added))}


def test_of_two_equal_rules_one_is_useless(tmp_path: Path) -> None:
    first = rule("{shoulder_pain: at least 4}", "avoid: push_up", PAIN)
    second = first.replace("\nrules:\n", "").replace("added-rule", "added-twice")
    told = found(write(tmp_path, first + second))
    assert [each.message.split("`")[1] for each in told] == ["added-twice"]


@given(answers(RULES))
def test_what_a_rule_masks_it_masks_for_everyone(person: dict[str, object]) -> None:
    facts = read_answers(person, RULES)
    known = dict(zip((each.id for each in RULES.questions), facts.values, strict=True))
    said = {False: 0, None: 1, True: 2}
    for narrow, wide in MASKING:
        held = [said[truth(each.when, known, RULES.finding)] for each in (narrow, wide)]
        assert held[0] <= held[1], (narrow.id, wide.id, person)


AUTHORED = [each for each in RULES.rules if not each.catalogue]
MASKING = [(each, wide) for each in AUTHORED for wide in masking(each, RULES)]


@settings(max_examples=60, deadline=None)
@given(rule_bases())
def test_overlooks_no_rule_that_holds_whenever_another_does(rules: RuleBase) -> None:
    for rule in rules.rules:
        following = {each.id for each in may_follow(rule.when, rules)}
        assert following >= {each.id for each in rules.rules if implies(rule, each, rules)}


def test_no_authored_condition_is_constant() -> None:
    assert [each.id for each in RULES.findings if never(each.when, RULES)] == []


# The shipped rules


def check(folder: Path | None, *flags: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    named = ["--rules", str(folder)] if folder else []
    words = ["rules", "check", *named, "--today", "2026-11-21", *flags]
    code = run(words, Environment(io.StringIO(), out, err, {}))
    return int(code), out.getvalue(), err.getvalue()


def test_the_shipped_rules_are_clean() -> None:
    started = process_time()
    code, out, err = check(None, "--strict")
    assert (code, err) == (0, ""), out
    assert re.fullmatch(r"legday .*, no problems \(\d+ notes: --notes\)\n", out)
    assert process_time() - started < 10, "it takes 2 seconds on an idle machine"


def test_every_acceptance_of_the_shipped_rules_has_a_full_sentence() -> None:
    _, draft = read_with_places(bundled_rules())
    reasons = [
        reason
        for entries in draft.entries.values()
        for entry in entries.values()
        for reason in getattr(entry.model, "accepts", {}).values()
    ]
    assert reasons
    assert [each for each in reasons if len(each.split()) < 5 or not each.endswith(".")] == []


# Reports


def test_json_lists_problems_with_severity_and_notes_apart(tmp_path: Path) -> None:
    code, out, _ = check(write(tmp_path, ADDED[0][0]), "--format", "json")
    document = json.loads(out)
    (problem,) = document["problems"]
    assert code == 5
    assert problem == {
        "code": "unused-finding",
        "severity": "error",
        "file": "z.yaml",
        "line": 2,
        "column": 3,
        "message": "nothing names the finding `tired`",
        "hint": "remove it, or name it in a rule",
    }
    assert {each["severity"] for each in document["notes"]} == {"note"}


def test_a_warning_fails_only_with_strict(tmp_path: Path) -> None:
    folder = write(tmp_path, old=EDITS[3][0], new=EDITS[3][1])
    code, out, err = check(folder)
    assert (code, err.startswith("warning: 1 warning;")) == (0, True)
    assert ": warning: " in out
    assert check(folder, "--strict")[0] == 5
    assert json.loads(check(folder, "--format", "json")[1])["problems"][0]["severity"] == "warning"


def test_notes_are_shown_when_asked_for(tmp_path: Path) -> None:
    write(tmp_path)
    assert "reasoning-only" not in check(tmp_path)[1]
    code, out, _ = check(tmp_path, "--notes")
    assert (code, out.count("[reasoning-only]")) == (0, 14)


def test_an_old_day_of_review_can_be_judged_by_another_span(tmp_path: Path) -> None:
    folder = write(tmp_path, old="kind: reasoning", new="kind: trial")
    late = ("--today", "2030-01-01")
    out = io.StringIO()
    words = ["rules", "check", "--rules", str(folder)]
    run([*words, *late], Environment(io.StringIO(), out, io.StringIO(), {}))
    assert "[review-due]" in out.getvalue()
    out = io.StringIO()
    run([*words, *late, "--review-years", "9"], Environment(io.StringIO(), out, io.StringIO(), {}))
    assert "[review-due]" not in out.getvalue()


@pytest.mark.parametrize("flags", [("--today", "soon"), ("--review-years", "0")])
def test_rejects_days_and_spans_that_are_none(flags: tuple[str, str]) -> None:
    err = io.StringIO()
    code = run(["rules", "check", *flags], Environment(io.StringIO(), io.StringIO(), err, {}))
    assert (code, flags[0] in err.getvalue()) == (2, True)


def test_sarif_has_the_shape_that_viewers_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "my rules"
    folder.mkdir()
    write(folder, ADDED[0][0])
    monkeypatch.chdir(tmp_path)
    code, out, err = check(Path("my rules"), "--format", "sarif")
    log = json.loads(out)
    (part,) = log["runs"]
    (result,) = part["results"]
    (kind,) = part["tool"]["driver"]["rules"]
    (location,) = result["locations"]
    assert (code, err) == (5, "")
    assert (log["version"], log["$schema"][-16:]) == ("2.1.0", "sarif-2.1.0.json")
    assert part["tool"]["driver"]["name"] == "legday"
    assert (result["ruleId"], result["ruleIndex"], result["level"]) == (
        "unused-finding",
        0,
        "error",
    )
    assert kind["id"] == "unused-finding"
    assert kind["shortDescription"]["text"] == codes()["unused-finding"].says
    assert kind["defaultConfiguration"]["level"] == "error"
    place = location["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "my%20rules/z.yaml"
    assert place["region"] == {"startLine": 2, "startColumn": 3}
    assert "`tired`" in result["message"]["text"]


def test_sarif_of_a_clean_rule_base_has_no_results() -> None:
    code, out, _ = check(None, "--format", "sarif")
    assert (code, json.loads(out)["runs"][0]["results"]) == (0, [])


def test_sarif_numbers_each_kind_once() -> None:
    problems = [Problem(code, "a.yaml", 1, 1, "a") for code in ("to-do", "hard-to-read", "to-do")]
    (part,) = sarif(problems, Path("rules"), "1")["runs"]  # type: ignore[misc]
    assert [each["ruleIndex"] for each in part["results"]] == [0, 1, 0]
    assert [each["id"] for each in part["tool"]["driver"]["rules"]] == ["to-do", "hard-to-read"]


def test_github_gets_one_annotation_for_each_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, ADDED[0][0])
    monkeypatch.chdir(tmp_path.parent)
    code, out, err = check(tmp_path, "--format", "github")
    told = "nothing names the finding `tired` (remove it, or name it in a rule)"
    place = f"file={tmp_path.name}/z.yaml,line=2,col=3,title=unused-finding"
    assert (code, err) == (5, "")
    assert out == f"::error {place}::{told}\n"


NASTY = st.text(alphabet="a%:,\n\r\u2028\x1b[31m`é", max_size=12)


@given(NASTY, NASTY, NASTY)
def test_no_text_breaks_out_of_its_line(file: str, message: str, hint: str) -> None:
    each = Problem("to-do", file, 1, 1, message, hint)
    (github,) = github_lines([each], Path("rules"))
    (line,) = problem_lines([each])
    assert github.count("\n") == line.count("\n") == 1
    assert "\r" not in github + line
    assert "\x1b" not in github + line
    properties = github.removeprefix("::error ").split("::")[0]
    assert [part.split("=")[0] for part in properties.split(",")] == [
        "file",
        "line",
        "col",
        "title",
    ]


# Reading


def test_measures_reading_about_as_others_do() -> None:
    texts = [text for each in RULES.questions for text in (each.ask, each.help, each.why)]
    texts += [each.because for each in RULES.rules if not each.catalogue]
    apart = [grade(text) - textstat.flesch_kincaid_grade(text) for text in texts]
    assert abs(sum(apart) / len(apart)) < 0.5
    assert max(map(abs, apart)) < 5  # names of blood tests and years are counted in other ways


@pytest.mark.parametrize(
    ("word", "count"),
    [("cat", 1), ("table", 2), ("exercises", 4), ("used", 1), ("added", 2), ("being", 2),
     ("presses", 2), ("don't", 1), ("the", 1), ("42", 1), ("therapist", 3)],
)  # fmt: skip
def test_counts_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


@given(st.text(max_size=40))
def test_measures_any_text(text: str) -> None:
    assert grade(text) < 1000


def test_every_lint_has_a_code_of_its_own() -> None:
    assert len(LINTS) == len({each.__name__ for each in LINTS})
    assert {severity(code) for code in codes()} == {"error", "warning", "note"}


def made_up(folder: Path, count: int) -> Path:
    """The small rule base with this many rules more, on twenty questions more."""
    chance = random.Random(1)
    asked = range(20)
    lines = ["questions:"]
    lines += [f"  q{n}: {{type: integer, ask: How sore?, theme: T, minimum: 0, maximum: 10, "
              f"concern: rising}}" for n in asked]  # fmt: skip
    lines += ["rules:"]
    for number in range(count):
        tests = {f"q{n}": chance.randint(2, 9) for n in chance.sample(asked, 3)}
        when, fires, silent = (
            ", ".join(f"{name}: {word}{least - less}" for name, least in tests.items())
            for word, less in (("at least ", 0), ("", 0), ("", 1))
        )
        examples = f"fires: {{{fires}}}, silent: {{{silent}}}"
        lines += [f"  made-up-{number}: {{when: {{{when}}}, avoid: push_up, because: Made up.,"]
        lines += [f"    sources: [plain-sense], {examples}}}"]
    folder.mkdir()
    return write(folder, "\n".join([*lines, ""]))


def test_the_time_that_it_takes_grows_with_the_rules_and_not_with_their_square(
    tmp_path: Path,
) -> None:
    spent = []
    for count in (300, 1200):
        folder, times = made_up(tmp_path / str(count), count), list[float]()
        for _ in range(3):  # the best of three: a busy machine disturbs the short one most
            start = process_time()
            found(folder)
            times.append(process_time() - start)
        spent.append(min(times))
    assert spent[1] < 10 * spent[0]
