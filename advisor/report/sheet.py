"""A plan's document → the blocks of a sheet to take along: every day drawn, with boxes to fill in.

A referral becomes a page for whoever looks at it: what to do and why, and what was answered. An
emergency has only the first, which fits on a screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from advisor.drawing import Panel, panels, words_only
from advisor.explain.verbalization import joined
from advisor.report.blocks import Block, Command, Grid, Item, Part, Row, say, section
from advisor.report.formatting import Document, answer_words, lowered, sentence
from advisor.report.journal import MOMENTS, today_part
from advisor.report.left_out import groups_out, left_out_items
from advisor.report.page import come_again, later_day, level_blocks, session_blocks, stop
from advisor.report.screening import referral_page
from advisor.report.session import day_name, days
from advisor.report.voice import Fill, Voice
from advisor.rulebase.shapes import LEVELS, RuleBase

WEEKS = 4  # of boxes
GROUPS = 4  # of what is left out: more are for the whole report
MOST = 4  # cues that a rule adds to it; more are not read between two sets
FIRST = "movement"  # of the kinds of cues, what is read between two sets


@dataclass(frozen=True)
class Card:
    """An exercise: its line with what is below it, how it looks, and how it is done."""

    row: Row
    panels: tuple[Panel, ...]
    cues: tuple[str, ...]
    more: tuple[Item, ...]


@dataclass(frozen=True)
class Cards:
    """The exercises of a day."""

    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Boxes:
    """What to fill in, week by week: for each exercise, and for each moment of the check-in."""

    label: str
    unit: str
    rows: tuple[tuple[str, str], ...]
    weeks: tuple[str, ...]
    moments: tuple[str, ...]
    ask: str


@dataclass(frozen=True)
class Written:
    """When a sheet is written, since when each answer holds, and what gives it again, if known."""

    on: date
    since: Mapping[str, date]
    command: tuple[str, ...] = ()


SheetBlock = Block | Cards | Boxes


def sheet_blocks(
    document: Document, rules: RuleBase, fill: Fill, written: Written
) -> Iterator[SheetBlock]:
    """The sheet of a plan, about a page for each day, or of a referral."""
    if document["status"] == "refer":
        yield from _referral(document, Voice(rules, fill, whole=True), written)
        return
    voice, drawn = Voice(rules, fill), set[str]()
    session, *later = days(document)
    yield from level_blocks(document, voice)
    yield _dates(document, rules, written)
    if "since" in document:  # it is of a journal
        yield today_part(document, rules)
    yield from _with_cards(session_blocks(document, voice), session, document, rules, drawn)
    yield from _boxes(session, document, rules)
    yield stop(document, voice)
    yield Part("WATCH FOR", voice.short_texts(document["safety_net"]))
    for day in later:
        yield from _with_cards(later_day(day, document, voice), day, document, rules, drawn)
        yield from _boxes(day, document, rules)
    yield Part("LEFT OUT", left_out_items(groups_out(document, rules)[:GROUPS], voice))
    yield come_again(document, voice, more=True)
    yield from (voice.sources(), *_again(written))


def _referral(document: Document, voice: Voice, written: Written) -> Iterator[SheetBlock]:
    """What to do and why; to take to the doctor, what was answered and since when."""
    yield from referral_page(document, voice)
    if document["level"] != LEVELS[-1]:
        yield from _answered(document, voice.rules, written)
        yield from _again(written)


def _answered(document: Document, rules: RuleBase, written: Written) -> tuple[Block, ...]:
    """What was answered and on which day, with boxes for when it began."""
    rows = []
    for fact, value in document["answers"].items():
        said = sentence(answer_words(rules.question[fact], value))
        cells = (rules.question[fact].ask, said, written.since[fact].isoformat(), "")
        rows.append(Row(cells, said, said))
    columns = ("Question", "Answer", "Answered on", "Began on")
    return section("What was answered", Grid(columns, tuple(rows)))


def _again(written: Written) -> tuple[Block, ...]:
    if not written.command:
        return ()
    return say("", lead="To get this sheet again:"), Command(written.command)


def _dates(document: Document, rules: RuleBase, written: Written) -> Part:
    """When it was written, and until when the answers are good."""
    until, old = good_until(document, rules, written.since)
    items = [Item(f"Written on {_day(written.on)}.")]
    if until:
        items = [Item(f"Written on {_day(written.on)}, valid until {_day(until)}.")]
        asks = " ".join(rules.question[fact].ask for fact in old[:2])
        more = f" and {len(old) - 2} more" if len(old) > 2 else ""  # noqa: PLR2004
        items.append(Item(f"{asks}{more}", lead="To answer again by then:"))
    items.append(Item("What you said of today counts for today: look again before each session."))
    return Part("DATES", tuple(items))


def good_until(
    document: Document, rules: RuleBase, since: Mapping[str, date]
) -> tuple[date | None, list[str]]:
    """The day until which the answers that are kept are good, and which grow old then.

    Answers about a day are left out; there is no such day if no other grows old.
    """
    ends: dict[date, list[str]] = {}
    for fact in document["answers"]:
        if days_good := rules.question[fact].good_for:
            ends.setdefault(since[fact] + timedelta(days_good), []).append(fact)
    until = min(ends, default=None)
    return until, ends[until] if until else []


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def _with_cards(
    blocks: Iterable[Block], day: Document, document: Document, rules: RuleBase, drawn: set[str]
) -> Iterator[SheetBlock]:
    """The blocks of a day, its lines as cards; what was `drawn` is not drawn again."""
    for block in blocks:
        if isinstance(block, Grid):
            told: dict[str, int] = {}  # cues, with the first line that has them
            lines = enumerate(zip(block.rows, day["exercises"], strict=True), 1)
            yield Cards(
                tuple(
                    Card(
                        row,
                        _pictures(line["exercise"], rules, drawn),
                        _cues(number, line, document, told),
                        _more(line, document, rules),
                    )
                    for number, (row, line) in lines
                )
            )
        else:
            yield block


def _pictures(exercise: str, rules: RuleBase, drawn: set[str]) -> tuple[Panel, ...]:
    pictures = () if exercise in drawn else panels(rules, exercise, styled=False)
    drawn.add(exercise)
    return pictures


def _cues(number: int, line: Document, document: Document, told: dict[str, int]) -> tuple[str, ...]:
    """The movement, and what else to mind: in words once, then by the line that has them."""
    said = [each["say"] for each in line["cues"]][:MOST]
    first = {told.setdefault(cue, number): None for cue in said}
    before = sorted(first.keys() - {number})
    own = document["exercises"][line["exercise"]]["how"].get(FIRST, ())
    also = [f"Also as in {joined(map(str, before))}."] if before else []
    return (*own, *(cue for cue in said if told[cue] == number), *also)


def _more(line: Document, document: Document, rules: RuleBase) -> tuple[Item, ...]:
    """The other cues, and why there is no picture."""
    how = document["exercises"][line["exercise"]]["how"]
    own = (cue for kind, cues in how.items() if kind != FIRST for cue in cues)
    others = (each["say"] for each in line["cues"][MOST:])
    return tuple(map(Item, filter(None, (*own, *others, words_only(rules, line["exercise"])))))


def _boxes(day: Document, document: Document, rules: RuleBase) -> Iterator[Boxes]:
    """Boxes for a day of each week; of the only day, for as often as it is done in a week."""
    often = 1 if document["later"] else document["schedule"]["sessions_per_week"][0]
    label = lowered(day_name(day, document))
    for time in range(1, often + 1) if day["exercises"] else ():
        yield Boxes(
            f"{label}, boxes to fill in" if often == 1 else f"{label} {time} of the week",
            document["wishes"]["units"],
            tuple((line["name"], line["notation"]) for line in day["exercises"]),
            tuple(f"Week {week}" for week in range(1, WEEKS + 1)),
            tuple(MOMENTS.values()) if rules.journal else (),
            rules.question[rules.journal.check_in].ask if rules.journal else "",
        )
