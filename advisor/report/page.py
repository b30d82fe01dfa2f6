"""A plan's document → its page: what to know before, the session, when to stop; short of words.

What a page has no room for stands in the whole report. The words here are about plans and
exercises in general.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from advisor.explain.words import joined
from advisor.report.blocks import Block, Command, Divider, Item, Pairs, Part, Title, Tone, say
from advisor.report.brief import Brief, Fill
from advisor.report.left_out import Group, groups_out
from advisor.report.level import why_level
from advisor.report.screening import incomplete_page, referral_page
from advisor.report.session import (
    day_name,
    days,
    empty_blocks,
    legend,
    lines_grid,
    trial_blocks,
    warm_up,
)
from advisor.report.words import Document, count, name, names, reasons_of, sentence, span, times
from advisor.rulebase.shapes import LEVELS, RuleBase

LINES = 60  # of 80 columns that a page has at most
REFERRAL_LINES = 25  # the same of one without a session: a screen
_NOTHING = "Nothing you told us speaks against it."
_FEW, _SOME = 3, 6  # names in a group of what is left out


def page_blocks(
    document: Document, rules: RuleBase, fill: Fill, spare: int = 0, *, command: bool = False
) -> list[Block]:
    """The page of a plan, of a referral, or of what is missing for either.

    `spare` is how much of what can give way does: stand-ins first, then what else is fine, the
    other days, and the groups of what is left out but the first. With `command`, the words that
    give the plan again stand at the end.
    """
    brief = Brief(rules, fill)
    if document["status"] == "incomplete":
        return incomplete_page(document, rules)
    if document["status"] == "refer":
        return referral_page(document, rules, brief)
    blocks = [
        *level_blocks(document, rules, brief),
        *_before(document, rules, brief),
        Divider(),
        *_session(document, rules, brief),
        *(_stand_ins(document, rules) if spare < 1 else ()),
        *(_later(document) if spare < 3 else ()),  # noqa: PLR2004 - the third to go
        Divider(),
        Part("STOP", tuple(map(brief.said, reasons_of(document["session"]["stop_if"], document)))),
        Divider(),
        *_left_out(document, rules, brief, max(0, spare - 3)),
        *(_also_fine(document, rules) if spare < 2 else ()),  # noqa: PLR2004 - the second to go
        *_come_again(document, brief),
        *_assumed(document, rules),
        Divider(),
        brief.sources(),
        *_where(document),
    ]
    return [*blocks, *(again(document) if command else ())]


def yields(document: Document, rules: RuleBase) -> int:
    """How many things of a page can give way."""
    return 2 + len(groups_out(document, rules)) if document["status"] == "plan" else 0


def again(document: Document) -> tuple[Block, ...]:
    """The command that gives this plan again."""
    return say("", lead="To see this again, or all of it:"), Command(
        tuple(shlex.split(document["command"]))
    )


def level_blocks(document: Document, rules: RuleBase, brief: Brief) -> Iterator[Block]:
    """The level in a word and a sentence, and a line for each answer that counts."""
    tone: Tone = "good" if document["level"] == LEVELS[0] else "care"
    yield Title(document["level_says"], tone, document["level"].upper())
    why = tuple(map(brief.reason, why_level(document, rules)))
    yield Part("", why or (Item(_NOTHING),))


def _before(document: Document, rules: RuleBase, brief: Brief) -> Iterator[Block]:
    """What has to come before any training, and answers that do not fit together."""
    first = reasons_of([*document["before"], *document["contradictions"]], document)
    items = [brief.said(each) for each in first]
    since, schedule = rules.schedule.hours_since, document["schedule"]
    if schedule["ready_in_hours"] and since in document["answers"]:
        left = f"{count(schedule['ready_in_hours'], 'hour')} to go."
        waits = [place for place, each in enumerate(first) if since in each["because"]]
        if waits:
            items[waits[0]] = brief.said(first[waits[0]], left)
        else:
            items.insert(0, Item(f"Wait until you have had enough rest: {left}"))
    elif schedule["ready_in_hours"]:
        items.append(
            Item(f"Leave {count(schedule['rest_hours'], 'hour')} after your last session.")
        )
    if items:
        yield Part("BEFORE", tuple(items))


def _session(document: Document, rules: RuleBase, brief: Brief) -> Iterator[Block]:
    session = document["session"]
    yield Part(day_name(session, document), (Item(_times(document)),))
    if warm := tuple(warm_up(session, map(brief.said, reasons_of(session["warm_up"], document)))):
        yield Part("WARM UP", warm)

    told = set[str]()

    def below(line: Document) -> tuple[Item, ...]:
        """The first reason that was not told yet, and every limit."""
        fresh = [each for each in reasons_of(line["reasons"], document) if each["text"] not in told]
        told.update(each["text"] for each in fresh[:1])
        limits = reasons_of(line["limits"], document)
        return (*map(brief.reason, fresh[:1]), *map(brief.limit, limits))

    if grid := lines_grid(session["exercises"], below, bare=True):
        yield grid
    if key := legend(session):
        yield Part("KEY", (Item(key),), signs=True)
    if rung := session["rung"]:
        yield say(f"Rung {rung['at']} of {rung['of']}, {rung['ladder']}. {rung['opens_next']}")
    yield from empty_blocks(session, document, rules)
    yield from trial_blocks(document, rules)


def _times(document: Document) -> str:
    """How long it takes, and how often it is done."""
    minutes, schedule = document["session"]["minutes"], document["schedule"]
    often = times(*schedule["sessions_per_week"])
    apart = f"{often} a week, {count(schedule['rest_hours'], 'hour')} apart"
    return sentence(", ".join(filter(None, (minutes and f"about {minutes} minutes", apart))))


def _stand_ins(document: Document, rules: RuleBase) -> Iterator[Block]:
    """What could stand in for which line, in one block."""
    lines = document["session"]["exercises"]
    swaps = (
        f"{number} {', '.join(name(each, rules).lower() for each in line['swap'])}"
        for number, line in enumerate(lines, 1)
        if line["swap"]
    )
    if words := "; ".join(swaps):
        yield Part("OR INSTEAD", (Item(sentence(words)),), most=4)


def _later(document: Document) -> Iterator[Block]:
    """The other days, in two lines each."""
    for day in document["later"]:
        lines = "; ".join(f"{line['name']} {line['notation']}" for line in day["exercises"])
        about = f"about {day['minutes']} minutes: " if day["minutes"] else ""
        yield Part(day_name(day, document), (Item(sentence(f"{about}{lines}")),), most=2)


def _left_out(document: Document, rules: RuleBase, brief: Brief, fewer: int) -> Iterator[Block]:
    """What is left out and what to do instead, by reason; `fewer` groups than there are."""
    groups = groups_out(document, rules)
    kept = groups[: max(1, len(groups) - fewer)]
    if kept:
        yield Part("LEFT OUT", tuple(_group(each, rules, brief) for each in kept))


def _group(group: Group, rules: RuleBase, brief: Brief) -> Item:
    """Why some exercises are out, which, and what to do instead."""
    why = brief.reason(group.reason)
    shown = group.exercises if len(group.exercises) <= _SOME else group.exercises[:_FEW]
    more = len(group.exercises) - len(shown)
    out = joined([*(name(each, rules) for each in shown), *([f"{more} more"] if more else [])])
    instead = f"Instead: {names(group.instead[:2], rules).lower()}." if group.instead else ""
    return Item(why.text, "", why.lead, (Item(f"{out}. {instead}".strip()),), why.source)


def _also_fine(document: Document, rules: RuleBase) -> Iterator[Block]:
    """What else this person may do, as far as two lines go."""
    used = {line["exercise"] for day in days(document) for line in day["exercises"]}
    fine = [
        exercise
        for exercise, verdict in document["verdicts"].items()
        if verdict["verdict"] in ("ok", "caution") and exercise not in used
    ]
    if fine:
        listed = ", ".join(name(each, rules).lower() for each in fine)
        yield Part("ALSO FINE", (Item(f"{len(fine)} more: {listed}."),), most=2)


def _come_again(document: Document, brief: Brief) -> Iterator[Block]:
    """When to look at the plan again."""
    first = "After the next session and the morning after; at once on any change."
    trial = document["trial"]
    review = (f"In {span(trial['review_in_days'])}: {trial['trial']}",) if trial else ()
    told = reasons_of([*document["progression"], *document["advice"]], document)
    yield Part("COME BACK", (*map(Item, (first, *review)), *brief.short_ones(told)))


def _assumed(document: Document, rules: RuleBase) -> Iterator[Block]:
    """What no answer told, counted; the whole report names it."""
    clear, doubts = len(document["stated_clear"]), len(document["not_sure"])
    said = (
        f"{count(clear, 'question')} clear, as you stated in one word." if clear else "",
        f"The careful side of {count(doubts, 'answer')} you were not sure of." if doubts else "",
    )
    asks = (rules.question[each["fact"]].ask for each in document["open_questions"][:2])
    opens = (Item(each, lead="An answer could allow more:") for each in asks)
    if items := (*(Item(each) for each in said if each), *opens):
        yield Part("ASSUMED", items)


def _where(document: Document) -> Iterator[Block]:
    """Where the rest is."""
    lines = document["session"]["exercises"]
    yield Pairs(
        (
            "This is not a diagnosis.",
            "All of it: add --full",
            "How to do each move: add --only how",
            *([f'One move: legday check "{lines[0]["name"]}"'] if lines else []),
            "Sore afterward? legday troubleshoot",
        )
    )
