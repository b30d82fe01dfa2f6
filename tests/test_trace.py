"""Every item of guidance has a fate that can be traced, from both sides."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from well import legday

from advisor.authoring.trace import trace_carriers, trace_items
from advisor.rulebase.shapes import RuleBase

# How many items each document has.
ITEMS = {"0": 32, "1": 47, "2": 18, "3": 17, "4": 28}
CARRIED = {"encoded", "limited", "resolved"}


def test_traces_every_item_of_the_five_documents(rules: RuleBase) -> None:
    found = [str(row["item"]) for row in trace_items(rules)]
    expected = [f"{part}-{n:02}" for part, last in ITEMS.items() for n in range(1, last + 1)]
    assert found == expected
    assert len(found) == 142


def test_names_a_rule_for_every_item_that_was_taken_up(rules: RuleBase) -> None:
    bare = [
        row["item"] for row in trace_items(rules) if row["status"] in CARRIED and not row["rules"]
    ]
    assert bare == []


def test_names_no_rule_for_what_was_rejected_or_is_missing(rules: RuleBase) -> None:
    others = [row for row in trace_items(rules) if row["status"] not in CARRIED]
    assert {row["status"] for row in others} == {"rejected", "gap"}
    assert [row["item"] for row in others if row["rules"] or row["exercises"]] == []


def test_says_why_whenever_an_item_was_not_simply_taken_up(rules: RuleBase) -> None:
    short = [
        row["item"]
        for row in trace_items(rules)
        if row["status"] != "encoded" and len(str(row["note"]).split()) < 8
    ]
    assert short == []


def test_names_what_a_resolved_item_clashes_with(rules: RuleBase) -> None:
    known = {row["item"] for row in trace_items(rules)}
    for row in trace_items(rules):
        if row["status"] == "resolved":
            assert row["conflicts"], row["item"]
        assert set(row["conflicts"]) <= known  # type: ignore[call-overload]


@pytest.mark.parametrize("item", ["1-41", "1-42", "2-12", "1-38"])
def test_rejects_what_is_unsafe_or_advertising(rules: RuleBase, item: str) -> None:
    assert {row["item"]: row["status"] for row in trace_items(rules)}[item] == "rejected"


def test_tells_the_same_from_both_sides(rules: RuleBase) -> None:
    exercises, by_rule = Counter[tuple[object, object]](), Counter[tuple[object, object]]()
    for row in trace_items(rules):
        own = [*row["exercises"], *(r for r in row["rules"] if not r.startswith("how-to-"))]  # type: ignore[misc,attr-defined]
        exercises.update((carrier, row["item"]) for carrier in own)
    for row in trace_carriers(rules):
        by_rule.update((row["id"], each["item"]) for each in row["items"])  # type: ignore[attr-defined]
    assert exercises == by_rule


def test_prints_the_contract_as_json() -> None:
    code, text, _ = legday("rules", "trace", "--format", "json")
    rows = json.loads(text)
    assert (code, len(rows)) == (0, 142)
    keys = {"item", "source", "status", "rules", "exercises", "note"}
    assert all(keys <= set(row) for row in rows)


def test_prints_a_table_that_fits_80_columns() -> None:
    code, text, _ = legday("rules", "trace")
    lines = text.splitlines()
    assert code == 0
    assert max(map(len, lines)) <= 80
    assert sum(line[:1].isdigit() and line[1:2] == "-" for line in lines) == 142
    assert "142 items" in lines[0]


def test_prints_what_one_rule_or_exercise_carries() -> None:
    code, text, _ = legday("rules", "trace", "--rule", "leg_press")
    assert (code, text.splitlines()[0]) == (0, "leg_press (exercise)")
    (row,) = json.loads(
        legday("rules", "trace", "--rule", "suspect-load-jump", "--format", "json")[1]
    )
    assert "3-08" in [each["item"] for each in row["items"]]


def test_prints_every_rule_with_its_items(rules: RuleBase) -> None:
    _, text, _ = legday("rules", "trace", "--by-rule", "--format", "json")
    rows = json.loads(text)
    assert len(rows) == len({rule.id for rule in rules.rules if not rule.catalogue}) + len(
        rules.exercises
    )
    assert "carries no item of guidance" in legday("rules", "trace", "--by-rule")[1]


def test_refuses_a_rule_that_does_not_exist() -> None:
    code, _, errors = legday("rules", "trace", "--rule", "leg_pres")
    assert (code, errors) == (2, "error: unknown rule `leg_pres` (did you mean `leg_press`?)\n")
