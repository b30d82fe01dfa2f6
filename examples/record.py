"""Record what the program really shows: transcripts, pages, routines, and the READMEs' examples.

    python examples/record.py            # tell what is out of date; exit 1 if anything is
    python examples/record.py --write    # record it again

A transcript is a person of `examples/profiles/` at a real pseudo-terminal, who answers whatever
is asked. A page is the plan of one of them, on windows of two widths; a sheet is what one
takes along. A routine is every day of a person of `examples/routines/`, a line for each exercise.
The weeks of a story are what was said and done on each of its days. In a README, each block of the
kind `console` has a command after `$` and below it what the command prints. Needs a Unix system and
this folder's neighbours.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import chdir, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(HERE)]

from terminal_session import Session  # noqa: E402 - found by the line above
from weeks import STORIES, played  # noqa: E402 - the same

from advisor import advise, load_rules  # noqa: E402 - the same
from advisor.cli.answer_files import parse_answers  # noqa: E402 - the same
from advisor.cli.app import run  # noqa: E402 - the same
from advisor.cli.environment import Environment  # noqa: E402 - the same
from advisor.interview.prompts import RIGHT, SLIP, pages  # noqa: E402 - the same
from advisor.rulebase.shapes import CHOICE, SET, Question  # noqa: E402 - the same

PLAIN = {"NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
PAGES = (ROOT / "README.md", HERE / "README.md")
ROUTINES = sorted((HERE / "routines").glob("*.yaml"))
SHOWN = (  # whose page is recorded
    "profiles/healthy-full-gym.yaml",
    "routines/healthy-beginner.yaml",
    "routines/experienced-strength-full-gym.yaml",
    "profiles/teenager.json",
    "profiles/elder.yaml",
    "profiles/sore-back-dumbbells.yaml",
    "profiles/disc-history-mat.yaml",
    "routines/pain-of-four.yaml",
    "profiles/not-sure.yaml",
    "profiles/incomplete.yaml",
    "profiles/urgent.json",
    "profiles/emergency.yaml",
)
WIDTHS = (80, 50)
SHEETS = (  # whose sheet is recorded, as it was on a day
    "profiles/healthy-full-gym.yaml",
    "profiles/sore-back-dumbbells.yaml",
    "routines/calm-disc-of-ten-years-ago.yaml",
    "profiles/urgent.json",
)
DAY = "2026-11-26T12:00"
_NOWHERE = io.StringIO(), io.StringIO()
_BLOCK = re.compile(r"(?<=```console\n)(.*?)(?=```\n)", re.DOTALL)


@dataclass(frozen=True)
class Person:
    """Who answers: a profile, and words typed at some questions before the answer."""

    profile: str
    first: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


PEOPLE = {
    "healthy-full-gym": Person("healthy-full-gym.yaml", {"hips_lift": ("?",)}),
    "disc-history-and-mat": Person(
        "disc-history-mat.yaml", {"disc_history": ("why",), "pain_quality": ("maybe", "back", "1")}
    ),
    "emergency": Person("emergency.yaml", {"emergency_signs": ("?",)}),
}


def transcript(person: Person) -> str:
    """What one person sees, from the command to the plan."""
    rules = load_rules()
    profile = HERE / "profiles" / person.profile
    answers = parse_answers(profile.read_bytes(), person.profile)
    open_questions = list(rules.questions)
    with Session(**PLAIN) as session:
        session.prompt()
        shown = session.say("")  # the first door
        while question := _asked(shown, open_questions):
            open_questions.remove(question)
            for line in person.first.get(question.id, ()):
                session.say(line)
            for page in pages(question):
                if question.ask in " ".join(shown.split()):
                    session.type(f"{_typed(page, answers.get(question.id, 'unsure'))}\n")
                    shown = _answer_to(session)
        return f"$ legday\n{_plain(session.screen)}"


def _answer_to(session: Session) -> str:
    """What follows an answer: the next question, or nothing more once the plan is there."""
    try:
        shown = session.prompt()
    except AssertionError:  # it has left, with the plan on the screen
        session.end()
        return ""
    if any(words in shown for words in ("Your answers", RIGHT, SLIP)):
        session.type("\n")
        with suppress(AssertionError):  # who is sent to a doctor is not asked about a journal
            session.prompt()
            session.type("no\n")
        session.end()
        return ""
    return shown


def _asked(shown: str, questions: list[Question]) -> Question | None:
    """The question that a screen ends with."""
    words = " ".join(shown.split())
    return next((each for each in questions if each.ask in words), None)


def _typed(question: Question, answer: object) -> str:
    """An answer as a person would type it: numbers for choices, words for the rest."""
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if isinstance(answer, str) and question.kind == CHOICE and answer in question.positions:
        return str(question.positions[answer] + 1)
    if isinstance(answer, list) and question.kind == SET:
        places = (question.positions[each] + 1 for each in answer if each in question.positions)
        return " ".join(map(str, places)) or "none"
    return str(answer)


def _plain(screen: str) -> str:
    """A screen as text: no escapes, no carriage returns, no blanks at the ends of lines."""
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", screen).replace("\r", "")
    return "".join(f"{line.rstrip()}\n" for line in text.rstrip().splitlines())


@contextmanager
def shell() -> Iterator[dict[str, str]]:
    """The variables of a shell in which `legday` is this very program."""
    with tempfile.TemporaryDirectory() as folder:
        legday = Path(folder, "legday")
        legday.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m advisor "$@"\n')
        legday.chmod(0o755)
        Path(folder, "python3").symlink_to(sys.executable)
        kept = {k: v for k, v in os.environ.items() if k not in {"COLUMNS", "LANG", "LANGUAGE"}}
        path = f"{folder}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
        yield {**kept, **PLAIN, "PATH": path, "PYTHONPATH": str(ROOT)}


def printed(command: str, variables: Mapping[str, str]) -> str:
    """A command after `$`, and below it what it prints."""
    done = subprocess.run(
        ["/bin/sh", "-c", command.removeprefix("$ ")],
        env=variables,
        cwd=ROOT,
        stdout=-1,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if "program failed" in done.stdout or "Traceback" in done.stdout:
        raise RuntimeError(done.stdout)
    return f"{command}\n{done.stdout}"


def shown(command: str, width: int) -> str:
    """A plain command after `$`, and what it prints on a window of a width."""
    out = io.StringIO()
    with chdir(ROOT):
        run(command.split()[1:], Environment(io.StringIO(), out, out, {"COLUMNS": str(width)}))
    return f"$ {command}\n{out.getvalue()}"


def drawn() -> str:
    """Every drawing on one sheet."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "all.svg")
        run(["rules", "draw", "--out", str(file)], Environment(io.StringIO(), *_NOWHERE, {}))
        return file.read_text(encoding="utf-8")


def page(path: Path, variables: Mapping[str, str]) -> str:
    """A page with every `console` block recorded again."""

    def record(block: re.Match[str]) -> str:
        command = block[0].partition("\n")[0]
        while command.endswith("\\"):
            command = block[0][: block[0].index("\n", len(command) + 1)]
        return printed(command, variables)

    return _BLOCK.sub(record, path.read_text(encoding="utf-8"))


def routine(path: Path) -> str:
    """The days of one person: for each exercise its dose, its weight, and the first reason."""
    rules = load_rules()
    plan = advise(parse_answers(path.read_bytes(), path.name), rules).to_dict()
    easy = {slot.id for slot in rules.slots if not slot.work}
    says = path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")
    shown = [says, f"level: {plan['level']}"]
    for day in filter(None, [plan["session"], *plan["later"]]):
        shown += [
            "",
            f"{day['day']}, {day['minutes']} minutes",
            *(_line(line, easy) for line in day["exercises"]),
        ]
    return "".join(f"{line.rstrip()}\n" for line in shown)


def _line(line: Mapping[str, Any], easy: Collection[str]) -> str:
    """One exercise of a day."""
    effort = f"{line['reps_in_reserve']} left, rest {line['rest_seconds']} s"
    effort = "easy" if line["slot"] in easy else effort
    because = line["reasons"][0]["rule"]
    return f"  {line['name']:32} {line['notation']:12} {effort:20} {_weight(line):42} {because}"


def _weight(line: Mapping[str, Any]) -> str:
    """A part of the weight, the tempo and lighter sets before, as far as a line has them."""
    load, ramp = line["load"], "lighter sets first" if line["ramp"] else ""
    less = load and load["percent_of"] != "usual"
    told = f"{load['percent']}% of {load['percent_of'].replace('_', ' ')}" if less else ""
    return ", ".join(filter(None, [told, line["tempo"], ramp]))


def recorded() -> dict[Path, str]:
    """Every recorded file and what should be in it."""
    found = {HERE / "transcripts" / f"{name}.txt": transcript(who) for name, who in PEOPLE.items()}
    found |= {path.with_suffix(".txt"): routine(path) for path in ROUTINES}
    with shell() as variables:
        for name, width in product(SHOWN, WIDTHS):
            path = HERE / "pages" / f"{Path(name).stem}-{width}.txt"
            found[path] = shown(f"legday plan --answers examples/{name}", width)
        for name in SHEETS:
            command = f"legday sheet --answers examples/{name} --date {DAY}"
            path = HERE / "sheets" / f"{Path(name).stem}.html"
            found[path] = printed(command, variables).partition("\n")[2]
        found[HERE / "drawings" / "all.svg"] = drawn()
        return found | {path: page(path, variables) for path in PAGES}


def main() -> int:
    """Compare the files with what is recorded now, and write them if told so."""
    now = recorded() | {path.with_suffix(".txt"): played(path) for path in STORIES}
    stale = [
        (path, text)
        for path, text in now.items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    for path, text in stale:
        print(f"{'written' if '--write' in sys.argv else 'out of date'}: {path.relative_to(ROOT)}")
        if "--write" in sys.argv:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return int(bool(stale) and "--write" not in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
