"""Rules, codes and the documents behind them → what is told to the people who write rules."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.explain.verbalization import joined, spaced
from advisor.json_text import Json
from advisor.report.blocks import Block, Bullets, Item, Title, say, section
from advisor.report.formatting import FEW, MANY, Document, answer_words, sentence
from advisor.rulebase.shapes import RuleBase, Source

_GAP = 2
_READ = {
    "full": "read in full",
    "abstract": "its summary or opening was read",
    "copy": "known from what others say it holds",
}
_VALUES = {
    (True, True): "It holds.",
    (True, False): "It holds, but has nothing to do here.",
    (False, False): "It does not hold.",
    (None, True): "It cannot be told yet whether it holds; as doubt makes careful, it counts.",
    (None, False): "It cannot be told yet whether it holds, and until then it does not count.",
}


def source_entry(source: Source) -> Json:
    """One document."""
    return {
        "id": source.id,
        "title": source.title,
        "author": source.author,
        "year": source.year,
        "where": source.where,
        "kind": source.kind,
        "read": source.read,
        "reviewed": source.reviewed,
        "note": source.note,
    }


def source_items(entries: Iterable[Document]) -> tuple[Item, ...]:
    """Documents, one to a line."""
    return tuple(map(_source, entries))


def _source(entry: Document) -> Item:
    """A document: who, when, where, which part, and what was read of it."""
    who = ", ".join(str(each) for each in (entry["author"], entry["year"], entry["where"]) if each)
    part = f"Part: {entry['section']}." if entry.get("section") else ""
    read = sentence(_READ.get(entry["read"], str(entry["read"])))
    text = " ".join(filter(None, (sentence(who), part, read, entry["note"])))
    return Item(text, f"({entry['id']})", f"{entry['title']}.".replace("?.", "?"))


def rule_blocks(document: Document) -> list[Block]:
    """One rule: when it holds, what it does, why, and what it rests on."""
    place = f"({document['file']}, line {document['line']})" if document["file"] else ""
    meant = tuple(
        Item(f"{when}.", lead=f"“{means}”:") for means, when in document["findings"].items()
    )
    one_by_one = [
        Item(f"when {each['when']}: {joined(each['exercises'])}.", lead=f"{each['this']}:")
        for each in document["stands_for"]
    ]
    if len(one_by_one) > MANY:
        one_by_one = [*one_by_one[:FEW], Item(f"… and {len(one_by_one) - FEW} more")]
    effects = tuple(Item(sentence(effect)) for effect in document["effects"])
    guidance = tuple(
        Item(f"{item['says']} {item['note']}".strip(), f"({item['status']})", item["id"])
        for item in document["guidance"]
    )
    return [
        Title(document["rule"]),
        say(document["because"], place),
        *section("When", say(sentence(document["when"])), Bullets(meant)),
        *section("Needs to know", Bullets(_facts(document))),
        *section("Once for each of", Bullets(tuple(one_by_one))),
        *section("What it does", Bullets(effects)),
        *section("Based on", Bullets(source_items(document["sources"]))),
        *section("Guidance it encodes", Bullets(guidance)),
        *section("Beside other rules", Bullets(_beside(document))),
    ]


def why_blocks(document: Document, rules: RuleBase) -> list[Block]:
    """Whether a rule holds for somebody, and each part of it with the answers behind it."""
    parts = document["parts"]
    # Of many instances those that hold or may are told; without any, a few.
    told = [each for each in parts if each["value"] is not False] or parts[:FEW]
    shown = parts if len(parts) <= FEW else told
    rest = len(parts) - len(shown)
    more = (Item(f"… and {rest} more that do not hold"),) if rest else ()
    return [
        Title(document["rule"]),
        say(document["because"]),
        say(_VALUES[document["value"], document["applies"]]),
        *section("Part by part", Bullets((*(_true_part(each, rules) for each in shown), *more))),
    ]


def _true_part(part: Document, rules: RuleBase) -> Item:
    """A part of a condition: whether it is true, what it says, and the answers it leans on."""
    below = tuple(_true_part(each, rules) for each in part.get("parts", ()))
    answers = () if below else part["facts"].items()
    said = "; ".join(
        f"{spaced(fact)}: {answer_words(rules.question[fact], value)}" for fact, value in answers
    )
    lead = {True: "True:", False: "False:", None: "Unknown:"}[part["value"]]
    return Item(f"{part['says']}.", f"({said})" if said else "", lead, below)


def _facts(document: Document) -> tuple[Item, ...]:
    """The questions whose answers decide it, if the document tells."""
    return tuple(Item(each["ask"], f"({each['fact']})") for each in document.get("facts", ()))


def _beside(document: Document) -> tuple[Item, ...]:
    """The parts of the session it counts in and the rules it masks, if the document tells."""
    told = (
        ("Counts in these parts of the session:", document.get("slots", ())),
        ("Leaves nothing to do for:", document.get("masks", ())),
        ("Has nothing to do beside:", document.get("masked_by", ())),
    )
    return tuple(Item(f"{joined(names)}.", lead=lead) for lead, names in told if names)


def explanation_text(document: Document) -> str:
    """One code: what is wrong, an example, how to mend it."""
    indented = "\n".join(f"  {line}" for line in str(document["example"]).splitlines())
    accepts = f"  accepts: {{{document['code']}: …}}\n"
    accept = f"\nIf it is meant to be so, the entry can say why:\n\n{accepts}"
    return (
        f"{document['code']} ({document['severity']})\n\n{document['says']}\n\n"
        f"For example:\n\n{indented}\n\n{document['remedy']}\n"
        f"{accept if document['acceptable'] else ''}"
    )


def explanations_text(documents: Iterable[Document]) -> str:
    """Every code with its one sentence."""
    every = list(documents)
    width = max(len(str(each["code"])) for each in every) + _GAP
    lines = [f"{each['code']:<{width}}{each['says']}" for each in every]
    return "\n".join([*lines, "", "`legday rules explain CODE` has an example and a way out.", ""])
