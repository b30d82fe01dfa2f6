"""What stands in the README and in `examples/` is what the program really does."""

from __future__ import annotations

import doctest
import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import pytest
from jsonschema import Draft202012Validator
from running import ROOT, environment, inside, program

from advisor.report.schema import plan_schema

EXAMPLES = ROOT / "examples"
STORIES = sorted(path.name for path in (EXAMPLES / "weeks").glob("*.yaml"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROFILES = sorted((EXAMPLES / "profiles").iterdir())
SCHEMA = Draft202012Validator(plan_schema())
CODES = {"plan": 0, "refer": 3, "incomplete": 4}

EXPECTED = {
    "blood-pressure-not-controlled": "professional",
    "chronic-sciatica": "entry",
    "disc-history-mat": "modified",
    "elder": "modified",
    "emergency": "emergency",
    "healthy-full-gym": "go",
    "high-blood-pressure": "modified",
    "incomplete": None,
    "not-sure": "entry",
    "not-sure-of-nerves": "professional",
    "sore-back-dumbbells": "entry",
    "teenager": "modified",
    "urgent": "urgent",
}


def script(name: str) -> ModuleType:
    """A script of the examples as a module."""
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def record() -> ModuleType:
    """The script, whose shell finds the program as a wheel brings it: that starts sooner."""
    module = script("record")
    of_the_copy = module.shell

    @contextmanager
    def shell() -> Iterator[dict[str, str]]:
        with of_the_copy() as variables:
            yield {**variables, **program()}

    module.shell = shell
    return module


# Profiles.


def test_has_a_level_for_every_profile() -> None:
    assert {path.stem for path in PROFILES} == set(EXPECTED)


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.name)
def test_plans_for_every_profile_in_every_form(path: Path) -> None:
    words = ["plan", "--answers", str(path)]
    done = inside(*words, "--format", "json")
    plan = json.loads(done.stdout)
    SCHEMA.validate(plan)
    assert plan["level"] == EXPECTED[path.stem]
    code = CODES[plan["status"]]
    assert done.returncode == code
    for form in ("text", "markdown"):
        done = inside(*words, "--format", form)
        assert (done.returncode, done.stderr) == (code, "")
        assert plan["level_says"] in " ".join(done.stdout.split())


def test_keeps_a_disc_history_off_the_leg_press() -> None:
    path = str(EXAMPLES / "profiles" / "disc-history-mat.yaml")
    words = ["check", "leg press", "--answers", path, "--equipment", "leg_press"]
    assert json.loads(inside(*words, "--format", "json").stdout)["verdict"] == "avoid"


# Scripts.


def test_plans_for_a_coach(record: ModuleType, tmp_path: Path) -> None:
    with record.shell() as variables:
        done = subprocess.run(
            [EXAMPLES / "coach.sh", tmp_path],
            env=variables,
            capture_output=True,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert [line.partition(":")[0] for line in lines] == [p.stem for p in PROFILES] + ["leg press"]
    said = dict(line.split(": ", maxsplit=1) for line in lines)
    assert said["emergency"] == "no training, see somebody first (emergency)"
    assert said["incomplete"].startswith("please ask about emergency_signs, urgent_signs")
    assert re.search(r"Glute bridge \dx\d+", said["disc-history-mat"])
    assert said["leg press"].startswith("avoid; instead: ")
    for name in ("phone.md", "after-a-flare.md"):
        assert "Split squat" in (tmp_path / name).read_text(encoding="utf-8")
    assert json.loads((tmp_path / "elder.json").read_text(encoding="utf-8"))["session"]


def run_example(name: str, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / name), *words],
        env=environment(),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_plans_from_python() -> None:
    shown = run_example("plan_in_python.py")
    assert "level modified" in shown
    assert "Leg press: avoid; instead: " in shown
    assert "unknown question `knee_pain`" in shown


def test_chats_until_there_is_a_plan(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    client = script("chat_client")

    def asked_here(answers: dict[str, object], *words: str) -> object:
        return json.loads(inside(*words, "--answers", "-", given=json.dumps(answers)).stdout)

    monkeypatch.setattr(client, "legday", asked_here)
    monkeypatch.setattr(sys, "argv", ["chat_client.py", str(EXAMPLES / "chats/mild-ache.json")])
    client.main()
    shown = capsys.readouterr().out.splitlines()
    assert shown[0].startswith("bot: Do you have any of these signs now?")
    asked = [line for line in shown if line.endswith("more at most]")]
    assert 10 < len(asked) <= 28
    assert sum(line.startswith("you: ") for line in shown) == len(asked)
    assert any(re.match(r"bot: Glute bridge, \dx", line) for line in shown)


def test_chats_no_further_than_an_emergency() -> None:
    shown = run_example("chat_client.py", "examples/chats/chest-pain.json").splitlines()
    assert shown[1] == 'you: ["chest_pain"]'
    assert "emergency number" in shown[-1]
    assert len(shown) == 4


def test_answers_twenty_clients_in_order() -> None:
    done = inside("batch", "examples/clients.jsonl")
    assert (done.returncode, done.stderr) == (0, "")
    plans = [json.loads(line) for line in done.stdout.splitlines()]
    clients = (EXAMPLES / "clients.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(plans) == len(clients) == 20
    for plan, client in zip(plans, clients, strict=True):
        SCHEMA.validate(plan)
        assert {*plan["answers"], *plan["not_sure"]} == set(json.loads(client))
    assert {plan["status"] for plan in plans} == set(CODES)


# What is recorded.


def test_shows_transcripts_and_examples_as_they_are_today(record: ModuleType) -> None:
    """If this fails: `python examples/record.py --write`, and read what has changed."""
    for path, text in record.recorded().items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name} is out of date"


def test_records_the_routines_of_sixteen_people(record: ModuleType) -> None:
    folder = EXAMPLES / "routines"
    recorded = {path.stem for path in folder.glob("*.txt")}
    assert recorded == {path.stem for path in record.ROUTINES}
    assert len(recorded) == 16
    routines = [
        path.read_text(encoding="utf-8").partition("\n")[2] for path in folder.glob("*.txt")
    ]
    assert len(set(routines)) == 16, "two people have one and the same routine"


@pytest.mark.parametrize("story", STORIES)
def test_plays_twelve_weeks_as_they_are_today(story: str, record: ModuleType) -> None:
    """If this fails: `python examples/record.py --write`, and read what has changed."""
    path = EXAMPLES / "weeks" / story
    assert record.played(path) == path.with_suffix(".txt").read_text(encoding="utf-8")


def test_records_nothing_but_the_three_conversations(record: ModuleType) -> None:
    written = {path.stem for path in (EXAMPLES / "transcripts").iterdir()}
    assert written == set(record.PEOPLE)
    assert written == set(re.findall(r"\(examples/transcripts/([a-z-]+)\.txt\)", README))


def test_records_the_pages_of_some_profiles_at_two_widths(record: ModuleType) -> None:
    written = {path.name for path in (EXAMPLES / "pages").iterdir()}
    names = [Path(each).stem for each in record.SHOWN]
    assert written == {f"{name}-{width}.txt" for name in names for width in record.WIDTHS}
    assert len({*names}) == 12


def test_records_the_sheets_of_some_people(record: ModuleType) -> None:
    written = {path.name for path in (EXAMPLES / "sheets").iterdir()}
    assert written == {f"{Path(each).stem}.html" for each in record.SHEETS}


def test_shows_python_in_the_readme_that_does_what_it_says() -> None:
    failed, tried = doctest.testfile(str(ROOT / "README.md"), module_relative=False)
    assert failed == 0
    assert tried >= 5


def shell_blocks() -> list[str]:
    return re.findall(r"```sh\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize(
    "block", [b for b in shell_blocks() if not b.startswith("python3 -m venv")]
)
def test_shows_commands_in_the_readme_that_run(
    block: str, record: ModuleType, tmp_path: Path
) -> None:
    (tmp_path / "examples").symlink_to(EXAMPLES)
    with record.shell() as variables:
        done = subprocess.run(
            ["/bin/sh", "-ec", block],
            cwd=tmp_path,
            env=variables,
            capture_output=True,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, "")


def test_has_two_commands_for_a_fresh_machine_of_one_line_each() -> None:
    lines = [line for line in README.splitlines() if line.startswith("python3 -m venv .venv && ")]
    assert len(lines) == 2
    assert " plan " in lines[0]
    assert "pytest" not in lines[0]
    assert "'.[test]'" in lines[1]
    assert lines[1].endswith("pytest")


PAGES = [
    path
    for folder in ("", "examples", "rules", "benchmarks")
    for path in sorted((ROOT / folder).glob("*.md"))
]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_to_files_that_are_there(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    for link in links:
        assert (page.parent / link).exists(), link
