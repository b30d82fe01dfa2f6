"""What a change of answers does → blocks: both plans side by side, only what differs."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from advisor.report.blocks import Block, Bullets, Command, Grid, Item, Row, Title, say, section
from advisor.report.formatting import Document, answer_words, name, names, reason_items, sentence
from advisor.rulebase.shapes import RuleBase

NOTHING = "nothing"


def comparison_blocks(document: Document, rules: RuleBase) -> list[Block]:
    """The report of `what-if`. Where one of the two plans has no session, that says it all."""
    both = all(document[key]["status"] == "plan" for key in ("before", "after"))
    no_longer = document["rules_no_longer"]
    details = (
        *_lines(document, rules),
        *_turned("Allowed then", document["gained"], rules),
        *_turned("Left out then", document["lost"], rules),
    )
    return [
        *_changes(document, rules),
        *_levels(document),
        *(details if both else ()),
        *section("Rules that no longer apply", Bullets(reason_items(no_longer, rules))),
        *section("Rules that apply then", Bullets(reason_items(document["rules_now"], rules))),
        *section("To see that plan", Command(tuple(shlex.split(document["command"])))),
    ]


def _changes(document: Document, rules: RuleBase) -> Iterator[Block]:
    if not document["changes"]:
        yield Title("These are the answers you gave already, so nothing changes.")
        return
    yield Title("If you answered differently:")
    items = []
    for change in document["changes"]:
        question = rules.question[change["fact"]]
        was, now = (answer_words(question, change[key]) for key in ("from", "to"))
        items.append(Item(f"{question.ask} {sentence(now)}", f"(now: {was})"))
    yield Bullets(tuple(items))


def _levels(document: Document) -> Iterator[Block]:
    before, after = document["before"], document["after"]
    if before["level_says"] != after["level_says"]:
        yield from section(
            "What we would say",
            say(before["level_says"] or "More answers are needed first.", lead="Now:"),
            say(after["level_says"] or "More answers are needed first.", lead="Then:"),
        )
    elif not document["lines"] and not document["gained"] and not document["lost"]:
        yield say("The plan stays the same.")


def _lines(document: Document, rules: RuleBase) -> tuple[Block, ...]:
    rows = []
    for line in document["lines"]:
        was, now = _line(line["from"], rules), _line(line["to"], rules)
        part = line["name"] if len(rules.routine) == 1 else f"{line['name']} (day {line['day']})"
        says = f"{now} in place of {was}."
        rows.append(Row((part, was, now), says, says))
    return section("The session", Grid(("Part", "Now", "Then"), tuple(rows)) if rows else None)


def _line(line: Document | None, rules: RuleBase) -> str:
    if not line:
        return NOTHING
    percent = (line["load"] or {}).get("percent", 100)
    load = f", {percent}% weight" if percent < 100 else ""  # noqa: PLR2004 - the whole
    return f"{name(line['exercise'], rules)} {line['notation']}{load}"


def _turned(heading: str, turned: list[Document], rules: RuleBase) -> tuple[Block, ...]:
    """Exercises that are in or out after the change, by the reasons they share."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for each in turned:
        why = tuple(dict.fromkeys(reason["text"] for reason in each["reasons"]))
        groups.setdefault(why, []).append(each["exercise"])
    items = tuple(
        Item(" ".join(why), lead=f"{names(which, rules)}:" if why else names(which, rules))
        for why, which in groups.items()
    )
    return section(heading, Bullets(items))
