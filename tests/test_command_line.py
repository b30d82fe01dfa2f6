"""Words on a command line mean one thing each; what is wrong with them is told in our words."""

from __future__ import annotations

import io
import json
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from running import ROOT, SHOULDER
from well import legday

from advisor.cli.app import run
from advisor.cli.countries import COUNTRIES
from advisor.cli.environment import Environment
from advisor.rulebase.shapes import RuleBase

READING = (
    *("plan", "next", "troubleshoot", "questions", "exercises", "sources", "rules check"),
    *("rules show", "rules trace", "rules graph", "rules test", "rules draw", "rules prove"),
)


@pytest.mark.parametrize("command", READING)
def test_lays_a_second_rule_base_over_the_first_alike_everywhere(command: str) -> None:
    code, out, err = legday(*command.split(), "--rules", SHOULDER, "--rules=/nope")
    assert (code, "/nope:1:1: `/nope` is no folder" in out + err) == (5, True)


def test_reads_no_flag_after_two_dashes() -> None:
    code, out, err = legday("check", "leg_press", "--screened", "--", "--rules", "/nope")
    assert (code, out) == (2, "")
    assert err == "error: unexpected word `--rules`\nerror: unexpected word `/nope`\n"


def test_takes_what_stands_after_two_dashes_as_it_is() -> None:
    assert "unknown exercise `--rules`" in legday("check", "--", "--rules")[2]
    assert "unknown exercise `--help`" in legday("check", "--screened", "--", "--help")[2]


@pytest.mark.parametrize("value", ["-h", "--help", "--rules"])
def test_takes_the_value_of_a_flag_as_it_is(value: str) -> None:
    code, out, err = legday("what-if", "--change", value)
    assert (code, out) == (2, "")
    assert err == f"error: `--change`: `{value}`: expected FACT=VALUE\n"


@pytest.mark.parametrize("words", [["--rules", SHOULDER], [f"--rules={SHOULDER}"]], ids=str)
def test_makes_flags_of_the_rule_base_that_is_named_wherever_it_is(words: list[str]) -> None:
    flags = ["--shoulder-pain", "2", "--screened"]
    first, last = legday("plan", *words, *flags), legday("plan", *flags, *words)
    assert first == last
    assert first[0] in {0, 3, 4}
    assert "unknown flag `--back-pain`" in legday("plan", *words, "--back-pain", "2")[2]


def test_is_not_led_astray_by_flags_that_are_not_known_yet() -> None:
    code, _, err = legday("plan", "--shoulder-pain", "99", "--rules", SHOULDER)
    assert code == 2
    assert "`--shoulder-pain`: `99` is no answer" in err


def test_shows_all_its_own_flags_in_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = legday("--help")
    assert (code, err) == (0, "")
    for flag in ("--version", "--install-completion", "--show-completion", "--help", "-h"):
        assert flag in out
    assert capsys.readouterr() == ("", "")  # all of it is where the environment says


@pytest.mark.parametrize("flag", ["--version", "--help", "-h"])
def test_ends_well_when_asked_about_itself(flag: str) -> None:
    code, out, err = legday(flag)
    assert (code, err) == (0, "")
    assert "legday" in out


def test_tells_one_line_for_a_wrong_flag() -> None:
    assert legday("plan", "--bakc-pain", "3") == (
        2,
        "",
        "error: unknown flag `--bakc-pain` (did you mean `--back-pain`?)\n",
    )
    assert legday("plan", "--answers")[2] == "error: `--answers`: expected a value after it\n"
    assert legday("batch", "-", "--csv=1")[2] == "error: `--csv`: takes no value\n"
    assert legday("questions", "--format", "it's")[2] == (
        "error: `--format`: `it's` is none of text, json\n"
    )


def test_leaves_quietly_when_interrupted() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "advisor", "plan", "--answers", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    ) as program:
        time.sleep(2)  # by then it waits for answers
        program.send_signal(signal.SIGINT)
        assert program.communicate(timeout=20) == (b"", b"")
        assert program.returncode == 130


# Countries


@pytest.mark.parametrize(("typed", "number"), [("UK", "999"), ("uk", "999"), ("EL", "112")])
def test_knows_a_country_by_its_other_letters(typed: str, number: str) -> None:
    words = ("plan", "--emergency-signs", "chest_pain", "--country", typed, "--format", "json")
    document = json.loads(legday(*words)[1])
    assert f"({number})" in document["referral"]["action"]
    assert f"--country {'GR' if typed == 'EL' else 'GB'}" in document["command"]


@pytest.mark.parametrize("command", [["plan"], ["batch", "-"]], ids=" ".join)
def test_names_what_is_no_country(command: list[str]) -> None:
    code, out, err = legday(*command, "--country", "XX")
    assert (code, out) == (2, "")
    assert err == "error: `--country`: `XX` is no country: expected two letters, such as GB\n"


def test_knows_every_country_it_has_a_number_for(rules: RuleBase) -> None:
    assert {*rules.emergency_numbers} - {"anywhere"} <= COUNTRIES


# Files


def test_formats_what_it_can_and_tells_of_each_file_that_it_cannot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    good, missing = Path("good.yaml"), ["missing.yaml", "lost.yaml"]
    good.write_text("rules: {}\n\n\n\n")
    Path("broken.yaml").write_text("rules: [\n")
    code, out, err = legday("rules", "fmt", missing[0], "broken.yaml", "good.yaml", missing[1])
    assert code == 2
    assert "changed good.yaml\n" in out
    assert "broken.yaml:" in out
    assert [line for line in err.splitlines() if "cannot read" in line] == [
        f"error: cannot read `{name}`: no such file or directory" for name in missing
    ]
    assert good.read_text() == "rules: {}\n"


def test_says_which_folder_a_revision_is_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundled = tmp_path / "site-packages" / "rules"
    shutil.copytree(SHOULDER, bundled)
    monkeypatch.setattr("advisor.cli.parameters.bundled_rules", lambda: bundled)
    code, out, err = legday("rules", "diff", "HEAD", SHOULDER)
    assert (code, out) == (2, "")
    assert "`HEAD` is no folder, and no git revision" in err
    assert "missing `--rules`" in err


def test_takes_the_day_from_its_environment() -> None:
    def warned(day: date) -> int:
        out, err = io.StringIO(), io.StringIO()
        run(["rules", "check"], Environment(io.StringIO(), out, err, {}, day))
        return out.getvalue().count("[review-due]")

    assert warned(date(2026, 11, 1)) < warned(date(2046, 11, 1))


def test_reads_a_tab_at_the_end_of_a_line(tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    path.write_bytes(b"back_pain: 2\t\nage: 30 \t\r\n")
    document = json.loads(legday("plan", "--answers", str(path), "--format", "json")[1])
    assert document["answers"] == {"age": 30, "back_pain": 2}


def test_says_that_a_file_is_newer_than_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("kept.json").write_text('{"schema": "legday.answers/7", "answers": {}}')
    code, out, err = legday("plan", "--answers", "kept.json")
    assert (code, out) == (2, "")
    newer = "written by a newer version of legday (`legday.answers/7`)"
    assert err == f"error: `kept.json`: {newer}\n"


# What is loaded


@pytest.mark.parametrize(
    ("words", "unwanted"),
    [
        (["plan", "--screened", "--format", "json"], ["rich", "z3", "advisor.authoring"]),
        (["plan", "--screened"], ["z3", "advisor.authoring", "jinja2", "advisor.drawing"]),
        (["--help"], ["z3", "advisor.authoring", "ruamel"]),
        (["rules", "--help"], ["z3", "advisor.authoring", "ruamel"]),
    ],
    ids=str,
)
def test_loads_no_more_than_a_command_uses(words: list[str], unwanted: list[str]) -> None:
    script = (
        "import sys\nfrom advisor.cli.app import run\n"
        "from advisor.cli.environment import Environment\n"
        f"run({words!r}, Environment.of_process())\n"
        "print(*sorted(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True
    )
    loaded = set(done.stderr.split())
    assert loaded & {*unwanted} == set()
