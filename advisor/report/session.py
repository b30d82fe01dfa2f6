"""The session of a plan → blocks: what to do, how much, how, when to stop, and how to go on."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.explain.words import joined
from advisor.report.blocks import Block, Bullets, Grid, Item, Row, say, section
from advisor.report.words import (
    Document,
    asked,
    count,
    doubt,
    name,
    reason_item,
    reason_items,
    reasons_of,
    seconds,
    span,
    tag,
    times,
)
from advisor.rulebase.shapes import RuleBase

_COLUMNS = ("Exercise", "Dose", "Effort", "Rest")


def session_blocks(document: Document, rules: RuleBase) -> Iterator[Block]:
    """The warm-up, the exercises with their doses, how to do each, and the stop signs."""
    session = document["session"]
    lines = session["exercises"]
    warm_up = tuple(Item(each["say"]) for each in session["warm_up"])
    yield from section("Warm up", Bullets(warm_up))
    yield from section("Session", *_lines(document, rules), *_empty(document, rules))
    yield from _trial(document, rules)
    yield from section("Why these amounts", Bullets(_amounts(document, rules)))
    yield from section(
        "How to do each",
        Bullets(tuple(_how(line, document, rules) for line in lines), numbered=True),
    )
    stop = reasons_of(session["stop_if"], document)
    yield from section("When to stop", Bullets(reason_items(stop, rules)))


def _lines(document: Document, rules: RuleBase) -> Iterator[Block]:
    lines = document["session"]["exercises"]
    if not lines:
        return
    yield Grid(_COLUMNS, tuple(_row(line, document, rules) for line in lines))
    yield say(" ".join(filter(None, (_legend(lines), document["session"]["effort"]))))
    if light := _light(lines):
        yield say(light)


def _row(line: Document, document: Document, rules: RuleBase) -> Row:
    """One exercise: a row, the same in a sentence, and why it was chosen."""
    effort, rest = _effort(line), seconds(line["rest_seconds"])
    says = f"{line['name']}: {line['notation']}, {effort}, rest {rest}."
    reasons = reasons_of(line["reasons"][:1], document)
    why = next((reason_item(reason, rules) for reason in reasons), None)
    return Row((line["name"], line["notation"], effort, rest), says, why)


def _effort(line: Document) -> str:
    if line.get("hold_seconds") is not None:
        return "easy to hold"
    spare = line["reps_in_reserve"]
    return f"leave {spare} in reserve" if spare else "to your limit"


def _legend(lines: list[Document]) -> str:
    """What the short forms stand for, each by the dose that is there most often."""
    moved = [line for line in lines if line.get("hold_seconds") is None]
    held = [line for line in lines if line.get("hold_seconds") is not None]
    shown = [*_usual(moved), *_usual(held)]
    if not any(line["per_side"] for line in shown):
        shown += _usual([line for line in lines if line["per_side"]])
    return " ".join(f"{line['notation']} means {_spelled(line)}." for line in shown)


def _usual(lines: list[Document]) -> list[Document]:
    """A line with the dose that is there most often, if there is any."""
    doses = [line["notation"] for line in lines]
    return sorted(lines, key=lambda line: -doses.count(line["notation"]))[:1]


def _spelled(line: Document) -> str:
    """A dose in full words."""
    hold, reps = line.get("hold_seconds"), line["reps"]
    if hold is None:
        work = f"of {reps}"
    else:
        holds = "one hold" if reps == 1 else f"{reps} holds"
        work = f"of {holds} of {count(hold, 'second')}"
    return f"{count(line['sets'], 'set')} {work}{' on each side' if line['per_side'] else ''}"


def _light(lines: list[Document]) -> str:
    """How heavy: said once for all, or for each weight that is allowed."""
    limits: dict[int, list[str]] = {}
    for line in lines:
        limits.setdefault((line["load"] or {}).get("percent") or 100, []).append(line["name"])
    light = {percent: each for percent, each in limits.items() if percent < 100}  # noqa: PLR2004 - the whole
    if len(light) == len(limits) == 1:
        percent = next(iter(light))
        return (
            f"Where you use a weight, take at most {percent}% of what you could use on a good day."
        )
    return " ".join(
        f"Where you use a weight, take at most {percent}% of what you could use on a good day"
        f" for {joined(each)}."
        for percent, each in sorted(light.items())
    )


def _trial(document: Document, rules: RuleBase) -> Iterator[Block]:
    """What is left out for a while, in one line."""
    if trial := document["trial"]:
        lead = f"Left out for {span(trial['review_in_days'])}, to see whether it was the cause:"
        yield say(f"{name(trial['exercise'], rules)}.", lead=lead)


def _empty(document: Document, rules: RuleBase) -> Iterator[Block]:
    """Which parts have no exercise, and what to do if that is all of them."""
    session = document["session"]
    if session["exercises"]:
        if slots := _unfilled(session, "none_left"):
            yield say(f"{'; '.join(slots)}.", lead="Nothing fits you here now:")
        if slots := _unfilled(session, "apart"):
            yield say(f"{'; '.join(slots)}.", lead="Left for another day:")
    elif document["open_questions"]:
        yield say("No exercise can be chosen yet. It hangs on these answers:")
        facts = (question["fact"] for question in document["open_questions"])
        yield Bullets(tuple(asked(fact, rules) for fact in facts))
    else:
        yield say("No exercise fits you today. A day of rest is a good choice, too.")


def _unfilled(session: Document, reason: str) -> list[str]:
    """The parts that have no exercise for one reason."""
    return [slot["name"] for slot in session.get("empty_slots", ()) if slot["reason"] == reason]


def later_blocks(document: Document) -> Iterator[Block]:
    """The other days of the routine: each exercise with its dose."""
    for day in document["later"]:
        lines = (Item(f"{line['name']}: {line['notation']}.") for line in day["exercises"])
        title = f"Day {day['day']}" + (f": {day['says']}" if day["says"] else "")
        yield from section(title, Bullets(tuple(lines)))


def _amounts(document: Document, rules: RuleBase) -> tuple[Item, ...]:
    """Why doses are smaller than usual: each reason once, with its exercises if not all."""
    held: dict[str, list[str]] = {}
    reasons: dict[str, Document] = {}
    lines = document["session"]["exercises"]
    for line in lines:
        for reason in reasons_of(line["dose_reasons"], document):
            reasons.setdefault(reason["text"], reason)
            held.setdefault(reason["text"], []).append(line["name"])
    every = [line["name"] for line in lines]
    whom = {text: _which(some, every) for text, some in held.items()}
    return reason_items(reasons.values(), rules, whom)


def _which(some: list[str], every: list[str]) -> str:
    """Which exercises are meant, in the shortest way; empty for all of them."""
    others = [each for each in every if each not in some]
    if not others:
        return ""
    return f"All but {others[0]}:" if len(others) == 1 < len(some) else f"{joined(some)}:"


def _how(line: Document, document: Document, rules: RuleBase) -> Item:
    """The cues of an exercise, its limits first; the ground most of them share is said once."""
    limits = reasons_of(line["limits"], document)
    cues = [*limits, *_own_cues(line["exercise"], document), *reasons_of(line["cues"], document)]
    return how_to(line["name"], cues, {limit["text"] for limit in limits}, rules)


def _own_cues(exercise: str, document: Document) -> list[Document]:
    """How an exercise is done by whoever does it, each cue as a reason."""
    told = document["exercises"][exercise]
    ground = {"because": {}, "sources": told["sources"], "ground": told["ground"]}
    return [{"text": cue, **ground} for cues in told["how"].values() for cue in cues]


def how_to(name: str, cues: list[Document], limits: set[str], rules: RuleBase) -> Item:
    """How to do one exercise, as a list under its name."""
    once = {cue["text"]: (cue, tag(cue, rules)) for cue in cues}
    tags = [each for text, (_, each) in once.items() if text not in limits]
    common = max(tags, key=tags.count, default="")
    below = (
        Item(text, "" if own == common else own, _limit(cue) if text in limits else "")
        for text, (cue, own) in once.items()
    )
    return Item("", common, name, tuple(below))


def _limit(reason: Document) -> str:
    """What a limit begins with; one in doubt says so."""
    why = doubt(reason).removesuffix(":")
    return f"Limit ({why[0].lower()}{why[1:]}):" if why else "Limit:"


def schedule_blocks(document: Document, rules: RuleBase) -> Iterator[Block]:
    """How often, how far apart, and whether today is too early."""
    schedule = document["schedule"]
    if schedule is None:
        return
    low, high = schedule["sessions_per_week"]
    rest, ready = schedule["rest_hours"], schedule["ready_in_hours"]
    text = f"Do this {times(low, high)} a week, at least {count(rest, 'hour')} apart."
    known = isinstance(document["answers"].get(rules.schedule.hours_since), int)
    if not known:
        text += f" Leave {count(rest, 'hour')} after your last session, too."
    elif ready:
        text += f" Your next session can start in {count(ready, 'hour')}."
    else:
        text += " You have had enough rest to start today."
    reasons = reason_items(reasons_of(schedule["reasons"], document), rules)
    yield from section("How often", say(text), Bullets(reasons))


def progress_blocks(document: Document, rules: RuleBase) -> Iterator[Block]:
    """How to go on, and the biggest step that is fine."""
    steps: dict[int, list[str]] = {}
    for line in document["session"]["exercises"]:
        if step := (line["load"] or {}).get("step_percent"):
            steps.setdefault(step, []).append(line["name"])
    one = len(steps) == 1
    said = [
        f"When you add weight, add at most {percent}% at a time"
        f"{'' if one else f' for {joined(each)}'}."
        for percent, each in sorted(steps.items())
    ]
    lines = (*reason_items(reasons_of(document["progression"], document), rules), *map(Item, said))
    yield from section("How to go on", Bullets(lines))
