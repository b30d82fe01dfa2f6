"""A plan's document → its page: what to know before, the session, when to stop; short of words.

The same parts stand in the whole report, where nothing is cut.
"""

from __future__ import annotations

from collections.abc import Iterator

from advisor.explain.verbalization import joined
from advisor.report.blocks import Block, Divider, Item, Pairs, Part, Title, Tone
from advisor.report.formatting import Document, count, name, reasons_of, sentence, span, times
from advisor.report.left_out import groups_out, left_out_items
from advisor.report.screening import (
    MOST_REASONS,
    again,
    incomplete_blocks,
    referral_page,
    why_level,
)
from advisor.report.session import (
    all_lines,
    day_name,
    empty_blocks,
    legend,
    lines_grid,
    spelled,
    trial_blocks,
    warm_up,
)
from advisor.report.voice import Fill, Voice
from advisor.rulebase.shapes import LEVELS, RuleBase, Suspect

LINES = 60  # of 80 columns that a page has at most
REFERRAL_LINES = 25  # the same of one without a session: a screen
_NOTHING = "Nothing you told us speaks against it."
# What gives way on a page that gets too long, in this order; then the groups of what is left out
# but the first, limits that were told already, what else to do on coming back, and that group.
STAND_INS, FINE, LATER = 1, 2, 3
_LAST = 3  # things that give way after all groups but the first
_MISSING = "Some answers are missing, so this plan takes the careful side."


def page_blocks(
    document: Document, rules: RuleBase, fill: Fill, spare: int = 0, *, command: bool = False
) -> list[Block]:
    """The page of a plan, of a referral, or of what is missing for either.

    `spare` is how many of the things that can give way do. With `command`, the words that give
    the plan again stand at the end.
    """
    if document["status"] == "incomplete":
        return [*incomplete_blocks(document, rules, whole=False)]
    voice = Voice(rules, fill)
    if document["status"] == "refer":
        return [*referral_page(document, voice, spare), *(again(document) if command else ())]
    groups = groups_out(document, rules)
    later = max(0, spare - LATER - max(0, len(groups) - 1))  # what gives way after the groups
    kept = groups[: max(1, len(groups) - max(0, spare - LATER))] if later < _LAST else []
    return [
        *level_blocks(document, voice),
        Divider(),
        *session_blocks(document, voice, again=later < 1),
        *(stand_ins(document, rules, most=4) if spare < STAND_INS else ()),
        *(_later(document) if spare < LATER else ()),
        *below_a_line(stop(document, voice)),
        Divider(),
        Part("LEFT OUT", left_out_items(kept, voice)),
        *(also_fine(document, rules, most=2) if spare < FINE else ()),
        come_again(document, voice, more=later < _LAST - 1),
        Part("ASSUMED", tuple(_assumed(document, rules))),
        Divider(),
        voice.sources(),
        _where(document, rules),
        *(again(document) if command else ()),
    ]


def yields(document: Document, rules: RuleBase) -> int:
    """How many things of a page can give way."""
    if document["status"] == "plan":
        return LATER + max(0, len(groups_out(document, rules)) - 1) + _LAST
    return MOST_REASONS - 1 if document["status"] == "refer" else 0


def level_blocks(document: Document, voice: Voice) -> Iterator[Block]:
    """The level and why, a line for each answer that counts; what must come before training."""
    why = why_level(document)
    told = why if voice.whole else [each for each in why if None not in each["because"].values()]
    items = [*map(voice.reason, told), *([Item(_MISSING)] if len(told) < len(why) else [])]
    before = tuple(_before(document, voice))
    tone: Tone = "good" if document["level"] == LEVELS[0] and not before else "care"
    yield Title(document["level_says"], tone, document["level"].upper())
    yield Part("", tuple(items) or (() if before else (Item(_NOTHING),)))
    yield Part("BEFORE", before)
    yield Part("WISHES", tuple(_not_followed(document)))


def _not_followed(document: Document) -> Iterator[Item]:
    """The wishes that the session does not follow."""
    wishes, session = document["wishes"], document["session"]
    yield from (Item(each["say"]) for each in wishes["not_followed"])
    if wishes["minutes"] and session and (session["minutes"] or 0) > wishes["minutes"]:
        takes = f"the shortest session takes about {session['minutes']}"
        yield Item(f"You asked for {count(wishes['minutes'], 'minute')}, but {takes}.")


def _before(document: Document, voice: Voice) -> list[Item]:
    """What has to come before any training, and answers that do not fit together."""
    first = reasons_of([*document["before"], *document["contradictions"]], document)
    items = [voice.said(each) for each in first]
    since, schedule = voice.rules.schedule.hours_since, document["schedule"]
    if schedule["ready_in_hours"] and since in document["answers"]:
        left = f"{count(schedule['ready_in_hours'], 'hour')} to go."
        waits = [place for place, each in enumerate(first) if since in each["because"]]
        if waits:
            items[waits[0]] = voice.said(first[waits[0]], left)
        else:
            items.insert(0, Item(f"Wait until you have had enough rest: {left}"))
    return items


def session_blocks(document: Document, voice: Voice, *, again: bool = True) -> Iterator[Block]:
    """The session to do next: how to get warm, its lines with a reason, what the signs mean."""
    session = document["session"]
    yield Part(day_name(session, document), (Item(_times(document)),))
    first = map(voice.said, reasons_of(session["warm_up"], document))
    yield Part("WARM UP", tuple(warm_up(session, first)))
    yield from lines_blocks(session, document, voice, again=again)
    if (rung := session["rung"]) and (rung["opens_next"] or voice.whole):
        where = f"Rung {rung['at']} of {rung['of']}, {rung['name']}."
        after = f" The next one opens when: {rung['opens_next']}" if rung["opens_next"] else ""
        yield Part("LADDER", (Item(f"{where}{after}"),))
    yield from empty_blocks(session, document, voice)
    yield from trial_blocks(document, voice.rules)


def lines_blocks(
    session: Document, document: Document, voice: Voice, *, again: bool = True
) -> Iterator[Block]:
    """The lines of a session: under each the first reason that was not told yet, and its limits.

    Limits are told `again` with each line, or by the number of the first line that has them.
    """
    limited: dict[str, int] = {}

    def below(number: int, line: Document) -> Iterator[Item]:
        fresh = [each for each in reasons_of(line["reasons"], document) if voice.is_new(each)]
        yield from map(voice.reason, fresh if voice.whole else fresh[:1])
        if not fresh:
            yield from voice.slot(line["slot"])
        for limit in reasons_of(line["limits"], document):
            first = limited.setdefault(limit["text"], number)
            yield voice.limit(limit) if again or first == number else Item(f"Limit: as in {first}.")

    if session["exercises"]:
        yield lines_grid(session["exercises"], below)
        key = legend(session, document["wishes"]["units"])
        yield Part("KEY", (Item(key),), heard=())


def _times(document: Document) -> str:
    """How long it takes, and how often it is done."""
    minutes, schedule = document["session"]["minutes"], document["schedule"]
    often = times(*schedule["sessions_per_week"])
    apart = f"{often} a week, {count(schedule['rest_hours'], 'hour')} apart"
    return sentence(", ".join(filter(None, (minutes and f"about {minutes} minutes", apart))))


def later_day(day: Document, document: Document, voice: Voice) -> Iterator[Block]:
    """Another day in whole: how long it takes, and its lines."""
    about = f"About {day['minutes']} minutes." if day["minutes"] else ""
    yield Part(day_name(day, document), (Item(about),))
    yield from lines_blocks(day, document, voice)


def stand_ins(document: Document, rules: RuleBase, most: int = 0) -> Iterator[Block]:
    """What could stand in for which line, in one block."""
    swaps = (
        f"{number} {', '.join(name(each, rules) for each in line['swap'])}"
        for number, line in enumerate(document["session"]["exercises"], 1)
        if line["swap"]
    )
    if words := "; ".join(swaps):
        yield Part("OR INSTEAD", (Item(sentence(words)),), most)


def _later(document: Document) -> Iterator[Block]:
    """The other days, in two lines each."""
    for day in document["later"]:
        lines = "; ".join(f"{line['name']} {line['notation']}" for line in day["exercises"])
        about = f"about {day['minutes']} minutes: " if day["minutes"] else ""
        heard = tuple(Item(f"{line['name']}, {spelled(line)}.") for line in day["exercises"])
        items = (Item(sentence(f"{about}{lines}")),)
        yield Part(day_name(day, document), items, most=2, heard=heard)


def stop(document: Document, voice: Voice) -> Part:
    """When to stop."""
    signs = reasons_of(document["session"]["stop_if"], document)
    return Part("STOP", tuple(map(voice.said, signs)))


def below_a_line(part: Part) -> tuple[Block, ...]:
    """A part that is set apart from what stands above it; nothing, if there is nothing in it."""
    return (Divider(), part) if part.items else ()


def also_fine(document: Document, rules: RuleBase, most: int = 0) -> Iterator[Block]:
    """What else this person may do, as far as some lines go."""
    fine = _not_used(document, rules)
    if fine:
        listed = ", ".join(name(each, rules) for each in fine)
        yield Part("ALSO FINE", (Item(f"{len(fine)} more: {listed}."),), most)


def passed_over(document: Document, rules: RuleBase) -> Iterator[Block]:
    """What came first in each part of the session, and before what."""
    fine = _not_used(document, rules)
    lines = all_lines(document)
    items = []
    for slot in rules.slots:
        first = dict.fromkeys(each["name"] for each in lines if each["slot"] == slot.id)
        others = [name(e, rules) for e in fine if rules.exercise[e].pattern in slot.patterns]
        if first and others:
            words = f"{joined(first)} came before {joined(others)}."
            items.append(Item(words, lead=f"{slot.name}:"))
    if items:
        why = Item("Why stands with each in the session; `check` has both sides of one.")
        yield Part("CAME FIRST", (*items, why))


def _not_used(document: Document, rules: RuleBase) -> list[str]:
    """The exercises that are allowed and stand on no day, those of the main work first."""
    used = {line["exercise"] for line in all_lines(document)}
    slots = sorted(rules.slots, key=lambda slot: not slot.work)  # what only prepares comes last
    order = {pattern: n for n, slot in enumerate(slots[::-1]) for pattern in slot.patterns}
    return sorted(
        (
            exercise
            for exercise, verdict in document["verdicts"].items()
            if verdict["verdict"] in ("ok", "caution") and exercise not in used
        ),
        key=lambda each: -order.get(rules.exercise[each].pattern, -1),
    )


def come_again(document: Document, voice: Voice, *, more: bool) -> Part:
    """When to look at the plan again, and with `more`, what to do then."""
    first = "After the next session and the morning after; at once on any change."
    trial = document["trial"]
    review = (f"In {span(trial['review_in_days'])}: {trial['trial']}",) if trial else ()
    told = reasons_of([*document["progression"], *document["advice"]], document)
    then = voice.short_ones(told) if more else ()
    return Part("COME BACK", (*map(Item, (first, *review)), *then))


def _assumed(document: Document, rules: RuleBase) -> Iterator[Item]:
    """What no answer told, counted; the whole report names it."""
    if clear := len(document["stated_clear"]):
        yield Item(f"{count(clear, 'question')} clear, as you stated in one word.")
    if doubts := len(document["not_sure"]):
        yield Item(f"The careful side of {count(doubts, 'answer')} you were not sure of.")
    if asks := [rules.question[each["fact"]].ask for each in document["open_questions"]]:
        yield Item(" ".join(asks[:2]), lead="Answers could allow more:")


def _where(document: Document, rules: RuleBase) -> Pairs:
    """Where the rest is."""
    lines = document["session"]["exercises"]
    causes = any(isinstance(each, Suspect) for rule in rules.rules for each in rule.effects)
    return Pairs(
        (
            "This is not a diagnosis.",
            "All of it: add --full",
            "How to do each move: add --only how",
            *([f'One move: legday check "{lines[0]["name"]}"'] if lines else []),
            *(["Sore afterward? legday troubleshoot"] if causes else []),
        )
    )
