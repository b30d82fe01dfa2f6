"""What the smaller commands found → blocks: one exercise, the next question, a sore session."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.report.blocks import Block, Bullets, Item, Say, Title, Tone, say, section
from advisor.report.drawings import drawing_blocks
from advisor.report.formatting import (
    Document,
    answer_words,
    asked,
    count,
    name,
    names,
    reason_item,
    reason_items,
    sentence,
    told,
)
from advisor.report.screening import incomplete_blocks, question_item, referral_blocks
from advisor.report.session import how_to, spelled_out, step_words, weight_step
from advisor.report.voice import Fill, Voice
from advisor.rulebase.shapes import RuleBase

FEW = 4  # reasons for a question: enough to see the point
SOME = 2  # reasons for what came first

_VERDICTS: dict[str, tuple[str, Tone]] = {
    "avoid": ("{}: leave it out.", "stop"),
    "unresolved": ("{}: leave it out for now, as answers are missing.", "care"),
    "caution": ("{}: fine for you, with limits.", "care"),
    "ok": ("{}: fine for you.", "good"),
}


# Why another stands where an exercise could, or nothing does.
_WHY_NOT = {
    "preferred": "{} came first.",
    "order": "{} came first: nothing speaks for the one more than for the other.",
    "wished": "{} came first, as you asked for it.",
    "left_out": "It is left out for now, as you wished or to see if it was the cause.",
    "apart": "It does not go with another move of that day.",
    "lines": "The session holds no more moves.",
    "minutes": "There is no time for it.",
}


_GAPS = {_WHY_NOT["lines"], _WHY_NOT["minutes"]}  # these say little where another came first


def check_blocks(document: Document, rules: RuleBase, *, drawn: bool = False) -> list[Block]:
    """One exercise for one person, its pictures `drawn` or in words. A referral stands alone."""
    if document.get("referral"):
        whole = {"level_reasons": document["reasons"], **document}
        return list(referral_blocks(whole, rules))
    return [*_verdict(document, rules, drawn=drawn), *_changes(document, rules)]


def _verdict(document: Document, rules: RuleBase, *, drawn: bool) -> Iterator[Block]:
    words, tone = _VERDICTS[document["verdict"]]
    yield Title(words.format(document.get("name") or name(document["exercise"], rules)), tone)
    if document["verdict"] in ("avoid", "unresolved"):
        yield from _out(document, rules)
    else:
        yield from _dose(document, rules)
        yield from drawing_blocks(rules, document["exercise"], drawn=drawn)
        yield from _how(document, rules, allowed=True)
        yield from _not_picked(document, rules)


def _out(document: Document, rules: RuleBase) -> Iterator[Block]:
    yield from section("Why", Bullets(reason_items(document["reasons"], rules)))
    needs = tuple(asked(fact, rules) for fact in document["needs"])
    yield from section("What would settle it", Bullets(needs))
    better = names(document["instead"], rules) or "Nothing like it for now"
    yield from section("What to do instead", say(f"{better}."))


def _not_picked(document: Document, rules: RuleBase) -> Iterator[Block]:
    """Why it stands on no day, though it is fine: what came first, or else what was in its way."""
    told: dict[str, Item] = {}
    given: set[str] = set()
    places = document.get("not_picked", ())
    for each in places:
        says = _WHY_NOT.get(each["why"], "There is no place for it.")
        text = says.format(name(each["picked"], rules) if each["picked"] else "")
        new = [reason for reason in each["reasons"] if reason["text"] not in given]
        if text not in told:
            given |= {reason["text"] for reason in new}
            told[text] = Item(text, below=reason_items(new[:SOME], rules))
    others = [item for text, item in told.items() if text not in _GAPS]
    yield from section("Why it is not in your session", Bullets(tuple(others or told.values())))


def _dose(document: Document, rules: RuleBase) -> Iterator[Block]:
    """How much, and why no more."""
    if (dose := document["dose"]) is None:
        return
    words = sentence(spelled_out(dose))
    step = weight_step(dose)
    if step:
        most = f"at most {dose['load']['step_percent']}% at a time"
        words += f" When ready, go up: {step_words(step, dose['units'])}, {most}."
    why = Bullets(reason_items(dose["reasons"], rules))
    yield from section("How much", say(words), why)


def _how(document: Document, rules: RuleBase, *, allowed: bool) -> Iterator[Block]:
    limits = {reason["text"] for reason in document["reasons"]} if allowed else set[str]()
    steps = how_to("", document["cues"], limits, rules)
    source = say("", steps.note) if steps.note else None
    heading = "How to do it" if allowed else "How to do it, once that has changed"
    yield from section(heading, Bullets(steps.below), source)
    if not allowed:
        return
    mistakes = tuple(map(Item, document.get("mistakes", ())))
    yield from section("Common mistakes", Bullets(mistakes))
    for heading, key in (("Easier", "easier"), ("Harder", "harder")):
        if document.get(key):
            yield say(f"{names(document[key], rules)}.", lead=f"{heading}:")


def _changes(document: Document, rules: RuleBase) -> Iterator[Block]:
    changes = tuple(_change(each, rules) for each in document["would_change"])
    heading = "What would bring it back"
    together = say("All of these together:") if len(changes) > 1 else None
    yield from section(heading, together, Bullets(changes)) if changes else ()
    yield from _how(document, rules, allowed=False) if changes else ()
    given = document.get("cannot_change", ())
    fixed = tuple(told(each["fact"], each["is"], rules) for each in given)
    yield from section("What stays as it is", Bullets(fixed))


def _change(change: Document, rules: RuleBase) -> Item:
    question = rules.question[change["fact"]]
    now, then = (answer_words(question, change[side]) for side in ("from", "to"))
    return Item(f"{question.ask} Now: {now}. It would have to be: {then}.")


def next_blocks(document: Document) -> list[Block]:
    """The next question worth asking, or that there is none."""
    question = document["question"]
    if question is None:
        return [Title("Nothing is left to ask that could change the plan.", "good")]
    texts = dict.fromkeys(reason["text"] for reason in question.get("why", ()))
    why = tuple(map(Item, list(texts)[:FEW]))
    if len(texts) > FEW:
        why += (Item(f"And {len(texts) - FEW} more."),)
    left = document["remaining_at_most"]
    return [
        Title("The next question"),
        Say(question_item(question)),
        *([say(question["help"])] if question.get("help") else []),
        *section("Why we ask", Bullets(why)),
        say(f"Answered: {document['answered']}. Still to ask: {left} at most."),
    ]


def troubleshoot_blocks(document: Document, rules: RuleBase, fill: Fill = str) -> list[Block]:
    """The likely causes, the likeliest first, each with one change to try."""
    if document.get("status") == "incomplete":
        return list(incomplete_blocks(document, rules))
    suspects = tuple(_suspect(each, rules) for each in document["suspects"])
    one = "Try one change at a time, from the top down."
    watch = Voice(rules, fill).short_texts(document["safety_net"])
    return [
        Title(one if suspects else "Nothing stands out as the cause."),
        *section("Likely causes", Bullets(suspects, numbered=True)),
        *section("How to find out", Bullets(reason_items(document["advice"], rules))),
        *section("What to watch for", Bullets(watch)),
        say("This is not a diagnosis."),
    ]


def _suspect(suspect: Document, rules: RuleBase) -> Item:
    below = [reason_item(reason, rules) for reason in suspect["reasons"]]
    days = count(suspect["review_in_days"], "day")
    below.append(Item(suspect["trial"], lead="Try this:"))
    below.append(Item(f"after {days}.", lead="Look back"))
    if suspect.get("wrong_if"):
        below.append(Item(suspect["wrong_if"], lead="This is not it if:"))
    return Item("", lead=f"{suspect['suspect']}", below=tuple(below))
