"""`legday sheet`: a page that needs nothing else, and a calendar; and reports in HTML."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import html5lib
import pytest
from icalendar import Calendar
from running import ROOT, inside, legday
from test_hostile_text import with_text

from advisor import advise
from advisor.cli.answer_files import parse_answers
from advisor.report.calendar import calendar_text
from advisor.report.html import as_html
from advisor.rulebase.shapes import RuleBase

NOW = ("--date", "2026-11-26T12:00")
PROFILES, ROUTINES = ROOT / "examples" / "profiles", ROOT / "examples" / "routines"
PEOPLE = [*sorted(ROUTINES.glob("*.yaml"))[:12], PROFILES / "elder.yaml"]
REFERRED = [PROFILES / "urgent.json", PROFILES / "high-blood-pressure.json"]
HEALTHY = PROFILES / "healthy-full-gym.yaml"
TAG = "<script>alert(1)</script>\"'><img src=x onerror=y> &amp; <a href='javascript:x'>"


def page_of(*words: str, code: int = 0) -> str:
    done = inside("sheet", *NOW, *words)
    assert (done.returncode, done.stderr) == (code, "")
    return done.stdout


def parsed(text: str) -> html5lib.treebuilders.base.Node:
    """The tree of a page that is valid HTML5."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)


def assert_alone(text: str) -> None:
    """No script, no style or picture from elsewhere, no link that leaves the page."""
    for element in parsed(text).iter():
        tag = str(element.tag).rpartition("}")[2]
        assert tag not in {"script", "img", "link", "iframe", "object", "base", "form"}
        for name, value in element.attrib.items():
            assert not str(name).startswith("on")
            assert name not in {"src", "style"}
            if str(name).endswith("href"):
                assert value.startswith("#")
    assert not re.search(r"url\(|@import|http-equiv", text)


def ids(text: str) -> list[str]:
    return re.findall(r'\bid="([^"]+)"', text)


@pytest.mark.parametrize("path", PEOPLE, ids=lambda path: path.stem)
def test_is_one_valid_page_that_needs_nothing_else(path: Path) -> None:
    text = page_of("--answers", str(path))
    assert_alone(text)
    assert len(ids(text)) == len(set(ids(text)))
    assert {each[1:] for each in re.findall(r'href="(#[^"]+)"', text)} <= set(ids(text))
    assert 10_000 < len(text.encode()) < 150_000
    assert text.count("<h1") == 1


@pytest.mark.parametrize("path", PEOPLE, ids=lambda path: path.stem)
def test_has_every_line_of_every_day_with_boxes_for_four_weeks(path: Path) -> None:
    done = inside("plan", "--answers", str(path), "--format", "json")
    assert '"status":"plan"' in done.stdout
    text = page_of("--answers", str(path))
    names = re.findall(r'"slot":"[^"]*","exercise":"[^"]*","name":"([^"]*)"', done.stdout)
    assert names
    for name in names:
        assert text.count(name.replace("'", "&#39;")) >= 2  # a card, and a row of boxes
    boxed = text[text.index('<section class="boxes">') :]
    for words in ("Week 4", "Before", "During", "Next morning", "effort"):
        assert words in boxed


def test_tells_when_it_was_written_and_until_when_it_is_good() -> None:
    text = page_of("--answers", str(HEALTHY))
    assert "Written on November 26, 2026, valid until December 3, 2026." in text
    assert re.search(r"<code>legday sheet --emergency-signs none .*--goal general</code>", text)


def test_draws_an_exercise_once() -> None:
    text = page_of("--answers", str(HEALTHY))
    assert text.count('<svg xmlns="http://www.w3.org/2000/svg" class="figure"') >= 6
    assert "✗ Hips tuck under" in text


@pytest.mark.parametrize("path", REFERRED, ids=lambda path: path.stem)
def test_gives_a_page_for_the_doctor(path: Path) -> None:
    done = inside("sheet", *NOW, "--answers", str(path))
    plan = inside("plan", "--answers", str(path))
    assert done.returncode == plan.returncode
    assert_alone(done.stdout)
    if plan.returncode == 3:
        assert "What was answered" in done.stdout
        assert "2026-11-26" in done.stdout
        assert "Week 1" not in done.stdout


def test_keeps_an_emergency_to_what_is_to_be_done() -> None:
    text = page_of("--answers", str(PROFILES / "emergency.yaml"), code=3)
    assert_alone(text)
    assert "Do this" in text
    assert "What was answered" not in text


def test_says_what_is_missing_and_writes_no_file(tmp_path: Path) -> None:
    file = tmp_path / "plan.html"
    done = inside("sheet", "--age", "40", "--out", str(file))
    assert done.returncode == 4
    assert "NO PLAN YET" in done.stdout
    assert not file.exists()


def test_picks_the_form_by_the_ending(tmp_path: Path) -> None:
    for name, start in (("plan.html", b"<!DOCTYPE html>"), ("plan.ICS", b"BEGIN:VCALENDAR")):
        done = inside("sheet", *NOW, "--answers", str(HEALTHY), "--out", str(tmp_path / name))
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert (tmp_path / name).read_bytes().startswith(start)
        assert (tmp_path / name).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("plan.pdf", "`--out`: `plan.pdf`: expected a name that ends in .html or .ics"),
        ("no/such/plan.html", "cannot write `no/such/plan.html`: no such file or directory"),
    ],
)
def test_rejects_a_file_that_it_cannot_write(name: str, error: str) -> None:
    done = inside("sheet", "--answers", str(HEALTHY), "--out", name)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"error: {error}\n")


def test_takes_the_answers_and_the_dates_of_a_journal(tmp_path: Path) -> None:
    book = str(tmp_path / "journal.sqlite")
    kept = inside("plan", "--answers", str(HEALTHY), "--keep", "--journal", book)
    assert kept.returncode == 0
    text = page_of("--journal", book, "--screened", "--leg-symptoms", "none")
    assert_alone(text)
    assert f"--journal {book}" in text


def test_takes_the_usual_journal_where_nothing_is_answered(tmp_path: Path) -> None:
    home = {"XDG_DATA_HOME": str(tmp_path)}
    assert legday("sheet", **home).returncode == 4
    assert legday("plan", "--answers", str(HEALTHY), "--keep", **home).returncode == 0
    done = legday("sheet", **home)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"--journal {tmp_path}" in done.stdout
    assert legday("sheet", "--age", "40", **home).returncode == 4


def events(tmp_path: Path, *words: str) -> dict[str, object]:
    file = tmp_path / "plan.ics"
    done = inside("sheet", "--answers", str(HEALTHY), "--out", str(file), *words)
    assert done.returncode == 0, done.stderr
    return {str(each["uid"]): each for each in Calendar.from_ical(file.read_bytes()).walk("VEVENT")}


def test_puts_sessions_into_a_calendar_with_the_rest_between_them(tmp_path: Path) -> None:
    every = events(tmp_path, *NOW)
    starts = [each["dtstart"].dt for uid, each in every.items() if uid.startswith("session")]
    assert len(starts) == 8
    assert starts[0] >= datetime.fromisoformat("2026-11-26T12:00")
    apart = [later - before for before, later in pairwise(starts)]
    assert min(apart) >= timedelta(hours=48)
    mornings = [each["dtstart"].dt for uid, each in every.items() if uid.startswith("morning")]
    assert [each.date() - timedelta(1) for each in mornings] == [each.date() for each in starts]
    assert all(each.walk("VALARM") for each in every.values())


def test_begins_when_there_was_enough_rest(tmp_path: Path) -> None:
    every = events(tmp_path, *NOW, "--hours-since-leg-day", "10")
    first = every["session-1@legday.legday"]["dtstart"].dt
    assert first >= datetime.fromisoformat("2026-11-26T12:00") + timedelta(hours=38)


def test_updates_a_calendar_that_was_imported_before(tmp_path: Path) -> None:
    before = events(tmp_path, *NOW)
    after = events(tmp_path, "--date", "2026-11-28T12:00")
    assert before.keys() == after.keys()
    assert all(after[uid]["sequence"] > before[uid]["sequence"] for uid in before)


def test_ends_a_trial_in_the_calendar(rules: RuleBase) -> None:
    person = parse_answers(HEALTHY.read_bytes(), HEALTHY.name)
    trial = {"suspect": "depth", "exercise": "leg_press", "trial": "Leave it out."}
    document = advise(person, rules).to_dict() | {"trial": {**trial, "review_in_days": 14}}
    text = calendar_text(document, rules, datetime.fromisoformat("2026-11-26T12:00"), None)
    ends = [each for each in Calendar.from_ical(text).walk("VEVENT") if "trial" in each["uid"]]
    assert [each["dtstart"].dt.isoformat() for each in ends] == ["2026-12-10"]


def test_a_hostile_rule_base_puts_no_tag_into_a_page(tmp_path: Path) -> None:
    folder = with_text(TAG, tmp_path / "rules")
    answers = ("--rules", str(folder), "--screened", "--shoulder-pain", "1")
    for words in (("sheet", *NOW), ("plan", "--format", "html")):
        done = inside(*words, *answers)
        assert (done.returncode, done.stderr) == (0, "")
        assert_alone(done.stdout)
        assert "&lt;script&gt;" in done.stdout
        assert "javascript:" not in "".join(re.findall("<[^>]*>", done.stdout))


@pytest.mark.parametrize(
    "words",
    [
        ("plan",),
        ("plan", "--full"),
        ("plan", "--how"),
        ("check", "goblet_squat"),
        ("check", "good_morning"),
        ("troubleshoot", "--last-session", "goblet_squat", "--soreness-onset", "next_day"),
        ("what-if", "--change", "back_pain=3"),
    ],
    ids=" ".join,
)
def test_prints_every_report_as_valid_html(words: tuple[str, ...]) -> None:
    done = inside(*words, "--answers", str(HEALTHY), "--format", "html")
    assert (done.returncode, done.stderr) == (0, "")
    assert_alone(done.stdout)


def test_draws_the_journal_as_charts(tmp_path: Path) -> None:
    book = ("--journal", str(tmp_path / "journal.sqlite"))
    inside("plan", "--answers", str(HEALTHY), "--keep", *book)
    for day, felt in (("2026-11-20", "1"), ("2026-11-23", "2")):
        done = inside(
            *("log", "--date", day, "--did", "goblet_squat=3x10@16", "--before", felt), *book
        )
        assert done.returncode == 0, done.stderr
    done = inside("progress", "--date", "2026-11-26", "--format", "html", *book)
    assert (done.returncode, done.stderr) == (0, "")
    assert_alone(done.stdout)
    assert 'role="img"' in done.stdout
    assert "Before: 1, 2" in done.stdout


def test_gives_a_page_without_a_title_a_heading() -> None:
    assert "<h1>legday</h1>" in as_html([])


def _channel(value: int) -> float:
    part = value / 255
    return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4


def _brightness(color: str) -> float:
    digits = color * 2 if len(color) == 3 else color
    red, green, blue = (_channel(int(digits[at : at + 2], 16)) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_its_colors_stand_out_in_light_and_in_dark() -> None:
    style = (ROOT / "advisor" / "report" / "templates" / "style.css").read_text(encoding="utf-8")
    schemes = re.findall(r":root\{([^}]*)\}", style)
    assert len(schemes) == 2
    for scheme in schemes:
        colors = dict(re.findall(r"--(\w+):#(\w+)", scheme))
        paper = _brightness(colors.pop("paper"))
        for name, color in colors.items():
            low, high = sorted((paper, _brightness(color)))
            least = 3 if name == "line" else 4.5
            assert (high + 0.05) / (low + 0.05) >= least, name
