"""What came of a journal → the lines that stand before the session of today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from advisor.report.blocks import Block, Divider, Item, Part
from advisor.report.formatting import Document, name, sentence
from advisor.rulebase.shapes import RuleBase

MOST = 14  # lines of a page
MANY = 3  # exercises, each of which has a line of its own


def with_today(blocks: list[Block], document: Document, rules: RuleBase) -> list[Block]:
    """A page with what is to be said of today, before its session."""
    part = today_part(document, rules)
    at = next((n for n, each in enumerate(blocks) if isinstance(each, Divider)), len(blocks))
    return [*blocks[:at], part, *blocks[at:]] if part.items else blocks


def today_part(document: Document, rules: RuleBase) -> Part:
    """What is to be said of today."""
    return Part("TODAY", tuple(_items(document, rules)), most=MOST)


def _items(document: Document, rules: RuleBase) -> Iterator[Item]:
    if document["wait_until"]:
        yield Item(f"Wait until {day_words(document['wait_until'])}: your back is still resting.")
    if document["unrecorded_morning"]:
        day = day_words(document["unrecorded_morning"])
        yield Item(f"The morning after {day} was not recorded; staying where you are.")
    for each in document["differing"]:
        say = f"You said {each['answered']}, and your journal says {each['observed']}"
        yield Item(f"{say}. We go by {each['counts']}.", lead=rules.question[each["fact"]].ask)
    if trial := document["running_trial"]:
        yield Item(trial_words(trial, rules))
    if document["session"]:
        if document["lighter"]:
            yield Item("A lighter session: fewer sets, the same moves.")
        yield from _moves(document["since"], rules)


def _moves(since: Sequence[Document], rules: RuleBase) -> Iterator[Item]:
    """What moved since last time, in one line where much of it moved for one reason."""
    for why in dict.fromkeys(each["why"] for each in since):
        alike = [each for each in since if each["why"] == why]
        if len(alike) > MANY:
            yield Item(sentence(f"{len(alike)} exercises: {why.rstrip('.')}"))
        else:
            yield from (Item(_moved(each, name(each["exercise"], rules))) for each in alike)


def _moved(each: Document, exercise: str) -> str:
    was = each["was"] if each["was"] == exercise else f"{exercise}, {each['was']}"
    return sentence(f"{was} → {each['now']}: {each['why'].rstrip('.')}")


def trial_words(trial: Document, rules: RuleBase) -> str:
    """How a trial stands."""
    what = f"without {name(trial['exercise'], rules)}" if trial["exercise"] else trial["suspect"]
    if trial["due"]:
        return f"Your trial, {what}, is over: say with --trial helped or did_not_help how it went."
    review = day_words(trial["review_on"])
    return f"Day {trial['day']} of your trial, {what}. We look at it on {review}."


def result_words(result: str, suspect: str, following: str) -> str:
    """What the result of a trial means, in words."""
    if result == "helped":
        return f"It got better without it, so this is likely the cause: {suspect}."
    then = f" Next to try: {following}." if following else ""
    return f"It made no difference, so this is likely not the cause: {suspect}.{then}"


def day_words(said: str) -> str:
    """A day, with the time where it is told, such as Thursday, November 5, 18:00."""
    time = datetime.fromisoformat(said)
    clock = f", {time:%H:%M}" if "T" in said else ""
    return f"{time:%A, %B} {time.day}{clock}"
