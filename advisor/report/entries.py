"""An id of a rule base → what it names, whatever that is, and the rules that lean on it."""

from __future__ import annotations

from advisor.explain.verbalization import condition_words, joined
from advisor.json_text import Json
from advisor.report import catalogue
from advisor.report.blocks import Block, Bullets, Item, Title, say, section
from advisor.report.formatting import Document, sentence
from advisor.report.rules import source_entry, source_items
from advisor.report.screening import question_item
from advisor.rulebase.shapes import RuleBase


def all_ids(rules: RuleBase) -> dict[str, dict[str, str]]:
    """Every id with what it says in a few words, by the kind of what it names."""
    own = (each for each in rules.rules if not each.catalogue)
    return {
        "question": {each.id: each.ask for each in rules.questions},
        "finding": {each.id: each.means for each in rules.findings},
        "rule": {each.id: each.short or each.because for each in own},
        "exercise": {each.id: each.name for each in rules.exercises},
        "source": {each.id: each.title for each in rules.sources.values()},
        "invariant": {each.id: each.says for each in rules.invariants},
        "guidance": {each.id: each.says for each in rules.guidance},
    }


def ids_blocks(ids: dict[str, dict[str, str]]) -> list[Block]:
    """All ids, by kind."""
    return catalogue.grouped(
        {
            kind: [Item(says, lead=name) for name, says in named.items()]
            for kind, named in ids.items()
        }
    )


def entry_document(kind: str, name: str, rules: RuleBase) -> Json:
    """What an id names, for every kind but a rule."""
    about = {"kind": kind, "id": name, "says": all_ids(rules)[kind][name]}
    match kind:
        case "question":
            own = catalogue.question_entry(rules.question[name])
        case "finding":
            own = {"when": condition_words(rules.finding[name].when, rules)}
        case "exercise":
            own = catalogue.exercise_document(name, rules)
        case "source":
            own = {"source": source_entry(rules.sources[name])}
        case "guidance":
            item = next(each for each in rules.guidance if each.id == name)
            own = {"document": item.document, "status": item.status, "note": item.note}
        case _:
            own = {}
    return about | own | {"rules": catalogue.leaning(kind, name, rules)}


def entry_blocks(document: Document, rules: RuleBase) -> list[Block]:
    """What an id names, as people read it."""
    kind, leaning = document["kind"], document["rules"]
    own: tuple[Block, ...] = ()
    if kind == "question":
        spoken = (say(document[key]) for key in ("help", "why") if document[key])
        own = (Bullets((question_item(document, whole=True),)), *spoken)
    elif kind == "finding":
        own = section("When", say(sentence(document["when"])))
    elif kind == "source":
        own = (Bullets(source_items([document["source"]])),)
    elif kind == "exercise":
        own = (*catalogue.exercise_blocks(document["id"], rules, drawn=False),)
    elif kind == "guidance":
        own = (say(document["note"], f"({document['status']})"),)
    named = say(f"{joined(leaning)}.") if leaning else say("None.")
    title = () if kind == "exercise" else (Title(f"{document['id']} ({kind})"),)
    says = () if kind in {"exercise", "question"} else (say(document["says"]),)
    return [*title, *says, *own, *section("Rules that lean on it", named)]
