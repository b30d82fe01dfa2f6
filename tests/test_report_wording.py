"""Conditions and effects in words."""

from __future__ import annotations

import pytest
from report_sample import NAMED, PRESS, RULE_BASE, SORE, STUCK

from advisor.explain.verbalization import condition_words, effect_words
from advisor.rulebase.shapes import (
    All,
    Any,
    Avoid,
    Cap,
    Caution,
    Comparison,
    Condition,
    Effect,
    Level,
    Not,
    Prefer,
    Suspect,
)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (All(()), "always"),
        (SORE, "ache at least 3"),
        (Comparison("ache", "between", (0, 2)), "ache at most 2"),
        (Comparison("ache", "between", (3, 4)), "ache 3 to 4"),
        (Comparison("ache", "between", (3, 3)), "ache is 3"),
        (STUCK, "stuck is yes"),
        (Comparison("side", "is", (0, 1)), "side is left/right"),
        (Comparison("tools", "count", (1, 3)), "any tools"),
        (Comparison("tools", "count", (2, 3)), "at least 2 tools"),
        (Comparison("tools", "count", (1, 1)), "bar in tools"),
        (Not(Comparison("tools", "count", (1, 3))), "no tools"),
        (Not(Comparison("tools", "count", (1, 1))), "no bar in tools"),
        (Not(SORE), "not (ache at least 3)"),
        (NAMED, "“it is tender today”"),
        (
            All((SORE, Any((STUCK, NAMED)))),
            "ache at least 3 and (stuck is yes or “it is tender today”)",
        ),
        (
            Any((STUCK, All((SORE, NAMED)))),
            "stuck is yes or (ache at least 3 and “it is tender today”)",
        ),
    ],
)
def test_says_a_condition(condition: Condition, words: str) -> None:
    assert condition_words(condition, RULE_BASE) == words


@pytest.mark.parametrize(
    ("effect", "words"),
    [
        (Level(1), "makes the level at least “modified”"),
        (Avoid(15), "leaves out every exercise"),
        (Caution(PRESS, "Go slow."), "allows only with a limit: Press: Go slow."),
        (
            Cap(PRESS, "rest_seconds", at_most=False, amount=90),
            "sets rest seconds to at least 90 for Press",
        ),
        (Prefer(0, ("push",), 2), "prefers (weight 2) the part “push”"),
        (Suspect("Too deep", 3, "Stop higher.", 14), "suspects (weight 3): Too deep"),
    ],
)
def test_says_an_effect(effect: Effect, words: str) -> None:
    assert effect_words(effect, RULE_BASE) == words
