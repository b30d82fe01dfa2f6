"""The listings and the reports of the smaller commands."""

from __future__ import annotations

import json

import pytest
from report_sample import RULE_BASE, flat, printed

from advisor.report import catalogue
from advisor.report.checks import check_blocks, troubleshoot_blocks
from advisor.report.markdown import as_markdown
from advisor.report.text import Report

REASON = {
    "rule": "r",
    "text": "It pinches.",
    "why": "",
    "because": {"ache": 4},
    "sources": [],
    "ground": "article",
}
CHECK = {
    "exercise": "press",
    "name": "Press",
    "verdict": "avoid",
    "reasons": [REASON],
    "needs": [],
    "cues": [],
    "instead": ["raise"],
    "would_change": [{"fact": "ache", "from": 4, "to": 2}],
    "status": "plan",
    "level": "modified",
    "referral": None,
}


def test_lists_every_question_with_its_flag_and_choices() -> None:
    text = printed(catalogue.questions_text(RULE_BASE))
    assert "Is the joint stuck? (--stuck yes or no; screening)" in text
    assert "- left: The left" in text


@pytest.mark.parametrize("name", ["questions", "exercises", "sources"])
def test_documents_are_plain_json(name: str) -> None:
    document = getattr(catalogue, f"{name}_document")(RULE_BASE)
    assert json.loads(json.dumps(document)) == document
    assert document


def test_lists_exercises_and_sources() -> None:
    assert "- Press (press)" in printed(catalogue.exercises_text(RULE_BASE))
    assert "A guide. NHS, 2020. Read in full. (guide)" in printed(catalogue.sources_text(RULE_BASE))


def test_tells_a_rule_in_words() -> None:
    text = printed(catalogue.rule_text("ache-no-press", RULE_BASE))
    assert "When\nAche at least 3." in text
    assert "- Leaves out Press and Hang." in text


def test_does_not_know_a_rule_that_is_not_there() -> None:
    with pytest.raises(KeyError):
        catalogue.rule_document("nothing", RULE_BASE)


def test_checks_an_exercise() -> None:
    text = flat(printed(Report(check_blocks(CHECK, RULE_BASE))))
    assert text.startswith("Press: leave it out. Why - It pinches. (article)")
    assert "How strong is the ache? Now: 4. It would have to be: 2." in text
    assert as_markdown(check_blocks(CHECK, RULE_BASE)).startswith("# Press: leave it out.\n")


def test_refers_instead_of_checking() -> None:
    referral = {"urgency": "professional", "action": "Call the clinic."}
    document = {**CHECK, "status": "refer", "referral": referral, "level_says": "Wait."}
    text = printed(Report(check_blocks(document, RULE_BASE)))
    assert text.startswith("MODIFIED  Wait.\n")
    assert "DO THIS  Call the clinic.\n" in text
    assert "Press" not in text


def test_asks_the_next_question() -> None:
    question = {
        "fact": "stuck",
        "ask": "Is it stuck?",
        "type": "yes/no",
        "choices": ["yes", "no"],
        "labels": {},
        "help": "It does not move.",
        "why": [REASON],
    }
    text = printed(
        catalogue.next_text({"question": question, "answered": 2, "remaining_at_most": 3})
    )
    assert "Is it stuck? (--stuck yes or no)" in text
    assert "- It pinches." in text
    done = catalogue.next_text({"question": None, "answered": 5, "remaining_at_most": 0})
    assert printed(done) == "Nothing is left to ask that could change the plan.\n"


def test_ranks_suspects_with_one_trial_each() -> None:
    suspect = {
        "suspect": "Too deep",
        "exercise": "press",
        "score": 3,
        "reasons": [REASON],
        "trial": "Stop higher.",
        "review_in_days": 14,
        "wrong_if": "It stays.",
    }
    document = {
        "level": "go",
        "status": "plan",
        "suspects": [suspect],
        "advice": [],
        "safety_net": ["Watch."],
        "referral": None,
    }
    text = flat(printed(Report(troubleshoot_blocks(document, RULE_BASE))))
    assert (
        "1. Too deep - It pinches. (article) - Try this: Stop higher. - Look back after 14 days."
        in text
    )
