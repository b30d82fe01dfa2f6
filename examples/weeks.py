"""A story of weeks → what legday said on each of its days, and what was done.

A story is a YAML file of `examples/weeks/`: the answers that the journal begins with (`answers`, a
file of this folder), the first day and the weekdays of the sessions, the usual weights in
kilograms, and by number the sessions that went otherwise than well: skipped (`skip`), with pain
(`during`, `next_morning`), unrecorded (`next_morning: no`), with other answers (`say`, `from_now`),
with the begin or the end of a trial (`starts_trial`, `trial`). Well is: all as planned, no pain
before, during or the morning after.
"""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from advisor.cli.app import run
from advisor.cli.environment import Environment

HERE = Path(__file__).resolve().parent / "weeks"
STORIES = sorted(HERE.glob("*.yaml"))
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
TRAINED, REFERRED = 0, 3  # exit codes of `today`


@dataclass
class Player:
    """One person of a story, and the journal of that person."""

    story: Mapping[str, Any]
    journal: Path
    seen: set[str] = field(default_factory=set)  # the days of the routine that were shown whole
    later: Mapping[str, Any] = field(default_factory=dict)  # what is said from now on

    def legday(
        self, *words: str, at: date, codes: tuple[int, ...] = (0,), aside: bool = False
    ) -> str:
        """What a command prints on a day; with `aside`, what it says besides."""
        out, err = io.StringIO(), io.StringIO()
        environment = Environment(io.StringIO(), out, err, {}, at)
        code = run([*words, "--journal", str(self.journal)], environment)
        if code not in codes:
            raise RuntimeError(f"legday {' '.join(words)}: {code}\n{err.getvalue()}")
        return err.getvalue() if aside else out.getvalue()

    def play(self) -> Iterator[str]:
        """Every session of the story, line by line."""
        first = self.story["begins"]
        answers = str(HERE.parent / self.story["answers"])
        self.legday("plan", "--answers", answers, "--keep", at=first, codes=(0, 3))
        yield from self._imported(first)
        for number, day in enumerate(self._days(first), start=1):
            week = (day - first).days // 7 + 1
            head = f"Week {week}, {WEEKDAYS[day.weekday()]}, session {number}"
            other = self.story.get("sessions", {}).get(number, {})
            self.later = {**self.later, **other.get("from_now", {})}
            if "skip" in other:
                yield f"{head}: {other['skip']}"
                continue
            shown, goes_on = self._session(day, other)
            yield from (f"{head}: {shown[0]}", *shown[1:])
            if not goes_on:
                return

    def _days(self, first: date) -> Iterator[date]:
        every = (first + timedelta(days=n) for n in range(7 * self.story["weeks"]))
        return (day for day in every if WEEKDAYS[day.weekday()] in self.story["days"])

    def _imported(self, first: date) -> Iterator[str]:
        if history := self.story.get("imports"):
            path = str(HERE.parent / history["file"])
            maps = [word for each in history["map"] for word in ("--map", each)]
            told = self.legday("journal", "import", path, *maps, at=first)
            yield from (f"Import: {each}" for each in told.splitlines())

    def _session(self, day: date, other: Mapping[str, Any]) -> tuple[list[str], bool]:
        """What is said and done on a day, and whether the story goes on after it."""
        said = _flags(self._said(other))
        if suspected := other.get("starts_trial"):
            asked = ("--date", str(day), *said, *_flags(suspected))
            self.legday("troubleshoot", "--start", "--screened", *asked, at=day)
        result = ""
        if "trial" in other:
            ended = ("today", "--trial", other["trial"], "--date", str(day))
            result = self.legday(*ended, at=day, codes=(0, 3, 4), aside=True)
        words = ("today", "--screened", *said, "--date", f"{day}T18:00", "--keep")
        answer = self.legday(*words, "--format", "json", at=day, codes=(TRAINED, REFERRED))
        plan = json.loads(answer)
        first, *rest = self._told(plan)
        lines = [first, *(f"    {each}" for each in result.splitlines()), *rest]
        if plan["status"] != "plan" or plan["wait_until"]:
            return lines, plan["status"] == "plan"
        return [*lines, self._done(plan, day, other)], True

    def _said(self, other: Mapping[str, Any]) -> dict[str, Any]:
        calm = {"back_pain": 0, "recent_load_jump": "no"}
        return {**calm, **self.story.get("say", {}), **self.later, **other.get("say", {})}

    def _told(self, plan: Mapping[str, Any]) -> Iterator[str]:
        """What `today` says, in short."""
        if plan["status"] != "plan":
            yield f"{plan['level']}: {plan['level_reasons'][0]}"
            return
        session = plan["session"]
        yield f"{session['day']}, {plan['level']}{', lighter' if plan['lighter'] else ''}"
        if plan["wait_until"]:
            yield f"    wait until {plan['wait_until']}"
            return
        if plan["unrecorded_morning"]:
            yield f"    the morning after {plan['unrecorded_morning']} was not recorded"
        if trial := plan["running_trial"]:
            yield f"    trial, day {trial['day']}: {trial['suspect']}"
        fresh = session["day"] not in self.seen
        self.seen.add(session["day"])
        for line in session["exercises"] if fresh else ():
            kg = line["load"] and line["load"].get("kg")
            yield f"    {line['name']}, {line['notation']}{f' at {kg:g} kg' if kg else ''}"
        names = {line["exercise"]: line["name"] for line in session["exercises"]}
        for move in () if plan["lighter"] else plan["since"]:
            name = names.get(move["exercise"], move["exercise"].replace("_", " "))
            yield f"    {name}: {move['was']} → {move['now']} ({move['why']})"

    def _done(self, plan: Mapping[str, Any], day: date, other: Mapping[str, Any]) -> str:
        """Log the session and the morning after; what was done, in words."""
        felt = {"before": 0, "during": 0, "next_morning": 0, **other}
        did = [word for line in plan["session"]["exercises"] for word in self._sets(line)]
        words = ("log", "--date", f"{day}T18:00", "--day", plan["session"]["day"], *did)
        pain = ("--before", str(felt["before"]), "--during", str(felt["during"]))
        self.legday(*words, *pain, at=day)
        morning = felt["next_morning"]
        if morning is not False:
            after = day + timedelta(days=1)
            told = ("log", "--date", f"{after}T08:00", "--next-morning", str(morning))
            self.legday(*told, at=after)
        shown = "not recorded" if morning is False else morning
        return f"    done; pain {felt['before']}, {felt['during']}, next morning {shown}"

    def _sets(self, line: Mapping[str, Any]) -> Iterator[str]:
        """A line as it is logged: the weight of today, or the usual one by the plan's percent."""
        load, usual = line["load"] or {}, self.story.get("weights", {}).get(line["exercise"])
        kg = load.get("kg") or (usual and usual * (load.get("percent") or 0) // 200 * 2)
        work = f"x{line['hold_seconds']}s" if line["hold_seconds"] else ""
        yield "--did"
        yield (
            f"{line['exercise']}={line['sets']}x{line['reps']}{work}"
            f"{f'@{kg:g}' if kg else ''}/{line['reps_in_reserve']}"
        )


def _flags(answers: Mapping[str, Any]) -> list[str]:
    return [f"--{name.replace('_', '-')}={value}" for name, value in answers.items()]


def played(path: Path) -> str:
    """A story as it is played now."""
    story = yaml.safe_load(path.read_text(encoding="utf-8"))
    people = story.get("clients", {"": {}})
    shown = [story["says"]]
    for name, differs in people.items():
        shown += ["", *([name] if name else [])]
        with tempfile.TemporaryDirectory() as folder:
            shown += Player({**story, **differs}, Path(folder, "journal.sqlite")).play()
    return "".join(f"{line}\n" for line in shown)
