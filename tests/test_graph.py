"""Graphs: what leads to what, in Mermaid text that no label can break; `rules show` beside them."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.authoring.connections import connections
from advisor.authoring.graph import graph
from advisor.cli.app import run
from advisor.cli.environment import Environment
from advisor.report.mermaid import escaped, graph_document, mermaid
from advisor.rulebase.reading.effects import READERS
from advisor.rulebase.shapes import Effect, RuleBase

SHOULDER = Path(__file__).parent / "shoulder"
NODE = re.compile(r'  n\d+(\(\[|\{\{|\[\[|\[|\(|>)"[^"<>`]*"(\]\)|\}\}|\]\]|\]|\))')
EDGE = re.compile(r'  n\d+ -->(\|"[^"<>`|]*"\|)? n\d+')


def edges(rules: RuleBase, name: str | None) -> set[tuple[str, str, str]]:
    return {(each.start.id, each.label, each.end.id) for each in graph(rules, name)}


def legday(*words: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    whole = ["rules", *words, "--rules", str(SHOULDER)]
    code = run(whole, Environment(io.StringIO(), out, err, {"COLUMNS": "100"}))
    return int(code), out.getvalue(), err.getvalue()


def test_a_rule_has_its_causes_and_its_outcomes(shoulder: RuleBase) -> None:
    assert edges(shoulder, "care-modified") == {
        ("shoulder_pain", "shoulder pain at least 3", "shoulder_needs_care"),
        ("dislocated", "dislocated is yes", "shoulder_needs_care"),
        ("shoulder_needs_care", "", "care-modified"),
        ("care-modified", "", "modified"),
        ("care-modified", "dose", "everything"),
        ("care-modified", "at least 72", "rest_hours"),
    }


def test_a_rule_for_each_exercise_names_them_all(shoulder: RuleBase) -> None:
    found = edges(shoulder, "sore-after-wait")
    assert {end for _, label, end in found if label == "avoid"} == {*shoulder.exercise}


def test_a_finding_has_what_leads_to_it_and_what_follows(shoulder: RuleBase) -> None:
    found = edges(shoulder, "shoulder_needs_care")
    assert ("dislocated", "dislocated is yes", "shoulder_needs_care") in found
    assert ("shoulder_needs_care", "", "care-modified") in found
    assert ("care-modified", "", "modified") in found


def test_a_question_has_what_follows_through_findings(shoulder: RuleBase) -> None:
    found = edges(shoulder, "dislocated")
    rules = {start for start, _, _ in found} & {rule.id for rule in shoulder.rules}
    assert rules == {"slipped-not-overhead", "care-modified"}
    assert not any(start == "shoulder_pain" for start, _, _ in found)


def test_the_whole_has_every_rule_and_every_question_that_is_read(rules: RuleBase) -> None:
    found = edges(rules, None)
    ends = {end for _, _, end in found} | {start for start, _, _ in found}
    assert {rule.id for rule in rules.rules if not rule.catalogue} <= ends
    assert {each.id for each in rules.findings} <= ends
    assert not {rule.id for rule in rules.rules if rule.catalogue} & ends


def test_knows_no_other_names(shoulder: RuleBase) -> None:
    with pytest.raises(KeyError):
        graph(shoulder, "push_up")


@pytest.mark.parametrize("name", [None, "sciatica", "back_needs_care", "pain-no-deep-lean"])
def test_prints_nothing_but_nodes_and_edges(rules: RuleBase, name: str | None) -> None:
    found = [(vars(e.start), vars(e.end), e.label) for e in graph(rules, name)]
    first, *rest = mermaid(graph_document(found)).splitlines()
    assert first == "flowchart LR"
    assert [line for line in rest if not (NODE.fullmatch(line) or EDGE.fullmatch(line))] == []
    named = {word for line in rest for word in re.findall(r"\bn\d+\b", line.split('"')[0])}
    shown = {line.split()[0].split("(")[0] for line in rest}
    assert named
    assert shown


@given(st.text(max_size=90))
def test_no_label_breaks_out(text: str) -> None:
    node = {"kind": "rule", "id": text, "label": text}
    end = {"kind": "level", "id": text, "label": text}
    lines = mermaid(graph_document([(node, end, text or "a")])).splitlines()
    assert len(lines) == 4
    assert NODE.fullmatch(lines[1]), lines[1]
    assert EDGE.fullmatch(lines[3]), lines[3]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('say "stop"', "say #34;stop#34;"),
        ("a --> b", "a --#62; b"),
        ("#35;", "#35;35;"),
        ("<script>", "#60;script#62;"),
        ("`end`", "#96;end#96;"),
    ],
)
def test_writes_signs_as_entities(text: str, said: str) -> None:
    assert escaped(text) == said


def test_the_command_prints_mermaid_or_json() -> None:
    code, out, err = legday("graph", "slipped-not-overhead")
    assert (code, err) == (0, "")
    assert out == (
        "flowchart LR\n"
        '  n0(["dislocated"])\n'
        '  n1["slipped-not-overhead"]\n'
        '  n2("Overhead press")\n'
        '  n0 -->|"dislocated is yes"| n1\n'
        '  n1 -->|"avoid"| n2\n'
    )
    document = json.loads(legday("graph", "slipped-not-overhead", "--format", "json")[1])
    assert [each["kind"] for each in document["nodes"]] == ["fact", "rule", "exercise"]
    assert document["edges"][1]["to"] == {"kind": "exercise", "id": "overhead_press"}


def test_the_command_rejects_unknown_names_with_a_hint() -> None:
    code, _, err = legday("graph", "disloctated")
    assert (code, "did you mean `dislocated`?" in err) == (2, True)


# What `rules show` adds


def test_show_tells_what_leads_to_a_rule_and_hangs_on_it(shoulder: RuleBase) -> None:
    found = connections("care-modified", shoulder)
    assert [each["fact"] for each in found["facts"]] == ["shoulder_pain", "dislocated"]  # type: ignore[attr-defined]
    assert found["finding_ids"] == ["shoulder_needs_care"]
    assert found["levels"] == ["modified"]
    assert found["slots"] == ["main", "cuff"]
    assert found["exercise_ids"] == [*shoulder.exercise]


def test_show_tells_which_rules_mask_each_other(rules: RuleBase) -> None:
    wide, narrow = "bones-no-jolts", "fragile-bones-modified"
    assert narrow in connections(wide, rules)["masks"]  # type: ignore[operator]
    assert wide in connections(narrow, rules)["masked_by"]  # type: ignore[operator]


def test_show_prints_it() -> None:
    code, out, _ = legday("show", "care-modified")
    assert code == 0
    assert "Has your shoulder ever slipped out? (dislocated)" in out
    assert "Counts in these parts of the session: main and cuff." in out
    document = json.loads(legday("show", "care-modified", "--format", "json")[1])
    assert document["rule"] == "care-modified"
    assert document["masked_by"] == []


def test_every_kind_of_effect_is_named_as_rules_name_it() -> None:
    assert [kind.key for kind in get_args(Effect)] == [*READERS]
