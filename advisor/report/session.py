"""The sessions of a plan → blocks: what to do, how much and why, how, and how to go on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from advisor.explain.verbalization import joined
from advisor.report.blocks import Block, Bullets, Grid, Item, Row, say, section
from advisor.report.formatting import (
    Document,
    asked,
    count,
    doubt,
    name,
    reasons_of,
    seconds,
    sentence,
    span,
    tag,
    times,
)
from advisor.report.voice import Voice
from advisor.rulebase.shapes import RuleBase

WHOLE = 100  # percent
_COLUMNS = ("Exercise", "Dose", "Rest", "Effort", "Weight")
_PARTS_OF = {
    "usual": "what you could use on a good day",
    "before_the_episode": "what you used before this trouble began",
}
_UNFILLED = {"none_left": "Nothing fits you here now:", "apart": "Left for another day:"}
Below = Callable[[int, Document], Iterable[Item]]


def day_name(session: Document, document: Document) -> str:
    """What a session is called: by its day, if there are several."""
    day = f"DAY {session['day']}" if document["later"] else "SESSION"
    says = session.get("says") or ""
    return f"{day}, {says}" if says else day


def warm_up(session: Document, first: Iterable[Item]) -> Iterator[Item]:
    """How to get warm, and the lighter sets before an exercise."""
    yield from first
    for line in session["exercises"]:
        if line["ramp"]:
            yield Item(" ".join(map(sentence, line["ramp"])), lead=f"{line['name']}:")


def lines_grid(lines: list[Document], below: Below) -> Grid:
    """The exercises of a session as a table, in which no column is empty.

    Where there is no room for a table, a row says the same without its name.
    """
    cells = [_cells(line) for line in lines]
    used = [place for place, column in enumerate(zip(*cells, strict=True)) if any(column)]
    rows = (
        Row(
            tuple(row[place] for place in used),
            f"{', '.join(filter(None, row[1:]))}.",
            spelled_out(line),
            tuple(below(number, line)),
        )
        for number, (row, line) in enumerate(zip(cells, lines, strict=True), 1)
    )
    return Grid(tuple(_COLUMNS[place] for place in used), tuple(rows), bare=True)


def _cells(line: Document) -> tuple[str, ...]:
    return (line["name"], line["notation"], f"rest {seconds(line['rest_seconds'])}", *_effort(line))


def _effort(line: Document) -> tuple[str, str]:
    """How hard, and how heavy."""
    load, spare = line["load"] or {}, line["reps_in_reserve"]
    weight = f"{load['kg']:g} kg" if load.get("kg") else ""
    if not weight and _is_light(line):
        weight = f"{load['percent']}% weight"
    if line["hold_seconds"] is not None:
        return "hold steady", weight
    if _is_easy(line):
        return "easy", weight
    return (f"leave {count(spare, 'rep')}" if spare else "to your limit"), weight


def _is_easy(line: Document) -> bool:
    """Whether a line takes no more than half of what one has: it gets the body warm."""
    return line["hold_seconds"] is not None or line["reps_in_reserve"] >= line["reps"]


def _is_light(line: Document) -> bool:
    return ((line["load"] or {}).get("percent") or WHOLE) < WHOLE


def spelled_out(line: Document) -> str:
    """A line in whole words, for somebody who hears it."""
    spare, load = line["reps_in_reserve"], line["load"] or {}
    effort, weight = _effort(line)
    if spare and not _is_easy(line):
        effort = f"end each set when you could still do {spare} more"
    if _is_light(line):
        weight = f"at most {load['percent']}% of {_PARTS_OF[load['percent_of']]}"
    rest = f"rest {count(line['rest_seconds'], 'second')}"
    said = (spelled(line), line["tempo"], rest, effort, weight)
    return f"{'; '.join(filter(None, said))}."


def legend(session: Document, units: str) -> str:
    """What the short forms stand for, each by what is there most often; and the next weight."""
    lines = session["exercises"]
    work = [line for line in lines if not _is_easy(line)] or lines
    moved = [line for line in work if line["hold_seconds"] is None]
    held = [line for line in lines if line["hold_seconds"] is not None]
    shown = [*_usual(moved), *_usual(held)]
    if not any(line["per_side"] for line in shown):
        shown += _usual([line for line in lines if line["per_side"]])
    doses = {line["notation"]: f"{line['notation']} is {spelled(line)}." for line in shown}
    weights = {
        (load["percent"], load["percent_of"]): None
        for load in (line["load"] for line in lines if _is_light(line))
    }
    said = [f"{percent}% weight: that part of {_PARTS_OF[part]}." for percent, part in weights]
    more = _next_weights(lines, units)
    return " ".join(filter(None, (*doses.values(), session["effort"], _tempos(lines), *said, more)))


def _next_weights(lines: list[Document], units: str) -> str:
    """What the next weight is where more may be taken, each with the numbers of its lines."""
    found: dict[str, list[str]] = {}
    for number, line in enumerate(lines, 1):
        if step := weight_step(line):
            found.setdefault(step_words(step, units), []).append(str(number))
    steps = "; ".join(f"{words} in {joined(numbers)}" for words, numbers in found.items())
    return f"When ready, go up: {steps}." if steps else ""


def weight_step(line: Document) -> Document | None:
    """The smallest step of weight that there is, where a line may get heavier."""
    load = line["load"] or {}
    return load.get("step") if load.get("step_percent") else None


def step_words(step: Document, units: str) -> str:
    """A step of weight, with how much it is where that is known."""
    return f"{step['says']} (+{step[units]:g} {units})" if step[units] else str(step["says"])


def _tempos(lines: list[Document]) -> str:
    """How slowly, said once for most lines, and for the others by their numbers."""
    by_tempo: dict[str, list[str]] = {}
    for number, line in enumerate(lines, 1):
        if line["tempo"]:
            by_tempo.setdefault(line["tempo"], []).append(str(number))
    usual, *others = sorted(by_tempo, key=lambda tempo: -len(by_tempo[tempo])) or [""]
    more = (f"{tempo} in {joined(by_tempo[tempo])}" for tempo in others)
    return f"Each rep: {'; '.join((usual, *more))}." if usual else ""


def _usual(lines: list[Document]) -> list[Document]:
    """A line with the dose that is there most often, if there is any."""
    doses = [line["notation"] for line in lines]
    return sorted(lines, key=lambda line: -doses.count(line["notation"]))[:1]


def spelled(line: Document) -> str:
    """A dose in full words."""
    hold, reps = line["hold_seconds"], line["reps"]
    if hold is None:
        work = f"of {reps}"
    else:
        holds = "one hold" if reps == 1 else f"{reps} holds"
        work = f"of {holds} of {count(hold, 'second')}"
    return f"{count(line['sets'], 'set')} {work}{' on each side' if line['per_side'] else ''}"


def trial_blocks(document: Document, rules: RuleBase) -> Iterator[Block]:
    """What is left out for a while, in one line."""
    if trial := document["trial"]:
        lead = f"Left out for {span(trial['review_in_days'])}, to see whether it was the cause:"
        yield say(f"{name(trial['exercise'], rules)}.", lead=lead)


def empty_blocks(session: Document, document: Document, voice: Voice) -> Iterator[Block]:
    """Which parts have no exercise, and what to do if that is all of them."""
    if session["exercises"]:
        for reason, lead in _UNFILLED.items():
            slots = [each["name"] for each in session["empty_slots"] if each["reason"] == reason]
            if slots:
                yield say(f"{'; '.join(slots)}.", lead=lead)
    elif document["open_questions"]:
        yield say("No exercise can be chosen yet. It hangs on these answers:")
        facts = (question["fact"] for question in document["open_questions"])
        asks = (asked(fact, voice.rules) for fact in facts)
        yield Bullets(tuple(each if voice.whole else Item(each.text) for each in asks))
    else:
        yield say("No exercise fits you today. A day of rest is a good choice, too.")


def how_to_blocks(document: Document, voice: Voice) -> tuple[Block, ...]:
    """How to do each exercise."""
    once = {line["exercise"]: line for line in all_lines(document)}
    how = tuple(_how(line, document, voice.rules) for line in once.values())
    return section("How to do each", Bullets(how, numbered=True))


def days(document: Document) -> list[Document]:
    """The sessions of the routine, in order."""
    return [document["session"], *document["later"]]


def all_lines(document: Document) -> list[Document]:
    """What is done on all days, in order."""
    return [line for day in days(document) for line in day["exercises"]]


def amounts_blocks(document: Document, voice: Voice) -> tuple[Block, ...]:
    """Why doses are smaller than usual: each reason once, with its exercises if not all."""
    held: dict[str, list[str]] = {}
    reasons: dict[str, Document] = {}
    lines = all_lines(document)
    for line in lines:
        for reason in reasons_of(line["dose_reasons"], document):
            reasons.setdefault(reason["text"], reason)
            held.setdefault(reason["text"], []).append(line["name"])
    every = [*dict.fromkeys(line["name"] for line in lines)]
    items = (
        voice.reason(reason, _which([*dict.fromkeys(held[text])], every))
        for text, reason in reasons.items()
    )
    return section("Why these amounts", Bullets(tuple(items)))


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


def schedule_blocks(document: Document, voice: Voice) -> Iterator[Block]:
    """How often, how far apart, and whether today is too early."""
    schedule = document["schedule"]
    often = times(*schedule["sessions_per_week"])
    rest, ready = schedule["rest_hours"], schedule["ready_in_hours"]
    text = f"Do this {often} a week, at least {count(rest, 'hour')} apart."
    known = isinstance(document["answers"].get(voice.rules.schedule.hours_since), int)
    if not known:
        text += f" Leave {count(rest, 'hour')} after your last session, too."
    elif ready:
        text += f" Your next session can start in {count(ready, 'hour')}."
    else:
        text += " You have had enough rest to start today."
    reasons = map(voice.reason, reasons_of(schedule["reasons"], document))
    yield from section("How often", say(text), Bullets(tuple(reasons)))


def progress_blocks(document: Document, voice: Voice) -> Iterator[Block]:
    """How to go on, the biggest step that is fine, and the smallest that there is."""
    steps: dict[int, list[str]] = {}
    for line in all_lines(document):
        if step := (line["load"] or {}).get("step_percent"):
            steps.setdefault(step, []).append(line["name"])
    one = len(steps) == 1
    said = [
        f"When you add weight, add at most {percent}% at a time"
        f"{'' if one else f' for {joined(each)}'}."
        for percent, each in sorted(steps.items())
    ]
    told = map(voice.said, reasons_of(document["progression"], document))
    yield from section("How to go on", Bullets((*told, *map(Item, [*said, *_steps(document)]))))


def _steps(document: Document) -> Iterator[str]:
    """The steps in which weights come, and what to do where one is too big."""
    units, found = document["wishes"]["units"], dict[tuple[str, str], dict[str, None]]()
    for line in all_lines(document):
        if step := weight_step(line):
            percent = line["load"]["step_percent"]
            too_big = f"that is more than {percent}%"
            if step[units]:
                first = f"Below {step[units] * WHOLE / percent:g} {units} {too_big}, so add reps"
            else:
                first = f"Where {too_big}, add reps"
            found.setdefault((step_words(step, units), first), {})[line["name"]] = None
    for (words, first), names in found.items():
        yield f"{joined(names)}: {words}. {first} first."
