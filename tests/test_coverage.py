"""What cases and examples meet of a rule base, and what they leave out."""

from __future__ import annotations

from dataclasses import replace

from test_cases import CASES

from advisor.answers import read_answers
from advisor.authoring.cases.coverage import measure
from advisor.authoring.cases.run import Case, Expected
from advisor.rulebase.shapes import RuleBase


def person(rules: RuleBase, **answers: object) -> Case:
    return Case("somebody", "", read_answers(answers, rules), Expected())


def with_examples(rules: RuleBase, name: str, **examples: object) -> RuleBase:
    changed = (replace(r, **examples) if r.id == name else r for r in rules.rules)
    return replace(rules, rules=tuple(changed))


def half_seen(rules: RuleBase, *cases: Case) -> set[tuple[str, str, str]]:
    return {(each.owner, each.words, each.never) for each in measure(cases, rules).half_seen}


def test_a_rule_that_nothing_makes_true_is_dead(shoulder: RuleBase) -> None:
    bare = with_examples(shoulder, "strong-pain-ask-first", fires=None)
    assert measure((person(bare, shoulder_pain=6),), bare).never_fired == (
        # the rules that always hold need a person, any person, and have one
        "strong-pain-ask-first",
    )
    assert measure((person(bare, shoulder_pain=7),), bare).never_fired == ()


def test_a_rule_is_covered_by_its_own_example(shoulder: RuleBase) -> None:
    found = measure((person(shoulder),), shoulder)
    assert found.rules_percent == 100
    assert "strong-pain-ask-first" in found.only_by_example


def test_without_anybody_the_rules_that_always_hold_are_not_met(shoulder: RuleBase) -> None:
    assert measure((), shoulder).never_fired == ("sharp-pain-stop", "warm-up-circles")


def test_a_comparison_counts_only_where_it_matters(shoulder: RuleBase) -> None:
    """`press-too-heavy` needs pain: without the press, the pain makes no difference to it."""
    gap = ("press-too-heavy", "shoulder pain at least 1", "false")
    assert gap in half_seen(shoulder)
    assert gap in half_seen(shoulder, person(shoulder, sore_after=[], shoulder_pain=0))
    assert gap not in half_seen(
        shoulder, person(shoulder, sore_after=["overhead_press"], shoulder_pain=0)
    )


def test_a_comparison_of_a_finding_needs_both_sides_too(shoulder: RuleBase) -> None:
    gap = ("shoulder_needs_care", "shoulder pain at least 3", "true")
    assert gap in half_seen(shoulder)
    assert gap in half_seen(shoulder, person(shoulder, shoulder_pain=3, dislocated=True))
    assert gap not in half_seen(shoulder, person(shoulder, shoulder_pain=3, dislocated=False))


def test_everything_in_the_shipped_rules_is_covered(rules: RuleBase) -> None:
    found = measure(CASES, rules)
    assert found.never_fired == ()
    assert found.half_seen == ()
    assert found.only_by_example == ()
